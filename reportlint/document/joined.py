"""Several files read as one document: one text, one row of blocks, and positions that lead back to each file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

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

    def typed(self, start: int, end: int) -> str:
        part, own = self._part(start)
        return part.typed(own, min(own + end - start, len(part.text)))


def join_sources(sources: Sequence[Source]) -> JoinedSource:
    """One text of several, in order; its path is that of the first."""
    text = _BETWEEN.join(source.text for source in sources)
    lengths = (len(source.text) + len(_BETWEEN) for source in sources[:-1])
    starts = tuple(accumulate(lengths, initial=0))
    return JoinedSource(sources[0].path, text, text, OffsetMap.shift(0), (), tuple(sources), starts)


def join(documents: Sequence[Document]) -> Document:
    """One document of several, in order; its path and format are those of the first."""
    source = join_sources([document.source for document in documents])
    blocks: list[Block] = []
    comments: list[Comment] = []
    begins: list[int] = []
    for document, start in zip(documents, source.starts, strict=True):
        begins.append(len(blocks))
        blocks += (_shifted(block, start) for block in document.blocks)
        comments += (
            one._replace(inner=_moved(one.inner, start), span=_moved(one.span, start)) for one in document.comments
        )
    return replace(
        documents[0], source=source, blocks=tuple(blocks), comments=tuple(comments), part_starts=tuple(begins[1:])
    )  # fmt: skip


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
