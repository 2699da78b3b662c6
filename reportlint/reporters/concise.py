"""The concise format, one line per finding: path:line:column, severity, code, place, message.

A file without findings has one line: its path, and that nothing was found or why it was not checked. At publication a
line names the kind of a document that switched off rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.report import FileState, Run
from reportlint.reporters.escaping import without_commands
from reportlint.reporters.layout import clean, printable_path
from reportlint.reporters.sentences import Wording


def report(run: Run, **_: Any) -> Iterator[str]:
    """Yield the findings as lines whose positions editors and other programs can jump to."""
    return (without_commands(f"{line}\n") for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    wording = Wording.for_run(run)
    for file in run.files:
        for finding in file.shown:
            place = finding.place
            yield (
                f"{printable_path(place.path)}:{place.line}:{place.column}: "
                f"{finding.severity.value} {finding.code} [{clean(place.where)}] {clean(finding.message)}"
            )
        is_brief = run.presentation.quiet and file.state is FileState.CHECKED
        if not file.shown and file.state is not FileState.WAIVERS and not is_brief:
            yield f"{printable_path(file.path)}{wording.colon}{wording.status(file)}"
        if kind := wording.kind(file):
            yield f"{printable_path(file.path)}{wording.colon}{kind}"
