"""Dates as reports write them: "27 and 28 June 2022", "24 February–20 March 2020", "du 30 mai au 1er juin 2012"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

_LONGEST_RANGE = 400
_LEAP_YEAR = 2000
_TURN_OF_YEAR = 240  # days over which a range may pass into the next year without naming the first


class Day(NamedTuple):
    """A day of which the year may be left to the context. ``weekday`` is the one written with it (Monday is 0)."""

    year: int | None
    month: int
    day: int
    weekday: int | None = None

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day, in a leap year where no year is written."""
        return self.in_year(_LEAP_YEAR) is not None

    def in_year(self, year: int | None) -> date | None:
        """The date, ``year`` standing in for a year that is not written; ``None`` if there is no such day."""
        chosen = self.year if self.year is not None else year
        if chosen is None:
            return None
        try:
            return date(chosen, self.month, self.day)
        except ValueError:
            return None


class Dates(NamedTuple):
    """The days that one expression names, as intervals; a single day is an interval of one."""

    intervals: tuple[tuple[Day, Day], ...]

    @property
    def year(self) -> int | None:
        return self.intervals[-1][1].year

    @property
    def has_range(self) -> bool:
        """Whether more than one day is named."""
        return len(self.intervals) > 1 or self.intervals[0][0] != self.intervals[0][1]

    @property
    def days_named(self) -> tuple[Day, ...]:
        """The days that are written, possible or not."""
        return tuple(day for first, last in self.intervals for day in dict.fromkeys((first, last)))

    @property
    def backwards(self) -> bool:
        """Whether a range ends before it begins. "28 December to 4 January 2022" passes into the next year."""
        return any(_runs_backwards(first, last) for first, last in self.intervals)

    def periods(self, year: int | None = None) -> tuple[tuple[date, date], ...]:
        """The intervals as dates; those without a possible date, or that run backwards, are left out."""
        found = ((first.in_year(year), last.in_year(year)) for first, last in self.intervals)
        return tuple((first, last) for first, last in found if first and last and first <= last)

    def days(self, year: int | None = None) -> frozenset[date]:
        """Every day of the intervals (a range of more than a year counts as its two ends)."""
        return frozenset(day for first, last in self.periods(year) for day in _every_day(first, last))


def _runs_backwards(first: Day, last: Day) -> bool:
    year = _LEAP_YEAR
    start, end = first.in_year(year), last.in_year(year)
    if start is None or end is None or start <= end:
        return False
    return first.year != last.year or first.month == last.month or (start - end).days < 366 - _TURN_OF_YEAR


def _every_day(first: date, last: date) -> Iterator[date]:
    length = (last - first).days
    if length > _LONGEST_RANGE:
        yield from (first, last)
    else:
        yield from (first + timedelta(days=count) for count in range(length + 1))


class DateReader(NamedTuple):
    """Reads dates with the words of one language. ``months`` maps lower-case names to 1–12, ``weekdays`` to 0–6."""

    months: dict[str, int]
    weekdays: dict[str, int]
    tokens: re.Pattern[str]
    to: frozenset[str]

    def read(self, text: str) -> Dates | None:
        """The dates that ``text`` (a match of the date slot) names; ``None`` if it names none.

        A month or a year written once counts for the days before it.
        """
        pending: list[tuple[int, int | None, bool]] = []
        undated: list[tuple[int, int, int | None, bool]] = []
        found: list[tuple[Day, bool]] = []
        joined_by_range = False
        weekday: int | None = None
        for match in self.tokens.finditer(text.casefold()):
            kind, word = match.lastgroup, match.group()
            if kind == "to":
                joined_by_range = True
            elif kind == "month":
                month = self.months[word]
                undated += [(month, *day) for day in pending]
                pending = []
            elif kind == "year":
                found += [(Day(int(word), month, day, named), ranged) for month, day, named, ranged in undated]
                undated = []
            elif kind == "day":
                pending.append((int(match["number"]), weekday, joined_by_range))
                joined_by_range, weekday = False, None
            elif kind == "weekday":
                weekday = self.weekdays[word]
        # "from 24 February to 13 March 2020 and from 15 to 23 June": the year goes on.
        year = found[-1][0].year if found else None
        found += [(Day(year, month, day, named), ranged) for month, day, named, ranged in undated]
        intervals: list[tuple[Day, Day]] = []
        for day, ranged in found:
            if ranged and intervals and intervals[-1][0] == intervals[-1][1]:
                intervals[-1] = (intervals[-1][0], day)
            else:
                intervals.append((day, day))
        return Dates(tuple(intervals)) if intervals else None
