"""Reads Markdown files whose body is text laid out from a PDF: the body with the reader of plain text."""

from __future__ import annotations

import re
from dataclasses import replace

from reportlint.document import Document, Source
from reportlint.readers.markdown import read_markdown

_DEEP = " " * 6
_FEWEST_LINES = 8
_LEAST_SHARE = 0.3
# Lines that Markdown indents itself: items of nested lists, quotations, tables.
_NESTED = re.compile(r"\s*(?:[-*+>|]|\d{1,3}[.)]\s\S|\(?[a-zA-Z]{1,4}\)\s\S)")


def read_markdown_or_layout(source: Source) -> Document:
    """Parse a Markdown draft, whose body may be laid out with spaces instead. Never fails."""
    start = _layout_start(source.text)
    if start is None:
        return read_markdown(source)
    from reportlint.readers.text import read_text  # noqa: PLC0415 - few Markdown drafts need it

    head, body = read_markdown(source, start), read_text(source, start)
    return replace(body, blocks=(*head.blocks, *body.blocks), comments=head.comments)


def _layout_start(text: str) -> int | None:
    """Return the offset at which laid-out text begins, after a blank line; ``None`` if there is none.

    A good part of its lines are deeply indented without being items of lists.
    """
    if text.count("\n" + _DEEP) + 1 < _FEWEST_LINES:
        return None
    lines: list[tuple[int, int, str]] = []  # the number, offset and text of each line that is not blank
    offset = 0
    for number, line in enumerate(text.split("\n")):
        if line and not line.isspace():
            lines.append((number, offset, line))
        offset += len(line) + 1
    deep = [index for index, (_, _, line) in enumerate(lines) if _is_deep(line)]
    if len(deep) < _FEWEST_LINES or len(deep) < _LEAST_SHARE * (len(lines) - deep[0]) or "```" in text:
        return None
    first = deep[0]
    while first and lines[first - 1][0] == lines[first][0] - 1:
        first -= 1
    return lines[first][1]


def _is_deep(line: str) -> bool:
    return line.startswith(_DEEP) and not (_NESTED.match(line) and "   " not in line.strip())
