"""References to items of the agenda: in the text, and in the head of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.masthead import front_lines
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Passage, Role, Structure

_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]{1,300}(?:\([^()]{0,300}\)[^()]{0,300})?)\)")
_ITEM_TOKEN = re.compile(r"(?P<number>\d+)|(?<![^\W_])\(?(?P<sub>[a-z]{1,3})\)|(?P<dash>[–—-])|(?P<word>[^\W\d_]+)")
_TITLE_LINES = 3  # lines over which a title may run in the head of a document


class QuotedTitle(NamedTuple):
    """The title that a reference quotes, without its quotation marks."""

    text: str
    span: Span


class AgendaReference(NamedTuple):
    """A mention of one item or sub-item; ``title`` is what the draft calls it there, if it does.

    ``remark`` stands in brackets behind the mention, without quotation marks: the title, perhaps.
    """

    number: int
    sub: str
    span: Span
    passage: int
    title: QuotedTitle | None = None
    remark: QuotedTitle | None = None


@dataclass(frozen=True)
class AgendaReferences:
    """All references to items of the agenda of this session, in order."""

    references: tuple[AgendaReference, ...] = ()

    def __iter__(self) -> Iterator[AgendaReference]:
        return iter(self.references)


def agenda_references(structure: Structure, lexicon: Lexicon, masthead: MastheadItem) -> AgendaReferences:
    """Find "agenda item 4 (a), entitled “…”"; items of another body's agenda are left out."""
    found: list[AgendaReference] = []
    family = lexicon.phrases("agenda_reference")
    own, elsewhere = lexicon.phrases("agenda_own"), lexicon.phrases("agenda_elsewhere")
    before = lexicon.phrases("agenda_elsewhere_before")
    for passage in structure.speaking(family):
        abroad = False
        for match in family.finditer(passage):
            if passage.role is Role.FRONT or passage.is_quoted(match.start()):
                continue
            away = elsewhere.match_at(passage, match.end())
            mine = own.match_at(passage, match.end())
            if away and (not mine or away.end() > mine.end()):
                abroad = True
                continue
            if before.search(passage, passage.sentence(match.start())[0], match.start()):
                abroad = True
                continue
            if abroad and not mine:
                continue  # "item 9 as well", after an item of somebody else's
            span = passage.span(match.start(), match.end())
            if any(line.start <= span.start < line.end for line in masthead.lines):
                continue  # often an item of the body to which the report is submitted
            items = read_items(match["items"], lexicon)
            titles = tuple(_titles(passage, match.end(), lexicon))
            if len(titles) != len(items):
                titles = ()
            remark = _remark(passage, max(match.end(), mine.end() if mine else 0)) if len(items) == 1 else None
            for index, (number, sub) in enumerate(items):
                title = titles[index] if titles else None
                found.append(AgendaReference(number, sub, span, passage.index, title, None if titles else remark))
    return AgendaReferences(tuple(found))


def read_items(text: str, lexicon: Lexicon) -> tuple[tuple[int, str], ...]:
    """The items that a match of the slot ``items`` names: "4 (a) and (b)", "2 to 5"."""
    found: list[tuple[int, str]] = []
    to = lexicon.words("lists", "to")
    ranged = subs = False
    for match in _ITEM_TOKEN.finditer(text):
        if match["number"]:
            number = int(match["number"])
            if ranged and found and found[-1][0] < number < found[-1][0] + 100:
                found += [(between, "") for between in range(found[-1][0] + 1, number)]
            found.append((number, ""))
            ranged = subs = False
        elif match["sub"]:
            if not found:
                continue
            if found[-1][1] == "" and not subs:
                found[-1] = (found[-1][0], match["sub"])
            else:
                found.append((found[-1][0], match["sub"]))
            subs, ranged = True, False
        else:
            ranged = bool(match["dash"]) or match["word"].casefold() in to
    return tuple(found)


def _titles(passage: Passage, position: int, lexicon: Lexicon) -> Iterator[QuotedTitle]:
    match = lexicon.phrases("title_introduced").match_at(passage, position)
    while match:
        start, end = match.span("quoted")
        yield _unquoted(passage, start + 1, end - 1)
        match = lexicon.phrases("title_continued").match_at(passage, match.end("quoted"))


def _remark(passage: Passage, position: int) -> QuotedTitle | None:
    match = _BRACKETS.match(passage.text, position)
    return _unquoted(passage, *match.span("inside")) if match else None


def _unquoted(passage: Passage, start: int, end: int) -> QuotedTitle:
    text = passage.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return QuotedTitle(text[start:end], passage.span(start, end))


class MastheadItem(NamedTuple):
    """The item under which the head of the document places it; ``titles`` are what may be its title there.

    A title runs over an unknown number of lines: the first line below, the first two and the first three. ``lines``
    are all lines of the head that name items, also such as name several or a sub-item.
    """

    number: int | None = None
    span: Span | None = None
    titles: tuple[str, ...] = ()
    lines: tuple[Span, ...] = ()


def masthead_item(structure: Structure, lexicon: Lexicon) -> MastheadItem:
    """Find "Item 6 of the provisional agenda" in the head of the document."""
    family = lexicon.phrases("masthead_item")
    lines = list(front_lines(structure))
    found: list[MastheadItem] = []
    for index, (passage, start, end) in enumerate(lines):
        line = passage.text[start:end].rstrip(" *.")
        match = family.search(line)
        if match is None or match.end() < len(line):
            continue
        span = passage.span(start, start + len(line))
        items = read_items(match["items"], lexicon)
        alone = items[0][0] if len(items) == 1 and not items[0][1] else None
        below = [one.text[left:right] for one, left, right in lines[index + 1 : index + 1 + _TITLE_LINES]]
        titles = tuple(" ".join(below[:count]) for count in range(1, len(below) + 1))
        found.append(MastheadItem(alone, span, titles))
    if not found:
        return MastheadItem()
    first = next((one for one in found if one.number), found[0])
    return first._replace(lines=tuple(one.span for one in found if one.span))
