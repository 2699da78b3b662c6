"""Citations of document symbols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Span
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention, MentionTable, Passage, Structure
from reportlint.symbols.continuations import Continuations
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Candidate, ComponentKind, Malformed, Symbol
from reportlint.symbols.series import DraftSeries, draft_series, fragments


class ShortForm(NamedTuple):
    """The last part of a symbol, as printed after another symbol ("and Add.1"), and the complete symbol."""

    value: Symbol | Malformed
    symbol: Symbol


class Citation(NamedTuple):
    """A document symbol as printed, well formed or malformed, at ``start:end`` of the text of a passage."""

    passage: Passage
    start: int
    end: int
    printed: Symbol | Malformed | ShortForm

    @property
    def is_short(self) -> bool:
        """Whether only the last part of the symbol is printed."""
        return isinstance(self.printed, ShortForm)

    @property
    def value(self) -> Symbol | Malformed:
        """What is printed."""
        return self.printed.value if isinstance(self.printed, ShortForm) else self.printed

    @property
    def symbol(self) -> Symbol:
        """The complete symbol, even where only its last part is printed."""
        return self.printed if isinstance(self.printed, Symbol) else self.printed.symbol

    @property
    def text(self) -> str:
        return self.value.text

    @property
    def mention(self) -> Mention:
        return Mention(self.passage, self.start, self.end)

    @property
    def span(self) -> Span:
        return self.passage.span(self.start, self.end)


CitationTable = MentionTable[Citation, Symbol | Malformed | ShortForm]


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

    citations: CitationTable
    fragments: tuple[SymbolFragment, ...] = ()

    def __iter__(self) -> Iterator[Citation]:
        return iter(self.citations)


def _learned(grammar: SymbolGrammar, symbols: Iterable[Symbol]) -> SymbolGrammar:
    """Return the grammar, extended with what the well-formed symbols of the draft show.

    These are first components that the grammar does not know, and whether the body writes a dot before a number that
    may follow a dot or a slash. A malformed symbol adds nothing: if its first component occurs nowhere else, any
    error reported in it would be a guess.
    """
    words = grammar.vocabulary
    known = words.organs | words.series
    new: set[str] = set()
    dotted: set[str] = set()
    for symbol in symbols:
        if len(symbol.parts) > 2 and symbol.organ not in known:
            new.add(symbol.organ)
        for part in symbol.of_kind(ComponentKind.NATURE):
            if part.number and part.name in words.either:
                dotted.add(part.name)
    if not new and not dotted:
        return grammar
    either = {**words.either, **dict.fromkeys(dotted, ".")}
    return SymbolGrammar(words._replace(series=words.series | new, either=either))


def _printed(passages: Iterable[Passage], grammar: SymbolGrammar) -> CitationTable:
    """Return the symbols that are printed in full."""
    table: CitationTable = MentionTable(Citation)
    for passage in passages:
        for start, end, value in grammar.find_symbols(passage.text):
            table.add(passage, start, end, value)
    return table


def _well_formed(printed: CitationTable) -> Iterator[tuple[Citation, Symbol]]:
    for citation in printed:
        if isinstance(citation.printed, Symbol):
            yield citation, citation.printed


def _with_short_forms(
    printed: CitationTable, grammar: SymbolGrammar, continuations: Continuations, series: DraftSeries
) -> CitationTable:
    """Return the symbols outside quotations, contradicted ones as malformed, each with the short forms after it."""
    table: CitationTable = MentionTable(Citation)
    for citation in printed:
        passage, start, end, value = citation.passage, citation.start, citation.end, citation.value
        if passage.is_quoted(start):
            continue
        contradicted = series.faults_of(value, grammar) if isinstance(value, Symbol) else None
        candidate = Candidate(start, end, _at(start, contradicted) if contradicted else value)
        table.add(passage, *candidate)
        for short, symbol in continuations.find(passage.text, candidate):
            table.add(passage, short.start, short.end, _shared(ShortForm(short.value, symbol)))
    return table


@lru_cache(maxsize=256)
def _shared(short: ShortForm) -> ShortForm:
    """Return an equal short form if one was read recently."""
    return short


def _at(start: int, malformed: Malformed) -> Malformed:
    """Return a malformed symbol with the places of its faults in the text in which it begins at ``start``."""
    faults = tuple(fault._replace(start=start + fault.start, end=start + fault.end) for fault in malformed.faults)
    return malformed._replace(faults=faults)


def citations(structure: Structure, lexicon: Lexicon, grammar: SymbolGrammar) -> Citations:
    """Find all symbols in the draft, including the symbol of the draft itself."""
    passages = structure.checked_passages_holding(("/", "\\"))
    registered = grammar.vocabulary.organs | grammar.vocabulary.series
    printed = _printed(passages, grammar)
    learned = _learned(grammar, (symbol for _, symbol in _well_formed(printed)))
    if learned is not grammar:
        grammar = learned
        printed = _printed(passages, grammar)
    continuations = Continuations(grammar, lexicon.words("lists", "and"), lexicon.words("lists", "to"))
    symbols = (symbol for each, symbol in _well_formed(printed) if not each.passage.is_quoted(each.start))
    series = draft_series(symbols, registered)
    found = tuple(
        SymbolFragment(fragment.value, Mention(passage, fragment.start, fragment.end))
        for passage in passages
        for fragment in fragments(passage.text, series, grammar)
        if isinstance(fragment.value, Malformed) and not passage.is_quoted(fragment.start)
    )
    return Citations(_with_short_forms(printed, grammar, continuations, series), found)
