"""MTG: meetings, their number and their dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.meetings import MeetingReference, Meetings, Session
from reportlint.language.lexicon import Ordinal

_FAR_DAYS = 62
_MANY_OUTSIDE = 4


@check("meetings.count")
def count(meetings: Meetings, session: Session) -> Iterator[Problem]:
    """The number of meetings held against the meetings mentioned."""
    highest = meetings.highest
    if highest is None or not meetings.counts:
        return
    number = max(highest.numbers)
    if min(number for one in meetings.references for number in one.numbers) > meetings.counts[0].number:
        return  # meetings numbered through the years
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


@check("meetings.two_dates")
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


@check("meetings.order")
def order(meetings: Meetings) -> Iterator[Problem]:
    """A later meeting on an earlier day."""
    days: dict[int, tuple[frozenset[date], MeetingReference]] = {}
    for number, references in sorted(_by_meeting(meetings).items()):
        possible = frozenset.intersection(*(reference.days for reference in references))
        if possible:
            narrowest = min(references, key=lambda reference: len(reference.days))
            days[number] = (possible, narrowest)
    latest: tuple[int, date, MeetingReference] | None = None
    for number, (possible, reference) in days.items():
        if latest and max(possible) < latest[1]:
            fields = {
                "meeting": Ordinal(number), "date": max(possible), "other": Ordinal(latest[0]), "other_date": latest[1],
            }  # fmt: skip
            yield Problem(reference.place, fields, related=(Related("other", latest[2].place, fields),))
            continue
        first = min(possible)
        if latest is None or first >= latest[1]:
            latest = (number, first, reference)


@check("meetings.outside_session")
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
        yield Problem(reference.place, fields, related=(Related("session", nearest.span, fields),))


def _years(session: Session) -> set[int]:
    return {period.last.year for period in session.periods}


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day
