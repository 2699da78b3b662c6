"""Joins several files into one document whose positions map back to each file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reportlint.document.blocks import Block, Comment, Document
from reportlint.document.marks import compact
from reportlint.document.offsets import OffsetMap, Span
from reportlint.document.source import Position, Source

_SEPARATOR = "\n\n"


@dataclass(frozen=True)
class JoinedSource(Source):
    """The concatenated texts of several files. ``starts`` are the offsets at which each file begins."""

    parts: tuple[Source, ...] = ()
    starts: tuple[int, ...] = ()

    def _part(self, offset: int) -> tuple[Source, int]:
        """Return the file that holds ``offset`` and the offset within it."""
        index = bisect_right(self.starts, offset) - 1
        part = self.parts[index]
        return part, min(offset - self.starts[index], len(part.text))

    def path_at(self, offset: int) -> str:
        return self._part(offset)[0].path

    def part_called(self, path: str) -> Source | None:
        return next((part for part in self.parts if part.path == path), None)

    def position(self, offset: int) -> Position:
        part, part_offset = self._part(offset)
        return part.position(part_offset)

    def end_position(self, offset: int) -> Position:
        part, last = self._part(max(offset - 1, 0))
        return part.end_position(min(last + 1, len(part.text)))

    def typed(self, start: int, end: int) -> str:
        part, part_start = self._part(start)
        return part.typed(part_start, min(part_start + end - start, len(part.text)))

    def as_written(self, text: str, offset: int) -> str:
        part, part_offset = self._part(offset)
        return part.as_written(text, part_offset)


def join_sources(sources: Sequence[Source]) -> JoinedSource:
    """Join texts in order. The path is that of the first."""
    text = _SEPARATOR.join(source.text for source in sources)
    lengths = (len(source.text) + len(_SEPARATOR) for source in sources[:-1])
    starts = tuple(accumulate(lengths, initial=0))
    return JoinedSource(sources[0].path, text, text, OffsetMap.shift(0), tuple(sources), starts)


def join(documents: Sequence[Document]) -> Document:
    """Join documents in order. The path and format are those of the first."""
    source = join_sources([document.source for document in documents])
    blocks: list[Block] = []
    comments: list[Comment] = []
    heads: list[Span] = []
    first_blocks: list[int] = []
    for document, start in zip(documents, source.starts, strict=True):
        first_blocks.append(len(blocks))
        blocks += (_shifted_block(block, start) for block in document.blocks)
        comments += (
            comment._replace(inner=_shifted_span(comment.inner, start), span=_shifted_span(comment.span, start))
            for comment in document.comments
        )
        heads += (_shifted_span(head, start) for head in document.running_heads)
    return replace(
        documents[0],
        source=source,
        blocks=tuple(blocks),
        comments=tuple(comments),
        part_starts=tuple(first_blocks[1:]),
        running_heads=tuple(heads),
    )


def _shifted_block(block: Block, by: int) -> Block:
    enumerator = block.enumerator
    return block.replaced(
        offsets=block.offsets.shifted(by),
        enumerator=enumerator._replace(start=enumerator.start + by) if enumerator else None,
        marks=compact(mark._replace(first=mark.first + by, last=mark.last + by) for mark in block.marks),
    )


def _shifted_span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
