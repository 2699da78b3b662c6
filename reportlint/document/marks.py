"""Marks: the markup removed from the text of a block and kept for the rules."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain, islice
from typing import NamedTuple, overload

from reportlint.document.offsets import Span

_FEW = 64


class MarkKind(Enum):
    """The kind of markup removed from the text of a block and kept for the rules."""

    FOOTNOTE = "footnote"
    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    SUPERSCRIPT = "superscript"
    CODE = "code"
    CELL = "cell"


class Mark(NamedTuple):
    """Markup that applies to ``text[start:end]`` of a block; a footnote mark is empty, *at* ``start``.

    ``first:last`` is the source range of the whole markup. ``value`` is the label of a footnote or the target of a
    link.
    """

    kind: MarkKind
    start: int
    end: int
    first: int
    last: int
    value: str = ""

    @property
    def span(self) -> Span:
        """The source range of the whole markup."""
        return Span(self.first, self.last)


def compact(marks: Iterable[Mark]) -> Sequence[Mark]:
    """Return marks in a sequence that takes little memory: a text may have a hundred thousand."""
    rest = iter(marks)
    few = tuple(islice(rest, _FEW))
    return few if len(few) < _FEW else _ManyMarks(chain(few, rest))


class _ManyMarks(Sequence[Mark]):
    """Marks whose numbers are kept in an array."""

    __slots__ = ("_kinds", "_numbers", "_values")

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._kinds: list[MarkKind] = []
        self._numbers = array("I")
        self._values: list[str] = []
        for kind, *numbers, value in marks:
            self._kinds.append(kind)
            self._numbers.extend(numbers)
            self._values.append(value)

    def __len__(self) -> int:
        return len(self._kinds)

    def __iter__(self) -> Iterator[Mark]:
        numbers = iter(self._numbers)
        return map(Mark, self._kinds, numbers, numbers, numbers, numbers, self._values)

    @overload
    def __getitem__(self, index: int) -> Mark: ...
    @overload
    def __getitem__(self, index: slice) -> list[Mark]: ...
    def __getitem__(self, index: int | slice) -> Mark | list[Mark]:
        if isinstance(index, slice):
            return [self[each] for each in range(len(self))[index]]
        index = range(len(self))[index]
        start, end, first, last = self._numbers[4 * index : 4 * index + 4]
        return Mark(self._kinds[index], start, end, first, last, self._values[index])
