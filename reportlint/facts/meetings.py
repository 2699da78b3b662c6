"""The meetings of the session reported on, and their dates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.owners import Owners
from reportlint.facts.session import Session
from reportlint.facts.written_dates import Calendar
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import Match
from reportlint.structure import Mention, Passage, Role, Structure

_NO_DAYS: frozenset[date] = frozenset()
_COMMAS = 2
_BEFORE = 40  # characters before a meeting, which may say that it is a resumed one
_NEAR = 24  # characters after a number of meetings that may still qualify it


class MeetingReference(NamedTuple):
    """A reference to meetings, with the days given for them ("At its 1st and 2nd meetings, on 27 June").

    ``explicit_year`` is true if the dates contain a year. ``is_resumed`` is true for the resumption of a
    meeting, which may be on a later day, ``is_joint`` for a meeting held jointly with another
    body. ``end`` is the offset in the passage at which the days, or else the reference, ends.
    """

    numbers: tuple[int, ...]
    mention: Mention
    days: frozenset[date]
    days_mention: Mention | None
    explicit_year: bool
    end: int
    is_resumed: bool = False
    is_joint: bool = False

    @property
    def span(self) -> Span:
        return self.mention.span

    @property
    def place(self) -> Span:
        """The span of the dates if there are any, else of the meetings."""
        return (self.days_mention or self.mention).span


class MeetingCount(NamedTuple):
    """A stated number of meetings held."""

    number: int
    mention: Mention

    @property
    def span(self) -> Span:
        return self.mention.span


class InformalMeetings(NamedTuple):
    """The dates stated for the meetings of informal groups of the session, with the year assumed if they have none."""

    dates: Dates
    mention: Mention


class Meetings(NamedTuple):
    """All references to meetings of the session, and the stated numbers of meetings.

    ``closing`` are the references to the meeting that closed the session. ``informal`` are the dates of the meetings
    of informal groups.
    """

    references: tuple[MeetingReference, ...] = ()
    counts: tuple[MeetingCount, ...] = ()
    closing: tuple[MeetingReference, ...] = ()
    informal: tuple[InformalMeetings, ...] = ()

    @property
    def highest(self) -> MeetingReference | None:
        """The reference to the meeting with the highest number."""
        return self.highest_within(None)

    def highest_within(self, count: int | None) -> MeetingReference | None:
        """Return the last reference to the highest meeting not above ``count``; ``None`` means no limit."""
        possible = (ref for ref in self.references if count is None or max(ref.numbers) <= count)
        return max(possible, key=lambda ref: (max(ref.numbers), ref.span), default=None)

    def without_joint(self) -> Meetings:
        """Return the meetings without the references to those that some reference says were held jointly."""
        joint = {number for reference in self.references if reference.is_joint for number in reference.numbers}
        return self._replace(references=tuple(ref for ref in self.references if max(ref.numbers) not in joint))

    def first_in(self, place: Mention) -> MeetingReference | None:
        """Return the first reference that begins in a place."""
        start = (place.passage.index, place.start)
        position = bisect_left(
            self.references, start, key=lambda reference: (reference.mention.passage.index, reference.mention.start)
        )
        reference = self.references[position] if position < len(self.references) else None
        return reference if reference and place.holds(reference.mention) else None

    def last_before(self, place: Mention) -> MeetingReference | None:
        """Return the last reference before a place."""
        position = bisect_left(self.references, place.span, key=lambda reference: reference.span)
        return self.references[position - 1] if position else None

    @property
    def run_through(self) -> bool:
        """Whether the numbering of meetings continues from earlier sessions: the lowest number is above the count."""
        numbers = [number for reference in self.references for number in reference.numbers]
        return bool(numbers and self.counts) and min(numbers) > self.counts[0].number

    def dated(self) -> Iterator[MeetingReference]:
        """Return the references that give days of a meeting, not of its resumption."""
        return (reference for reference in self.references if reference.days and not reference.is_resumed)


def meetings(structure: Structure, lexicon: Lexicon, calendar: Calendar, session: Session, owners: Owners) -> Meetings:
    """Collect the references to meetings of the body that reports.

    The number of the event itself ("the ninth meeting of the Working Group") does not count: see ``meetings`` in the
    lexicon.
    """
    references: list[MeetingReference] = []
    counts: list[MeetingCount] = []
    closing: list[MeetingReference] = []
    informal: list[InformalMeetings] = []
    families = ("meeting", "meeting_count", "informal_meetings")
    for passage in structure.checked_passages(*map(lexicon.phrases, families)):
        if passage.role in (Role.FRONT, Role.NOTE):
            continue
        in_passage = list(_references(passage, lexicon, session, owners))
        if in_passage and not in_passage[-1].days:
            in_passage[-1] = _dated_below(in_passage[-1], structure, calendar)
        references += in_passage
        closed = lexicon.phrases("session_closed")
        closing += [ref for ref in in_passage if closed.search(passage, *passage.sentence(ref.mention.start))]
        counts += _counts(passage, lexicon, owners)
        informal += _informal(passage, lexicon)
    return Meetings(tuple(references), tuple(counts), tuple(closing), tuple(informal))


def _references(passage: Passage, lexicon: Lexicon, session: Session, owners: Owners) -> Iterator[MeetingReference]:
    """Yield the references in a passage."""
    dated, in_words_too = lexicon.phrases("meeting_date"), lexicon.phrases("meeting_in_words")
    joint = lexicon.phrases("meeting_joint")
    in_words, resumed = lexicon.section("meetings", "ordinals_in_words"), lexicon.words("meetings", "resumed")
    year: int | None = None  # the last year given in the passage
    for match in lexicon.phrases("meeting").finditer(passage):
        ordinals = match["ordinals"]
        if passage.is_quoted(match.start()):
            continue
        if not (in_words or lexicon.is_in_figures(ordinals) or in_words_too.match_at(passage, match.start())):
            continue
        numbers = tuple(sorted(set(lexicon.read_numbers(ordinals))))
        owner = owners.of_meeting(passage, match.start(), match.end())
        if not numbers or owner.is_other:
            continue
        resumes = passage.folded[max(0, match.start() - _BEFORE) : match.start()].rstrip().endswith(resumed)
        days, days_mention, explicit, end = _NO_DAYS, None, False, owner.end
        when = (
            dated.match_at(passage, end)
            or _date_after_clause(passage, end, lexicon)
            or _date_before(passage, match.start(), lexicon)
        )
        if when:
            dates = lexicon.dates.read(when["date"])
            if dates:
                if end > match.end() and dates.year not in (None, session.year):
                    continue  # a meeting of an earlier session
                year = dates.year or year
                days, explicit = dates.days(year or session.year), dates.year is not None
                days_mention = Mention(passage, *_without_lead(lexicon, when))
                end = max(end, when.end())
            if end > match.end() and owners.of_meeting(passage, match.start(), end).is_other:
                continue
        yield MeetingReference(
            numbers,
            Mention(passage, *match.span()),
            days,
            days_mention,
            explicit,
            end,
            resumes,
            joint.match_at(passage, owner.end) is not None,
        )


def _dated_below(reference: MeetingReference, structure: Structure, calendar: Calendar) -> MeetingReference:
    """Return a reference with the day that stands alone below it, as under the text of a decision."""
    passage = reference.mention.passage
    below = structure.passages[passage.index + 1 : passage.index + 2]
    if not below or passage.text[reference.end :].strip():
        return reference
    for written in islice(calendar.within(Mention.of(below[0])), 1):
        is_alone = written.words == below[0].text.strip() and not written.dates.has_range
        days = written.dates.days() if is_alone else ()
        if days:
            return reference._replace(days=frozenset(days), days_mention=written.mention, explicit_year=True)
    return reference


def _date_after_clause(passage: Passage, position: int, lexicon: Lexicon) -> Match | None:
    """Return the match of dates after a clause about a meeting: ", held jointly with the Board, on 3 June"."""
    chaired = lexicon.phrases("meeting_date_after_chair").match_at(passage, position)
    if chaired:
        return chaired
    match = lexicon.phrases("meeting_date_after_clause").match_at(passage, position)
    # Two commas enclose the clause; more would leave it.
    return match if match and passage.text.count(",", position, match.start("date")) <= _COMMAS else None


def _date_before(passage: Passage, position: int, lexicon: Lexicon) -> Match | None:
    """Return the match of dates right before a meeting at ``position``: "On 28 June, at its 4th meeting"."""
    start = max(passage.sentence(position)[0], position - 80)
    for match in lexicon.phrases("meeting_date_before").finditer(passage, start, position):
        if not passage.text[match.end() : position].strip():
            return match
    return None


def _without_lead(lexicon: Lexicon, match: Match) -> tuple[int, int]:
    """Return the range of the dates in a match of the date slot, without "on" or "le" before them."""
    start, end = match.span("date")
    lead = lexicon.date_lead.match(match.string, start)
    return (lead.end() if lead else start), end


def _informal(passage: Passage, lexicon: Lexicon) -> Iterator[InformalMeetings]:
    """Yield the dates of meetings of informal groups of the session, not those held between sessions."""
    elsewhere = lexicon.phrases("informal_meetings_elsewhere")
    for match in lexicon.phrases("informal_meetings").finditer(passage):
        start, _ = passage.sentence(match.start())
        dates = lexicon.dates.read(match["date"])
        if dates and not passage.is_quoted(match.start()) and not elsewhere.search(passage, start, match.end()):
            yield InformalMeetings(dates, Mention(passage, *_without_lead(lexicon, match)))


def _counts(passage: Passage, lexicon: Lexicon, owners: Owners) -> Iterator[MeetingCount]:
    elsewhere = lexicon.phrases("meeting_count_elsewhere")
    for match in lexicon.phrases("meeting_count").finditer(passage):
        start, end = passage.sentence(match.start())[0], min(len(passage.text), match.end() + _NEAR)
        if passage.is_quoted(match.start()) or elsewhere.search(passage, start, end):
            continue
        numbers = lexicon.read_numbers(match["number"])
        if numbers and not owners.of_count(passage, match.start()).is_other:
            yield MeetingCount(numbers[0], Mention(passage, match.start("number"), match.end()))
