"""Writes the rule reference: a page for each rule from its card, and an index.

How to run, from the root of the project: ``python docs/rule_pages.py``. A test holds the pages current.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from reportlint.config.options import Options
from reportlint.engine.rules import Rules
from reportlint.finding import Stage
from reportlint.knowledge.cards import Card, Example
from reportlint.language.lexicon import Lexicon
from reportlint.plugins.rule_sets import make_rules
from reportlint.reporters.cardtext import precision

FOLDER = Path(__file__).resolve().parent / "rules"
INDEX = "index.md"
_NOTE = "<!-- Written by docs/rule_pages.py from the rule's card: edit the card in rules/. -->"
_TABLE_OF_CONTENTS = ("```{toctree}", ":hidden:", ":glob:", "", "*", "```")
_FENCE = re.compile(r"^`{3,}", re.MULTILINE)


def pages() -> dict[str, str]:
    """The text of every page of the reference by file name."""
    rules = make_rules(Options())
    cards = rules.rulebook.full_cards()
    lexicon = rules.lexicon(rules.options.message_language)
    found = {f"{card.code}.md": "\n".join(_page(card, cards, rules, lexicon)) for card in cards}
    return {INDEX: "\n".join(_index(cards, rules, lexicon)), **found}


def _index(cards: tuple[Card, ...], rules: Rules, lexicon: Lexicon) -> Iterator[str]:
    words = lexicon.section("interface")
    yield from (_NOTE, "", "# The rules", "")
    yield "One page for each rule, as `reportlint explain CODE` shows it. Severities are those of the three stages."
    for family, group in groupby(cards, key=lambda card: card.family):
        title = words["families"].get(family, "")
        yield from ("", f"## {family}: {title}", "", "| rule | draft | review | publication | measured precision |")
        yield "|---|---|---|---|---|"
        for card in group:
            severities = " | ".join(_severities(card, lexicon))
            measured = _measured(card, rules, lexicon, short=True)
            yield f"| [{card.code}]({card.code}.md) {card.name} | {severities} | {measured} |"
    yield from ("", *_TABLE_OF_CONTENTS, "")


def _severities(card: Card, lexicon: Lexicon) -> list[str]:
    words = lexicon.section("interface")
    found = (card.severity[stage] for stage in Stage)
    return [words["severities"][one.value] if one else words["off"] for one in found]


def _measured(card: Card, rules: Rules, lexicon: Lexicon, short: bool = False) -> str:
    measured = precision(card.code, rules)
    if measured is None:
        return "–"
    wording, numbers = measured
    if short:
        return f"{numbers['percent']} % of {numbers['findings']}" if "percent" in numbers else "no finding"
    return lexicon.fill(lexicon.section("interface", wording), numbers)


def _page(card: Card, cards: tuple[Card, ...], rules: Rules, lexicon: Lexicon) -> Iterator[str]:
    words = lexicon.section("interface")
    yield from (_NOTE, "", f"# {card.code} {card.name}", "", card.why["en"], "")
    yield f"| {' | '.join(stage.value for stage in Stage)} | confidence |"
    yield "|---|---|---|---|"
    yield f"| {' | '.join(_severities(card, lexicon))} | {words['confidences'][card.confidence.value]} |"
    if precision(card.code, rules):
        yield from ("", f"{words['precision']}: {_measured(card, rules, lexicon)}.")
    yield from ("", f"## {words['message']}", "")
    for texts in card.message.values():
        yield from (f"- {texts[code]}" for code in texts)
    if card.authority:
        source = f" (<{card.authority.url}>)" if card.authority.url else ""
        yield from ("", f"## {words['authority']}", "", f"{card.authority.text}{source}")
    above = [one.code for one in cards if card.code in one.overrides]
    for heading, codes in (("overrides", card.overrides), ("overridden", above)):
        if codes:
            yield from ("", f"{words[heading]}: {', '.join(f'[{code}]({code}.md)' for code in codes)}.")
    for fails, heading in ((True, words["fails"]), (False, words["passes"])):
        for example in card.examples:
            if example.fails is fails:
                yield from ("", f"## {heading} ({example.language})", "", *_draft(example, words))
    yield ""


def _draft(example: Example, words: dict[str, str]) -> Iterator[str]:
    fence = max((match.group() for match in _FENCE.finditer(example.draft)), key=len, default="``") + "`"
    yield from (f"{fence}text", example.draft.rstrip("\n"), fence)
    if example.at:
        yield from ("", f"{words['words']}: “`{example.at}`”")


def main() -> None:
    """Write all pages and remove those of rules that are no more."""
    FOLDER.mkdir(exist_ok=True)
    found = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in found:
            old.unlink()
    for name, text in found.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
