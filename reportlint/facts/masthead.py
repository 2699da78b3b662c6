"""The masthead, title, kind and date of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from reportlint.document import Span
from reportlint.knowledge.house_data import StatedMeeting
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage, Structure
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Symbol

_MAST_LINES = 80
_FEWEST = 6  # numbered paragraphs that make a report without labelled headings
_WORD = re.compile(r"[^\W\d_]+")
_BELOW = 3
_COLUMN_GAP = re.compile(r"\s{3,}|\t+|\s*\|\s*")


class MastheadLine(NamedTuple):
    """A line in the head of the document.

    ``value`` is the value it states, as the lexicon names it; ``word`` is that value as printed. ``values`` are all
    values of the line, if it states several (original languages).
    """

    text: str
    span: Span
    value: str = ""
    word: str = ""
    values: tuple[str, ...] = ()


class Masthead(NamedTuple):
    """The symbol, distribution ("general", "limited", …), date, languages and event dates of a document.

    Any part may be absent. ``misdated`` is a line in the place of the date that is not a valid date. ``version`` is
    the language of the document; ``sole`` is the line stating that it exists in one language only. ``recognised`` are
    the spans of the lines that only a masthead has, in order.
    """

    symbol: Symbol | None = None
    symbol_span: Span | None = None
    distribution: MastheadLine | None = None
    date: date | None = None
    date_span: Span | None = None
    misdated: MastheadLine | None = None
    original: MastheadLine | None = None
    version: MastheadLine | None = None
    sole: MastheadLine | None = None
    event: tuple[tuple[Dates, Span], ...] = ()
    recognised: tuple[Span, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether there is a masthead. A symbol alone, or the language of the version alone, is not enough."""
        return bool(self.distribution or self.original or (self.symbol and (self.version or self.sole)))


class DocumentKind(Enum):
    """The kind of a document. Rules about the contents of reports apply to reports only."""

    REPORT = "report"
    AGENDA = "agenda"
    OTHER = "other"
    UNKNOWN = "unknown"
    NOT_UN = "not a United Nations document"


class Title(NamedTuple):
    """The title of the document, with its span and the kind of document it names."""

    text: str
    span: Span | None
    kind: DocumentKind


def front_lines(structure: Structure) -> Iterator[tuple[Passage, int, int]]:
    """Yield the lines before the body as passage, start and end; each column of a line is a line of its own."""
    count = 0
    for passage in structure.front():
        if not passage.is_checked:
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


def masthead(structure: Structure, lexicon: Lexicon, grammar: SymbolGrammar, known: StatedMeeting) -> Masthead:
    """Read the masthead line by line.

    A symbol from the configuration counts if the masthead has none.

    Authority: Editorial Manual, Masthead.
    """
    reader = _Reader(lexicon, grammar)
    pieces = [
        (passage, *piece)
        for passage, start, end in front_lines(structure)
        for piece in _pieces(passage.text, start, end, reader.patterns)
    ]
    head: list[int] = []
    recognised: list[Span] = []
    for index, (passage, start, end) in enumerate(pieces):
        line, span = passage.text[start:end], passage.span(start, end)
        stated = reader.statement(line, span)
        if stated:
            head.append(index)
        symbol = reader.symbol(line, passage, start)
        reader.dates(line, passage, start)
        if stated or symbol:
            recognised.append(span)
    if "date" not in reader.values and head:
        # The date is between the lines of distribution and languages, or right before or after them.
        for passage, start, end in pieces[max(0, head[0] - 1) : head[-1] + 2]:
            line = passage.text[start:end]
            if reader.patterns.date_like.fullmatch(line):
                reader.values["misdated"] = MastheadLine(line, passage.span(start, end))
                break
    if known.symbol and "symbol" not in reader.values:
        parsed = grammar.parse_symbol(known.symbol)
        reader.values["symbol"] = parsed if isinstance(parsed, Symbol) else None
    values: dict[str, Any] = reader.values
    return Masthead(event=tuple(reader.event), recognised=tuple(recognised), **values)


