"""Waiver files (``reportlint-waivers.yaml``): waivers by fingerprint, for drafts that cannot contain comments.

``waiver_editing`` adds waivers to them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportlint.config.config_file import relative
from reportlint.engine.finding_writer import file_finding
from reportlint.engine.listing import limited
from reportlint.engine.rules import Rules
from reportlint.errors import Mistake
from reportlint.files import same_file
from reportlint.finding import Applicability, Edit, Finding, Fix, SuppressedBy, Suppression, WaiverPlace
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.levels import Stage
from reportlint.report import FileReport, FileState, Reports, Run
from reportlint.waivers.suppression import (
    MALFORMED,
    UNUSED,
    Suppressions,
    codes_named,
    have_run,
    is_waivable,
    suppressing,
    unknown_name,
)

if TYPE_CHECKING:
    from reportlint.waivers.renames import Mark

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

    @property
    def mark(self) -> Mark:
        return self.code, self.fingerprint

    def has_expired(self, today: date) -> bool:
        return self.until is not None and self.until < today


class WaiverFile(NamedTuple):
    """The entries of a waiver file; none if it has ``mistakes``."""

    path: str
    entries: tuple[WaiverEntry, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def folder(self) -> str:
        """The folder that the paths of the entries are relative to."""
        return os.path.dirname(self.path)


def read_waiver_file(path: str) -> WaiverFile:
    """Read a waiver file. A missing file has no entries."""
    if not os.path.isfile(path):
        return WaiverFile(path)
    from reportlint.knowledge.yamlfile import read_yaml  # noqa: PLC0415 - few runs have a waiver file

    return waivers_in(read_yaml(Path(path), path))


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


class Obsolete(NamedTuple):
    """What ``--prune`` changes in a waiver file: the paths of renamed drafts, and the entries that it removes."""

    renamed: Mapping[str, str]
    entries: frozenset[WaiverEntry]


class AppliedWaivers(NamedTuple):
    """A run with the findings that waiver files suppress.

    ``mistakes`` are those in the files, ``obsolete`` is what is obsolete in each, and ``suppressions`` what suppresses
    findings of each file of the run, by its index.
    """

    run: Run
    mistakes: list[Mistake]
    obsolete: Mapping[str, Obsolete]
    suppressions: Mapping[int, Suppressions]


def apply_waiver_files(run: Run, waiver_path: Callable[[str], str], folders: Collection[str]) -> AppliedWaivers:
    """Suppress the findings of a run that waiver files waive.

    Findings about a waiver file are reported in a file of their own. A waiver file with a mistake waives nothing.

    Args:
        run: the run.
        waiver_path: returns the waiver file of a draft.
        folders: the folders that were checked.
    """
    by_waivers: dict[str, list[int]] = {}
    for index, path in enumerate(run.files.paths):
        by_waivers.setdefault(waiver_path(path), []).append(index)
    known = set(map(os.path.realpath, by_waivers))
    for path in () if run.is_shard else _of_folders(run.waiver_files, waiver_path, folders):
        if os.path.realpath(path) not in known:
            by_waivers[path] = []
    mistakes: list[Mistake] = []
    obsolete: dict[str, Obsolete] = {}
    suppressions: dict[int, Suppressions] = {}
    added: list[FileReport] = []
    for path, indexes in by_waivers.items():
        waivers = read_waiver_file(path)
        mistakes += waivers.mistakes
        if waivers.entries:
            applied = _AppliedFile(waivers, run.files, indexes, run.rules, None if run.is_shard else folders)
            suppressions |= applied.suppressions
            added += applied.reports()
            obsolete[path] = Obsolete(applied.gone.renamed, frozenset(applied.obsolete))
    files = run.files.changed(suppressing(suppressions)).with_added(added)
    return AppliedWaivers(replace(run, files=files), mistakes, obsolete, suppressions)


def _of_folders(found: Iterable[str], waiver_path: Callable[[str], str], folders: Iterable[str]) -> Iterator[str]:
    """Yield the waiver files that are in force in the folders that were checked, also if no draft is left in them."""
    for folder in folders:
        yield waiver_path(os.path.join(folder, "*"))
    for path in found:
        in_force = waiver_path(os.path.join(os.path.dirname(path), "*"))
        if same_file(path, in_force):
            yield in_force


class _AppliedFile:
    """A waiver file applied to its drafts, which have these indexes in the reports of the run.

    ``suppressions`` is what suppresses the findings of each draft that has entries. ``obsolete`` are the entries
    reported as not needed.
    """

    def __init__(
        self,
        waivers: WaiverFile,
        files: Reports,
        indexes: Sequence[int],
        rules: Rules,
        folders: Collection[str] | None,
    ) -> None:
        self.waivers, self.rules, self.today = waivers, rules, date.today()
        self._by_path: dict[str, list[WaiverEntry]] = {}
        for entry in waivers.entries:
            self._by_path.setdefault(entry.path, []).append(entry)
        from reportlint.waivers.renames import paths_gone  # noqa: PLC0415 - few runs have a waiver file

        marks = {path: [entry.mark for entry in entries] for path, entries in self._by_path.items()}
        self.gone = paths_gone(marks, (files[index] for index in indexes), waivers.folder, folders)
        self.obsolete: list[WaiverEntry] = []
        self._findings = [*self._unknown()]
        former = {new: old for old, new in self.gone.renamed.items()}
        self.suppressions: dict[int, Suppressions] = {}
        for index in indexes:
            name = relative(files.paths[index], waivers.folder)
            if entries := self._by_path.get(former.get(name, name)):
                self.suppressions[index] = suppressions_of(entries, waivers.path, self.today)
                self._findings += self._unused(entries, files[index])
        for path in self.gone.orphans:
            self._findings += self._orphans(path)

    def reports(self) -> Iterator[FileReport]:
        """Yield the report with the findings about the waiver file, if there are any."""
        if self._findings:
            findings = tuple(limited(sorted(self._findings, key=lambda finding: finding.sort_key), self.rules, None))
            yield FileReport(self.waivers.path, FileState.WAIVERS, self.rules, findings=findings)

    def _unknown(self) -> Iterator[Finding]:
        """Yield the findings about the entries whose rules are unknown or cannot be waived."""
        for entry in self.waivers.entries:
            if not codes_named(entry.code, self.rules):
                yield from self._finding(MALFORMED, entry, *unknown_name(entry.code, self.rules))

    def _unused(self, entries: Iterable[WaiverEntry], file: FileReport) -> Iterator[Finding]:
        """Yield the findings about the entries for a draft whose rules ran: unused, expired or without a reason."""
        if file.state is not FileState.CHECKED:
            return
        present = file.marks
        for entry in entries:
            if not have_run(codes_named(entry.code, file.rules), file.rules, file.crashed):
                continue
            if entry.has_expired(self.today):
                yield from self._obsolete("expired", entry, date=str(entry.until))
            elif entry.mark not in present:
                yield from self._obsolete("unused", entry)
            elif not entry.reason and file.rules.options.stage is Stage.PUBLICATION:
                yield from self._finding(MALFORMED, entry, "no_reason", {})

    def _orphans(self, path: str) -> Iterator[Finding]:
        """Yield the findings about the entries whose rules ran, for a path that leads to no draft."""
        for entry in self._by_path[path]:
            if have_run(codes_named(entry.code, self.rules), self.rules, ()):
                yield from self._obsolete("gone", entry)

    def _obsolete(self, variant: str, entry: WaiverEntry, **fields: str) -> Iterator[Finding]:
        named = {"names": entry.code, "path": entry.path, "fingerprint": entry.fingerprint}
        for finding in self._finding(UNUSED, entry, variant, {**named, **fields}):
            self.obsolete.append(entry)
            yield finding

    def _finding(self, code: str, entry: WaiverEntry, variant: str, fields: dict[str, str]) -> Iterator[Finding]:
        """Yield a finding about an entry, unless its rule is off."""
        severity = self.rules.severities.get(code)
        if severity:
            yield file_finding(
                self.rules, code, self.waivers.path, fields, variant=variant, severity=severity, at=entry.at,
                fix=entry.removal,
            )  # fmt: skip


def suppressions_of(entries: Iterable[WaiverEntry], path: str, today: date) -> Suppressions:
    """Return what the entries for one draft in the waiver file at a path suppress."""
    in_force = (entry for entry in entries if is_waivable(entry.code) and not entry.has_expired(today))
    return {entry.mark: _suppression(entry, path) for entry in in_force}


def _suppression(entry: WaiverEntry, path: str) -> Suppression:
    return Suppression(SuppressedBy.WAIVERS, entry.reason, entry.until, WaiverPlace(path, entry.at[0]))
