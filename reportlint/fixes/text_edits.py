"""Replacements in the text of one file, none of which overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from reportlint.document import Position, Source, Span
from reportlint.finding import Edit


class TextEdit(NamedTuple):
    """A replacement of ``start:end`` of the text of a file, as decoded, by ``text``."""

    start: int
    end: int
    text: str


def text_edit(edit: Edit, source: Source) -> TextEdit:
    """Return the replacement that an edit makes in the text of its file."""
    start = source.original_offset(Position(edit.line, edit.column))
    end = source.original_offset(Position(edit.end_line, edit.end_column))
    return TextEdit(start, end, edit.text)


def conflict(edit: TextEdit, other: TextEdit) -> bool:
    """Return whether two edits overlap. Insertions also conflict with what they touch."""
    return (edit.start < other.end and other.start < edit.end) or (
        edit.start <= other.end and other.start <= edit.end and (_inserts(edit) or _inserts(other))
    )


def _inserts(edit: TextEdit) -> bool:
    return edit.start == edit.end


class TakenEdits:
    """Edits of one text that do not overlap, in the order of the text."""

    def __init__(self, edits: Iterable[TextEdit] = ()) -> None:
        self._edits = sorted(edits)

    def add(self, edit: TextEdit) -> None:
        """Add an edit that overlaps none of them."""
        insort(self._edits, edit)

    def conflicts_with(self, edit: TextEdit) -> bool:
        """Return whether an edit overlaps one of them: if so, it overlaps one of its two neighbours."""
        index = bisect_left(self._edits, edit)
        return any(conflict(edit, other) for other in self._edits[max(0, index - 1) : index + 1])


def edited(text: str, edits: Iterable[TextEdit]) -> str:
    """Return the text with these edits, which must not overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, text[at:]))


class EditedRanges:
    """Leads ranges of a text after edits, which must not overlap, back to the text before them."""

    def __init__(self, edits: Iterable[TextEdit]) -> None:
        self._edits = sorted(edits)
        growth = accumulate((len(edit.text) - (edit.end - edit.start) for edit in self._edits), initial=0)
        self._moved = list(growth)
        """By how much the text before each edit is longer, and that after the last one."""
        self._starts = [edit.start + moved for edit, moved in zip(self._edits, self._moved, strict=False)]

    def before(self, span: Span) -> Span:
        """Return the range that became ``span``. An edit that the range touches counts as a whole."""
        first, last = self._before(span.start)[0], self._before(span.end)[1]
        return Span(min(first, last), max(first, last))

    def _before(self, offset: int) -> tuple[int, int]:
        """Return where an offset was, as the start and as the end of a range."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset, offset
        edit = self._edits[index]
        if self._starts[index] + len(edit.text) < offset:
            before = offset - self._moved[index + 1]
            return before, before
        return edit.start, edit.end
