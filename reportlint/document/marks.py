"""Marks: the markup removed from the text of a block and kept for the rules."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import partial
from itertools import chain, islice, repeat
from typing import NamedTuple, overload

from reportlint.document.offsets import OffsetMap, Span

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


_KINDS = tuple(MarkKind)
_SIZE = 5  # numbers of a mark: its kind, its place in the text, and its source range
_START, _FIRST, _LAST = 1, 3, 4


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
    """Return marks in a sequence. If there are many, it takes little memory: a text may have a hundred thousand."""
    rest = iter(marks)
    few = tuple(islice(rest, _FEW))
    return few if len(few) < _FEW else _PackedMarks(chain(few, rest))


def packed(marks: Iterable[Mark]) -> Sequence[Mark]:
    """Return marks in a sequence that takes little memory but time to read, as suits the rows of tables."""
    return _PackedMarks(marks)


def plain_cells(text: str, offsets: OffsetMap) -> Sequence[Mark]:
    """Return the marks of the cells of a row whose text has tabs between cells and no markup in them.

    The mark of an empty cell stands before the next cell.
    """
    marks: list[Mark] = []
    start = 0
    for cell in text.split("\t"):
        end, first = start + len(cell), offsets(start)
        marks.append(Mark(MarkKind.CELL, start, end, first, first + len(cell)))
        start = end + 1
    return marks


def of_kind(marks: Sequence[Mark], kind: MarkKind) -> Iterator[Mark]:
    """Yield the marks of one kind."""
    if isinstance(marks, _PackedMarks) and not marks.has(kind):
        return iter(())
    return (mark for mark in marks if mark.kind is kind)


def crossing(marks: Sequence[Mark], span: Span) -> Iterator[Mark]:
    """Yield the marks whose source range begins or ends inside ``span``, or is the whole of it."""
    near = marks.near(span) if isinstance(marks, _PackedMarks) and len(marks) >= _FEW else marks
    return (mark for mark in near if _begins_or_ends_in(mark, span))


def is_in_code(marks: Sequence[Mark], start: int, end: int) -> bool:
    """Return whether a piece of code holds ``start:end`` of the text. No two pieces of code overlap."""
    code = marks.code_at(start) if isinstance(marks, _PackedMarks) and len(marks) >= _FEW else marks
    return any(mark.start <= start and end <= mark.end and mark.kind is MarkKind.CODE for mark in code)


def _begins_or_ends_in(mark: Mark, span: Span) -> bool:
    start, end = mark.first, mark.last
    return start < span.end and span.start < end and (span.start <= start or end <= span.end)


class _PackedMarks(Sequence[Mark]):
    """Marks whose numbers are kept in an array. Marks at a place are found without looking at all of them."""

    __slots__ = ("_by_place", "_code", "_numbers", "_values")

    def __init__(self, marks: Iterable[Mark]) -> None:
        numbers = array("I")
        values: list[str] = []
        for kind, start, end, first, last, value in marks:
            numbers.fromlist([_KINDS.index(kind), start, end, first, last])
            values.append(value)
        self._numbers = numbers[:]  # without space for more
        self._values = tuple(values) if any(values) else ()
        self._by_place: tuple[tuple[Callable[[int], int], array[int]], ...] = ()
        self._code: array[int] | None = None

    def has(self, kind: MarkKind) -> bool:
        """Return whether there is a mark of a kind."""
        return _KINDS.index(kind) in self._numbers[::_SIZE]

    def near(self, span: Span) -> Iterator[Mark]:
        """Yield the marks whose source range begins or ends in ``span`` or at its ends, in their order."""
        if not self._by_place:
            indexes = range(len(self))
            self._by_place = tuple(
                (place, array("I", sorted(indexes, key=place)))
                for place in (partial(self._number, number) for number in (_FIRST, _LAST))
            )
        found: set[int] = set()
        for place, order in self._by_place:
            found.update(order[bisect_left(order, span.start, key=place) : bisect_right(order, span.end, key=place)])
        return map(self.__getitem__, sorted(found))

    def code_at(self, start: int) -> Iterator[Mark]:
        """Yield the last piece of code that begins at or before an offset of the text, if there is one."""
        if self._code is None:
            code = _KINDS.index(MarkKind.CODE)
            self._code = array("I", (index for index, kind in enumerate(self._numbers[::_SIZE]) if kind == code))
        position = bisect_right(self._code, start, key=partial(self._number, _START)) - 1
        if position >= 0:
            yield self[self._code[position]]

    def _number(self, number: int, index: int) -> int:
        return self._numbers[_SIZE * index + number]

    def __len__(self) -> int:
        return len(self._numbers) // _SIZE

    def __iter__(self) -> Iterator[Mark]:
        numbers = iter(self._numbers)
        kinds = map(_KINDS.__getitem__, numbers)  # advances to the next number, as each other argument does
        return map(Mark, kinds, numbers, numbers, numbers, numbers, self._values or repeat(""))

    @overload
    def __getitem__(self, index: int) -> Mark: ...
    @overload
    def __getitem__(self, index: slice) -> list[Mark]: ...
    def __getitem__(self, index: int | slice) -> Mark | list[Mark]:
        if isinstance(index, slice):
            return [self[each] for each in range(len(self))[index]]
        index = range(len(self))[index]
        kind, start, end, first, last = self._numbers[_SIZE * index : _SIZE * index + _SIZE]
        return Mark(_KINDS[kind], start, end, first, last, self._values[index] if self._values else "")
