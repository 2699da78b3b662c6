"""What masthead, title and text state about the session reported on: which one it is, when and where it was held.

What neither masthead nor title states, the configuration may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.masthead import DocumentKind, Masthead, Title, front_lines
from reportlint.knowledge.house import StatedMeeting
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.language.phrases import Match
from reportlint.structure import Passage, Role, Structure

_LINES_BETWEEN = 2


class Statement(NamedTuple):
    """What one place states; every part may be absent. ``days`` are the first and the last day. What the configuration
    states stands nowhere in the draft."""

    ordinal: tuple[int, Span | None] | None = None
    days: tuple[date, date, Span | None] | None = None
    place: tuple[str, Span | None] | None = None


class Event(NamedTuple):
    """The statements about the session reported on, the head of the document first. ``earlier`` are the sessions said
    to have been held before."""

    statements: tuple[Statement, ...] = ()
    earlier: tuple[int, Span] | None = None


def event(structure: Structure, lexicon: Lexicon, masthead: Masthead, title: Title, known: StatedMeeting) -> Event:
    """Collect the statements of a report. Of those in the text only those count that must concern the same session:
    they share its number or its days."""
    if title.kind is not DocumentKind.REPORT or title.span is None:
        return Event()
    above, below = _in_masthead(structure, lexicon, masthead, title), _in_title(structure, lexicon, title)
    head = [one for one in (above, below) if one]
    configured = _configured(known, head)
    text = list(_in_text(structure, lexicon, [*head, configured]))
    statements = [one for one in (below, *text) if one]
    # The masthead may name the session of a parent body, which receives the report.
    if above and (not any(one.ordinal or one.days for one in statements) or _concerns_same(above, statements)):
        statements = [above, *statements]
    if configured != Statement():
        statements = [configured, *statements]
    own = [one for one in statements if one is not above and one.ordinal]
    return Event(tuple(statements), _earlier(structure, lexicon) if own else None)


def _configured(known: StatedMeeting, head: list[Statement]) -> Statement:
    """What the configuration knows and the head of the document does not state."""
    return Statement(
        (known.session, None) if known.session and not any(one.ordinal for one in head) else None,
        (*known.dates, None) if known.dates and not any(one.days for one in head) else None,
        (known.place, None) if known.place and not any(one.place for one in head) else None,
    )


def _concerns_same(one: Statement, others: list[Statement]) -> bool:
    """Whether a statement shares the days or the number of the session with another, or does not contradict it in
    more than one of the two."""
    for other in others:
        same_number = one.ordinal and other.ordinal and one.ordinal[0] == other.ordinal[0]
        same_days = one.days and other.days and one.days[:2] == other.days[:2]
        near = one.days and other.days and _near(one.days[:2], other.days[:2])
        if same_number or same_days or (near and not (one.ordinal and other.ordinal)):
            return True
    return False


def _in_masthead(structure: Structure, lexicon: Lexicon, masthead: Masthead, title: Title) -> Statement | None:
    """The line with place and dates, and the session named just above it."""
    named, when = lexicon.phrases("session_named"), {span: dates for dates, span in masthead.event}
    ordinal: tuple[int, Span] | None = None
    since = 0
    for passage, start, end in front_lines(structure):
        span = passage.span(start, end)
        if title.span and span.end > title.span.start:
            return None
        line = passage.text[start:end]
        held = next((one for one in when if span.start <= one.start and one.end <= span.end), None)
        if held is None:
            match = named.match_at(line, 0)
            since += 1
            if match and match.end() == len(line):
                numbers = lexicon.read_numbers(match["ordinals"])
                ordinal, since = ((numbers[0], span), 0) if len(numbers) == 1 else (None, 0)
            continue
        days = _stretch(when[held])
        first, _, _ = next(lexicon.find_dates(line), (0, 0, None))
        lead = _place_line(lexicon).fullmatch(line[:first])
        place = (lead["place"], passage.span(start, start + len(lead["place"]))) if lead else None
        return Statement(
            ordinal if since <= _LINES_BETWEEN else None,
            (*days, held) if days else None,
            place,
        )
    return None


def _in_title(structure: Structure, lexicon: Lexicon, title: Title) -> Statement | None:
    passage = structure.passage_at(title.span.start) if title.span else None
    if passage is None or title.span is None:
        return None
    begin = next((at for at in passage.block.line_starts if passage.span(at).start >= title.span.start), 0)
    text = passage.text[begin:]
    named = list(lexicon.phrases("session_named").finditer(text))
    numbers = lexicon.read_numbers(named[0]["ordinals"]) if len(named) == 1 else ()
    ordinal = (
        (numbers[0], passage.span(begin + named[0].start(), begin + named[0].end())) if len(numbers) == 1 else None
    )
    held = lexicon.phrases("session_held").search(text)
    return _statement(passage, begin, held, lexicon, ordinal)


def _in_text(structure: Structure, lexicon: Lexicon, head: list[Statement]) -> Iterator[Statement]:
    named = {one.ordinal[0] for one in head if one.ordinal}
    days = [one.days[:2] for one in head if one.days]
    front = " ".join(passage.folded for passage in structure.front())
    family, resumed = lexicon.phrases("session_opening"), lexicon.phrases("session_resumed")
    for passage in structure.speaking(family):
        if passage.role is not Role.PARAGRAPH or resumed.search(passage):
            continue
        for match in family.finditer(passage):
            numbers = lexicon.read_numbers(match["ordinals"])
            if passage.is_quoted(match.start()) or len(numbers) != 1:
                continue
            ordinal = (numbers[0], passage.span(*match.span("ordinals")))
            one = _statement(passage, 0, match, lexicon, ordinal)
            if one.days is None:
                continue
            same_days = any(one.days[:2] == when for when in days)
            near = any(_near(one.days[:2], when) for when in days)
            if same_days or (numbers[0] in named and near and _subject(passage, match, lexicon, front)):
                yield one


def _subject(passage: Passage, match: Match, lexicon: Lexicon, front: str) -> bool:
    """Whether the organ of the sentence is named in the head of the document."""
    start, end = passage.sentence(match.start())
    organ = lexicon.phrases("organ").search(passage, start, end)
    return organ is not None and organ.group().casefold() in front


def _near(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether two periods are so alike that one of them can be a slip: they overlap, or only the month or year
    differs."""
    overlap = one[0] <= other[1] and other[0] <= one[1]
    return overlap or (one[0].day, one[1].day) == (other[0].day, other[1].day)


