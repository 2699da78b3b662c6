"""``--annotate``: copies of the Word files of a run, with comments on their findings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePath
from typing import NamedTuple

from reportlint.annotate import Remark, annotate, has_comments
from reportlint.document import Position, Source, Span
from reportlint.document.joined_parts import JoinedSource
from reportlint.engine.finding_writer import UNREADABLE
from reportlint.errors import Message, SetupError, UnreadableInput, describe, message
from reportlint.files import Protected, kind_of_protected, refusal_of_bytes, same_file, write_bytes
from reportlint.finding import Finding, Place
from reportlint.readers import format_of, suffix_of_content
from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.layout import clean, printable_path, shorten
from reportlint.reporters.sentences import Wording, is_about_whole_file, related_shown
from reportlint.runner.inputs import STANDARD_INPUT
from reportlint.word import WordSource

_OPTION = "--annotate"
_SUFFIX = ".docx"
_CONTENT_OF_OTHER_NAME = ".doc"  # a name of files in the old format, which this one is not
_LONGEST_QUOTATION = 90
_HINT = " (is it open in Word?)"
_UNRECOGNIZED = "it holds no comment by reportlint"
_COMMENTED = "{path}: {count} comments written"
_OTHERS = "--annotate: {count} files are no Word files, and get no comments: {paths}"
_ELSEWHERE = "The words[ “{words}”] cannot hold a comment, so it stands at the nearest ones in the text."
_MORE = "There are {count} more findings; Word opens no file with more comments."


class WordCopies(NamedTuple):
    """The copies to write to ``out``: the target of each Word file of a run, by its path."""

    out: str
    targets: Mapping[str, str]

    def written(self, run: Run, protected: Protected) -> tuple[list[Message], list[str]]:
        """Write the copies; return remarks for standard error, and errors, which fail the run.

        An existing file is replaced only if it holds comments by reportlint, is a copy of the draft, or is empty.
        """
        wording = Wording.for_run(run)
        errors: list[str] = []
        total: int | None = None
        for file in run.inputs:
            target, data = self.targets.get(file.path), file.data
            if target is None or data is None:
                continue
            if reason := refusal_of_bytes(target, partial(_may_be_replaced, data), protected, _UNRECOGNIZED):
                errors.append(reason)
                continue
            try:
                count, copy = _annotated(file, data, wording)
                write_bytes(target, copy, _HINT)
            except UnreadableInput as error:
                if not any(each.code == UNREADABLE for each in file.findings):  # which has said so
                    errors.append(f"{target} was not written: {error.message}")
                continue
            except SetupError as error:
                errors.append(str(error))
                continue
            except Exception as error:  # the findings and the other copies do not depend on this one
                errors.append(f"{target} was not written: internal error, please report it: {describe(error)}")
                continue
            total = (total or 0) + count
        notes = [] if total is None else [message(_COMMENTED, path=self.out, count=total)]
        others = [file.path for file in run.inputs if not _is_word(file) and file.state is not FileState.EXCLUDED]
        if others:
            notes.append(message(_OTHERS, count=len(others), paths=wording.list_paths(others)))
        return notes, errors


def plan_copies(run: Run, out: str, unnamed: str, protected: Protected, outputs: Iterable[str]) -> WordCopies:
    """Return the copies to write to a file or folder, before anything is written.

    Args:
        run: the run.
        out: a Word file, or a folder.
        unnamed: the name of a draft from standard input that has no other; "" if it has one.
        protected: the files that must not be replaced.
        outputs: the other files that the run writes.

    Raises:
        SetupError: the copies cannot be written there without loss, or there is no Word file for ``out``.
    """
    paths = [file.path for file in run.inputs if _is_word(file)]
    if _is_folder(out):
        if unnamed in paths:
            raise SetupError(f"{_OPTION}: standard input has no name; name a file, or use --stdin-filename")
        targets = {path: _in_folder(out, path) for path in paths}
    elif len(paths) > 1:
        raise SetupError(f"{_OPTION}: {out} is one file for {len(paths)} Word files; name a folder")
    elif not paths and run.has_inputs:
        named = Wording.for_run(run).list_paths([file.path for file in run.inputs])
        raise SetupError(f"{_OPTION}: {out} was not written: no Word file was checked ({named})")
    else:
        targets = dict.fromkeys(paths, out)
    for path, target in targets.items():
        if (suffix := PurePath(_in_folder("", path)).suffix.lower()) != PurePath(target).suffix.lower():
            raise SetupError(f"{_OPTION}: {target} is a copy of {path}, so its name must end in {suffix}")
    by_target: dict[str, str] = {}
    for path, target in targets.items():
        other = by_target.setdefault(os.path.realpath(target).casefold(), path)
        if other != path:
            raise SetupError(f"{_OPTION}: {other} and {path} would both be written to {target}")
        if kind := kind_of_protected(target, protected):
            raise SetupError(f"{_OPTION}: {target} was not replaced: it is {kind}")
        if any(same_file(target, output) for output in outputs):
            raise SetupError(f"{_OPTION}: {target} is also the file of another output")
    return WordCopies(out, targets)


def _is_word(file: FileReport) -> bool:
    """Return whether a file is a Word file, by its content or else by its name."""
    if file.state is FileState.EXCLUDED:
        return False
    return bool(file.data and suffix_of_content(file.data)) or format_of(file.path) == "word"


def _is_folder(out: str) -> bool:
    """Return whether copies go into a folder.

    Raises:
        SetupError: ``out`` is neither a folder nor the name of a Word file.
    """
    if out == STANDARD_INPUT:
        raise SetupError(f"{_OPTION}: name a Word file or a folder")
    if os.path.isdir(out) or out.endswith(("/", os.sep)):
        return True
    if format_of(out) == "word":
        return False
    if PurePath(out).suffix or os.path.exists(out):
        raise SetupError(f"{_OPTION}: {out} is no Word file ({_SUFFIX}); end the name of a new folder with /")
    return True


def _in_folder(folder: str, path: str) -> str:
    """Return the path of the copy of a file in a folder. A Word file keeps the suffix that Word expects of it."""
    name = PurePath(path)
    keeps = format_of(path) == "word" and name.suffix.lower() != _CONTENT_OF_OTHER_NAME
    return os.path.join(folder, name.name if keeps else f"{name.stem}{_SUFFIX}")


def _may_be_replaced(draft: bytes, data: bytes) -> bool:
    """Return whether an existing file is a copy of the draft, or holds comments by reportlint."""
    try:
        return data == draft or has_comments(data)
    except UnreadableInput:
        return False


def _annotated(file: FileReport, data: bytes, wording: Wording) -> tuple[int, bytes]:
    """Return the number of comments, and the copy of a file with them. A file that was not checked stays as it is.

    Raises:
        UnreadableInput: the file cannot be read.
    """
    source = _source(file)
    is_checked = file.has_text or not all(map(is_about_whole_file, file.shown))
    if not isinstance(source, WordSource) or not is_checked:
        return 0, data
    remarks = [_remark(finding, file, source, wording) for finding in file.shown]
    return len(remarks), annotate(
        data, source.view, remarks, lambda count: wording.lexicon.translate(message(_MORE, count=count))
    )


def _source(file: FileReport) -> Source | None:
    """Return the text of a file; ``None`` if it was not checked because of another part of its report."""
    source = file.source
    if isinstance(source, JoinedSource):
        return next(part for part in source.parts if part.path == file.path)
    if source is None and file.draft:
        next(part for part in file.draft.parts if part.path == file.path).source()
    return source


def _remark(finding: Finding, file: FileReport, source: WordSource, wording: Wording) -> Remark:
    place = finding.place
    start = source.original_offset(Position(place.line, place.column))
    end = source.original_offset(Position(place.end_line, place.end_column))
    words = shorten(clean(source.original[start:end].strip()), _LONGEST_QUOTATION)
    elsewhere = wording.lexicon.translate(message(_ELSEWHERE, words=words))
    return Remark(Span(start, end), tuple(_paragraphs(finding, file, wording)), elsewhere)


def _paragraphs(finding: Finding, file: FileReport, wording: Wording) -> Iterator[str]:
    """Yield the paragraphs of a comment: code and message, related places, reason, authority."""
    yield f"{finding.code}{wording.colon}{clean(finding.message)}"
    for place in related_shown(finding):
        yield _related(place, file, wording)
    yield from filter(None, (wording.more_places(finding), clean(finding.why), wording.authority(finding)))


def _related(place: Place, file: FileReport, wording: Wording) -> str:
    """Return the line for a related place. It has no line number, which Word does not show, but the words."""
    name = clean(place.where)
    if place.path != file.path:
        name += f" ({printable_path(place.path)})"
    line = wording.related_line(place, file.path, name)
    end = min(place.end, place.start + 4 * _LONGEST_QUOTATION)
    words = shorten(clean(file.source.typed(place.start, end).strip()), _LONGEST_QUOTATION) if file.source else ""
    if not words or words in place.message:
        return line
    return f"{line} {wording.lexicon.fill(wording.words['page']['quoted'], {'words': words})}"
