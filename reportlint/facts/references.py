"""References from one place of the draft to another: paragraphs and sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlint.document import Span
from reportlint.facts.adoption import read_labels
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Passage, Role, Structure

_BEGINNING = 20


@dataclass(frozen=True)
class CrossReference:
    """A mention of paragraphs or sections of this draft. ``explicit`` says that the words place it here
    ("above", "of the present report")."""

    targets: tuple[str, ...]
    span: Span
    passage: int
    explicit: bool


@dataclass(frozen=True)
class CrossReferences:
    """References that stay inside the draft; those that lead to another document are left out."""

    paragraphs: tuple[CrossReference, ...] = ()
    sections: tuple[CrossReference, ...] = ()


def cross_references(structure: Structure, lexicon: Lexicon) -> CrossReferences:
    """Find the internal references. A resolution, convention or symbol near one makes it external."""
    paragraphs: list[CrossReference] = []
    sections: list[CrossReference] = []
    for passage in structure.speaking():
        if passage.role is Role.FRONT:
            continue
        for match_start, match_end, numbers, explicit in _internal(
            passage, lexicon, "paragraph_reference", "numbers", 300
        ):
            targets = tuple(map(str, _paragraph_numbers(numbers, lexicon)))
            paragraphs.append(CrossReference(targets, passage.span(match_start, match_end), passage.index, explicit))
        for match_start, match_end, labels, explicit in _internal(passage, lexicon, "section_reference", "labels", 70):
            targets = tuple(name for name, _, _ in read_labels(labels, lexicon))
            sections.append(CrossReference(targets, passage.span(match_start, match_end), passage.index, explicit))
    return CrossReferences(tuple(paragraphs), tuple(sections))


def _paragraph_numbers(text: str, lexicon: Lexicon) -> tuple[int, ...]:
    # Letters of subparagraphs, "12 (a)", are not checked here.
    return lexicon.read_numbers(text)


def _reach(passage: Passage, offset: int) -> int:
    """The beginning of the sentence around ``offset``; of the one before it, where the reference begins a sentence
    ("Paragraphs 33 to 35 dealt with …") and may go on about what that one named."""
    start = passage.sentence(offset)[0]
    return passage.sentence(max(0, start - 1))[0] if offset - start < _BEGINNING else start


def _internal(
    passage: Passage, lexicon: Lexicon, family: str, slot: str, reach: int
) -> Iterator[tuple[int, int, str, bool]]:
    """The references of one kind. What is named up to ``reach`` characters before may own them."""
    text, folded = passage.text, passage.folded
    own, elsewhere = lexicon.phrases("reference_own"), lexicon.phrases("reference_elsewhere")
    before = lexicon.phrases("reference_elsewhere_before")
    for match in lexicon.phrases(family).finditer(text, folded):
        if passage.is_quoted(match.start()):
            continue
        mine = own.match_at(text, folded, match.end())
        if not mine:
            start = max(_reach(passage, match.start()), match.start() - reach)
            if elsewhere.match_at(text, folded, match.end()) or before.search(text, folded, start, match.start()):
                continue
            if "/" in text[start : match.start()]:
                continue
        yield match.start(), match.end(), match[slot], mine is not None
