"""Faults that only the other symbols of a draft show: exchanged parts, lost parts and spellings of one series."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from reportlint.language.numerals import alternation, alternation_apart
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Candidate, Component, ComponentKind, Fault, FaultKind, Malformed, Symbol

_FEWEST = 3  # symbols with the same beginning that show how a body is written
_FEWEST_PARTS = 3
_YEAR = re.compile(r"(?:19[4-9]|20\d)\d")
_LETTERS = re.compile(r"[A-Z][A-Za-z]+")


class DraftSeries(NamedTuple):
    """What the well-formed symbols of a draft have in common.

    ``beginnings`` counts their first components up to the first number, ``bodies`` are the names that follow each
    organ before a year, ``spellings`` the spellings of each kind of document in each series, ``texts`` the symbols, and
    ``registered`` the first components that the register knows.
    """

    beginnings: Counter[tuple[str, ...]]
    bodies: frozenset[tuple[str, str]]
    spellings: Counter[tuple[str, str, str]]
    texts: tuple[str, ...]
    registered: frozenset[str]

    def faults_of(self, symbol: Symbol, grammar: SymbolGrammar) -> Malformed | None:
        """Return a well-formed symbol as malformed if the other symbols of the draft contradict it."""
        return self._exchanged_parts(symbol, grammar) or self._exchanged_letters(symbol, grammar) or self._case(symbol)

    def _exchanged_parts(self, symbol: Symbol, grammar: SymbolGrammar) -> Malformed | None:
        """Return the fault of a symbol whose year stands before the body: "FCCC/2014/SBSTA/L.25"."""
        if len(symbol.parts) < _FEWEST_PARTS:
            return None
        text, (_, year, body) = symbol.text, symbol.parts[:3]
        if not (_YEAR.fullmatch(text, year.start, year.end) and _LETTERS.fullmatch(text, body.start, body.end)):
            return None
        if (symbol.organ, symbol.text_of(body)) not in self.bodies:
            return None
        exchanged = f"{symbol.text_of(body)}/{symbol.text_of(year)}"
        return _replaced(symbol, year.start, body.end, exchanged, grammar)

    def _exchanged_letters(self, symbol: Symbol, grammar: SymbolGrammar) -> Malformed | None:
        """Return the fault of a symbol that begins like most others except for two letters: "HCB/COM" for "HBC/COM"."""
        own = _beginning(symbol)
        if self.beginnings[own] > 1 or own[0] in self.registered:
            return None
        for other, count in self.beginnings.most_common(1):
            if count < _FEWEST or len(other) != len(own):
                continue
            changed = [index for index, (left, right) in enumerate(zip(own, other, strict=True)) if left != right]
            if len(changed) == 1 and _are_exchanged(own[changed[0]], other[changed[0]]):
                part = symbol.parts[changed[0]]
                return _replaced(symbol, part.start, part.end, other[changed[0]], grammar)
        return None

    def _case(self, symbol: Symbol) -> Malformed | None:
        """Return the fault of a symbol that spells its kind of document unlike others of its series: "Inf.", "INF."."""
        for component in symbol.of_kind(ComponentKind.NATURE):
            printed = _spelling(component)
            if printed == component.name or not self.spellings[(symbol.organ, component.name, component.name)]:
                continue
            end = component.start + len(printed)
            fault = Fault(FaultKind.CASE, component.start, end, component.name)
            corrected = symbol.text[: component.start] + component.name + symbol.text[end:]
            return Malformed(symbol.text, (fault,), symbol._replace(text=corrected), corrected)
        return None


def draft_series(symbols: Iterable[Symbol], registered: frozenset[str]) -> DraftSeries:
    """Collect what the well-formed symbols of a draft have in common."""
    texts: dict[str, None] = {}
    beginnings: Counter[tuple[str, ...]] = Counter()
    bodies: set[tuple[str, str]] = set()
    spellings: Counter[tuple[str, str, str]] = Counter()
    for symbol in symbols:
        if symbol.text not in texts:
            texts[symbol.text] = None
            beginnings[_beginning(symbol)] += 1
        if len(symbol.parts) >= _FEWEST_PARTS:
            _, body, year, *_ = symbol.parts
            if _YEAR.fullmatch(symbol.text, year.start, year.end):
                bodies.add((symbol.organ, symbol.text_of(body)))
        for component in symbol.of_kind(ComponentKind.NATURE):
            if component.number:
                spellings[(symbol.organ, component.name, _spelling(component))] += 1
    return DraftSeries(beginnings, frozenset(bodies), spellings, tuple(texts), registered)


def fragments(text: str, series: DraftSeries, grammar: SymbolGrammar) -> Iterator[Candidate]:
    """Yield symbols that lost a part: "PRST 28/3" beside "PRST/28/1", "14/BOL/Add.1" beside "A/HRC/WG.6/14/CHE/1"."""
    if "/" not in text:
        return
    for match in _spaced(grammar).finditer(text):
        space = match.group().index(" ")
        yield _candidate(match.start(), match.group(), space, space + 1, "/", FaultKind.SPACE)
    for match in _first_series(grammar).finditer(text):
        if match.start() and (text[match.start() - 1].isalnum() or text[match.start() - 1] in "/.-"):
            continue
        session = match["text"].partition("/")[0]
        before = next((known for known in series.texts if f"/{session}/" in known), None)
        if before:
            lost = before[: before.index(f"/{session}/") + 1]
            yield _candidate(match.start(), match["text"], 0, 0, lost, FaultKind.MISSING_PART)


@lru_cache(maxsize=8)
def _spaced(grammar: SymbolGrammar) -> re.Pattern[str]:
    """Return the pattern of a kind of document before a number with a slash: "PRST 28/3"."""
    slashed = [name for name in grammar.vocabulary.slashed if name.isupper() and len(name) > _FEWEST_PARTS]
    names = alternation_apart(slashed, r"\w/.-")
    return re.compile(rf"(?:{names}) \d{{1,4}}/\d{{1,4}}(?![\w/])")


@lru_cache(maxsize=8)
def _first_series(grammar: SymbolGrammar) -> re.Pattern[str]:
    """Return the pattern of a session, the code of a State and a final element: "14/BOL/Add.1"."""
    finals = alternation(grammar.vocabulary.finals & grammar.vocabulary.dotted)
    return re.compile(rf"(?P<text>\d{{1,3}}/[A-Z]{{3}}/(?:{finals})\.\d{{1,2}})(?![\w/])")


def _candidate(offset: int, text: str, start: int, end: int, replacement: str, kind: FaultKind) -> Candidate:
    corrected = text[:start] + replacement + text[end:]
    symbol = Symbol.of(corrected, (Component(ComponentKind.OTHER, corrected.partition("/")[0], 0),))
    fault = Fault(kind, offset + start, offset + end, replacement)
    return Candidate(offset, offset + len(text), Malformed(text, (fault,), symbol, corrected))


def _replaced(symbol: Symbol, start: int, end: int, replacement: str, grammar: SymbolGrammar) -> Malformed | None:
    corrected = grammar.parse_symbol(symbol.text[:start] + replacement + symbol.text[end:])
    if not isinstance(corrected, Symbol):
        return None
    fault = Fault(FaultKind.EXCHANGED, start, end, replacement)
    return Malformed(symbol.text, (fault,), corrected, corrected.text)


def _beginning(symbol: Symbol) -> tuple[str, ...]:
    """Return the components before the first number."""
    texts: list[str] = []
    for text in map(symbol.text_of, symbol.parts):
        if any(map(str.isdigit, text)):
            break
        texts.append(text)
    return tuple(texts) or (symbol.organ,)


def _are_exchanged(first: str, second: str) -> bool:
    """Return whether two words differ by two neighbouring letters that have changed places."""
    if len(first) != len(second) or first == second:
        return False
    index = next(index for index, (left, right) in enumerate(zip(first, second, strict=True)) if left != right)
    return first[index : index + 2] == second[index : index + 2][::-1] and first[index + 2 :] == second[index + 2 :]


def _spelling(component: Component) -> str:
    return component.text.partition(".")[0] if component.number else component.text
