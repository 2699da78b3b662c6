"""Document symbols cited in the draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlint.document import Span
from reportlint.language.symbols import Candidate, Symbol, SymbolGrammar
from reportlint.structure import Passage, Structure


@dataclass(frozen=True)
class Citation:
    """A symbol, well formed or malformed, where it stands. ``offset`` turns the candidate's offsets into the
    passage's."""

    candidate: Candidate
    span: Span
    passage: int

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
    """The grammar with the first components of the document's own well-formed symbols, which it may not know.

    A fault behind a first component that stands nowhere else would be a guess.
    """
    known = grammar.vocabulary.organs | grammar.vocabulary.series
    own = Counter(
        candidate.value.organ
        for passage in passages
        for candidate in grammar.find_symbols(passage.text)
        if isinstance(candidate.value, Symbol) and len(candidate.value.components) > 2
    )
    new = frozenset(organ for organ in own if organ not in known)
    if not new:
        return grammar
    return SymbolGrammar(replace(grammar.vocabulary, series=grammar.vocabulary.series | new))


def citations(structure: Structure, grammar: SymbolGrammar) -> Citations:
    """Find the symbols that the draft cites, its own included."""
    passages = [one for one in structure.speaking() if "/" in one.text or "\\" in one.text]
    grammar = _taught(grammar, passages)
    found: list[Citation] = []
    for passage in passages:
        text = passage.text
        for candidate in grammar.find_symbols(text):
            if not passage.is_quoted(candidate.start):
                found.append(Citation(candidate, passage.span(candidate.start, candidate.end), passage.index))
    return Citations(tuple(found))
