"""One line for each finding: path:line:column, severity, code, paragraph, message."""

from __future__ import annotations

from typing import Any

from reportlint.report import Run
from reportlint.reporters.layout import clean, printable_path


def report(run: Run, **_: Any) -> str:
    """The findings as lines that editors and programs can jump to."""
    return "".join(
        f"{printable_path(one.place.path)}:{one.place.line}:{one.place.column}: {one.severity.value} {one.code} "
        f"[{clean(one.place.where)}] {clean(one.message)}\n"
        for file in run.files
        for one in file.shown
    )
