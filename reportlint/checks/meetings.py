"""MTG: meetings, their number and their dates."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from reportlint.checks.plain_words import plain_span
from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Source, Span
from reportlint.facts.adoption import Adoptions
from reportlint.facts.completeness import Completeness
from reportlint.facts.document_dates import DocumentDate
from reportlint.facts.event import Event
from reportlint.facts.meetings import MeetingReference, Meetings
from reportlint.facts.session import Session
from reportlint.facts.written_dates import Calendar
from reportlint.knowledge.registers import States
from reportlint.language.lexicon import Lexicon, Ordinal, Weekday
from reportlint.structure import Mention, Role, Structure

_FAR_DAYS = 62
_MANY_OUTSIDE = 4
_MOST_MEETINGS = 200
_LEAP_YEAR = 2000
_FEWEST_MENTIONED = 3
_FIRST_YEAR, _CENTURY = 1600, 100
_LAST_IN_WORDS = 100
_T = TypeVar("_T")


@check("meetings.count", variants=("fewer", "more"), fields=("count", "meeting"), related=("reference",))
def count(meetings: Meetings, adoptions: Adoptions, completeness: Completeness) -> Iterator[Problem]:
    """Report a stated number of meetings that does not agree with the highest meeting mentioned.

    A number below the one stated contradicts it if that meeting adopted the report or closed the session: the last
    meeting need not be named, or not by its number. Where the text speaks of neither, it contradicts it if every
    meeting up to that number is mentioned. A draft may still get further meetings.
    """
    highest = meetings.highest
    if highest is None or not meetings.counts or meetings.run_through:
        return
    number = max(highest.numbers)
    stated = meetings.counts[0]
    if len({count.number for count in meetings.counts}) > 1:
        return  # parts of a resumed session, counted separately
    fields = {"count": stated.number, "meeting": Ordinal(number)}
    related = (Related("reference", highest.span, fields),)
    if number > stated.number:
        yield Problem(stated.span, fields, "more", related)
    elif completeness.is_complete and number < stated.number and _is_last(number, meetings, adoptions):
        yield Problem(stated.span, fields, "fewer", related)


def _is_last(number: int, meetings: Meetings, adoptions: Adoptions) -> bool:
    """Return whether a meeting was the last: it adopted the report or closed the session.

    If the text speaks of neither, all meetings up to it are mentioned.
    """
    adoption = adoptions.adoption
    if adoption is None and not meetings.closing:
        mentioned = {value for reference in meetings.references for value in reference.numbers}
        return number >= _FEWEST_MENTIONED and len(mentioned) == number
    adopted = adoption.meeting or adoption.before if adoption else None
    return any(number in reference.numbers for reference in (*meetings.closing, *([adopted] if adopted else [])))


@check("meetings.two_dates", fields=("date", "meeting", "other"), related=("other",))
def two_dates(meetings: Meetings) -> Iterator[Problem]:
    """Report a meeting with two dates.

    Several days are possible for each of several meetings: "1st to 3rd meetings, on 27 and 28 June" gives each of the
    three meetings one of the two days.
    """
    for number, references in _by_meeting(meetings).items():
        possible: frozenset[date] | None = None
        for reference in references:
            possible = reference.days if possible is None else possible & reference.days
            if not possible:
                yield _conflict(number, references)
                break


def _by_meeting(meetings: Meetings) -> dict[int, list[MeetingReference]]:
    """Return the dated references to each meeting, by number."""
    by_number: dict[int, list[MeetingReference]] = defaultdict(list)
    for reference in meetings.dated():
        for number in reference.numbers:
            by_number[number].append(reference)
    return by_number


def _conflict(number: int, references: list[MeetingReference]) -> Problem:
    """Return the problem at the reference that agrees with the fewest others, or the later of equals."""

    counts = Counter(reference.days for reference in references)
    by_day: dict[date, list[frozenset[date]]] = defaultdict(list)
    for days in counts:
        for day in days:
            by_day[day].append(days)
    # The number of references that agree with each: the days of many are the same.
    agreement = {
        days: sum(counts[other] for other in {other for day in days for other in by_day[day]}) for days in counts
    }
    odd = min(reversed(references), key=lambda reference: agreement[reference.days])
    others = [other for other in references if not odd.days & other.days]
    fields = {"meeting": Ordinal(number), "date": sorted(odd.days), "other": sorted(others[0].days)}
    # The fields of many places are the same.
    fields_on = {
        days: {"meeting": Ordinal(number), "other": sorted(days), "date": sorted(days)}
        for days in {other.days for other in others}
    }
    related = tuple(Related("other", other.place, fields_on[other.days]) for other in others)
    return Problem(odd.place, fields, related=related)


@check("meetings.order", fields=("date", "meeting", "other", "other_date"), related=("other",))
def order(meetings: Meetings) -> Iterator[Problem]:
    """Report a later meeting on an earlier day.

    If several meetings cannot all be in order, as few as possible are reported, and only one at each place.
    """
    dated: list[_Dated] = []
    for number, references in sorted(_by_meeting(meetings).items()):
        possible = frozenset.intersection(*(reference.days for reference in references))
        if possible:
            narrowest = min(references, key=lambda reference: len(reference.days))
            dated.append(_Dated(number, min(possible), max(possible), narrowest))
    dated = dated[:_MOST_MEETINGS]
    kept = _in_order(dated)
    reported: set[Span] = set()
    for meeting in dated:
        place = meeting.reference.place
        if meeting in kept or place in reported:
            continue
        reported.add(place)
        other = next((other for other in kept if not _fits(min(meeting, other), max(meeting, other))), None)
        if other:
            fields = {
                "meeting": Ordinal(meeting.number),
                "date": meeting.last,
                "other": Ordinal(other.number),
                "other_date": other.first,
            }
            yield Problem(place, fields, related=(Related("other", other.reference.place, fields),))


@dataclass(frozen=True, order=True)
class _Dated:
    """A meeting with the first and the last day on which it can have been held."""

    number: int
    first: date
    last: date
    reference: MeetingReference = field(compare=False)


def _fits(earlier: _Dated, later: _Dated) -> bool:
    return earlier.first <= later.last


def _in_order(meetings: Sequence[_Dated]) -> list[_Dated]:
    """Return the most meetings that are in order of number and date; of equal choices, the one found first."""
    chains: list[list[_Dated]] = []
    for meeting in meetings:
        before = max((chain for chain in chains if _fits(max(chain, key=_first), meeting)), key=len, default=[])
        chains.append([*before, meeting])
    return max(chains, key=len, default=[])


def _first(meeting: _Dated) -> date:
    return meeting.first


@check("meetings.outside_session", fields=("date", "end", "start"), related=("session",))
def outside_session(meetings: Meetings, session: Session) -> Iterator[Problem]:
    """Report a meeting dated outside the session.

    A meeting whose date is more than two months away and written with its year belongs to another event. Dates of
    informal groups count if another month would put them into the session.
    """
    if not session.periods:
        return
    yield from _informal_outside(meetings, session)
    away = {
        number
        for reference in meetings.dated()
        if not any(map(session.holds, reference.days))
        for number in reference.numbers
    }
    if len(away) >= _MANY_OUTSIDE:
        return  # the session was resumed, or the dates of the session are wrong
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


def _informal_outside(meetings: Meetings, session: Session) -> Iterator[Problem]:
    for informal in meetings.informal:
        days = [day for period in informal.dates.periods(session.year) for day in period]
        nearest = session.nearest(days[0]) if days else None
        if nearest is None or any(map(session.holds, days)):
            continue
        moved = [_in_month(day, nearest.first) for day in days]
        if all(day and session.holds(day) for day in moved):
            fields = {"date": days[0], "start": nearest.first, "end": nearest.last}
            related = (Related("session", nearest.span, fields),) if nearest.span else ()
            yield Problem(informal.mention.span, fields, related=related)


def _in_month(day: date, other: date) -> date | None:
    """Return the day with the month and year of another day; ``None`` if there is no such day."""
    try:
        return day.replace(year=other.year, month=other.month)
    except ValueError:
        return None


def _years(session: Session) -> set[int]:
    return {period.last.year for period in session.periods}


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return day


@check("meetings.weekday", fields=("date", "right", "weekday"))
def weekday(calendar: Calendar, session: Session) -> Iterator[Problem]:
    """Report a day of the week that does not match the date.

    A date without a year counts within the session, or if another year is mentioned before it and it is wrong in both.
    """
    for written in calendar.written:
        for day in written.dates.days_named:
            if day.weekday is None:
                continue
            when = day.in_year(written.before or session.year)
            if when is None or when.weekday() == day.weekday:
                continue
            if day.year is None and written.before in (None, session.year) and not session.holds(when):
                continue
            # The year mentioned before may have nothing to do with the date.
            in_session = day.in_year(session.year)
            if in_session and in_session.weekday() == day.weekday:
                continue
            fields = {"date": when, "weekday": Weekday(day.weekday), "right": Weekday(when.weekday())}
            yield Problem(written.span, fields)


@check("meetings.impossible_date", variants=("day", "range", "year"), fields=("last", "words"))
def impossible_date(calendar: Calendar, issued: DocumentDate) -> Iterator[Problem]:
    """Report a date that does not exist, a range of dates that ends before it begins, or a year that cannot be meant.

    Texts cite treaties of earlier centuries, but nothing before 1600 or more than a century after their own date.
    """
    for written in calendar.written:
        wrong = next((day for day in written.dates.days_named if not day.exists), None)
        if wrong:
            from calendar import monthrange  # noqa: PLC0415 - rarely needed

            last = monthrange(wrong.year or _LEAP_YEAR, wrong.month)[1]
            yield Problem(written.span, {"words": written.words, "last": last}, "day")
        elif written.dates.backwards:
            yield Problem(written.span, {"words": written.words}, "range")
        elif issued.day and any(
            day.year is not None and not _FIRST_YEAR <= day.year <= issued.day.year + _CENTURY
            for day in written.dates.days_named
        ):
            yield Problem(written.span, {"words": written.words}, "year")


@check("meetings.ordinal_form", variants=("ending", "figures"), fields=("right", "words"), related=("other",))
def ordinal_form(structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Report ordinals in figures with a wrong ending, and once, the numbers of sessions in figures.

    Numbers of sessions are checked only if the head of the report names the session. One with a wrong ending is
    reported for its ending only.
    """
    reported: set[int] = set()
    for passage in structure.checked_passages_with(lexicon.figures_with_suffix):
        for match in lexicon.figures_with_suffix.finditer(passage.text):
            value = int(match["number"])
            if passage.is_quoted(match.start()) or lexicon.may_end(value, match["suffix"]):
                continue
            span = passage.span(match.start(), match.end())
            reported.add(span.start)
            # If several endings are possible, the right one depends on the gender.
            ending, safe = lexicon.right_suffix(value, match["suffix"])
            fix = FixWords(passage.span(match.start("suffix"), match.end("suffix")), ending, safe)
            yield Problem(span, {"words": match.group(), "right": f"{match['number']}{ending}"}, "ending", fix=fix)
    places = [place for place in _sessions_in_figures(structure, lexicon) if place.whole.span.start not in reported]
    if places:
        first, *others = places
        related = tuple(Related("other", place.whole.span) for place in others)
        edits = [place.in_words(structure.document.source, lexicon) for place in places]
        whole = [edit for edit in edits if edit]
        fixed = whole[0]._replace(also=tuple(whole[1:])) if len(whole) == len(edits) else None
        yield Problem(first.whole.span, {"words": first.whole.text}, "figures", related, fix=fixed)


