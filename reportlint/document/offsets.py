"""Mapping of offsets in a derived text to offsets in the original."""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    _Offsets = array[int]
else:
    _Offsets = array  # takes no parameter before Python 3.12


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


class OffsetMap(ABC):
    """Maps offsets of a derived text to offsets of the text it was derived from.

    The map is a list of pieces copied unchanged: piece *i* starts at ``here[i]`` in the derived text and at
    ``there[i]`` in the original. Both are ascending; ``here[0]`` is 0.
    """

    __slots__ = ()

    @staticmethod
    def shift(start: int) -> OffsetMap:
        """Return the map of a text that is one contiguous piece of the original, beginning at ``start``."""
        return _Shift(start)

    @staticmethod
    def of_pieces(pieces: Iterable[tuple[int, int]]) -> OffsetMap:
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
            return _Pieces(here, there)
        return _Shift(there[0] if there else 0)

    @property
    @abstractmethod
    def here(self) -> Sequence[int]:
        """The offsets of the pieces in the derived text."""

    @property
    @abstractmethod
    def there(self) -> Sequence[int]:
        """The offsets of the pieces in the original."""

    @abstractmethod
    def __call__(self, offset: int) -> int:
        """Return the original offset of the character at derived ``offset``."""

    @abstractmethod
    def end(self, offset: int) -> int:
        """Return the original offset of the end of a derived range that ends at ``offset``.

        That is the offset just after the character before ``offset``.
        """

    @abstractmethod
    def span(self, start: int, end: int) -> Span:
        """Return the original range of the derived range ``start:end``."""

    @abstractmethod
    def derived(self, original: int) -> int:
        """Return the derived offset of the character at an original offset.

        A dropped character maps to the offset of the next character kept.
        """

    @abstractmethod
    def part(self, start: int, end: int) -> OffsetMap:
        """Return the map of ``start:end`` of the derived text."""

    @abstractmethod
    def shifted(self, by: int) -> OffsetMap:
        """Return the map with all original offsets larger by ``by``."""

    @abstractmethod
    def gaps(self, span: Span) -> Iterator[Span]:
        """Yield the ranges between pieces of the original that the derived text leaves out, if ``span`` meets them."""

    def starts(self) -> Iterator[tuple[int, int]]:
        """Yield the pieces as ``(here, there)`` pairs."""
        return iter(zip(self.here, self.there, strict=True))


class _Shift(int, OffsetMap):
    """The map of one piece: a number, the offset in the source at which the piece begins.

    Most maps are of this kind, and they take little memory.
    """

    __slots__ = ()

    @property
    def here(self) -> Sequence[int]:
        return (0,)

    @property
    def there(self) -> Sequence[int]:
        return (int(self),)

    def __call__(self, offset: int) -> int:
        return self + offset

    def end(self, offset: int) -> int:
        return self + max(offset, 0)

    def span(self, start: int, end: int) -> Span:
        return Span(self + start, self + (end if end > start else start))

    def derived(self, original: int) -> int:
        return max(0, original - self)

    def part(self, start: int, end: int) -> OffsetMap:
        return _Shift(self + start)

    def shifted(self, by: int) -> OffsetMap:
        return _Shift(self + by)

    def gaps(self, span: Span) -> Iterator[Span]:
        return iter(())


class _Pieces(_Offsets, OffsetMap):
    """The map of several pieces: an array of the offsets in the derived text, and then of those in the original.

    They take little memory, because the rows of a table, for example, have a few pieces each.
    """

    __slots__ = ()

    def __new__(cls, here: Iterable[int], there: Iterable[int]) -> _Pieces:
        return super().__new__(cls, "I", chain(here, there))  # type: ignore[return-value]

    def __copy__(self) -> _Pieces:
        return self  # it never changes, and a copied array is no map

    def __deepcopy__(self, memo: dict[int, Any]) -> _Pieces:
        return self

    @property
    def here(self) -> Sequence[int]:
        return self[: len(self) // 2]

    @property
    def there(self) -> Sequence[int]:
        return self[len(self) // 2 :]

    def __call__(self, offset: int) -> int:
        count = len(self) // 2
        piece = bisect_right(self, offset, 0, count) - 1
        return self[count + piece] + offset - self[piece]

    def end(self, offset: int) -> int:
        return self(offset - 1) + 1 if offset > 0 else self(0)

    def span(self, start: int, end: int) -> Span:
        first = self(start)
        return Span(first, max(first, self.end(end)) if end > start else first)

    def derived(self, original: int) -> int:
        count = len(self) // 2
        piece = max(0, bisect_right(self, original, count) - 1 - count)
        offset = self[piece] + max(0, original - self[count + piece])
        return min(offset, self[piece + 1]) if piece + 1 < count else offset

    def part(self, start: int, end: int) -> OffsetMap:
        count = len(self) // 2
        first = bisect_right(self, start, 0, count) - 1
        last = bisect_left(self, end, first + 1, count)
        origin = self(start)
        if first + 1 == last:
            return _Shift(origin)
        here = self[first + 1 : last]
        return _Pieces((0, *(offset - start for offset in here)), (origin, *self[count + first + 1 : count + last]))

    def shifted(self, by: int) -> OffsetMap:
        return _Pieces(self.here, (start + by for start in self.there))

    def gaps(self, span: Span) -> Iterator[Span]:
        count = len(self) // 2
        for piece in range(max(1, bisect_right(self, span.start, count) - count), count):
            last = self.end(self[piece])
            if last >= span.end:
                return
            if last < self[count + piece]:
                yield Span(last, self[count + piece])
