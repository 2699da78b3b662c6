"""Marks: few are a tuple, many are kept as numbers; both are the same sequence."""

from __future__ import annotations

from random import Random

import pytest

from reportlint.document import Mark, MarkKind, Span, compact, is_in_code
from reportlint.document.marks import crossing


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


def test_marks_at_a_place_are_the_same_for_few_and_many() -> None:
    random = Random(3)
    places = sorted(random.sample(range(2000), 400))
    marks = [
        Mark(random.choice(tuple(MarkKind)), start, start + 4, 2 * start, 2 * start + random.randrange(12))
        for start in places[::2]
    ]
    code_end = 0
    for number, mark in enumerate(marks):
        if mark.kind is MarkKind.CODE and mark.start < code_end:
            marks[number] = mark._replace(kind=MarkKind.LINK)
        elif mark.kind is MarkKind.CODE:
            code_end = mark.end
    many = compact(marks)
    assert not isinstance(many, tuple)
    for start in range(0, 4000, 3):
        for length in (0, 1, 7, 60):
            span = Span(start, start + length)
            assert list(crossing(many, span)) == list(crossing(tuple(marks), span))
            text = start // 2, (start + length) // 2
            assert is_in_code(many, *text) == is_in_code(tuple(marks), *text)


def test_the_span_of_a_mark() -> None:
    assert Mark(MarkKind.LINK, 0, 3, 4, 20, "u").span == Span(4, 20)
