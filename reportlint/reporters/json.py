"""The JSON format, a stable contract for other programs (schema 1)."""

from __future__ import annotations

import json
from typing import Any

from reportlint.finding import Edit, Finding, Fix, Place, Severity
from reportlint.report import Run
from reportlint.version import __version__


def report(run: Run, **_: Any) -> str:
    """Return the findings of a run, including suppressed ones, as one JSON object."""
    data = {
        "schema": 1,
        "reportlint": __version__,
        "stage": run.options.stage.value,
        "summary": {
            "files": run.drafts,
            "errors": run.count(Severity.ERROR),
            "warnings": run.count(Severity.WARNING),
            "infos": run.count(Severity.INFO),
            "suppressed": run.suppressed,
        },
        "findings": [_finding(finding) for finding in run.findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "path": finding.place.path,
        "language": finding.language,
        "where": finding.place.where,
        "paragraph": finding.place.paragraph,
        **_range(finding.place),
        "message": finding.message,
        "fields": dict(finding.fields),
        "related": [
            {
                "path": place.path,
                "where": place.where,
                "paragraph": place.paragraph,
                **_range(place),
                "message": place.message,
            }
            for place in finding.related
        ],
        "fix": _fix(finding.fix) if finding.fix else None,
        "authority": {"text": finding.authority.text, "url": finding.authority.url} if finding.authority else None,
        "fingerprint": finding.fingerprint,
        "suppressed": finding.suppressed,
    }


def _range(place: Place | Edit) -> dict[str, int]:
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_range(edit), "text": edit.text} for edit in fix.edits]
    return {"applicability": fix.applicability.value, "edits": edits}