def _statement(
    passage: Passage, shift: int, held: Match | None, lexicon: Lexicon, ordinal: tuple[int, Span] | None
) -> Statement:
    """The statement of a match with dates in the text ``shift`` characters into the passage's."""
    dates = lexicon.dates.read(held["date"]) if held else None
    if held is None or dates is None:
        return Statement(ordinal)
    days = _stretch(dates)
    lead = lexicon.date_lead.match(held["date"])
    begin = held.start("date") + (lead.end() if lead else 0)
    where = _place_before(lexicon).search(held.string, held.start(), held.start("date"))
    name = "place" if where and where["place"] else "town"
    return Statement(
        ordinal,
        (*days, passage.span(shift + begin, shift + held.end("date"))) if days else None,
        (where[name], passage.span(shift + where.start(name), shift + where.end(name))) if where else None,
    )


def _stretch(dates: Dates) -> tuple[date, date] | None:
    """The first and last day, if the days follow each other."""
    periods = dates.periods()
    if not periods or any(one[1].toordinal() + 1 != other[0].toordinal() for one, other in pairwise(periods)):
        return None
    return periods[0][0], periods[-1][1]


def _earlier(structure: Structure, lexicon: Lexicon) -> tuple[int, Span] | None:
    family = lexicon.phrases("sessions_before")
    for passage in structure.speaking(family):
        if passage.role is Role.PARAGRAPH:
            for match in family.finditer(passage):
                numbers = lexicon.read_numbers(match["number"])
                if numbers and not passage.is_quoted(match.start()):
                    return numbers[0], passage.span(match.start("number"), match.end())
    return None


_PLACE = r"[A-ZÀ-ÝŒ][\w'’.-]*(?:\s[A-ZÀ-ÝŒ][\w'’-]*){0,3}"


@lru_cache(maxsize=8)
def _place_line(lexicon: Lexicon) -> re.Pattern[str]:
    """A place at the beginning of a line, up to its dates."""
    lead = alternation(lexicon.words("dates", "lead"))
    return re.compile(rf"(?P<place>{_PLACE})(?:\s*,[^,\d]{{0,40}})??\s*,\s*(?:(?i:{lead})\s*)?")


@lru_cache(maxsize=8)
def _place_before(lexicon: Lexicon) -> re.Pattern[str]:
    """A place right before dates: "in Nairobi", "in Geneva, Switzerland,", "at the Palace, Geneva,", "à Genève, au
    Palais des Nations,"."""
    words = alternation(lexicon.words("dates", "in_place"))
    more = r"[A-ZÀ-ÝŒ](?:[^,\d]{0,40}[^,\d\s])?"
    behind = rf"(?:\s*,\s*(?:{words})\s+{more})?"
    venue = rf"[a-z]\w*\s[A-ZÀ-ÝŒ][^,\d]{{0,40}},\s*(?P<town>{_PLACE})"
    return re.compile(rf"(?<!\w)(?:{words})\s+(?:(?P<place>{_PLACE}(?:\s*,\s*{more})?){behind}|{venue})\s*,?\s*$")
