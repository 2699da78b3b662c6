"""Document symbols cited in the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlint.document import Span
from reportlint.language.symbols import Candidate, SymbolGrammar
from reportlint.structure import Structure


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


def citations(structure: Structure, grammar: SymbolGrammar) -> Citations:
    """Find the symbols that the draft cites, its own included."""
    found: list[Citation] = []
    for passage in structure.speaking():
        text = passage.text
        if "/" not in text and "\\" not in text:
            continue
        for candidate in grammar.find_symbols(text):
            if not passage.is_quoted(candidate.start):
                found.append(Citation(candidate, passage.span(candidate.start, candidate.end), passage.index))
    return Citations(tuple(found))
