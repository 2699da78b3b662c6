"""Stated numbers of States or persons, with the number of entries in the list that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.list_introductions import Introductions
from reportlint.facts.state_lists import StateList, StateLists
from reportlint.facts.states import StateMention, StateMentions
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage, Role, Structure

_CAPITALISED = r"[A-ZÀ-ÝŒ][\w'.-]*"


class StatedCount(NamedTuple):
    """A stated number and the counts of its list.

    ``stated`` is the number as printed at ``span``, and ``words`` the number with what it counts ("four panellists").
    ``listed`` are the possible counts of the list, the most obvious
    first.
    """

    number: int
    stated: str
    words: str
    span: Span
    listed: tuple[int, ...]
    list_span: Span


@dataclass(frozen=True)
class StatedCounts:
    """All stated numbers whose list can be counted."""

    counts: tuple[StatedCount, ...] = ()

    def __iter__(self) -> Iterator[StatedCount]:
        return iter(self.counts)


def stated_counts(
    structure: Structure, lexicon: Lexicon, mentions: StateMentions, lists: StateLists, introductions: Introductions
) -> StatedCounts:
    """Count the lists that follow a colon and end their sentence."""
    counts: list[StatedCount] = []
    for listing in lists:
        if listing.after_colon and listing.complete:
            passage = structure.passages[listing.passage]
            above = introductions.colons.get(listing.passage)
            stated = _stated(passage, passage.sentence(listing.start)[0], listing.start, lexicon, "stated_states")
            if stated is None and above and ":" not in passage.text[: listing.start]:
                stated = _stated(above, *above.sentence(len(above.text.rstrip()) - 1), lexicon, "stated_states")
            if stated:
                counts.append(StatedCount(*stated, _counts(listing), listing.span))
    reader = _persons_reader(lexicon)
    for index, named in mentions.states_by_passage.items():
        brackets = [bracket for mention in named if (bracket := _bracket(structure.passages[index].text, mention))]
        if brackets:
            counts += reader.in_sentence(structure.passages[index], brackets)
    items: dict[int, list[Passage]] = {}
    for index, above in introductions.colons.items():
        items.setdefault(above.index, []).append(structure.passages[index])
    for index, passages in items.items():
        counts += reader.in_items(structure.passages[index], passages)
    return StatedCounts(tuple(sorted(counts, key=lambda count: count.span)))


def _bracket(text: str, mention: StateMention) -> tuple[int, int] | None:
    """Return the range of the brackets whose last words are the State: "(Norway)", "(Institute of Optics, Japan)"."""
    start, end = text.rfind("(", 0, mention.match.start), mention.match.end
    return (start, end + 1) if start >= 0 and ")" not in text[start:end] and text[end : end + 1] == ")" else None


def _stated(passage: Passage, start: int, end: int, lexicon: Lexicon, name: str) -> tuple[int, str, str, Span] | None:
    """Return the number that the introduction between ``start`` and ``end`` states: value, text, words and span.

    Return ``None`` if it states several numbers, uses a word such as "including", or mentions something else that the
    number does not cover.
    """
    text = passage.text
    matches = [match for match in lexicon.phrases(name).finditer(passage, start) if match.end() <= end]
    numbers = lexicon.read_numbers(matches[0]["number"]) if len(matches) == 1 else ()
    if len(numbers) != 1 or lexicon.phrases("stated_loosely").search(passage, start, end):
        return None
    addition = re.compile(rf";|(?<!\w)(?:{alternation(lexicon.words('lists', 'and'))})(?!\w)", re.IGNORECASE)
    # A conjunction after the attendance phrase is not an addition: "represented by observers and experts".
    present = lexicon.phrases("attendance").search(passage, matches[0].end(), end)
    if addition.search(text, matches[0].end(), present.start() if present else end):
        return None
    span = matches[0].span("number")
    words = " ".join(text[matches[0].start() : matches[0].end()].split())
    return numbers[0], text[slice(*span)], words, passage.span(*span)


def _counts(listing: StateList) -> tuple[int, ...]:
    """Return the number of entries, of different States, and of entries that are States.

    They differ if bodies are listed among the States or a State is listed twice.
    """
    return len(listing.entries), len({entry.meant for entry in listing.states}), len(listing.states)


class _PersonsReader:
    """Counts persons in one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        and_ = alternation(lexicon.words("lists", "and"))
        self.lexicon = lexicon
        self.conjunction = re.compile(rf"\s(?:{and_})\s", re.IGNORECASE)
        self.lead = re.compile(rf"\A[\s,;]*(?:(?:{and_})\s+)?", re.IGNORECASE)
        # A possible name of a person, listed without an affiliation.
        self.name = re.compile(rf"\s*(?:(?:{and_})\s+)?(?:{_CAPITALISED} ){{1,4}}{_CAPITALISED}\s*")

    def in_sentence(self, passage: Passage, brackets: list[tuple[int, int]]) -> Iterator[StatedCount]:
        """Count persons between a colon and the end of the sentence, each followed by a State in brackets."""
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
        return not any(self.name.fullmatch(words) for words in rest)

    def in_items(self, passage: Passage, items: list[Passage]) -> Iterator[StatedCount]:
        """Count persons listed as one item each below a colon."""
        listed = [item for item in items if item.role is Role.ITEM or item.block.bullet]
        if len(listed) < 2 or len(listed) < len(items) or len({item.block.indent for item in listed}) > 1:
            return
        start, end = passage.sentence(len(passage.text.rstrip()) - 1)
        stated = _stated(passage, start, end, self.lexicon, "stated_persons")
        if stated:
            yield StatedCount(*stated, (len(listed),), listed[0].block.head)


_persons_reader = lru_cache(maxsize=8)(_PersonsReader)
