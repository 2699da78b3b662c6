"""Marks: few are a tuple, many are kept as numbers; both are the same sequence."""

from __future__ import annotations

from random import Random

import pytest

from reportlint.document import Mark, MarkKind, Source, Span, compact, is_in_code
from reportlint.document.marks import crossing
from reportlint.readers.markdown import read_markdown


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


@pytest.mark.parametrize(
    "row",
    ["| Chad | 12 |", "| **Chad** | 12 |", "|Chad|  Lake Chad  |", "| Chad[^1] | 12 |", "| Chad &amp; others | 12 |"],
)
def test_cells_have_their_places_in_the_source(row: str) -> None:
    """The marks of rows without markup, which are made on access, are like those that are kept."""
    text = f"| State | Lamps |\n|---|---|\n{row}\n"
    block = read_markdown(Source.from_text(text)).blocks[1]
    cells = [mark for mark in block.marks if mark.kind is MarkKind.CELL]
    assert [text[cell.first : cell.last] for cell in cells] == [cell.strip() for cell in row.strip("|").split("|")]
    assert [block.text[cell.start : cell.end] for cell in cells] == block.text.split("\t")


def test_an_empty_cell_has_an_empty_place() -> None:
    text = "| State | Lamps | Buoys |\n|---|---|---|\n| Chad |  | 12 |\n"
    block = read_markdown(Source.from_text(text)).blocks[1]
    assert [text[cell.first : cell.last] for cell in block.marks] == ["Chad", "", "12"]
    assert [block.text[cell.start : cell.end] for cell in block.marks] == ["Chad", "", "12"]
