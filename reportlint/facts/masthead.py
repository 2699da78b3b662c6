"""The masthead: what the head of the document states about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from reportlint.document import Span
from reportlint.knowledge.house import StatedMeeting
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage, Structure
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Symbol

_MAST_LINES = 80
_FEWEST = 6
_WORD = re.compile(r"[^\W\d_]+")
_BELOW = 3
_COLUMN_GAP = re.compile(r"\s{3,}|\t+|\s*\|\s*")


class MastheadLine(NamedTuple):
    """A line of the head of the document with its place; ``value`` is what it states, in the lexicon's terms.

    ``word`` is how it is printed, ``values`` all that the line states (several original languages).
    """

    text: str
    span: Span
    value: str = ""
    word: str = ""
    values: tuple[str, ...] = ()


class Masthead(NamedTuple):
    """Distribution ("general", "limited", …), symbol, date, languages and the event's place and dates.

    Every part may be absent. ``recognised`` are the lines that only a masthead has, in order; ``misdated`` is a line
    where the date is due that is none; ``sole`` says that the document exists in one language only.
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
        """Whether there is a masthead; a symbol alone heads other documents too, a language alone a page."""
        return bool(self.distribution or self.original or (self.symbol and (self.version or self.sole)))


class DocumentKind(Enum):
    """What a document is: only reports are asked for what reports must have."""

    REPORT = "report"
    AGENDA = "agenda"
    OTHER = "other"
    UNKNOWN = "unknown"
    NOT_UN = "not a United Nations document"


class Title(NamedTuple):
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


def masthead(structure: Structure, lexicon: Lexicon, grammar: SymbolGrammar, known: StatedMeeting) -> Masthead:
    """Read the masthead line by line; a symbol known from the configuration counts where it has none.

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
    if "date" not in reader.found and head:
        # The date stands among the lines of distribution and languages, or right beside them.
        for passage, start, end in pieces[max(0, head[0] - 1) : head[-1] + 2]:
            line = passage.text[start:end]
            if reader.patterns.date_like.fullmatch(line):
                reader.found["misdated"] = MastheadLine(line, passage.span(start, end))
                break
    if known.symbol and "symbol" not in reader.found:
        parsed = grammar.parse_symbol(known.symbol)
        reader.found["symbol"] = parsed if isinstance(parsed, Symbol) else None
    found: dict[str, Any] = reader.found
    return Masthead(event=tuple(reader.event), recognised=tuple(recognised), **found)


class _Reader:
    """What the lines read so far have stated; of each thing the first statement counts."""

    def __init__(self, lexicon: Lexicon, grammar: SymbolGrammar) -> None:
        self.lexicon, self.grammar, self.patterns = lexicon, grammar, _patterns(lexicon)
        self.distributions = lexicon.section("masthead", "distributions")
        self.organization = lexicon.words("masthead", "organization")
        self.found: dict[str, object] = {}
        self.event: list[tuple[Dates, Span]] = []
        self.due = 0  # pieces among which "GENERAL" may follow a "Distr." on a line of its own

    def statement(self, line: str, span: Span) -> bool:
        """Read a line of distribution or language; whether it is one."""
        stated = {"distribution": self._distribution(line, span)}
        original = self.patterns.original.match(line)
        if original:
            stated["original"] = _languages(line, span, original["value"], self.lexicon)
        if _language_of(self.lexicon, line):
            stated["version"] = MastheadLine(line, span, _language_of(self.lexicon, line), line)
        if self.patterns.sole.match(line):
            stated["sole"] = MastheadLine(line, span)
        new = {
            key: value for key, value in stated.items() if value and (key not in self.found or key == "distribution")
        }
        self.found.update(new)
        return bool(new)

    def _distribution(self, line: str, span: Span) -> MastheadLine | None:
        due, self.due = self.due, max(0, self.due - 1)
        if due and _value_of(self.distributions, line):
            self.due = 0
            return MastheadLine(line, span, _value_of(self.distributions, line), line)
        match = self.patterns.distribution.match(line)
        if match is None or "distribution" in self.found or not (match["value"] or match["marked"] is not None):
            return None
        word = match["value"] or line[match.end() :].strip()
        self.due = 0 if word else _BELOW
        return MastheadLine(line, span, _value_of(self.distributions, word), word)

    def symbol(self, line: str, passage: Passage, start: int) -> bool:
        """Read a symbol at the beginning of a line; whether there is one."""
        symbol = next(iter(self.grammar.find_symbols(line)), None)
        if symbol is None or "symbol" in self.found or not _opens_line(line[: symbol.start], self.organization):
            return False
        self.found["symbol"] = symbol.symbol
        self.found["symbol_span"] = passage.span(start + symbol.start, start + symbol.end)
        return True

    def dates(self, line: str, passage: Passage, start: int) -> None:
        """Read the dates at the end of a line: a day that is all of it is the document's, others are the event's."""
        distribution = self.patterns.distribution.match(line)
        label = self.patterns.dated.match(line)
        opening = label.end() if label else 0
        for left, right, dates in self.lexicon.find_dates(line):
            if right < len(line.rstrip(" .")) - 12 or dates.year is None:
                continue
            whole = left == opening or bool(distribution)
            span = passage.span(start + left, start + right)
            if whole and not dates.has_range and "date" not in self.found:
                day = next(iter(dates.days()), None)
                if day:
                    self.found["date"], self.found["date_span"] = day, span
            elif not distribution:
                self.event.append((dates, span))


def _pieces(text: str, start: int, end: int, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """The parts of a line that states several things: "Distr.: General 18 July 2014 Original: English"."""
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
    """What the line of the original language names; ``value`` is the first one, empty if it is no official one."""
    words = [word for word in _WORD.findall(printed) if word.casefold() not in lexicon.words("lists", "and")]
    named = tuple(value for value in (_language_of(lexicon, word) for word in words) if value)
    return MastheadLine(line, span, _language_of(lexicon, words[0]) if words else "", " ".join(words[:1]), named)


def _opens_line(before: str, organization: tuple[str, ...]) -> bool:
    """Whether what follows ``before`` begins its line, the name of the Organization in the other column aside."""
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
    words = [word for known in lexicon.section("masthead", "distributions").values() for word in known]
    original = alternation(lexicon.section("masthead", "original"))
    languages = [word for known in lexicon.section("masthead", "languages").values() for word in known]
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
            if family.search(line):
                return Title(line, passage.span(start, end), kind)
    return Title("", None, DocumentKind.UNKNOWN if is_un else DocumentKind.NOT_UN)


def _looks_like_report(structure: Structure) -> bool:
    """Whether numbered paragraphs of sentences, 4 or 4.2, make up a good part of the document.

    Under headings none of which is labelled, a few numbered lines are a list of steps.
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
