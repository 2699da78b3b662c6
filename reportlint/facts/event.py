"""The session reported on: its number, dates and place, as stated in the masthead, the title and the text.

The configuration may supply what neither the masthead nor the title states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.masthead import DocumentKind, Masthead, Title, front_lines
from reportlint.knowledge.house_data import StatedMeeting
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.language.phrases import Match
from reportlint.structure import Passage, Role, Structure

_LINES_BETWEEN = 2


class Statement(NamedTuple):
    """The number, days and place of the session as stated in one place.

    Any part may be ``None``. ``days`` are the first and the last day. Each part ends with its span, which is ``None``
    if it comes from the configuration.
    """

    ordinal: tuple[int, Span | None] | None = None
    days: tuple[date, date, Span | None] | None = None
    place: tuple[str, Span | None] | None = None


class Event(NamedTuple):
    """The statements about the session reported on, those in the head of the document first.

    ``earlier`` is the stated number of sessions held before it, with its span.
    """

    statements: tuple[Statement, ...] = ()
    earlier: tuple[int, Span] | None = None


def event(structure: Structure, lexicon: Lexicon, masthead: Masthead, title: Title, known: StatedMeeting) -> Event:
    """Collect the statements about the session.

    The draft must be a report. A statement in the text counts only if it shares the days of the session, or its
    number and the body's name with days close to them.
    """
    if title.kind is not DocumentKind.REPORT or title.span is None:
        return Event()
    above, below = _in_masthead(structure, lexicon, masthead, title), _in_title(structure, lexicon, title)
    head = [statement for statement in (above, below) if statement]
    configured = _configured(known, head)
    text = list(_in_text(structure, lexicon, [*head, configured]))
    statements = [statement for statement in (below, *text) if statement]
    # The masthead may name the session of a parent body, which receives the report.
    if above and (not any(other.ordinal or other.days for other in statements) or _concerns_same(above, statements)):
        statements = [above, *statements]
    if configured != Statement():
        statements = [configured, *statements]
    numbered = [statement for statement in statements if statement is not above and statement.ordinal]
    return Event(tuple(statements), _earlier(structure, lexicon) if numbered else None)


def _configured(known: StatedMeeting, head: list[Statement]) -> Statement:
    """Return the configured values that the head of the document does not state."""
    return Statement(
        (known.session, None) if known.session and not any(statement.ordinal for statement in head) else None,
        (*known.dates, None) if known.dates and not any(statement.days for statement in head) else None,
        (known.place, None) if known.place and not any(statement.place for statement in head) else None,
    )


def _concerns_same(statement: Statement, others: list[Statement]) -> bool:
    """Return whether a statement concerns the same session as one of the others.

    It must share the number or the days, or have nearby days where one of the two gives no number.
    """
    for other in others:
        same_number = statement.ordinal and other.ordinal and statement.ordinal[0] == other.ordinal[0]
        same_days = statement.days and other.days and statement.days[:2] == other.days[:2]
        near = statement.days and other.days and _near(statement.days[:2], other.days[:2])
        if same_number or same_days or (near and not (statement.ordinal and other.ordinal)):
            return True
    return False


def _in_masthead(structure: Structure, lexicon: Lexicon, masthead: Masthead, title: Title) -> Statement | None:
    """Return the statement of the line with place and dates, and of the session named just above it."""
    named, when = lexicon.phrases("session_named"), {span: dates for dates, span in masthead.event}
    ordinal: tuple[int, Span] | None = None
    lines_since = 0
    for passage, start, end in front_lines(structure):
        span = passage.span(start, end)
        if title.span and span.end > title.span.start:
            return None
        line = passage.text[start:end]
        held = next((dated for dated in when if span.start <= dated.start and dated.end <= span.end), None)
        if held is None:
            match = named.match_at(line, 0)
            lines_since += 1
            if match and match.end() == len(line):
                numbers = lexicon.read_numbers(match["ordinals"])
                ordinal, lines_since = ((numbers[0], span), 0) if len(numbers) == 1 else (None, 0)
            continue
        days = _stretch(when[held])
        first, _, _ = next(lexicon.find_dates(line), (0, 0, None))
        lead = _place_line(lexicon).fullmatch(line[:first])
        place = (lead["place"], passage.span(start, start + len(lead["place"]))) if lead else None
        return Statement(
            ordinal if lines_since <= _LINES_BETWEEN else None,
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
    numbers_in_head = {statement.ordinal[0] for statement in head if statement.ordinal}
    days_in_head = [statement.days[:2] for statement in head if statement.days]
    front = " ".join(passage.folded for passage in structure.front())
    family, resumed = lexicon.phrases("session_opening"), lexicon.phrases("session_resumed")
    for passage in structure.checked_passages(family):
        if passage.role is not Role.PARAGRAPH or resumed.search(passage):
            continue
        for match in family.finditer(passage):
            numbers = lexicon.read_numbers(match["ordinals"])
            if passage.is_quoted(match.start()) or len(numbers) != 1:
                continue
            ordinal = (numbers[0], passage.span(*match.span("ordinals")))
            statement = _statement(passage, 0, match, lexicon, ordinal)
            if statement.days is None:
                continue
            same_days = any(statement.days[:2] == days for days in days_in_head)
            near = any(_near(statement.days[:2], days) for days in days_in_head)
            if same_days or (numbers[0] in numbers_in_head and near and _organ_in_head(passage, match, lexicon, front)):
                yield statement


def _organ_in_head(passage: Passage, match: Match, lexicon: Lexicon, front: str) -> bool:
    """Return whether the sentence names an organ that the head of the document names too."""
    start, end = passage.sentence(match.start())
    organ = lexicon.phrases("organ").search(passage, start, end)
    return organ is not None and organ.group().casefold() in front


def _near(left: tuple[date, date], right: tuple[date, date]) -> bool:
    """Return whether one period may be a misprint of the other: they overlap, or only month or year differ."""
    overlap = left[0] <= right[1] and right[0] <= left[1]
    return overlap or (left[0].day, left[1].day) == (right[0].day, right[1].day)


def _statement(
    passage: Passage, shift: int, held: Match | None, lexicon: Lexicon, ordinal: tuple[int, Span] | None
) -> Statement:
    """Return the statement of a match ``held`` with dates.

    The text matched begins ``shift`` characters into the text of the passage.
    """
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
    """Return the first and last day if the periods are consecutive, else ``None``."""
    periods = dates.periods()
    if not periods or any(left[1].toordinal() + 1 != right[0].toordinal() for left, right in pairwise(periods)):
        return None
    return periods[0][0], periods[-1][1]


def _earlier(structure: Structure, lexicon: Lexicon) -> tuple[int, Span] | None:
    family = lexicon.phrases("sessions_before")
    for passage in structure.checked_passages(family):
        if passage.role is Role.PARAGRAPH:
            for match in family.finditer(passage):
                numbers = lexicon.read_numbers(match["number"])
                if numbers and not passage.is_quoted(match.start()):
                    return numbers[0], passage.span(match.start("number"), match.end())
    return None


_PLACE = r"[A-ZÀ-ÝŒ][\w'’.-]*(?:\s[A-ZÀ-ÝŒ][\w'’-]*){0,3}"


@lru_cache(maxsize=8)
def _place_line(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a line that begins with a place, up to its dates."""
    lead = alternation(lexicon.words("dates", "lead"))
    return re.compile(rf"(?P<place>{_PLACE})(?:\s*,[^,\d]{{0,40}})??\s*,\s*(?:(?i:{lead})\s*)?")


@lru_cache(maxsize=8)
def _place_before(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a place right before dates.

    Examples: "in Nairobi", "in Geneva, Switzerland,", "at the Palace, Geneva,", "à Genève, au Palais des Nations,".
    """
    words = alternation(lexicon.words("dates", "in_place"))
    more = r"[A-ZÀ-ÝŒ](?:[^,\d]{0,40}[^,\d\s])?"
    venue_after = rf"(?:\s*,\s*(?:{words})\s+{more})?"
    venue = rf"[a-z]\w*\s[A-ZÀ-ÝŒ][^,\d]{{0,40}},\s*(?P<town>{_PLACE})"
    return re.compile(rf"(?<!\w)(?:{words})\s+(?:(?P<place>{_PLACE}(?:\s*,\s*{more})?){venue_after}|{venue})\s*,?\s*$")
