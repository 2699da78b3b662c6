"""Reads plain text: splits it by blank lines, enumerators and indentation, and drops running heads and page numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from reportlint.document import BlockKind, Document, Enumerator, Source, Span
from reportlint.document.enumerators import Shape, split
from reportlint.readers.artefacts import join
from reportlint.readers.blockmaker import BlockList, PendingBlock, row
from reportlint.readers.doubtful_headings import TitleShape, resolve_titles, title_of
from reportlint.readers.flattened import cuts
from reportlint.readers.inline import FIGURES, SUPERSCRIPTS
from reportlint.readers.page_furniture import is_printers_line, notes_at_feet, running_heads
from reportlint.readers.running_labels import RunningLabels, begins_list
from reportlint.readers.spaced_text import COLUMNS, read_spaced
from reportlint.readers.text_lines import (
    HEAD,
    TextLine,
    continues_sentence,
    ends_in_page,
    is_by_line,
    lines_of,
    pages_of,
)

_BULLET = re.compile(r"[-*+•▪◦‣●○■□–—·][ \t]+")
_SURE_BULLETS = "•▪◦‣●○■□"
_RAISED_NOTE = re.compile(rf"([{SUPERSCRIPTS}]{{1,3}})\s*(?=\S)")
_LABEL_GAP = re.compile(r"\S(?:\t|[ \t]{3,})")
_TITLE_LINES = 3
_LINES_BELOW = 12


def read_text(source: Source, start: int = 0) -> Document:
    """Parse a plain text draft from the offset ``start``, which begins a line. Never fails."""
    scanner = _Scanner(source.text, start)
    scanner.run()
    blocks = resolve_titles(scanner.output.blocks, scanner.titles)
    return Document(
        source,
        join(blocks, scanner.output.page_breaks),
        "text",
        by_line=scanner.by_line,
        running_heads=tuple(scanner.running_heads),
    )


class _Scanner:
    """Scanner that processes the text line by line. ``pending`` is the open block, if any.

    ``titles`` are the indexes of the blocks that may be headings, which only their context can decide. ``page_break``
    is true if a page may have ended since the last block.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.lines = lines_of(text, start)
        self.by_line = is_by_line(text, self.lines)
        pages = pages_of(self.lines)
        self.dropped = running_heads(text, self.lines, pages)
        self.running_heads = [Span(self.lines[number].start, self.lines[number].end) for number in sorted(self.dropped)]
        self.notes = notes_at_feet(text, self.lines, pages, self.dropped)
        self.cuts = cuts(text, [(line.start, line.end) for line in self.lines if not line.is_blank()])
        self.output = BlockList()
        self.titles: list[int] = []
        self.pending: PendingBlock | None = None
        self.last_indent = 0
        self.page_break = False
        self.labels = RunningLabels()

    def run(self) -> None:
        blanks = 0
        for number, line in enumerate(self.lines):
            if line.page:
                self.page_break = True
            if line.is_blank():
                blanks += 1
                self.page_break = self.page_break or blanks > 1
                self.close()
            elif number in self.dropped or is_printers_line(self.text, line):
                self.page_break = True
                self.close()
            else:
                if number in self.notes:
                    self.note(line, self.notes[number])
                else:
                    for piece in self.pieces(line):
                        self.line(piece)
                blanks = 0
        self.close()

    def pieces(self, line: TextLine) -> Iterator[TextLine]:
        """Yield the line, split where blocks begin inside it."""
        start = line.start
        for cut in self.cuts[bisect_left(self.cuts, start) : bisect_left(self.cuts, line.end)]:
            yield TextLine(start, start + len(self.text[start:cut].rstrip()), line.indent, False)
            self.close()
            start = cut
        yield TextLine(start, line.end, line.indent, False)

    def line(self, line: TextLine) -> None:
        """Process a line with the first recognizer that knows it."""
        cell = self.only_cell(line)
        if cell is None:
            self.close()
            self.table_row(line)
        elif match := self.raised_mark(cell):
            self.note(cell, match)
        else:
            self.running_text(cell)
            if ends_in_page(self.text, cell.start, cell.end):
                self.close()

    def only_cell(self, line: TextLine) -> TextLine | None:
        """Return the line or, in a table of one column, which holds paragraphs, its cell; ``None`` for other rows."""
        text, first, last = self.text, line.start, line.end
        if text[first] != "|" or text[last - 1] != "|" or last - first == 1:
            return line
        cell = text[first + 1 : last - 1].strip()
        if not cell or "|" in cell:
            return None
        first = text.index(cell, first + 1)
        return TextLine(first, first + len(cell), line.indent, line.page)

    def raised_mark(self, line: TextLine) -> re.Match[str] | None:
        """Return the match of the raised mark with which a footnote begins, if any."""
        return _RAISED_NOTE.match(self.text, line.start, line.end) if self.text[line.start] in SUPERSCRIPTS else None

    def running_text(self, line: TextLine) -> None:
        """Open a block, or add the line to the open block."""
        pending = self.pending
        if pending and (self.ends_title(pending, line) or self.is_whole(pending, line)):
            self.close()
            pending = None
        start, bullet = self.bullet(line.start, line.end)
        head = self.enumerator(start, line.end)
        if pending and head and self.opens_list(head, pending, line):
            self.close()
            pending = None
        if pending and not bullet and not (head and self.begins_block(head, line, pending)):
            pending.lines.append((line.start, line.end))
            self.last_indent = line.indent
            return
        self.open(PendingBlock(BlockKind.PARAGRAPH, [(start, line.end)], line.indent, bullet, head=head))
        if head:
            self.labels.remember(head)

    def note(self, line: TextLine, match: re.Match[str]) -> None:
        """Open a footnote that begins with the mark ``match``."""
        label = Enumerator(match[1].translate(FIGURES), Span(line.start, match.end(1)))
        self.open(PendingBlock(BlockKind.FOOTNOTE, [(match.end(), line.end)], line.indent, label=label))

    def ends_title(self, pending: PendingBlock, line: TextLine) -> bool:
        """Return whether ``line`` cannot continue the heading that seems to be open.

        That is so below a line in brackets ("(Agenda item 4)") and if ``line`` is the head of a table.
        """
        if not pending.head[:1].isupper() or len(pending.lines) > _TITLE_LINES:
            return False
        start, end = pending.lines[-1]
        if self.text[start] == "(" and self.text[end - 1] == ")":
            return True
        return not ends_in_page(self.text, line.start, line.end) and bool(
            COLUMNS.search(self.text, line.start, line.end)
        )

    def is_whole(self, pending: PendingBlock, line: TextLine) -> bool:
        """Return whether ``pending`` is complete in a text with one paragraph per line or with tabs after numbers."""
        if self.by_line:
            return not self.continues_line(pending, line)
        after = pending.lines[0][0] + len(pending.head)
        return bool(pending.head) and self.text[after] == "\t" and pending.ends_sentence(self.text)

    def continues_line(self, pending: PendingBlock, line: TextLine) -> bool:
        """Return whether ``line`` continues the previous paragraph although each paragraph should be one line.

        It may continue in mid-sentence or, below a title, with words in brackets or a page number.
        """
        text, first, last = self.text, line.start, line.end
        if continues_sentence(text, pending.lines[-1], (first, last)):
            return True
        completes_title = text[first] == "(" or ends_in_page(text, first, last)
        enumerator = split(text[first : min(last, first + HEAD)])
        return (
            pending.head[:1].isupper() and completes_title and not enumerator and not pending.ends_sentence(self.text)
        )

    def bullet(self, first: int, last: int) -> tuple[int, bool]:
        """Return the offset after the bullet of a line, if it has one, and whether it has one."""
        match = _BULLET.match(self.text, first, last)
        if match is None or match.end() >= last:
            return first, False
        sure = self.text[first] in _SURE_BULLETS or self.pending is None or self.pending.ends_sentence(self.text)
        return (match.end(), True) if sure else (first, False)

    def enumerator(self, first: int, last: int) -> str:
        """Return the enumerator that a line begins with; "" if there is none."""
        head = self.text[first : min(last, first + HEAD)]
        enumerator = split(head)
        if enumerator is None:
            return ""
        label = head[: enumerator.end]
        if not self.labels.may_be(label, enumerator.shape):
            return ""
        if enumerator.shape is Shape.HIGH and self.pending is not None and not self.pending.ends_sentence(self.text):
            # It may be a person's initial at the beginning of a line.
            return label if _LABEL_GAP.match(head, enumerator.end - 1) else ""
        return label

    def begins_block(self, head: str, line: TextLine, pending: PendingBlock) -> bool:
        """Return whether a line that begins with the enumerator ``head`` ends the open block and begins another."""
        label_end = line.start + len(head)
        return (
            pending.ends_sentence(self.text)
            or _LABEL_GAP.match(self.text[label_end - 1 : label_end + 4]) is not None
            or (pending.head[:1].isupper() and line.indent > self.last_indent + 1)
            or self.labels.is_due(head, pending.is_labelled)
        )

    def opens_list(self, head: str, pending: PendingBlock, line: TextLine) -> bool:
        """Return whether ``head`` is the first label of a list directly under a short line without a label.

        The second label must begin one of the next lines at the same indentation.
        """
        if not pending.is_short_line(self.text):
            return False
        first = bisect_left(self.lines, line.end, key=_line_start)
        below = (other for other in self.lines[first : first + _LINES_BELOW] if other.indent == line.indent)
        return begins_list(head, (self.text[other.start : other.end] for other in below))

    def table_row(self, line: TextLine) -> None:
        """Add the row of a table between bars, unless it only rules off the header."""
        text = self.text
        bars = [offset for offset in range(line.start, line.end) if text[offset] == "|"]
        if set(text[line.start : line.end]) <= set("|-: \t"):
            return
        cells = [[_stripped(text, before + 1, after)] for before, after in pairwise(bars)]
        if block := row(text, cells, read_spaced):
            self.output.add(block, self.page_break)
            self.page_break = False

    def open(self, pending: PendingBlock) -> None:
        """Close the open block and open another."""
        self.close()
        self.pending = pending
        self.last_indent = pending.indent
        pending.after_page, self.page_break = self.page_break, False

    def close(self) -> None:
        """Add the open block, if any, to the output, as a heading if its shape is that of one."""
        pending, self.pending = self.pending, None
        if pending is None:
            return
        if pending.kind is BlockKind.PARAGRAPH and not pending.bullet:
            self.decide_title(pending)
        self.output.add_pending(self.text, pending, read_spaced)
        self.page_break = False

    def decide_title(self, pending: PendingBlock) -> None:
        """Make a pending paragraph a heading if it can be one."""
        title = title_of(self.text, pending)
        if title in (TitleShape.LETTER, TitleShape.ARABIC):
            pending.kind = BlockKind.HEADING
            self.labels.forget()
        if title in (TitleShape.ARABIC, TitleShape.BARE):
            self.titles.append(len(self.output.blocks))
        if title is None and pending.head[:1].isupper():
            pending.head = ""


def _line_start(line: TextLine) -> int:
    return line.start


def _stripped(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the range ``first:last`` without surrounding white space; if nothing remains, its end."""
    cell = text[first:last]
    first += len(cell) - len(cell.lstrip())
    return first, first + len(cell.strip())
