"""MTG: meetings, their number and their dates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Span
from reportlint.facts.calendar import Calendar
from reportlint.facts.event import Event
from reportlint.facts.masthead import DocumentKind, Title
from reportlint.facts.meetings import MeetingReference, Meetings, Session
from reportlint.knowledge.registers import States
from reportlint.language.lexicon import Lexicon, Ordinal, Weekday
from reportlint.structure import Role, Structure

_FAR_DAYS = 62
_MANY_OUTSIDE = 4
_MOST_MEETINGS = 200
_LEAP_YEAR = 2000
_LAST_IN_WORDS = 100
_T = TypeVar("_T")


@check("meetings.count", variants=("fewer", "more"), fields=("count", "meeting"), related=("reference",))
def count(meetings: Meetings, session: Session) -> Iterator[Problem]:
    """The number of meetings held against the meetings mentioned."""
    highest = meetings.highest
    if highest is None or not meetings.counts or meetings.run_through:
        return
    number = max(highest.numbers)
    stated = meetings.counts[0]
    if len({one.number for one in meetings.counts}) > 1:
        return  # parts of a resumed session, counted apart
    fields = {"count": stated.number, "meeting": Ordinal(number)}
    related = (Related("reference", highest.span, fields),)
    if number > stated.number:
        yield Problem(stated.span, fields, "more", related)
    elif number < stated.number and _is_last(highest, meetings, session):
        yield Problem(stated.span, fields, "fewer", related)


def _is_last(highest: MeetingReference, meetings: Meetings, session: Session) -> bool:
    """Whether the highest meeting mentioned must be the last: it closed the session, or most are mentioned."""
    last = max((period.last for period in session.periods), default=None)
    mentioned = {number for reference in meetings.references for number in reference.numbers}
    return (last is not None and last in highest.days) or len(mentioned) * 2 > max(highest.numbers)


@check("meetings.two_dates", fields=("date", "meeting", "other"), related=("other",))
def two_dates(meetings: Meetings) -> Iterator[Problem]:
    """One meeting, two dates. Sets are compared as sets: "1st to 3rd meetings, on 27 and 28 June" gives each of
    the three one of the two days."""
    for number, references in _by_meeting(meetings).items():
        possible: frozenset[date] | None = None
        for reference in references:
            possible = reference.days if possible is None else possible & reference.days
            if not possible:
                yield _conflict(number, references)
                break


def _by_meeting(meetings: Meetings) -> dict[int, list[MeetingReference]]:
    found: dict[int, list[MeetingReference]] = defaultdict(list)
    for reference in meetings.dated():
        for number in reference.numbers:
            found[number].append(reference)
    return found


def _conflict(number: int, references: list[MeetingReference]) -> Problem:
    """The reference that agrees with the fewest others stands out; of equals, the later."""

    def agreement(reference: MeetingReference) -> int:
        return sum(bool(reference.days & other.days) for other in references)

    odd = min(reversed(references), key=agreement)
    others = [other for other in references if not odd.days & other.days]
    fields = {"meeting": Ordinal(number), "date": sorted(odd.days), "other": sorted(others[0].days)}
    related = tuple(
        Related(
            "other", other.place, {"meeting": Ordinal(number), "other": sorted(other.days), "date": sorted(other.days)}
        )
        for other in others
    )
    return Problem(odd.place, fields, related=related)


@check("meetings.order", fields=("date", "meeting", "other", "other_date"), related=("other",))
def order(meetings: Meetings) -> Iterator[Problem]:
    """A later meeting on an earlier day. Of the meetings that cannot all be in order the fewest are named, those of
    one place together."""
    found: list[_Dated] = []
    for number, references in sorted(_by_meeting(meetings).items()):
        possible = frozenset.intersection(*(reference.days for reference in references))
        if possible:
            narrowest = min(references, key=lambda reference: len(reference.days))
            found.append(_Dated(number, min(possible), max(possible), narrowest))
    kept = _in_order(found[:_MOST_MEETINGS])
    told: set[Span] = set()
    for one in found[:_MOST_MEETINGS]:
        if one in kept or one.reference.place in told:
            continue
        told.add(one.reference.place)
        other = next((each for each in kept if not _fits(min(one, each), max(one, each))), None)
        if other:
            fields = {
                "meeting": Ordinal(one.number),
                "date": one.last,
                "other": Ordinal(other.number),
                "other_date": other.first,
            }
            yield Problem(one.reference.place, fields, related=(Related("other", other.reference.place, fields),))


@dataclass(frozen=True, order=True)
class _Dated:
    """A meeting with the days that it can have been held on."""

    number: int
    first: date
    last: date
    reference: MeetingReference = field(compare=False)


def _fits(earlier: _Dated, later: _Dated) -> bool:
    return earlier.first <= later.last


def _in_order(meetings: Sequence[_Dated]) -> list[_Dated]:
    """The most meetings that can be in order, each after all before it; of equals the earlier ones."""
    chains: list[list[_Dated]] = []
    for one in meetings:
        before = max((chain for chain in chains if _fits(max(chain, key=_first), one)), key=len, default=[])
        chains.append([*before, one])
    return max(chains, key=len, default=[])


def _first(one: _Dated) -> date:
    return one.first


@check("meetings.outside_session", fields=("date", "end", "start"), related=("session",))
def outside_session(meetings: Meetings, session: Session) -> Iterator[Problem]:
    """A meeting dated outside the session. A meeting with another year months away belongs to another event."""
    if not session.periods:
        return
    away = {number for one in meetings.dated() if not any(map(session.holds, one.days)) for number in one.numbers}
    if len(away) >= _MANY_OUTSIDE:
        return  # the session was resumed, or it is the dates of the session that are wrong
    for reference in meetings.dated():
        outside = sorted(day for day in reference.days if not session.holds(day))
        if not outside:
            continue
        day = outside[0]
        nearest = session.nearest(day)
        if nearest is None:
            continue
        distance = min(abs((day - nearest.first).days), abs((day - nearest.last).days))
        same_day = any(session.holds(_in_year(day, year)) for year in _years(session))
        if reference.explicit_year and distance > _FAR_DAYS and not same_day:
            continue
        fields = {"date": day, "start": nearest.first, "end": nearest.last}
        related = (Related("session", nearest.span, fields),) if nearest.span else ()
        yield Problem(reference.place, fields, related=related)


def _years(session: Session) -> set[int]:
    return {period.last.year for period in session.periods}


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day


@check("meetings.weekday", fields=("date", "right", "weekday"))
def weekday(calendar: Calendar, session: Session) -> Iterator[Problem]:
    """A day of the week that is not that of the date. Where no year is written, only days of the session are sure."""
    for written in calendar.written:
        for day in written.dates.days_named:
            if day.weekday is None:
                continue
            when = day.in_year(session.year)
            if when is None or when.weekday() == day.weekday or not (day.year or session.holds(when)):
                continue
            if day.year is None and written.before not in (None, session.year):
                continue  # "2015: Monday, 1 June"
            yield Problem(
                written.span, {"date": when, "weekday": Weekday(day.weekday), "right": Weekday(when.weekday())}
            )


@check("meetings.impossible_date", variants=("day", "range"), fields=("last", "words"))
def impossible_date(calendar: Calendar) -> Iterator[Problem]:
    """A day that the calendar does not have, or a range that ends before it begins."""
    for written in calendar.written:
        wrong = next((day for day in written.dates.days_named if not day.exists), None)
        if wrong:
            from calendar import monthrange  # noqa: PLC0415 - a rare mistake

            last = monthrange(wrong.year or _LEAP_YEAR, wrong.month)[1]
            yield Problem(written.span, {"words": written.words, "last": last}, "day")
        elif written.dates.backwards:
            yield Problem(written.span, {"words": written.words}, "range")


@check("meetings.ordinal_form", variants=("ending", "figures"), fields=("right", "words"), related=("other",))
def ordinal_form(structure: Structure, lexicon: Lexicon, title: Title) -> Iterator[Problem]:
    """An ordinal in figures with a wrong ending. Numbers of sessions in figures, where the head of the report names the
    session, are told once."""
    if title.kind is not DocumentKind.REPORT:
        return
    for passage in structure.speaking():
        for match in lexicon.figures_with_suffix.finditer(passage.text):
            value = int(match["number"])
            if passage.is_quoted(match.start()) or lexicon.may_end(value, match["suffix"]):
                continue
            right, span = lexicon.format_ordinal(value), passage.span(match.start(), match.end())
            ending = right.removeprefix(match["number"])
            # Where several endings are right, the gender decides.
            safe = str(value) not in lexicon.section("formats", "ordinals_also")
            fix = FixWords(passage.span(match.start("suffix"), match.end("suffix")), ending, safe)
            yield Problem(span, {"words": match.group(), "right": right}, "ending", fix=fix)
    places = list(_sessions_in_figures(structure, lexicon))
    if places:
        first, *others = places
        yield Problem(first[0], {"words": first[1]}, "figures", tuple(Related("other", span) for span, _ in others))


def _sessions_in_figures(structure: Structure, lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
    named, family = lexicon.phrases("session_named"), lexicon.phrases("session_in_figures")
    if not any(named.search(passage) for passage in structure.front()):
        return
    for passage in structure.speaking(family):
        if passage.role not in (Role.FRONT, Role.HEADING, Role.PARAGRAPH):
            continue  # tables, notes and lists are short of room
        for match in family.finditer(passage):
            numbers = lexicon.read_numbers(match["ordinals"])
            in_figures = lexicon.is_in_figures(match["ordinals"]) and numbers and max(numbers) <= _LAST_IN_WORDS
            if in_figures and not passage.is_quoted(match.start()):
                yield passage.span(match.start(), match.end()), match.group()


@check(
    "meetings.session_ordinal",
    variants=("configured", "differs", "earlier"),
    fields=("count", "ordinal", "other"),
    related=("other",),
)
def session_ordinal(event: Event) -> Iterator[Problem]:
    """The number of the session reported on differs between masthead, title and text, or from the number of sessions
    held before."""
    stated = [one.ordinal for one in event.statements if one.ordinal]
    if not stated:
        return
    right = _usual([value for value, _ in stated])
    witness = next(one for one in stated if one[0] == right)
    for value, span in stated:
        if span and value != right:
            fields = {"ordinal": Ordinal(value), "other": Ordinal(right)}
            yield Problem(span, fields, "differs" if witness[1] else "configured", _witnessed(witness[1], fields))
    if event.earlier and event.earlier[0] + 1 != right:
        told = {"count": event.earlier[0], "ordinal": Ordinal(right)}
        yield Problem(event.earlier[1], told, "earlier", _witnessed(witness[1], told))


@check(
    "meetings.place_and_dates",
    variants=("dates", "dates_configured", "place", "place_configured"),
    fields=("end", "other", "other_end", "other_start", "place", "start"),
    related=("other",),
)
def place_and_dates(event: Event, states: States, lexicon: Lexicon) -> Iterator[Problem]:
    """Masthead, title and text give different days, or different towns, for the session reported on."""
    days = [one.days for one in event.statements if one.days]
    if days:
        usual = _usual([(first, last) for first, last, _ in days])
        witness = next(span for first, last, span in days if (first, last) == usual)
        for first, last, span in days:
            if span and (first, last) != usual:
                fields = {"start": first, "end": last, "other_start": usual[0], "other_end": usual[1]}
                yield Problem(span, fields, "dates" if witness else "dates_configured", _witnessed(witness, fields))
    places = [one.place for one in event.statements if one.place]
    places = [place for place in places if not any(states.find(_first_part(place[0]), lexicon.code))]
    if places:
        town = _usual([_first_part(name) for name, _ in places])
        other, witness = next(place for place in places if _first_part(place[0]) == town)
        # A State or the town itself may stand behind a comma.
        words = set(re.findall(r"\w+", other.casefold()))
        for name, span in places:
            if span and words.isdisjoint(re.findall(r"\w+", name.casefold())):
                place = {"place": name, "other": other}
                yield Problem(span, place, "place" if witness else "place_configured", _witnessed(witness, place))


def _witnessed(span: Span | None, fields: Mapping[str, object]) -> tuple[Related, ...]:
    """The other indication; that of the configuration stands nowhere in the draft."""
    return (Related("other", span, fields),) if span else ()


def _first_part(place: str) -> str:
    return place.partition(",")[0]


def _usual(values: Sequence[_T]) -> _T:
    """The value stated most often; of equals the first."""
    return max(values, key=values.count)
