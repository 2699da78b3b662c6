"""A reporter: a function from a run to the text that is written. This one makes a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

from reportlint import Run


def report(run: Run, **_: Any) -> str:
    """The findings as CSV, one a row."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["path", "where", "line", "severity", "code", "message"])
    for one in run.findings:
        if not one.suppressed:
            place = one.place
            table.writerow([place.path, place.where, place.line, one.severity.value, one.code, one.message])
    return text.getvalue()
