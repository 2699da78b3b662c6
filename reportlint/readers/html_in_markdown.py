"""HTML in Markdown: block tags, inline tags that separate blocks, and table rows that hold data."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from reportlint.document import Enumerator
from reportlint.document.enumerators import split
from reportlint.readers.inline import note_labels

BLOCK_TAG = re.compile(
    r"<(/?)(address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|h[1-6]|head|header|html|hr|li|main|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead"
    r"|title|tr|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""A tag that ends a block. Group 1 is "/" in a closing tag, group 2 the name of the element."""

_INLINE_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?>|$")
_ROW_END = re.compile(r"</?(?:tr|table|tbody|tfoot|thead)(?:\s[^<>]*)?>|\n[ \t]*\n", re.IGNORECASE)
_CELL = re.compile(r"<t[dh](?:\s[^<>]*)?>", re.IGNORECASE)
_OPENING = "([{<«“‘\"'’/\\-–—&@#"
_TERMINAL = ".:;!?"
_LONGEST_ENUMERATOR = 12
_FEWEST_CELLS = 2

Lines = list[tuple[int, int]]


class Piece(NamedTuple):
    """A range of text that forms a block. ``label`` is the enumerator in the element before it, if any."""

    label: Enumerator | None
    start: int
    end: int


def has_elements(content: str) -> bool:
    """Return whether a line may contain tags that separate blocks."""
    return "<span" in content or BLOCK_TAG.search(content) is not None


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Split the text between two block tags where spans stand for blocks.

    Documents converted from structured formats use spans for paragraphs and for their numbers. A block begins where
    a span ends and the next begins without white space in between, and the words would run together. If the first
    span of a block holds only an enumerator, that is the enumerator of the block.
    """
    result: list[Piece] = []
    label: Enumerator | None = None
    first = position = seam = start
    empty, closed, opened = True, False, False
    while True:
        tag = _INLINE_TAG.search(text, position, end)
        assert tag is not None
        if tag.start() > position:
            words = text[position : tag.start()]
            number = _enumerator(text, position, words) if opened and tag.group(1) else None
            if not empty and closed and opened and (number or _runs_in(text[seam - 1], words)):
                result.append(Piece(label, first, seam))
                label, first, empty = None, position, True
            elif label and empty and number:
                result.append(Piece(label, seam, seam))
                label = None
            if empty and number and label is None:
                label, first = number, tag.start()
            elif words.strip():
                empty = False
            seam, closed, opened = tag.start(), False, False
        if tag.start() == end:
            break
        position = tag.end()
        if tag.group(2).lower() == "span":
            closed, opened = closed or bool(tag.group(1)), not tag.group(1)
        elif not tag.group(1) and tag.group(2).lower() == "sup":
            closed = False
    result.append(Piece(label, first, end))
    return result


def _enumerator(text: str, offset: int, words: str) -> Enumerator | None:
    """Return the enumerator that ``words``, at ``offset`` of the text, consist of; ``None`` if they do not."""
    printed = words.strip()
    if not printed or len(printed) > _LONGEST_ENUMERATOR:
        return None
    enumerator = split(printed)
    if enumerator is None or enumerator.end != len(printed):
        return None
    start = offset + len(words) - len(words.lstrip())
    return Enumerator(printed, start, len(printed))


def _runs_in(before: str, words: str) -> bool:
    """Return whether ``words`` cannot continue the text that ends in the character ``before``."""
    if before.isspace() or before.isupper() or before in _OPENING:
        return False
    if words[0].isupper():
        return True
    return (before in _TERMINAL or not (before.isalnum() or before in ",)]")) and (
        (words[0].isdecimal() or words[0] in "[(“«") and note_labels(words, "") is None
    )


def data_row(text: str, start: int) -> tuple[list[Lines], int] | None:
    """Return the lines of each cell of the row whose tag ends at ``start``, and the end of the row.

    Return ``None`` for a row that only serves page layout: it has a single cell, or a cell with several blocks.
    """
    row_end = _ROW_END.search(text, start)
    end = row_end.start() if row_end else len(text)
    tags = array("I", chain.from_iterable(tag.span() for tag in _CELL.finditer(text, start, end)))
    if len(tags) < 2 * _FEWEST_CELLS or text[start : tags[0]].strip():
        return None
    cells = []
    for first, stop in zip(tags[1::2], [*tags[2::2], end], strict=True):
        blocks = [lines for lines in _blocks(text, first, stop) if lines]
        if len(blocks) > 1:
            return None
        cells.append(blocks[0] if blocks else [(first, first)])
    return cells, end


def _blocks(text: str, start: int, end: int) -> Iterator[Lines]:
    block_start = start
    for tag in BLOCK_TAG.finditer(text, start, end):
        yield _lines(text, block_start, tag.start())
        block_start = tag.end()
    yield _lines(text, block_start, end)


def _lines(text: str, start: int, end: int) -> Lines:
    lines = []
    for line in text[start:end].split("\n"):
        content = line.strip()
        if content:
            first = start + len(line) - len(line.lstrip())
            lines.append((first, first + len(content)))
        start += len(line) + 1
    return lines
