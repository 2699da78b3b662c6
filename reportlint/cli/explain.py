"""The card of one rule, and the list of all rules, for editors and programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reportlint.engine.rules import Rules
from reportlint.errors import SetupError
from reportlint.finding import Stage
from reportlint.knowledge.cards import Card, Example, choose_text, did_you_mean
from reportlint.language.lexicon import Lexicon
from reportlint.reporters.cardtext import parts
from reportlint.reporters.layout import clean, wrap
from reportlint.reporters.sentences import Wording

_WIDTH = 80
_MARGIN = "  "
_OFF = "–"


def explain(code_or_name: str, rules: Rules) -> str:
    """The card of one rule as text, in the language of the messages.

    Raises:
        SetupError: there is no such rule.
    """
    card = _find(code_or_name, rules)
    full = {one.code: one for one in rules.rulebook.full_cards()}
    wording = Wording(rules.lexicon(rules.options.message_language))
    lines = _lines(full.get(card.code, card), rules, wording)
    return "".join(line.rstrip() + "\n" for line in lines)


def _find(code_or_name: str, rules: Rules) -> Card:
    wanted = code_or_name.casefold()
    for card in rules.cards:
        if wanted in (card.code.casefold(), card.name):
            return card
    known = [name for card in rules.cards for name in (card.code, card.name)]
    near = did_you_mean(code_or_name.upper(), known) or did_you_mean(wanted, known)
    raise SetupError(f"there is no rule “{clean(code_or_name)}”{near}")


def _lines(card: Card, rules: Rules, wording: Wording) -> Iterator[str]:
    yield f"{card.code}  {card.name}"
    yield ""
    for heading, texts in parts(card, rules, wording):
        yield from _part(heading, texts)
    for fails, key in ((True, "fails"), (False, "passes")):
        example = _example(card, fails, wording.lexicon.code)
        if example:
            yield from _part(wording.words[key], [])
            yield from _draft(example, wording)


def _part(heading: str, texts: list[str]) -> Iterator[str]:
    yield heading
    rest = _MARGIN * 2 if len(texts) > 1 else _MARGIN
    for text in texts:
        yield from wrap(text, _WIDTH, first=_MARGIN, rest=rest, whole_words="://" in text)
    if texts:
        yield ""


def _example(card: Card, fails: bool, language: str) -> Example | None:
    """An example, in the language of the messages where there is one."""
    found = [example for example in card.examples if example.fails is fails]
    return next((one for one in found if one.language == language), next(iter(found), None))


def _draft(example: Example, wording: Wording) -> Iterator[str]:
    bar = f"{_MARGIN}│ "
    for line in example.draft.rstrip("\n").split("\n"):
        yield from list(wrap(line, _WIDTH, first=bar + line[: _indent(line)], rest=bar)) or [bar]
    if example.at:
        yield from wrap(f"{wording.words['words']}{wording.colon}{example.at}", _WIDTH, first=_MARGIN)
    yield ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def list_rules(rules: Rules, as_json: bool) -> str:
    """All rules by family, with their severities at each stage; as text, or as a JSON object."""
    lexicon = rules.lexicon(rules.options.message_language)
    if as_json:
        data = {"schema": 1, "rules": [_data(card, lexicon.code) for card in rules.cards]}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return "".join(line.rstrip() + "\n" for line in _table(rules, lexicon))


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


def _data(card: Card, language: str) -> dict[str, Any]:
    severities = {stage.value: severity.value if (severity := card.severity[stage]) else None for stage in Stage}
    return {
        "code": card.code,
        "name": card.name,
        "family": card.family,
        "severity": severities,
        "confidence": card.confidence.value,
        "messages": [choose_text(texts, language) for texts in card.message.values()],
        "why": choose_text(card.why, language),
        "overrides": list(card.overrides),
        "authority": {"text": card.authority.text, "url": card.authority.url} if card.authority else None,
    }
