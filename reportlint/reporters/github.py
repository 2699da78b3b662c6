"""GitHub Actions: a workflow command for each finding, which becomes an annotation, and the summary for the log.

Of each step GitHub shows ten errors, ten warnings and ten notices beside the text, and all of them in the log: that is
why the worst come first. A comment of a draft or the name of a file never becomes a command.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from reportlint.finding import Finding, Severity
from reportlint.report import Run
from reportlint.reporters.layout import printable_path
from reportlint.reporters.paths import in_repository
from reportlint.reporters.sentences import Wording, is_of_whole_file

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def report(run: Run, **_: Any) -> str:
    """The findings as workflow commands, the worst first, under the names of their files."""
    return "".join(line + "\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    wording = Wording.of(run)
    found = sorted((one for file in run.files for one in file.shown), key=lambda one: -one.severity.weight)
    for path, findings in groupby(found, key=lambda one: one.place.path):
        yield _for_the_log(f"▸ {printable_path(path)}")
        for finding in findings:
            yield _command(finding, wording)
    for text in (*wording.not_checked(run), wording.summary(run)):
        if text:
            yield _for_the_log(text)


def _for_the_log(text: str) -> str:
    """A line that is no command: one begins with "::", or has "##[" anywhere."""
    return text.replace("##[", "## [")


def _command(finding: Finding, wording: Wording) -> str:
    place = finding.place
    properties: dict[str, str | int] = {"file": in_repository(place.path)}
    if not is_of_whole_file(finding):
        properties |= {"line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:  # columns of several lines are refused
            properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = f"{finding.code} {finding.name}"
    text = "\n".join(wording.told(finding)).translate(_DATA)
    return f"::{_COMMANDS[finding.severity]} {_written(properties)}::{text}"


def _written(properties: Mapping[str, str | int]) -> str:
    return ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
