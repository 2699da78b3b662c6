"""Dates as reports write them: "27 and 28 June 2022", "24 February–20 March 2020", "du 30 mai au 1er juin 2012"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day month year", "month day year", "year month day"
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
"""The orders in which languages write the parts of a date. The year may be absent."""

_T = TypeVar("_T")
_LONGEST_RANGE = 400  # days
_LEAP_YEAR = 2000
_SHORT = 60  # characters of an expression of dates that is kept
_FEW = 4  # intervals of such an expression
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

    def periods(self, year: int | None = None) -> Iterator[tuple[date, date]]:
        """Yield the intervals as dates, without those that have an impossible date or run backwards.

        ``year`` applies to days without a year.
        """
        for first, last in self.intervals:
            start, end = first.in_year(year), last.in_year(year)
            if start and end and start <= end:
                yield start, end

    def days(self, year: int | None = None) -> frozenset[date]:
        """Return every day of the periods. Of a range much longer than a year, only the two ends count."""
        return _recent_days(self, year) if len(self.intervals) <= _FEW else self._days(year)

    def _days(self, year: int | None) -> frozenset[date]:
        return frozenset(day for first, last in self.periods(year) for day in _every_day(first, last))


@lru_cache(maxsize=256)
def _recent_days(dates: Dates, year: int | None) -> frozenset[date]:
    """Return the days of an expression of few dates. Equal ones share their days."""
    return dates._days(year)


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


class _Written(NamedTuple):
    """A day as written, without its year; ``ends_range``: a word or dash before it makes it the end of a range."""

    month: int
    number: int
    weekday: int | None
    ends_range: bool


class _Intervals:
    """The intervals of an expression of dates. Equal ones are the same object: an expression may be very long."""

    def __init__(self) -> None:
        self.found: list[tuple[Day, Day]] = []
        self._follows_borrowed = False  # the day before has the year of another
        self._shared: dict[Any, Any] = {}

    def shared(self, value: _T) -> _T:
        """Return the first value that equals this one."""
        first: _T = self._shared.setdefault(value, value)
        return first

    @property
    def last_year(self) -> int | None:
        return self.found[-1][1].year if self.found else None

    def add(self, written: _Written, year: int | None, *, is_borrowed: bool) -> None:
        """Add a day; ``is_borrowed``: its year is written with another day."""
        month, number, weekday, ends_range = written
        day = Day(year, month, number, weekday)
        if ends_range and self.found and self.found[-1][0] == self.found[-1][1]:
            first = self.found[-1][0]
            if year and first.year == year and _may_cross_into_next_year(first, day):
                if self._follows_borrowed:
                    first = first._replace(year=year - 1)
                elif is_borrowed:
                    day = day._replace(year=year + 1)
            self.found[-1] = self.shared((first, day))
        else:
            self.found.append(self.shared((day, day)))
        self._follows_borrowed = is_borrowed


@dataclass(frozen=True, eq=False)
class DateReader:
    """Reads dates with the words of one language. ``months`` maps lower-case names to 1–12, ``weekdays`` to 0–6."""

    months: dict[str, int]
    weekdays: dict[str, int]
    tokens: re.Pattern[str]
    order: str = DAY_FIRST

    def read(self, text: str) -> Dates | None:
        """Return the dates that ``text`` (a match of the date slot) names; ``None`` if it names no date.

        A month or a year that is written once applies to the days before it, or after it if it comes first.
        """
        return _recently_read(self, text) if len(text) <= _SHORT else self._read(text)

    def _read(self, text: str) -> Dates | None:
        without_month: list[tuple[int, int | None, bool]] = []
        without_year: list[_Written] = []
        intervals = _Intervals()
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
                    without_year += [intervals.shared(_Written(month, *day)) for day in without_month]
                    without_month = []
            elif kind == "year" and self.order == YEAR_FIRST:
                year = int(word)
            elif kind == "year":
                last = len(without_year) - 1
                for index, written in enumerate(without_year):
                    intervals.add(written, int(word), is_borrowed=index < last)
                without_year = []
            elif kind == "day":
                number = int(match["number"])
                if self.order == DAY_FIRST:
                    without_month.append((number, weekday, joined_by_range))
                elif month:
                    written = intervals.shared(_Written(month, number, weekday, joined_by_range))
                    if year:
                        intervals.add(written, year, is_borrowed=False)
                    else:
                        without_year.append(written)
                joined_by_range, weekday = False, None
            elif kind == "weekday":
                weekday = self.weekdays[word]
        # "from 24 February to 13 March 2020 and from 15 to 23 June": the year applies to the later days too.
        year = intervals.last_year
        for written in without_year:
            intervals.add(written, year, is_borrowed=True)
        return Dates(tuple(intervals.found)) if intervals.found else None


@lru_cache(maxsize=256)
def _recently_read(reader: DateReader, text: str) -> Dates | None:
    """Return the dates that a short text names. Most dates of a draft are written several times."""
    return reader._read(text)
