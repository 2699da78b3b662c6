"""The masthead of the document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from reportlint.document import Span
from reportlint.facts.event_places import place_in
from reportlint.facts.front import FrontLines, trimmed
from reportlint.facts.written_dates import Calendar
from reportlint.knowledge.house_data import StatedMeeting
from reportlint.knowledge.registers import Bodies
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import ComponentKind, Symbol

_WORD = re.compile(r"[^\W\d_]+")
_BELOW = 3
_AFTER_DATES = 12  # most characters between the dates of an event and the end of their line
_UNITED_NATIONS = "united-nations"  # kind of its own bodies in the register
_PARTS_OF_OURS = (ComponentKind.BODY, ComponentKind.NATURE, ComponentKind.YEAR, ComponentKind.OTHER)
_SEPARATORS = " \t:|-–—"  # between the name of the Organization and the symbol


class MastheadLine(NamedTuple):
    """A line in the head of the document.

    ``value`` is the value it states, as the lexicon names it; ``word`` is that value as printed. ``values`` are all
    values of the line, if it states several (original languages).
    """

    mention: Mention
    value: str = ""
    word: str = ""
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.mention.text

    @property
    def span(self) -> Span:
        return self.mention.span


class EventDates(NamedTuple):
    """The dates of the event as a line states them, with the place before them in the line, if it names one."""

    dates: Dates
    mention: Mention
    place: Mention | None = None

    @property
    def span(self) -> Span:
        return self.mention.span


class Masthead(NamedTuple):
    """The symbol, distribution ("general", "limited", …), date, languages and event dates of a document.

    Any part may be absent. ``misdated`` is a line in the place of the date that is not a valid date. ``version`` is
    the language of the document; ``sole`` is the line stating that it exists in one language only. ``recognised`` are
    the lines that only a masthead has, in order. ``is_front_page`` is true for the front page of Official
    Records, which has the original language and the date in square brackets and no distribution. ``is_of_others`` is
    true if the head is that of another organization, which has a house style of its own: it states no distribution, has
    no symbol of a known series or of the usual form, does not name the United Nations, and has lines of a masthead or
    the name of another organization.
    """

    symbol: Symbol | None = None
    symbol_mention: Mention | None = None
    distribution: MastheadLine | None = None
    date: date | None = None
    date_mention: Mention | None = None
    misdated: MastheadLine | None = None
    original: MastheadLine | None = None
    version: MastheadLine | None = None
    sole: MastheadLine | None = None
    event: tuple[EventDates, ...] = ()
    recognised: tuple[Mention, ...] = ()
    is_front_page: bool = False
    is_of_others: bool = False

    @property
    def stands(self) -> bool:
        """Whether there is a masthead. A symbol alone, or the language of the version alone, is not enough."""
        stated = self.distribution or self.original or (self.symbol and (self.version or self.sole))
        return bool(stated) and not self.is_of_others


def masthead(
    front: FrontLines,
    calendar: Calendar,
    lexicon: Lexicon,
    grammar: SymbolGrammar,
    known: StatedMeeting,
    bodies: Bodies,
) -> Masthead:
    """Read the masthead line by line.

    A symbol from the configuration counts if the masthead has none.

    Authority: Editorial Manual, Masthead.
    """
    reader = _Reader(lexicon, grammar, calendar)
    pieces = [piece for line in front.lines for piece in _pieces(line, calendar, reader.patterns)]
    head: list[int] = []
    recognised: list[Mention] = []
    for index, piece in enumerate(pieces):
        stated = reader.statement(piece)
        if stated:
            head.append(index)
        symbol = reader.symbol(piece)
        reader.dates(piece)
        if stated or symbol:
            recognised.append(piece)
    if "date" not in reader.values and head:
        # The date is between the lines of distribution and languages, or right before or after them.
        between = pieces[max(0, head[0] - 1) : head[-1] + 2]
        misdated = next((piece for piece in between if reader.patterns.date_like.fullmatch(piece.text)), None)
        misdated = misdated or next((piece for piece in between[:-1] if _is_bracketed(piece)), None)
        if misdated:
            reader.values["misdated"] = MastheadLine(misdated)
    if known.symbol and "symbol" not in reader.values:
        parsed = grammar.parse_symbol(known.symbol)
        reader.values["symbol"] = parsed if isinstance(parsed, Symbol) else None
    values: dict[str, Any] = reader.values
    is_ours = (
        "distribution" in values
        or _is_ours(values.get("symbol"), grammar)
        or any(reader.names_organization(line.text) for line in front.lines)
    )
    values["is_of_others"] = not is_ours and bool(recognised or _names_others(front, bodies, lexicon))
    return Masthead(event=tuple(reader.event), recognised=tuple(recognised), **values)


def _is_ours(symbol: Symbol | None, grammar: SymbolGrammar) -> bool:
    """Return whether a symbol begins with an organ or a series of the register, or names a subsidiary body or a year.

    Other organizations number their papers by meeting: "ANT/IX/51".
    """
    if symbol is None:
        return False
    if symbol.organ in grammar.vocabulary.organs | grammar.vocabulary.series:
        return True
    return any(part.kind in _PARTS_OF_OURS for part in symbol.parts[1:])


def _names_others(front: FrontLines, bodies: Bodies, lexicon: Lexicon) -> bool:
    """Return whether a line is the name of an organization outside the United Nations."""
    rows = (body for body in bodies.rows if body.kind != _UNITED_NATIONS and lexicon.code in body.names)
    names = {body.names[lexicon.code].name.casefold() for body in rows}
    return any(line.text.strip().casefold() in names for line in front.lines)


def _is_bracketed(piece: Mention) -> bool:
    """Return whether a line stands in square brackets, which are not part of it."""
    return piece.passage.text[: piece.start].rstrip().endswith("[")


class _Reader:
    """Collects the values stated by the lines. The first statement of each value counts."""

    def __init__(self, lexicon: Lexicon, grammar: SymbolGrammar, calendar: Calendar) -> None:
        self.lexicon, self.grammar, self.calendar, self.patterns = lexicon, grammar, calendar, _patterns(lexicon)
        self.distributions = lexicon.mapping("masthead", "distributions")
        self.organization = lexicon.words("masthead", "organization")
        self.values: dict[str, object] = {}
        self.event: list[EventDates] = []
        self.due = 0  # number of pieces in which "GENERAL" may still follow "Distr." on a separate line

    def names_organization(self, line: str) -> bool:
        """Return whether a line is, or begins with, the name of the United Nations."""
        return line.casefold().startswith(self.organization)

    def statement(self, piece: Mention) -> bool:
        """Read a line stating the distribution or a language. Return whether it stated a new value."""
        line = piece.text
        stated = {"distribution": self._distribution(piece)}
        original = self.patterns.original.match(line)
        if original:
            stated["original"] = _languages(piece, original["value"], self.lexicon)
        if _language_of(self.lexicon, line):
            stated["version"] = MastheadLine(piece, _language_of(self.lexicon, line), line)
        if self.patterns.sole.match(line):
            stated["sole"] = MastheadLine(piece)
        new = {
            key: value for key, value in stated.items() if value and (key not in self.values or key == "distribution")
        }
        if "original" in new and _is_bracketed(piece):
            self.values["is_front_page"] = True
        self.values.update(new)
        return bool(new)

    def _distribution(self, piece: Mention) -> MastheadLine | None:
        line = piece.text
        due, self.due = self.due, max(0, self.due - 1)
        if due and _value_of(self.distributions, line):
            self.due = 0
            return MastheadLine(piece, _value_of(self.distributions, line), line)
        match = self.patterns.distribution.match(line)
        if match is None or "distribution" in self.values or not (match["value"] or match["marked"] is not None):
            return None
        word = match["value"] or line[match.end() :].strip()
        self.due = 0 if word else _BELOW
        return MastheadLine(piece, _value_of(self.distributions, word), word)

    def symbol(self, piece: Mention) -> bool:
        """Read the document symbol, if it begins the line. Return whether this line states it."""
        candidate = next(iter(self.grammar.find_symbols(piece.text)), None)
        if candidate is None or "symbol" in self.values:
            return False
        if not _opens_line(piece.text[: candidate.start], self.organization):
            return False
        self.values["symbol"] = candidate.symbol
        self.values["symbol_mention"] = piece.part(candidate.start, candidate.end)
        return True

    def dates(self, piece: Mention) -> None:
        """Read the dates at the end of a line.

        A single day that makes up the whole line is the date of the document. Other periods are those of the event, and
        days after a place: "Published on 3 May" says nothing of an event.
        """
        line = piece.text
        distribution = self.patterns.distribution.match(line)
        label = self.patterns.dated.match(line)
        opening = label.end() if label else 0
        for mention, dates, _ in self.calendar.within(piece):
            if mention.end - piece.start < len(line.rstrip(" .")) - _AFTER_DATES or dates.year is None:
                continue
            whole = mention.start - piece.start == opening or bool(distribution)
            if whole and not dates.has_range and "date" not in self.values:
                day = next(iter(dates.days()), None)
                if day:
                    self.values["date"], self.values["date_mention"] = day, mention
                continue
            place = place_in(mention._replace(start=piece.start, end=mention.start), self.lexicon)
            if not distribution and (place or dates.has_range):
                self.event.append(EventDates(dates, mention, place))


def _pieces(line: Mention, calendar: Calendar, patterns: _Patterns) -> Iterator[Mention]:
    """Split a line that states several values: "Distr.: General 18 July 2014 English only"."""
    text, start, end = line.passage.text, line.start, line.end
    cuts = [start]
    distribution = patterns.distribution.match(text[start:end])
    if distribution and distribution["value"]:
        cuts.append(start + distribution.end())
        # What follows the date of the document: the language of the version, or the only one.
        dated = next(calendar.within(Mention(line.passage, cuts[-1], end)), None)
        if dated and patterns.version.match(text, dated.mention.end, end):
            cuts.append(dated.mention.end)
    cuts += (match.start() for match in patterns.original.finditer(text, cuts[-1], end))
    for left, right in zip(cuts, (*cuts[1:], end), strict=True):
        for piece in trimmed(text, left, right):
            yield Mention(line.passage, *piece)


def _languages(line: Mention, printed: str, lexicon: Lexicon) -> MastheadLine:
    """Read the line of the original language. ``value`` is the first language, or "" if it is not official."""
    words = [word for word in _WORD.findall(printed) if word.casefold() not in lexicon.words("lists", "and")]
    languages = tuple(value for value in (_language_of(lexicon, word) for word in words) if value)
    return MastheadLine(line, _language_of(lexicon, words[0]) if words else "", " ".join(words[:1]), languages)


def _opens_line(before: str, organization: tuple[str, ...]) -> bool:
    """Return whether the text after ``before`` begins the line, except for the name of the Organization."""
    return len(before) <= 2 or before.strip(_SEPARATORS).casefold() in organization


class _Patterns(NamedTuple):
    distribution: re.Pattern[str]
    original: re.Pattern[str]
    sole: re.Pattern[str]
    date_like: re.Pattern[str]
    dated: re.Pattern[str]
    version: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    prefix = alternation(lexicon.section("masthead", "distribution"))
    words = [word for forms in lexicon.mapping("masthead", "distributions").values() for word in forms]
    original = alternation(lexicon.section("masthead", "original"))
    languages = _with_plain([word for forms in lexicon.mapping("masthead", "languages").values() for word in forms])
    sole = alternation(lexicon.section("masthead", "sole"))
    months = alternation(lexicon.section("dates", "months"))
    return _Patterns(
        re.compile(rf"(?:{prefix})(?P<marked>\s*:|(?<=[.:]))?\s*(?P<value>{alternation(words)})?(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\S)(?:{original})\s*:\s*(?P<value>\w[^\[\]()|]*)", re.IGNORECASE),
        re.compile(rf"\W?(?:{alternation(languages)})\b.{{0,40}}?\b(?:{sole})\W?$", re.IGNORECASE),
        re.compile(
            rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|\d{{1,2}}\w{{0,2}}\s+[^\W\d]{{3,9}}\.?,?\s+\d{{2,4}}"
            rf"|(?:(?:\d{{1,2}}\w{{0,2}}|x{{1,3}}|_{{1,4}}|\.{{2,4}}|…|\?{{1,3}})\s+)?(?:{months})"
            rf"(?:\s+\d{{1,2}}\w{{0,2}})?,?(?:\s+\d{{2,4}})?",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:{alternation(lexicon.section('masthead', 'dated'))})\s*:\s*", re.IGNORECASE),
        re.compile(rf"\s*(?:{alternation(languages)})(?:\s+(?:{sole}))?(?!\w)", re.IGNORECASE),
    )


def _value_of(values: Mapping[str, Sequence[str]], word: str) -> str:
    """Return the value that a word names. Capitals may lack accents and cedillas."""
    folded = word.casefold()
    for value, words in values.items():
        forms = _with_plain(words) if word.isupper() else words
        if folded in (form.casefold() for form in forms):
            return value
    return ""


def _with_plain(words: Sequence[str]) -> list[str]:
    """Return the words, and those with accents and cedillas also without them."""
    return list(dict.fromkeys((*words, *map(_plain, words))))


def _plain(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def _language_of(lexicon: Lexicon, word: str) -> str:
    return _value_of(lexicon.mapping("masthead", "languages"), word.strip())
