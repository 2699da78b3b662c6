"""Descriptions of rules, made from their cards for ``explain`` and for reports that describe the rules."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.finding import Stage
from reportlint.knowledge.cards import Card, choose_text
from reportlint.knowledge.levels import CHECKED_KINDS
from reportlint.reporters.sentences import Wording

Part = tuple[str, list[str]]
"""A heading and the entries under it."""


def parts(card: Card, rules: Rules, wording: Wording) -> Iterator[Part]:
    """Yield the severities, confidence, precision, messages, reason, authority and overrides of a rule."""
    words, colon, language = wording.words, wording.colon, wording.lexicon.code
    severities = [f"{words['stages'][stage.value]}{colon}{_severity(card, stage, wording)}" for stage in Stage]
    yield words["severity"], [", ".join(severities)]
    yield words["confidence"], [words["confidences"][card.confidence.value]]
    measured = precision(card, rules)
    if measured:
        yield words["precision"], [wording.lexicon.fill(words[measured[0]], measured[1])]
    yield words["message"], [choose_text(texts, language) for texts in card.message.values()]
    yield words["reason"], [choose_text(card.why, language)]
    if card.authority:
        authority = card.authority.in_language(language)
        yield words["authority"], [text for text in (authority.text, authority.url) if text]
    for key, kinds in (("not_for", card.not_for), ("info_for", card.info_for)):
        if kinds:
            names = wording.lexicon.section("outline", "kinds")
            yield words[key], [", ".join(names[kind.value] for kind in CHECKED_KINDS if kind in kinds)]
    if card.overrides:
        yield words["overrides"], [", ".join(card.overrides)]
    overridden_by = [other.code for other in rules.cards if card.code in other.overrides]
    if overridden_by:
        yield words["overridden"], [", ".join(overridden_by)]


def _severity(card: Card, stage: Stage, wording: Wording) -> str:
    severity = card.severity[stage]
    return str(wording.words["severities"][severity.value] if severity else wording.words["off"])


def precision(card: Card, rules: Rules) -> tuple[str, dict[str, int]] | None:
    """Return the precision of a rule measured on real documents; ``None`` for the rules of the engine itself.

    The result is the lexicon key of a sentence and the numbers that fill it: judged, true and debatable findings, and
    documents.
    """
    if card.check == ENGINE_CHECK:
        return None
    row = next((row for row in rules.rulebook.register("precision.csv") if row["code"] == card.code), None)
    if row is None:
        return "precision_unknown", {}
    numbers = {key: int(value) for key, value in row.items() if key != "code"}
    if not numbers["findings"]:
        return "precision_none", numbers
    return "precision_debatable" if numbers["debatable"] else "precision_found", numbers
