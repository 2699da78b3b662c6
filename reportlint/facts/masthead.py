"""The masthead: what the head of the document states about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from reportlint.document import Span
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.language.symbols import Symbol, SymbolGrammar
from reportlint.structure import Passage, Structure

_MAST_LINES = 80
_FEWEST = 6
_COLUMN_GAP = re.compile(r"\s{3,}|\t+|\s*\|\s*")


@dataclass(frozen=True)
class MastheadLine:
    """A line of the head of the document with its place; ``value`` is what it states, in the lexicon's terms."""

    text: str
    span: Span
    value: str = ""


@dataclass(frozen=True)
class Masthead:
    """Distribution ("general", "limited", …), symbol, date, languages and the event's place and dates.

    Every part may be absent. ``recognised`` are the lines that only a masthead has, in order.
    """

    symbol: Symbol | None = None
    symbol_span: Span | None = None
    distribution: MastheadLine | None = None
    date: date | None = None
    date_span: Span | None = None
    original: MastheadLine | None = None
    version: MastheadLine | None = None
    event: tuple[tuple[Dates, Span], ...] = ()
    recognised: tuple[Span, ...] = ()


class DocumentKind(Enum):
    """What a document is: only reports are asked for what reports must have."""

    REPORT = "report"
    AGENDA = "agenda"
    OTHER = "other"
    UNKNOWN = "unknown"
    NOT_UN = "not a United Nations document"


@dataclass(frozen=True)
class Title:
    """The title of the document as its first heading or line says, with the kind of document it names."""

    text: str
    span: Span | None
    kind: DocumentKind


def front_lines(structure: Structure) -> Iterator[tuple[Passage, int, int]]:
    """The lines of what stands before the body, as ranges of their passage's text; columns apart."""
    count = 0
    for passage in structure.front():
        if not passage.speaks:
            continue
        starts = passage.block.line_starts
        for index, start in enumerate(starts):
            end = starts[index + 1] if index + 1 < len(starts) else len(passage.text)
            for left, right in _columns(passage.text, start, end):
                yield passage, left, right
                count += 1
                if count == _MAST_LINES:
                    return


def _columns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for gap in _COLUMN_GAP.finditer(text, start, end):
        yield from _trimmed(text, position, gap.start())
        position = gap.end()
    yield from _trimmed(text, position, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end


def masthead(structure: Structure, lexicon: Lexicon, grammar: SymbolGrammar) -> Masthead:
    """Read the masthead line by line. Authority: Editorial Manual, Masthead."""
    found: dict[str, object] = {}
    event: list[tuple[Dates, Span]] = []
    recognised: list[Span] = []
    patterns, values = _patterns(lexicon), lexicon.section("masthead", "distributions")
    alone = False
    organization = lexicon.words("masthead", "organization")
    for passage, start, end in front_lines(structure):
        line, span = passage.text[start:end], passage.span(start, end)
        known = False
        distribution = patterns.distribution.match(line)
        if distribution and "distribution" not in found:
            value = _value_of(values, distribution["value"] or "")
            found["distribution"] = MastheadLine(line, span, value)
            known = True
            alone = not distribution["value"]
        elif alone:
            # "Distr." on a line of its own, and "LIMITED" below it.
            value, alone = _value_of(values, line), False
            if value:
                found["distribution"] = MastheadLine(line, span, value)
                known = True
        original = patterns.original.search(line)
        if original and "original" not in found:
            found["original"] = MastheadLine(line, span, _language_of(lexicon, original["value"]))
            known = True
        if "version" not in found and _language_of(lexicon, line):
            found["version"] = MastheadLine(line, span, _language_of(lexicon, line))
            known = True
        symbol = next(iter(grammar.find_symbols(line)), None)
        if symbol and "symbol" not in found and _opens_line(line[: symbol.start], organization):
            found["symbol"] = symbol.symbol
            found["symbol_span"] = passage.span(start + symbol.start, start + symbol.end)
            known = True
        for left, right, dates in lexicon.find_dates(line):
            if right < len(line.rstrip(" .")) - 12 or dates.year is None:
                continue
            whole = left == 0 or bool(distribution)
            if whole and not dates.has_range and "date" not in found:
                day = next(iter(dates.days()), None)
                if day:
                    found["date"], found["date_span"] = day, passage.span(start + left, start + right)
            elif not distribution:
                event.append((dates, passage.span(start + left, start + right)))
        if known:
            recognised.append(span)
    return Masthead(event=tuple(event), recognised=tuple(recognised), **found)  # type: ignore[arg-type]


def _opens_line(before: str, organization: tuple[str, ...]) -> bool:
    """Whether what follows ``before`` begins its line, the name of the Organization in the other column aside."""
    return len(before) <= 2 or before.strip().casefold() in organization


@dataclass(frozen=True)
class _Patterns:
    distribution: re.Pattern[str]
    original: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    prefix = alternation(lexicon.section("masthead", "distribution"))
    words = [word for known in lexicon.section("masthead", "distributions").values() for word in known]
    original = alternation(lexicon.section("masthead", "original"))
    return _Patterns(
        re.compile(rf"(?<!\w)(?:{prefix})\s*:?\s*(?P<value>{alternation(words)})?(?!\w)", re.IGNORECASE),
        re.compile(rf"^(?:{original})\s*:\s*(?P<value>\w+)", re.IGNORECASE),
    )


def _value_of(values: dict[str, list[str]], word: str) -> str:
    folded = word.casefold()
    return next((value for value, words in values.items() if folded in (w.casefold() for w in words)), "")


def _language_of(lexicon: Lexicon, word: str) -> str:
    return _value_of(lexicon.section("masthead", "languages"), word.strip())


def title(structure: Structure, lexicon: Lexicon, masthead: Masthead) -> Title:
    """Find the title and say what kind of document it names."""
    kinds = (
        (DocumentKind.REPORT, lexicon.phrases("report_title")),
        (DocumentKind.AGENDA, lexicon.phrases("agenda_title")),
        (DocumentKind.OTHER, lexicon.phrases("other_title")),
    )
    is_un = bool(masthead.recognised) or _looks_like_report(structure)
    for kind, family in kinds if is_un or structure.paragraphs else ():
        for passage, start, end in front_lines(structure):
            line = passage.text[start:end]
            if family.search(line, line.casefold()):
                return Title(line, passage.span(start, end), kind)
    return Title("", None, DocumentKind.UNKNOWN if is_un else DocumentKind.NOT_UN)


def _looks_like_report(structure: Structure) -> bool:
    """Whether numbered paragraphs of sentences make up a good part of the document.

    Under headings none of which is labelled, a few numbered lines are a list of steps.
    """
    numbered = [
        entry
        for series in structure.paragraphs
        for entry in series.entries
        if len(structure.passages[entry.passage].text) > 20
    ]
    count = len(numbered) + len(structure.labelled)
    if structure.sections and not any(section.name for section in structure.sections) and count < _FEWEST:
        return False
    return count > 0 and count * 6 >= len(structure.passages)


@dataclass(frozen=True)
class DocumentDate:
    """The day at which names are judged: the masthead's date, else the last day that the document mentions."""

    day: date | None


def document_date(structure: Structure, lexicon: Lexicon, masthead: Masthead) -> DocumentDate:
    if masthead.date:
        return DocumentDate(masthead.date)
    days = [day for dates, _ in masthead.event for _, day in dates.periods()]
    if not days:
        for passage in structure.speaking():
            for _, _, dates in lexicon.find_dates(passage.text):
                days += [last for _, last in dates.periods()]
    return DocumentDate(max(days, default=None))
