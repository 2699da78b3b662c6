"""Numbers of States and persons that a sentence gives before it lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.introductions import Introductions
from reportlint.facts.state_lists import StateList, StateLists
from reportlint.facts.states import StateMention, StateMentions
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage, Role, Structure

_CAPITALISED = r"[A-ZÀ-ÝŒ][\w'.-]*"


class StatedCount(NamedTuple):
    """``number`` as ``stated`` at ``span``; ``listed`` are the ways to count what is listed, the plainest first."""

    number: int
    stated: str
    span: Span
    listed: tuple[int, ...]
    list_span: Span


@dataclass(frozen=True)
class StatedCounts:
    """All stated numbers whose list could be counted."""

    counts: tuple[StatedCount, ...] = ()

    def __iter__(self) -> Iterator[StatedCount]:
        return iter(self.counts)


def stated_counts(
    structure: Structure, lexicon: Lexicon, mentions: StateMentions, lists: StateLists, introductions: Introductions
) -> StatedCounts:
    """Count the lists that a colon introduces and that end their sentence."""
    found: list[StatedCount] = []
    for one in lists:
        if one.after_colon and one.complete:
            passage = structure.passages[one.passage]
            above = introductions.colons.get(one.passage)
            own = _stated(passage, passage.sentence(one.start)[0], one.start, lexicon, "stated_states")
            if own is None and above and ":" not in passage.text[: one.start]:
                own = _stated(above, *above.sentence(len(above.text.rstrip()) - 1), lexicon, "stated_states")
            if own:
                found.append(StatedCount(*own, _counts(one), one.span))
    reader = _persons_reader(lexicon)
    for index, named in mentions.states_by_passage.items():
        brackets = [bracket for mention in named if (bracket := _bracket(structure.passages[index].text, mention))]
        if brackets:
            found += reader.in_sentence(structure.passages[index], brackets)
    items: dict[int, list[Passage]] = {}
    for index, above in introductions.colons.items():
        items.setdefault(above.index, []).append(structure.passages[index])
    for index, passages in items.items():
        found += reader.in_items(structure.passages[index], passages)
    return StatedCounts(tuple(sorted(found, key=lambda one: one.span)))


def _bracket(text: str, mention: StateMention) -> tuple[int, int] | None:
    """The range of the brackets that a State ends: "(Norway)", "(Institute of Optics, Japan)"."""
    start, end = text.rfind("(", 0, mention.match.start), mention.match.end
    return (start, end + 1) if start >= 0 and ")" not in text[start:end] and text[end : end + 1] == ")" else None


def _stated(passage: Passage, start: int, end: int, lexicon: Lexicon, name: str) -> tuple[int, str, Span] | None:
    """The one number that the introduction between ``start`` and ``end`` states of what is listed.

    ``None`` for several numbers, for words such as "including", and where something else is listed too.
    """
    text = passage.text
    found = [match for match in lexicon.phrases(name).finditer(passage, start) if match.end() <= end]
    numbers = lexicon.read_numbers(found[0]["number"]) if len(found) == 1 else ()
    if len(numbers) != 1 or lexicon.phrases("stated_loosely").search(passage, start, end):
        return None
    more = re.compile(rf";|(?<!\w)(?:{alternation(lexicon.words('lists', 'and'))})(?!\w)", re.IGNORECASE)
    # What is counted ends where the sentence says that it was present: "represented by observers and experts".
    present = lexicon.phrases("attendance").search(passage, found[0].end(), end)
    if more.search(text, found[0].end(), present.start() if present else end):
        return None
    words = found[0].span("number")
    return numbers[0], text[slice(*words)], passage.span(*words)


def _counts(one: StateList) -> tuple[int, ...]:
    """Entries may be bodies that stand among States, or a State named twice."""
    return len(one.entries), len({entry.meant for entry in one.states}), len(one.states)


class _PersonsReader:
    """Counts persons with the words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        and_ = alternation(lexicon.words("lists", "and"))
        self.lexicon = lexicon
        self.conjunction = re.compile(rf"\s(?:{and_})\s", re.IGNORECASE)
        self.lead = re.compile(rf"\A[\s,;]*(?:(?:{and_})\s+)?", re.IGNORECASE)
        # What may be a person's name, and so a person without an affiliation.
        self.name = re.compile(rf"\s*(?:(?:{and_})\s+)?(?:{_CAPITALISED} ){{1,4}}{_CAPITALISED}\s*")

    def in_sentence(self, passage: Passage, brackets: list[tuple[int, int]]) -> Iterator[StatedCount]:
        """Persons behind a colon, each with a State in brackets, up to the end of the sentence."""
        text = passage.text
        start, end = passage.sentence(brackets[0][0])
        colon = text.find(":", start, brackets[0][0])
        last = brackets[-1][1]
        if colon < 0 or last > end or text[last:end].strip() not in ("", ".", ";"):
            return
        stated = _stated(passage, start, colon + 1, self.lexicon, "stated_persons")
        bounds = [colon + 1, *(stop for _, stop in brackets)]
        parts = [text[begin:stop] for begin, (stop, _) in zip(bounds, brackets, strict=False)]
        if stated and all(map(self._is_one_person, parts)):
            yield StatedCount(*stated, (len(brackets),), passage.span(colon + 1, last))

    def _is_one_person(self, part: str) -> bool:
        part = self.lead.sub("", part, count=1)
        first, *rest = part.split(",")
        if any(mark in part for mark in "();") or self.conjunction.search(first):
            return False
        return not any(self.name.fullmatch(one) for one in rest)

    def in_items(self, passage: Passage, items: list[Passage]) -> Iterator[StatedCount]:
        """Persons one by one in the items below a colon."""
        listed = [one for one in items if one.role is Role.ITEM or one.block.bullet]
        if len(listed) < 2 or len(listed) < len(items) or len({one.block.indent for one in listed}) > 1:
            return
        start, end = passage.sentence(len(passage.text.rstrip()) - 1)
        stated = _stated(passage, start, end, self.lexicon, "stated_persons")
        if stated:
            yield StatedCount(*stated, (len(listed),), listed[0].block.head)


_persons_reader = lru_cache(maxsize=8)(_PersonsReader)
