"""Marks: few are a tuple, many are kept as numbers; both are the same sequence."""

from __future__ import annotations

import pytest

from reportlint.document import Mark, MarkKind, Span, compact


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 1000])
def test_compact_keeps_the_sequence(count: int) -> None:
    kinds = tuple(MarkKind)
    marks = [
        Mark(kinds[index % len(kinds)], index, index + 1, 2 * index, 2 * index + 3, str(index) if index % 3 else "")
        for index in range(count)
    ]
    found = compact(iter(marks))
    assert len(found) == count
    assert list(found) == marks
    assert [found[index] for index in range(-count, count)] == marks + marks
    assert list(found[1:70]) == marks[1:70]
    assert bool(found) is bool(marks)
    with pytest.raises(IndexError):
        found[count]


def test_the_span_of_a_mark() -> None:
    assert Mark(MarkKind.LINK, 0, 3, 4, 20, "u").span == Span(4, 20)
