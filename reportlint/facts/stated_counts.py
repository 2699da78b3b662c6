"""Stated numbers of States or persons, with the number of entries in the list that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from reportlint.document import Span
from reportlint.document.letters import UPPER
from reportlint.facts.list_introductions import Introductions
from reportlint.facts.state_lists import StateList, StateLists
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention, Passage, Role, Structure

_CAPITALISED = rf"[{UPPER}][\w'.-]*"
_NUMBER_AFTER = re.compile(r"\s(?P<bracket>\((?P<number>\d{1,3})\))(?=\s*(?:[.;]|$))")
_BEHIND = 100  # characters behind an introduction
_FEWEST_NUMBERED = 4  # entries of a list with its number behind it
_ASIDE = (Role.FRONT, Role.HEADING, Role.NOTE)
_ITEM = Role.ITEM


class StatedCount(NamedTuple):
    """A stated number and the counts of its list.

    ``mention`` is the number as printed, and ``words`` are the number with what it counts ("four panellists").
    ``listed`` are the possible counts of the list, the most obvious first. ``list_span`` is the list, which may go on
    over passages, or the mark of its first item, which is not in the text.
    """

    number: int
    mention: Mention
    words: str
    listed: tuple[int, ...]
    list_span: Span


@dataclass(frozen=True)
class StatedCounts:
    """All stated numbers whose list can be counted."""

    counts: tuple[StatedCount, ...] = ()

    def __iter__(self) -> Iterator[StatedCount]:
        return iter(self.counts)


def stated_counts(
    structure: Structure, lexicon: Lexicon, lists: StateLists, introductions: Introductions
) -> StatedCounts:
    """Count the lists that follow a colon and end their sentence."""
    counts: list[StatedCount] = []
    for listing in lists:
        passage, start, _ = listing.mention
        if listing.complete and (printed := _number_after(listing)):
            counts.append(StatedCount(*printed, _counts(listing), listing.span))
        if listing.after_colon and listing.complete:
            above = introductions.above(passage)
            stated = _stated(passage, passage.sentence(start)[0], start, lexicon, "stated_states")
            if stated is None and above and passage.text.find(":", 0, start) < 0:
                stated = _stated(above, *above.sentence(len(above.text.rstrip()) - 1), lexicon, "stated_states")
            if stated:
                counts.append(StatedCount(*stated, _counts(listing), listing.span))
    reader = _names_reader(lexicon)
    families = (lexicon.phrases(name) for name in ("stated_persons", "stated_organizations"))
    for passage in structure.checked_passages(*families):
        if ":" in passage.text and passage.role not in _ASIDE:
            counts += reader.in_sentences(passage)
    for above, introduced in groupby(introductions, key=itemgetter(1)):
        counts += reader.in_items(above, [structure.passages[index] for index, _ in introduced])
    return StatedCounts(tuple(sorted(counts, key=lambda count: count.mention.span)))


def _number_after(listing: StateList) -> tuple[int, Mention, str] | None:
    """Return the number in brackets after the last State of a list: "Chile, Peru (2)"."""
    passage, _, end = listing.mention
    match = _NUMBER_AFTER.match(passage.text, end)
    others = (entry for entry in listing.entries[:-1] if entry.has_remark)
    if match is None or len(listing.entries) < _FEWEST_NUMBERED or any(others):
        return None
    return int(match["number"]), Mention(passage, *match.span("bracket")), match["bracket"]


def _stated(passage: Passage, start: int, end: int, lexicon: Lexicon, name: str) -> tuple[int, Mention, str] | None:
    """Return the number that the introduction between ``start`` and ``end`` states: value, place and words.

    Return ``None`` if it states several numbers, uses a word such as "including", or mentions something else that the
    number does not cover.
    """
    text = passage.text
    # A match may begin in the introduction and end behind it: it counts for nothing, but no other begins in it.
    matches = [match for match in lexicon.phrases(name).finditer(passage, start, end + _BEHIND) if match.end() <= end]
    numbers = lexicon.read_numbers(matches[0]["number"]) if len(matches) == 1 else ()
    if len(numbers) != 1 or lexicon.phrases("stated_loosely").search(passage, start, end):
        return None
    # A conjunction after the attendance phrase is not an addition: "represented by observers and experts".
    present = lexicon.phrases("attendance").search(passage, matches[0].end(), end)
    if _addition(lexicon).search(text, matches[0].end(), present.start() if present else end):
        return None
    words = " ".join(text[matches[0].start() : matches[0].end()].split())
    return numbers[0], Mention(passage, *matches[0].span("number")), words


@lru_cache(maxsize=8)
def _addition(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of the words and signs that add something else, such as "and"."""
    return re.compile(rf";|(?<!\w)(?:{alternation(lexicon.words('lists', 'and'))})(?!\w)", re.IGNORECASE)


