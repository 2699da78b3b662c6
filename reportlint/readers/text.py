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
from reportlint.readers.line_ranges import LineRanges, is_blank
from reportlint.readers.outline_titles import outline_titles
from reportlint.readers.page_furniture import head_of, is_printers_line, notes_at_feet, running_heads
from reportlint.readers.pagination import PageNumbers, feet_and_heads, find_page_numbers, notes_under_rules
from reportlint.readers.running_labels import RunningLabels, begins_list
from reportlint.readers.spaced_text import COLUMNS, read_spaced
from reportlint.readers.text_lines import (
    HEAD,
    TextLine,
    column,
    continues_sentence,
    ends_in_page,
    is_by_line,
    lines_of,
)

_BULLET = re.compile(r"[-*+•▪◦‣●○■□–—·][ \t]+")
# A heading such as "Annex B" or "ARTICLE 15".
_WORD_AND_LABEL = re.compile(r"[^\W\d_]{3,}\s+(?:\d{1,3}|[IVXL]{1,6}|[^\W\d_])")
# The beginning of a heading such as "Annex 2: Programme".
_TITLED_PART = re.compile(r"[^\W\d_]{3,}\s+(?:\d{1,3}|[IVXL]{1,6}|[A-Z])\s?[:–—]\s+[^\W\d_]")
_SURE_BULLETS = "•▪◦‣●○■□"
_RAISED_NOTE = re.compile(rf"([{SUPERSCRIPTS}]{{1,3}})\s*(?=\S)")
_LABEL_GAP = re.compile(r"\S(?:\t|[ \t]{3,})")
_CELL_GAP = re.compile(r"\S {4,}(?=\S)")
_NOTE_NUMBER = re.compile(r"; \d{1,3}$")
_FARTHEST_CELL = 12
_HIGHEST_BEFORE_BRACKET = 99
_ROWS = 5
_FIRST_INDENT = 2
_TITLE_LINES = 3
_SHORT_LINE = 60
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
    """Scanner that processes the text line by line. ``number`` is that of the line, ``pending`` the open block, if any.

    ``titles`` are the indexes of the blocks that may be headings, which only their context can decide. ``page_break``
    is true if a page may have ended since the last block.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        lines = lines_of(text, start)
        ranges = lines.ranges
        self.by_line = is_by_line(text, ranges)
        pages = lines.pages()
        heads = running_heads(text, ranges, pages) | feet_and_heads(text, ranges)
        numbers = find_page_numbers(text, ranges) if len(pages) == 1 else PageNumbers()
        self.shortened = numbers.shortened
        if self.shortened:
            lines = lines.shortened(self.shortened)
        self.lines, self.ranges = lines, lines.ranges
        self.running_heads = [
            Span(*self.ranges[number])
            for number in sorted(heads)
            if len(pages) > 1 or head_of(text, *self.ranges[number])
        ]
        self.dropped = heads | numbers.lines
        self.notes = notes_at_feet(text, self.ranges, pages, self.dropped)
        self.labels_above: set[int] = set()
        for note in notes_under_rules(text, ranges):
            self.notes[note.line] = note.label, note.start
            if note.label.end <= self.ranges[note.line][0]:
                self.labels_above.add(note.line - 1)
        self.cuts = cuts(text, LineRanges((start, end) for start, end in ranges if start < end))
        self.number = 0
        self.outline = outline_titles(text, self.ranges)
        self.output = BlockList()
        self.titles: list[int] = []
        self.pending: PendingBlock | None = None
        self.last_indent = 0
        self.page_break = False
        self.labels = RunningLabels()

    def run(self) -> None:
        blanks = 0
        for number, line in enumerate(self.lines):
            self.number = number
            if line.page:
                self.page_break = True
            if number in self.shortened:
                self.page_break = True
                self.close()
            if line.is_blank():
                blanks += 1
                self.page_break = self.page_break or blanks > 1
                self.close()
            elif number in self.labels_above:
                continue
            elif number in self.dropped or is_printers_line(self.text, line.start, line.end):
                self.page_break = True
                self.close()
            else:
                if number in self.notes:
                    self.note(line, *self.notes[number])
                else:
                    for piece in self.pieces(line):
                        self.line(piece)
                blanks = 0
        self.close()

    def pieces(self, line: TextLine) -> Iterator[TextLine]:
        """Yield the line, split where blocks begin inside it."""
        for cut in self.cuts[bisect_left(self.cuts, line.start) : bisect_left(self.cuts, line.end)]:
            start = line.start
            yield TextLine(start, start + len(self.text[start:cut].rstrip()), line.indent, False)
            self.close()
            line = TextLine(cut, line.end, line.indent, False)
        yield line

    def line(self, line: TextLine) -> None:
        """Process a line with the first recognizer that knows it."""
        cell = self.only_cell(line)
        if cell is None:
            self.close()
            self.table_row(line)
        elif match := self.raised_mark(cell):
            self.note(cell, Span(cell.start, match.end(1)), match.end())
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
        if pending and (
            self.is_outside_outline(pending, line)
            or self.ends_title(pending, line)
            or self.is_whole(pending, line)
            or self.begins_part(pending, line)
            or self.is_titled_part(pending, line)
        ):
            self.close()
            pending = None
        start, bullet = self.bullet(line.start, line.end)
        head = self.enumerator(start, line.end)
        if pending and head and self.opens_list(head, pending, line):
            self.close()
            pending = None
        if pending and not bullet and not (head and self.begins_block(head, line, pending)):
            pending.add_line(line.start, line.end)
            self.last_indent = line.indent
            return
        self.open(PendingBlock(BlockKind.PARAGRAPH, [(start, line.end)], line.indent, bullet, head=head))
        if head:
            self.labels.remember(head)

    def note(self, line: TextLine, label: Span, start: int) -> None:
        """Open a footnote with a label. Its words begin at ``start``."""
        printed = self.text[label.start : label.end].translate(FIGURES)
        enumerator = Enumerator(printed, label.start, label.end - label.start)
        self.open(PendingBlock(BlockKind.FOOTNOTE, [(start, line.end)], line.indent, label=enumerator))

    def is_outside_outline(self, pending: PendingBlock, line: TextLine) -> bool:
        """Return whether ``line`` begins a heading of the outline, or stands below one that is complete."""
        end = self.outline.get(pending.lines[0][0]) if pending.lines else None
        return line.start in self.outline or (end is not None and line.start > end)

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

    def begins_part(self, pending: PendingBlock, line: TextLine) -> bool:
        """Return whether ``line`` is a heading such as "Annex B" directly below a sentence."""
        if not _is_word_and_label(self.text, line.start, line.end) or not self.after_sentence(pending):
            return False
        following = self.number + 1
        return is_blank(self.ranges, following) or not self.text[self.ranges[following][0]].islower()

    def is_titled_part(self, pending: PendingBlock, line: TextLine) -> bool:
        """Return whether the open block is a heading such as "Annex 2: Programme" directly above its text."""
        if pending.head or pending.bullet or len(pending.lines) != 1 or not self.text[line.start].isupper():
            return False
        start, end = pending.lines[0]
        return (
            end - start <= _SHORT_LINE
            and pending.indent == line.indent
            and _TITLED_PART.match(self.text, start, end) is not None
            and not pending.ends_sentence(self.text)
            and _TITLED_PART.match(self.text, line.start, line.end) is None
        )

    def after_sentence(self, pending: PendingBlock) -> bool:
        """Return whether the last line of a block ends a sentence, before the number of a note or not."""
        if not pending.lines or pending.ends_sentence(self.text):
            return True
        start, end = pending.lines[-1]
        return _NOTE_NUMBER.search(self.text[max(start, end - HEAD) : end]) is not None

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
        if enumerator.shape is Shape.BRACKET and label[0].isalnum() and self.is_in_bracket(label):
            return ""
        if enumerator.shape is Shape.DOTTED and self.is_row(first, first + enumerator.end, last):
            return ""
        if enumerator.shape is Shape.HIGH and self.pending is not None and not self.after_sentence(self.pending):
            # It may be a person's initial at the beginning of a line.
            return label if _LABEL_GAP.match(head, enumerator.end - 1) else ""
        return label

    def is_in_bracket(self, label: str) -> bool:
        """Return whether ``label``, such as "544)", closes a bracket opened on the line before."""
        if label[:-1].isdecimal() and int(label[:-1]) > _HIGHEST_BEFORE_BRACKET:
            return True
        if self.pending is None or not self.pending.lines:
            return False
        start, end = self.pending.lines[-1]
        return self.text.rfind("(", start, end) > self.text.rfind(")", start, end)

    def is_row(self, start: int, end: int, last: int) -> bool:
        """Return whether a decimal number ``start:end`` is a cell of a row: a few cells, set far apart, follow it.

        The lines of tables of contents and justified lines, in which the gaps are between words, are not rows.
        """
        words = self.text[end:last]
        if ends_in_page(self.text, start, last):
            return False
        gaps = len(_CELL_GAP.findall(words.lstrip()))
        far = len(words) - len(words.lstrip()) >= _FARTHEST_CELL
        return (far or gaps > 0) and 2 * gaps <= len(words.split())

    def begins_block(self, head: str, line: TextLine, pending: PendingBlock) -> bool:
        """Return whether a line that begins with the enumerator ``head`` ends the open block and begins another."""
        label_end = line.start + len(head)
        has_gap = _LABEL_GAP.match(self.text[label_end - 1 : label_end + 4]) is not None
        if (
            self.after_sentence(pending)
            or (has_gap and not self.is_in_columns(pending))
            or (pending.head[:1].isupper() and line.indent > self.last_indent + 1)
            or self.labels.is_due(head, in_item=False)
        ):
            return True
        if self.labels.continues_run(head):
            return not self.text[label_end : line.end].lstrip()[:1].islower()
        continues_page = pending.after_page and self.text[pending.lines[0][0]].islower()
        return self.labels.is_due(head, in_item=pending.is_labelled or continues_page)

    def is_in_columns(self, pending: PendingBlock) -> bool:
        """Return whether the last lines of a block without a label are rows of a table."""
        return not pending.head and any(_CELL_GAP.search(self.text, *line) for line in pending.lines[-_ROWS:])

    def opens_list(self, head: str, pending: PendingBlock, line: TextLine) -> bool:
        """Return whether ``head`` is the first label of a list directly under a short line without a label.

        More short lines may stand there if the first is a heading such as "Article 15". The second label must begin
        one of the next lines at the same indentation.
        """
        if pending.is_labelled or not 0 < len(pending.lines) <= _TITLE_LINES:
            return False
        if len(pending.lines) > 1 and not _is_word_and_label(self.text, *pending.lines[0]):
            return False
        if any(end - start > _SHORT_LINE or self.text[end - 1] in ",-" for start, end in pending.lines):
            return False
        if self.text[pending.lines[0][0]].islower():
            return False
        first = self.number + 1
        below = (other for other in self.lines[first : first + _LINES_BELOW] if other.indent == line.indent)
        return begins_list(head, (self.text[other.start : other.end] for other in below))

    def table_row(self, line: TextLine) -> None:
        """Add the row of a table between bars, unless it only rules off the header."""
        text = self.text
        bars = (offset for offset in range(line.start, line.end) if text[offset] == "|")
        if set(text[line.start : line.end]) <= set("|-: \t"):
            return
        cells = (_lines_of_cell(text, before + 1, after) for before, after in pairwise(bars))
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
        pending.after_page = pending.after_page and not self.is_indented(pending)
        self.output.add_pending(self.text, pending, read_spaced)
        self.page_break = False

    def is_indented(self, pending: PendingBlock) -> bool:
        """Return whether a block begins a paragraph: its first line is indented more than the second."""
        if len(pending.lines) < 2 or not self.text[pending.lines[0][0]].isupper():
            return False
        (first, _), (second, _) = pending.lines[:2]
        return column(self.text, first) >= column(self.text, second) + _FIRST_INDENT

    def decide_title(self, pending: PendingBlock) -> None:
        """Make a pending paragraph a heading if it can be one."""
        if pending.lines and pending.lines[0][0] in self.outline:
            pending.kind = BlockKind.HEADING
            self.labels.forget()
            return
        title = title_of(self.text, pending)
        if title in (TitleShape.LETTER, TitleShape.ARABIC):
            pending.kind = BlockKind.HEADING
            self.labels.forget()
        if title in (TitleShape.ARABIC, TitleShape.BARE):
            self.titles.append(len(self.output.blocks))
        if title is None and pending.head[:1].isupper():
            pending.head = ""


def _is_word_and_label(text: str, start: int, end: int) -> bool:
    return (
        text[start].isupper()
        and text[end - 1].isalnum()
        and not text[end - 1].islower()
        and _WORD_AND_LABEL.fullmatch(text, start, end) is not None
    )


def _lines_of_cell(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the lines of a table cell, without surrounding white space."""
    ranges = []
    for part in text[start:end].split("\n"):
        first = start + len(part) - len(part.lstrip())
        ranges.append((first, first + len(part.strip())))
        start += len(part) + 1
    return [(first, last) for first, last in ranges if first < last] or [(end, end)]
