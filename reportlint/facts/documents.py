"""The documents that the body had before it: what the draft lists and cites, and when they can have been issued."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.citations import Citation, Citations
from reportlint.facts.masthead import DocumentDate, Masthead
from reportlint.facts.meetings import Session
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Passage, Role, Structure
from reportlint.symbols.model import Symbol

_WORD = re.compile(r"[^\W\d_]{4,}")
_CLAUSE_END = re.compile(r"[,;:()]")
_JOINT = re.compile(r"\s?[-–]\s?")
_FEWEST = 2  # documents that make a list


class IssueYear(NamedTuple):
    """The last year that the draft gives for itself: that of its date, its symbol or the session; ``None`` where it
    gives none."""

    year: int | None


def issue_year(masthead: Masthead, document_date: DocumentDate, session: Session) -> IssueYear:
    """Nothing that the draft cites can have been issued much later."""
    years = [period.last.year for period in session.periods]
    if document_date.day:
        years.append(document_date.day.year)
    own = masthead.symbol.year if masthead.symbol else None
    # A report may bear the year of a session to come; a later one is misprinted.
    if own and (not years or own <= max(years) + 1):
        years.append(own)
    return IssueYear(max(years, default=None))


class CitedDocument(NamedTuple):
    """A document as listed or cited. ``words`` are those that tell it from others in its title (in running text, in
    the clause before its symbol); none where several symbols share them.

    ``is_before`` says that the body had it before it, ``is_earlier`` that the sentence speaks of another session or
    year, ``is_joint`` that a document of two bodies bears another symbol before it ("E/CN.7/2024/2-E/CN.15/2024/2").
    """

    symbol: Symbol
    span: Span
    words: frozenset[str] = frozenset()
    is_before: bool = False
    is_earlier: bool = False
    is_joint: bool = False


@dataclass(frozen=True)
class DocumentsList:
    """A list of documents, in order."""

    documents: tuple[CitedDocument, ...]

    @cached_property
    def series(self) -> str:
        """The series of more than half of the documents: "CTOC/COP/WG.7"; empty where there is none."""
        counts = Counter(one.symbol.series for one in self.documents)
        series, count = counts.most_common(1)[0]
        return series if count >= _FEWEST and 2 * count > len(self.documents) else ""

    @cached_property
    def date(self) -> str:
        """The session or year of most documents of that series."""
        dates = Counter(
            one.symbol.date.text for one in self.documents if one.symbol.date and one.symbol.series == self.series
        )
        return dates.most_common(1)[0][0] if dates else ""


@dataclass(frozen=True)
class Documents:
    """The lists of documents, and the symbols cited elsewhere in the body of the draft."""

    lists: tuple[DocumentsList, ...] = ()
    cited: tuple[CitedDocument, ...] = ()

    @cached_property
    def listed(self) -> tuple[CitedDocument, ...]:
        return tuple(one for found in self.lists for one in found.documents)


def documents(structure: Structure, lexicon: Lexicon, citations: Citations) -> Documents:
    """Sort the symbols that the draft cites by whether they stand in a list of documents."""
    found: dict[int, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.passage, []).append(citation)
    generic = frozenset(lexicon.words("documents", "generic"))
    lists: list[DocumentsList] = []
    taken: set[int] = set()
    for members in _lists(structure, lexicon, found):
        if taken.isdisjoint(members):
            here = [
                _listed(structure.passages[index], found[index], one, generic)
                for index in members
                for one in found[index]
            ]
            if len(here) >= _FEWEST:
                lists.append(DocumentsList(tuple(here)))
                taken.update(members)
    cited = [
        one
        for index, group in found.items()
        if index not in taken and structure.passages[index].role not in (Role.FRONT, Role.HEADING)
        for one in _in_text(structure.passages[index], group, lexicon, generic)
    ]
    return Documents(tuple(lists), tuple(cited))


def _lists(structure: Structure, lexicon: Lexicon, found: dict[int, list[Citation]]) -> Iterator[list[int]]:
    """The passages with symbols of each list: those under its heading, or behind a sentence that announces it."""
    announced, titled = lexicon.phrases("documents_announced"), lexicon.phrases("documents_title")
    passages = structure.passages
    for section in structure.sections:
        if titled.search(section.title):
            yield [
                one.index for one in passages[section.passage + 1 :]
                if one.index in found and one.section and one.section.within(section) and one.paragraph is None
            ]  # fmt: skip
    for passage in structure.speaking(announced):
        if passage.role in (Role.FRONT, Role.HEADING, Role.NOTE) or not passage.text.rstrip().endswith(":"):
            continue
        if announced.search(passage):
            yield list(_behind(passages, passage, found))


def _behind(passages: tuple[Passage, ...], intro: Passage, found: dict[int, list[Citation]]) -> Iterator[int]:
    for passage in passages[intro.index + 1 :]:
        if passage.role in (Role.HEADING, Role.PARAGRAPH) or passage.paragraph != intro.paragraph:
            return
        if passage.index in found:
            yield passage.index


def _listed(passage: Passage, group: list[Citation], citation: Citation, generic: frozenset[str]) -> CitedDocument:
    """A document of a list with its title, which stands before the symbol or behind it."""
    words = frozenset[str]()
    if len(group) == 1:
        text, candidate = passage.text, citation.candidate
        before, behind = _words(text[: candidate.start], generic), _words(text[candidate.end :], generic)
        words = before | behind if passage.role is Role.ROW else before or behind
    joint = any(_JOINT.fullmatch(passage.text, one.candidate.end, citation.candidate.start) for one in group)
    return CitedDocument(citation.symbol, citation.span, words, is_before=True, is_joint=joint)


def _in_text(
    passage: Passage, group: list[Citation], lexicon: Lexicon, generic: frozenset[str]
) -> Iterator[CitedDocument]:
    text = passage.text
    before, earlier = lexicon.phrases("documents_before"), lexicon.phrases("documents_earlier")
    first = last = -1
    for index, citation in enumerate(group):
        start, end = citation.candidate.start, citation.candidate.end
        if (first, last) != passage.sentence(start):
            first, last = passage.sentence(start)
            introduced = [match.end() for match in before.finditer(passage, first, last)]
            is_earlier = earlier.search(passage, first, last) is not None
        previous = group[index - 1].candidate.end if index else first
        alone = not citation.is_short and _is_apart(text, end, group[index + 1 : index + 2])
        clause = text[max(first, previous) : start].rstrip(" (")
        clause = clause[max((found.end() for found in _CLAUSE_END.finditer(clause)), default=0) :]
        yield CitedDocument(
            citation.symbol,
            citation.span,
            _words(clause, generic) if alone else frozenset(),
            any(stop <= start for stop in introduced),
            is_earlier,
        )


def _is_apart(text: str, end: int, following: list[Citation]) -> bool:
    """Whether no other symbol follows in the same enumeration ("A/77/1 and A/77/2")."""
    return not following or len(_WORD.findall(text, end, following[0].candidate.start)) > 1


def _words(text: str, generic: frozenset[str]) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) - generic
