"""Recognizes what page breaks left in a text without form feeds: page numbers, feet, running heads, catchwords."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from reportlint.document import Span
from reportlint.readers.line_ranges import Lines, is_blank

# "8", "8.", "28*", "- 8 -", "8/12".
_NUMBER_LINE = re.compile(r"(?:[-–—]\s?)?(\d{1,4})(?:\s?[-–—]|[.*]|/\d{1,4})?")
_LABEL_SIGNS = (".", "*")
# A page of so many pages and the job number of the print shop: "2/4     25-06952".
_FOOT = re.compile(r"\d{1,3}/\d{1,3}\s{3,}\d\d-\d{5}(?:\s*\([A-Z]\))?|\d\d-\d{5}(?:\s*\([A-Z]\))?\s{3,}\d{1,3}/\d{1,3}")
_SYMBOL = re.compile(r"(?=[\d/]*[^\W\d_])[\w.()*-]+(?:/[\w.()*-]+)+")
_NOTE_RULE = re.compile(r"_{5,}")
_NOTE = re.compile(r"(\d{1,3})(?:\s{2,}|$)")
_CATCHWORD = re.compile(r"/(?=\S)")
_NUMBERED_TEXT = re.compile(r"(\d{1,4})\.(\s+)(?=\S)")
_FEWEST_PAGES = 3
_FEWEST_LINES_OF_PAGE = 4
_WIDEST_STEP = 2
_WIDEST_STEP_OF_SERIES = 5
_LONGEST = 120
_HEAD_LINES = 4
_FRONT_LINES = 15
_WIDE = re.compile(r"\s{3,}")


class Note(NamedTuple):
    """The label of a footnote, on line ``line`` or alone on the line above, and the offset of its words."""

    line: int
    label: Span
    start: int


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The lines that hold only a page number or a catchword.

    ``shortened`` gives the offsets at which lines begin after a page number printed on the same line.
    """

    lines: frozenset[int] = frozenset()
    shortened: Mapping[int, int] = field(default_factory=dict)


def find_page_numbers(text: str, lines: Lines) -> PageNumbers:
    """Return the page numbers and catchwords of a text without form feeds. Blank lines are empty ranges."""
    series = list(_number_series(text, lines))
    dropped = {number for pages in series for number, _ in pages}
    dropped.update(_catchwords(text, lines))
    return PageNumbers(frozenset(dropped), dict(_numbers_before_text(text, lines, series)))


def feet_and_heads(text: str, lines: Lines) -> set[int]:
    """Return the lines of the feet that show page and job number, and of the running heads that follow them."""
    feet = [number for number, (start, end) in enumerate(lines) if _is_foot(text, start, end)]
    return {*feet, *_heads(text, lines, feet)}


def notes_under_rules(text: str, lines: Lines) -> Iterator[Note]:
    """Yield the footnotes at the feet of pages: numbered in sequence, between a line of underscores and a blank line.

    A label may stand alone on the line above its words.
    """
    expected = 1
    number = 0
    while number < len(lines):
        start, end = lines[number]
        number += 1
        if start == end or not _NOTE_RULE.fullmatch(text, start, end):
            continue
        while not is_blank(lines, number):
            start, end = lines[number]
            match = _NOTE.match(text, start, end)
            alone = match is not None and match.end() == end
            if match and int(match[1]) in (expected, 1) and not (alone and is_blank(lines, number + 1)):
                label = Span(start, match.end(1))
                yield Note(number + 1, label, lines[number + 1][0]) if alone else Note(number, label, match.end())
                expected = int(match[1]) + 1
                number += alone
            number += 1


