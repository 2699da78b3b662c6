"""The text of a block as HTML: characters as typed, with tags around ranges and insertions between characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reportlint.document import Block, MarkKind, Source
from reportlint.reporters.html.markup import safe

_TAGS = {
    MarkKind.STRONG: "strong",
    MarkKind.EMPHASIS: "em",
    MarkKind.SUPERSCRIPT: "sup",
    MarkKind.CODE: "code",
}
# More tags around the same words are indistinguishable to readers and would slow a page of many such words.
_DEEPEST = 8


class Range(NamedTuple):
    """Tags around ``start:end`` of the text of a block. Tags of a lower ``rank`` enclose those of a higher one."""

    rank: int
    start: int
    end: int
    opening: str
    closing: str


def emphasis_ranges(block: Block) -> Iterator[Range]:
    """Yield the ranges of the visible inline markup of a block."""
    for mark in block.marks:
        if tag := _TAGS.get(mark.kind):
            yield Range(1, mark.start, mark.end, f"<{tag}>", f"</{tag}>")


def weave(
    block: Block,
    source: Source,
    ranges: Iterable[Range],
    insertions: Mapping[int, str],
    start: int = 0,
    end: int | None = None,
) -> str:
    """Return ``start:end`` of the text of a block, with tags around ``ranges`` and with ``insertions`` by offset.

    Offsets refer to the text of the block. Overlapping ranges are closed and reopened so that elements always nest.
    """
    end = len(block.text) if end is None else end
    begins: dict[int, list[Range]] = defaultdict(list)
    here = block.offsets.here
    cuts = {start, end, *insertions, *here[bisect_left(here, start) : bisect_right(here, end)]}
    for tagged in ranges:
        if max(tagged.start, start) < min(tagged.end, end):
            begins[max(tagged.start, start)].append(tagged)
            cuts |= {tagged.start, tagged.end}
    parts: list[str] = []
    opened: list[Range] = []
    at = start
    for cut in sorted(offset for offset in cuts if start <= offset <= end):
        parts.append(safe(_as_typed(source, block, at, cut)))
        at = cut
        continuing = (tagged for tagged in opened if tagged.end > cut)
        wanted = sorted([*continuing, *begins[cut]], key=_nesting_order)[:_DEEPEST]
        kept = 0
        while kept < min(len(opened), len(wanted)) and opened[kept] is wanted[kept]:
            kept += 1
        parts += (tagged.closing for tagged in reversed(opened[kept:]))
        parts.append(insertions.get(cut, ""))
        parts += (tagged.opening for tagged in wanted[kept:])
        opened = wanted
    parts += (tagged.closing for tagged in reversed(opened))
    return "".join(parts)


def _nesting_order(tagged: Range) -> tuple[int, int, int]:
    return tagged.rank, tagged.start, -tagged.end


def _as_typed(source: Source, block: Block, start: int, end: int) -> str:
    """Return ``start:end`` of the text of a block, as typed in the file unless the block has changed it."""
    span = block.span(start, end)
    text = block.text[start:end]
    return source.typed(*span) if source.text[span.start : span.end].replace("\n", " ") == text else text
