"""GitHub Actions: a workflow command for each finding, which GitHub shows as an annotation, and a summary in the log.

GitHub annotates at most ten errors, ten warnings and ten notices per step, so the most severe findings come first; the
log shows all of them. Neither the text of a draft nor the name of a file can inject a command.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from reportlint.finding import Finding, Severity
from reportlint.report import Run
from reportlint.reporters.layout import printable_path
from reportlint.reporters.paths import in_repository
from reportlint.reporters.sentences import Wording, is_about_whole_file

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def report(run: Run, **_: Any) -> str:
    """Return the findings as workflow commands under the names of their files, most severe first."""
    return "".join(line + "\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    wording = Wording.for_run(run)
    shown = (finding for file in run.files for finding in file.shown)
    by_severity = sorted(shown, key=lambda finding: -finding.severity.weight)
    for path, findings in groupby(by_severity, key=lambda finding: finding.place.path):
        yield _log_line(f"▸ {printable_path(path)}")
        for finding in findings:
            yield _command(finding, wording)
    for text in (*wording.not_checked(run), wording.summary(run)):
        if text:
            yield _log_line(text)


def _log_line(text: str) -> str:
    """Return ``text`` as a line that the runner does not take for a command.

    A command begins with "::" or contains "##[".
    """
    return text.replace("##[", "## [")


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
