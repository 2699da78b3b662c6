"""The JSON format, a stable contract for other programs (schema 1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.finding import Edit, Finding, Fix, Place, Severity, Suppression
from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.escaping import json_chunks
from reportlint.reporters.sentences import Wording
from reportlint.version import __version__


def report(run: Run, **_: Any) -> Iterator[str]:
    """Yield the findings of a run, including suppressed ones, as one JSON object."""
    wording = Wording.for_run(run)
    data = {
        **run_data(run),
        "files": (file_data(file, wording) for file in run.inputs),
        "findings": (finding_data(finding) for file in run.files for finding in file.findings),
    }
    if run.presentation.statistics:
        from reportlint.reporters.statistics import statistics_data  # noqa: PLC0415 - few runs print statistics

        data["statistics"] = statistics_data(run)
    yield from json_chunks(data)
    yield "\n"


def run_data(run: Run) -> dict[str, Any]:
    """Return the version of the format and of reportlint, and the numbers of a run, as JSON has them."""
    states = run.totals.states
    return {
        "schema": 1,
        "reportlint": __version__,
        "stage": run.options.stage.value,
        "summary": {
            "files": len(run.files) - states[FileState.EXCLUDED] - states[FileState.WAIVERS],
            "checked": states[FileState.CHECKED],
            "errors": run.count(Severity.ERROR),
            "warnings": run.count(Severity.WARNING),
            "infos": run.count(Severity.INFO),
            "suppressed": run.suppressed,
        },
    }


def file_data(file: FileReport, wording: Wording) -> dict[str, Any]:
    """Return a file as JSON has it: what it is, its state and the number of its findings."""
    kind, symbol, title, day = file.identity
    return {
        "path": file.path,
        "sha256": file.sha256,
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


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON has it."""
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
