"""Document symbols cited in the draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reportlint.document import Span
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Passage, Structure
from reportlint.symbols.continuations import Continuations
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Candidate, ComponentKind, Symbol


class Citation(NamedTuple):
    """A symbol as printed, well formed or malformed, where it stands. ``symbol`` is the whole symbol that is meant,
    also where only its end is printed ("and Add.1"), which ``is_short`` says."""

    candidate: Candidate
    symbol: Symbol
    span: Span
    passage: int
    is_short: bool = False

    @property
    def text(self) -> str:
        return self.candidate.value.text


@dataclass(frozen=True)
class Citations:
    """Every symbol of the draft outside quotations, in order."""

    citations: tuple[Citation, ...] = ()

    def __iter__(self) -> Iterator[Citation]:
        return iter(self.citations)


def _taught(grammar: SymbolGrammar, passages: list[Passage]) -> SymbolGrammar:
    """The grammar with what the document's own well-formed symbols show: first components that it may not know, and
    how the body joins a number that may follow a dot or a slash.

    A fault behind a first component that stands nowhere else would be a guess.
    """
    words = grammar.vocabulary
    known = words.organs | words.series
    symbols = [
        candidate.value
        for passage in passages
        for candidate in grammar.find_symbols(passage.text)
        if isinstance(candidate.value, Symbol)
    ]
    own = Counter(symbol.organ for symbol in symbols if len(symbol.components) > 2)
    new = frozenset(organ for organ in own if organ not in known)
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


def citations(structure: Structure, lexicon: Lexicon, grammar: SymbolGrammar) -> Citations:
    """Find the symbols that the draft cites, its own included."""
    passages = [one for one in structure.speaking() if "/" in one.text or "\\" in one.text]
    grammar = _taught(grammar, passages)
    continuations = Continuations(grammar, lexicon.words("lists", "and"), lexicon.words("lists", "to"))
    found: list[Citation] = []
    for passage in passages:
        text = passage.text
        for candidate in grammar.find_symbols(text):
            if passage.is_quoted(candidate.start):
                continue
            span = passage.span(candidate.start, candidate.end)
            found.append(Citation(candidate, candidate.symbol, span, passage.index))
            for short, symbol in continuations.behind(text, candidate):
                span = passage.span(short.start, short.end)
                found.append(Citation(short, symbol, span, passage.index, is_short=True))
    return Citations(tuple(found))
