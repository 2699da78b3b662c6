"""Comments in a draft that address the linter, and the range where each applies. ``waivers`` parses them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from reportlint.document import BlockKind, Comment, Document, Span
from reportlint.finding import Place

_ADDRESSED = r"\s*reportlint\b"


class WaiverComment(NamedTuple):
    """A comment that begins with ``reportlint``.

    ``text`` is the text between the comment's delimiters and starts at offset ``text_start`` of the source.
    ``place`` is that of the whole comment, and ``reach`` the range in which a single waiver applies. An unclosed
    comment is not ``closed``.
    """

    text: str
    text_start: int
    place: Place
    reach: Span
    closed: bool

    @property
    def span(self) -> Span:
        return Span(self.place.start, self.place.end)


def read_waiver_comments(document: Document, place: Callable[[Span], Place]) -> Iterator[WaiverComment]:
    """Yield the comments of a draft that address the linter; ``place`` makes the place of a span."""
    for comment in document.comments:
        if re.match(_ADDRESSED, comment.text):
            closed = comment.inner.end < comment.span.end
            reach = _reach(comment, document)
            yield WaiverComment(comment.text, comment.inner.start, place(comment.span), reach, closed)


def _reach(comment: Comment, document: Document) -> Span:
    """Return the range in which a waiver applies: its lines, or the next block if the comment stands alone.

    A table counts as one block, and so do blocks that start on the same line.
    """
    source = document.source
    first_line, last_line = source.line_at(comment.span.start), source.line_at(comment.span.end)
    if not comment.alone:
        return Span(first_line.start, last_line.end)
    index = document.block_after(comment.span.end)
    if index is None or source.path_at(comment.span.start) != source.path_at(document.blocks[index].start):
        return Span(comment.span.end, comment.span.end)
    first = last = document.blocks[index]
    line_end = source.line_at(first.start).end
    for number in range(index + 1, len(document.blocks)):
        block = document.blocks[number]
        if block.start > line_end and not (block.kind is first.kind is BlockKind.TABLE_ROW):
            break
        last = block
    return Span(comment.span.end, max(last.start, last.span().end))
