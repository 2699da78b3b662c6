"""The lines of plain text and its pages, and what a line shows by its ends."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import overload

from reportlint.document.enumerators import ends_sentence, split
from reportlint.readers.line_ranges import LineRanges, Lines, is_blank

HEAD = 48
"""The most characters of a line in which its enumerator is sought."""

_LONG_LINE = 60
_ROW_LINES = 5
_LONGER_THAN_WRAPPED = 120
_FEWEST_LONG_LINES = 2


class TextLine:
    """The range of a line without surrounding white space, and its indentation in columns.

    The range of a blank line is empty. ``page`` is true if a page begins with the line.
    """

    __slots__ = ("end", "indent", "page", "start")

    def __init__(self, start: int, end: int, indent: int, page: bool) -> None:
        self.start, self.end, self.indent, self.page = start, end, indent, page

    def is_blank(self) -> bool:
        return self.start == self.end


class TextLines(Sequence[TextLine]):
    """The lines of a text, with their ``ranges``. Each is created when it is accessed: a text may have a million."""

    __slots__ = ("_indents", "_pages", "ranges")

    def __init__(self, lines: Iterable[tuple[int, int, int, bool]]) -> None:
        """Collect lines, given as start, end, indentation and whether a page begins."""
        numbers = array("I", chain.from_iterable(lines))
        self.ranges = LineRanges(zip(numbers[::4], numbers[1::4], strict=True))
        self._indents, self._pages = numbers[2::4], array("B", numbers[3::4])

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[TextLine]:
        return map(TextLine, self.ranges.starts, self.ranges.ends, self._indents, map(bool, self._pages))

    @overload
    def __getitem__(self, index: int) -> TextLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[TextLine]: ...
    def __getitem__(self, index: int | slice) -> TextLine | list[TextLine]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        return TextLine(*self.ranges[index], self._indents[index], bool(self._pages[index]))

    def pages(self) -> list[Sequence[int]]:
        """Return the line numbers (0-based) of each page, without blank lines."""
        pages: list[Sequence[int]] = []
        page = array("I")
        for number, (begins, (start, end)) in enumerate(zip(self._pages, self.ranges, strict=True)):
            if begins:
                pages.append(page or ())
                page = array("I")
            if start < end:
                page.append(number)
        return [*pages, page]

    def shortened(self, starts: Mapping[int, int]) -> TextLines:
        """Return the lines, of which some begin at other offsets, given by their numbers."""
        return TextLines(
            (starts.get(number, line.start), line.end, line.indent, line.page) for number, line in enumerate(self)
        )


def lines_of(text: str, start: int) -> TextLines:
    """Return the lines of a text from the offset ``start``, those of each table row as one."""
    lines = TextLines(_each_line(text, start))
    return TextLines(_whole_rows(text, lines)) if "|" in text else lines


def _each_line(text: str, start: int) -> Iterator[tuple[int, int, int, bool]]:
    plain = text.replace("\f", "\n")
    while start <= len(text):
        end = plain.find("\n", start)
        raw = plain[start : end if end >= 0 else len(text)]
        content = raw.strip()
        page = start > 0 and text[start - 1] == "\f"
        if content:
            lead = len(raw) - len(raw.lstrip())
            indent = len(raw[:lead].expandtabs(8)) if lead and "\t" in raw[:lead] else lead
            first = start + lead
            yield first, first + len(content), indent, page
        else:
            yield 0, 0, 0, page
        start += len(raw) + 1


def _whole_rows(text: str, lines: TextLines) -> Iterator[tuple[int, int, int, bool]]:
    """Yield the lines with those of each table row joined: a cell that holds a line break divides its row."""
    last = -1
    for number, line in enumerate(lines):
        if number > last:
            last = _row_end(text, lines, number) if not line.is_blank() and text[line.start] == "|" else number
            yield line.start, lines.ranges[last][1] if last > number else line.end, line.indent, line.page


def _row_end(text: str, lines: Sequence[TextLine], number: int) -> int:
    """Return the number of the line that closes the table row begun on line ``number``; ``number`` if none does."""
    for last in range(number, min(number + _ROW_LINES, len(lines))):
        line = lines[last]
        if line.is_blank() or (last > number and (line.page or text[line.start] == "|")):
            break
        if text[line.end - 1] == "|" and line.end - line.start > 1:
            return last
    return number


def is_by_line(text: str, lines: Lines) -> bool:
    """Return whether each line is a paragraph, without blank lines between them, as word processors save plain text.

    The long lines of such a text end sentences, which those of wrapped text seldom do, and are adjacent to other
    lines. Some are longer than any wrapped line, or no line continues the sentence of the previous line.
    """
    shortest = min(_LONG_LINE, max((end - start for start, end in lines), default=0) // 2)
    long = [
        (number, start, end)
        for number, (start, end) in enumerate(lines)
        if end - start > shortest and not ends_in_page(text, start, end)
    ]
    complete_lengths = [
        end - start
        for number, start, end in long
        if ends_sentence(text[start:end]) and not (is_blank(lines, number - 1) and is_blank(lines, number + 1))
    ]
    if len(long) < _FEWEST_LONG_LINES or 2 * len(complete_lengths) <= len(long):
        return False
    return max(complete_lengths) > _LONGER_THAN_WRAPPED or not any(
        continues_sentence(text, line, next_) for line, next_ in pairwise(lines)
    )


def continues_sentence(text: str, line: tuple[int, int], next_: tuple[int, int]) -> bool:
    """Return whether a line continues the sentence of the previous line, with a lower-case word that is not a label."""
    (start, end), (first, last) = line, next_
    if start == end or first == last or not text[first].islower():
        return False
    return not split(text[first : min(last, first + HEAD)]) and not ends_sentence(text[start:end])


def ends_in_page(text: str, first: int, last: int) -> bool:
    """Return whether a line ends as in a table of contents: with a gap or dot leader and a number."""
    if not text[last - 1 : last].isdecimal():
        return False
    start = last
    while start > max(first, last - 5) and text[start - 1].isdecimal():
        start -= 1
    gap = text[max(first, start - 4) : start]
    return last - 5 < start < last and (gap.endswith(("\t", "   ")) or gap.rstrip().endswith("..."))


def column(text: str, offset: int) -> int:
    return len(text[text.rfind("\n", 0, offset) + 1 : offset].replace("\f", "").expandtabs(8))
