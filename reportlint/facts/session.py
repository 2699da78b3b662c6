"""The days of the session reported on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.event import Event
from reportlint.facts.front import FrontLines
from reportlint.facts.masthead import Masthead
from reportlint.facts.title import Title
from reportlint.facts.written_dates import Calendar
from reportlint.knowledge.house_data import StatedMeeting
from reportlint.knowledge.levels import DocumentKind
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import Match
from reportlint.structure import Mention, Passage, Role, Structure

_MONTH = 31
_ON_OTHERS = (DocumentKind.DECISIONS, DocumentKind.INSTRUMENT, DocumentKind.SUBMISSION)


class Period(NamedTuple):
    """A period stated for the session. ``mention`` is ``None`` if it comes from the configuration."""

    first: date
    last: date
    mention: Mention | None

    @property
    def span(self) -> Span | None:
        return self.mention.span if self.mention else None


class Session(NamedTuple):
    """The session reported on.

    ``periods`` are all stated periods (several for a resumed session). ``year`` is the year assumed for dates without
    a year.
    """

    periods: tuple[Period, ...] = ()
    year: int | None = None

    def holds(self, day: date) -> bool:
        """Return whether a day is in one of the periods."""
        return any(period.first <= day <= period.last for period in self.periods)

    def nearest(self, day: date) -> Period | None:
        """Return the period closest to a day, or ``None`` if no period is stated."""
        return min(
            self.periods,
            key=lambda period: min(abs((day - period.first).days), abs((day - period.last).days)),
            default=None,
        )


def session(
    structure: Structure,
    lexicon: Lexicon,
    calendar: Calendar,
    front: FrontLines,
    masthead: Masthead,
    title: Title,
    kind: KindOfDocument,
    event: Event,
    known: StatedMeeting,
) -> Session:
    """Collect the dates of the session from the masthead, the title and the sentences that say when it was held.

    Dates from the configuration count if the draft states none. Sentences on the sessions of others do not count;
    decisions, instruments and submissions speak of the sessions of others only.
    """
    stated: list[Period] = []
    for dates in () if event.parent_dates else masthead.event:
        stated += _periods(dates.dates, None, dates.mention)
    family = lexicon.phrases("session_held")
    for line in _lines(front, title):
        for match in family.finditer(line.text):
            stated += _stated_periods(match, line, lexicon, masthead)
    # The head of the document takes precedence: the text mentions other sessions too.
    years = Counter(period.last.year for period in stated)
    in_head = bool(years)
    speaks_of_own = not kind.is_one_of(*_ON_OTHERS)
    in_text = _in_text(structure, lexicon, calendar, front, masthead, event.numbers) if speaks_of_own else ()
    unique: dict[tuple[date, date], Period] = {}
    for period in chain(stated, in_text):
        # A period stated several times is kept once, at its first place, in the order of the last ones.
        days = period.first, period.last
        unique[days] = unique.pop(days, period)
        if not in_head:
            years[period.last.year] += 1
    if known.dates and not unique:
        unique[known.dates] = Period(*known.dates, None)
        years[known.dates[1].year] += 1
    whole = tuple(
        period for period in unique.values() if not any(_is_within(period, other) for other in unique.values())
    )
    return Session(whole, max(years, key=lambda year: (years[year], year), default=None))


def _lines(front: FrontLines, title: Title) -> Iterator[Mention]:
    """Yield the lines of the head of the document, with the title as one line."""
    for line in front.lines:
        if title.mention is None or not title.mention.span.start <= line.span.start < title.mention.span.end:
            yield line
        elif line.span.start == title.mention.span.start:
            yield title.mention


def _is_within(period: Period, other: Period) -> bool:
    """Return whether a period is a single day of another: that of the opening or of the resumption."""
    return period.first == period.last and period is not other and other.first <= period.first <= other.last


def _in_text(
    structure: Structure,
    lexicon: Lexicon,
    calendar: Calendar,
    front: FrontLines,
    masthead: Masthead,
    numbers: frozenset[int],
) -> Iterator[Period]:
    """Yield the periods of the sentences that say when the session reported on was held."""
    family, meeting = lexicon.phrases("session_held"), lexicon.phrases("meeting")
    in_words = lexicon.section("meetings", "ordinals_in_words")
    head = [line.text.casefold() for line in front.lines]
    for passage in structure.checked_passages(family):
        if passage.role is Role.NOTE or (passage.role is Role.FRONT and passage not in front.prose):
            continue
        matches = [match for match in family.finditer(passage) if not passage.is_quoted(match.start())]
        meeting_spans = [match.span() for match in meeting.finditer(passage)] if matches else []
        for match in matches:
            # "The 2nd meeting was held on 16 April" states the date of a meeting, not of the session.
            of_meeting = any(start < match.end() and match.start() < end for start, end in meeting_spans)
            if (in_words or not of_meeting) and _is_own(passage, match, lexicon, head, numbers):
                yield from _stated_periods(match, Mention.of(passage), lexicon, masthead)
                yield from _further(passage, match, calendar, masthead)


def _is_own(passage: Passage, match: Match, lexicon: Lexicon, head: list[str], numbers: frozenset[int]) -> bool:
    """Return whether a sentence concerns the session reported on, not a meeting of somebody else.

    It numbers the session as ``numbers`` does and names no organ that the head of the document does not name, or it
    says "the session".
    """
    start, end = passage.sentence(match.start())
    named = lexicon.phrases("session_named").search(passage, start, match.end())
    if named and numbers and numbers.isdisjoint(lexicon.read_numbers(named["ordinals"])):
        return False
    if named is None:
        return lexicon.phrases("session_itself").search(passage, start, match.end()) is not None
    organ = lexicon.phrases("organ").search(passage, start, end)
    return organ is None or not head or any(organ.group().casefold() in line for line in head)


def _further(passage: Passage, match: Match, calendar: Calendar, masthead: Masthead) -> Iterator[Period]:
    """Yield the other periods of a sentence: "The first session was held from … to …, and the second from … to …"."""
    _, end = passage.sentence(match.start())
    for further in calendar.within(Mention(passage, match.end("date"), end)):
        if further.dates.has_range:
            yield from _periods(further.dates, _year_of(further.dates, masthead), further.mention)


def _stated_periods(match: Match, within: Mention, lexicon: Lexicon, masthead: Masthead) -> Iterator[Period]:
    """Yield the periods of a match of ``session_held`` in the text of ``within``."""
    dates = lexicon.dates.read(match["date"])
    if dates:
        yield from _periods(dates, _year_of(dates, masthead), within.part(*match.span("date")))


def _year_of(dates: Dates, masthead: Masthead) -> int | None:
    """Return the year of days without a year: the last in which they are over on the date of the masthead."""
    if masthead.date is None or dates.year is not None:
        return None
    year = masthead.date.year
    days = [last for _, last in dates.periods(year)]
    return year - 1 if days and max(days) > masthead.date else year


def _periods(dates: Dates, year: int | None, mention: Mention) -> Iterator[Period]:
    periods = list(dates.periods(year))
    if periods and all(first == last for first, last in periods) and (periods[-1][1] - periods[0][0]).days < _MONTH:
        # "27 and 28 June": the session lasted from the first day to the last.
        yield Period(periods[0][0], periods[-1][1], mention)
    else:
        yield from (Period(first, last, mention) for first, last in periods)
