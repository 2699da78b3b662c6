"""Numbering compared with what it should be, and broken numbering explained by its smallest cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_LOOK_AHEAD = 4

Kind = Literal["missing", "repeated", "order"]


@dataclass(frozen=True, slots=True)
class Break:
    """One fault in a series: the value at ``index`` should have been ``expected``.

    ``missing`` is the range of absent values (first, last) where some are absent.
    """

    kind: Kind
    index: int
    expected: int
    missing: tuple[int, int] | None = None


def diagnose(values: Sequence[int], first: int = 1) -> Iterator[Break]:
    """Explain a series that should count up from ``first``, each fault once.

    At the first value that is not the expected one, four causes are tried (values are missing; this value is
    wrong; this value is too many; two neighbours are exchanged) and the one under which the next values fit
    best is taken. Linear in the length of the series.
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
    value = values[index]
    following = values[index + 1] if index + 1 < len(values) else None
    if value > expected:
        yield Break("missing", index, expected, (expected, value - 1)), index + 1, value + 1
    seen: Kind = "repeated" if value == expected - 1 or value in values[max(0, index - 50) : index] else "order"
    yield Break(seen, index, expected), index + 1, expected + 1
    if following is not None and seen == "repeated":
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
        # The series starts again from an earlier value and goes on from there.
        yield Break("repeated", index, expected), index + 1, value + 1


def _misfits(values: Sequence[int], index: int, expected: int) -> int:
    """How many of the next values would not be as expected."""
    ahead = values[index : index + _LOOK_AHEAD]
    return sum(value != expected + offset for offset, value in enumerate(ahead))
