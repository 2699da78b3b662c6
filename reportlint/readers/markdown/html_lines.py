"""Lines with HTML: comments, and block tags, each of which ends a block."""

from __future__ import annotations

import re
from dataclasses import replace

from reportlint.document import BlockKind, Enumerator, Span
from reportlint.readers import html_in_markdown
from reportlint.readers.blockmaker import PendingBlock
from reportlint.readers.markdown.content import read_content
from reportlint.readers.markdown.state import Line, MarkdownState, trimmed
from reportlint.readers.markdown.table_lines import add_row

_UNREAD = ("script", "style")
_NEVER_CLOSED = ("hr", "li", "p", "dd", "dt", "td", "th", "tr")


def html_line(line: Line, state: MarkdownState) -> int | None:
    """Process comments, or a line with block tags; return the offset at which to continue.

    The line begins with "<" or ends with ">". Return ``None`` if it has neither comments nor block tags.
    """
    text, first, last = state.text, line.first, line.last
    if text.startswith("<!--", first):
        return _comments(line, state)
    content = text[first:last]
    if "<" not in content or not html_in_markdown.has_elements(content):
        return None
    return _block_tags(line, state)


def _comments(line: Line, state: MarkdownState) -> int:
    """Record the comments with which a line begins; return the offset at which to continue."""
    text, start = state.text, line.first
    state.close()
    spans = []
    line_end = end = line.end
    while text.startswith("<!--", start):
        close = text.find("-->", start + 2)
        end = len(text) if close < 0 else close + 3
        spans.append(Span(start, end))
        if end >= line_end:
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
        start, _ = trimmed(text, end, line_end)
    alone = not text[end:line_end].strip()
    for span in spans:
        state.add_comment(span, alone)
    return line_end + 1 if alone else end


def _block_tags(line: Line, state: MarkdownState) -> int:
    """Process a line with block tags; return the offset at which to continue."""
    text, last = state.text, line.last
    position = line.first
    for tag in html_in_markdown.BLOCK_TAG.finditer(text, line.first, last):
        if tag.start() < position:
            continue
        _text_between_tags(position, tag.start(), line, state)
        position = tag.end()
        resume = _tag(tag.group(2).lower(), bool(tag.group(1)), position, line, state)
        if resume is not None:
            if resume > last:
                return resume
            position = resume
    _text_between_tags(position, last, line, state)
    state.blank_lines = 0
    return line.end + 1


def _tag(name: str, closing: bool, after: int, line: Line, state: MarkdownState) -> int | None:
    """Process the block tag that ends at ``after``; return the offset after a data row or an unread element."""
    state.close()
    state.in_table = False
    _count_element(name, closing, state)
    if closing:
        return None
    if name == "tr" and not line.quoted and (data := html_in_markdown.data_row(state.text, after)):
        cells, end = data
        add_row(cells, state)
        return end
    if name in _UNREAD:
        match = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(state.text, after)
        return match.end() if match else len(state.text)
    return None


def _count_element(name: str, closing: bool, state: MarkdownState) -> None:
    """Record that an element is open or closed."""
    elements, step = state.elements, -1 if closing else 1
    if name not in _NEVER_CLOSED:
        elements.depth = max(0, elements.depth + step)
    if name[0] == "h" and name[1:].isdecimal():
        elements.level = 0 if closing else int(name[1:])
    elif name == "blockquote":
        elements.quotes = max(0, elements.quotes + step)
    elif name in ("ul", "ol"):
        elements.indent = max(0, elements.indent + 2 * step)
    elif name == "li":
        elements.begins_item = not closing


def _text_between_tags(start: int, end: int, line: Line, state: MarkdownState) -> None:
    first, last = trimmed(state.text, start, end)
    if first == last:
        return
    for number, piece in enumerate(html_in_markdown.pieces(state.text, first, last)):
        if number or piece.label:
            state.close()
        first, last = trimmed(state.text, piece.start, piece.end)
        part = replace(line, first=first, last=last)
        if piece.label:
            _open_labelled(piece.label, part, state)
        elif first < last:
            read_content(part, state)


def _open_labelled(label: Enumerator, line: Line, state: MarkdownState) -> None:
    """Open a block whose enumerator is in a separate element."""
    elements = state.elements
    bullet, elements.begins_item = elements.begins_item, False
    kind = BlockKind.HEADING if elements.level else BlockKind.ITEM
    if label.text[0].isdecimal() and label.text[-1] != ")" and not (bullet or elements.level):
        kind = BlockKind.PARAGRAPH
    lines = [(line.first, line.last)] if line.first < line.last else []
    indent = max(line.indent, elements.indent)
    state.open(PendingBlock(kind, lines, indent, bullet, elements.level, label, head=label.text, quoted=line.quoted))
    if kind is not BlockKind.HEADING:
        state.in_list = True
        state.labels.remember(label.text)
