"""Replacements in the text of one file, none of which overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def conflict(edit: TextEdit, others: Iterable[TextEdit]) -> bool:
    """Return whether an edit overlaps one of the others. Insertions also conflict with what they touch."""
    return any(
        (edit.start < other.end and other.start < edit.end)
        or (edit.start <= other.end and other.start <= edit.end and (_inserts(edit) or _inserts(other)))
        for other in others
    )


def _inserts(edit: TextEdit) -> bool:
    return edit.start == edit.end


def edited(text: str, edits: Iterable[TextEdit]) -> str:
    """Return the text with these edits, which must not overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, text[at:]))


def before_edits(span: Span, edits: Sequence[TextEdit]) -> Span:
    """Return the range of the text before the edits that became ``span`` of the text after them.

    An edit that the range touches counts as a whole.
    """
    start, end = span
    moved = 0
    first, last = start, end
    for edit in sorted(edits):
        edit_start, edit_end = edit.start + moved, edit.start + moved + len(edit.text)
        moved += len(edit.text) - (edit.end - edit.start)
        if edit_end < start:
            first = start - moved
        elif edit_start <= start:
            first = edit.start
        if edit_end < end:
            last = end - moved
        elif edit_start <= end:
            last = edit.end
    return Span(min(first, last), max(first, last))
