"""The ranges of lines in the source, kept in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import overload

Lines = Sequence[tuple[int, int]]
"""The ranges of lines without surrounding white space; those of blank lines are empty."""


class LineRanges(Sequence[tuple[int, int]]):
    """The ranges of lines. They are kept in arrays: a text may have a million lines."""

    __slots__ = ("ends", "starts")

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        offsets = array("I", chain.from_iterable(ranges))
        self.starts, self.ends = offsets[::2], offsets[1::2]

    def append(self, line: tuple[int, int]) -> None:
        """Add the range of a line after all others."""
        self.starts.append(line[0])
        self.ends.append(line[1])

    def pop(self) -> tuple[int, int]:
        """Remove the last line and return its range."""
        return self.starts.pop(), self.ends.pop()

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(zip(self.starts, self.ends, strict=True))

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int] | list[tuple[int, int]]:
        if isinstance(index, slice):
            return [*zip(self.starts[index], self.ends[index], strict=True)]
        return self.starts[index], self.ends[index]


def is_blank(lines: Lines, number: int) -> bool:
    """Return whether a line is blank, or there is no line with this number."""
    if not 0 <= number < len(lines):
        return True
    start, end = lines[number]
    return start == end
