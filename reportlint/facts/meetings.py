"""The session reported on, its meetings, and the dates given for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.masthead import Masthead, Title, front_lines
from reportlint.knowledge.house import StatedMeeting
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import Match
from reportlint.structure import Passage, Role, Structure

_MONTH = 31
_NEAR = 24  # characters behind a number of meetings that still qualify it


class Period(NamedTuple):
    """A stretch of days that the draft gives for the session, and where; only the configuration gives it if nowhere."""

    first: date
    last: date
    span: Span | None


class Session(NamedTuple):
    """The event reported on. ``periods`` are all statements of its dates (several for a resumed session); ``year``
    is that in which dates without a year are read."""

    periods: tuple[Period, ...] = ()
    year: int | None = None

    def holds(self, day: date) -> bool:
        return any(period.first <= day <= period.last for period in self.periods)

    def nearest(self, day: date) -> Period | None:
        """The period that comes closest to a day."""
        return min(
            self.periods,
            key=lambda period: min(abs((day - period.first).days), abs((day - period.last).days)),
            default=None,
        )


def session(structure: Structure, lexicon: Lexicon, masthead: Masthead, known: StatedMeeting) -> Session:
    """Collect the dates of the session from masthead, title and the sentences that say when it was held.

    Those that are known from the configuration count where the draft gives none.
    """
    stated: list[Period] = []
    for dates, span in masthead.event:
        stated += _periods(dates, None, span)
    family = lexicon.phrases("session_held")
    for passage, start, end in front_lines(structure):
        line = passage.text[start:end]
        for match in family.finditer(line):
            stated += _stated_periods(match, start, passage, lexicon, masthead)
    headed = len(stated)
    sittings = lexicon.phrases("meeting")
    for passage in structure.speaking(family):
        if passage.role in (Role.FRONT, Role.NOTE):
            continue
        matches = [one for one in family.finditer(passage) if not passage.is_quoted(one.start())]
        held = [one.span() for one in sittings.finditer(passage)] if matches else []
        for match in matches:
            # "The 2nd meeting was held on 16 April" tells the date of a meeting.
            if not any(start <= match.start() < end for start, end in held) or lexicon.section(
                "meetings", "ordinals_in_words"
            ):
                stated += _stated_periods(match, 0, passage, lexicon, masthead)
    if known.dates and not stated:
        stated.append(Period(*known.dates, None))
    # The head of the document outweighs the text, which speaks of other sessions too.
    in_head = [one.last.year for one in stated[:headed]]
    years = Counter(in_head or [one.last.year for one in stated]).most_common(1)
    # The same days stated again are one period, at their first place.
    once = tuple({(one.first, one.last): one for one in reversed(stated)}.values())[::-1]
    return Session(once, years[0][0] if years else None)


def _stated_periods(
    match: Match, shift: int, passage: Passage, lexicon: Lexicon, masthead: Masthead
) -> Iterator[Period]:
    """The periods of a match of ``session_held`` in the text ``shift`` characters into the passage's."""
    dates = lexicon.dates.read(match["date"])
    if dates:
        span = passage.span(shift + match.start("date"), shift + match.end("date"))
        yield from _periods(dates, masthead.date.year if masthead.date else None, span)


def _periods(dates: Dates, year: int | None, span: Span) -> Iterator[Period]:
    stretch = dates.periods(year)
    if stretch and all(first == last for first, last in stretch) and (stretch[-1][1] - stretch[0][0]).days < _MONTH:
        # "27 and 28 June": the session lasted from the first day to the last.
        yield Period(stretch[0][0], stretch[-1][1], span)
    else:
        yield from (Period(first, last, span) for first, last in stretch)


class MeetingReference(NamedTuple):
    """ "At its 1st and 2nd meetings, on 27 June": a set of meetings and the set of days given for them."""

    numbers: tuple[int, ...]
    span: Span
    days: frozenset[date]
    days_span: Span | None
    explicit_year: bool
    passage: int
    start: int
    end: int

    @property
    def place(self) -> Span:
        """The dates where there are any, else the meetings."""
        return self.days_span or self.span


class MeetingCount(NamedTuple):
    """How many meetings the body is said to have held."""

    number: int
    span: Span


class Meetings(NamedTuple):
    """All references to meetings of the session, and the stated count where there is one."""

    references: tuple[MeetingReference, ...] = ()
    counts: tuple[MeetingCount, ...] = ()

    @property
    def highest(self) -> MeetingReference | None:
        """The reference to the meeting with the highest number."""
        return self.highest_within(None)

    def highest_within(self, count: int | None) -> MeetingReference | None:
        """The same among the meetings up to ``count``; of several references the last."""
        possible = (ref for ref in self.references if count is None or max(ref.numbers) <= count)
        return max(possible, key=lambda ref: (max(ref.numbers), ref.span), default=None)

    @property
    def run_through(self) -> bool:
        """Whether meetings are numbered through the years: the lowest number is above the count of the session."""
        numbers = [number for one in self.references for number in one.numbers]
        return bool(numbers and self.counts) and min(numbers) > self.counts[0].number

    def dated(self) -> Iterator[MeetingReference]:
        return (reference for reference in self.references if reference.days)


