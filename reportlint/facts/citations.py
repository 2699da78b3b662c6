"""Citations of document symbols."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reportlint.document import Span
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention, Passage, Structure
from reportlint.symbols.continuations import Continuations
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Candidate, ComponentKind, Malformed, Symbol
from reportlint.symbols.series import DraftSeries, draft_series, fragments


class Citation(NamedTuple):
    """A document symbol as printed, well formed or malformed.

    ``candidate`` holds its offsets in the passage. ``symbol`` is the complete symbol, even where only its last part is
    printed ("and Add.1"); ``is_short`` is true in that case.
    """

    candidate: Candidate
    symbol: Symbol
    passage: Passage
    is_short: bool = False

    @property
    def text(self) -> str:
        return self.candidate.value.text

    @property
    def mention(self) -> Mention:
        return Mention(self.passage, self.candidate.start, self.candidate.end)

    @property
    def span(self) -> Span:
        return self.mention.span


class SymbolFragment(NamedTuple):
    """A symbol that lost a part, and its place."""

    value: Malformed
    mention: Mention

    @property
    def span(self) -> Span:
        return self.mention.span


@dataclass(frozen=True)
class Citations:
    """All document symbols outside quotations, in order, and the fragments of symbols."""

    citations: tuple[Citation, ...] = ()
    fragments: tuple[SymbolFragment, ...] = ()

    def __iter__(self) -> Iterator[Citation]:
        return iter(self.citations)


def _learned(grammar: SymbolGrammar, symbols: list[Symbol]) -> SymbolGrammar:
    """Return the grammar, extended with what the well-formed symbols of the draft show.

    These are first components that the grammar does not know, and whether the body writes a dot before a number that
    may follow a dot or a slash. A malformed symbol adds nothing: if its first component occurs nowhere else, any
    error reported in it would be a guess.
    """
    words = grammar.vocabulary
    known = words.organs | words.series
    organs = Counter(symbol.organ for symbol in symbols if len(symbol.components) > 2)
    new = frozenset(organ for organ in organs if organ not in known)
    dotted = {
        part.name
        for symbol in symbols
        for part in symbol.of_kind(ComponentKind.NATURE)
        if part.number and part.name in words.either
    }
    if not new and not dotted:
        return grammar
    either = {**words.either, **dict.fromkeys(dotted, ".")}
    return SymbolGrammar(words._replace(series=words.series | new, either=either))


def _citations_in(
    passage: Passage,
    candidates: list[Candidate],
    grammar: SymbolGrammar,
    continuations: Continuations,
    series: DraftSeries,
) -> Iterator[Citation]:
    text = passage.text
    for printed in candidates:
        if passage.is_quoted(printed.start):
            continue
        contradicted = series.faults_of(printed.value, grammar) if isinstance(printed.value, Symbol) else None
        candidate = _at(printed, contradicted) if contradicted else printed
        yield Citation(candidate, candidate.symbol, passage)
        for short, symbol in continuations.find(text, candidate):
            yield Citation(short, symbol, passage, is_short=True)


def _at(candidate: Candidate, malformed: Malformed) -> Candidate:
    """Return a candidate as malformed, with the places of the faults in the text."""
    start = candidate.start
    faults = tuple(fault._replace(start=start + fault.start, end=start + fault.end) for fault in malformed.faults)
    return candidate._replace(value=malformed._replace(faults=faults))


def citations(structure: Structure, lexicon: Lexicon, grammar: SymbolGrammar) -> Citations:
    """Find all symbols in the draft, including the symbol of the draft itself."""
    passages = [passage for passage in structure.checked_passages() if "/" in passage.text or "\\" in passage.text]
    registered = grammar.vocabulary.organs | grammar.vocabulary.series
    printed = [[*grammar.find_symbols(passage.text)] for passage in passages]
    learned = _learned(grammar, [each.value for found in printed for each in found if isinstance(each.value, Symbol)])
    if learned is not grammar:
        grammar = learned
        printed = [[*grammar.find_symbols(passage.text)] for passage in passages]
    continuations = Continuations(grammar, lexicon.words("lists", "and"), lexicon.words("lists", "to"))
    symbols = (
        candidate.value
        for passage, candidates in zip(passages, printed, strict=True)
        for candidate in candidates
        if isinstance(candidate.value, Symbol) and not passage.is_quoted(candidate.start)
    )
    series = draft_series(symbols, registered)
    cited = [
        item
        for passage, candidates in zip(passages, printed, strict=True)
        for item in _citations_in(passage, candidates, grammar, continuations, series)
    ]
    found = tuple(
        SymbolFragment(fragment.value, Mention(passage, fragment.start, fragment.end))
        for passage in passages
        for fragment in fragments(passage.text, series, grammar)
        if isinstance(fragment.value, Malformed) and not passage.is_quoted(fragment.start)
    )
    return Citations(tuple(cited), found)