class _SessionInFigures(NamedTuple):
    """The number of a session in figures, with the word for it, and its ordinal alone."""

    whole: Mention
    ordinal: Mention

    def in_words(self, source: Source, lexicon: Lexicon) -> FixWords | None:
        """Return the replacement of the ordinal by its word; ``None`` if it has no single word, or markup in it."""
        numbers = lexicon.read_numbers(self.ordinal.text)
        word = lexicon.ordinal_word(numbers[0]) if numbers and len(numbers) == 1 else None
        span = plain_span(self.ordinal, source)
        return FixWords(span, word, safe=False) if word and span else None


def _sessions_in_figures(structure: Structure, lexicon: Lexicon) -> Iterator[_SessionInFigures]:
    named, family = lexicon.phrases("session_named"), lexicon.phrases("session_in_figures")
    if not any(named.search(passage) for passage in structure.front()):
        return
    for passage in structure.checked_passages_with(lexicon.ordinal_in_figures):
        if passage.role not in (Role.FRONT, Role.HEADING, Role.PARAGRAPH):
            continue  # tables, notes and lists may use figures to save space
        for match in family.finditer(passage):
            numbers = lexicon.read_numbers(match["ordinals"])
            in_figures = lexicon.is_in_figures(match["ordinals"]) and numbers and max(numbers) <= _LAST_IN_WORDS
            if in_figures and not passage.is_quoted(match.start()):
                yield _SessionInFigures(Mention(passage, *match.span()), Mention(passage, *match.span("ordinals")))


