"""The text of a draft as HTML: headings, numbered paragraphs, lists, tables and footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from reportlint.document import BlockKind, MarkKind
from reportlint.reporters.html.marked_text import MarkedText
from reportlint.structure import Passage, Role, Style

_TOP_LEVEL, _LOWEST_LEVEL = 3, 6
_DEEPEST_ITEM = 4


class PageUnit(NamedTuple):
    """A unit of the text that can have notes beside it, and the indexes of its blocks."""

    html: str
    blocks: range


def page_units(passages: Sequence[Passage], body_start: int, text: MarkedText) -> Iterator[PageUnit]:
    """Yield the units of the text of some passages. Adjacent table rows with the same number of columns are one unit.

    ``body_start`` is the index of the first block after masthead and title.
    """
    elements = _Elements(body_start, text)
    for columns, group in groupby(passages, key=_column_count):
        if columns:
            rows = list(group)
            yield PageUnit(elements.table(rows), range(rows[0].index, rows[-1].index + 1))
        else:
            for passage in group:
                yield PageUnit(elements.block(passage), range(passage.index, passage.index + 1))


def _column_count(passage: Passage) -> int:
    """Return the number of cells of a table row, or 0 for any other block."""
    if passage.block.kind is not BlockKind.TABLE_ROW:
        return 0
    return sum(mark.kind is MarkKind.CELL for mark in passage.block.marks)


class _Elements:
    """Converts blocks to elements."""

    def __init__(self, body_start: int, text: MarkedText) -> None:
        self.body_start, self.text = body_start, text
        self.open_lists: list[tuple[int, Style | None]] = []

    def table(self, rows: list[Passage]) -> str:
        cells = ("".join(f"<td>{cell}</td>" for cell in self.text.cells(row)) for row in rows)
        return f'<div class="table" tabindex="0"><table>{"".join(f"<tr>{row}</tr>" for row in cells)}</table></div>'

    def block(self, passage: Passage) -> str:
        front = passage.index < self.body_start or passage.role is Role.FRONT
        if passage.block.kind is BlockKind.HEADING and passage.role is not Role.CONTENTS:
            return self._heading(passage, front)
        label = self.text.label(passage)
        match passage.role:
            case Role.CODE:
                return f"<pre>{self.text.text(passage, chr(10))}</pre>"
            case Role.QUOTATION:
                return f"<blockquote><p>{label}{self.text.text(passage)}</p></blockquote>"
        if front and not passage.block.bullet:
            return f'<p class="front">{label}{self.text.text(passage, "<br>")}</p>'
        return f'<p class="{self._kind(passage)}">{label}{self.text.text(passage)}</p>'

    def _heading(self, passage: Passage, front: bool) -> str:
        self.open_lists.clear()
        depth = len(passage.section.lineage) - 1 if passage.section and not front else 0
        labelled = passage.labelled is not None
        level = min(_TOP_LEVEL + depth + labelled, _LOWEST_LEVEL)
        kind = "title" if front else "labelled" if labelled else "section"
        content = self.text.label(passage) + self.text.text(passage)
        return f'<h{level} class="{kind}">{content}</h{level}>'

    def _kind(self, passage: Passage) -> str:
        match passage.role:
            case Role.PARAGRAPH:
                self.open_lists.clear()
                return "paragraph"
            case Role.NOTE:
                return "footnote"
            case Role.CONTENTS:
                return "contents"
        if passage.role is Role.ITEM or passage.block.bullet:
            return f"item depth-{self._depth(passage)}"
        return "plain"

    def _depth(self, passage: Passage) -> int:
        """Return the nesting depth of an item. Siblings have the same indent and label style."""
        kind = (passage.block.indent, passage.label and passage.label.style)
        if kind in self.open_lists:
            del self.open_lists[self.open_lists.index(kind) + 1 :]
        elif len(self.open_lists) < _DEEPEST_ITEM:
            self.open_lists.append(kind)
        return len(self.open_lists)