class _Reader:
    """Collects the values stated by the lines. The first statement of each value counts."""

    def __init__(self, lexicon: Lexicon, grammar: SymbolGrammar) -> None:
        self.lexicon, self.grammar, self.patterns = lexicon, grammar, _patterns(lexicon)
        self.distributions = lexicon.section("masthead", "distributions")
        self.organization = lexicon.words("masthead", "organization")
        self.values: dict[str, object] = {}
        self.event: list[tuple[Dates, Span]] = []
        self.due = 0  # number of pieces in which "GENERAL" may still follow "Distr." on a separate line

    def statement(self, line: str, span: Span) -> bool:
        """Read a line stating the distribution or a language. Return whether it stated a new value."""
        stated = {"distribution": self._distribution(line, span)}
        original = self.patterns.original.match(line)
        if original:
            stated["original"] = _languages(line, span, original["value"], self.lexicon)
        if _language_of(self.lexicon, line):
            stated["version"] = MastheadLine(line, span, _language_of(self.lexicon, line), line)
        if self.patterns.sole.match(line):
            stated["sole"] = MastheadLine(line, span)
        new = {
            key: value for key, value in stated.items() if value and (key not in self.values or key == "distribution")
        }
        self.values.update(new)
        return bool(new)

    def _distribution(self, line: str, span: Span) -> MastheadLine | None:
        due, self.due = self.due, max(0, self.due - 1)
        if due and _value_of(self.distributions, line):
            self.due = 0
            return MastheadLine(line, span, _value_of(self.distributions, line), line)
        match = self.patterns.distribution.match(line)
        if match is None or "distribution" in self.values or not (match["value"] or match["marked"] is not None):
            return None
        word = match["value"] or line[match.end() :].strip()
        self.due = 0 if word else _BELOW
        return MastheadLine(line, span, _value_of(self.distributions, word), word)

    def symbol(self, line: str, passage: Passage, start: int) -> bool:
        """Read the document symbol, if it begins the line. Return whether this line states it."""
        candidate = next(iter(self.grammar.find_symbols(line)), None)
        if candidate is None or "symbol" in self.values or not _opens_line(line[: candidate.start], self.organization):
            return False
        self.values["symbol"] = candidate.symbol
        self.values["symbol_span"] = passage.span(start + candidate.start, start + candidate.end)
        return True

    def dates(self, line: str, passage: Passage, start: int) -> None:
        """Read the dates at the end of a line.

        A single day that makes up the whole line is the date of the document. Other dates are those of the event.
        """
        distribution = self.patterns.distribution.match(line)
        label = self.patterns.dated.match(line)
        opening = label.end() if label else 0
        for left, right, dates in self.lexicon.find_dates(line):
            if right < len(line.rstrip(" .")) - 12 or dates.year is None:
                continue
            whole = left == opening or bool(distribution)
            span = passage.span(start + left, start + right)
            if whole and not dates.has_range and "date" not in self.values:
                day = next(iter(dates.days()), None)
                if day:
                    self.values["date"], self.values["date_span"] = day, span
            elif not distribution:
                self.event.append((dates, span))


