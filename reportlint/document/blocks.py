"""Blocks: the units of a draft, with their plain text and the source offset of each character."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from itertools import islice
from operator import le
from typing import Any, NamedTuple

from reportlint.document.cached import cached_property
from reportlint.document.marks import Mark, MarkKind, crossing, of_kind, plain_cells
from reportlint.document.offsets import OffsetMap, Span
from reportlint.document.source import Source
from reportlint.document.span_index import SpanIndex

_KEPT = 128  # of the enumerators and layouts that blocks share


class BlockKind(Enum):
    """The typographic kind of a block. :mod:`reportlint.structure` decides what the block means."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE_ROW = "table row"
    FOOTNOTE = "footnote"
    QUOTATION = "quotation"
    CODE = "code"


class Enumerator(NamedTuple):
    """An enumerator as printed ("IV.", "37.", "(a)", "b)", "12 bis."). It is not part of the text of its block.

    ``start`` and ``length`` are its place in the source. With markup, the length is not that of the text.
    """

    text: str
    start: int
    length: int

    @property
    def end(self) -> int:
        """The offset in the source just after it."""
        return self.start + self.length

    @property
    def span(self) -> Span:
        """The source range."""
        return Span(self.start, self.end)


def _start(mark: Mark) -> int:
    return mark.start


class _Layout(NamedTuple):
    """The indentation, bullet and heading level of a block, and the place of its enumerator.

    That begins ``lead`` characters of the source before the text. Many blocks share an object of this kind.
    """

    indent: int
    bullet: bool
    level: int
    lead: int
    length: int


_layout = lru_cache(maxsize=_KEPT)(_Layout)


@lru_cache(maxsize=_KEPT)
def _shared(text: str) -> str:
    """Return an equal text if one was used recently: many items have the enumerator "(a)"."""
    return text


