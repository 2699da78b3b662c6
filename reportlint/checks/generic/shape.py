"""Generic checks of whole documents: required sections, and length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from reportlint.checks.generic.search import (
    Generic,
    TextPart,
    TimeLimit,
    compiled,
    part_of,
    words_mistakes,
    words_pattern,
)
from reportlint.checks.problem import Problem, check
from reportlint.errors import Mistake
from reportlint.facts.document_kind import KindOfDocument
from reportlint.knowledge.levels import DocumentKind
from reportlint.structure import Passage, Role, Section, Structure

_TOKEN = re.compile(r"\S+")


class Kind(Enum):
    """The kinds of documents that a card can cover."""

    REPORT = "report"
    PART = "part"
    DECISIONS = "decisions"
    AGENDA = "agenda"
    SUMMARY_RECORD = "summary_record"
    SUBMISSION = "submission"
    INSTRUMENT = "instrument"
    OTHER = "other"
    ANY = "any"


@dataclass(frozen=True, kw_only=True)
class Whole(Generic):
    """The further parameter of checks of whole documents: the kinds of documents to check."""

    documents: tuple[Kind, ...] = (Kind.ANY,)

    def applies_to(self, structure: Structure, kind: DocumentKind) -> bool:
        """Return whether the card covers a draft, by its language and its kind."""
        kinds = [covered.value for covered in self.documents]
        return self.applies_to_language(structure) and (Kind.ANY.value in kinds or kind.value in kinds)


@dataclass(frozen=True, kw_only=True)
class RequiredSectionParameters(Whole):
    """The words of which one must occur in a heading; messages name the section by the first."""

    titles: tuple[str, ...]
    documents: tuple[Kind, ...] = (Kind.REPORT,)

    def message_fields(self) -> Iterable[str]:
        return (*super().message_fields(), "title")

    def mistakes(self, at: Callable[[str, str], Mistake]) -> Iterator[Mistake]:
        yield from words_mistakes("titles", self.titles, at)


@check("required_section")
def required_section(
    given: RequiredSectionParameters, structure: Structure, document: KindOfDocument
) -> Iterator[Problem]:
    """Report a missing section at the last heading, or at the head of a document without headings."""
    if not given.applies_to(structure, document.kind) or not structure.passages:
        return
    wanted, limit = compiled(words_pattern(given.titles), False), TimeLimit()
    if not any(limit.matches(wanted, section.title) for section in structure.sections):
        last = structure.sections[-1].passage if structure.sections else 0
        yield Problem(structure.passages[last].block.head, {"title": given.titles[0]})


class Unit(Enum):
    """The unit whose words are counted."""

    DOCUMENT = "document"
    SECTION = "section"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, kw_only=True)
class LimitParameters(Whole):
    """The maximum number of words of a document, of each section or of each numbered paragraph."""

    words: int
    of: Unit = Unit.DOCUMENT
    places: tuple[TextPart, ...] = tuple(TextPart)

    def message_fields(self) -> Iterable[str]:
        return (*super().message_fields(), "words", "limit", "over")

    def mistakes(self, at: Callable[[str, str], Mistake]) -> Iterator[Mistake]:
        if self.words < 1:
            yield at("words", "the limit must be at least one word")


@check("limit")
def limit(given: LimitParameters, structure: Structure, document: KindOfDocument) -> Iterator[Problem]:
    """Report a text that exceeds the limit, from the first excess word to the end of that paragraph."""
    if not given.applies_to(structure, document.kind):
        return
    counted = [
        (unit, passage, [match.start() for match in _TOKEN.finditer(passage.text) if _is_word(match[0])])
        for passage in structure.passages
        if passage.role not in (Role.CODE, Role.CONTENTS)
        and part_of(passage, structure) in given.places
        and (unit := _unit(passage, given.of)) is not None
    ]
    for _, group in groupby(counted, key=lambda entry: id(entry[0])):
        words, over = 0, None
        for _, passage, starts in group:
            if over is None and words + len(starts) > given.words:
                over = passage.span(starts[given.words - words])
            words += len(starts)
        if over:
            yield Problem(over, {"words": words, "limit": given.words, "over": words - given.words})


def _unit(passage: Passage, unit: Unit) -> object:
    """Return the object that a passage is counted under, or ``None`` if it is not counted."""
    if unit is Unit.DOCUMENT:
        return unit
    if passage.role is Role.NOTE:
        return None
    if unit is Unit.PARAGRAPH:
        return passage.paragraph
    return _top(passage.section) if passage.section else None


def _top(section: Section) -> Section:
    return _top(section.parent) if section.parent else section


def _is_word(token: str) -> bool:
    return any(map(str.isalnum, token))
