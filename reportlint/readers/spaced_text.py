"""Reads the inline content of plain text: gaps between columns and raised footnote marks."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from reportlint.document import Mark, MarkKind, OffsetMap, compact
from reportlint.readers.inline import FIGURES, SUPERSCRIPTS, Inline, note_labels, plain

COLUMNS = re.compile(r"\S(?:\t| {3,})\S")
"""A gap between two columns."""

_GAP = re.compile(r"[ \t]{2,}|\t")
_RAISED = re.compile(rf"(?<=\S)[{SUPERSCRIPTS}]+(?:,[{SUPERSCRIPTS}]+)*")
_WIDE_GAP = 3


def read_spaced(text: str, lines: Sequence[tuple[int, int]]) -> Inline:
    """Return the text of lines: wide gaps become tabs, narrow ones spaces, superscript figures footnote marks."""
    raw = plain(text, lines, hyphens=True)
    matches = [*_GAP.finditer(raw.text)]
    raised = [*_RAISED.finditer(raw.text)]
    if raised:
        matches = sorted((*matches, *raised), key=lambda match: match.start())
    if not matches:
        return raw
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    marks: list[Mark] = []
    length = copied = 0
    for match in matches:
        string, (start, end) = match.group(), match.span()
        if string[0] in " \t":
            new = "\t" if len(string) >= _WIDE_GAP or "\t" in string else " "
        else:
            labels = note_labels(string.translate(FIGURES), raw.text[max(0, start - 16) : start])
            if labels is None:
                continue
            new = ""
        parts += (raw.text[copied:start], new)
        pieces.append((length, copied))
        length += start - copied
        if new:
            pieces.append((length, start))
        else:
            span = raw.offsets.span(start, end)
            marks += [Mark(MarkKind.FOOTNOTE, length, length, *span, label) for label in labels or ()]
        length += len(new)
        copied = end
    parts.append(raw.text[copied:])
    pieces.append((length, copied))
    starts: Sequence[int] = (0,)
    if len(raw.line_starts) > 1:
        pieces = _split_at_lines(pieces, raw.line_starts)
        raw_line_starts = set(raw.line_starts)
        starts = array("I", sorted({here for here, there in pieces if there in raw_line_starts}))
    offsets = OffsetMap.of_pieces((here, raw.offsets(there)) for here, there in pieces)
    return Inline("".join(parts), offsets, compact(marks), starts)


def _split_at_lines(pieces: Sequence[tuple[int, int]], starts: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pieces split at the offsets where lines start."""
    split_pieces: list[tuple[int, int]] = []
    line = 0
    for number, (here, there) in enumerate(pieces):
        end = pieces[number + 1][0] - here + there if number + 1 < len(pieces) else starts[-1] + 1
        split_pieces.append((here, there))
        while line < len(starts) and starts[line] < end:
            if starts[line] > there:
                split_pieces.append((here + starts[line] - there, starts[line]))
            line += 1
    return split_pieces
