"""``reportlint rules``: all rules by family, with their severities at each stage."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reportlint.cli.arguments import make_workspace
from reportlint.cli.terminal import FAILED, Result
from reportlint.engine.rules import Rules
from reportlint.finding import Stage
from reportlint.knowledge.cards import Card, choose_text
from reportlint.language.lexicon import Lexicon
from reportlint.reporters.escaping import json_text
from reportlint.reporters.layout import wrap

_WIDTH = 80
_MARGIN = "  "
_OFF = "–"


def run(given: Namespace) -> Result:
    """List all rules, as text or as JSON (schema 1). A broken plugin makes the command fail: its rules are missing.

    Raises:
        DataError: the configuration or the rules are invalid.
    """
    workspace = make_workspace(given)
    rules = workspace.base(".")
    code = FAILED if workspace.components.broken else 0
    lexicon = rules.lexicon(rules.options.message_language)
    if given.output_format == "json":
        data = {"schema": 1, "rules": [card_data(card, lexicon.code) for card in rules.cards]}
        return code, json_text(data) + "\n"
    return code, "".join(f"{line.rstrip()}\n" for line in _table(rules, lexicon))


def _table(rules: Rules, lexicon: Lexicon) -> Iterator[str]:
    words: dict[str, Any] = lexicon.section("interface")
    for family, cards in groupby(rules.cards, key=lambda card: card.family):
        yield f"{family}  {words['families'].get(family, '')}"
        for card in cards:
            letters = "/".join(_letter(card, stage, words) for stage in Stage)
            yield f"{_MARGIN}{card.code:<8}  {letters}  {card.name}"
        yield ""
    colon = lexicon.section("formats", "colon")
    stages = "/".join(words["stages"][stage.value] for stage in Stage)
    letters = ", ".join(f"{words['letters'][name]} {words['severities'][name]}" for name in words["severities"])
    yield from wrap(f"{stages}{colon}{letters}, {_OFF} {words['off']}", _WIDTH)


def _letter(card: Card, stage: Stage, words: dict[str, Any]) -> str:
    severity = card.severity[stage]
    return str(words["letters"][severity.value]) if severity else _OFF


def card_data(card: Card, language: str) -> dict[str, Any]:
    """Return a card as JSON data, with its texts in a language."""
    severities = {stage.value: severity.value if (severity := card.severity[stage]) else None for stage in Stage}
    authority = card.authority.in_language(language) if card.authority else None
    return {
        "code": card.code,
        "name": card.name,
        "family": card.family,
        "severity": severities,
        "confidence": card.confidence.value,
        "messages": [choose_text(texts, language) for texts in card.message.values()],
        "why": choose_text(card.why, language),
        "overrides": list(card.overrides),
        "not_for": sorted(kind.value for kind in card.not_for),
        "info_for": sorted(kind.value for kind in card.info_for),
        "authority": authority._asdict() if authority else None,
    }
