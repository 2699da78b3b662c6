"""HTML in Markdown: which tags part blocks, where inline tags do, and which rows of tables hold data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.document import Enumerator, Span
from reportlint.readers.enumerators import split
from reportlint.readers.inline import note_labels

BLOCK_TAG = re.compile(
    r"<(/?)(address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|h[1-6]|head|header|html|hr|li|main|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead"
    r"|title|tr|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""A tag that ends a block: group 1 is "/" in a closing one, group 2 the name."""

_INLINE_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?>|$")
_ROW_END = re.compile(r"</?(?:tr|table|tbody|tfoot|thead)(?:\s[^<>]*)?>|\n[ \t]*\n", re.IGNORECASE)
_CELL = re.compile(r"<t[dh](?:\s[^<>]*)?>", re.IGNORECASE)
_OPENING = "([{<«“‘\"'’/\\-–—&@#"
_TERMINAL = ".:;!?"
_LONGEST_ENUMERATOR = 12
_FEWEST_CELLS = 2

Lines = list[tuple[int, int]]


class Piece(NamedTuple):
    """A stretch of text that is a block of its own; ``label`` is the enumerator that an element before it holds."""

    label: Enumerator | None
    start: int
    end: int


def has_elements(content: str) -> bool:
    """Tell whether a line may have tags that part blocks."""
    return "<span" in content or BLOCK_TAG.search(content) is not None


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Part the text between two tags of blocks where spans stand for blocks.

    Documents made from structured formats have spans for paragraphs and for their numbers. A block begins
    where one span ends and the next begins without white space between, and the words would run into one
    another; an enumerator that is all a span holds at the beginning of a block is the block's.
    """
    found: list[Piece] = []
    label: Enumerator | None = None
    first = at = seam = start
    empty, closed, opened = True, False, False
    while True:
        tag = _INLINE_TAG.search(text, at, end)
        assert tag is not None
        if tag.start() > at:
            words = text[at : tag.start()]
            number = _enumerator(text, at, words) if opened and tag.group(1) else None
            if not empty and closed and opened and (number or _runs_in(text[seam - 1], words)):
                found.append(Piece(label, first, seam))
                label, first, empty = None, at, True
            elif label and empty and number:
                found.append(Piece(label, seam, seam))
                label = None
            if empty and number and label is None:
                label, first = number, tag.start()
            elif words.strip():
                empty = False
            seam, closed, opened = tag.start(), False, False
        if tag.start() == end:
            break
        at = tag.end()
        if tag.group(2).lower() == "span":
            closed, opened = closed or bool(tag.group(1)), not tag.group(1)
        elif not tag.group(1) and tag.group(2).lower() == "sup":
            closed = False
    found.append(Piece(label, first, end))
    return found


def _enumerator(text: str, at: int, words: str) -> Enumerator | None:
    printed = words.strip()
    if not printed or len(printed) > _LONGEST_ENUMERATOR:
        return None
    found = split(printed)
    if found is None or found.end != len(printed):
        return None
    start = at + len(words) - len(words.lstrip())
    return Enumerator(printed, Span(start, start + len(printed)))


def _runs_in(before: str, words: str) -> bool:
    """Whether words that follow a character without white space can be no continuation of it."""
    if before.isspace() or before.isupper() or before in _OPENING:
        return False
    if words[0].isupper():
        return True
    return (before in _TERMINAL or not (before.isalnum() or before in ",)]")) and (
        (words[0].isdigit() or words[0] in "[(“«") and note_labels(words, "") is None
    )


def data_row(text: str, start: int) -> tuple[list[Lines], int] | None:
    """The lines of each cell of the row whose tag ends at ``start``, and where the row ends.

    ``None`` for a row that only lays out a page: it has a single cell, or several blocks in one.
    """
    close = _ROW_END.search(text, start)
    end = close.start() if close else len(text)
    tags = [*_CELL.finditer(text, start, end)]
    if len(tags) < _FEWEST_CELLS or text[start : tags[0].start()].strip():
        return None
    cells = []
    for tag, stop in zip(tags, [*(tag.start() for tag in tags[1:]), end], strict=True):
        blocks = [lines for lines in _blocks(text, tag.end(), stop) if lines]
        if len(blocks) > 1:
            return None
        cells.append(blocks[0] if blocks else [(tag.end(), tag.end())])
    return cells, end


def _blocks(text: str, start: int, end: int) -> Iterator[Lines]:
    at = start
    for tag in BLOCK_TAG.finditer(text, start, end):
        yield _lines(text, at, tag.start())
        at = tag.end()
    yield _lines(text, at, end)


def _lines(text: str, start: int, end: int) -> Lines:
    found = []
    for line in text[start:end].split("\n"):
        content = line.strip()
        if content:
            first = start + len(line) - len(line.lstrip())
            found.append((first, first + len(content)))
        start += len(line) + 1
    return found
