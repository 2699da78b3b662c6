"""``--fix`` and ``--diff``: the drafts of a run with their fixes applied."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from reportlint.document import Draft
from reportlint.errors import Message, message
from reportlint.finding import Applicability
from reportlint.fixes import ROUNDS, FixedDraft, UnwritableFix, can_be_fixed, fix_draft, unified_diff, write_fixed
from reportlint.report import FileReport, FileState, Reports, Run
from reportlint.reporters.sentences import Wording
from reportlint.runner.draft_checking import Task, check_draft, file_reports
from reportlint.waivers.baseline import apply_baseline
from reportlint.waivers.suppression import Suppressions, suppress
from reportlint.waivers.waiver_file import apply_waiver_files
from reportlint.word import WordSource

_FIXED = "{count} findings were fixed: {paths}"
_REFUSED = "{path}:{line}:{column}: {code} was not fixed: the fix would create {created}"
_UNCHECKABLE = "{path}:{line}:{column}: {code} was not fixed: with the fix, the file would not be checked"
_UNFINISHED = "{path}: fixing stopped after {rounds} rounds; more fixes may be left"
_WORD = "{count} Word files cannot be fixed: {paths}"
_OTHER = "{path} cannot be fixed: not every byte outside the fixes could be kept"
_NO_DIFF = "{path}: no diff was printed, because the file is not in UTF-8"


class FixedFiles(NamedTuple):
    """The files of a draft that has fixes: the reports of all its parts with the fixes, and its bytes by path.

    ``read`` holds all parts as they were read, ``fixed`` those that the fixes change; ``counts`` the number of fixes.
    """

    reports: tuple[FileReport, ...]
    read: Mapping[str, bytes]
    fixed: Mapping[str, bytes]
    counts: Mapping[str, int]


class FixedRun(NamedTuple):
    """A run before its fixes, its drafts with them, and remarks for standard error."""

    run: Run
    drafts: tuple[FixedFiles, ...]
    notes: tuple[Message, ...]

    def write(self, unnamed: str) -> tuple[Run, list[Message], list[str]]:
        """Write the fixed files; return the run as it is now, remarks for standard error, and errors.

        ``unnamed`` is the path of standard input, which is not written. If a file of a draft cannot be written, the
        draft is left as it is, and so are its reports.
        """
        errors: list[str] = []
        counts: dict[str, int] = {}
        reports: dict[str, FileReport] = {}
        for draft in self.drafts:
            try:
                write_fixed(_without(draft.read, unnamed), _without(draft.fixed, unnamed))
            except UnwritableFix as error:
                errors.append(str(error))
                continue
            counts |= draft.counts
            reports |= {report.path: report for report in draft.reports}
        files = self.run.files.replaced(reports)
        notes = list(self.notes)
        if counts:
            paths = Wording.for_run(self.run).list_paths(sorted(counts))
            notes.append(message(_FIXED, count=sum(counts.values()), paths=paths))
        return replace(self.run, files=files), notes, errors

    def text_of(self, path: str) -> bytes:
        """Return the content of a file with its fixes."""
        for draft in self.drafts:
            if path in draft.fixed:
                return draft.fixed[path]
        return self.run.files[self.run.files.index_of(path)].data or b""

    def diff(self) -> tuple[str, list[str]]:
        """Return the diff of all fixed files, in the order of their paths, and errors. Each file is in it once."""
        texts: dict[str, str] = {}
        errors: list[str] = []
        for draft in self.drafts:
            for path, data in draft.fixed.items():
                try:
                    texts.setdefault(os.path.realpath(path), unified_diff(path, draft.read[path], data))
                except UnicodeDecodeError:
                    errors.append(_NO_DIFF.format(path=path))
        return "".join(texts[path] for path in sorted(texts)), errors


def fix_run(run: Run, waiver_path: Callable[[str], str], folders: Collection[str], *, unsafe: bool) -> FixedRun:
    """Apply the fixes of every draft of a run; nothing is written.

    Args:
        run: the run, to which waiver files and baseline are still to be applied.
        waiver_path: returns the waiver file of a draft.
        folders: the folders that were checked.
        unsafe: whether to apply unsafe fixes too.
    """
    grades = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    drafts: list[FixedFiles] = []
    notes: list[Message] = []
    in_word: list[str] = []
    known = (apply_waiver_files(run, waiver_path, folders).suppressions, apply_baseline(run, folders).suppressions)

    def suppressed(files: Iterable[FileReport]) -> tuple[FileReport, ...]:
        """Return the reports with the waivers and the baseline applied as in the whole run, which knows renames."""
        return tuple(
            _suppressed(file, [each.get(run.files.index_of(file.path), {}) for each in known]) for file in files
        )

    for draft, files in _by_draft(run.files):
        refused = _unfixable(draft)
        in_word += [path for path, is_word in refused if is_word]
        notes += [message(_OTHER, path=path) for path, is_word in refused if not is_word]
        if refused:
            continue

        def check(changed: Draft, files: Sequence[FileReport] = files) -> tuple[FileReport, ...]:
            return suppressed(_checked(changed, files))

        result = fix_draft(suppressed(files), check, grades)
        notes += _refusals(result)
        if not result.is_finished:
            notes.append(message(_UNFINISHED, path=files[0].path, rounds=ROUNDS))
        if result.fixed and (changed := result.files[0].draft):
            read, now = _bytes_of(draft), _bytes_of(changed)
            fixed = {path: data for path, data in now.items() if data != read[path]}
            drafts.append(FixedFiles(_checked(changed, files), read, fixed, result.fixed))
    if in_word:
        notes.append(message(_WORD, count=len(in_word), paths=Wording.for_run(run).list_paths(in_word)))
    return FixedRun(run, tuple(drafts), tuple(notes))


def _by_draft(files: Reports) -> Iterator[tuple[Draft, tuple[FileReport, ...]]]:
    """Yield the drafts that were checked, with the reports of their parts."""
    seen: set[str] = set()
    for file in files:
        if file.draft and file.state is FileState.CHECKED and file.path not in seen:
            paths = [part.path for part in file.draft.parts]
            others = {path: files[files.index_of(path)] for path in paths if path != file.path}
            if others:
                seen.update(paths)
            yield file.draft, tuple(others.get(path, file) for path in sorted(paths))


def _unfixable(draft: Draft) -> list[tuple[str, bool]]:
    """Return the paths of the parts that cannot be fixed, each with whether it is a Word file."""
    sources = [(part, part.source()) for part in draft.parts]
    return [
        (part.path, isinstance(source, WordSource)) for part, source in sources if not can_be_fixed(part.data, source)
    ]


def _checked(draft: Draft, files: Sequence[FileReport]) -> tuple[FileReport, ...]:
    """Check a draft again, by the rules of its earlier reports."""
    task = Task(draft, files[0].rules, frozenset(file.path for file in files if file.is_expected))
    return tuple(file_reports(task, check_draft(draft, task.rules)))


def _suppressed(file: FileReport, suppressions: Iterable[Suppressions]) -> FileReport:
    for each in suppressions:
        file = suppress(file, each)
    return file


def _refusals(result: FixedDraft) -> Iterator[Message]:
    for finding, created in result.refused:
        place = finding.place
        where = {"path": place.path, "line": place.line, "column": place.column, "code": finding.code}
        yield message(_REFUSED, **where, created=created) if created else message(_UNCHECKABLE, **where)


def _bytes_of(draft: Draft) -> dict[str, bytes]:
    return {part.path: part.data if isinstance(part.data, bytes) else part.data.encode() for part in draft.parts}


def _without(files: Mapping[str, bytes], path: str) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name != path}
