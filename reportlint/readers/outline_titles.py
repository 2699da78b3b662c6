"""Finds the headings of a decimal outline ("1.", "1.1.", "1.1.1."), which may stand directly above their text."""

from __future__ import annotations

import re

from reportlint.document.enumerators import ends_sentence
from reportlint.readers.line_ranges import Lines, is_blank
from reportlint.readers.text_lines import column, ends_in_page

_LABEL = re.compile(r"(?P<path>\d{1,2}(?:(?:\.\d{1,2}){0,4}(?=\.)|(?:\.\d{1,2}){1,4}))\.?\s+(?=\w)")
_TITLE_LINES = 3
_LONGEST_TITLE = 260
_FEWEST_CHAPTERS = 2
_FEWEST_DIVISIONS = 3
_Path = tuple[int, ...]


def outline_titles(text: str, lines: Lines) -> dict[int, int]:
    """Return the end of each heading of the outline by its start; nothing if there is no unbroken outline.

    The series is decided as a whole: all lines with a decimal label must be titles, and each must follow the one
    before. Lines of tables of contents do not count, nor other lines with a single number, which may be items.
    """
    titles: dict[_Path, tuple[int, int]] = {}
    before: _Path = ()
    for number, (start, end) in enumerate(lines):
        label = _LABEL.match(text, start, end)
        if label is None or _is_in_contents(text, lines, number):
            continue
        path = tuple(map(int, label["path"].split(".")))
        last = _last_line(text, lines, number, label.end())
        is_next = path == before or _follows(before, path)
        if is_next and _is_title(text, lines, last, label.end()):
            titles[path], before = (start, lines[last][1]), path
        elif len(path) > 1:
            return {}
    chapters = sum(len(path) == 1 for path in titles)
    if chapters < _FEWEST_CHAPTERS or len(titles) - chapters < _FEWEST_DIVISIONS:
        return {}
    return dict(titles.values())


def _is_in_contents(text: str, lines: Lines, number: int) -> bool:
    """Return whether a line, or the next lines of its block, end in the number of a page."""
    for start, end in lines[number : number + _TITLE_LINES]:
        if start == end:
            return False
        if ends_in_page(text, start, end):
            return True
    return False


def _last_line(text: str, lines: Lines, number: int, words: int) -> int:
    """Return the number of the last line of a title: further lines begin below its ``words``."""
    last = number
    while (
        last + 1 < number + _TITLE_LINES
        and not is_blank(lines, last + 1)
        and column(text, lines[last + 1][0]) == column(text, words)
    ):
        last += 1
    return last


def _is_title(text: str, lines: Lines, last: int, words: int) -> bool:
    """Return whether words up to the end of a line are a title. A sentence does not go on below it."""
    title = text[words : lines[last][1]]
    if not title[0].isupper() or len(title) > _LONGEST_TITLE or ends_sentence(title) or title[-1] in ",-":
        return False
    return is_blank(lines, last + 1) or not text[lines[last + 1][0]].islower()


def _follows(before: _Path, path: _Path) -> bool:
    """Return whether a label is the first below the one before, or the next beside it or beside one above it."""
    if path[:-1] == before:
        return path[-1] == 1
    above = before[: len(path)]
    return len(above) == len(path) and path[:-1] == above[:-1] and path[-1] == above[-1] + 1
