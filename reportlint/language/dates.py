"""Dates as reports write them: "27 and 28 June 2022", "24 February–20 March 2020", "du 30 mai au 1er juin 2012"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day month year", "month day year", "year month day"
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
"""The orders in which languages write the parts of a date. The year may be absent."""

_LONGEST_RANGE = 400  # days
_LEAP_YEAR = 2000
_TURN_OF_YEAR = 240  # longest range, in days, that may cross into the next year without naming the first year
_WHOLE_YEAR = 360  # shortest range, in days, of a year that does not begin in January: "1 July to 30 June"


class Day(NamedTuple):
    """A day as written, with the year and the weekday if they are written. Monday is 0."""

    year: int | None
    month: int
    day: int
    weekday: int | None = None

    @property
    def exists(self) -> bool:
        """Whether the calendar has this day. Without a year, a leap year is assumed."""
        return self.in_year(_LEAP_YEAR) is not None

    def in_year(self, year: int | None) -> date | None:
        """Return the date, using ``year`` if no year is written; ``None`` if there is no year or no such date."""
        written_or_given = self.year if self.year is not None else year
        if written_or_given is None:
            return None
        try:
            return date(written_or_given, self.month, self.day)
        except ValueError:
            return None


class Dates(NamedTuple):
    """The days that an expression names, as intervals. A single day is an interval of one day."""

    intervals: tuple[tuple[Day, Day], ...]

    @property
    def year(self) -> int | None:
        """The year of the last day."""
        return self.intervals[-1][1].year

    @property
    def has_range(self) -> bool:
        """Whether more than one day is named."""
        return len(self.intervals) > 1 or self.intervals[0][0] != self.intervals[0][1]

    @property
    def days_named(self) -> tuple[Day, ...]:
        """The days that are written out, including days that do not exist."""
        return tuple(day for first, last in self.intervals for day in dict.fromkeys((first, last)))

    @property
    def backwards(self) -> bool:
        """Whether a range ends before it begins.

        "28 December to 4 January 2022" does not: it crosses into a new year. Nor does "1 July to 30 June".
        """
        return any(_runs_backwards(first, last) for first, last in self.intervals)

    def periods(self, year: int | None = None) -> tuple[tuple[date, date], ...]:
        """Return the intervals as dates, without those that have an impossible date or run backwards.

        ``year`` applies to days without a year.
        """
        periods = ((first.in_year(year), last.in_year(year)) for first, last in self.intervals)
        return tuple((first, last) for first, last in periods if first and last and first <= last)

    def days(self, year: int | None = None) -> frozenset[date]:
        """Return every day of the periods. Of a range much longer than a year, only the two ends count."""
        return frozenset(day for first, last in self.periods(year) for day in _every_day(first, last))


def _runs_backwards(first: Day, last: Day) -> bool:
    start, end = first.in_year(_LEAP_YEAR), last.in_year(_LEAP_YEAR)
    if start is None or end is None or start <= end:
        return False
    return first.year is not None or not _may_cross_into_next_year(first, last)


def _may_cross_into_next_year(first: Day, last: Day) -> bool:
    """Return whether a range that seems to run backwards in one year may end in the next."""
    start, end = first._replace(year=None).in_year(_LEAP_YEAR), last._replace(year=None).in_year(_LEAP_YEAR)
    if start is None or end is None or start <= end or first.month == last.month:
        return False
    length = 366 - (start - end).days
    return length <= _TURN_OF_YEAR or length >= _WHOLE_YEAR


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
    order: str = DAY_FIRST

    def read(self, text: str) -> Dates | None:
        """Return the dates that ``text`` (a match of the date slot) names; ``None`` if it names no date.

        A month or a year that is written once applies to the days before it, or after it if it comes first.
        """
        # Days that still lack a month, days that still lack a year, and complete days.
        without_month: list[tuple[int, int | None, bool]] = []
        without_year: list[tuple[int, int, int | None, bool]] = []
        days: list[tuple[Day, bool]] = []
        borrowed: set[int] = set()  # the indexes of the days that have the year of another
        joined_by_range = False
        weekday: int | None = None
        month, year = 0, None  # those of the days after them, where they come first
        for match in self.tokens.finditer(text.casefold()):
            kind, word = match.lastgroup, match.group()
            if kind == "to":
                joined_by_range = True
            elif kind == "month":
                month = self.months[word]
                if self.order == DAY_FIRST:
                    without_year += [(month, *day) for day in without_month]
                    without_month = []
            elif kind == "year" and self.order == YEAR_FIRST:
                year = int(word)
            elif kind == "year":
                borrowed.update(range(len(days), len(days) + len(without_year) - 1))
                days += [(Day(int(word), month, day, named), ranged) for month, day, named, ranged in without_year]
                without_year = []
            elif kind == "day":
                number = int(match["number"])
                if self.order == DAY_FIRST:
                    without_month.append((number, weekday, joined_by_range))
                elif year and month:
                    days.append((Day(year, month, number, weekday), joined_by_range))
                elif month:
                    without_year.append((month, number, weekday, joined_by_range))
                joined_by_range, weekday = False, None
            elif kind == "weekday":
                weekday = self.weekdays[word]
        # "from 24 February to 13 March 2020 and from 15 to 23 June": the year applies to the later days too.
        year = days[-1][0].year if days else None
        borrowed.update(range(len(days), len(days) + len(without_year)))
        days += [(Day(year, month, day, named), ranged) for month, day, named, ranged in without_year]
        intervals: list[tuple[Day, Day]] = []
        for index, (day, ranged) in enumerate(days):
            if ranged and intervals and intervals[-1][0] == intervals[-1][1]:
                first = intervals[-1][0]
                if day.year and first.year == day.year and _may_cross_into_next_year(first, day):
                    if index - 1 in borrowed:
                        first = first._replace(year=day.year - 1)
                    elif index in borrowed:
                        day = day._replace(year=day.year + 1)  # noqa: PLW2901 - the day as meant
                intervals[-1] = (first, day)
            else:
                intervals.append((day, day))
        return Dates(tuple(intervals)) if intervals else None