def _number_series(text: str, lines: Lines) -> Iterator[list[tuple[int, int]]]:
    """Yield the series of lines that hold only a page number, as pairs of line and number.

    The numbers of a series ascend by one, or by more where pages were lost; most are next to a blank line. Numbers with
    a stop may also be labels set apart from the words of their paragraphs. They are page numbers only if most of them
    also begin a line of text elsewhere.
    """
    open_series: dict[tuple[bool, int], list[tuple[int, int]]] = {}
    all_series: list[tuple[bool, list[tuple[int, int]]]] = []
    for line, value, signed in _lone_numbers(text, lines):
        for step in range(1, _WIDEST_STEP_OF_SERIES + 1):
            pages = open_series.get((signed, value - step))
            is_sure = pages and (step <= _WIDEST_STEP or len(pages) >= _FEWEST_PAGES)
            if pages and is_sure and line - pages[-1][0] >= _FEWEST_LINES_OF_PAGE:
                del open_series[signed, value - step]
                break
        else:
            pages = []
            all_series.append((signed, pages))
        pages.append((line, value))
        open_series[signed, value] = pages
    texts = _numbered_texts(text, lines) if any(signed for signed, _ in all_series) else {}
    for signed, pages in all_series:
        if len(pages) < _FEWEST_PAGES:
            continue
        apart = sum(is_blank(lines, line - 1) or is_blank(lines, line + 1) for line, _ in pages)
        if 2 * apart >= len(pages) and (not signed or 2 * sum(value in texts for _, value in pages) > len(pages)):
            yield pages


def _lone_numbers(text: str, lines: Lines) -> Iterator[tuple[int, int, bool]]:
    """Yield the lines that hold only a number, with the number and whether a sign of labels follows it."""
    for number, (start, end) in enumerate(lines):
        if start < end <= start + 10 and (match := _NUMBER_LINE.fullmatch(text, start, end)):
            yield number, int(match[1]), text[end - 1] in _LABEL_SIGNS


def _numbered_texts(text: str, lines: Lines) -> dict[int, list[int]]:
    """Return the lines on which text follows a number with a stop, by number."""
    texts: dict[int, list[int]] = {}
    for line, (start, end) in enumerate(lines):
        if match := _NUMBERED_TEXT.match(text, start, end):
            texts.setdefault(int(match[1]), []).append(line)
    return texts


def _numbers_before_text(
    text: str, lines: Lines, series: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """Yield the lines that begin with a page number missing in a series, and where their words begin.

    Text follows the number after a wide gap, and a paragraph with the same number stands on another page.
    """
    gaps = [
        (before, line, value - 1)
        for pages in series
        for (before, last), (line, value) in pairwise(pages)
        if value - last == _WIDEST_STEP
    ]
    texts = _numbered_texts(text, lines) if gaps else {}
    for before, after, value in gaps:
        candidates = texts.get(value, [])
        first, last = bisect_left(candidates, before), bisect_left(candidates, after)
        if last - first != 1 or len(candidates) == 1:
            continue
        match = _NUMBERED_TEXT.match(text, *lines[candidates[first]])
        if match and _WIDE.match(match[2]):
            yield candidates[first], match.end()


def _is_foot(text: str, start: int, end: int) -> bool:
    return start < end and text[start].isdecimal() and _FOOT.fullmatch(text, start, end) is not None


def _heads(text: str, lines: Lines, feet: Sequence[int]) -> Iterator[int]:
    """Yield the lines of the running heads, which follow the feet of pages and show the draft's symbol, set apart."""
    if not feet:
        return
    front = [number for number, (start, end) in enumerate(lines[: 4 * _FRONT_LINES]) if start < end][:_FRONT_LINES]
    words = Counter(word for number in front for word in text[slice(*lines[number])].split())
    symbols = {word for word in words if _SYMBOL.fullmatch(word)}
    for foot in feet:
        first = foot + 1
        while first < len(lines) and is_blank(lines, first):
            first += 1
        last = first
        while last < len(lines) and not is_blank(lines, last) and last - first <= _HEAD_LINES:
            last += 1
        if last - first <= _HEAD_LINES and any(
            symbols & set(_WIDE.split(text[slice(*lines[number])]))
            for number in range(first, last)
            if lines[number][1] - lines[number][0] <= _LONGEST * 2
        ):
            yield from range(first, last)


def _catchwords(text: str, lines: Lines) -> Iterator[int]:
    """Yield the lines such as "/(v)" or "/however", which announce the first word of the next page."""
    for number, (start, end) in enumerate(lines):
        if not (start + 1 < end < start + _LONGEST and _CATCHWORD.match(text, start, end)):
            continue
        following = number + 1
        while following < len(lines) and is_blank(lines, following):
            following += 1
        if following < len(lines) and text.startswith(text[start + 1 : end].rstrip(". "), lines[following][0]):
            yield number
