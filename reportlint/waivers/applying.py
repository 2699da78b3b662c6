"""What files say of a run's findings: which are waived, and which are known from before (the baseline)."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from reportlint.config.configuration import relative
from reportlint.engine.linting import CRASHED, UNREADABLE, crashed_rules, plain_finding
from reportlint.engine.rules import Rules
from reportlint.engine.severity import decide
from reportlint.errors import SetupError
from reportlint.files import write_text
from reportlint.finding import Finding, Fix, SuppressedBy, Suppression
from reportlint.knowledge.scales import Stage
from reportlint.report import FileReport, FileState, Run
from reportlint.waivers.comments import MALFORMED, UNUSED, codes_named, have_run, is_waivable, not_named
from reportlint.waivers.waiver_file import WaiverEntry, WaiverFile, add_waivers, read_waiver_file

_SCHEMA = 1


Reasons = Mapping[tuple[str, str], str]
"""The reasons for which findings do not count, by their codes and fingerprints."""


def _suppressing(file: FileReport, by: SuppressedBy, reasons: Reasons) -> FileReport:
    """The report of a file, in which some findings are suppressed besides those that are."""
    if not reasons:
        return file
    rules, judged = file.rules, []
    for finding in file.findings:
        reason = reasons.get((finding.code, finding.fingerprint))
        if reason is not None and not finding.suppressed:
            known = by is SuppressedBy.BASELINE
            decision = decide(
                rules.by_code[finding.code], rules.options, finding.severity, waived=not known, in_baseline=known
            )
            if decision.suppressed:
                finding = replace(finding, suppression=Suppression(by, reason))  # noqa: PLW2901
        judged.append(finding)
    return replace(file, findings=tuple(judged))


# -- waivers --------------------------------------------------------------------------------------------------------


def with_waivers(run: Run, place: Callable[[str], str]) -> Run:
    """A run with the waivers of files; ``place`` tells where those of a draft are. What is wrong with them is reported
    in a file of its own.

    Raises:
        DataError: a file of waivers cannot be read.
    """
    today = date.today()
    read = cache(read_waiver_file)
    reports: list[FileReport] = []
    own: dict[str, list[Finding]] = {}
    for file in run.files:
        waivers = read(place(file.path))
        faults = own.setdefault(waivers.path, list(_faults(waivers, run.rules)))
        entries = waivers.of(file.path)
        in_force = [one for one in entries if is_waivable(one.code) and not one.has_expired(today)]
        reasons = {(one.code, one.fingerprint): one.reason for one in in_force}
        reports.append(_suppressing(file, SuppressedBy.WAIVERS, reasons))
        faults += _judged(waivers, entries, file, run.rules, today)
    reports += [
        FileReport(path, FileState.WAIVERS, run.rules, findings=tuple(sorted(found, key=lambda one: one.sort_key)))
        for path, found in own.items()
        if found
    ]
    return replace(run, files=tuple(sorted(reports, key=lambda one: one.path)))


def _faults(waivers: WaiverFile, rules: Rules) -> Iterator[Finding]:
    for fault in waivers.faults:
        yield from _finding(rules, MALFORMED, waivers, fault.variant, {"word": fault.word}, fault.at, fault.removal)
    for entry in waivers.entries:
        if not codes_named(entry.code, rules):
            yield from _finding(rules, MALFORMED, waivers, *not_named(entry.code, rules), entry.at, entry.removal)


def _judged(
    waivers: WaiverFile, entries: list[WaiverEntry], file: FileReport, rules: Rules, today: date
) -> Iterator[Finding]:
    """What is wrong with the waivers of a draft, as far as their rules ran."""
    if file.state is not FileState.CHECKED:
        return
    crashed = crashed_rules(file.findings, file.rules)
    found = {(one.code, one.fingerprint) for one in file.findings}
    for entry in entries:
        if not have_run(codes_named(entry.code, file.rules), file.rules, crashed):
            continue
        fields, variant = {"names": entry.code, "path": entry.path, "fingerprint": entry.fingerprint}, ""
        if entry.has_expired(today):
            variant, fields["date"] = "expired", str(entry.until)
        elif (entry.code, entry.fingerprint) not in found:
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
    """A finding about a file of waivers, unless the rule is silent."""
    severity = rules.severities.get(code)
    if severity:
        yield plain_finding(
            rules, code, waivers.path, fields, variant=variant, severity=severity, at=at, fix=removal
        )  # fmt: skip


def add_to_waivers(run: Run, place: Callable[[str], str], reason: str) -> list[str]:
    """Write waivers for all findings of a run that count; returns a remark for each file written.

    Raises:
        SetupError: there is no reason, or a file cannot be written.
    """
    if not reason.strip():
        raise SetupError("--add-waivers: give the reason")
    by_place: dict[str, list[Finding]] = {}
    for file in run.files:
        found = [one for one in file.shown if is_waivable(one.code)]
        if found:
            by_place.setdefault(place(file.path), []).extend(found)
    return [f"{path}: {add_waivers(path, found, reason.strip())} added" for path, found in by_place.items()]


# -- baseline -------------------------------------------------------------------------------------------------------


def with_baseline(run: Run, path: str | None = None) -> Run:
    """A run in which findings do not count that are in the baseline: in this file, else in that of the configuration.

    Raises:
        SetupError: a baseline cannot be read.
    """
    read = cache(_read_baseline)
    reports = []
    for file in run.files:
        place = path or (str(file.rules.options.baseline) if file.rules.options.baseline else None)
        if place is None:
            reports.append(file)
            continue
        known = read(place).get(relative(file.path, os.path.dirname(place)), {})
        reasons = {(code, one): "" for code, prints in known.items() for one in prints}
        reports.append(_suppressing(file, SuppressedBy.BASELINE, reasons))
    return replace(run, files=tuple(reports))


def _read_baseline(path: str) -> Mapping[str, Mapping[str, list[str]]]:
    try:
        with open(path, encoding="utf-8") as opened:
            data = json.load(opened)
    except OSError as error:
        raise SetupError(f"the baseline {path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise SetupError(f"{path} is no baseline: {error}") from None
    found: Any = data.get("findings") if isinstance(data, dict) and data.get("schema") == _SCHEMA else None
    sound = isinstance(found, dict) and all(
        isinstance(codes, dict) and all(_are_fingerprints(prints) for prints in codes.values())
        for codes in found.values()
    )
    if not sound:
        raise SetupError(f"{path} is no baseline: write it anew with --write-baseline")
    return found  # type: ignore[no-any-return]


def _are_fingerprints(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def write_baseline(run: Run, path: str) -> str:
    """Write the findings of a run that are not waived as its baseline; returns a remark.

    They are known by their words: the fingerprint of a finding also counts equal ones, so that one more is new.

    Raises:
        SetupError: the file cannot be written.
    """
    folder, count = os.path.dirname(path), 0
    found: dict[str, dict[str, list[str]]] = {}
    for file in run.files:
        for one in file.shown:
            if one.code not in (CRASHED, UNREADABLE):
                codes = found.setdefault(relative(file.path, folder), {})
                codes.setdefault(one.code, []).append(one.fingerprint)
                count += 1
    data = {"schema": _SCHEMA, "findings": found}
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return f"{path}: {count} {'finding is' if count == 1 else 'findings are'} known from now on"
