"""``--output-file record=PATH`` and ``clearance=PATH``: written only if nothing fails the run, otherwise removed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from reportlint.clearance.page import is_page, page_text
from reportlint.clearance.record import Clearance, clearance_of, obstacle, record_text
from reportlint.clearance.record_file import is_record
from reportlint.cli.outputs import CLEARANCE, CLEARANCE_FORMATS, RECORD, OutputFile
from reportlint.cli.terminal import complain
from reportlint.errors import Message, SetupError, message
from reportlint.files import Protected, write_guarded
from reportlint.report import Run
from reportlint.reporters.sentences import Wording
from reportlint.workspace import Workspace

_RECOGNIZES: Mapping[str, Callable[[str], bool]] = {RECORD: is_record, CLEARANCE: is_page}
_TEXTS: Mapping[str, Callable[[Clearance, Wording], Iterable[str]]] = {
    RECORD: lambda clearance, _: record_text(clearance),
    CLEARANCE: page_text,
}
_FAILED = message("the run failed")
_REMOVED, _NOT_WRITTEN = "{path} was removed: {reason}", "{path} was not written: {reason}"


@contextmanager
def withdrawing(files: Sequence[OutputFile]) -> Iterator[None]:
    """Remove existing clearances at the paths to write if the command stops with an error or is interrupted."""
    try:
        yield
    except BaseException:
        for file in files:
            if file.format in CLEARANCE_FORMATS and _remove(file):
                complain(str(message(_REMOVED, path=file.path, reason=_FAILED)))
        raise


def write_clearances(
    files: Sequence[OutputFile], run: Run, workspace: Workspace, protected: Protected, *, failed: bool
) -> bool:
    """Write the clearances of a run; return whether all that it allows could be written.

    If it allows none, existing ones are removed, and a line says why. ``failed``: the command has failed otherwise.
    """
    wording = Wording.for_run(run)
    reason = obstacle(run) or (_FAILED if failed else None)
    is_done = True
    for file in files:
        if reason:
            _withdraw(file, reason, wording)
            continue
        try:
            root = os.path.dirname(file.path) or os.curdir
            text = _TEXTS[file.format](clearance_of(run, workspace, root, os.environ), wording)
        except SetupError as error:
            is_done = False
            _withdraw(file, message("{reason}", reason=error), wording)
            continue
        try:
            write_guarded(file.path, text, _RECOGNIZES[file.format], protected)
        except SetupError as error:
            is_done = False
            complain(str(error))
    return is_done


def _withdraw(file: OutputFile, reason: Message, wording: Wording) -> None:
    """Remove an existing clearance, and say why there is none."""
    translate = wording.lexicon.translate
    template = _REMOVED if _remove(file) else _NOT_WRITTEN
    complain(translate(message(template, path=file.path, reason=translate(reason))))


def _remove(file: OutputFile) -> bool:
    """Remove a file if it is a clearance in the format; return whether it was removed. Links are followed."""
    path = os.path.realpath(file.path)
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as opened:
            text = opened.read().decode("utf-8", "replace")
        if _RECOGNIZES[file.format](text):
            os.unlink(path)
            return True
    except OSError as error:
        complain(f"{file.path} cannot be removed: {error.strerror}")
    return False
