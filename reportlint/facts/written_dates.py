"""The dates written in the draft."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reportlint.document import Span
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention, Passage, Role, Structure

_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")


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
    """The date expressions of the draft, in order, except those in quotations. ``by_passage`` has them by index."""

    written: tuple[WrittenDates, ...] = ()
    by_passage: Mapping[int, tuple[WrittenDates, ...]] = {}

    def within(self, place: Mention) -> Iterator[WrittenDates]:
        """Yield the expressions in a range of a passage."""
        written = self.by_passage.get(place.passage.index, ())
        first = bisect_left(written, place.start, key=lambda dates: dates.mention.start)
        for dates in written[first:]:
            if dates.mention.end > place.end:
                return
            yield dates


def calendar(structure: Structure, lexicon: Lexicon) -> Calendar:
    """Return all date expressions, including impossible dates."""
    by_passage: dict[int, tuple[WrittenDates, ...]] = {}
    introduced: int | None = None
    for passage in structure.checked_passages():
        if passage.role is not Role.ITEM:
            years = _YEAR.findall(passage.text) if passage.text.rstrip().endswith(":") else []
            introduced = int(years[-1]) if years else None
        if lexicon.month_of_date.search(passage.folded):
            by_passage[passage.index] = tuple(_in_passage(passage, lexicon, introduced))
    return Calendar(tuple(dates for written in by_passage.values() for dates in written), by_passage)


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