def _counts(listing: StateList) -> tuple[int, ...]:
    """Return the number of entries, of different States, of entries that are States, and of those with a right name.

    They differ if bodies are listed among the States, a State is listed twice, or a name is no State's.
    """
    known = sum(entry.naming is not None for entry in listing.entries)
    return len(listing.entries), len({entry.meant for entry in listing.states}), len(listing.states), known


class _NamesReader:
    """Counts persons and organizations in one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        and_ = alternation(lexicon.words("lists", "and"))
        titles = alternation(lexicon.section("persons", "titles"))
        self.lexicon = lexicon
        self.lead = re.compile(rf"[\s,;]*(?:(?:{and_})\s+)?", re.IGNORECASE)
        self.conjunction = re.compile(rf"(?:\s*[,;])?\s+(?:{and_})\s+|\s*[,;]\s*", re.IGNORECASE)
        self.strong = re.compile(rf"\s*;\s*(?:(?:{and_})\s+)?", re.IGNORECASE)
        self.groups = [lexicon.phrases(f"stated_{group}") for group in ("states", "persons", "organizations", "others")]
        self.title = re.compile(rf"(?:{titles})\s")
        self.affiliated = re.compile(r"(?P<person>[^()]{3,120}?)\s?\([^()]{2,120}\)")
        # A possible name of a person, listed without an affiliation.
        self.name = re.compile(rf"\s*(?:(?:{and_})\s+)?(?:{_CAPITALISED} ){{1,4}}{_CAPITALISED}\s*")

    def in_sentences(self, passage: Passage) -> Iterator[StatedCount]:
        """Count the names between a colon and the end of the sentence."""
        text, end = passage.text, 0
        for colon in re.finditer(r":\s", text):
            if colon.start() < end:
                continue
            start, end = passage.sentence(colon.start())
            names = text[colon.end() : end].rstrip(" .;")
            span = passage.span(colon.end(), colon.end() + len(names))
            if stated := _stated(passage, start, colon.start() + 1, self.lexicon, "stated_persons"):
                count = self._persons(names)
                if count:
                    yield StatedCount(*stated, (count,), span)
            elif stated := _stated(passage, start, colon.start() + 1, self.lexicon, "stated_organizations"):
                yield StatedCount(*stated, self._organizations(names), span)

    def _persons(self, names: str) -> int:
        """Return the number of persons in a list; 0 if it cannot be counted.

        Each has a State or an organization in brackets, or a form of address and a semicolon after it.
        """
        position = count = 0
        while match := self.affiliated.match(names, self._after_lead(names, position)):
            if not self._is_one_person(match["person"]):
                return 0
            position, count = match.end(), count + 1
        if position == len(names):
            return count
        parts = self.strong.split(names)
        return len(parts) if len(parts) > 1 and all(map(self.title.match, parts)) else 0

    def _after_lead(self, names: str, position: int) -> int:
        lead = self.lead.match(names, position)
        return lead.end() if lead else position

    def _is_one_person(self, part: str) -> bool:
        first, *rest = part.split(",")
        if any(mark in part for mark in ";:") or self.conjunction.search(first):
            return False
        return not any(self.name.fullmatch(words) for words in rest)

    def _organizations(self, names: str) -> tuple[int, ...]:
        """Return the possible numbers of organizations in a list.

        Between semicolons there is one each, unless only some parts contain commas, which may then separate names too.
        Commas and conjunctions may be part of names, so that with them any number up to that of the parts is possible.
        After a semicolon, another group that is counted ("; and four Parties") ends the list.
        """
        parts = self.strong.split(names)
        others = next((index for index, part in enumerate(parts) if index and self._begins_count(part)), len(parts))
        names, parts = parts[0], parts[:others]
        if len(parts) > 1:
            single = sum("," not in part for part in parts)
            most = single + sum(len(self.conjunction.split(part)) for part in parts if "," in part)
            return tuple(range(len(parts), (most if single else len(parts)) + 1))
        return tuple(range(len(self.conjunction.split(names)), 0, -1))

    def _begins_count(self, part: str) -> bool:
        """Return whether a part of a list begins with the number of another group, such as "four Parties"."""
        return any(family.match_at(part, 0) for family in self.groups)

    def in_items(self, passage: Passage, items: list[Passage]) -> Iterator[StatedCount]:
        """Count persons or organizations listed as one item each below a colon."""
        listed = [item for item in items if item.role is _ITEM or item.block.bullet]
        if len(listed) < 2 or len(listed) < len(items) or len({item.block.indent for item in listed}) > 1:
            return
        start, end = passage.sentence(len(passage.text.rstrip()) - 1)
        for name in ("stated_persons", "stated_organizations"):
            stated = _stated(passage, start, end, self.lexicon, name)
            if stated:
                yield StatedCount(*stated, (len(listed),), listed[0].block.head)
                return


_names_reader = lru_cache(maxsize=8)(_NamesReader)
