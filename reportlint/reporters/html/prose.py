"""A block's text as HTML: characters as typed, with tags around ranges and things between characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import NamedTuple

from reportlint.document import Block, MarkKind, Source
from reportlint.language.lexicon import Lexicon
from reportlint.reporters.layout import bound, clean, printable_path
from reportlint.reporters.wording import Wording

_TAGS = {
    MarkKind.STRONG: "strong",
    MarkKind.EMPHASIS: "em",
    MarkKind.SUPERSCRIPT: "sup",
    MarkKind.CODE: "code",
}
_WIDE_SPACE = "\u2003"
# More tags around the same words cannot be told apart, and would make a page of many such words slow.
_DEEPEST = 8


class Range(NamedTuple):
    """Tags around ``start:end`` of a block's text; the lower ``rank`` is around the others."""

    rank: int
    start: int
    end: int
    opening: str
    closing: str


def safe(text: str) -> str:
    """``text`` as the content of an element or an attribute: escaped, without control characters."""
    return escape(clean(text.replace("\t", _WIDE_SPACE)))


def path_shown(path: str) -> str:
    """A path as the content of an element, which may break after each folder."""
    return safe(printable_path(path)).replace("/", "/<wbr>")


def said(text: str) -> str:
    """Words of the linter as the content of an element or an attribute."""
    return safe(bound(text))


def phrase(wording: Wording, name: str, **fields: object) -> str:
    """A phrase that only this page has, with its fields."""
    return said(wording.lexicon.fill(wording.words["page"][name], fields))


def number_link(number: int, kind: str, target: str, name: str) -> str:
    """The number of a finding as a link; ``name`` is what it is called where it is not seen."""
    return f'<a class="number {kind}" href="#{target}" aria-label="{name}">{number}</a>'


def language_of(lexicon: Lexicon) -> str:
    """The attributes that say in which language an element is, and from which side it is read."""
    return f'lang="{lexicon.code}" dir="{lexicon.section("direction")}"'


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
