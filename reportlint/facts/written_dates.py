"""The dates written in the draft."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.document import Span
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention, Passage, Role, Structure

_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")
_ITEM = Role.ITEM  # in Python 3.11, looking up a member of an enumeration takes long


class WrittenDates(NamedTuple):
    """A date expression as printed, without a word such as "on" before it.

    ``before`` is the last year mentioned before the expression in the same passage, or in the sentence that introduces
    the list of which the passage is an item; ``None`` if there is none.
    """

    mention: Mention
    dates: Dates
    before: int | None

    @property
    def words(self) -> str:
        return self.mention.text

    @property
    def span(self) -> Span:
        return self.mention.span


class Calendar(NamedTuple):
    """The date expressions of the draft, in order, except those in quotations."""

    written: tuple[WrittenDates, ...] = ()

    def within(self, place: Mention) -> Iterator[WrittenDates]:
        """Yield the expressions in a range of a passage."""
        first = bisect_left(self.written, (place.passage.index, place.start), key=_place)
        for number in range(first, len(self.written)):
            mention = self.written[number].mention
            if mention.passage is not place.passage or mention.end > place.end:
                return
            yield self.written[number]


def _place(dates: WrittenDates) -> tuple[int, int]:
    return dates.mention.passage.index, dates.mention.start


def calendar(structure: Structure, lexicon: Lexicon) -> Calendar:
    """Return all date expressions, including impossible dates."""
    written: list[WrittenDates] = []
    introduced: int | None = None
    with_months = {passage.index for passage in structure.checked_passages_holding(lexicon.words("dates", "months"))}
    for passage in structure.checked_passages() if with_months else ():
        if passage.role is not _ITEM:
            years = _YEAR.findall(passage.text) if passage.text.rstrip().endswith(":") else []
            introduced = int(years[-1]) if years else None
        if passage.index in with_months and lexicon.month_of_date.search(passage.folded):
            written += _in_passage(passage, lexicon, introduced)
    return Calendar(tuple(written))


def _in_passage(passage: Passage, lexicon: Lexicon, year: int | None) -> Iterator[WrittenDates]:
    searched_to = 0
    for start, end, dates in lexicon.find_dates(passage.text, passage.block.line_starts):
        if passage.is_quoted(start):
            continue
        lead = lexicon.date_lead.match(passage.text, start, end)
        begin = lead.end() if lead else start
        years = _YEAR.findall(passage.text, searched_to, begin)
        year, searched_to = int(years[-1]) if years else year, begin
        yield WrittenDates(Mention(passage, begin, end), dates, year)
