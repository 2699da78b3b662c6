"""GitHub Actions: a workflow command for each finding, which GitHub shows as an annotation, and a summary in the log.

GitHub annotates at most ten errors, ten warnings and ten notices per step, so the most severe findings come first; the
log shows all of them. Neither the text of a draft nor the name of a file can inject a command.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, groupby
from typing import Any

from reportlint.finding import Finding, Severity
from reportlint.report import Run
from reportlint.reporters.escaping import without_commands
from reportlint.reporters.layout import printable_path
from reportlint.reporters.paths import in_repository
from reportlint.reporters.sentences import Wording, is_about_whole_file

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
# GitHub decodes nothing else. Control characters, marks that change the direction of the text, and undecodable bytes
# of the name of a file are written as in Python.
_INVISIBLE = (*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A), *range(0xDC80, 0xDD00))
_PROPERTY = (
    {code: chr(code).encode("unicode_escape").decode("ascii") for code in _INVISIBLE}
    | _DATA
    | str.maketrans({":": "%3A", ",": "%2C"})
)


def report(run: Run, **_: Any) -> Iterator[str]:
    """Yield the findings as workflow commands under the names of their files, most severe first."""
    return (line + "\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    wording = Wording.for_run(run)
    for path, findings in groupby(_most_severe_first(run), key=lambda finding: finding.place.path):
        yield without_commands(f"▸ {printable_path(path)}")
        for finding in findings:
            yield _command(finding, wording)
    for file in run.missed:
        if not file.findings:
            properties = _format_properties({"file": in_repository(file.path), "title": wording.words["not_checked"]})
            yield f"::error {properties}::{wording.status(file).translate(_DATA)}"
    for text in chain([wording.clean_files(run)], wording.not_checked(run), wording.kinds(run), [wording.summary(run)]):
        if text:
            yield without_commands(text)


def _most_severe_first(run: Run) -> Iterator[Finding]:
    for severity in sorted(Severity, key=lambda severity: -severity.weight):
        if run.count(severity):
            for file in run.files:
                yield from (finding for finding in file.shown if finding.severity is severity)


def _command(finding: Finding, wording: Wording) -> str:
    place = finding.place
    properties: dict[str, str | int] = {"file": in_repository(place.path)}
    if not is_about_whole_file(finding):
        properties |= {"line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:  # GitHub rejects columns on a range of several lines
            properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = f"{finding.code} {finding.name}"
    text = "\n".join(wording.plain_lines(finding)).translate(_DATA)
    return f"::{_COMMANDS[finding.severity]} {_format_properties(properties)}::{text}"


def _format_properties(properties: Mapping[str, str | int]) -> str:
    return ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
