"""The place in a draft where a fact was read."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.document import Span
from reportlint.structure.sections import Passage


class Mention(NamedTuple):
    """A range of the text of a passage; ``start`` and ``end`` are offsets in that text (Unicode code points)."""

    passage: Passage
    start: int
    end: int

    @classmethod
    def of(cls, passage: Passage) -> Mention:
        """Return the whole text of a passage."""
        return cls(passage, 0, len(passage.text))

    @property
    def span(self) -> Span:
        """The range as offsets in the source text."""
        return self.passage.span(self.start, self.end)

    @property
    def text(self) -> str:
        """The words at the range."""
        return self.passage.text[self.start : self.end]

    def holds(self, other: Mention) -> bool:
        """Return whether ``other`` begins in this range."""
        return self.passage is other.passage and self.start <= other.start < self.end

    def part(self, start: int, end: int) -> Mention:
        """Return the range ``start:end`` of the words."""
        return Mention(self.passage, self.start + start, self.start + end)
