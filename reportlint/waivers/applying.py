"""Everything that suppresses findings after a run: waiver files and the baseline, written if requested, and applied."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from reportlint.config.config_file import relative
from reportlint.errors import DataError, Message, Mistake, ReportlintError, SetupError, message
from reportlint.files import Protected, refusal
from reportlint.report import FileReport, Run
from reportlint.waivers import baseline as baseline_file
from reportlint.waivers import waiver_file
from reportlint.waivers.baseline import (
    apply_baseline,
    baseline_of,
    is_baseline,
    prune_baseline,
    read_baseline,
    write_baseline,
)
from reportlint.waivers.suppression import suppress
from reportlint.waivers.waiver_file import WaiverEntry, apply_waiver_files, read_waiver_file

WAIVER_FILE = "a waiver file"
BASELINE = "a baseline"


class Updates(NamedTuple):
    """What a run writes into waiver files and baselines.

    ``reason``: waivers of all remaining findings, for this reason. ``baseline``: the baseline to write, in place of
    applying the configured one. ``prune``: the paths of renamed drafts, and the files without their obsolete entries.
    """

    reason: str | None = None
    baseline: str | None = None
    prune: bool = False


class Outcome(NamedTuple):
    """A run with its suppressed findings, messages about files written, and errors, which fail the run."""

    run: Run
    notes: tuple[Message, ...]
    errors: tuple[str, ...]


def apply_suppression(
    checked: Run,
    waiver_path: Callable[[str], str],
    folders: Collection[str],
    updates: Updates,
    protected: Protected,
) -> Outcome:
    """Apply waiver files and the baseline to a run, after writing those requested.

    A file that cannot be read suppresses nothing, and one that cannot be written is left unchanged; the others count.

    Args:
        checked: the run.
        waiver_path: returns the waiver file of a draft.
        folders: the folders that were checked.
        updates: what to write.
        protected: the files that must not be replaced.
    """
    run = _Suppression(waiver_path, folders, protected)
    result = run.apply_waivers(checked, updates.prune, updates.reason is not None)
    if updates.reason is not None:
        result = run.add_waivers(checked, result, updates)
    baseline = updates.baseline
    if baseline:
        try:
            run.notes.append(write_baseline(result, baseline, _without(protected, BASELINE)))
        except SetupError as error:
            run.errors.append(str(error))
            baseline = None
    result = run.apply_baselines(result, baseline, updates.prune)
    return Outcome(result, tuple(run.notes), tuple(dict.fromkeys(run.errors)))


class Suppressor:
    """What waiver files and baselines suppress in single files, unless a draft was renamed.

    ``is_certain``: no draft was, because every path that they name leads to a file.

    Args:
        waiver_path: returns the waiver file of a draft.
        waiver_files: the waiver files of the run.
        baselines: the baselines of the run.
    """

    def __init__(
        self, waiver_path: Callable[[str], str], waiver_files: Iterable[str], baselines: Iterable[str]
    ) -> None:
        self._waiver_path, self._today = waiver_path, date.today()
        self._entries: dict[str, dict[str, list[WaiverEntry]]] = {}
        for path in waiver_files:
            if entries := read_waiver_file(path).entries:
                by_path = self._entries[path] = {}
                for entry in entries:
                    by_path.setdefault(entry.path, []).append(entry)
        self._known = {path: read_baseline(path).findings for path in baselines}
        self.is_certain = all(
            os.path.lexists(os.path.join(os.path.dirname(path), name))
            for path, named in (*self._entries.items(), *self._known.items())
            for name in named
        )

    def apply(self, file: FileReport) -> FileReport:
        """Return the report with the findings that are waived or known suppressed."""
        if self._entries and (entries := self._entries.get(path := self._waiver_path(file.path))):
            its_own = entries.get(relative(file.path, os.path.dirname(path)), ())
            file = suppress(file, waiver_file.suppressions_of(its_own, path, self._today))
        baseline = baseline_of(file.rules)
        if baseline in self._known:
            codes = self._known[baseline].get(relative(file.path, os.path.dirname(baseline)), {})
            file = suppress(file, baseline_file.suppressions_of(codes, baseline))
        return file


class _Suppression:
    """Applies and writes waiver files and baselines, and collects messages and errors."""

    def __init__(self, waiver_path: Callable[[str], str], folders: Collection[str], protected: Protected) -> None:
        self.waiver_path, self.folders, self.protected = waiver_path, folders, protected
        self.notes: list[Message] = []
        self.errors: list[str] = []

    def apply_waivers(self, checked: Run, prunes: bool, adds: bool) -> Run:
        """Return the run with the findings that waiver files suppress, after pruning the files if requested.

        Before waivers are added, renamed drafts are renamed in the files: an entry for the new path would end the
        search for the draft of the old one.
        """
        applied = apply_waiver_files(checked, self.waiver_path, self.folders)
        self.errors += map(str, applied.mistakes)
        changed = False
        for path, obsolete in applied.obsolete.items():
            entries = obsolete.entries if prunes else frozenset()
            if (prunes or adds) and (obsolete.renamed or entries):
                from reportlint.waivers.waiver_editing import prune_waivers  # noqa: PLC0415 - few runs change waivers

                prune = partial(prune_waivers, path, obsolete.renamed, entries, _without(self.protected, WAIVER_FILE))
                changed |= self._prune(path, obsolete.renamed, prune)
            else:
                self._note_renamed(path, obsolete.renamed)
        return apply_waiver_files(checked, self.waiver_path, self.folders).run if changed else applied.run

    def add_waivers(self, checked: Run, result: Run, updates: Updates) -> Run:
        """Return the run after waiving all its findings that are not suppressed."""
        remaining, failures = result, list[Mistake]()
        if not updates.baseline:
            applied = apply_baseline(result, self.folders)
            remaining, failures = applied.run, applied.mistakes
        if failures:  # known findings must not be waived as well
            self.errors += [*map(str, failures), "no waivers were added, because a baseline cannot be read"]
            return result
        from reportlint.waivers.waiver_editing import add_to_waiver_files  # noqa: PLC0415 - few runs change waivers

        protected = _without(self.protected, WAIVER_FILE)
        added, refused = add_to_waiver_files(remaining, self.waiver_path, updates.reason or "", protected)
        self.notes += added
        self.errors += refused
        return apply_waiver_files(checked, self.waiver_path, self.folders).run

    def apply_baselines(self, run: Run, baseline: str | None, prunes: bool) -> Run:
        """Return the run with the findings that baselines suppress, after pruning the baselines if requested."""
        applied = apply_baseline(run, self.folders, baseline)
        self.errors += map(str, applied.mistakes)
        changed = False
        for path, gone in applied.gone.items():
            if prunes and (gone.renamed or gone.orphans):
                prune = partial(prune_baseline, path, gone, _without(self.protected, BASELINE))
                changed |= self._prune(path, gone.renamed, prune)
            else:
                self._note_renamed(path, gone.renamed)
        return apply_baseline(run, self.folders, baseline).run if changed else applied.run

    def _prune(self, path: str, renamed: Mapping[str, str], prune: Callable[[], int]) -> bool:
        """Prune a file and return whether it was written."""
        try:
            count = prune()
        except ReportlintError as error:
            self.errors += str(error).splitlines()
            return False
        for old, new in renamed.items():
            self.notes.append(message("{path}: the entries for {old} are now for {new}", path=path, old=old, new=new))
        if count:
            self.notes.append(message("{path}: {count} entries removed", path=path, count=count))
        return True

    def _note_renamed(self, path: str, renamed: Mapping[str, str]) -> None:
        text = "{path}: the entries for {old}, which is gone, apply to {new}; --prune updates the path"
        self.notes += [message(text, path=path, old=old, new=new) for old, new in renamed.items()]


def verify_suppression(waiver_files: Iterable[str], baselines: Iterable[str]) -> None:
    """Verify waiver files and baselines before anything is checked.

    Raises:
        DataError: there are mistakes; the error lists all of them.
    """
    mistakes = [mistake for path in waiver_files for mistake in read_waiver_file(path).mistakes]
    mistakes += [mistake for path in baselines for mistake in read_baseline(path).mistakes]
    if mistakes:
        raise DataError(mistakes)


def refused_baseline(path: str, protected: Protected) -> str:
    """Return why a baseline cannot be written; empty if it can be."""
    return refusal(path, is_baseline, _without(protected, BASELINE))


def _without(protected: Protected, kind: str) -> Protected:
    return {path: its_kind for path, its_kind in protected.items() if its_kind != kind}
