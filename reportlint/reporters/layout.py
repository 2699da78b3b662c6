"""Layout of text in terminal columns: cleaning, wrapping, shortening, and excerpts of a draft."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reportlint.reporters.escaping import COMMAND

if TYPE_CHECKING:
    from reportlint.document import Source

_SPACE = re.compile(r"[\t-\r\x85\u2028\u2029]")
# Control characters, characters that change the direction of the text after them, and lone surrogates.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# Spaces at which a line must not break in any language: after an opening mark and before a closing one.
_UNBREAKABLE = re.compile(r"(?<=[«“(]) | (?=[:;!?»”)%])")
_NO_BREAK_SPACE = "\xa0"
_WORD_REACH = 24
_ELLIPSIS = "…"


def clean(text: str) -> str:
    """Return ``text`` safe for a terminal: tabs and line ends as spaces, unsafe characters as U+FFFD.

    The result has the same length as ``text``.
    """
    return text if text.isprintable() else _UNSAFE.sub("\ufffd", _SPACE.sub(" ", text))


def bind_punctuation(text: str) -> str:
    """Return ``text`` with no-break spaces after opening punctuation marks and before closing ones."""
    return _UNBREAKABLE.sub(_NO_BREAK_SPACE, text)


def printable_path(path: str) -> str:
    """Return a path on one line, with backslash escapes.

    Control characters and undecodable bytes are escaped, and what the log of a build would take for a command.
    """
    text = _ESCAPED.sub(lambda match: match.group().encode("unicode_escape").decode("ascii"), path)
    return COMMAND.sub(lambda match: rf"{match.group()[:-1]}\x{ord(match.group()[-1]):02x}", text)


def cells(text: str) -> int:
    """Return the number of columns that ``text`` takes: 0 for a combining character, 2 for a wide one."""
    return len(text) if text.isascii() else sum(map(_cell, text))


@cache
def _cell(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fitting_length(text: str, room: int, start: int = 0) -> int:
    """Return the number of characters of ``text`` from ``start`` that fit into ``room`` columns."""
    if text.isascii():
        return max(0, min(room, len(text) - start))
    used = 0
    for index in range(start, len(text)):
        used += _cell(text[index])
        if used > room:
            return index - start
    return len(text) - start


def shorten(text: str, room: int) -> str:
    """Return ``text`` in at most ``room`` columns, cut between words if it is too long."""
    text = clean(text)
    if cells(text) <= room:
        return text
    end = fitting_length(text, room - 1)
    space = text.rfind(" ", max(1, end - _WORD_REACH), end + 1)
    return (text[:space] if space > 0 else text[:end]) + _ELLIPSIS


def shorten_start(text: str, room: int) -> str:
    """Return the end of ``text`` in at most ``room`` columns, cut between words if it is too long."""
    return _tail(clean(text), room, False)


def wrap(
    text: str, width: int, *, first: str = "", rest: str | None = None, whole_words: bool = False
) -> Iterator[str]:
    """Wrap ``text`` into lines of at most ``width`` columns.

    ``first`` is the prefix of the first line and ``rest`` that of the others, by default spaces of the same width. A
    word longer than a line is cut, unless ``whole_words`` is set (for paths and addresses). Lines do not break at
    no-break spaces, which are printed as plain spaces.
    """
    rest = " " * cells(first) if rest is None else rest
    line, used, empty = first, cells(first), True
    for token in filter(None, bind_punctuation(clean(text)).split(" ")):
        word, room = token, cells(token)
        if not empty and used + 1 + room <= width:
            line, used = f"{line} {word}", used + 1 + room
            continue
        if not empty:
            yield line.replace(_NO_BREAK_SPACE, " ")
            line, used = rest, cells(rest)
        cut = 0
        while not whole_words and used + room > width:
            piece = word[cut : cut + max(1, fitting_length(word, width - used, cut))]
            yield (line + piece).replace(_NO_BREAK_SPACE, " ")
            line, used, room, cut = rest, cells(rest), room - cells(piece), cut + len(piece)
        line, used, empty = line + word[cut:], used + room, False
    if not empty:
        yield line.replace(_NO_BREAK_SPACE, " ")


class Excerpt(NamedTuple):
    """A line of a draft cut to the words of a place: the text before, the words, and the text after."""

    before: str
    marked: str
    after: str

    @property
    def marks(self) -> str:
        """The line of carets to print under ``before + marked + after``."""
        return " " * cells(self.before) + "^" * max(1, cells(self.marked))


def excerpt(source: Source, start: int, end: int, room: int) -> Excerpt:
    """Return the words ``start:end`` with the line around them, in at most ``room`` columns.

    ``start`` and ``end`` are offsets in the text of the source. Words that do not fit or continue on the next line are
    cut. The text around them is cut at a space if there is one nearby.
    """
    line = source.line_at(start)
    continues = end > line.end and bool(source.text[line.end : end].strip())
    end = min(end, line.end)
    marked = clean(source.text[start : min(end, start + room)])
    fits = fitting_length(marked, room - 4)
    if fits < end - start or continues:
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


def _head(text: str, room: int, continues: bool) -> str:
    """Return the beginning of ``text`` in ``room`` columns; ``continues`` means that more text follows."""
    if cells(text) <= room and not continues:
        return text
    end = fitting_length(text, room - 1)
    if end <= 0:
        return _ELLIPSIS if room > 0 else ""
    space = text.rfind(" ", max(0, end - _WORD_REACH), end + 1)
    return (text[: space + 1] if space >= 0 and space < end else text[:end]) + _ELLIPSIS


def _tail(text: str, room: int, continues: bool) -> str:
    """Return the end of ``text`` in ``room`` columns; ``continues`` means that more text precedes it."""
    if cells(text) <= room and not continues:
        return text
    start = len(text) - fitting_length(text[::-1], room - 1)
    if start >= len(text):
        return _ELLIPSIS if room > 0 else ""
    while start < len(text) and unicodedata.combining(text[start]):
        start += 1
    if start > 0 and text[start - 1] == " ":
        return _ELLIPSIS + text[start:]
    space = text.find(" ", start, start + _WORD_REACH)
    return _ELLIPSIS + (text[space:] if space >= 0 else text[start:])


def ranges(values: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    """Group (value, label) pairs into runs of consecutive values and return the first and last label of each run."""
    runs: list[tuple[str, str]] = []
    previous: int | None = None
    for value, label in values:
        if runs and previous is not None and value == previous + 1:
            runs[-1] = (runs[-1][0], label)
        else:
            runs.append((label, label))
        previous = value
    return runs