def meetings(structure: Structure, lexicon: Lexicon, session: Session, title: Title, known: StatedMeeting) -> Meetings:
    """Collect the meetings mentioned. The ordinal of the event itself is none (see the lexicon's ``meetings``).

    A body known from the configuration counts where the title names none.
    """
    references: list[MeetingReference] = []
    counts: list[MeetingCount] = []
    organ = lexicon.phrases("organ")
    names = (title.text, known.body or "")
    body = next((one.group().casefold() for name in names if (one := organ.search(name))), "")
    head = " ".join([*(passage.folded for passage in structure.front()), body]).strip()
    for passage in structure.speaking(lexicon.phrases("meeting"), lexicon.phrases("meeting_count")):
        if passage.role in (Role.FRONT, Role.NOTE):
            continue
        references += _references(passage, lexicon, session, head, body)
        counts += _counts(passage, lexicon)
    return Meetings(tuple(references), tuple(counts))


def _references(
    passage: Passage, lexicon: Lexicon, session: Session, head: str, body: str
) -> Iterator[MeetingReference]:
    """The meetings of a passage. One that is said to be an organ's counts if the title names that organ first."""
    dated, elsewhere = lexicon.phrases("meeting_date"), lexicon.phrases("meeting_elsewhere")
    in_words, resumed = lexicon.section("meetings", "ordinals_in_words"), lexicon.words("meetings", "resumed")
    whose, organ = lexicon.phrases("meeting_of"), lexicon.phrases("organ")
    year: int | None = None  # the last one written in the passage
    for match in lexicon.phrases("meeting").finditer(passage):
        ordinals = match["ordinals"]
        if passage.is_quoted(match.start()) or not (in_words or lexicon.is_in_figures(ordinals)):
            continue
        numbers = tuple(sorted(set(lexicon.read_numbers(ordinals))))
        if not numbers or elsewhere.match_at(passage, match.end()):
            continue
        owner = whose.match_at(passage, match.end())
        named = organ.match_at(passage, owner.start("capitalised")) if owner else None
        if owner and head and (named is None or named.group().casefold() != body):
            continue
        if head and not named and _is_anothers(passage, match.start(), match.end(), lexicon, head):
            continue
        went_on = passage.folded[: match.start()].rstrip().endswith(resumed)
        days, days_span, explicit, end = frozenset[date](), None, False, named.end() if named else match.end()
        when = dated.match_at(passage, end) or _date_before(passage, match.start(), lexicon)
        if when:
            dates = lexicon.dates.read(when["date"])
            if dates and not went_on:
                if named and dates.year not in (None, session.year):
                    continue  # a meeting of an earlier session
                year = dates.year or year
                days, explicit = dates.days(year or session.year), dates.year is not None
                days_span = passage.span(*_without_lead(lexicon, when))
                end = max(end, when.end())
            if elsewhere.match_at(passage, end):
                continue
        yield MeetingReference(
            numbers,
            passage.span(match.start(), match.end()),
            days,
            days_span,
            explicit,
            passage.index,
            match.start(),
            end,
        )


def _date_before(passage: Passage, position: int, lexicon: Lexicon) -> Match | None:
    """The dates in "On 28 June, at its 4th meeting", of which the meeting begins at ``position``."""
    start = max(passage.sentence(position)[0], position - 80)
    for match in lexicon.phrases("meeting_date_before").finditer(passage, start, position):
        if not passage.text[match.end() : position].strip():
            return match
    return None


def _is_anothers(passage: Passage, start: int, end: int, lexicon: Lexicon, head: str) -> bool:
    """Whether an organ that the head of the document does not name is the subject before or after a meeting."""
    organ = lexicon.phrases("organ")
    subject = lexicon.phrases("meeting_subject").match_at(passage, end)
    named = organ.match_at(passage, subject.end()) if subject else None
    if named is None:
        begin = passage.sentence(start)[0]
        behind = passage.folded[subject.end() :].lstrip() if subject else ""
        if behind.split(" ", 1)[0] in lexicon.words("meetings", "pronouns"):
            begin = passage.sentence(max(0, begin - 1))[0]
        before = list(organ.finditer(passage, begin, start))
        named = before[-1] if before else None
    # Small letters: a group of the kind, not an organ by its name.
    return named is not None and named.group()[0].isupper() and named.group().casefold() not in head


def _without_lead(lexicon: Lexicon, match: Match) -> tuple[int, int]:
    """The range of the dates in a match of the date slot, without "on" or "le" before them."""
    start, end = match.span("date")
    lead = lexicon.date_lead.match(match.string, start)
    return (lead.end() if lead else start), end


def _counts(passage: Passage, lexicon: Lexicon) -> Iterator[MeetingCount]:
    elsewhere = lexicon.phrases("meeting_count_elsewhere")
    for match in lexicon.phrases("meeting_count").finditer(passage):
        start, end = passage.sentence(match.start())[0], min(len(passage.text), match.end() + _NEAR)
        if passage.is_quoted(match.start()) or elsewhere.search(passage, start, end):
            continue
        numbers = lexicon.read_numbers(match["number"])
        if numbers:
            yield MeetingCount(numbers[0], passage.span(match.start("number"), match.end()))
