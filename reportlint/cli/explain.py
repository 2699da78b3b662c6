"""``reportlint explain``: the card of a rule, as text for editors."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from reportlint.cli.arguments import make_workspace
from reportlint.cli.terminal import Result
from reportlint.engine.rules import Rules
from reportlint.errors import SetupError
from reportlint.knowledge.cards import Card, Example
from reportlint.knowledge.suggestions import did_you_mean
from reportlint.reporters.card_texts import parts
from reportlint.reporters.layout import clean, wrap
from reportlint.reporters.sentences import Wording

_WIDTH = 80
_MARGIN = "  "


def run(given: Namespace) -> Result:
    """Show the card of a rule, in the message language.

    Raises:
        SetupError: the rule is unknown.
        DataError: the configuration or the rules are invalid.
    """
    rules = make_workspace(given).base(".")
    card = _find(given.code, rules)
    full = {full_card.code: full_card for full_card in rules.rulebook.full_cards()}
    wording = Wording(rules.lexicon(rules.options.message_language))
    return 0, "".join(f"{line.rstrip()}\n" for line in _lines(full.get(card.code, card), rules, wording))


def _find(code_or_name: str, rules: Rules) -> Card:
    wanted = code_or_name.casefold()
    for card in rules.cards:
        if wanted in (card.code.casefold(), card.name):
            return card
    known = [name for card in rules.cards for name in (card.code, card.name)]
    near = did_you_mean(code_or_name.upper(), known) or did_you_mean(wanted, known)
    raise SetupError(f"unknown rule “{clean(code_or_name)}”{near}")


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
