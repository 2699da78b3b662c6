"""Generic checks of a document as a whole: sections that it must have, and its length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from reportlint.checks.generic.search import Generic, TextPart, compiled, part_of, words_pattern
from reportlint.checks.problem import Problem, check
from reportlint.errors import Mistake
from reportlint.facts.masthead import DocumentKind, Title
from reportlint.structure import Passage, Role, Section, Structure

_TOKEN = re.compile(r"\S+")


class Kind(Enum):
    """The kinds of documents that a card may mean."""

    REPORT = "report"
    AGENDA = "agenda"
    OTHER = "other"
    ANY = "any"


@dataclass(frozen=True, kw_only=True)
class Whole(Generic):
    """What checks of whole documents take besides: the kinds of documents that are meant."""

    documents: tuple[Kind, ...] = (Kind.ANY,)

    def concerns(self, structure: Structure, kind: DocumentKind) -> bool:
        kinds = [one.value for one in self.documents]
        return self.means(structure) and (Kind.ANY.value in kinds or kind.value in kinds)


@dataclass(frozen=True, kw_only=True)
class RequiredSectionParameters(Whole):
    """The words of which a heading must have one; the first is what the message calls the section."""

    titles: tuple[str, ...]
    documents: tuple[Kind, ...] = (Kind.REPORT,)

    def message_fields(self) -> Iterable[str]:
        return (*super().message_fields(), "title")


@check("required_section")
def required_section(given: RequiredSectionParameters, structure: Structure, title: Title) -> Iterator[Problem]:
    """A section that is missing, reported at the last heading, or at the head of a document that has none."""
    if not given.concerns(structure, title.kind) or not structure.passages:
        return
    wanted = compiled(words_pattern(given.titles), False)
    if not any(wanted.search(section.title) for section in structure.sections):
        last = structure.sections[-1].passage if structure.sections else 0
        yield Problem(structure.passages[last].block.head, {"title": given.titles[0]})


class Unit(Enum):
    """What is counted by itself."""

    DOCUMENT = "document"
    SECTION = "section"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, kw_only=True)
class LimitParameters(Whole):
    """How many words a document, each section or each numbered paragraph may have."""

    words: int
    of: Unit = Unit.DOCUMENT
    places: tuple[TextPart, ...] = tuple(TextPart)

    def message_fields(self) -> Iterable[str]:
        return (*super().message_fields(), "words", "limit", "over")

    def mistakes(self, at: Callable[[str, str], Mistake]) -> Iterator[Mistake]:
        if self.words < 1:
            yield at("words", "a limit is at least one word")


@check("limit")
def limit(given: LimitParameters, structure: Structure, title: Title) -> Iterator[Problem]:
    """More words than allowed, reported from the first word that is too many to the end of its paragraph."""
    if not given.concerns(structure, title.kind):
        return
    counted = [
        (unit, passage, [one.start() for one in _TOKEN.finditer(passage.text) if _is_word(one[0])])
        for passage in structure.passages
        if passage.role not in (Role.CODE, Role.CONTENTS)
        and part_of(passage, structure) in given.places
        and (unit := _unit(passage, given.of)) is not None
    ]
    for _, group in groupby(counted, key=lambda one: id(one[0])):
        words, over = 0, None
        for _, passage, starts in group:
            if over is None and words + len(starts) > given.words:
                over = passage.span(starts[given.words - words])
            words += len(starts)
        if over:
            yield Problem(over, {"words": words, "limit": given.words, "over": words - given.words})


def _unit(passage: Passage, unit: Unit) -> object:
    """What a passage is counted with; ``None`` if with nothing."""
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
