"""Blocks: the pieces a draft is made of, with their plain text and where each character came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from reportlint.document.offsets import OffsetMap, Span
from reportlint.document.source import Source


class BlockKind(Enum):
    """What a block is by its typography alone; what it means is the business of the structure."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE_ROW = "table row"
    FOOTNOTE = "footnote"
    QUOTATION = "quotation"
    CODE = "code"


class MarkKind(Enum):
    """Markup that was taken out of a block's text and may matter to a rule."""

    FOOTNOTE = "footnote"
    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    SUPERSCRIPT = "superscript"
    CODE = "code"
    CELL = "cell"


class Mark(NamedTuple):
    """Markup on ``start:end`` of the block's text (empty for a footnote mark, which stands *at* ``start``).

    ``value`` is the footnote's label or the link's target. ``span`` is the whole markup in the source.
    """

    kind: MarkKind
    start: int
    end: int
    span: Span
    value: str = ""


class Enumerator(NamedTuple):
    """An enumerator as printed ("IV.", "37.", "(a)", "b)", "12 bis."), not part of the block's text."""

    text: str
    span: Span


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item, table row, footnote, quotation or piece of code.

    ``text`` has no markup and no line ends (a line end is a space); ``line_starts`` are the offsets in it at
    which a line of the source began, 0 included. ``indent`` is in columns of the source; a bullet belongs to
    neither text nor enumerator. ``level`` is the level of a Markdown heading, kept for outlines only.
    """

    kind: BlockKind
    text: str
    offsets: OffsetMap
    enumerator: Enumerator | None = None
    indent: int = 0
    bullet: bool = False
    marks: tuple[Mark, ...] = ()
    line_starts: tuple[int, ...] = (0,)
    level: int = 0

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source range of ``text[start:end]``."""
        return self.offsets.span(start, len(self.text) if end is None else end)

    def part(self, span: Span) -> Span:
        """The range of the text that comes from a range of the source."""
        start, end = (min(self.offsets.derived(offset), len(self.text)) for offset in span)
        return Span(start, end)

    @property
    def start(self) -> int:
        """Where the block begins in the source, its enumerator included."""
        return self.enumerator.span.start if self.enumerator else self.offsets(0)

    @property
    def head(self) -> Span:
        """What a reader would point at to name the block: its enumerator, else its first line."""
        if self.enumerator:
            return self.enumerator.span
        return self.span(0, self.line_starts[1] - 1 if len(self.line_starts) > 1 else None)


class Comment(NamedTuple):
    """A remark that is no text of the draft: its words, at ``inner`` of the source, and all of it, ``span``.

    ``alone``: nothing but comments stands on its lines.
    """

    text: str
    inner: Span
    span: Span
    alone: bool


@dataclass(frozen=True)
class Document:
    """A draft as its reader understood it. ``blocks`` and ``comments`` are in reading order.

    ``part_starts`` are the blocks with which a further file begins, where a draft is in several.
    ``by_line`` tells that each line is a paragraph and nothing else shows what is a heading.
    """

    source: Source
    blocks: tuple[Block, ...]
    format: str = field(default="markdown")
    part_starts: tuple[int, ...] = ()
    comments: tuple[Comment, ...] = ()
    by_line: bool = False

    @cached_property
    def _pieces(self) -> tuple[list[int], list[int]]:
        found = sorted(
            (start, index) for index, block in enumerate(self.blocks) for start in (block.start, *block.offsets.there)
        )
        # A comment that stands alone begins the block after it.
        for comment in self.comments if found else ():
            position = bisect_left(found, (comment.span.end, 0))
            if comment.alone and position < len(found):
                found.insert(position, (comment.span.start, found[position][1]))
        return [start for start, _ in found], [index for _, index in found]

    def block_at(self, offset: int) -> int | None:
        """The index of the block that the source character at ``offset`` belongs to; ``None`` before the first."""
        starts, indexes = self._pieces
        position = bisect_right(starts, offset) - 1
        return indexes[position] if position >= 0 else None

    def block_after(self, offset: int) -> int | None:
        """The index of the block that the first text at or after ``offset`` belongs to; ``None`` after the last."""
        starts, indexes = self._pieces
        position = bisect_left(starts, offset)
        return indexes[position] if position < len(indexes) else None
