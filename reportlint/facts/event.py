"""The session reported on: its number, dates and place, as stated in the masthead, the title and the text.

The configuration may supply what neither the masthead nor the title states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice, pairwise
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.event_places import place_in
from reportlint.facts.front import FrontLines
from reportlint.facts.masthead import Masthead
from reportlint.facts.title import Title
from reportlint.facts.written_dates import Calendar, WrittenDates
from reportlint.knowledge.house_data import StatedMeeting
from reportlint.knowledge.levels import DocumentKind
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import Match
from reportlint.structure import Mention, Passage, Role, Structure

_LINES_ABOVE = 3  # lines right above the dates in which the session is named
_PARAGRAPH = Role.PARAGRAPH  # in Python 3.11, looking up a member of an enumeration takes long


class Statement(NamedTuple):
    """The number, days and place of the session as stated in one place.

    Any part may be ``None``. ``days`` are the first and the last day. Each part ends with its place, which is
    ``None`` if it comes from the configuration.
    """

    ordinal: tuple[int, Mention | None] | None = None
    days: tuple[date, date, Mention | None] | None = None
    place: tuple[str, Mention | None] | None = None


class Earlier(NamedTuple):
    """The stated number of sessions held before the one reported on; ``may_include_it`` if that one may be counted."""

    number: int
    mention: Mention
    may_include_it: bool = False

    @property
    def span(self) -> Span:
        return self.mention.span


class Event(NamedTuple):
    """The statements about the session reported on, those in the head of the document first.

    ``opened`` and ``closed`` are the days on which the text says that the session was opened and closed.
    ``parent_dates`` is true if the dates in the masthead are those of a body that receives the report. ``numbers`` are
    the numbers of the session; a report may cover several.
    """

    statements: tuple[Statement, ...] = ()
    earlier: Earlier | None = None
    opened: tuple[tuple[date, Mention], ...] = ()
    closed: tuple[tuple[date, Mention], ...] = ()
    parent_dates: bool = False
    numbers: frozenset[int] = frozenset()


def event(
    structure: Structure,
    lexicon: Lexicon,
    calendar: Calendar,
    front: FrontLines,
    masthead: Masthead,
    title: Title,
    kind: KindOfDocument,
    known: StatedMeeting,
) -> Event:
    """Collect the statements about the session.

    The draft must be a report with a title, or a part of one. A statement in the text counts only if it shares the
    days of the session, or its number and the body's name with days close to them, or says that the report covers it.
    """
    if not kind.is_one_of(DocumentKind.REPORT, DocumentKind.PART) or title.says != "report":
        return Event()
    above, below = _in_masthead(lexicon, front, masthead, title), _in_title(lexicon, calendar, title)
    head = [statement for statement in (above, below) if statement]
    configured = _configured(known, head)
    text = list(_in_text(structure, lexicon, calendar, front, [*head, configured]))
    of_body: list[Statement] = []
    if not text and not (below and below.days):
        of_body = list(islice(_of_body(structure, lexicon, calendar, title, below, _parents(masthead, front)), 1))
    statements = [statement for statement in (below, *text, *of_body) if statement]
    if any(statement.days for statement in of_body):
        configured = configured._replace(days=None)
    # The masthead may name the session of a parent body, which receives the report.
    is_alone = not any(other.ordinal or other.days for other in statements)
    is_ours = above is not None and (is_alone or _concerns_same(above, statements))
    if above and is_ours:
        statements = [above, *statements]
    if configured != Statement():
        statements = [configured, *statements]
    numbered = [statement for statement in statements if statement is not above and statement.ordinal]
    ends = _ends(structure, lexicon, calendar, front, statements)
    earlier = _earlier(structure, lexicon, front) if numbered else None
    numbers = {
        number for match in _sessions_in(title.text, lexicon) for number in lexicon.read_numbers(match["ordinals"])
    }
    numbers |= {statement.ordinal[0] for statement in statements if statement.ordinal}
    return Event(tuple(statements), earlier, *ends, above is not None and not is_ours, frozenset(numbers))


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


def _in_masthead(lexicon: Lexicon, front: FrontLines, masthead: Masthead, title: Title) -> Statement | None:
    """Return the statement of the line with place and dates, and of the session named just above it."""
    held = next(iter(masthead.event), None)
    if held is None or (title.span and held.span.end > title.span.start):
        return None
    ordinal: tuple[int, Mention] | None = None
    for line in _lines_above(held.mention, front)[-_LINES_ABOVE:]:
        match = lexicon.phrases("session_named").match_at(line.text, 0)
        if match and match.end() == len(line.text):
            numbers = lexicon.read_numbers(match["ordinals"])
            ordinal = (numbers[0], line) if len(numbers) == 1 else None
    return _statement(held.dates, held.mention, held.place, ordinal)


def _lines_above(dates: Mention, front: FrontLines) -> list[Mention]:
    return [line for line in front.lines if line.span.end <= dates.span.start]


def _in_title(lexicon: Lexicon, calendar: Calendar, title: Title) -> Statement | None:
    """Return the statement of the title. A session that the title does not call the body's is that of another event.

    "Report of the Preparatory Committee for the First Meeting of the Parties" names a meeting to come.
    """
    if title.mention is None:
        return None
    passage, begin, _ = title.mention
    text = passage.text[begin:]
    numbered = _sessions_in(text, lexicon)
    numbers = lexicon.read_numbers(numbered[0]["ordinals"]) if len(numbered) == 1 else ()
    ordinal: tuple[int, Mention] | None = None
    if len(numbers) == 1:
        ordinal = (numbers[0], title.mention.part(numbered[0].start("ordinals"), numbered[0].end()))
    held = lexicon.phrases("session_held").search(passage, begin)
    below = next(calendar.within(title.rest[0]), None) if title.rest and not held else None
    if below and below.mention.start == title.rest[0].start:
        return _statement(below.dates, below.mention, place_in(title.mention, lexicon), ordinal)
    return _of_match(passage, held, lexicon, calendar, ordinal)


def _parents(masthead: Masthead, front: FrontLines) -> str:
    """Return the lines above the dates in the masthead, which name the body that held the session at these dates."""
    lines = _lines_above(masthead.event[0].mention, front) if masthead.event else []
    return " ".join(line.text for line in lines).casefold()


def _of_body(
    structure: Structure, lexicon: Lexicon, calendar: Calendar, title: Title, below: Statement | None, parents: str
) -> Iterator[Statement]:
    """Yield the statements of sentences that say when the body in the title held its session.

    They count if the title gives no days and the masthead gives none or those of a body that receives the report.
    """
    family, resumed = lexicon.phrases("session_opening"), lexicon.phrases("session_resumed")
    organs, names = lexicon.phrases("organ"), title.text.casefold()
    for passage in structure.checked_passages(family):
        matches = [*family.finditer(passage)] if passage.role is _PARAGRAPH else ()
        if not matches or resumed.search(passage):
            continue
        for match in matches:
            numbers = lexicon.read_numbers(match["ordinals"])
            organ = organs.search(passage, *passage.sentence(match.start()))
            if organ is None or passage.is_quoted(match.start()) or len(numbers) != 1:
                continue
            name = organ.group().casefold()
            is_numbered_so = below is None or below.ordinal is None or below.ordinal[0] == numbers[0]
            if name in names and name not in parents and is_numbered_so:
                ordinal = (numbers[0], Mention(passage, *match.span("ordinals")))
                yield _of_match(passage, match, lexicon, calendar, ordinal)


def _in_text(
    structure: Structure, lexicon: Lexicon, calendar: Calendar, front: FrontLines, head: list[Statement]
) -> Iterator[Statement]:
    numbers_in_head = {statement.ordinal[0] for statement in head if statement.ordinal}
    days_in_head = [statement.days[:2] for statement in head if statement.days]
    family, resumed = lexicon.phrases("session_opening"), lexicon.phrases("session_resumed")
    covered = lexicon.phrases("session_covered")
    for passage in structure.checked_passages(family, covered):
        if passage.role is not _PARAGRAPH:
            continue
        covering, opening = [*covered.finditer(passage)], [*family.finditer(passage)]
        if not (covering or opening) or resumed.search(passage):
            continue
        for match in covering:
            numbers = lexicon.read_numbers(match["ordinals"])
            if len(numbers) == 1 and not passage.is_quoted(match.start()):
                end = passage.sentence(match.start())[1]
                held = lexicon.phrases("session_held").search(passage, match.start(), end)
                yield _of_match(
                    passage, held, lexicon, calendar, (numbers[0], Mention(passage, *match.span("ordinals")))
                )
        for match in opening:
            numbers = lexicon.read_numbers(match["ordinals"])
            if passage.is_quoted(match.start()) or len(numbers) != 1:
                continue
            ordinal = (numbers[0], Mention(passage, *match.span("ordinals")))
            statement = _of_match(passage, match, lexicon, calendar, ordinal)
            if statement.days is None:
                continue
            same_days = any(statement.days[:2] == days for days in days_in_head)
            near = any(_near(statement.days[:2], days) for days in days_in_head)
            if same_days or (numbers[0] in numbers_in_head and near and _organ_in_head(passage, match, lexicon, front)):
                yield statement


def _ends(
    structure: Structure, lexicon: Lexicon, calendar: Calendar, front: FrontLines, statements: list[Statement]
) -> tuple[tuple[tuple[date, Mention], ...], tuple[tuple[date, Mention], ...]]:
    """Return the days on which the text says that the session was opened, and those on which it was closed."""
    days = [statement.days for statement in statements if statement.days]
    if not days:
        return (), ()
    year = Counter(last.year for _, last, _ in days).most_common(1)[0][0]
    numbers = {statement.ordinal[0] for statement in statements if statement.ordinal}
    found: dict[str, dict[Mention, date]] = {"opened": {}, "closed": {}}
    families = {name: lexicon.phrases(f"session_{name}_on") for name in found}
    further = lexicon.phrases("session_closed_further")
    resumed = lexicon.phrases("session_resumed")
    for passage in structure.checked_passages(*families.values()):
        if passage.role is not _PARAGRAPH:
            continue
        matches = {name: [*family.finditer(passage)] for name, family in families.items()}
        if not any(matches.values()) or resumed.search(passage):
            continue
        for name, of_family in matches.items():
            for match in of_family:
                if passage.is_quoted(match.start()) or _is_of_other_session(passage, match, lexicon, front, numbers):
                    continue
                dated = [(name, match)]
                after = further.match_at(passage, passage.sentence(match.start())[1]) if name == "opened" else None
                dated += [("closed", after)] if after else []
                for sort, part in dated:
                    written = _dates_in(passage, part, calendar)
                    days_read = sorted(written.dates.days(year)) if written and not written.dates.has_range else []
                    if written and days_read:
                        found[sort][written.mention] = days_read[0]
    opened, closed = (tuple((day, mention) for mention, day in found[name].items()) for name in ("opened", "closed"))
    return opened, closed


def _is_of_other_session(
    passage: Passage, match: Match, lexicon: Lexicon, front: FrontLines, numbers: set[int]
) -> bool:
    """Return whether a sentence concerns a session of another number, or of an organ that the head does not name."""
    start, end = passage.sentence(match.start())
    named = lexicon.phrases("session_named").search(passage, start, match.end())
    if named and numbers.isdisjoint(lexicon.read_numbers(named["ordinals"])):
        return True
    organ = lexicon.phrases("organ").search(passage, start, end)
    return organ is not None and not _organ_in_head(passage, match, lexicon, front)


def _organ_in_head(passage: Passage, match: Match, lexicon: Lexicon, front: FrontLines) -> bool:
    """Return whether the sentence names an organ that the head of the document names too."""
    start, end = passage.sentence(match.start())
    organ = lexicon.phrases("organ").search(passage, start, end)
    return organ is not None and any(organ.group().casefold() in line.text.casefold() for line in front.lines)


def _near(left: tuple[date, date], right: tuple[date, date]) -> bool:
    """Return whether one period may be a misprint of the other: they overlap, or only month or year differ."""
    overlap = left[0] <= right[1] and right[0] <= left[1]
    return overlap or (left[0].day, left[1].day) == (right[0].day, right[1].day)


def _sessions_in(title: str, lexicon: Lexicon) -> list[Match]:
    return [match for match in lexicon.phrases("title_session").finditer(title) if match["ordinals"]]


def _of_match(
    passage: Passage, held: Match | None, lexicon: Lexicon, calendar: Calendar, ordinal: tuple[int, Mention] | None
) -> Statement:
    """Return the statement of a match with dates in a passage."""
    written = _dates_in(passage, held, calendar) if held else None
    if held is None or written is None:
        return Statement(ordinal)
    place = place_in(Mention(passage, held.start(), written.mention.start), lexicon)
    return _statement(written.dates, written.mention, place, ordinal)


def _dates_in(passage: Passage, match: Match, calendar: Calendar) -> WrittenDates | None:
    """Return the dates in the slot of a match."""
    return next(calendar.within(Mention(passage, *match.span("date"))), None)


def _statement(dates: Dates, mention: Mention, place: Mention | None, ordinal: tuple[int, Mention] | None) -> Statement:
    days = _stretch(dates)
    return Statement(ordinal, (*days, mention) if days else None, (place.text, place) if place else None)


def _stretch(dates: Dates) -> tuple[date, date] | None:
    """Return the first and last day if the periods are consecutive, else ``None``."""
    periods = list(dates.periods())
    if not periods or any(left[1].toordinal() + 1 != right[0].toordinal() for left, right in pairwise(periods)):
        return None
    return periods[0][0], periods[-1][1]


def _earlier(structure: Structure, lexicon: Lexicon, front: FrontLines) -> Earlier | None:
    for name in ("sessions_before", "sessions_since"):
        family = lexicon.phrases(name)
        for passage in structure.checked_passages(family):
            if passage.role is _PARAGRAPH:
                for match in family.finditer(passage):
                    numbers = lexicon.read_numbers(match["number"])
                    if name == "sessions_since" and _is_of_other_session(passage, match, lexicon, front, set(numbers)):
                        continue
                    if numbers and not passage.is_quoted(match.start()):
                        mention = Mention(passage, match.start("number"), match.end())
                        return Earlier(numbers[0], mention, name == "sessions_since")
    return None
