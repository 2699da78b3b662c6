"""Flattened text, one paragraph or more on a line: where numbered paragraphs and items begin in mid-line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.readers.enumerators import Shape, ends_sentence, split

_LONG_LINE = 100
_LINES_BACK = 4
_HEAD = 12
_MOST_DIGITS = 3
_INSIDE = re.compile(r"(?<=\s)(?:(\d{1,3})\.|(\(?)([a-z])\))(?=\s+\S)")
_BEFORE = 6

_Label = tuple[str, int]


def cuts(text: str, lines: Sequence[tuple[int, int]]) -> list[int]:
    """The offsets inside long lines at which a paragraph or an item begins, in order.

    A number in running text proves nothing. It begins a paragraph when the lines around leave it out: "22."
    inside the line of "21." if the next numbered line is "23."; "a)" if the next line begins with "b)".
    """
    found: set[int] = set()
    last: dict[str, tuple[int, int]] = {}
    for index, (start, end) in enumerate(lines):
        label = _label(text, start, end)
        if label is None:
            continue
        series, value = label
        before, line = last.get(series, (0, -1))
        if value not in (1, before + 1):
            first = max(index - _LINES_BACK, line, 0)
            found.update(_chain(text, lines[first:index], series, value))
        if series == ".":
            last.clear()
        last[series] = value, index
    return sorted(found)


def _chain(text: str, lines: Sequence[tuple[int, int]], series: str, value: int) -> list[int]:
    """Where the labels before ``value`` stand inside ``lines``, from the last one back as far as they go."""
    places: dict[int, list[int]] = {}
    for start, end in lines:
        if end - start < _LONG_LINE:
            continue
        for match in _INSIDE.finditer(text, start + 1, end):
            if _series(match.group()) == series:
                places.setdefault(_value(match[1] or match[3]), []).append(match.start())
    found: list[int] = []
    bound = lines[-1][1] if lines else 0
    while (value := value - 1) > 0:
        earlier = [place for place in places.get(value, ()) if place < bound]
        if not earlier:
            break
        bound = next((place for place in reversed(earlier) if _stands_apart(text, place)), earlier[-1])
        found.append(bound)
    return found


def _stands_apart(text: str, place: int) -> bool:
    """Whether a sentence or another item ends before ``place``, a short word of conjunction left aside."""
    before = text[max(0, place - _BEFORE) : place].rstrip()
    return ends_sentence(before) or ends_sentence(before.rpartition(" ")[0])


def _label(text: str, start: int, end: int) -> _Label | None:
    head = text[start : min(end, start + _HEAD)]
    found = split(head)
    if found is None or found.shape not in (Shape.NUMBER, Shape.BRACKET):
        return None
    core = head[: found.end].strip("().")
    if not (core.isdigit() and found.shape is Shape.NUMBER and len(core) <= _MOST_DIGITS) and not _is_letter(core):
        return None
    return _series(head[: found.end]), _value(core)


def _is_letter(core: str) -> bool:
    return len(core) == 1 and "a" <= core <= "z"


def _series(label: str) -> str:
    """The punctuation of a label: ".", ")" or "()"."""
    return "".join(character for character in label if character in "().")


def _value(core: str) -> int:
    return int(core) if core.isdigit() else ord(core) - ord("a") + 1
