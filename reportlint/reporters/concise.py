"""The concise format, one line per finding: path:line:column, severity, code, place, message."""

from __future__ import annotations

from typing import Any

from reportlint.report import Run
from reportlint.reporters.layout import clean, printable_path


def report(run: Run, **_: Any) -> str:
    """Return the findings as lines whose positions editors and other programs can jump to."""
    return "".join(
        f"{printable_path(finding.place.path)}:{finding.place.line}:{finding.place.column}: "
        f"{finding.severity.value} {finding.code} [{clean(finding.place.where)}] {clean(finding.message)}\n"
        for file in run.files
        for finding in file.shown
    )
