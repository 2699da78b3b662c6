"""Lines of code: fences, the lines inside them and indented code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.document import Block, BlockKind
from reportlint.readers import inline
from reportlint.readers.markdown.line_starts import FENCE
from reportlint.readers.markdown.state import CODE_INDENT, Fence, Line, MarkdownState


def opening_fence(line: Line, state: MarkdownState) -> bool:
    """Open a code fence."""
    match = FENCE.match(state.text, line.first, line.last)
    if match is None:
        return False
    open_fence(match, line.indent, line.quoted, state)
    return True


def open_fence(match: re.Match[str], indent: int, quoted: bool, state: MarkdownState) -> None:
    """Close the open block and open the fence that ``match`` holds."""
    state.close()
    state.fence = Fence(match.group(1) or match.group(2), indent, quoted)


def fenced_line(line: Line, state: MarkdownState) -> int | None:
    """Add a line to the open fence, or close the fence; return the offset at which to continue."""
    fence = state.fence
    if fence is None:
        return None
    if fence.quoted and not line.quoted:
        close_fence(state)
        return None
    content = state.text[line.first : line.last]
    if line.indent < CODE_INDENT + fence.indent and content.startswith(fence.mark) and not content.strip(fence.mark[0]):
        close_fence(state)
    else:
        fence.lines.append((line.first if fence.quoted else line.start, line.end))
    return line.end + 1


def close_fence(state: MarkdownState) -> None:
    """Add the code in the open fence, if any, to the output."""
    fence, state.fence = state.fence, None
    if fence and any(start < end for start, end in fence.lines):
        add_code(fence.lines, state)


def add_code(lines: Sequence[tuple[int, int]], state: MarkdownState) -> None:
    """Add lines of code to the output."""
    content = inline.plain(state.text, lines)
    block = Block(BlockKind.CODE, content.text, content.offsets, line_starts=content.line_starts)
    state.output.add(block)
