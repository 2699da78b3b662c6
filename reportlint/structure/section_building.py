"""Builds the sections of a document from its headings, and its labelled texts and captions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reportlint.document import Block, Span
from reportlint.document.enumerators import Label, Style
from reportlint.structure.heading_shapes import HeadingShapes
from reportlint.structure.open_parts import OpenParts
from reportlint.structure.sections import Labelled, Section

_ROMAN = Style.ROMAN  # in Python 3.11, looking up a member of an enumeration takes long


class SectionBuilder:
    """The sections, labelled texts and captions so far."""

    def __init__(self, shapes: HeadingShapes, parts: OpenParts) -> None:
        self.shapes, self.headings, self.parts = shapes, shapes.headings, parts
        self.sections: list[Section] = []
        self.labelled: list[Labelled] = []
        self.captions: list[Labelled] = []

    def add_heading(self, index: int, block: Block, labels: tuple[Label, ...]) -> Label | None:
        """Open the sections that begin with a block; return the label of the first."""
        parts = self.parts
        parts.labelled = parts.paragraph = None
        first, *others = self.shapes.titles(block)
        section = self._add_section(index, block, labels, first, block.head)
        parts.end_lists(may_continue=not section.name)
        for title in others:
            self._add_section(index, block, (), title, block.span(*title))
        return section.label

    def _add_section(
        self, index: int, block: Block, labels: tuple[Label, ...], title: tuple[int, int], head: Span
    ) -> Section:
        start, end = title
        section = self.headings.read(block.text[start:end], labels, index, head, partial(_span_from, block, start))
        self._open(section)
        if (section.label or section.word) and section.rank < _ROMAN:
            self.parts.restart()
        return section

    def add_caption(self, caption: Labelled, is_option: Callable[[Labelled], bool]) -> None:
        """Add the caption of a table or figure. It replaces one with the same number that is an option only."""
        last = self.captions[-1] if self.captions else None
        if last and (last.kind, last.label) == (caption.kind, caption.label) and is_option(last):
            self.captions.pop()
        self.captions.append(caption)

    def add_labelled(self, labelled: Labelled, block: Block) -> None:
        """Open a labelled text ("Recommendation 6"); that of a decision or resolution is a section too."""
        self.labelled.append(labelled)
        self.parts.end_lists()
        self.parts.paragraph, self.parts.labelled = None, labelled
        if "/" in labelled.label.text:
            title = block.text[len(labelled.text) :].lstrip(" .:–—-")
            section = self.headings.begin_text(
                labelled.kind, labelled.word, labelled.label, title, labelled.passage, labelled.span
            )
            self._open(section)
            self.parts.restart()

    def _open(self, section: Section) -> None:
        self.sections.append(section)
        self.parts.section = section


def _span_from(block: Block, origin: int, start: int, end: int) -> Span:
    return block.span(origin + start, origin + end)
