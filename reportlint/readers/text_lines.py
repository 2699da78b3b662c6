"""The lines of plain text and its pages, and what a line shows by its ends."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise

from reportlint.document.enumerators import ends_sentence, split

HEAD = 48
"""The most characters of a line in which its enumerator is sought."""

_LONG_LINE = 60
_ROW_LINES = 5
_LONGER_THAN_WRAPPED = 120
_FEWEST_LONG_LINES = 2


class TextLine:
    """The range of a line without surrounding white space; ``page`` is true if a page begins with it.

    Blank lines share two objects, whose ranges are empty: there may be a million.
    """

    __slots__ = ("end", "indent", "page", "start")

    def __init__(self, start: int, end: int, indent: int, page: bool) -> None:
        self.start, self.end, self.indent, self.page = start, end, indent, page

    @property
    def range(self) -> tuple[int, int]:
        return self.start, self.end

    def is_blank(self) -> bool:
        return self.start == self.end


_BLANK = TextLine(0, 0, 0, page=False)
_BLANK_AFTER_PAGE = TextLine(0, 0, 0, page=True)


def lines_of(text: str, start: int) -> list[TextLine]:
    """Return the lines of a text from the offset ``start``."""
    lines = []
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
            lines.append(TextLine(first, first + len(content), indent, page))
        else:
            lines.append(_BLANK_AFTER_PAGE if page else _BLANK)
        start += len(raw) + 1
    return lines


def pages_of(lines: Sequence[TextLine]) -> list[Sequence[int]]:
    """Return the line numbers (0-based) of each page, without blank lines."""
    pages: list[Sequence[int]] = []
    page = array("I")
    for number, line in enumerate(lines):
        if line.page:
            pages.append(page or ())
            page = array("I")
        if not line.is_blank():
            page.append(number)
    return [*pages, page]


def with_whole_rows(text: str, lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines with those of each table row joined: a cell that holds a line break divides its row."""
    joined: list[TextLine] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        last = _row_end(text, lines, number) if not line.is_blank() and text[line.start] == "|" else number
        joined.append(TextLine(line.start, lines[last].end, line.indent, line.page) if last > number else line)
        number = last + 1
    return joined


def _row_end(text: str, lines: Sequence[TextLine], number: int) -> int:
    """Return the number of the line that closes the table row begun on line ``number``; ``number`` if none does."""
    for last in range(number, min(number + _ROW_LINES, len(lines))):
        line = lines[last]
        if line.is_blank() or (last > number and (line.page or text[line.start] == "|")):
            break
        if text[line.end - 1] == "|" and line.end - line.start > 1:
            return last
    return number


def is_by_line(text: str, lines: Sequence[TextLine]) -> bool:
    """Return whether each line is a paragraph, without blank lines between them, as word processors save plain text.

    The long lines of such a text end sentences, which those of wrapped text seldom do, and are adjacent to other
    lines. Some are longer than any wrapped line, or no line continues the sentence of the previous line.
    """
    shortest = min(_LONG_LINE, max((line.end - line.start for line in lines), default=0) // 2)
    long = [
        number
        for number, line in enumerate(lines)
        if line.end - line.start > shortest and not ends_in_page(text, line.start, line.end)
    ]
    complete_lengths = [
        lines[number].end - lines[number].start
        for number in long
        if ends_sentence(text[lines[number].start : lines[number].end])
        and not (is_blank(lines, number - 1) and is_blank(lines, number + 1))
    ]
    if len(long) < _FEWEST_LONG_LINES or 2 * len(complete_lengths) <= len(long):
        return False
    return max(complete_lengths) > _LONGER_THAN_WRAPPED or not any(
        continues_sentence(text, (line.start, line.end), (next_.start, next_.end)) for line, next_ in pairwise(lines)
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


def is_blank(lines: Sequence[TextLine], number: int) -> bool:
    return not 0 <= number < len(lines) or lines[number].start == lines[number].end


def column(text: str, offset: int) -> int:
    return len(text[text.rfind("\n", 0, offset) + 1 : offset].replace("\f", "").expandtabs(8))
