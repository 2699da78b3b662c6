"""Reads Word files: builds blocks from the text view, with the numbers that Word prints."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reportlint.document import Block, BlockKind, Document, Enumerator, Mark, MarkKind, OffsetMap, Source, Span, compact
from reportlint.document.enumerators import Shape, split
from reportlint.readers.blockmaker import PendingBlock, glued_titles, make, row
from reportlint.readers.inline import Inline, note_labels, plain
from reportlint.readers.text import read_text
from reportlint.word import Entry, EntryPlace, Format, WordSource

_ASTERISKS = "*†‡"
_BULLET = re.compile(r"[-•▪◦‣●○■□–—·][ \t]+(?=\S)")
_QUOTATIONS = ("quote", "intense quote", "block text")  # the names in every language of Word
_TWIPS = 567  # in one step of indentation
_MARKS = {Format.BOLD: MarkKind.STRONG, Format.ITALIC: MarkKind.EMPHASIS, Format.LINK: MarkKind.LINK}


def read_word_document(source: Source) -> Document:
    """Build the document of a Word file from its text view. Never fails."""
    if not isinstance(source, WordSource):
        return read_text(source)  # the text view itself
    builder = _Builder(source)
    blocks = tuple(block for entry in source.view.entries for block in builder.blocks(entry))
    return Document(source, blocks, "word", by_line=True, running_heads=tuple(builder.running_heads))


class _Builder:
    def __init__(self, source: WordSource) -> None:
        self.source = source
        self.text = source.text
        self.running_heads: list[Span] = []
        self.heading_lists = _heading_lists(source.view.entries)

    def blocks(self, entry: Entry) -> Iterator[Block]:
        """Yield the blocks of an entry of the view."""
        if entry.place is EntryPlace.HEADER:
            self.running_heads += (self._span(line) for line in entry.lines)
            return
        raised = _Raised(entry, self.source)
        if entry.place is EntryPlace.ROW and sum(map(bool, entry.cells)) > 1:
            at = self._span(entry.lines[0]).start
            cells: list[list[Span]] = []
            for cell in entry.cells:
                cells.append([self._span(line) for line in cell] or [Span(at, at)])
                at = cells[-1][-1].end
            block = row(self.text, cells, raised.read_cell)
            if block:
                yield block
            return
        is_paragraph = len(entry.cells) == 1 and entry.place is not EntryPlace.ROW
        groups = [entry.lines] if is_paragraph else [(line,) for line in entry.lines]
        for lines in groups:
            yield from self._paragraph(entry, [self._span(line) for line in lines], raised)

    def _paragraph(self, entry: Entry, spans: Sequence[Span], raised: _Raised) -> Iterator[Block]:
        lines = [(start, end) for start, end in map(self._stripped, spans) if start < end]
        label = self._label(entry)
        if not lines and label is None:
            return
        indent = entry.indent // _TWIPS
        is_asterisk = entry.frame and lines and self.text[lines[0][0]] in _ASTERISKS
        if entry.place is EntryPlace.NOTE or is_asterisk:
            kind = BlockKind.FOOTNOTE
        elif entry.level is not None:
            kind = BlockKind.HEADING
        elif entry.style.lower() in _QUOTATIONS:
            kind = BlockKind.QUOTATION
        else:
            kind = BlockKind.PARAGRAPH
        if not lines:
            if label and kind is not BlockKind.FOOTNOTE:
                yield Block(BlockKind.PARAGRAPH, "", OffsetMap.shift(label.span.end), label, indent)
            return
        bullet = _BULLET.match(self.text, *lines[0]) if not label and kind is BlockKind.PARAGRAPH else None
        if bullet:
            lines[0] = bullet.end(), lines[0][1]
        first = split(self.text[lines[0][0] : lines[0][1]])
        if label and kind is BlockKind.PARAGRAPH:
            kind = self._kind_of_labelled(lines, label, raised, entry.listed in self.heading_lists)
            if first and first.shape is Shape.BRACKET and kind is BlockKind.PARAGRAPH:  # "4. (a)"
                yield Block(kind, "", OffsetMap.shift(label.span.end), label, indent)
                label = None
        head = self.text[lines[0][0] : lines[0][0] + first.end] if first and not label else ""
        is_bulleted = entry.bullet or bullet is not None
        pending = PendingBlock(kind, lines, indent, is_bulleted, entry.level or 0, label, head=head)
        yield from make(self.text, pending, raised.read)

    def _kind_of_labelled(
        self, lines: list[tuple[int, int]], label: Enumerator, raised: _Raised, is_heading: bool
    ) -> BlockKind:
        """Return the kind of a paragraph with an automatic label: a title if all of it is emphasized."""
        if is_heading or glued_titles(raised.read(self.text, lines)):
            return BlockKind.HEADING
        parsed = split(f"{label.text} A")
        is_number = parsed is None or parsed.shape in (Shape.NUMBER, Shape.DOTTED)
        return BlockKind.PARAGRAPH if is_number else BlockKind.ITEM

    def _label(self, entry: Entry) -> Enumerator | None:
        if entry.label is None:
            return None
        span = self._span(entry.label)
        return Enumerator(self.text[span.start : span.end].strip(), span.start, span.end - span.start)

    def _span(self, span: Span) -> Span:
        return Span(self.source.offset(span.start), self.source.offset(span.end))

    def _stripped(self, line: Span) -> tuple[int, int]:
        start, end = line
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end


def _heading_lists(entries: Iterable[Entry]) -> frozenset[tuple[int, int]]:
    """Return the lists, each with a level, most of whose paragraphs are emphasized: their other ones are titles too."""
    members: Counter[tuple[int, int]] = Counter()
    titles: Counter[tuple[int, int]] = Counter()
    for entry in entries:
        if entry.listed and entry.label:
            members[entry.listed] += 1
            titles[entry.listed] += _is_emphasized(entry)
    return frozenset(listed for listed, count in titles.items() if count > 1 and 2 * count > members[listed])


def _is_emphasized(entry: Entry) -> bool:
    """Return whether all words of a paragraph are bold, or all are italic."""
    lines = entry.lines
    return bool(lines) and any(
        words.format is not Format.LINK and words.span.start <= lines[0].start and words.span.end >= lines[-1].end
        for words in entry.formatted
    )


class _Raised:
    """Reads the text of an entry: marks of notes are taken out of it, and what is set off is marked."""

    def __init__(self, entry: Entry, source: WordSource) -> None:
        self.raised = [
            (Span(source.offset(each.span.start), source.offset(each.span.end)), each.note) for each in entry.raised
        ]
        self.starts = [span.start for span, _ in self.raised]
        self.formatted = [
            Mark(_MARKS[each.format], 0, 0, source.offset(each.span.start), source.offset(each.span.end), each.address)
            for each in entry.formatted
            if entry.place is not EntryPlace.ROW or each.format is Format.LINK  # bold cells are no titles
        ]

    def read(self, text: str, lines: Sequence[tuple[int, int]]) -> Inline:
        return self._read(text, lines, is_cell=False)

    def read_cell(self, text: str, lines: Sequence[tuple[int, int]]) -> Inline:
        return self._read(text, lines, is_cell=True)

    def _read(self, text: str, lines: Sequence[tuple[int, int]], is_cell: bool) -> Inline:
        first = bisect_left(self.starts, lines[0][0])
        last = bisect_left(self.starts, lines[-1][1])
        inline = plain(text, lines) if first == last else self._without_marks(text, lines, first, last, is_cell)
        if not self.formatted or not inline.text:
            return inline
        offsets = inline.offsets
        marks: dict[tuple[MarkKind, str], list[Mark]] = {}
        for mark in self.formatted:
            start, end = max(mark.first, lines[0][0]), min(mark.last, lines[-1][1])
            if start < end:
                first, last = offsets.derived(start), min(offsets.derived(end), len(inline.text))
                alike = marks.setdefault((mark.kind, mark.value), [])
                if alike and first <= alike[-1].end:  # only the mark of a note stood between
                    before = alike.pop()
                    first, start = before.start, before.first
                alike.append(Mark(mark.kind, first, last, start, end, mark.value))
        found = [*inline.marks, *(mark for alike in marks.values() for mark in alike)]
        return inline._replace(marks=compact(sorted(found, key=lambda mark: mark.start)))

    def _without_marks(
        self, text: str, lines: Sequence[tuple[int, int]], first: int, last: int, is_cell: bool
    ) -> Inline:
        parts: list[str] = []
        pieces: list[tuple[int, int]] = []
        marks: list[Mark] = []
        starts = array("I")
        length = 0

        def keep(start: int, end: int) -> None:
            nonlocal length
            if start < end or not pieces:
                pieces.append((length, start))
                parts.append(text[start:end])
                length += end - start

        at = first
        for start, end in lines:
            if parts:
                parts.append(" ")
                length += 1
            starts.append(length)
            done = start
            while at < last and self.raised[at][0].start < end:
                span, note = self.raised[at]
                keep(done, span.start)
                content = text[span.start : span.end]
                before = "".join(parts[-2:])
                labels = [note] if note else note_labels(content, before) if before.strip() else None
                if labels:
                    marks += (Mark(MarkKind.FOOTNOTE, length, length, *span, label) for label in labels)
                elif is_cell and content.strip().isalpha() and len(content.strip()) == 1:
                    marks.append(Mark(MarkKind.SUPERSCRIPT, length, length, *span))
                else:
                    marks.append(Mark(MarkKind.SUPERSCRIPT, length, length + len(content), *span))
                    keep(span.start, span.end)
                done = span.end
                at += 1
            keep(done, end)
        return Inline("".join(parts), OffsetMap.of_pieces(pieces), compact(marks), starts)
