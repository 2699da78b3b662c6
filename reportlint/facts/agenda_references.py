"""References to agenda items, in the text and in the head of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.front import FrontLines
from reportlint.facts.owners import Owners, Whose
from reportlint.facts.title import Title
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention, Passage, Role, Structure

_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]{1,300}(?:\([^()]{0,300}\)[^()]{0,300})?)\)")
_ITEM_TOKEN = re.compile(r"(?P<number>\d+)|(?<![^\W_])\(?(?P<sub>[a-z]{1,3})\)")
_TITLE_LINES = 3  # maximum number of lines of a title in the head of a document


class AgendaReference(NamedTuple):
    """A mention of one agenda item or sub-item.

    ``title`` is the title quoted with it, if any, without its quotation marks. ``remark`` is the text in brackets after
    it, which may be the title.
    """

    number: int
    sub: str
    mention: Mention
    title: Mention | None = None
    remark: Mention | None = None

    @property
    def span(self) -> Span:
        return self.mention.span


@dataclass(frozen=True)
class AgendaReferences:
    """All references to items of the agenda of this session, in order."""

    references: tuple[AgendaReference, ...] = ()

    def __iter__(self) -> Iterator[AgendaReference]:
        return iter(self.references)


def agenda_references(
    structure: Structure, lexicon: Lexicon, masthead: MastheadItem, owners: Owners
) -> AgendaReferences:
    """Find references such as "agenda item 4 (a), entitled “…”", except to items of another body's agenda."""
    references: list[AgendaReference] = []
    family = lexicon.phrases("agenda_reference")
    for passage in structure.checked_passages(family):
        after_other = False
        for match in family.finditer(passage):
            if passage.role is Role.FRONT or passage.is_quoted(match.start()):
                continue
            owner = owners.of_item(passage, match.start(), match.end())
            if owner.is_other or (after_other and owner.whose is Whose.UNSAID):
                after_other = True  # "item 9 as well", after an item of another agenda
                continue
            mention = Mention(passage, *match.span())
            if any(line.holds(mention) for line in masthead.lines):
                continue  # often an agenda item of the body that receives the report
            items = read_items(match["items"], lexicon)
            titles = tuple(_titles(passage, match.end(), lexicon))
            if len(titles) != len(items):
                titles = ()
            remark = _remark(passage, owner.end) if len(items) == 1 else None
            for index, (number, sub) in enumerate(items):
                title = titles[index] if titles else None
                references.append(AgendaReference(number, sub, mention, title, None if titles else remark))
    return AgendaReferences(tuple(references))


def read_items(text: str, lexicon: Lexicon) -> tuple[tuple[int, str], ...]:
    """Return the items named in a match of the slot ``items`` ("4 (a) and (b)", "2 to 5"), as number and sub-item.

    The sub-item is "" where only the item is named.
    """
    items: list[tuple[int, str]] = []
    subs, end = False, 0
    for match in _ITEM_TOKEN.finditer(text):
        between, end = text[end : match.start()], match.end()
        if match["number"]:
            number = int(match["number"])
            if lexicon.joins_range(between) and items and items[-1][0] < number < items[-1][0] + 100:
                items += [(inside, "") for inside in range(items[-1][0] + 1, number)]
            items.append((number, ""))
            subs = False
        elif items:
            if items[-1][1] == "" and not subs:
                items[-1] = (items[-1][0], match["sub"])
            else:
                items.append((items[-1][0], match["sub"]))
            subs = True
    return tuple(items)


def _titles(passage: Passage, position: int, lexicon: Lexicon) -> Iterator[Mention]:
    match = lexicon.phrases("title_introduced").match_at(passage, position)
    while match:
        start, end = match.span("quoted")
        yield _unquoted(passage, start + 1, end - 1)
        match = lexicon.phrases("title_continued").match_at(passage, match.end("quoted"))


def _remark(passage: Passage, position: int) -> Mention | None:
    match = _BRACKETS.match(passage.text, position)
    return _unquoted(passage, *match.span("inside")) if match else None


def _unquoted(passage: Passage, start: int, end: int) -> Mention:
    text = passage.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Mention(passage, start, end)


class MastheadItem(NamedTuple):
    """The agenda item that the head of the document names.

    ``titles`` are the possible titles below it: the first line, the first two and the first three, because the number
    of lines is unknown. ``lines`` are all lines of the head that name items, including several items or a sub-item;
    ``number`` is ``None`` if no line names exactly one item. ``is_ours`` is true if the session named above it is the
    session reported on, and no title follows it, so that the item is on the agenda of that session.
    """

    number: int | None = None
    mention: Mention | None = None
    titles: tuple[str, ...] = ()
    lines: tuple[Mention, ...] = ()
    is_ours: bool = False


def masthead_item(front: FrontLines, title: Title, lexicon: Lexicon, owners: Owners) -> MastheadItem:
    """Find a line such as "Item 6 of the provisional agenda" in the head of the document."""
    family = lexicon.phrases("masthead_item")
    lines = front.lines
    candidates: list[MastheadItem] = []
    for index, (passage, start, end) in enumerate(lines):
        line = passage.text[start:end].rstrip(" *.")
        match = family.search(line)
        if match is None or match.end() < len(line):
            continue
        mention = Mention(passage, start, start + len(line))
        items = read_items(match["items"], lexicon)
        number = items[0][0] if len(items) == 1 and not items[0][1] else None
        below = [line.text for line in lines[index + 1 : index + 1 + _TITLE_LINES]]
        titles = tuple(" ".join(below[:count]) for count in range(1, len(below) + 1))
        # A title of the item may be on the agenda of the body that receives the report.
        is_alone = title.mention is not None and any(
            _begins(line, title.mention) for line in lines[index + 1 : index + 2]
        )
        is_ours = is_alone and _is_of_our_session(lines[:index], lexicon, owners)
        candidates.append(MastheadItem(number, mention, titles, is_ours=is_ours))
    if not candidates:
        return MastheadItem()
    first = next((item for item in candidates if item.number), candidates[0])
    return first._replace(lines=tuple(item.mention for item in candidates if item.mention))


def _begins(line: Mention, title: Mention) -> bool:
    return line.passage is title.passage and line.start == title.start


def _is_of_our_session(above: Sequence[Mention], lexicon: Lexicon, owners: Owners) -> bool:
    """Return whether the lines above name the session reported on, and no other."""
    named = [match for line in above for match in lexicon.phrases("session_named").finditer(line.text)]
    numbers = {number for match in named for number in lexicon.read_numbers(match["ordinals"])}
    return bool(numbers) and numbers <= owners.sessions
