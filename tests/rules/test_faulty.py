"""The faulty examples: each planted fault is found once, at its place, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import EXAMPLES, MEASURED, NOT_MEASURED, ON_BY_DEFAULT, ROOT, check, examples, lines_of, marked

from reportlint.knowledge.rulebook import read_data

FAULTS: dict[str, list[dict[str, Any]]] = read_data(ROOT / "tests" / "faulty.yaml")


@pytest.mark.parametrize("draft", sorted(FAULTS))
def test_exactly_the_planted_faults(draft: str) -> None:
    report = check((EXAMPLES / draft).read_text(encoding="utf-8"), draft)
    not_planted = NOT_MEASURED - {fault["code"] for fault in FAULTS[draft]}
    left = [finding for finding in report.findings if finding.code not in not_planted]
    for fault in FAULTS[draft]:
        hits = [finding for finding in left if finding.code == fault["code"] and fault["line"] in lines_of(finding)]
        assert hits, f"not found: {fault}"
        best = next((finding for finding in hits if finding.place.line == fault["line"]), hits[0])
        words = marked(report, best)
        if best.place.line == fault["line"]:
            assert fault["words"] in words or words in fault["words"]
        left.remove(best)
    assert [(finding.place.line, finding.code, finding.message) for finding in left] == []


def test_every_faulty_draft_is_listed() -> None:
    assert {f"faulty/{path.name}" for path in examples("faulty")} == set(FAULTS)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_measured_rule_has_a_planted_fault(language: str) -> None:
    shown = {fault["code"] for draft, faults in FAULTS.items() if f".{language}." in draft for fault in faults}
    assert ON_BY_DEFAULT & MEASURED <= shown <= ON_BY_DEFAULT
