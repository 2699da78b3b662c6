"""A sequence whose items are created when they are accessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

_S = TypeVar("_S")
_T = TypeVar("_T")


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
