"""JSON Lines: an object for each finding, each file and, at the end, the run. The fields are those of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.escaping import json_text
from reportlint.reporters.json import file_data, finding_data, run_data
from reportlint.reporters.sentences import Wording
from reportlint.reporters.statistics import statistics_data


def report(run: Run, **_: Any) -> Iterator[str]:
    """Yield the lines of a run, those of its files in the order of their paths."""
    wording = Wording.for_run(run)
    for file in run.files:
        yield from file_lines(file, wording)
    yield run_line(run)


def file_lines(file: FileReport, wording: Wording) -> Iterator[str]:
    """Yield the lines of the findings in a file, including suppressed ones, and then that of the file.

    A waiver file has no line of its own.
    """
    for finding in file.findings:
        yield _line("finding", finding_data(finding))
    if file.state is not FileState.WAIVERS:
        yield _line("file", file_data(file, wording))


def run_line(run: Run) -> str:
    """Return the last line, which shows that the output is complete."""
    statistics = {"statistics": statistics_data(run)} if run.presentation.statistics else {}
    return _line("run", {**run_data(run), **statistics})


def _line(kind: str, data: dict[str, Any]) -> str:
    return json_text({"type": kind, **data}, on_one_line=True) + "\n"
