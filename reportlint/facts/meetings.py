"""The session reported on, its meetings and their dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.masthead import Masthead, Title, front_lines
from reportlint.knowledge.house_data import StatedMeeting
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import Match
from reportlint.structure import Passage, Role, Structure

_MONTH = 31
_NEAR = 24  # characters after a number of meetings that may still qualify it


class Period(NamedTuple):
    """A period stated for the session. ``span`` is ``None`` if it comes from the configuration."""

    first: date
    last: date
    span: Span | None


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


def session(structure: Structure, lexicon: Lexicon, masthead: Masthead, known: StatedMeeting) -> Session:
    """Collect the dates of the session from the masthead, the title and the sentences that say when it was held.

    Dates from the configuration count if the draft states none.
    """
    stated: list[Period] = []
    for dates, span in masthead.event:
        stated += _periods(dates, None, span)
    family = lexicon.phrases("session_held")
    for passage, start, end in front_lines(structure):
        line = passage.text[start:end]
        for match in family.finditer(line):
            stated += _stated_periods(match, start, passage, lexicon, masthead)
    count_in_head = len(stated)
    meeting = lexicon.phrases("meeting")
    for passage in structure.checked_passages(family):
        if passage.role in (Role.FRONT, Role.NOTE):
            continue
        matches = [match for match in family.finditer(passage) if not passage.is_quoted(match.start())]
        meeting_spans = [match.span() for match in meeting.finditer(passage)] if matches else []
        for match in matches:
            # "The 2nd meeting was held on 16 April" states the date of a meeting, not of the session.
            if not any(start <= match.start() < end for start, end in meeting_spans) or lexicon.section(
                "meetings", "ordinals_in_words"
            ):
                stated += _stated_periods(match, 0, passage, lexicon, masthead)
    if known.dates and not stated:
        stated.append(Period(*known.dates, None))
    # The head of the document takes precedence: the text mentions other sessions too.
    in_head = [period.last.year for period in stated[:count_in_head]]
    years = Counter(in_head or [period.last.year for period in stated]).most_common(1)
    # A period stated several times is kept once, at its first place.
    unique = tuple({(period.first, period.last): period for period in reversed(stated)}.values())[::-1]
    return Session(unique, years[0][0] if years else None)


def _stated_periods(
    match: Match, shift: int, passage: Passage, lexicon: Lexicon, masthead: Masthead
) -> Iterator[Period]:
    """Yield the periods of a match of ``session_held``.

    The text matched begins ``shift`` characters into the text of the passage.
    """
    dates = lexicon.dates.read(match["date"])
    if dates:
        span = passage.span(shift + match.start("date"), shift + match.end("date"))
        yield from _periods(dates, masthead.date.year if masthead.date else None, span)


def _periods(dates: Dates, year: int | None, span: Span) -> Iterator[Period]:
    periods = dates.periods(year)
    if periods and all(first == last for first, last in periods) and (periods[-1][1] - periods[0][0]).days < _MONTH:
        # "27 and 28 June": the session lasted from the first day to the last.
        yield Period(periods[0][0], periods[-1][1], span)
    else:
        yield from (Period(first, last, span) for first, last in periods)


class MeetingReference(NamedTuple):
    """A reference to meetings, with the days given for them ("At its 1st and 2nd meetings, on 27 June").

    ``explicit_year`` is true if the dates contain a year. ``start`` and ``end`` are offsets in the passage.
    """

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
        """The span of the dates if there are any, else of the meetings."""
        return self.days_span or self.span


class MeetingCount(NamedTuple):
    """A stated number of meetings held."""

    number: int
    span: Span


class Meetings(NamedTuple):
    """All references to meetings of the session, and the stated numbers of meetings."""

    references: tuple[MeetingReference, ...] = ()
    counts: tuple[MeetingCount, ...] = ()

    @property
    def highest(self) -> MeetingReference | None:
        """The reference to the meeting with the highest number."""
        return self.highest_within(None)

    def highest_within(self, count: int | None) -> MeetingReference | None:
        """Return the last reference to the highest meeting not above ``count``; ``None`` means no limit."""
        possible = (ref for ref in self.references if count is None or max(ref.numbers) <= count)
        return max(possible, key=lambda ref: (max(ref.numbers), ref.span), default=None)

    @property
    def run_through(self) -> bool:
        """Whether the numbering of meetings continues from earlier sessions: the lowest number is above the count."""
        numbers = [number for reference in self.references for number in reference.numbers]
        return bool(numbers and self.counts) and min(numbers) > self.counts[0].number

    def dated(self) -> Iterator[MeetingReference]:
        """Return the references that give days."""
        return (reference for reference in self.references if reference.days)


def meetings(structure: Structure, lexicon: Lexicon, session: Session, title: Title, known: StatedMeeting) -> Meetings:
    """Collect the references to meetings.

    The number of the event itself ("the ninth meeting of the Working Group") does not count: see ``meetings`` in the
    lexicon. The body comes from the configuration if the title names none.
    """
    references: list[MeetingReference] = []
    counts: list[MeetingCount] = []
    organ = lexicon.phrases("organ")
    names = (title.text, known.body or "")
    body = next((match.group().casefold() for name in names if (match := organ.search(name))), "")
    head = " ".join([*(passage.folded for passage in structure.front()), body]).strip()
    for passage in structure.checked_passages(lexicon.phrases("meeting"), lexicon.phrases("meeting_count")):
        if passage.role in (Role.FRONT, Role.NOTE):
            continue
        references += _references(passage, lexicon, session, head, body)
        counts += _counts(passage, lexicon)
    return Meetings(tuple(references), tuple(counts))


def _references(
    passage: Passage, lexicon: Lexicon, session: Session, head: str, body: str
) -> Iterator[MeetingReference]:
    """Yield the references in a passage.

    A meeting attributed to an organ counts only if that organ is the first one in the title.
    """
    dated, elsewhere = lexicon.phrases("meeting_date"), lexicon.phrases("meeting_elsewhere")
    in_words, resumed = lexicon.section("meetings", "ordinals_in_words"), lexicon.words("meetings", "resumed")
    meeting_of, organ = lexicon.phrases("meeting_of"), lexicon.phrases("organ")
    year: int | None = None  # the last year given in the passage
    for match in lexicon.phrases("meeting").finditer(passage):
        ordinals = match["ordinals"]
        if passage.is_quoted(match.start()) or not (in_words or lexicon.is_in_figures(ordinals)):
            continue
        numbers = tuple(sorted(set(lexicon.read_numbers(ordinals))))
        if not numbers or elsewhere.match_at(passage, match.end()):
            continue
        owner = meeting_of.match_at(passage, match.end())
        named = organ.match_at(passage, owner.start("capitalised")) if owner else None
        if owner and head and (named is None or named.group().casefold() != body):
            continue
        if head and not named and _is_of_other_organ(passage, match.start(), match.end(), lexicon, head):
            continue
        resumes = passage.folded[: match.start()].rstrip().endswith(resumed)
        days, days_span, explicit, end = frozenset[date](), None, False, named.end() if named else match.end()
        when = dated.match_at(passage, end) or _date_before(passage, match.start(), lexicon)
        if when:
            dates = lexicon.dates.read(when["date"])
            if dates and not resumes:
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
    """Return the match of dates right before a meeting at ``position``: "On 28 June, at its 4th meeting"."""
    start = max(passage.sentence(position)[0], position - 80)
    for match in lexicon.phrases("meeting_date_before").finditer(passage, start, position):
        if not passage.text[match.end() : position].strip():
            return match
    return None


def _is_of_other_organ(passage: Passage, start: int, end: int, lexicon: Lexicon, head: str) -> bool:
    """Return whether the subject before or after a meeting is an organ not named in the head of the document."""
    organ = lexicon.phrases("organ")
    subject = lexicon.phrases("meeting_subject").match_at(passage, end)
    named = organ.match_at(passage, subject.end()) if subject else None
    if named is None:
        begin = passage.sentence(start)[0]
        after = passage.folded[subject.end() :].lstrip() if subject else ""
        if after.split(" ", 1)[0] in lexicon.words("meetings", "pronouns"):
            begin = passage.sentence(max(0, begin - 1))[0]
        before = list(organ.finditer(passage, begin, start))
        named = before[-1] if before else None
    # Lower case means a group of that kind, not a named organ.
    return named is not None and named.group()[0].isupper() and named.group().casefold() not in head


def _without_lead(lexicon: Lexicon, match: Match) -> tuple[int, int]:
    """Return the range of the dates in a match of the date slot, without "on" or "le" before them."""
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
