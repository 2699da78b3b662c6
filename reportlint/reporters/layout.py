"""Text measured in columns of a terminal: cleaned, wrapped, shortened, and the words of a place in their line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from reportlint.document import Source

_SPACE = re.compile(r"[\t-\r\x85\u2028\u2029]")
# Characters that command a terminal or turn the direction of what follows, and halves of broken characters.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# Spaces at which no line may break, whatever the language: before a closing mark and after an opening one.
_BOUND = re.compile(r"(?<=[«“(]) | (?=[:;!?»”)%])")
_BOUND_SPACE = "\xa0"
_WORD_REACH = 24
_ELLIPSIS = "…"


def clean(text: str) -> str:
    """``text`` as a terminal may show it: tabs and line ends as spaces, control characters replaced.

    The result is as long as ``text``.
    """
    return _UNSAFE.sub("\ufffd", _SPACE.sub(" ", text))


def bound(text: str) -> str:
    """``text`` with no-break spaces where no line may break."""
    return _BOUND.sub(_BOUND_SPACE, text)


def printable_path(path: str) -> str:
    """A path on one line: control characters and undecodable bytes as backslash escapes."""
    return _ESCAPED.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), path)


def cells(text: str) -> int:
    """How many columns ``text`` takes: none for combining characters, two for wide ones."""
    return len(text) if text.isascii() else sum(map(_cell, text))


@cache
def _cell(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fitting(text: str, room: int) -> int:
    """How many characters from the start of ``text`` fit into ``room`` columns."""
    used = 0
    for index, char in enumerate(text):
        used += _cell(char)
        if used > room:
            return index
    return len(text)


def shorten(text: str, room: int) -> str:
    """``text`` in at most ``room`` columns, cut between words where it is too long."""
    text = clean(text)
    if cells(text) <= room:
        return text
    end = fitting(text, room - 1)
    space = text.rfind(" ", max(1, end - _WORD_REACH), end + 1)
    return (text[:space] if space > 0 else text[:end]) + _ELLIPSIS


def shorten_start(text: str, room: int) -> str:
    """The end of ``text`` in at most ``room`` columns, cut between words where it is too long."""
    return _tail(clean(text), room, False)


def wrap(
    text: str, width: int, *, first: str = "", rest: str | None = None, whole_words: bool = False
) -> Iterator[str]:
    """``text`` in lines of at most ``width`` columns; the lines begin with ``first``, then with ``rest``.

    A word longer than a line is cut, unless ``whole_words`` (paths, addresses). No line breaks at a no-break
    space, which is printed as a plain one.
    """
    rest = " " * cells(first) if rest is None else rest
    line, used, empty = first, cells(first), True
    for whole in filter(None, bound(clean(text)).split(" ")):
        word, room = whole, cells(whole)
        if not empty and used + 1 + room <= width:
            line, used = f"{line} {word}", used + 1 + room
            continue
        if not empty:
            yield line.replace(_BOUND_SPACE, " ")
            line, used = rest, cells(rest)
        while not whole_words and used + room > width:
            count = max(1, fitting(word, width - used))
            yield (line + word[:count]).replace(_BOUND_SPACE, " ")
            line, used, word = rest, cells(rest), word[count:]
            room = cells(word)
        line, used, empty = line + word, used + room, False
    if not empty:
        yield line.replace(_BOUND_SPACE, " ")


class Excerpt(NamedTuple):
    """A line of the draft cut to the words in question: what stands before, the words, what stands after."""

    before: str
    marked: str
    after: str

    @property
    def marks(self) -> str:
        """The marks under the words, to be printed under ``before + marked + after``."""
        return " " * cells(self.before) + "^" * max(1, cells(self.marked))


def excerpt(source: Source, start: int, end: int, room: int) -> Excerpt:
    """The line around ``start`` (offsets of the source's text) in at most ``room`` columns.

    The words are cut where they do not fit or go on in the next line. What stands around them is cut between
    words where there is a space near.
    """
    line = source.line_at(start)
    goes_on = end > line.end and bool(source.text[line.end : end].strip())
    end = min(end, line.end)
    marked = clean(source.text[start : min(end, start + room)])
    fits = fitting(marked, room - 4)
    if fits < end - start or goes_on:
        return Excerpt(_ELLIPSIS if source.text[line.start : start].strip() else "", marked[:fits], _ELLIPSIS)
    free = room - cells(marked)
    before = clean(source.text[max(line.start, start - room) : start])
    after = clean(source.text[end : min(line.end, end + room)])
    if line.start >= start - room:
        before = before.lstrip()
    if line.end <= end + room:
        after = after.rstrip()
    left = min(cells(before), max(free // 2, free - cells(after)))
    right = min(cells(after), free - left)
    return Excerpt(_tail(before, left, line.start < start - room), marked, _head(after, right, line.end > end + room))


def _head(text: str, room: int, goes_on: bool) -> str:
    """The beginning of ``text`` in ``room`` columns."""
    if cells(text) <= room and not goes_on:
        return text
    end = fitting(text, room - 1)
    if end <= 0:
        return _ELLIPSIS if room > 0 else ""
    space = text.rfind(" ", max(0, end - _WORD_REACH), end + 1)
    return (text[: space + 1] if space >= 0 and space < end else text[:end]) + _ELLIPSIS


def _tail(text: str, room: int, goes_on: bool) -> str:
    """The end of ``text`` in ``room`` columns."""
    if cells(text) <= room and not goes_on:
        return text
    start = len(text) - fitting(text[::-1], room - 1)
    if start >= len(text):
        return _ELLIPSIS if room > 0 else ""
    while start < len(text) and unicodedata.combining(text[start]):
        start += 1
    if start > 0 and text[start - 1] == " ":
        return _ELLIPSIS + text[start:]
    space = text.find(" ", start, start + _WORD_REACH)
    return _ELLIPSIS + (text[space:] if space >= 0 else text[start:])


def ranges(values: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    """Runs of neighbours in a row of (value, printed): "1", "2", "3", "5" is 1 to 3, then 5."""
    runs: list[tuple[str, str]] = []
    previous: int | None = None
    for value, printed in values:
        if runs and previous is not None and value == previous + 1:
            runs[-1] = (runs[-1][0], printed)
        else:
            runs.append((printed, printed))
        previous = value
    return runs
