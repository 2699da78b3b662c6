"""Waiver files applied to a run, and the findings about the waiver files themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from reportlint.engine.finding_writer import file_finding
from reportlint.engine.rules import Rules
from reportlint.errors import Message, SetupError, message
from reportlint.finding import Finding, Fix, SuppressedBy
from reportlint.knowledge.scales import Stage
from reportlint.report import FileReport, FileState, Run
from reportlint.waivers.naming import MALFORMED, UNUSED, codes_named, have_run, is_waivable, unknown_name
from reportlint.waivers.suppressing import suppress
from reportlint.waivers.waiver_file import WaiverEntry, WaiverFile, add_waivers, read_waiver_file


def apply_waiver_files(run: Run, waiver_path: Callable[[str], str]) -> Run:
    """Suppress the findings of a run that waiver files waive; ``waiver_path`` returns the waiver file of a draft.

    Findings about a waiver file are reported in a file of their own.

    Raises:
        DataError: a waiver file cannot be read.
    """
    today = date.today()
    read = cache(read_waiver_file)
    files: list[FileReport] = []
    faults: dict[str, list[Finding]] = {}
    for file in run.files:
        waivers = read(waiver_path(file.path))
        findings = faults.setdefault(waivers.path, list(_malformed(waivers, run.rules)))
        entries = waivers.entries_for(file.path)
        in_force = [entry for entry in entries if is_waivable(entry.code) and not entry.has_expired(today)]
        reasons = {(entry.code, entry.fingerprint): entry.reason for entry in in_force}
        files.append(suppress(file, SuppressedBy.WAIVERS, reasons))
        findings += _unused(waivers, entries, file, run.rules, today)
    files += [
        FileReport(
            path,
            FileState.WAIVERS,
            run.rules,
            findings=tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        )
        for path, findings in faults.items()
        if findings
    ]
    return replace(run, files=tuple(sorted(files, key=lambda file: file.path)))


def _malformed(waivers: WaiverFile, rules: Rules) -> Iterator[Finding]:
    for mistake in waivers.malformed:
        fields = {"word": mistake.word}
        yield from _finding(rules, MALFORMED, waivers, mistake.variant, fields, mistake.at, mistake.removal)
    for entry in waivers.entries:
        if not codes_named(entry.code, rules):
            yield from _finding(rules, MALFORMED, waivers, *unknown_name(entry.code, rules), entry.at, entry.removal)


def _unused(
    waivers: WaiverFile, entries: list[WaiverEntry], file: FileReport, rules: Rules, today: date
) -> Iterator[Finding]:
    """Yield the findings about the entries for a draft whose rules ran: unused, expired or without a reason."""
    if file.state is not FileState.CHECKED:
        return
    present = {(finding.code, finding.fingerprint) for finding in file.findings}
    for entry in entries:
        if not have_run(codes_named(entry.code, file.rules), file.rules, file.crashed):
            continue
        fields, variant = {"names": entry.code, "path": entry.path, "fingerprint": entry.fingerprint}, ""
        if entry.has_expired(today):
            variant, fields["date"] = "expired", str(entry.until)
        elif (entry.code, entry.fingerprint) not in present:
            variant = "unused"
        if variant:
            yield from _finding(rules, UNUSED, waivers, variant, fields, entry.at, entry.removal)
        elif not entry.reason and file.rules.options.stage is Stage.PUBLICATION:
            yield from _finding(rules, MALFORMED, waivers, "no_reason", {}, entry.at, entry.removal)


def _finding(
    rules: Rules,
    code: str,
    waivers: WaiverFile,
    variant: str,
    fields: dict[str, str],
    at: tuple[int, int],
    removal: Fix,
) -> Iterator[Finding]:
    """Yield a finding about a waiver file, unless its rule is off."""
    severity = rules.severities.get(code)
    if severity:
        yield file_finding(
            rules, code, waivers.path, fields, variant=variant, severity=severity, at=at, fix=removal
        )  # fmt: skip


def add_to_waiver_files(run: Run, waiver_path: Callable[[str], str], reason: str) -> list[Message]:
    """Write waivers for all unsuppressed findings of a run; return a message for each file written.

    Raises:
        SetupError: the reason is empty, or a file cannot be written.
    """
    if not reason.strip():
        raise SetupError("--add-waivers: give the reason")
    by_path: dict[str, list[Finding]] = {}
    for file in run.files:
        findings = [finding for finding in file.shown if is_waivable(finding.code)]
        if findings:
            by_path.setdefault(waiver_path(file.path), []).extend(findings)
    return [_added(path, add_waivers(path, findings, reason.strip())) for path, findings in by_path.items()]


def _added(path: str, count: int) -> Message:
    added = "{path}: 1 waiver added" if count == 1 else "{path}: {count} waivers added"
    return message(added, path=path, count=count)
