"""A reporter: a function that takes a run and returns the text to write. This one writes a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

from reportlint import Run


def report(run: Run, **_: Any) -> str:
    """Return the findings that are not suppressed as CSV, one per row."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["path", "where", "line", "severity", "code", "message"])
    for finding in run.findings:
        if not finding.suppressed:
            place = finding.place
            table.writerow([place.path, place.where, place.line, finding.severity.value, finding.code, finding.message])
    return text.getvalue()
