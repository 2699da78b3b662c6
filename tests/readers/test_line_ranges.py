"""Ranges of lines that are kept in arrays."""

from collections.abc import Callable

import pytest

from reportlint.document import Document, Source
from reportlint.readers.line_ranges import LineRanges, is_blank
from reportlint.readers.markdown import read_markdown
from reportlint.readers.text import read_text

RANGES = [(0, 3), (0, 0), (7, 70_000)]


def test_ranges_are_like_a_list() -> None:
    ranges = LineRanges(RANGES[:2])
    ranges.append(RANGES[2])
    assert [*ranges] == [ranges[number] for number in range(3)] == ranges[:] == RANGES
    assert (ranges[-1], ranges[1:]) == (RANGES[-1], RANGES[1:])
    assert ranges.pop() == RANGES[2]
    assert len(ranges) == 2
    with pytest.raises(IndexError):
        ranges[2]


def test_there_are_blank_lines_beyond_the_ends() -> None:
    ranges = LineRanges(RANGES)
    assert [is_blank(ranges, number) for number in range(-1, 4)] == [True, False, True, False, True]


@pytest.mark.parametrize("read", [read_markdown, read_text])
@pytest.mark.parametrize("count", [63, 64, 65, 200])
def test_a_paragraph_of_many_lines(read: Callable[[Source], Document], count: int) -> None:
    text = "".join(f"line {number}\n" for number in range(count))
    (block,) = read(Source.from_text(text)).blocks
    assert block.text == text.strip().replace("\n", " ")
    assert [text[block.offsets(start) :].split("\n")[0] for start in block.line_starts] == text.splitlines()
