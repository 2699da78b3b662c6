"""GitLab's Code Quality report, shown in merge requests with one line of text per finding."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import Any

from reportlint.finding import Finding, Severity
from reportlint.report import Run
from reportlint.reporters.paths import in_repository
from reportlint.reporters.sentences import Wording

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_Identity = tuple[str, str, str]
"""Path, code and fingerprint."""


def report(run: Run, **_: Any) -> str:
    """Return the findings as one JSON array."""
    wording = Wording.for_run(run)
    seen = Counter[_Identity]()
    data = [_issue(finding, wording, seen) for file in run.files for finding in file.shown]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, wording: Wording, seen: Counter[_Identity]) -> dict[str, Any]:
    place, path = finding.place, in_repository(finding.place.path)
    identity = (path, finding.code, finding.fingerprint)
    seen[identity] += 1
    return {
        "description": " – ".join([wording.headline(finding), *wording.related_lines(finding)]) + f" ({finding.code})",
        "check_name": f"{finding.code} {finding.name}",
        # GitLab shows only the first of several findings with the same fingerprint.
        "fingerprint": sha256("\0".join((*identity, str(seen[identity]))).encode("utf-8", "replace")).hexdigest(),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": place.line, "end": place.end_line}},
    }
