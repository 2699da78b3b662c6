"""``reportlint explain``: the cards of rules, as text for editors or as JSON."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from reportlint.cli.arguments import make_workspace
from reportlint.cli.rules import card_data
from reportlint.cli.terminal import Result
from reportlint.engine.rules import Rules
from reportlint.errors import SetupError
from reportlint.knowledge.cards import Card, Example
from reportlint.knowledge.suggestions import did_you_mean
from reportlint.reporters.card_texts import parts, precision
from reportlint.reporters.escaping import json_text
from reportlint.reporters.layout import clean, wrap
from reportlint.reporters.sentences import Wording

_WIDTH = 80
_MARGIN = "  "


def run(given: Namespace) -> Result:
    """Show the cards of rules in the message language, as text or as JSON (schema 1).

    Raises:
        SetupError: the rule is unknown.
        DataError: the configuration or the rules are invalid.
    """
    rules = make_workspace(given).base(".")
    codes = dict.fromkeys(card.code for name in given.codes for card in _find(name, rules))
    full = {card.code: card for card in (*rules.cards, *rules.rulebook.full_cards())}
    wording = Wording(rules.lexicon(rules.options.message_language))
    if given.output_format == "json":
        data = [_data(full[code], rules, wording) for code in codes]
        return 0, json_text({"schema": 1, "rules": data}) + "\n"
    return 0, "".join(f"{line.rstrip()}\n" for code in codes for line in _lines(full[code], rules, wording))


def _find(name: str, rules: Rules) -> list[Card]:
    """Return the rules with a code, name or family, in upper or lower case."""
    wanted = name.casefold()
    cards = [
        card for card in rules.cards if wanted in (card.code.casefold(), card.name, card.family.casefold())
    ]  # fmt: skip
    if not cards:
        known = sorted({known for card in rules.cards for known in (card.code, card.name, card.family)})
        near = did_you_mean(name.upper(), known) or did_you_mean(wanted, known)
        raise SetupError(f"unknown rule “{clean(name)}”{near}")
    return cards


def _data(card: Card, rules: Rules, wording: Wording) -> dict[str, Any]:
    measured = precision(card, rules)
    examples = [
        {"language": example.language, "fails": example.fails, "draft": example.draft, "at": example.at}
        for example in card.examples
    ]
    return {**card_data(card, wording.lexicon.code), "precision": measured and measured[1], "examples": examples}


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
    """Return an example, in the message language if there is one."""
    examples = [example for example in card.examples if example.fails is fails]
    return next((example for example in examples if example.language == language), next(iter(examples), None))


def _draft(example: Example, wording: Wording) -> Iterator[str]:
    bar = f"{_MARGIN}│ "
    for line in example.draft.rstrip("\n").split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        yield from list(wrap(line, _WIDTH, first=bar + line[:indent], rest=bar)) or [bar]
    if example.at:
        yield from wrap(f"{wording.words['words']}{wording.colon}{example.at}", _WIDTH, first=_MARGIN)
    yield ""
