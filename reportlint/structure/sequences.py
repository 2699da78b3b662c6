"""Checks series of numbers and explains each break by its most likely cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_LOOK_AHEAD = 4

Kind = Literal["missing", "repeated", "order"]


@dataclass(frozen=True, slots=True)
class Break:
    """One break in a series: the value at ``index`` should have been ``expected``.

    ``missing`` is the range ``(first, last)`` of absent values, or ``None`` for any other kind of break.
    """

    kind: Kind
    index: int
    expected: int
    missing: tuple[int, int] | None = None


def diagnose(values: Sequence[int], first: int = 1) -> Iterator[Break]:
    """Yield the breaks in a series that should count up from ``first``, each once.

    At each unexpected value, four causes are tried: values are missing, the value is wrong, the value is
    superfluous, or two neighbours are swapped. The cause under which the next values fit best wins. The time
    taken is linear in the length of the series.
    """
    expected, index = first, 0
    while index < len(values):
        value = values[index]
        if value == expected:
            expected, index = expected + 1, index + 1
            continue
        break_, next_index, next_expected = min(
            _causes(values, index, expected),
            key=lambda cause: (_misfits(values, *cause[1:]), cause[0].kind != "missing"),
        )
        yield break_
        expected, index = next_expected, next_index


def _causes(values: Sequence[int], index: int, expected: int) -> Iterator[tuple[Break, int, int]]:
    """Yield each possible break at ``index``, with the index and the value expected after it."""
    value = values[index]
    following = values[index + 1] if index + 1 < len(values) else None
    if value > expected:
        yield Break("missing", index, expected, (expected, value - 1)), index + 1, value + 1
    kind: Kind = "repeated" if value == expected - 1 or value in values[max(0, index - 50) : index] else "order"
    yield Break(kind, index, expected), index + 1, expected + 1
    if following is not None and kind == "repeated":
        yield (
            Break("repeated", index, expected),
            index + 1,
            max(expected, value + 1) if value < expected else expected,
        )
    if value > expected and following == expected:
        yield Break("order", index, expected), index + 1, expected
    if following == expected and value == expected + 1:
        yield Break("order", index, expected), index + 2, expected + 2
    if value < expected:
        # The series restarts at an earlier value and continues from there.
        yield Break("repeated", index, expected), index + 1, value + 1


def _misfits(values: Sequence[int], index: int, expected: int) -> int:
    """Return how many of the next values differ from those expected."""
    ahead = values[index : index + _LOOK_AHEAD]
    return sum(value != expected + offset for offset, value in enumerate(ahead))