def _pieces(text: str, start: int, end: int, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """Split a line that states several values: "Distr.: General 18 July 2014 Original: English"."""
    distribution = patterns.distribution.match(text[start:end])
    if distribution and distribution["value"]:
        yield start, start + distribution.end()
        start += distribution.end()
    original = patterns.original.search(text[start:end])
    if original and original.start():
        yield from _trimmed(text, start, start + original.start())
        start += original.start()
    yield from _trimmed(text, start, end)


def _languages(line: str, span: Span, printed: str, lexicon: Lexicon) -> MastheadLine:
    """Read the line of the original language. ``value`` is the first language, or "" if it is not official."""
    words = [word for word in _WORD.findall(printed) if word.casefold() not in lexicon.words("lists", "and")]
    languages = tuple(value for value in (_language_of(lexicon, word) for word in words) if value)
    return MastheadLine(line, span, _language_of(lexicon, words[0]) if words else "", " ".join(words[:1]), languages)


def _opens_line(before: str, organization: tuple[str, ...]) -> bool:
    """Return whether the text after ``before`` begins the line, except for the name of the Organization."""
    return len(before) <= 2 or before.strip().casefold() in organization


class _Patterns(NamedTuple):
    distribution: re.Pattern[str]
    original: re.Pattern[str]
    sole: re.Pattern[str]
    date_like: re.Pattern[str]
    dated: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    prefix = alternation(lexicon.section("masthead", "distribution"))
    words = [word for forms in lexicon.section("masthead", "distributions").values() for word in forms]
    original = alternation(lexicon.section("masthead", "original"))
    languages = [word for forms in lexicon.section("masthead", "languages").values() for word in forms]
    sole = alternation(lexicon.section("masthead", "sole"))
    months = alternation(lexicon.section("dates", "months"))
    return _Patterns(
        re.compile(rf"(?:{prefix})(?P<marked>\s*:|(?<=[.:]))?\s*(?P<value>{alternation(words)})?(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\S)(?:{original})\s*:\s*(?P<value>\w[^\[\]()|]*)", re.IGNORECASE),
        re.compile(rf"\W?(?:{alternation(languages)})\b.{{0,40}}?\b(?:{sole})\W?$", re.IGNORECASE),
        re.compile(
            rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|\d{{1,2}}\w{{0,2}}\s+[^\W\d]{{3,9}}\.?,?\s+\d{{2,4}}"
            rf"|(?:\d{{1,2}}\w{{0,2}}\s+)?(?:{months})(?:\s+\d{{1,2}}\w{{0,2}})?,?(?:\s+\d{{2,4}})?",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:{alternation(lexicon.section('masthead', 'dated'))})\s*:\s*", re.IGNORECASE),
    )


def _value_of(values: dict[str, list[str]], word: str) -> str:
    folded = word.casefold()
    return next((value for value, words in values.items() if folded in (w.casefold() for w in words)), "")


def _language_of(lexicon: Lexicon, word: str) -> str:
    return _value_of(lexicon.section("masthead", "languages"), word.strip())


def title(structure: Structure, lexicon: Lexicon, masthead: Masthead) -> Title:
    """Find the title and the kind of document."""
    kinds = (
        (DocumentKind.REPORT, lexicon.phrases("report_title")),
        (DocumentKind.AGENDA, lexicon.phrases("agenda_title")),
        (DocumentKind.OTHER, lexicon.phrases("other_title")),
    )
    is_un = bool(masthead.recognised) or _looks_like_report(structure)
    for kind, family in kinds if is_un or structure.paragraphs else ():
        for passage, start, end in front_lines(structure):
            line = passage.text[start:end]
            if family.search(line):
                return Title(line, passage.span(start, end), kind)
    return Title("", None, DocumentKind.UNKNOWN if is_un else DocumentKind.NOT_UN)


def _looks_like_report(structure: Structure) -> bool:
    """Return whether a large part of the document consists of numbered paragraphs (4 or 4.2).

    If no heading is labelled, a few numbered lines may be a list of steps and are not enough.
    """
    numbered = [
        entry
        for series in (*structure.paragraphs, *structure.decimals)
        for entry in series.entries
        if len(structure.passages[entry.passage].text) > 20
    ]
    count = len(numbered) + len(structure.labelled)
    if structure.sections and not any(section.name for section in structure.sections) and count < _FEWEST:
        return False
    return count > 0 and count * 6 >= len(structure.passages)


class DocumentDate(NamedTuple):
    """The reference date for names: the date in the masthead, or the last day mentioned; ``None`` without dates."""

    day: date | None


def document_date(structure: Structure, lexicon: Lexicon, masthead: Masthead) -> DocumentDate:
    """Return the date of the masthead, else the last day of the event, else the last day mentioned."""
    if masthead.date:
        return DocumentDate(masthead.date)
    days = [day for dates, _ in masthead.event for _, day in dates.periods()]
    if not days:
        for passage in structure.checked_passages():
            for _, _, dates in lexicon.find_dates(passage.text):
                days += [last for _, last in dates.periods()]
    return DocumentDate(max(days, default=None))