@dataclass(slots=True, eq=False, init=False)
class Block:
    """A heading, paragraph, list item, table row, footnote, quotation or piece of code. It never changes.

    ``text`` is free of markup; line ends are replaced by spaces. ``line_starts`` are the offsets in ``text`` at which a
    source line begins, including 0. ``indent`` counts columns of the source. A bullet is part of neither the text nor
    the enumerator; ``printed`` is the text of the enumerator. ``level`` is the level of a Markdown heading, kept for
    outlines only. ``marks`` is ``None`` for a row whose marks are those of
    :func:`~reportlint.document.marks.plain_cells`, which are made on access.
    """

    kind: BlockKind
    text: str
    offsets: OffsetMap
    printed: str | None
    line_starts: Sequence[int]
    _marks: Sequence[Mark] | None
    _layout: _Layout

    def __init__(
        self,
        kind: BlockKind,
        text: str,
        offsets: OffsetMap,
        enumerator: Enumerator | None = None,
        indent: int = 0,
        bullet: bool = False,
        marks: Sequence[Mark] | None = (),
        line_starts: Sequence[int] = (0,),
        level: int = 0,
    ) -> None:
        self.kind, self.text, self.offsets, self._marks, self.line_starts = kind, text, offsets, marks, line_starts
        if enumerator is None:
            self.printed = None
            self._layout = _layout(indent, bullet, level, 0, 0)
        else:
            self.printed = _shared(enumerator.text)
            self._layout = _layout(indent, bullet, level, offsets(0) - enumerator.start, enumerator.length)

    def replaced(self, **changes: Any) -> Block:
        """Return a copy of the block in which some arguments of the constructor have other values."""
        names = ("kind", "text", "offsets", "enumerator", "indent", "bullet", "marks", "line_starts", "level")
        return Block(**{name: getattr(self, name) for name in names} | changes)

    @property
    def enumerator(self) -> Enumerator | None:
        """The enumerator, if there is one."""
        return Enumerator(self.printed, self.start, self._layout.length) if self.printed is not None else None

    @property
    def marks(self) -> Sequence[Mark]:
        """The marks, in the order of their beginnings."""
        return plain_cells(self.text, self.offsets) if self._marks is None else self._marks

    def marks_of(self, kind: MarkKind) -> Iterable[Mark]:
        """Return the marks of one kind."""
        if self._marks is None:
            return self.marks if kind is MarkKind.CELL else ()
        return of_kind(self._marks, kind) if self._marks else ()

    @property
    def indent(self) -> int:
        """The columns of the source before the block."""
        return self._layout.indent

    @property
    def bullet(self) -> bool:
        """Whether the block has a bullet."""
        return self._layout.bullet

    @property
    def level(self) -> int:
        """The level of a Markdown heading, otherwise 0."""
        return self._layout.level

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the source range of ``text[start:end]``; to the end of the text if ``end`` is ``None``."""
        return self.offsets.span(start, len(self.text) if end is None else end)

    def part(self, span: Span) -> Span:
        """Return the range of ``text`` that comes from a source range."""
        start, end = (min(self.offsets.derived(offset), len(self.text)) for offset in span)
        return Span(start, end)

    def words(self, span: Span) -> Iterator[str]:
        """Yield the enumerator and the words that come from a source range, with the labels of notes."""
        enumerator = self.enumerator
        if enumerator and span.start < enumerator.end and enumerator.start < span.end:
            start = max(span.start - enumerator.start, 0)
            yield enumerator.text[start : max(span.end - enumerator.start, 0)]
        at, end = self.part(span)
        written: list[str] = []
        marks = self.marks
        for mark in marks[bisect_left(marks, at, key=_start) : bisect_right(marks, end, key=_start)]:
            if mark.kind is MarkKind.FOOTNOTE and span.start <= mark.span.start < span.end:
                written += (self.text[at : mark.start], mark.value)
                at = mark.start
        yield "".join([*written, self.text[at:end]])

    def has_markup(self, span: Span, source: Source) -> bool:
        """Return whether there is markup or a note mark inside a source range, apart from whole superscripts.

        Spaces that the text leaves out do not count. Where a line begins, only marks count: the lines of a Markdown
        quotation begin with a character of their own. ``source`` is that of the block.
        """
        crossed = [
            mark
            for mark in crossing(self.marks, span)
            if mark.kind is not MarkKind.CELL and mark.span != self.span(mark.start, mark.end)
        ]
        superscripts = [mark.span for mark in crossed if mark.kind is MarkKind.SUPERSCRIPT and span.holds(mark.span)]
        if len(superscripts) < len(crossed):
            return True
        return any(
            not self._begins_line(gap.end)
            and source.words(gap)
            and not any(superscript.holds(gap) for superscript in superscripts)
            for gap in self.offsets.gaps(span)
        )

    def _begins_line(self, offset: int) -> bool:
        """Return whether the text of a line begins at a source offset."""
        position = bisect_left(self.line_starts, self.offsets.derived(offset))
        return position < len(self.line_starts) and self.offsets(self.line_starts[position]) == offset

    @property
    def start(self) -> int:
        """The source offset at which the block begins, including its enumerator."""
        return self.offsets(0) - self._layout.lead

    def places(self) -> Sequence[int]:
        """Return the source offsets at which the enumerator, if there is one, and the pieces of the text begin."""
        there = self.offsets.there
        return there if self.printed is None else (self.start, *there)

    @property
    def first_line(self) -> str:
        """The text of the first line."""
        return self.text[: self.line_starts[1]] if len(self.line_starts) > 1 else self.text

    @property
    def head(self) -> Span:
        """The source range that identifies the block to a person: its enumerator, otherwise its first line."""
        if self.printed is not None:
            return Span(self.start, self.start + self._layout.length)
        return self.span(0, self.line_starts[1] - 1 if len(self.line_starts) > 1 else None)


def _ascending(numbers: array[int]) -> array[int]:
    """Return numbers in ascending order. Most are in order already, and a list of them takes five times the memory."""
    if all(map(le, numbers, islice(numbers, 1, None))):
        return numbers
    return array(numbers.typecode, sorted(numbers))


class Comment(NamedTuple):
    """A comment, which is not part of the text of the draft.

    ``text`` is its content, at the source range ``inner``; ``span`` includes the delimiters. ``alone`` is true if
    its lines hold nothing but comments.
    """

    text: str
    inner: Span
    span: Span
    alone: bool


@dataclass(frozen=True)
class Document:
    """A draft as parsed by a reader. ``blocks`` and ``comments`` are in reading order.

    ``part_starts`` are the indexes of the first block of the second and each later file of a multi-file draft.
    ``by_line`` is true for a text in which each line is a paragraph and no layout marks the headings.
    ``running_heads`` are the running heads and feet, which are in no block.
    """

    source: Source
    blocks: tuple[Block, ...]
    format: str = field(default="markdown")
    part_starts: tuple[int, ...] = ()
    comments: tuple[Comment, ...] = ()
    by_line: bool = False
    running_heads: tuple[Span, ...] = ()

    @cached_property
    def _pieces(self) -> array[int]:
        """The source offsets at which pieces of text begin, ascending, each with the index of its block.

        Each is ``offset * len(blocks) + index``: there may be a hundred thousand.
        """
        count = len(self.blocks)
        pieces = _ascending(
            array(
                "Q",
                (start * count + index for index, block in enumerate(self.blocks) for start in block.places()),
            )
        )
        # A comment on lines of its own belongs to the next block.
        alone = [comment.span for comment in self.comments if comment.alone]
        following = [(span.start, bisect_left(pieces, span.end * count)) for span in alone]
        pieces.extend([start * count + pieces[piece] % count for start, piece in following if piece < len(pieces)])
        return _ascending(pieces)

    def words(self, span: Span) -> str:
        """Return the words of a source range as a reader sees them, with single spaces and without markup.

        The mark of a note is its label. The words do not depend on the format of the draft. A range that holds no text
        of a block, such as a comment or a running head, is returned as it is.
        """
        first, last = self.block_at(span.start), self.block_at(max(span.start, span.end - 1))
        parts: list[str] = []
        if last is not None and not self.is_running_head(span.start):
            for block in self.blocks[first or 0 : last + 1]:
                parts += block.words(span)
        return " ".join(" ".join(parts).split()) or self.source.words(span)

    def is_running_head(self, offset: int) -> bool:
        """Return whether the source character at ``offset`` is in a running head or foot."""
        return bool(self.running_heads) and self._heads.overlaps(Span(offset, offset))

    @cached_property
    def _heads(self) -> SpanIndex:
        return SpanIndex(self.running_heads)

    def block_at(self, offset: int) -> int | None:
        """Return the index of the block that holds the source character at ``offset``; ``None`` before the first."""
        count = len(self.blocks)
        piece = bisect_left(self._pieces, (offset + 1) * count) - 1
        return self._pieces[piece] % count if piece >= 0 else None

    def block_after(self, offset: int) -> int | None:
        """Return the index of the block of the first text at or after source ``offset``; ``None`` after the last."""
        count = len(self.blocks)
        piece = bisect_left(self._pieces, offset * count)
        return self._pieces[piece] % count if piece < len(self._pieces) else None
