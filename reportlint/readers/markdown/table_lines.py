"""Lines of tables: the row under the header, by which a table is recognized, and its other rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reportlint.document import BlockKind
from reportlint.readers.blockmaker import row
from reportlint.readers.markdown.line_starts import starts_block
from reportlint.readers.markdown.state import Line, MarkdownState

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r":?-+:?")


def continues_table(line: Line, state: MarkdownState) -> bool:
    """Return whether a line can be a row of the open table."""
    text = state.text
    if line.quoted or text[line.first] == ">":
        return False
    return "|" in text[line.first : line.last] or not starts_block(line, state)


def table_row(line: Line, state: MarkdownState) -> None:
    """Add a row of the open table."""
    add_row(([cell] for cell in _cells(state.text, line.first, line.last)), state)


def delimiter_row(line: Line, state: MarkdownState) -> bool:
    """Open a table at the row under its header: add the line above as its first row."""
    text, pending = state.text, state.pending
    content = text[line.first : line.last]
    if (
        "|" not in content
        or line.quoted
        or not (pending and pending.lines)
        or pending.kind is not BlockKind.PARAGRAPH
        or pending.bullet
        or set(content) - set("|:- \t")
    ):
        return False
    header = pending.lines[-1]
    if _count(_cells(text, line.first, line.last)) != _count(_cells(text, *header)) or not all(
        _DELIMITER.fullmatch(text, start, end) for start, end in _cells(text, line.first, line.last)
    ):
        return False
    pending.lines.pop()
    if not pending.lines:
        state.pending = None
    state.close()
    state.in_table = True
    add_row(([cell] for cell in _cells(text, *header)), state)
    return True


def add_row(cells: Iterable[Sequence[tuple[int, int]]], state: MarkdownState) -> None:
    """Add a row, given as the lines of each cell, to the output."""
    state.in_list = False
    if block := row(state.text, cells, state.read):
        state.output.add(block)


def _cells(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the cells of a row, without surrounding white space."""
    if text[first] == "|":
        first += 1
    if last > first and text[last - 1] == "|" and text[last - 2] != "\\":
        last -= 1
    for cell in _PIPE.split(text[first:last]):
        start = first + len(cell) - len(cell.lstrip())
        end = first + len(cell.rstrip())
        yield (start, end) if start < end else (first, first)
        first += len(cell) + 1


def _count(cells: Iterable[object]) -> int:
    return sum(1 for _ in cells)