@check(
    "meetings.session_ordinal",
    variants=("configured", "differs", "earlier"),
    fields=("count", "expected", "ordinal", "other"),
    related=("other",),
)
def session_ordinal(event: Event) -> Iterator[Problem]:
    """Report a session number that differs between masthead, title and text, or from the number of earlier sessions."""
    stated = [statement.ordinal for statement in event.statements if statement.ordinal]
    if not stated:
        return
    usual = _usual([value for value, _ in stated])
    witness = next(mention for value, mention in stated if value == usual)
    for value, mention in stated:
        if mention and value != usual:
            fields = {"ordinal": Ordinal(value), "other": Ordinal(usual)}
            yield Problem(mention.span, fields, "differs" if witness else "configured", _witnessed(witness, fields))
    earlier = event.earlier
    if earlier and usual - earlier.number != 1 and not (earlier.may_include_it and earlier.number == usual):
        counts = {"count": earlier.number, "expected": usual - 1, "ordinal": Ordinal(usual)}
        yield Problem(earlier.span, counts, "earlier", _witnessed(witness, counts))


@check(
    "meetings.place_and_dates",
    variants=("closed", "dates", "dates_configured", "opened", "place", "place_configured"),
    fields=("date", "end", "other", "other_end", "other_start", "place", "start"),
    related=("other",),
)
def place_and_dates(event: Event, session: Session, states: States, lexicon: Lexicon) -> Iterator[Problem]:
    """Report days or a place of the session that differ between masthead, title and text.

    The day on which the session was opened or closed must be the first or last day of one of the periods stated.
    """
    days = [statement.days for statement in event.statements if statement.days]
    if days:
        yield from _ends(event, session, days)
        usual = _usual([(first, last) for first, last, _ in days])
        witness = next(mention for first, last, mention in days if (first, last) == usual)
        for first, last, mention in days:
            if mention and (first, last) != usual:
                fields = {"start": first, "end": last, "other_start": usual[0], "other_end": usual[1]}
                yield Problem(
                    mention.span, fields, "dates" if witness else "dates_configured", _witnessed(witness, fields)
                )
    places = [statement.place for statement in event.statements if statement.place]
    places = [place for place in places if not any(states.find(_first_part(place[0]), lexicon.code))]
    if places:
        town = _usual([_first_part(name) for name, _ in places])
        other, witness = next(place for place in places if _first_part(place[0]) == town)
        # A State or the town itself may follow a comma.
        words = set(re.findall(r"\w+", other.casefold()))
        for name, mention in places:
            if mention and words.isdisjoint(re.findall(r"\w+", name.casefold())):
                names = {"place": name, "other": other}
                yield Problem(
                    mention.span, names, "place" if witness else "place_configured", _witnessed(witness, names)
                )


def _ends(event: Event, session: Session, days: Sequence[tuple[date, date, Mention | None]]) -> Iterator[Problem]:
    first, last, witness = days[0]
    here = [mention.span for _, mention in (*event.opened, *event.closed)]
    periods = [period for period in session.periods if not any(period.span and period.span.overlaps(at) for at in here)]
    starts = {start for start, _, _ in days} | {period.first for period in periods}
    ends = {end for _, end, _ in days} | {period.last for period in periods}
    for variant, stated, right in (("opened", event.opened, starts), ("closed", event.closed, ends)):
        for day, mention in stated:
            if day not in right:
                fields = {"date": day, "start": first, "end": last}
                yield Problem(mention.span, fields, variant, _witnessed(witness, fields))


def _witnessed(other: Mention | None, fields: Mapping[str, object]) -> tuple[Related, ...]:
    """Return the related place of the other statement, which is ``None`` if it comes from the configuration."""
    return (Related("other", other.span, fields),) if other else ()


def _first_part(place: str) -> str:
    return place.partition(",")[0]


def _usual(values: Sequence[_T]) -> _T:
    """Return the value stated most often; of equals, the first."""
    return max(values, key=values.count)
