"""Findings on the reference document and on single edits of it, and on documents that are not reports."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import NOT_MEASURED, ROOT, check, corpus_text, lines_of, new_findings

from reportlint.finding import Finding
from reportlint.knowledge.rulebook import read_data
from reportlint.report import FileReport

REFERENCE = "ctoc-wg7-2022.fr.md"
TRUE = [
    ("MST001", None, set()),
    ("ABB003", None, {"19", "25"}),
    ("CTY005", "48", {"37"}),
    ("CTY006", "48", set()),
    ("TYP001", "53", set()),
]
ALLOWED_INFO = {"SYM003", "CTY007", "ABB001"}


def measured(report: FileReport) -> list[Finding]:
    """Return the findings of the rules that were measured."""
    return [finding for finding in report.findings if finding.code not in NOT_MEASURED]


@pytest.mark.parametrize("stage", ["review", "publication"])
def test_exactly_the_true_findings(stage: str) -> None:
    findings = measured(check(corpus_text(REFERENCE), REFERENCE, stage))
    above_info = [
        (finding.code, finding.place.paragraph, {place.paragraph for place in finding.related})
        for finding in findings
        if finding.severity.value != "info"
    ]
    assert above_info == TRUE
    assert {finding.code for finding in findings if finding.severity.value == "info"} <= ALLOWED_INFO


def edited(text: str, edit: dict[str, Any]) -> tuple[str, int]:
    """Return the edited text and the line of the edit."""
    start = text.index(f"\n{edit['paragraph']}. ") + 1 if "paragraph" in edit else 0
    if edit.get("change") == "delete":
        end = text.index("\n\n", start) + 2
        return text[:start] + text[end:], text.count("\n", 0, start) + 1
    at = text.index(edit["from"], start)
    return text[:at] + edit["to"] + text[at + len(edit["from"]) :], text.count("\n", 0, at) + 1


@pytest.mark.parametrize("edit", read_data(ROOT / "tests" / "corpus" / "edits.yaml"), ids=lambda edit: edit["name"])
def test_edit_gives_exactly_one_new_finding(edit: dict[str, Any]) -> None:
    text = corpus_text(REFERENCE)
    edited_text, line = edited(text, edit)
    before, after = check(text, REFERENCE), check(edited_text, REFERENCE)
    new = [finding for finding in new_findings(before, after) if finding.code not in NOT_MEASURED]
    assert [finding.code for finding in new] == [edit["code"]]
    assert line in lines_of(new[0])
    assert new_findings(after, before) == []


@pytest.mark.parametrize(
    ("name", "faults"),
    [("itlos-case17.fr.txt", [("CTY002", 19), ("CTY003", 31), ("TYP004", 105)]), ("isba-18-a-11.fr.txt", [])],
)
def test_findings_on_documents_other_than_reports(name: str, faults: list[tuple[str, int]]) -> None:
    """Apart from numbering, only the true faults are reported: in two lists of States, and a bracket left open."""
    findings = measured(check(corpus_text(name), name, "publication"))
    above_info = [(finding.code, finding.place.line) for finding in findings if finding.severity.value != "info"]
    assert [(code, line) for code, line in above_info if not code.startswith("NUM")] == faults


@pytest.mark.parametrize("name", ["isba-18-a-11.es.txt", "isba-18-a-11.ru.txt", "isba-18-a-11.zh.txt"])
def test_no_findings_in_languages_without_a_lexicon(name: str) -> None:
    report = check(corpus_text(name), name)
    assert report.language is None
    assert report.findings == ()
