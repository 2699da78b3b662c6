"""Several files read as one document: one text, one row of blocks, and positions that lead back to each file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlint.document.blocks import Block, Comment, Document
from reportlint.document.offsets import OffsetMap, Span
from reportlint.document.source import Position, Source

_BETWEEN = "\n\n"


@dataclass(frozen=True)
class JoinedSource(Source):
    """The texts of several files, one after the other. ``starts`` are the offsets at which each begins."""

    parts: tuple[Source, ...] = ()
    starts: tuple[int, ...] = ()

    def _part(self, offset: int) -> tuple[Source, int]:
        index = bisect_right(self.starts, offset) - 1
        part = self.parts[index]
        return part, min(offset - self.starts[index], len(part.text))

    def path_at(self, offset: int) -> str:
        return self._part(offset)[0].path

    def position(self, offset: int) -> Position:
        part, own = self._part(offset)
        return part.position(own)

    def end_position(self, offset: int) -> Position:
        part, last = self._part(max(offset - 1, 0))
        return part.end_position(min(last + 1, len(part.text)))

    def typed(self, offset: int) -> str:
        part, own = self._part(offset)
        return part.typed(own)


def join(documents: Sequence[Document]) -> Document:
    """One document of several, in order; its path and format are those of the first."""
    starts: list[int] = []
    blocks: list[Block] = []
    comments: list[Comment] = []
    begins: list[int] = []
    length = 0
    for document in documents:
        starts.append(length)
        begins.append(len(blocks))
        blocks += (_shifted(block, length) for block in document.blocks)
        comments += (
            one._replace(inner=_moved(one.inner, length), span=_moved(one.span, length)) for one in document.comments
        )
        length += len(document.source.text) + len(_BETWEEN)
    sources = tuple(document.source for document in documents)
    text = _BETWEEN.join(source.text for source in sources)
    first = documents[0]
    source = JoinedSource(first.source.path, text, text, OffsetMap.shift(0), (), sources, tuple(starts))
    return replace(first, source=source, blocks=tuple(blocks), comments=tuple(comments), part_starts=tuple(begins[1:]))


def _shifted(block: Block, by: int) -> Block:
    enumerator = block.enumerator
    return replace(
        block,
        offsets=OffsetMap(block.offsets.here, tuple(offset + by for offset in block.offsets.there)),
        enumerator=enumerator._replace(span=_moved(enumerator.span, by)) if enumerator else None,
        marks=tuple(mark._replace(span=_moved(mark.span, by)) for mark in block.marks),
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
