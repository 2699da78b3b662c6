"""The faulty examples: each planted fault is found once, at its place, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import EXAMPLES, ON_BY_DEFAULT, ROOT, check, lines_of, marked

from reportlint.knowledge.rulebook import read_data

FAULTS: dict[str, list[dict[str, Any]]] = read_data(ROOT / "tests" / "faulty.yaml")


@pytest.mark.parametrize("draft", sorted(FAULTS))
def test_exactly_the_planted_faults(draft: str) -> None:
    report = check((EXAMPLES / draft).read_text(encoding="utf-8"), draft)
    left = list(report.findings)
    for fault in FAULTS[draft]:
        hits = [one for one in left if one.code == fault["code"] and fault["line"] in lines_of(one)]
        assert hits, f"not found: {fault}"
        best = next((one for one in hits if one.place.line == fault["line"]), hits[0])
        words = marked(report, best)
        if best.place.line == fault["line"]:
            assert fault["words"] in words or words in fault["words"]
        left.remove(best)
    assert [(one.place.line, one.code, one.message) for one in left] == []


def test_every_faulty_draft_is_listed() -> None:
    assert {f"faulty/{path.name}" for path in (EXAMPLES / "faulty").iterdir()} == set(FAULTS)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_rule_is_shown(language: str) -> None:
    shown = {fault["code"] for draft, faults in FAULTS.items() if f".{language}." in draft for fault in faults}
    assert shown == ON_BY_DEFAULT
