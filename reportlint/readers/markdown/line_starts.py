"""The beginnings of lines by which Markdown blocks are recognized, and their enumerators."""

from __future__ import annotations

import re

from reportlint.document.enumerators import Shape, split
from reportlint.readers.markdown.state import Line, MarkdownState

RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
BULLET = re.compile(r"(?:[-*+•▪◦‣●○■□–—·])(?:[ \t]+|$)")
DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,3})+")

_ENUMERATED = re.compile(r"[*_\\\[(（ ]{0,6}[^\W_]{1,7}[ .)）\\*_]")
_TAGS = re.compile(r"<[^<>]*(?:>|$)")
_HEAD = 40


def starts_block(line: Line, state: MarkdownState) -> bool:
    """Return whether a line begins a block and so cannot continue the previous one."""
    first, last = line.first, line.last
    begins = any(pattern.match(state.text, first, last) for pattern in (BULLET, ATX, FENCE, RULE))
    return begins or state.text[first] == "<" or bool(enumerator(first, last, state))


def enumerator(first: int, last: int, state: MarkdownState) -> str:
    """Return the enumerator that a line begins with; "" if there is none or its shape is ``Shape.HIGH``."""
    text = state.text
    head = text[first : min(last, first + _HEAD)]
    if head[:1] == "[" and "](" in text[first:last]:
        return ""
    if "<" in head:
        head = _TAGS.sub("", text[first : min(last, first + _HEAD * 5)])[:_HEAD].lstrip()
    if not _ENUMERATED.match(head):
        return ""
    for markup in "\\*_":
        if markup in head:
            head = head.replace(markup, "")
    label = split(head)
    if label is None and DECIMAL.fullmatch(head.rstrip()) and state.labels.continues_chapter(head.rstrip()):
        return head.rstrip()  # alone on its line; the words follow on the next
    if label is None or label.shape is Shape.HIGH:
        return ""
    printed = head[: label.end]
    return printed if state.labels.may_be(printed, label.shape) else ""
