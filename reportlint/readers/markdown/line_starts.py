"""The beginnings of lines by which Markdown blocks are recognized, and their enumerators."""

from __future__ import annotations

import re

from reportlint.document.enumerators import Shape, Split, split
from reportlint.readers.markdown.state import Line, MarkdownState

RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
BULLETS = "-*+•▪◦‣●○■□–—·"
BULLET = re.compile(rf"[{BULLETS}](?:[ \t]+|$)")
DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,3})+")

_ENUMERATED = re.compile(r"[*_\\\[(（ ]{0,6}[^\W_]{1,7}[ .)）\\*_]")
_TAGS = re.compile(r"<[^<>]*(?:>|$)")
_HEAD = 40
_HIGH, _DOTTED = Shape.HIGH, Shape.DOTTED


def starts_block(line: Line, state: MarkdownState) -> bool:
    """Return whether a line begins a block and so cannot continue the previous one."""
    first, last = line.first, line.last
    begins = any(pattern.match(state.text, first, last) for pattern in (BULLET, ATX, FENCE, RULE))
    return begins or state.text[first] == "<" or bool(enumerator(first, last, state)[0])


def enumerator(first: int, last: int, state: MarkdownState) -> tuple[str, Split | None]:
    """Return the enumerator that a line begins with; "" if there is none or its shape is ``Shape.HIGH``.

    The other result divides the line into its enumerator and its words, if no markup stands before or between them.
    """
    text = state.text
    end = first + _HEAD
    raw = head = text[first : end if end < last else last]
    if head[:1] == "[" and "](" in text[first:last]:
        return "", None
    if "<" in head:
        head = _TAGS.sub("", text[first : min(last, first + _HEAD * 5)])[:_HEAD].lstrip()
    if not _ENUMERATED.match(head):
        return "", None
    if "*" in head or "_" in head or "\\" in head:
        head = head.replace("*", "").replace("_", "").replace("\\", "")
    label = split(head)
    if label is None and DECIMAL.fullmatch(head.rstrip()) and state.labels.continues_chapter(head.rstrip()):
        return head.rstrip(), None  # alone on its line; the words follow on the next
    if label is None or label.shape is _HIGH:
        return "", None
    printed = head[: label.end]
    if not state.labels.may_be(printed, label.shape):
        return "", None
    return printed, label if _stand_apart(label, raw, head) else None


def _stand_apart(label: Split, raw: str, head: str) -> bool:
    """Return whether no markup joins an enumerator and the words after it, which stand on the same line.

    ``head`` is ``raw`` without markup. The words begin with a letter or figure, which emphasis may precede.
    """
    end, rest = label.end, label.rest
    if not end < rest < len(head) or raw[0] == "[" or raw[:rest] != head[:rest]:
        return False
    first, written = head[rest], raw[rest]
    if not (first.isalpha() or first.isdecimal()):
        return False
    return first == written or (written in "*_" and label.shape is not _DOTTED)
