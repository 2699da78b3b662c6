"""Builds blocks from their lines: inline markup, enumerators and glued titles. Used by both readers."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportlint.document import Block, BlockKind, Enumerator, Mark, MarkKind, OffsetMap, packed
from reportlint.document.enumerators import Shape, Split, ends_sentence, split
from reportlint.readers.inline import Inline
from reportlint.readers.line_ranges import LineRanges

Read = Callable[[str, Sequence[tuple[int, int]]], Inline]

# In Python 3.11, looking up a member of an enumeration takes long.
_HEADING, _PARAGRAPH, _ITEM, _FOOTNOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FOOTNOTE
_ROW, _CELL = BlockKind.TABLE_ROW, MarkKind.CELL
_BRACKETED, _HIGH = Shape.BRACKET, Shape.HIGH
_TITLES = (MarkKind.STRONG, MarkKind.EMPHASIS)
_HOLDING_TITLES = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_NUMBERS = (Shape.NUMBER, Shape.DOTTED)
_CLOSING = re.compile("[)\uff09]")
_HEAD = 32  # longer than any enumerator
_LONG_SENTENCE = 120
_MOST_TITLES = 4
_FULL_LINE = 50
_SHORT_LINE = 60
_UNFINISHED = (";", ",")
_MANY_CELLS = 64  # whose marks take long to make again and again
_MANY_LINES = 64  # which take much memory as a list


@dataclass(slots=True)
class PendingBlock:
    """A block whose lines are still being collected.

    ``lines`` are source ranges without surrounding white space. ``head`` is the enumerator with which the first line
    begins, if any; ``label`` an enumerator that the lines do not include. ``nested`` is true for a number indented
    below another item. ``keeps_blank`` is true if a blank line does not end the block, ``blank_seen`` if the last
    line was blank. ``quoted`` is true in a block quotation. ``after_page`` is true if a page may have ended before
    the block. ``titles`` are those that form the lines, if they were read before. ``split`` divides the first line into
    its head and its words, if no markup joins them and the words can be read apart.
    """

    kind: BlockKind
    lines: list[tuple[int, int]] | LineRanges
    indent: int = 0
    bullet: bool = False
    level: int = 0
    label: Enumerator | None = None
    nested: bool = False
    head: str = ""
    keeps_blank: bool = False
    blank_seen: bool = False
    quoted: bool = False
    after_page: bool = False
    titles: Sequence[Inline] = ()
    split: Split | None = None

    def add_line(self, start: int, end: int) -> None:
        """Add the range of a line after all others."""
        if len(self.lines) == _MANY_LINES:
            self.lines = LineRanges(self.lines)
        self.lines.append((start, end))

    @property
    def is_labelled(self) -> bool:
        """Whether the block begins with an enumerator or a bullet."""
        return bool(self.head or self.bullet)

    def ends_sentence(self, text: str) -> bool:
        """Return whether the last line ends a sentence."""
        if not self.lines:
            return True
        start, end = self.lines[-1]
        return ends_sentence(text[start:end])

    def is_short_line(self, text: str) -> bool:
        """Return whether the block is a short line without a label, under which a list may begin directly."""
        if self.is_labelled or len(self.lines) > 1:
            return False
        start, end = self.lines[0]
        return end - start <= _SHORT_LINE and not text[start].islower() and text[end - 1] not in ",-"


class BlockList:
    """The blocks read so far. ``page_breaks`` gives for each whether a page may have ended before it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.page_breaks: list[bool] = []

    def add(self, block: Block, after_page: bool = False) -> None:
        self.blocks.append(block)
        self.page_breaks.append(after_page)

    def add_pending(self, text: str, pending: PendingBlock, read: Read) -> None:
        """Add the blocks of a complete pending block. A page may have ended before the first of them only."""
        blocks = make(text, pending, read)
        for block in blocks:
            self.blocks.append(block)
            self.page_breaks.append(pending.after_page and block is blocks[0])


def make(text: str, pending: PendingBlock, read: Read) -> list[Block]:
    """Return the blocks of a pending block: several if titles are glued together or one enumerator follows another."""
    kind, label = pending.kind, pending.label
    if not pending.lines:
        return [Block(kind, "", OffsetMap.shift(label.end), label)] if label else []
    if pending.split and pending.head:
        return _after_head(text, pending, pending.split, read)
    if pending.titles and kind in _HOLDING_TITLES:
        return [_heading(pending, title) for title in pending.titles if title.text]
    inline = read(text, pending.lines)
    if kind is _FOOTNOTE or label:
        return [_block(pending, kind, inline, label)]
    if inline.marks and kind in _HOLDING_TITLES and not pending.bullet:
        titles = glued_titles(inline, sentences=kind is _HEADING)
        if titles:
            return [_heading(pending, title) for title in titles if title.text]
    if kind is _HEADING:
        return [_heading(pending, inline)] if inline.text else []
    return _body(pending, inline)


