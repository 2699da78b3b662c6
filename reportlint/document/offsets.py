"""Mapping of offsets in a derived text to offsets in the original."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of Unicode code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Return whether the ranges share a character. An empty range counts as the character at its offset."""
        return self.start < max(other.end, other.start + 1) and other.start < max(self.end, self.start + 1)

    def holds(self, other: Span) -> bool:
        """Return whether another range lies in this one."""
        return self.start <= other.start and other.end <= self.end


class OffsetMap(NamedTuple):
    """Maps offsets of a derived text to offsets of the text it was derived from.

    The map is a list of pieces copied unchanged: piece *i* starts at ``here[i]`` in the derived text and at
    ``there[i]`` in the original. Both are ascending; ``here[0]`` is 0. They are arrays if there are several pieces.
    """

    here: Sequence[int]
    there: Sequence[int]

    @classmethod
    def shift(cls, start: int) -> OffsetMap:
        """Return the map of a text that is one contiguous piece of the original, beginning at ``start``."""
        return cls((0,), (start,))

    @classmethod
    def of_pieces(cls, pieces: Iterable[tuple[int, int]]) -> OffsetMap:
        """Build a map from ``(here, there)`` pieces, merging contiguous neighbours."""
        here, there = array("I"), array("I")
        shift = last = -1
        for derived, original in pieces:
            if derived == last:
                there[-1] = original
            elif original - derived == shift:
                continue
            else:
                here.append(derived)
                there.append(original)
                last = derived
            shift = original - derived
        if len(here) > 1:
            return cls(here, there)
        return cls.shift(there[0] if there else 0)

    def __call__(self, offset: int) -> int:
        """Return the original offset of the character at derived ``offset``."""
        here, there = self
        piece = bisect_right(here, offset) - 1
        return there[piece] + offset - here[piece]

    def end(self, offset: int) -> int:
        """Return the original offset of the end of a derived range that ends at ``offset``.

        That is the offset just after the character before ``offset``.
        """
        return self(offset - 1) + 1 if offset > 0 else self(0)

    def span(self, start: int, end: int) -> Span:
        """Return the original range of the derived range ``start:end``."""
        here, there = self
        if len(here) == 1:
            shift = there[0]
            return Span(start + shift, max(start, end) + shift)
        first = self(start)
        return Span(first, max(first, self.end(end)) if end > start else first)

    def derived(self, original: int) -> int:
        """Return the derived offset of the character at an original offset.

        A dropped character maps to the offset of the next character kept.
        """
        piece = max(0, bisect_right(self.there, original) - 1)
        offset = self.here[piece] + max(0, original - self.there[piece])
        return min(offset, self.here[piece + 1]) if piece + 1 < len(self.here) else offset

    def part(self, start: int, end: int) -> OffsetMap:
        """Return the map of ``start:end`` of the derived text."""
        here, there = self
        if len(here) == 1:
            return OffsetMap(here, (there[0] + start,))
        first = bisect_right(here, start) - 1
        last = bisect_left(here, end, first + 1)
        origin = there[first] + start - here[first]
        if first + 1 == last:
            return OffsetMap.shift(origin)
        return OffsetMap(
            array("I", [0, *(offset - start for offset in here[first + 1 : last])]),
            array("I", [origin, *there[first + 1 : last]]),
        )

    def shifted(self, by: int) -> OffsetMap:
        """Return the map with all original offsets larger by ``by``."""
        return OffsetMap.of_pieces((here, there + by) for here, there in self.starts())

    def gaps(self, span: Span) -> Iterator[Span]:
        """Yield the ranges between pieces of the original that the derived text leaves out, if ``span`` meets them."""
        first = max(1, bisect_right(self.there, span.start))
        for piece in range(first, len(self.there)):
            last = self.there[piece - 1] + self.here[piece] - self.here[piece - 1]
            if last >= span.end:
                return
            if last < self.there[piece]:
                yield Span(last, self.there[piece])

    def starts(self) -> Iterator[tuple[int, int]]:
        """Yield the pieces as ``(here, there)`` pairs."""
        return iter(zip(self.here, self.there, strict=True))
