"""Document symbols cited in the draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlint.document import Span
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.language.symbols import Candidate, Fault, FaultKind, Malformed, Symbol, SymbolGrammar
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


def citations(structure: Structure, lexicon: Lexicon, grammar: SymbolGrammar) -> Citations:
    """Find the symbols that the draft cites, its own included."""
    passages = [one for one in structure.speaking() if "/" in one.text or "\\" in one.text]
    grammar = _taught(grammar, passages)
    and_ = alternation(lexicon.words("lists", "and"))
    continued = re.compile(
        rf"(?:\s*,\s*|\s+(?:{and_})\s+)(?P<name>[A-Za-z]{{3,5}})(?P<joint>\.?\s?)(?P<number>\d+)", re.IGNORECASE
    )
    found: list[Citation] = []
    for passage in passages:
        text = passage.text
        for candidate in grammar.find_symbols(text):
            if passage.is_quoted(candidate.start):
                continue
            found.append(Citation(candidate, passage.span(candidate.start, candidate.end), passage.index))
            shortened = _continuation(text, candidate, continued, grammar)
            if shortened:
                found.append(Citation(shortened, passage.span(shortened.start, shortened.end), passage.index))
    return Citations(tuple(found))


def _continuation(
    text: str, candidate: Candidate, continued: re.Pattern[str], grammar: SymbolGrammar
) -> Candidate | None:
    """A malformed final element in short form behind a symbol: "and Corr1" for "and Corr.1"."""
    match = continued.match(text, candidate.end)
    proper = (
        {final.casefold(): final for final in grammar.vocabulary.finals}.get(match["name"].casefold())
        if match
        else None
    )
    if match is None or proper is None or (match["name"] == proper and match["joint"] == "."):
        return None
    right = f"{proper}.{match['number']}"
    fault = Fault(FaultKind.MISSING_DOT, match.start("name"), match.end(), right)
    symbol = replace(candidate.symbol, text=right)
    return Candidate(
        match.start("name"),
        match.end(),
        Malformed(match.group()[match.start("name") - match.start() :], (fault,), symbol),
    )