def glued_titles(inline: Inline, sentences: bool = False) -> list[Inline] | None:
    """Return the titles in a text that is emphasized throughout; ``None`` if it is not.

    A single long sentence counts as a title only with ``sentences``. If a part begins in lower case, the parts are the
    lines of one title, and only a label begins another.
    """
    text = inline.text
    cuts = [0]
    title_end = 0
    wraps = False
    for mark in inline.marks:
        if mark.kind not in _TITLES or mark.end <= title_end:
            continue
        if mark.start > title_end and text[title_end : mark.start].strip():
            return None
        if title_end and not _runs_on(inline, cuts[-1], title_end, mark.start):
            cuts.append(mark.start)
            wraps = wraps or text[mark.start].islower()
        title_end = mark.end
    if wraps:
        cuts = [cut for cut in cuts if not cut or (split(text[cut:]) and not text[cut].islower())]
    if not title_end or len(cuts) > _MOST_TITLES or text[title_end:].strip() or text.endswith(_UNFINISHED):
        return None
    if len(cuts) == 1 and not sentences and _is_sentence(text):
        return None
    return [inline.part(a, b).stripped() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _runs_on(inline: Inline, start: int, end: int, next_start: int) -> bool:
    """Return whether the emphasized text ``start:end`` continues at ``next_start``, after a label or a full line."""
    text = inline.text
    label = split(text[start:end])
    if label and label.rest >= end - start:
        return True
    line = bisect_right(inline.line_starts, end - 1) - 1
    begins_line = next_start in inline.line_starts
    return (
        begins_line and end - max(start, inline.line_starts[line]) >= _FULL_LINE and not ends_sentence(text[start:end])
    )


def _is_sentence(text: str) -> bool:
    return len(text) > _LONG_SENTENCE and ends_sentence(text)


def _heading(pending: PendingBlock, inline: Inline) -> Block:
    first = split(inline.text)
    if first is None:
        return _block(pending, _HEADING, inline, None)
    return _labelled(pending, _HEADING, _enumerator(inline, first.end), inline.after(first.rest))


def _after_head(text: str, pending: PendingBlock, first: Split, read: Read) -> list[Block]:
    """Return the blocks of a pending block whose first line ``first`` divides into its head and its words."""
    start, end = pending.lines[0]
    label = Enumerator(pending.head, start, first.end)
    words = read(text, [(start + first.rest, end), *pending.lines[1:]])
    if pending.kind is _HEADING:
        return [_labelled(pending, _HEADING, label, words)]
    return _numbered(pending, label, first.shape, words)


def _body(pending: PendingBlock, inline: Inline) -> list[Block]:
    first = split(inline.text) if pending.head or pending.bullet else None
    if first is None or first.shape is _HIGH:
        kind = _ITEM if pending.bullet and pending.kind is _PARAGRAPH else pending.kind
        return [_block(pending, kind, inline, None)] if inline.text else []
    return _numbered(pending, _enumerator(inline, first.end), first.shape, inline.after(first.rest))


def _numbered(pending: PendingBlock, label: Enumerator, shape: Shape, words: Inline) -> list[Block]:
    """Return the block of some words with their label; two blocks if the words begin with another label."""
    kind = pending.kind
    if kind is _PARAGRAPH and (pending.bullet or pending.nested or shape not in _NUMBERS):
        kind = _ITEM
    second = split(words.text) if shape is not _BRACKETED and _CLOSING.search(words.text, 0, _HEAD) else None
    if second is None or second.shape is not _BRACKETED:
        return [_labelled(pending, kind, label, words)]
    above = Block(kind, "", OffsetMap.shift(label.end), label, pending.indent, pending.bullet)
    inner = _labelled(pending, _ITEM, _enumerator(words, second.end), words.after(second.rest))
    return [above, inner]


def _labelled(pending: PendingBlock, kind: BlockKind, label: Enumerator, words: Inline) -> Block:
    if words.text:
        return _block(pending, kind, words, label)
    return Block(kind, "", OffsetMap.shift(label.end), label, pending.indent, pending.bullet, level=pending.level)


def _enumerator(inline: Inline, end: int) -> Enumerator:
    """Return the enumerator that ends at ``end`` of the text."""
    start = inline.offsets(0)
    return Enumerator(inline.text[:end], start, inline.offsets.end(end) - start)


def _block(pending: PendingBlock, kind: BlockKind, inline: Inline, label: Enumerator | None) -> Block:
    return Block(
        kind,
        inline.text,
        inline.offsets,
        label,
        pending.indent,
        pending.bullet,
        inline.marks,
        inline.line_starts,
        pending.level,
    )


def row(text: str, cells: Iterable[Sequence[tuple[int, int]]], read: Read) -> Block | None:
    """Return a table row whose cells are separated by tabs and marked; ``None`` if all cells are empty.

    Each cell is given as the source ranges of its lines; a cell without text is one empty range.
    """
    parts: list[str] = []
    here, there = array("I"), array("I")
    are_plain = True

    def read_cells() -> Iterator[Mark]:
        nonlocal are_plain
        length = 0
        for lines in cells:
            start, end = lines[0][0], lines[-1][1]
            if parts:
                here.append(length)
                there.append(max(there[-1], start - 1))
                parts.append("\t")
                length += 1
            inline = read(text, lines) if start < end else Inline("", OffsetMap.shift(start))
            for at, origin in inline.offsets.starts():
                here.append(length + at)
                there.append(origin)
            parts.append(inline.text)
            yield Mark(_CELL, length, length + len(inline.text), start, end)
            for mark in inline.marks:
                at, stop = mark.start + length, mark.end + length
                yield Mark(mark.kind, at, stop, mark.first, mark.last, mark.value)
            length += len(inline.text)
            are_plain = are_plain and not inline.marks and len(inline.text) == end - start

    marks = packed(read_cells())
    row_text = "".join(parts)
    if not row_text.strip():
        return None
    offsets = OffsetMap.of_pieces(zip(here, there, strict=True))
    return Block(_ROW, row_text, offsets, marks=None if are_plain and len(marks) < _MANY_CELLS else marks)
