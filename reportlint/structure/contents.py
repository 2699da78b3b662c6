"""Parser for tables of contents: the headings, paragraph ranges and pages they list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlint.document import Block, Document, Span
from reportlint.document.enumerators import ends_sentence, readings, split
from reportlint.language.lexicon import Lexicon
from reportlint.structure.headings import Headings
from reportlint.structure.sections import Contents, ContentsEntry, is_content

_GAP = re.compile(r"(?: ?\.){3,} ?|(?<!\.)\.\. (?=\d+$)|…+ ?|\t+| {3,}")
_COLUMN = re.compile(r"(\d{1,4})(?: ?[-‒–—−] ?(\d{1,4}))?|[ivxl]{1,6}")
_TWO_COLUMNS = re.compile(r"(\d{1,4}(?: ?[-‒–—−] ?\d{1,4})?) +(\d{1,4})")
_MOST_UNPAGED = 4
_MOST_BLOCKS = 400
_MOST_LINES = 12
_LONGEST_TITLE = 40
_LONGEST_ENTRY = 300
_LONG_SENTENCE = 60


class _Line(NamedTuple):
    """One line of a table of contents.

    ``start:end`` is the range of the title in the text of ``block``; ``head`` is the source range of the label, or of
    the line if it has none. ``columns`` are the paragraph and page columns as printed.
    """

    block: int
    label: str
    head: Span
    start: int
    end: int
    columns: tuple[str, ...]


def find_contents(document: Document, lexicon: Lexicon) -> tuple[Contents, ...]:
    """Return the tables of contents of a document.

    A table extends from its title as long as lines end in paragraph or page columns. If no line does, it extends
    to the block that repeats its first entry as a heading.
    """
    titles = frozenset(word.casefold() for word in lexicon.section("contents", "titles"))
    columns = frozenset(word.casefold() for word in lexicon.section("contents", "columns"))
    tables: list[Contents] = []
    for index, block in enumerate(document.blocks):
        if block.printed is not None or (tables and index in tables[-1].blocks):
            continue
        title = _title(block, titles)
        if title is not None:
            contents = _Reader(document.blocks, index, title, columns).read(lexicon)
            if contents:
                tables.append(contents)
    return tuple(tables)


def _title(block: Block, titles: frozenset[str]) -> int | None:
    """Return the offset in the text of ``block`` of the line that is the title of a table of contents, if any.

    The block has no enumerator. The title does not always have a block of its own.
    """
    if len(block.line_starts) > _MOST_LINES or not is_content(block):
        return None
    if len(block.line_starts) == 1 and len(block.text) > _LONGEST_TITLE:
        return None
    for start, end in _line_ranges(block):
        if end - start <= _LONGEST_TITLE and _bare(block.text[start:end].split("\t", 1)[0]) in titles:
            return start
    return None


def _line_ranges(block: Block) -> list[tuple[int, int]]:
    starts = block.line_starts
    return list(zip(starts, [start - 1 for start in starts[1:]] + [len(block.text)], strict=True))


def _bare(text: str) -> str:
    return text.strip(" :.*").casefold()


class _Reader:
    """Parser for the table of contents whose title begins at offset ``title`` of the block ``start``."""

    def __init__(self, blocks: tuple[Block, ...], start: int, title: int, columns: frozenset[str]) -> None:
        self.blocks, self.start, self.title, self.columns = blocks, start, title, columns
        self.reach = range(start, min(len(blocks), start + _MOST_BLOCKS))

    def read(self, lexicon: Lexicon) -> Contents | None:
        end = self.paged_end() or self.repeated_end()
        if end is None:
            return None
        headings = Headings(lexicon)
        entries = tuple(self.entry(lines, headings) for lines in self.grouped(end))
        return Contents(range(self.start + (self.title > 0), end), entries)

    def paged_end(self) -> int | None:
        """Return the index after the last block with columns; ``None`` if fewer than two blocks have any."""
        end = count = 0
        for index in self.reach:
            if any(line.columns for line in self.lines(index)):
                end, count = index + 1, count + 1
            elif index > self.start and (
                (_is_prose(self.blocks[index]) and not self.blocks[index].text.endswith(":"))
                or (index - end >= _MOST_UNPAGED and end)
            ):
                break
        return end if count > 1 else None

    def repeated_end(self) -> int | None:
        """Return the index of the block that repeats the first entry; ``None`` if prose or the limit comes first."""
        first = ""
        for index in self.reach:
            if _is_prose(self.blocks[index]):
                return None
            for line in self.lines(index):
                title = self.blocks[index].text[line.start : line.end].casefold()
                # The heading may add the documents before the body, in brackets.
                if first and (title == first or title.startswith(f"{first} (")):
                    return index
                first = first or title
        return None

    def lines(self, index: int) -> Iterator[_Line]:
        """Yield the lines of a block, without the title and the column heads."""
        block = self.blocks[index]
        if not is_content(block) or len(block.text) > _LONGEST_ENTRY * len(block.line_starts):
            return
        for start, end in _line_ranges(block):
            after_title = index > self.start or start > self.title
            if after_title and (line := self.line(index, block, start, end)):
                yield line

    def line(self, index: int, block: Block, start: int, end: int) -> _Line | None:
        label, title_start = "", start
        head = block.span(start, end)
        if start == 0 and block.printed is not None:
            label, head = block.printed, block.head
        elif enumerator := split(block.text[start:end]):
            label, head, title_start = (
                block.text[start : start + enumerator.end],
                block.span(start, start + enumerator.end),
                start + enumerator.rest,
            )
        fields = _fields(block.text, title_start, end)
        if not label and all(_bare(block.text[a:b]) in self.columns for a, b in fields):
            return None
        columns: list[str] = []
        if len(fields) > 1 and (pair := _TWO_COLUMNS.fullmatch(block.text, *fields[-1])):
            fields[-1:] = [pair.span(1), pair.span(2)]
        if not label and len(fields) == 1 and _COLUMN.fullmatch(block.text, *fields[0]):
            return _Line(index, "", head, start, start, (block.text[slice(*fields[0])],))
        while len(fields) > 1 and len(columns) < 2 and _COLUMN.fullmatch(block.text, *fields[-1]):
            columns.insert(0, block.text[slice(*fields.pop())])
        title_end = fields[-1][1] if fields else title_start
        while title_end > title_start and block.text[title_end - 1] in " .":
            title_end -= 1
        return _Line(index, label, head, title_start, title_end, tuple(columns))

    def grouped(self, end: int) -> Iterator[list[_Line]]:
        """Yield the lines of each entry.

        An entry begins with a label, after a line with columns, or with a new block. The blocks below a label belong to
        its entry until the columns come.
        """
        lines: list[_Line] = []
        for index in range(self.start, end):
            for line in self.lines(index):
                new_block = lines and lines[-1].block != index and line.start < line.end and not lines[0].label
                if lines and (line.label or lines[-1].columns or new_block):
                    yield lines
                    lines = []
                lines.append(line)
        if lines:
            yield lines

    def entry(self, lines: list[_Line], headings: Headings) -> ContentsEntry:
        first, last = lines[0], lines[-1]
        block = self.blocks[first.block]
        title = " ".join(self.blocks[line.block].text[line.start : line.end] for line in lines if line.start < line.end)

        def span(start: int, end: int) -> Span:
            return block.span(first.start + start, first.start + end)

        heading = headings.read(title, readings(first.label), first.block, first.head, span)
        paragraphs, page = _columns(last.columns)
        title_end = self.blocks[last.block].span(last.start, last.end).end
        return ContentsEntry(heading, Span(block.span(first.start, first.end).start, title_end), paragraphs, page)


def _fields(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the non-empty fields that wide gaps and dot leaders separate."""
    fields = []
    for gap in _GAP.finditer(text, start, end):
        fields.append((start, gap.start()))
        start = gap.end()
    return [(a, b) for a, b in (*fields, (start, end)) if text[a:b].strip()]


def _columns(columns: tuple[str, ...]) -> tuple[tuple[int, int] | None, str]:
    """Return the paragraph range and the page given by the last columns of a line."""
    if not columns:
        return None, ""
    match = _COLUMN.fullmatch(columns[0])
    if match and match[1] and (len(columns) > 1 or match[2]):
        return (int(match[1]), int(match[2] or match[1])), columns[1] if len(columns) > 1 else ""
    return None, columns[-1]


def _is_prose(block: Block) -> bool:
    return len(block.text) > _LONGEST_ENTRY or (len(block.text) > _LONG_SENTENCE and ends_sentence(block.text))
