"""Lines that are headings by their markup, and thematic breaks, which look like the underlines of headings."""

from __future__ import annotations

import re

from reportlint.document import BlockKind
from reportlint.document.enumerators import ends_sentence
from reportlint.readers.blockmaker import PendingBlock
from reportlint.readers.markdown.line_starts import ATX, RULE
from reportlint.readers.markdown.state import CODE_INDENT, Line, MarkdownState

_UNDERLINE = re.compile(r"(?:=+|-+)$")
_LONGEST_TITLE = 300
_LONGEST_ENUMERATED_TITLE = 120


def html_heading(line: Line, state: MarkdownState) -> None:
    """Begin or continue the heading in the open HTML element ("<h2>")."""
    if state.pending:
        state.pending.add_line(line.first, line.last)
    else:
        level = state.elements.level
        state.open(PendingBlock(BlockKind.HEADING, [(line.first, line.last)], level=level, quoted=line.quoted))


def setext_underline(line: Line, state: MarkdownState) -> bool:
    """Make a heading of the paragraph above an underline."""
    text, pending = state.text, state.pending
    sign = text[line.first]
    if not pending or not pending.lines or pending.kind is not BlockKind.PARAGRAPH or pending.bullet:
        return False
    if state.is_lazy(line):
        return False
    if not _UNDERLINE.match(text, line.first, line.last) or (sign == "-" and _is_text(pending, text)):
        return False
    pending.kind = BlockKind.HEADING
    pending.level = 1 if sign == "=" else 2
    state.close()
    return True


def _is_text(pending: PendingBlock, text: str) -> bool:
    """Return whether the paragraph above a row of hyphens is too long for a title, or a numbered sentence."""
    start, end = pending.lines[-1]
    length = end - pending.lines[0][0]
    if not pending.head:
        return length > _LONGEST_TITLE
    return length > _LONGEST_ENUMERATED_TITLE or len(pending.lines) > 1 or ends_sentence(text[start:end])


def thematic_break(line: Line, state: MarkdownState) -> bool:
    """Close the open block at a thematic break, where a page may have ended."""
    if state.is_lazy(line) or (line.indent >= CODE_INDENT and state.pending is None):
        return False
    if not RULE.match(state.text, line.first, line.last):
        return False
    state.close()
    state.rule_seen = True
    return True


def atx_heading(line: Line, state: MarkdownState) -> bool:
    """Add a heading marked by number signs."""
    match = ATX.match(state.text, line.first, line.last) if line.indent < CODE_INDENT else None
    if match is None:
        return False
    state.close()
    start = match.end()
    title = state.text[start : line.last]
    bare = title.rstrip("#")
    if not bare or bare[-1] in " \t":
        title = bare.rstrip()
    if title:
        lines = [(start, start + len(title))]
        state.open(PendingBlock(BlockKind.HEADING, lines, level=len(match.group(1)), quoted=line.quoted))
        state.close()
    return True
