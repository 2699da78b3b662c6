"""The lines of a Markdown draft, and the state in which each is read: the blocks so far and what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportlint.document import BlockKind, Comment, Span
from reportlint.readers import inline
from reportlint.readers.blockmaker import BlockList, PendingBlock
from reportlint.readers.running_labels import RunningLabels

_HEADING = BlockKind.HEADING
CODE_INDENT = 4
"""The fewest columns by which code is indented."""


@dataclass(slots=True)
class Line:
    """The line ``start:end``. Its content is ``first:last``, or a part of that between two tags.

    Neither ">" nor the white space around it is content. ``indent`` counts the columns before the content. ``quoted``
    is true behind ">". Nothing changes a line; it is not frozen because many are made.
    """

    start: int
    end: int
    first: int
    last: int
    indent: int = 0
    quoted: bool = False


@dataclass(slots=True)
class Fence:
    """An open code fence: its mark, its indentation and the ranges of the lines of code."""

    mark: str
    indent: int
    quoted: bool
    lines: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class OpenElements:
    """The HTML elements that are open.

    ``depth`` counts all of them, ``quotes`` the block quotations. ``level`` is that of the heading, if any. ``indent``
    grows with each list. ``begins_item`` is true between the tag of an item and its text.
    """

    depth: int = 0
    quotes: int = 0
    level: int = 0
    indent: int = 0
    begins_item: bool = False


class MarkdownState:
    """The state between two lines.

    ``pending`` is the open block, if any, ``fence`` the open code fence. ``paragraph_indent`` is the indentation of
    the last numbered paragraph. ``blank_lines`` counts those just above; ``rule_seen`` is true if a thematic break or
    a running head was read since the last block. ``furniture`` are the offsets of running heads and page numbers.
    """

    def __init__(self, text: str, references: Mapping[str, str], furniture: frozenset[int]) -> None:
        self.text = text
        self.references = references
        self.furniture = furniture
        self.output = BlockList()
        self.comments: dict[int, Comment] = {}
        self.pending: PendingBlock | None = None
        self.fence: Fence | None = None
        self.elements = OpenElements()
        self.labels = RunningLabels()
        self.in_table = False
        self.in_list = False
        self.paragraph_indent = 0
        self.blank_lines = 0
        self.rule_seen = False

    def open(self, pending: PendingBlock) -> None:
        """Close the open block and open another."""
        if self.pending:
            self.close()
        self.pending = pending
        pending.after_page = self.rule_seen or self.blank_lines > 1
        self.rule_seen = False
        if pending.kind is _HEADING:
            self.in_list = False
            self.labels.forget()

    def close(self) -> None:
        """Add the open block, if any, to the output."""
        pending, self.pending = self.pending, None
        if pending is None:
            return
        if pending.lines and (pending.quoted or self.elements.quotes):
            pending.kind = BlockKind.QUOTATION
        self.output.add_pending(self.text, pending, self.read)

    def is_lazy(self, line: Line) -> bool:
        """Return whether an unquoted line continues a paragraph of a block quotation."""
        return self.pending is not None and self.pending.quoted and not line.quoted

    def read(self, text: str, lines: Sequence[tuple[int, int]]) -> inline.Inline:
        """Parse the inline markup of lines and record their comments."""
        result = inline.read(text, lines, self.references)
        for span in result.comments:
            self.add_comment(span, alone=False)
        return result

    def add_comment(self, span: Span, alone: bool) -> None:
        """Record a comment, once even if its line is read twice."""
        closed = self.text.endswith("-->", span.start, span.end)
        start = min(span.start + 4, span.end)
        inner = Span(start, max(start, span.end - 3 if closed else span.end))
        self.comments[span.start] = Comment(self.text[inner.start : inner.end], inner, span, alone)


def trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the range ``first:last`` without surrounding white space."""
    raw = text[first:last]
    length = len(raw.strip())
    if 0 < length < len(raw):
        first += len(raw) - len(raw.lstrip())
    return first, first + length
