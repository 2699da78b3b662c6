"""Documents before the body: those the draft lists or cites, and the last year in which they can have been issued."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.citations import Citation, Citations
from reportlint.facts.document_dates import DocumentDate
from reportlint.facts.masthead import Masthead
from reportlint.facts.session import Session
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Passage, PassageMentions, Role, Section, Structure
from reportlint.symbols.model import Symbol

_WORD = re.compile(r"[^\W\d_]{4,}")
_CLAUSE_END = re.compile(r"[,;:()]")
_JOINT = re.compile(r"\s?[-–]\s?")
_LONGEST_JOINT = 3  # characters
_FEWEST = 2  # minimum number of documents in a list


class IssueYear(NamedTuple):
    """The latest year that the draft states for itself: of its date, its symbol or the session.

    ``None`` if it states none.
    """

    year: int | None


def issue_year(masthead: Masthead, document_date: DocumentDate, session: Session) -> IssueYear:
    """Return the issue year of the draft. Documents that it cites cannot have been issued much later."""
    years = [period.last.year for period in session.periods]
    if document_date.day:
        years.append(document_date.day.year)
    symbol_year = masthead.symbol.year if masthead.symbol else None
    # The symbol of a report may contain the year of the next session; a later year is a misprint.
    if symbol_year and (not years or symbol_year <= max(years) + 1):
        years.append(symbol_year)
    return IssueYear(max(years, default=None))


class CitedDocument(NamedTuple):
    """A document as listed or cited.

    ``title`` are the distinctive words of its title or, in running text, of the clause before its symbol; empty if
    several symbols share them. ``is_before`` is true if the body had the document before it, ``is_earlier`` if the
    sentence concerns another session or year, ``is_joint`` if this is the second symbol of a joint document of two
    bodies ("E/CN.7/2024/2-E/CN.15/2024/2").
    """

    passage: Passage
    start: int
    end: int
    symbol: Symbol
    title: tuple[str, ...] = ()
    is_before: bool = False
    is_earlier: bool = False
    is_joint: bool = False

    @property
    def span(self) -> Span:
        return self.passage.span(self.start, self.end)

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.title)


@dataclass(frozen=True)
class DocumentsList:
    """A list of documents, in order."""

    documents: tuple[CitedDocument, ...]

    @cached_property
    def series(self) -> str:
        """The series of more than half of the documents ("CTOC/COP/WG.7"), or "" if there is none."""
        counts = Counter(document.symbol.series for document in self.documents)
        series, count = counts.most_common(1)[0]
        return series if count >= _FEWEST and 2 * count > len(self.documents) else ""

    @cached_property
    def date(self) -> str:
        """The most frequent session or year among the documents of that series, or ""."""
        dates = Counter(
            document.symbol.date.text
            for document in self.documents
            if document.symbol.date and document.symbol.series == self.series
        )
        return dates.most_common(1)[0][0] if dates else ""


@dataclass(frozen=True)
class Documents:
    """The lists of documents, and the documents cited elsewhere in the body of a draft that has such lists."""

    lists: tuple[DocumentsList, ...] = ()
    cited: tuple[CitedDocument, ...] = ()

    @cached_property
    def listed(self) -> tuple[CitedDocument, ...]:
        return tuple(document for listing in self.lists for document in listing.documents)


def documents(structure: Structure, lexicon: Lexicon, citations: Citations) -> Documents:
    """Sort the cited symbols into lists of documents and other citations."""
    table = citations.citations
    generic = frozenset(lexicon.words("documents", "generic"))
    lists: list[DocumentsList] = []
    taken: set[int] = set()
    for members in _lists(structure, lexicon, [group.passage.index for group in table.by_passage()]):
        if taken.isdisjoint(members):
            groups = (table.in_passage(structure.passages[index]) for index in members)
            listed = [document for group in groups for document in _listed(group, generic)]
            if len(listed) >= _FEWEST:
                lists.append(DocumentsList(tuple(listed)))
                taken.update(members)
    cited = (
        document
        for group in (table.by_passage() if lists else ())
        if group.passage.index not in taken and group.passage.role not in (Role.FRONT, Role.HEADING)
        for document in _in_text(group, lexicon, generic)
    )
    return Documents(tuple(lists), tuple(cited))


def _lists(structure: Structure, lexicon: Lexicon, cited: list[int]) -> Iterator[list[int]]:
    """Yield the passages of each list, below its heading or after the sentence that announces it.

    ``cited`` are the indices of the passages with symbols.
    """
    announced, titled = lexicon.phrases("documents_announced"), lexicon.phrases("documents_title")
    passages = structure.passages
    for section in structure.sections_titled(titled):
        yield [*_within(section, passages, cited)]
    end = 0  # of the numbered paragraph of the passage, looked up once for all its passages
    for passage in structure.checked_passages(announced):
        if passage.role in (Role.FRONT, Role.HEADING, Role.NOTE) or not passage.text.rstrip().endswith(":"):
            continue
        if announced.search(passage):
            end = end if passage.index < end else _end_of_paragraph(passages, passage)
            yield cited[bisect_right(cited, passage.index) : bisect_left(cited, end)]


def _within(section: Section, passages: tuple[Passage, ...], cited: list[int]) -> Iterator[int]:
    """Yield the passages with symbols in a section, those of its numbered paragraphs left out."""
    for position in range(bisect_right(cited, section.passage), len(cited)):
        index = cited[position]
        passage = passages[index]
        if passage.section and not passage.section.within(section):
            return  # a section is one stretch of the text, apart from the heads of further files
        if passage.section and passage.paragraph is None:
            yield index


def _end_of_paragraph(passages: tuple[Passage, ...], start: Passage) -> int:
    """Return the index of the first passage after ``start`` that is not part of its numbered paragraph."""
    for index in range(start.index + 1, len(passages)):
        passage = passages[index]
        if passage.role in (Role.HEADING, Role.PARAGRAPH) or passage.paragraph != start.paragraph:
            return index
    return len(passages)


def _listed(group: PassageMentions[Citation], generic: frozenset[str]) -> Iterator[CitedDocument]:
    """Yield the documents listed in a passage. The title of one alone is the text before the symbol or after it."""
    passage, text = group.passage, group.passage.text
    title: tuple[str, ...] = ()
    if len(group) == 1:
        before, after = _words(text[: group[0].start], generic), _words(text[group[0].end :], generic)
        title = _title(before | after if passage.role is Role.ROW else before or after)
    ends = {citation.end for citation in group}
    for citation in group:
        start = citation.start
        joint = any(end in ends and _JOINT.fullmatch(text, end, start) for end in range(start - _LONGEST_JOINT, start))
        yield CitedDocument(passage, start, citation.end, citation.symbol, title, is_before=True, is_joint=joint)


def _in_text(group: PassageMentions[Citation], lexicon: Lexicon, generic: frozenset[str]) -> Iterator[CitedDocument]:
    passage, text = group.passage, group.passage.text
    before, earlier = lexicon.phrases("documents_before"), lexicon.phrases("documents_earlier")
    first = last = -1
    previous = 0
    for citation, following in zip_longest(group, group[1:]):
        start, end = citation.start, citation.end
        if (first, last) != passage.sentence(start):
            first, last = passage.sentence(start)
            introduced = [match.end() for match in before.finditer(passage, first, last)]
            is_earlier = earlier.search(passage, first, last) is not None
        title: tuple[str, ...] = ()
        if not citation.is_short and _is_apart(text, end, following):
            clause = text[max(first, previous) : start].rstrip(" (")
            clause = clause[max((match.end() for match in _CLAUSE_END.finditer(clause)), default=0) :]
            title = _title(_words(clause, generic))
        is_before = any(stop <= start for stop in introduced)
        yield CitedDocument(passage, start, end, citation.symbol, title, is_before, is_earlier)
        previous = end


def _is_apart(text: str, end: int, following: Citation | None) -> bool:
    """Return whether no other symbol follows in the same enumeration ("A/77/1 and A/77/2")."""
    return following is None or len(_WORD.findall(text, end, following.start)) > 1


def _words(text: str, generic: frozenset[str]) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) - generic


@lru_cache(maxsize=256)
def _title(words: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a title in order, which take a quarter of the memory of a set."""
    return tuple(map(_shared, sorted(words)))


@lru_cache(maxsize=256)
def _shared(word: str) -> str:
    """Return an equal word if one was read recently."""
    return word
