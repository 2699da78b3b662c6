"""What there is to say of a rule, from its card: for ``explain``, and for reports that describe their rules."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.engine.rules import Rules
from reportlint.finding import Stage
from reportlint.knowledge.cards import Card, choose_text
from reportlint.reporters.sentences import Wording

Part = tuple[str, list[str]]
"""A heading and what stands under it, an entry each."""


def parts(card: Card, rules: Rules, wording: Wording) -> Iterator[Part]:
    """A rule's severities, confidence, messages, reason and authority, and how it stands to other rules."""
    words, colon, language = wording.words, wording.colon, wording.lexicon.code
    severities = [f"{words['stages'][stage.value]}{colon}{_severity(card, stage, wording)}" for stage in Stage]
    yield words["severity"], [", ".join(severities)]
    yield words["confidence"], [words["confidences"][card.confidence.value]]
    measured = precision(card.code, rules)
    if measured:
        yield words["precision"], [wording.lexicon.fill(words[measured[0]], measured[1])]
    yield words["message"], [choose_text(texts, language) for texts in card.message.values()]
    yield words["reason"], [choose_text(card.why, language)]
    if card.authority:
        yield words["authority"], [text for text in (card.authority.text, card.authority.url) if text]
    if card.overrides:
        yield words["overrides"], [", ".join(card.overrides)]
    above = [one.code for one in rules.cards if card.code in one.overrides]
    if above:
        yield words["overridden"], [", ".join(above)]


def _severity(card: Card, stage: Stage, wording: Wording) -> str:
    severity = card.severity[stage]
    return str(wording.words["severities"][severity.value] if severity else wording.words["off"])


def precision(code: str, rules: Rules) -> tuple[str, dict[str, int]] | None:
    """How often a rule was right on real documents: the name of the wording in the lexicon, and its numbers.

    Debatable findings count as half. ``None`` for a rule that was not measured, such as one of a house.
    """
    row = next((one for one in rules.rulebook.register("precision.csv") if one["code"] == code), None)
    if row is None:
        return None
    numbers = {key: int(value) for key, value in row.items() if key != "code"}
    if not numbers["findings"]:
        return "precision_none", numbers
    numbers["false"] = numbers["findings"] - numbers["true"] - numbers["debatable"]
    numbers["percent"] = round(100 * (numbers["true"] + numbers["debatable"] / 2) / numbers["findings"])
    return "precision_found", numbers
