"""Marks: the markup removed from the text of a block and kept for the rules."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import partial
from itertools import chain, islice
from typing import NamedTuple, overload

from reportlint.document.offsets import Span

_FEW = 64
_START, _FIRST, _LAST = 0, 2, 3  # of the four numbers of a mark


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


def crossing(marks: Sequence[Mark], span: Span) -> Iterator[Mark]:
    """Yield the marks whose source range begins or ends inside ``span``, or is the whole of it."""
    near = marks.near(span) if isinstance(marks, _ManyMarks) else marks
    return (mark for mark in near if _begins_or_ends_in(mark, span))


def is_in_code(marks: Sequence[Mark], start: int, end: int) -> bool:
    """Return whether a piece of code holds ``start:end`` of the text. No two pieces of code overlap."""
    code = marks.code_at(start) if isinstance(marks, _ManyMarks) else marks
    return any(mark.start <= start and end <= mark.end and mark.kind is MarkKind.CODE for mark in code)


def _begins_or_ends_in(mark: Mark, span: Span) -> bool:
    start, end = mark.first, mark.last
    return start < span.end and span.start < end and (span.start <= start or end <= span.end)


class _ManyMarks(Sequence[Mark]):
    """Marks whose numbers are kept in an array. Marks at a place are found without looking at all of them."""

    __slots__ = ("_by_place", "_code", "_kinds", "_numbers", "_values")

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._kinds: list[MarkKind] = []
        self._numbers = array("I")
        self._values: list[str] = []
        for kind, *numbers, value in marks:
            self._kinds.append(kind)
            self._numbers.extend(numbers)
            self._values.append(value)
        self._by_place: list[tuple[Callable[[int], int], array[int]]] = []
        self._code: array[int] | None = None

    def near(self, span: Span) -> Iterator[Mark]:
        """Yield the marks whose source range begins or ends in ``span`` or at its ends, in their order."""
        if not self._by_place:
            indexes = range(len(self))
            self._by_place = [
                (place, array("I", sorted(indexes, key=place)))
                for place in (partial(self._number, number) for number in (_FIRST, _LAST))
            ]
        found: set[int] = set()
        for place, order in self._by_place:
            found.update(order[bisect_left(order, span.start, key=place) : bisect_right(order, span.end, key=place)])
        return map(self.__getitem__, sorted(found))

    def code_at(self, start: int) -> Iterator[Mark]:
        """Yield the last piece of code that begins at or before an offset of the text, if there is one."""
        if self._code is None:
            self._code = array("I", (index for index, kind in enumerate(self._kinds) if kind is MarkKind.CODE))
        position = bisect_right(self._code, start, key=partial(self._number, _START)) - 1
        if position >= 0:
            yield self[self._code[position]]

    def _number(self, number: int, index: int) -> int:
        return self._numbers[4 * index + number]

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
