"""The lines before the body of a document: masthead, title and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from reportlint.document import BlockKind
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention, Passage, Role, Structure, opens_decision

_MOST_LINES = 80
_PROSE = 60  # characters of a line; text in shorter lines belongs to masthead and title even if a stop ends it
_COLUMN_GAP = re.compile(r"\s{3,}|\t+|\s*\|\s*")


class FrontLines(NamedTuple):
    """The lines before the body, in order; each column of a line is a line of its own.

    ``lines`` leaves out running text, notes and quotations, and the square brackets around a whole line. ``prose`` are
    the passages of running text among them.
    """

    lines: tuple[Mention, ...] = ()
    prose: tuple[Passage, ...] = ()


def front_lines(structure: Structure) -> FrontLines:
    """Collect the lines before the body, up to the line that opens a decision."""
    lexicon = structure.lexicon
    lines: list[Mention] = []
    prose: list[Passage] = []
    for passage in structure.front():
        if not passage.is_checked or passage.role is Role.NOTE:
            continue
        if is_prose(passage):
            prose.append(passage)
        elif not lines or (len(lines) < _MOST_LINES and not opens_decision(lines[-1].text, lexicon)):
            lines += islice(_up_to_opening(_lines(passage), lexicon), _MOST_LINES - len(lines))
    return FrontLines(tuple(lines), tuple(prose))


def is_prose(passage: Passage) -> bool:
    """Return whether a passage is running text: in long lines, and ended by a stop or made of several sentences."""
    if passage.block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return False
    text = passage.text.rstrip()
    starts = (*passage.block.line_starts, len(passage.text))
    longest = max(end - start for start, end in pairwise(starts))
    return longest > _PROSE and (text.endswith((".", ";", ":", ",")) or len(passage.sentence_ends) > 2)


def _up_to_opening(lines: Iterable[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    for line in lines:
        yield line
        if opens_decision(line.text, lexicon):
            return


def first_line(passage: Passage) -> Mention:
    """Return the first line of a passage."""
    starts = (*passage.block.line_starts, len(passage.text))
    return Mention(passage, 0, len(passage.text[: starts[1]].rstrip()))


def _lines(passage: Passage) -> Iterator[Mention]:
    starts = passage.block.line_starts
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(passage.text)
        for left, right in _columns(passage.text, start, end):
            yield Mention(passage, left, right)


def _columns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for gap in _COLUMN_GAP.finditer(text, start, end):
        yield from trimmed(text, position, gap.start())
        position = gap.end()
    yield from trimmed(text, position, end)


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range without the spaces at its ends and square brackets around it; nothing if it is empty."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start > 2 and text[start] == "[" and text.find("]", start, end) == end - 1:
        yield from trimmed(text, start + 1, end - 1)
    elif end > start:
        yield start, end
