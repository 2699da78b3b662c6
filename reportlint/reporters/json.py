"""The JSON format, a stable contract for other programs (schema 1)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from reportlint.finding import Edit, Finding, Fix, Place, Severity, Suppression
from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.escaping import json_text
from reportlint.reporters.sentences import Wording
from reportlint.reporters.statistics import statistics_data
from reportlint.version import __version__


def report(run: Run, **_: Any) -> str:
    """Return the findings of a run, including suppressed ones, as one JSON object."""
    wording = Wording.for_run(run)
    data = {
        "schema": 1,
        "reportlint": __version__,
        "stage": run.options.stage.value,
        "summary": {
            "files": sum(file.state is not FileState.EXCLUDED for file in run.inputs),
            "checked": len(run.with_state(FileState.CHECKED)),
            "errors": run.count(Severity.ERROR),
            "warnings": run.count(Severity.WARNING),
            "infos": run.count(Severity.INFO),
            "suppressed": run.suppressed,
        },
        "files": [_file(file, wording) for file in run.inputs],
        "findings": [_finding(finding) for finding in run.findings],
    }
    if run.presentation.statistics:
        data["statistics"] = statistics_data(run)
    return json_text(data) + "\n"


def _file(file: FileReport, wording: Wording) -> dict[str, Any]:
    kind, symbol, title, day = file.identity
    return {
        "path": file.path,
        "sha256": sha256(file.data).hexdigest() if file.data is not None else None,
        "state": file.state.value,
        "reason": wording.reason(file) or None,
        "language": file.language,
        "kind": kind.name.lower() if file.state is FileState.CHECKED else None,
        "switched_off": list(file.switched_off),
        "symbol": symbol,
        "title": title,
        "date": day.isoformat() if day else None,
        **{f"{severity.value}s": file.count(severity) for severity in Severity},
        "suppressed": file.suppressed,
    }


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
        "unlisted": int(finding.fields["count"]) if finding.unlisted else 0,
        "suppressed": finding.suppressed,
        "suppression": _suppression(finding.suppression) if finding.suppression else None,
    }


def _suppression(suppression: Suppression) -> dict[str, Any]:
    place = suppression.place
    return {
        "by": suppression.by.value,
        "reason": suppression.reason or None,
        "until": suppression.until.isoformat() if suppression.until else None,
        "path": place.path if place else None,
        "line": place.line if place else None,
    }


def _range(place: Place | Edit) -> dict[str, int]:
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{"path": edit.path, **_range(edit), "text": edit.text} for edit in fix.edits]
    return {"applicability": fix.applicability.value, "edits": edits}
