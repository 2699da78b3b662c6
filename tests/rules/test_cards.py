"""The cards' own examples: each failing draft has exactly its one finding, at the words it marks."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from drafts import CARDS, check, marked

from reportlint.engine.rules import ENGINE_CHECK
from reportlint.knowledge.cards import Card, Example
from reportlint.knowledge.levels import Stage


@dataclass(frozen=True)
class Case:
    card: Card
    example: Example
    number: int

    @property
    def name(self) -> str:
        return f"{self.card.code}-{self.number}-{self.example.language}-{'fails' if self.example.fails else 'passes'}"


CASES = [Case(card, example, number) for card in CARDS for number, example in enumerate(card.examples)]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_example(case: Case) -> None:
    card, example = case.card, case.example
    stage = "review" if card.severity[Stage.REVIEW] else "publication"
    # A rule that is off at every stage speaks when it is selected.
    select = frozenset() if any(card.severity.values()) else frozenset({card.code})
    report = check(example.draft, example.path, stage, example.language, select)
    found = [(one.code, marked(report, one)) for one in report.shown]
    if example.fails:
        expected = example.at if example.at is not None else found[0][1] if found else ""
        assert found == [(card.code, expected)]
    else:
        assert found == []


def test_every_card_has_examples_of_both_kinds() -> None:
    for card in CARDS:
        if card.check != ENGINE_CHECK:
            kinds = {(example.language, example.fails) for example in card.examples}
            assert kinds >= {("en", True), ("en", False), ("fr", True), ("fr", False)}, card.code


@pytest.mark.parametrize("card", CARDS, ids=[card.code for card in CARDS])
def test_texts_in_english_and_french(card: Card) -> None:
    texts = [*card.message.values(), card.why, *(card.related or {}).values()]
    for text in texts:
        assert text.get("en")
        assert text.get("fr")
    assert card.authority is not None
    assert {"en", "fr"} <= card.authority.texts.keys()
