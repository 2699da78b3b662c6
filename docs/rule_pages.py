"""Generate the rule reference: a page for each rule, made from its card, and an index.

Sphinx runs this when it builds the documentation (``docs/conf.py``). The pages are not committed.
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
from reportlint.knowledge.levels import CHECKED_KINDS
from reportlint.language.lexicon import Lexicon
from reportlint.plugins.rule_loading import make_rules
from reportlint.reporters.card_texts import precision
from reportlint.waivers.suppression import is_waivable

FOLDER = Path(__file__).resolve().parent / "rules"
INDEX = "index.md"
_NOTE = "<!-- Generated from the rule's card: edit the card in rules/. -->"
_TABLE_OF_CONTENTS = ("```{toctree}", ":hidden:", ":glob:", "", "*", "```")
_LANGUAGES = {"en": "English", "fr": "French"}
_FENCE = re.compile(r"^`{3,}", re.MULTILINE)


def pages() -> dict[str, str]:
    """Return the text of every page of the reference by file name."""
    rules = make_rules(Options())
    cards = rules.rulebook.full_cards()
    lexicon = rules.lexicon(rules.options.message_language)
    rule_pages = {f"{card.code}.md": "\n".join(_page(card, cards, rules, lexicon)) for card in cards}
    return {INDEX: "\n".join(_index(cards, rules, lexicon)), **rule_pages}


def _index(cards: tuple[Card, ...], rules: Rules, lexicon: Lexicon) -> Iterator[str]:
    words = lexicon.section("interface")
    yield from (_NOTE, "", "# The rules", "")
    yield "One page for each rule, as `reportlint explain CODE` shows it. The severities are those at the three stages."
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
    severities = (card.severity[stage] for stage in Stage)
    return [words["severities"][severity.value] if severity else words["off"] for severity in severities]


def _measured(card: Card, rules: Rules, lexicon: Lexicon, short: bool = False) -> str:
    measured = precision(card, rules)
    if measured is None:
        return "–"
    wording, numbers = measured
    if short and numbers.get("findings"):
        return f"{numbers['true']} of {numbers['findings']}"
    return lexicon.fill(lexicon.section("interface", wording), numbers)


def _page(card: Card, cards: tuple[Card, ...], rules: Rules, lexicon: Lexicon) -> Iterator[str]:
    words = lexicon.section("interface")
    yield from (_NOTE, "", f"# {card.code} {card.name}", "", card.why["en"], "")
    yield f"| {' | '.join(stage.value for stage in Stage)} | confidence |"
    yield "|---|---|---|---|"
    yield f"| {' | '.join(_severities(card, lexicon))} | {words['confidences'][card.confidence.value]} |"
    if precision(card, rules):
        yield from ("", f"{words['precision']}: {_measured(card, rules, lexicon)}.")
    yield from ("", f"## {words['message']}", "")
    for texts in card.message.values():
        yield from (f"- {_LANGUAGES[code]}: {texts[code]}" for code in texts)
    if card.authority:
        authority = card.authority.in_language(lexicon.code)
        source = f" (<{authority.url}>)" if authority.url else ""
        yield from ("", f"## {words['authority']}", "", f"{authority.text}{source}")
    for key, kinds in (("not_for", card.not_for), ("info_for", card.info_for)):
        if kinds:
            names = lexicon.section("outline", "kinds")
            yield from ("", f"{words[key]}: {', '.join(names[kind.value] for kind in CHECKED_KINDS if kind in kinds)}.")
    yield from ("", "## How to waive it", "", *_waiver(card))
    overridden_by = [other.code for other in cards if card.code in other.overrides]
    for heading, codes in (("overrides", card.overrides), ("overridden", overridden_by)):
        if codes:
            yield from ("", f"{words[heading]}: {', '.join(f'[{code}]({code}.md)' for code in codes)}.")
    for fails, heading in ((True, words["fails"]), (False, words["passes"])):
        for example in card.examples:
            if example.fails is fails:
                yield from ("", f"## {heading} ({example.language})", "", *_draft(example, words))
    yield ""


def _waiver(card: Card) -> Iterator[str]:
    """Yield how to waive the rule, with a comment to copy."""
    if not is_waivable(card.code):
        yield "This rule is about reportlint itself and cannot be waived."
        return
    yield "In a Markdown draft, put this comment on a line before the paragraph, with your reason:"
    yield from ("", "```markdown", f'<!-- reportlint: ignore {card.code} reason="…" -->', "```", "")
    yield (
        f'In other drafts, `reportlint check DRAFT --select {card.code} --add-waivers "…"` records the findings in a '
        "waiver file. See [Waivers and baseline](../waivers.md)."
    )


def _draft(example: Example, words: dict[str, str]) -> Iterator[str]:
    fence = max((match.group() for match in _FENCE.finditer(example.draft)), key=len, default="``") + "`"
    yield from (f"{fence}text", example.draft.rstrip("\n"), fence)
    if example.at:
        yield from ("", f"{words['words']}: “`{example.at}`”")


def write_pages() -> None:
    """Write all pages and delete those of rules that no longer exist."""
    FOLDER.mkdir(exist_ok=True)
    written = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
