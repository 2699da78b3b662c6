"""One line for each finding: path:line:column, paragraph, code, severity, message."""

from __future__ import annotations

from typing import Any

from reportlint.reporters.run import Run


def report(run: Run, **_: Any) -> str:
    """The findings as lines that editors and programs can jump to."""
    return "".join(
        f"{one.place.path}:{one.place.line}:{one.place.column}: {one.severity.value} {one.code} "
        f"[{one.place.where}] {one.message}\n"
        for one in run.findings
    )
