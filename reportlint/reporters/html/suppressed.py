"""The list of findings that are waived or known, each with what suppresses it."""

from __future__ import annotations

from reportlint.finding import Finding
from reportlint.report import Run
from reportlint.reporters.html.markup import path_html, safe, safe_wording
from reportlint.reporters.sentences import Wording


def suppressed(run: Run, wording: Wording) -> str:
    """Return the suppressed findings as a list that opens; empty if there are none."""
    findings = [finding for finding in run.findings if finding.suppressed]
    if not findings:
        return ""
    count = safe_wording(wording.plural(wording.words["suppressed"], len(findings)))
    items = "".join(f"<li>{_item(finding, wording)}</li>" for finding in findings)
    return f'<details class="suppressed"><summary>{count}</summary><ul>{items}</ul></details>'


def _item(finding: Finding, wording: Wording) -> str:
    place = finding.place
    text = f"{finding.code}, {wording.place_name(place, place.path)}{wording.colon}{finding.message}"
    why = wording.suppression(finding.suppression) if finding.suppression else ""
    return f"{path_html(place.path)}, {safe(text)}<br>{safe_wording(why)}"
