"""GitLab's Code Quality report, shown in merge requests with one line of text per finding or unchecked file.

Every entry of such a report is a fault, so files without findings cannot be named. At publication, an info names the
kind of a document that switched off rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reportlint.finding import Finding, Severity
from reportlint.hashes import sha256
from reportlint.report import UNCHECKED, FileReport, FileState, Run
from reportlint.reporters.escaping import json_chunks
from reportlint.reporters.paths import in_repository
from reportlint.reporters.sentences import Wording

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_Identity = tuple[str, str, str]
"""Path, code and fingerprint."""


def report(run: Run, **_: Any) -> Iterator[str]:
    """Yield the findings as one JSON array."""
    yield from json_chunks(_entries(run))
    yield "\n"


def _entries(run: Run) -> Iterator[dict[str, Any]]:
    wording = Wording.for_run(run)
    for _, files in groupby(run.files, key=lambda file: file.path):
        seen = Counter[_Identity]()
        yield from (_issue(finding, wording, seen) for file in files for finding in file.shown)
    for state in (*UNCHECKED, FileState.EXCLUDED):
        for file in run.with_state(state):
            if not file.findings:
                yield _unchecked(file, wording, run.misses(file))
    for file in run.files:
        if kind := wording.kind(file):
            yield _remark(file, kind, "kind", Severity.INFO)


def _unchecked(file: FileReport, wording: Wording, is_missed: bool) -> dict[str, Any]:
    severity = Severity.ERROR if is_missed else Severity.INFO
    return _remark(file, wording.status(file), file.state.value, severity)


def _remark(file: FileReport, text: str, name: str, severity: Severity) -> dict[str, Any]:
    """Return the entry for a whole file."""
    path = in_repository(file.path)
    return {
        "description": text,
        "check_name": name,
        "fingerprint": sha256("\0".join((path, name)).encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _SEVERITIES[severity],
        "location": {"path": path, "lines": {"begin": 1, "end": 1}},
    }


def _issue(finding: Finding, wording: Wording, seen: Counter[_Identity]) -> dict[str, Any]:
    place, path = finding.place, in_repository(finding.place.path)
    identity = (path, finding.code, finding.fingerprint)
    seen[identity] += 1
    return {
        "description": " – ".join([wording.headline(finding), *wording.related_lines(finding)]) + f" ({finding.code})",
        "check_name": f"{finding.code} {finding.name}",
        # GitLab shows only the first of several findings with the same fingerprint.
        "fingerprint": sha256("\0".join((*identity, str(seen[identity]))).encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": place.line, "end": place.end_line}},
    }
