"""Finds paragraphs and items that begin in mid-line in flattened text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.document.enumerators import Shape, ends_sentence, split

_LONG_LINE = 100
_LINES_BACK = 4
_HEAD = 12
_MOST_DIGITS = 3
_INSIDE = re.compile(r"(?<=\s)(?:(\d{1,3})\.|(\(?)([a-z])\))(?=\s+\S)")
_BEFORE = 6

_Label = tuple[str, int]


def cuts(text: str, lines: Sequence[tuple[int, int]]) -> list[int]:
    """Return the offsets inside long lines at which a paragraph or item begins, in order.

    A number in running text is not evidence by itself. It begins a paragraph if it is missing at the beginning of
    the surrounding lines: "22." inside the line of "21." if the next numbered line is "23."; "a)" if the next line
    begins with "b)".
    """
    offsets: set[int] = set()
    last: dict[str, tuple[int, int]] = {}
    for index, (start, end) in enumerate(lines):
        label = _label(text, start, end)
        if label is None:
            continue
        series, value = label
        before, line = last.get(series, (0, -1))
        if value not in (1, before + 1):
            first = max(index - _LINES_BACK, line, 0)
            offsets.update(_chain(text, lines[first:index], series, value))
        if series == ".":
            last.clear()
        last[series] = value, index
    return sorted(offsets)


def _chain(text: str, lines: Sequence[tuple[int, int]], series: str, value: int) -> list[int]:
    """Return the offsets inside ``lines`` of the labels that precede ``value``, counting down until one is missing."""
    offsets_by_value: dict[int, list[int]] = {}
    for start, end in lines:
        if end - start < _LONG_LINE:
            continue
        for match in _INSIDE.finditer(text, start + 1, end):
            if _series(match.group()) == series:
                offsets_by_value.setdefault(_value(match[1] or match[3]), []).append(match.start())
    chain: list[int] = []
    bound = lines[-1][1] if lines else 0
    while (value := value - 1) > 0:
        earlier = [offset for offset in offsets_by_value.get(value, ()) if offset < bound]
        if not earlier:
            break
        bound = next((offset for offset in reversed(earlier) if _stands_apart(text, offset)), earlier[-1])
        chain.append(bound)
    return chain


def _stands_apart(text: str, offset: int) -> bool:
    """Return whether a sentence or item ends before ``offset``, ignoring a short conjunction ("; and")."""
    before = text[max(0, offset - _BEFORE) : offset].rstrip()
    return ends_sentence(before) or ends_sentence(before.rpartition(" ")[0])


def _label(text: str, start: int, end: int) -> _Label | None:
    """Return the series and value of the label at the beginning of a line, if any."""
    head = text[start : min(end, start + _HEAD)]
    enumerator = split(head)
    if enumerator is None or enumerator.shape not in (Shape.NUMBER, Shape.BRACKET):
        return None
    core = head[: enumerator.end].strip("().")
    if not (core.isdecimal() and enumerator.shape is Shape.NUMBER and len(core) <= _MOST_DIGITS) and not _is_letter(
        core
    ):
        return None
    return _series(head[: enumerator.end]), _value(core)


def _is_letter(core: str) -> bool:
    return len(core) == 1 and "a" <= core <= "z"


def _series(label: str) -> str:
    """Return the punctuation of a label: ".", ")" or "()"."""
    return "".join(character for character in label if character in "().")


def _value(core: str) -> int:
    return int(core) if core.isdecimal() else ord(core) - ord("a") + 1
