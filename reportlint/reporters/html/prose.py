"""A block's text as HTML: characters as typed, with tags around ranges and things between characters."""

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
# More tags around the same words cannot be told apart, and would make a page of many such words slow.
_DEEPEST = 8


class Range(NamedTuple):
    """Tags around ``start:end`` of a block's text; the lower ``rank`` is around the others."""

    rank: int
    start: int
    end: int
    opening: str
    closing: str


def emphasis(block: Block) -> Iterator[Range]:
    """The inline markup of a block that readers see."""
    for mark in block.marks:
        if tag := _TAGS.get(mark.kind):
            yield Range(1, mark.start, mark.end, f"<{tag}>", f"</{tag}>")


def woven(
    block: Block,
    source: Source,
    ranges: Iterable[Range],
    between: Mapping[int, str],
    start: int = 0,
    end: int | None = None,
) -> str:
    """``start:end`` of the block's text with its ranges and with what stands ``between`` its characters.

    Ranges may overlap; they are closed and opened again, so that elements always nest.
    """
    end = len(block.text) if end is None else end
    begins: dict[int, list[Range]] = defaultdict(list)
    here = block.offsets.here
    cuts = {start, end, *between, *here[bisect_left(here, start) : bisect_right(here, end)]}
    for one in ranges:
        if max(one.start, start) < min(one.end, end):
            begins[max(one.start, start)].append(one)
            cuts |= {one.start, one.end}
    parts: list[str] = []
    opened: list[Range] = []
    at = start
    for cut in sorted(one for one in cuts if start <= one <= end):
        parts.append(safe(_as_typed(source, block, at, cut)))
        at = cut
        wanted = sorted([*(one for one in opened if one.end > cut), *begins[cut]], key=_outermost)[:_DEEPEST]
        kept = 0
        while kept < min(len(opened), len(wanted)) and opened[kept] is wanted[kept]:
            kept += 1
        parts += (one.closing for one in reversed(opened[kept:]))
        parts.append(between.get(cut, ""))
        parts += (one.opening for one in wanted[kept:])
        opened = wanted
    parts += (one.closing for one in reversed(opened))
    return "".join(parts)


def _outermost(one: Range) -> tuple[int, int, int]:
    return one.rank, one.start, -one.end


def _as_typed(source: Source, block: Block, start: int, end: int) -> str:
    """A range of the block's text with the characters of the file, where it is the source's text unchanged."""
    span = block.span(start, end)
    text = block.text[start:end]
    return source.typed(*span) if source.text[span.start : span.end].replace("\n", " ") == text else text
