"""The place in a draft where a fact was read, and tables of many such places."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, pairwise, repeat
from operator import sub
from typing import Any, Generic, NamedTuple, TypeVar, overload

from reportlint.document import Span
from reportlint.structure.sections import Passage

_M = TypeVar("_M")
_V = TypeVar("_V")


class Mention(NamedTuple):
    """A range of the text of a passage; ``start`` and ``end`` are offsets in that text (Unicode code points)."""

    passage: Passage
    start: int
    end: int

    @classmethod
    def of(cls, passage: Passage) -> Mention:
        """Return the whole text of a passage."""
        return cls(passage, 0, len(passage.text))

    @property
    def span(self) -> Span:
        """The range as offsets in the source text."""
        return self.passage.span(self.start, self.end)

    @property
    def text(self) -> str:
        """The words at the range."""
        return self.passage.text[self.start : self.end]

    def holds(self, other: Mention) -> bool:
        """Return whether ``other`` begins in this range."""
        return self.passage is other.passage and self.start <= other.start < self.end

    def part(self, start: int, end: int) -> Mention:
        """Return the range ``start:end`` of the words."""
        return Mention(self.passage, self.start + start, self.start + end)


class MentionTable(Sequence[_M], Generic[_M, _V]):
    """Mentions in the order of the draft. Each is created from its passage, range and value when it is accessed.

    The ranges are kept in arrays. A long draft names very many States and symbols, and an object for each of them would
    take several times the memory.
    """

    def __init__(self, kind: type[_M]) -> None:
        """Make an empty table of named tuples that consist of a passage, a start, an end and a value."""
        self._make: Callable[[tuple[Passage, int, int, _V]], _M] = partial(tuple.__new__, kind)  # type: ignore[type-var]
        self._passages: list[Passage] = []
        # The index of each of these passages, and the position of the first mention in it.
        self._indexes, self._firsts = array("I"), array("I")
        self._starts, self._ends = array("I"), array("I")
        self._values: list[_V] = []

    def add(self, passage: Passage, start: int, end: int, value: _V) -> None:
        """Add a mention after all others."""
        if not self._passages or self._passages[-1] is not passage:
            self._passages.append(passage)
            self._indexes.append(passage.index)
            self._firsts.append(len(self._values))
        self._starts.append(start)
        self._ends.append(end)
        self._values.append(value)

    def distinct_values(self) -> set[_V]:
        """Return the different values."""
        return set(self._values)

    def where(self, wanted: Callable[[_V], bool]) -> Iterator[_M]:
        """Yield the mentions whose values ``wanted`` accepts."""
        return (self[position] for position, value in enumerate(self._values) if wanted(value))

    def revise(self, revised: Callable[[_V], _V]) -> None:
        """Replace the value of each mention. Equal values are revised once."""
        values = {value: new for value in self.distinct_values() if (new := revised(value)) != value}
        if values:
            self._values = [values.get(value, value) for value in self._values]

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, index: int) -> _M: ...
    @overload
    def __getitem__(self, index: slice) -> list[_M]: ...
    def __getitem__(self, index: int | slice) -> _M | list[_M]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        position = range(len(self))[index]
        return self.at(self._passages[bisect_right(self._firsts, position) - 1], position)

    def __iter__(self) -> Iterator[_M]:
        numbers = map(sub, (*self._firsts[1:], len(self)), self._firsts)
        passages = chain.from_iterable(map(repeat, self._passages, numbers))
        return map(self._make, zip(passages, self._starts, self._ends, self._values, strict=True))

    def by_passage(self) -> Iterator[PassageMentions[_M]]:
        """Yield the mentions in each passage that has any."""
        for passage, positions in zip(self._passages, pairwise((*self._firsts, len(self))), strict=True):
            yield PassageMentions(passage, self, range(*positions))

    def in_passage(self, passage: Passage) -> PassageMentions[_M]:
        """Return the mentions in a passage."""
        number = bisect_left(self._indexes, passage.index)
        if number == len(self._indexes) or self._indexes[number] != passage.index:
            return PassageMentions(passage, self, range(0))
        end = self._firsts[number + 1] if number + 1 < len(self._firsts) else len(self)
        return PassageMentions(passage, self, range(self._firsts[number], end))

    def at(self, passage: Passage, position: int) -> _M:
        """Return the mention at a position, which is in this passage."""
        return self._make((passage, self._starts[position], self._ends[position], self._values[position]))

    def all_at(self, passage: Passage, positions: range) -> Iterator[_M]:
        """Return the mentions at some positions in a row, all of them in this passage."""
        which = slice(positions.start, positions.stop)
        rows = zip(repeat(passage), self._starts[which], self._ends[which], self._values[which], strict=False)
        return map(self._make, rows)

    def position_at(self, start: int, positions: range) -> int | None:
        """Return the position among ``positions``, all in one passage, of the mention that begins at an offset."""
        position = bisect_left(self._starts, start, positions.start, positions.stop)
        return position if position < positions.stop and self._starts[position] == start else None


class PassageMentions(Sequence[_M]):
    """The mentions of a table that are in one passage."""

    __slots__ = ("_positions", "_table", "passage")

    def __init__(self, passage: Passage, table: MentionTable[_M, Any], positions: range) -> None:
        self.passage, self._table, self._positions = passage, table, positions

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, index: int) -> _M: ...
    @overload
    def __getitem__(self, index: slice) -> PassageMentions[_M]: ...
    def __getitem__(self, index: int | slice) -> _M | PassageMentions[_M]:
        if isinstance(index, slice):
            return PassageMentions(self.passage, self._table, self._positions[index])
        return self._table.at(self.passage, self._positions[index])

    def __iter__(self) -> Iterator[_M]:
        return self._table.all_at(self.passage, self._positions)

    def position_at(self, start: int) -> int | None:
        """Return the position of the mention that begins at an offset of the text."""
        position = self._table.position_at(start, self._positions)
        return None if position is None else position - self._positions.start
