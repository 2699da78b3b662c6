"""Waiver files (``reportlint-waivers.yaml``): waivers by fingerprint, for drafts that cannot contain comments.

``waiver_editing`` adds waivers to them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reportlint.config.config_file import relative
from reportlint.engine.finding_writer import file_finding
from reportlint.engine.rules import Rules
from reportlint.errors import Mistake
from reportlint.finding import Applicability, Edit, Finding, Fix, SuppressedBy
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.levels import Stage
from reportlint.knowledge.yamlfile import read_yaml
from reportlint.report import FileReport, FileState, Run
from reportlint.waivers.suppression import MALFORMED, UNUSED, codes_named, have_run, is_waivable, suppress, unknown_name

FILE_NAME = "reportlint-waivers.yaml"


class WaiverEntry(NamedTuple):
    """A waiver in a waiver file.

    ``path`` is the path of the draft, relative to the folder of the file. ``at`` is the line and column of the entry
    (1-based), and ``removal`` the fix that removes it.
    """

    path: str
    code: str
    fingerprint: str
    reason: str
    until: date | None
    at: tuple[int, int]
    removal: Fix

    def has_expired(self, today: date) -> bool:
        return self.until is not None and self.until < today


class WaiverFile(NamedTuple):
    """The entries of a waiver file; none if it has ``mistakes``."""

    path: str
    entries: tuple[WaiverEntry, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    def entries_for(self, path: str) -> list[WaiverEntry]:
        """Return the entries for a draft."""
        name = relative(path, os.path.dirname(self.path))
        return [entry for entry in self.entries if entry.path == name]


def read_waiver_file(path: str) -> WaiverFile:
    """Read a waiver file. A missing file has no entries."""
    return waivers_in(read_yaml(Path(path), path)) if os.path.isfile(path) else WaiverFile(path)


def waivers_in(file: DataFile) -> WaiverFile:
    """Return the waivers in a parsed file."""
    if file.value is None and not file.mistakes:
        return WaiverFile(file.path)
    from reportlint.knowledge.declared import read_declared  # noqa: PLC0415 - few runs have a waiver file
    from reportlint.waivers.shapes import WAIVER_STYLE, WAIVERS  # noqa: PLC0415

    shapes, mistakes = read_declared(WAIVERS, file, WAIVER_STYLE)
    if mistakes:
        return WaiverFile(file.path, mistakes=tuple(mistakes))
    places = [file.place((index,)) for index in range(len(shapes))]
    ends = [*(line for line, _ in places[1:]), file.lines + 1]
    entries = (
        WaiverEntry(
            shape.path, shape.code, shape.fingerprint, shape.reason, shape.until, place,
            Fix(Applicability.SAFE, (Edit(file.path, place[0], 1, end, 1, ""),)),
        )
        for shape, place, end in zip(shapes, places, ends, strict=False)
    )  # fmt: skip
    return WaiverFile(file.path, tuple(entries))


# -- a run --------------------------------------------------------------------------------------------------------


def apply_waiver_files(run: Run, waiver_path: Callable[[str], str]) -> tuple[Run, list[Mistake]]:
    """Suppress the findings of a run that waiver files waive; ``waiver_path`` returns the waiver file of a draft.

    Findings about a waiver file are reported in a file of their own. The mistakes are those in waiver files; a file
    with a mistake waives nothing.
    """
    today = date.today()
    read = cache(read_waiver_file)
    files: list[FileReport] = []
    faults: dict[str, list[Finding]] = {}
    mistakes: list[Mistake] = []
    for file in run.files:
        waivers = read(waiver_path(file.path))
        if waivers.path not in faults:
            faults[waivers.path] = list(_unknown(waivers, run.rules))
            mistakes += waivers.mistakes
        entries = waivers.entries_for(file.path)
        in_force = [entry for entry in entries if is_waivable(entry.code) and not entry.has_expired(today)]
        reasons = {(entry.code, entry.fingerprint): entry.reason for entry in in_force}
        files.append(suppress(file, SuppressedBy.WAIVERS, reasons))
        faults[waivers.path] += _unused(waivers, entries, file, run.rules, today)
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
    return replace(run, files=tuple(sorted(files, key=lambda file: file.path))), mistakes


def _unknown(waivers: WaiverFile, rules: Rules) -> Iterator[Finding]:
    """Yield the findings about the entries whose rules are unknown or cannot be waived."""
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
