"""Sequences whose items are created when they are accessed."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import eq
from typing import Any, Generic, TypeVar, overload

_S = TypeVar("_S")
_T = TypeVar("_T")
_N = TypeVar("_N", bound=tuple[Any, ...])

_FEW = 64


class MadeOnAccess(Sequence[_T], Generic[_S, _T]):
    """The results of a function for each of some objects.

    They are not kept, because they would take several times the memory of the objects.
    """

    __slots__ = ("_make", "_origins")

    def __init__(self, make: Callable[[_S], _T], origins: Sequence[_S]) -> None:
        self._make, self._origins = make, origins

    def __len__(self) -> int:
        return len(self._origins)

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_T]: ...
    def __getitem__(self, index: int | slice) -> _T | Sequence[_T]:
        if isinstance(index, slice):
            return MadeOnAccess(self._make, self._origins[index])
        return self._make(self._origins[index])

    def __iter__(self) -> Iterator[_T]:
        return map(self._make, self._origins)


def compact_rows(rows: Iterable[_N]) -> Sequence[_N]:
    """Return named tuples of one kind in a sequence, which creates them on access if there are many."""
    rest = iter(rows)
    few = tuple(islice(rest, _FEW))
    return few if len(few) < _FEW else _Rows(few[0], chain(few, rest))


class _Rows(Sequence[_N], Generic[_N]):
    """Named tuples whose numbers are kept in an array. Tuples that agree in all other values share these."""

    __slots__ = ("_kind", "_numbers", "_others", "_positions")

    def __init__(self, first: _N, rows: Iterable[_N]) -> None:
        """Keep ``rows``, which have numbers where ``first`` has them."""
        self._kind = type(first)
        self._positions = tuple(position for position, value in enumerate(first) if isinstance(value, int))
        self._numbers = array("I")
        self._others: list[tuple[Any, ...]] = []
        shared: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        for row in rows:
            self._numbers.extend([row[position] for position in self._positions])
            others = tuple(value for position, value in enumerate(row) if position not in self._positions)
            self._others.append(shared.setdefault(others, others))

    def __len__(self) -> int:
        return len(self._others)

    @overload
    def __getitem__(self, index: int) -> _N: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_N]: ...
    def __getitem__(self, index: int | slice) -> _N | Sequence[_N]:
        if isinstance(index, slice):
            return tuple(self[each] for each in range(len(self))[index])
        index = range(len(self))[index]
        values = list(self._others[index])
        first = index * len(self._positions)
        for number, position in enumerate(self._positions, first):
            values.insert(position, self._numbers[number])
        return tuple.__new__(self._kind, values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rows | tuple) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))
