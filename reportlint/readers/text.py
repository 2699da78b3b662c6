"""Reads plain text: splits it by blank lines, enumerators and indentation, and drops running heads and page numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from reportlint.document import (
    Block,
    BlockKind,
    Document,
    Enumerator,
    Mark,
    MarkKind,
    OffsetMap,
    Source,
    Span,
)
from reportlint.document.enumerators import Shape, continues, ends_sentence, split
from reportlint.readers.artefacts import join
from reportlint.readers.blockmaker import PendingBlock, make, row
from reportlint.readers.flattened import cuts
from reportlint.readers.inline import Inline, note_labels, plain
from reportlint.readers.running_labels import RunningLabels, begins_list

_GAP = re.compile(r"[ \t]{2,}|\t")
_RULE = re.compile(r"[-_*=—–]{3,}$")
_BULLET = re.compile(r"[-*+•▪◦‣●○■□–—·][ \t]+")
_SURE_BULLETS = "•▪◦‣●○■□"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = re.compile(rf"(?<=\S)[{_SUPERSCRIPTS}]+(?:,[{_SUPERSCRIPTS}]+)*")
_RAISED_NOTE = re.compile(rf"([{_SUPERSCRIPTS}]{{1,3}})\s*(?=\S)")
_FIGURES = str.maketrans(_SUPERSCRIPTS, "0123456789")
_SYMBOL = re.compile(r"[\w.()*-]+(?:/[\w.()*-]+)+")
_PAGE_NUMBER = re.compile(r"[-–—]?\s?(?:\d{1,4}|[ivxl]{1,6})\s?[-–—]?")
# Job numbers of the print shop ("GE.20-02503(E)") and remains of bar codes (private use characters only).
_JOB_NUMBER = re.compile(r"(?:\d{1,4}\s+)?[A-Z]{1,3}\.\d\d-\d{5} ?(?:\([A-Z]\))?[\d ]*|[\ue000-\uf8ff\s]+")
_WIDE_GAP = 3
_HEAD = 48
_REPEATED = 3
_EDGE = 3
_MOST_PAGES = 3
_LONGEST_FURNITURE = 120
_LONGEST_TITLE = 260
_LONGEST_LABELLED_TITLE = 700
_LONGEST_ARABIC_TITLE = 120
_TITLE_LINES = 3
_COLUMNS = re.compile(r"\S(?:\t| {3,})\S")
_NOTE = re.compile(r"(\d{1,3})(?:\t| {2,})\s*(?=\S)")
_LABEL_GAP = re.compile(r"\S(?:\t|[ \t]{3,})")
_LONG_LINE = 60
_SHORT_LINE = 60
_LINES_BELOW = 12
_LONGER_THAN_WRAPPED = 120
_FEWEST_LONG_LINES = 2


def read_text(source: Source, start: int = 0) -> Document:
    """Parse a plain text draft from the offset ``start``, which begins a line. Never fails."""
    scanner = _Scanner(source.text, start)
    scanner.run()
    blocks = _resolve_titles(scanner.blocks, scanner.titles)
    return Document(
        source,
        join(blocks, scanner.page_breaks),
        "text",
        by_line=scanner.by_line,
        running_heads=tuple(scanner.running_heads),
    )


class _Line:
    """The range of a line without surrounding white space; ``page`` is true if a page begins with it."""

    __slots__ = ("end", "indent", "page", "start")

    def __init__(self, start: int, end: int, indent: int, page: bool) -> None:
        self.start, self.end, self.indent, self.page = start, end, indent, page

    def is_blank(self) -> bool:
        return self.start == self.end


class _Scanner:
    """Scanner that processes the text line by line. ``pending`` is the open block, if any.

    ``titles`` are the indexes of the blocks that may be headings, which only their context can decide.
    """

    def __init__(self, text: str, start: int = 0) -> None:
        self.text, self.start = text, start
        self.blocks: list[Block] = []
        self.page_breaks: list[bool] = []
        self.titles: list[int] = []
        self.pending: PendingBlock | None = None
        self.last_indent = 0
        self.page_break = False
        self.pending_break = False
        self.labels = RunningLabels()
        self.lines: Sequence[_Line] = ()
        self.cuts: list[int] = []
        self.by_line = False
        self.running_heads: list[Span] = []

    def run(self) -> None:
        self.lines = lines = _lines(self.text, self.start)
        self.by_line = _is_by_line(self.text, lines)
        pages = _pages(lines)
        dropped = _furniture(self.text, lines, pages)
        self.running_heads = [Span(lines[number].start, lines[number].end) for number in sorted(dropped)]
        notes = _notes_at_feet(self.text, lines, pages, dropped)
        self.cuts = cuts(self.text, [(line.start, line.end) for line in lines if line.start < line.end])
        blanks = 0
        for number, line in enumerate(lines):
            if line.page:
                self.pending_break = True
            if line.start == line.end:
                blanks += 1
                if blanks > 1:
                    self.pending_break = True
                self.close()
            elif number in dropped or self.is_furniture(line):
                self.pending_break = True
                self.close()
            else:
                if number in notes:
                    self.note(line, notes[number])
                else:
                    for piece in self.pieces(line):
                        self.line(piece)
                blanks = 0
        self.close()

    def pieces(self, line: _Line) -> Iterator[_Line]:
        """Yield the line, split where blocks begin inside it."""
        start = line.start
        for cut in self.cuts[bisect_left(self.cuts, start) : bisect_left(self.cuts, line.end)]:
            yield _Line(start, start + len(self.text[start:cut].rstrip()), line.indent, False)
            self.close()
            start = cut
        yield _Line(start, line.end, line.indent, False)

    def is_furniture(self, line: _Line) -> bool:
        ends = line.start, line.end
        return bool(_RULE.match(self.text, *ends) or _JOB_NUMBER.fullmatch(self.text, *ends))

    def line(self, line: _Line) -> None:
        text, pending = self.text, self.pending
        first, last = line.start, line.end
        if text[first] == "|" and text[last - 1] == "|" and last - first > 1:
            if text.find("|", first + 1, last - 1) >= 0 or not (cell := text[first + 1 : last - 1].strip()):
                self.close()
                self.table_row(first, last)
                return
            # A table of one column holds paragraphs.
            first = text.index(cell, first + 1)
            last = first + len(cell)
            line = _Line(first, last, line.indent, line.page)
        if text[first] in _SUPERSCRIPTS and (match := _RAISED_NOTE.match(text, first, last)):
            self.note(line, match)
            return
        if pending and (self.ends_title(pending, line) or self.is_whole(pending, line)):
            self.close()
            pending = None
        start, bullet = self.bullet(first, last)
        head = self.enumerator(start, last)
        if pending and head and self.opens_list(head, pending, line):
            self.close()
            pending = None
        if pending and not bullet and not (head and self.begins_block(head, line, pending)):
            pending.lines.append((first, last))
            self.last_indent = line.indent
            if _ends_in_page(text, first, last):
                self.close()
            return
        self.close()
        self.open(PendingBlock(BlockKind.PARAGRAPH, [(start, last)], line.indent, bullet, head=head), line)
        if head:
            self.labels.remember(head)
        if _ends_in_page(text, first, last):
            self.close()

    def note(self, line: _Line, match: re.Match[str]) -> None:
        self.close()
        label = Enumerator(match[1].translate(_FIGURES), Span(line.start, match.end(1)))
        self.open(PendingBlock(BlockKind.FOOTNOTE, [(match.end(), line.end)], line.indent, label=label), line)

    def ends_title(self, pending: PendingBlock, line: _Line) -> bool:
        """Return whether ``line`` cannot continue the heading that seems to be open.

        That is so below a line in brackets ("(Agenda item 4)") and if ``line`` is the head of a table.
        """
        if not pending.head[:1].isupper() or len(pending.lines) > _TITLE_LINES:
            return False
        start, end = pending.lines[-1]
        if self.text[start] == "(" and self.text[end - 1] == ")":
            return True
        return not _ends_in_page(self.text, line.start, line.end) and bool(
            _COLUMNS.search(self.text, line.start, line.end)
        )

    def is_whole(self, pending: PendingBlock, line: _Line) -> bool:
        """Return whether ``pending`` is complete in a text with one paragraph per line or with tabs after numbers."""
        if self.by_line:
            return not self.continues_line(pending, line)
        after = pending.lines[0][0] + len(pending.head)
        return bool(pending.head) and self.text[after] == "\t" and self.after_sentence(pending)

    def continues_line(self, pending: PendingBlock, line: _Line) -> bool:
        """Return whether ``line`` continues the previous paragraph although each paragraph should be one line.

        It may continue in mid-sentence or, below a title, with words in brackets or a page number.
        """
        text, first, last = self.text, line.start, line.end
        if _continues_sentence(text, pending.lines[-1], (first, last)):
            return True
        completes_title = text[first] == "(" or _ends_in_page(text, first, last)
        enumerator = split(text[first : min(last, first + _HEAD)])
        return pending.head[:1].isupper() and completes_title and not enumerator and not self.after_sentence(pending)

    def bullet(self, first: int, last: int) -> tuple[int, bool]:
        """Return the offset after the bullet of a line, if it has one, and whether it has one."""
        match = _BULLET.match(self.text, first, last)
        if match is None or match.end() >= last:
            return first, False
        sure = self.text[first] in _SURE_BULLETS or self.pending is None or self.after_sentence(self.pending)
        return (match.end(), True) if sure else (first, False)

    def enumerator(self, first: int, last: int) -> str:
        """Return the enumerator that a line begins with; "" if there is none."""
        head = self.text[first : min(last, first + _HEAD)]
        enumerator = split(head)
        if enumerator is None:
            return ""
        label = head[: enumerator.end]
        if not self.labels.may_be(label, enumerator.shape):
            return ""
        if enumerator.shape is Shape.HIGH and self.pending is not None and not self.after_sentence(self.pending):
            # It may be a person's initial at the beginning of a line.
            return label if _LABEL_GAP.match(head, enumerator.end - 1) else ""
        return label

    def begins_block(self, head: str, line: _Line, pending: PendingBlock) -> bool:
        """Return whether a line that begins with the enumerator ``head`` ends the open block and begins another."""
        if self.after_sentence(pending):
            return True
        label_end = len(head)
        gap = self.text[line.start + label_end - 1 : line.start + label_end + 4]
        if _LABEL_GAP.match(gap) or (pending.head and pending.head[0].isupper() and line.indent > self.last_indent + 1):
            return True
        if self.labels.is_next_number(head):
            return True
        return bool(pending.head or pending.bullet) and self.labels.is_next(head)

    def opens_list(self, head: str, pending: PendingBlock, line: _Line) -> bool:
        """Return whether ``head`` is the first label of a list directly under a short line without a label.

        The second label must begin one of the next lines at the same indentation.
        """
        if pending.head or pending.bullet or len(pending.lines) > 1:
            return False
        start, end = pending.lines[0]
        if end - start > _SHORT_LINE or self.text[start].islower() or self.text[end - 1] in ",-":
            return False
        first = bisect_left(self.lines, line.end, key=_line_start)
        below = (other for other in self.lines[first : first + _LINES_BELOW] if other.indent == line.indent)
        return begins_list(head, (self.text[other.start : other.end] for other in below))

    def after_sentence(self, pending: PendingBlock) -> bool:
        """Return whether the last line of a pending block ends a sentence."""
        start, end = pending.lines[-1]
        return ends_sentence(self.text[max(start, end - 80) : end])

    def table_row(self, first: int, last: int) -> None:
        cells = []
        start = first + 1
        while start < last:
            bar = self.text.find("|", start, last)
            cell = self.text[start:bar]
            cell_start = start + len(cell) - len(cell.lstrip())
            cells.append((cell_start, cell_start + len(cell.strip())))
            start = bar + 1
        if set(self.text[first:last]) <= set("|-: \t"):
            return
        if block := row(self.text, [[cell] for cell in cells], _read):
            self.emit(block, self.pending_break)

    def open(self, pending: PendingBlock, line: _Line) -> None:
        self.pending = pending
        self.last_indent = line.indent
        self.page_break = self.pending_break
        self.pending_break = False

    def close(self) -> None:
        pending, self.pending = self.pending, None
        if pending is None:
            return
        if pending.kind is BlockKind.PARAGRAPH and not pending.bullet:
            title = self.title(pending)
            if title and title != "bare":
                pending.kind = BlockKind.HEADING
                self.labels.forget()
            if title in ("arabic", "bare"):
                self.titles.append(len(self.blocks))
            if title is None and pending.head and pending.head[0].isupper():
                pending.head = ""
        for block in make(self.text, pending, _read):
            self.emit(block, self.page_break)
            self.page_break = False

    def title(self, pending: PendingBlock) -> str | None:
        """Return the kind of heading that a pending paragraph may be by its shape; ``None`` if it is not one.

        "letter" is a heading; "arabic" and "bare" are possible headings.
        """
        start, end = pending.lines[0][0], pending.lines[-1][1]
        longest = _LONGEST_LABELLED_TITLE if pending.head[:1].isupper() else _LONGEST_TITLE
        if end - start > longest + 60 * len(pending.lines):
            return None
        if len(pending.lines) > _TITLE_LINES and not (pending.head and self.hangs(pending)):
            return None
        words = " ".join(self.text[a:b] for a, b in pending.lines)[len(pending.head) :].strip()
        if not words or len(words) > longest or ends_sentence(words) or words[-1] in ",-" or words[0].islower():
            return None
        if not pending.head:
            return "bare" if words[0].isupper() and words[-1] not in ":;" and not _COLUMNS.search(words) else None
        if pending.head[0].isupper():
            return "letter"
        if not pending.head[0].isdecimal() or pending.head[-1] != ".":
            return None
        short = len(pending.lines) == 1 and len(words) <= _LONGEST_ARABIC_TITLE
        return "arabic" if short or self.hangs(pending) else None

    def hangs(self, pending: PendingBlock) -> bool:
        """Return whether the second and later lines begin below the words of the first, as those of headings do.

        Those of paragraphs begin below the number.
        """
        (first, end), *others = pending.lines
        words = first + len(pending.head)
        words = end - len(self.text[words:end].lstrip())
        return bool(others) and {_column(self.text, start) for start, _ in others} == {_column(self.text, words)}

    def emit(self, block: Block, page_break: bool) -> None:
        self.blocks.append(block)
        self.page_breaks.append(page_break)
        self.pending_break = False


def _ends_in_page(text: str, first: int, last: int) -> bool:
    """Return whether a line ends as in a table of contents: with a gap or dot leader and a number."""
    start = last
    while start > max(first, last - 5) and text[start - 1].isdecimal():
        start -= 1
    gap = text[max(first, start - 4) : start]
    return last - 5 < start < last and (gap.endswith(("\t", "   ")) or gap.rstrip().endswith("..."))


def _resolve_titles(blocks: Sequence[Block], titles: Sequence[int]) -> list[Block]:
    """Decide by context which of the possible headings ``titles`` are headings, and return all blocks.

    A block with an Arabic number is not a heading if the next or previous block continues its numbering, or if the
    next block continues its sentence. A block without a label is a heading if it follows a heading or the end of a
    sentence and precedes a numbered paragraph or heading.
    """
    resolved = list(blocks)
    for index in titles:
        block = blocks[index]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.enumerator is None:
            before = resolved[index - 1] if index else None
            ended = before and (before.kind is BlockKind.HEADING or ends_sentence(before.text))
            if ended and following and _numbered(following):
                resolved[index] = replace(block, kind=BlockKind.HEADING)
            continue
        label = block.enumerator.text
        previous, next_ = _neighbour(blocks, index, -1), _neighbour(blocks, index, 1)
        continued = following and not following.enumerator and following.text[:1].islower()
        if continued or (previous and continues(previous, label)) or (next_ and continues(label, next_)):
            resolved[index] = replace(block, kind=BlockKind.PARAGRAPH)
    return resolved


def _numbered(block: Block) -> bool:
    """Return whether a block is a numbered paragraph of laid-out text; a single flattened line is not evidence."""
    laid_out = block.indent > 0 or len(block.line_starts) > 1
    return laid_out and block.enumerator is not None and block.enumerator.text.rstrip(".").isdecimal()


def _neighbour(blocks: Sequence[Block], index: int, step: int) -> str | None:
    """Return the label of the nearest block in the direction of ``step``, skipping items; ``None`` if it has none."""
    index += step
    while 0 <= index < len(blocks) and blocks[index].kind is BlockKind.ITEM:
        index += step
    label = blocks[index].enumerator if 0 <= index < len(blocks) else None
    return label.text if label else None


def _lines(text: str, start: int) -> list[_Line]:
    lines = []
    for raw in text[start:].replace("\f", "\n").split("\n"):
        content = raw.strip()
        if content:
            lead = len(raw) - len(raw.lstrip())
            indent = len(raw[:lead].expandtabs(8)) if lead and "\t" in raw[:lead] else lead
            first = start + lead
            line = _Line(first, first + len(content), indent, start > 0 and text[start - 1] == "\f")
        else:
            line = _Line(start, start, 0, start > 0 and text[start - 1] == "\f")
        lines.append(line)
        start += len(raw) + 1
    return lines


def _is_by_line(text: str, lines: Sequence[_Line]) -> bool:
    """Return whether each line is a paragraph, without blank lines between them, as word processors save plain text.

    The long lines of such a text end sentences, which those of wrapped text seldom do, and are adjacent to other
    lines. Some are longer than any wrapped line, or no line continues the sentence of the previous line.
    """
    shortest = min(_LONG_LINE, max((line.end - line.start for line in lines), default=0) // 2)
    long = [
        number
        for number, line in enumerate(lines)
        if line.end - line.start > shortest and not _ends_in_page(text, line.start, line.end)
    ]
    complete_lengths = [
        lines[number].end - lines[number].start
        for number in long
        if ends_sentence(text[lines[number].start : lines[number].end])
        and not (_blank(lines, number - 1) and _blank(lines, number + 1))
    ]
    if len(long) < _FEWEST_LONG_LINES or 2 * len(complete_lengths) <= len(long):
        return False
    return max(complete_lengths) > _LONGER_THAN_WRAPPED or not any(
        _continues_sentence(text, (line.start, line.end), (next_.start, next_.end)) for line, next_ in pairwise(lines)
    )


def _continues_sentence(text: str, line: tuple[int, int], next_: tuple[int, int]) -> bool:
    """Return whether a line continues the sentence of the previous line, with a lower-case word that is not a label."""
    (start, end), (first, last) = line, next_
    if start == end or first == last or not text[first].islower():
        return False
    return not split(text[first : min(last, first + _HEAD)]) and not ends_sentence(text[start:end])


def _pages(lines: Sequence[_Line]) -> list[list[int]]:
    """Return the line numbers (0-based) of each page, without blank lines."""
    pages: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if line.page:
            pages.append([])
        if not line.is_blank():
            pages[-1].append(number)
    return pages


def _furniture(text: str, lines: Sequence[_Line], pages: Sequence[Sequence[int]]) -> set[int]:
    """Return the numbers of the lines that are running heads, running feet or page numbers.

    A line repeated at the edge of pages may belong to the text. It is a running head only if it is set off by a
    blank line or appears on at least a third of the pages.
    """
    if len(pages) == 1:
        return _loose_furniture(text, lines)
    edges = [(page[:_EDGE], page[: -_EDGE - 1 : -1]) for page in pages]
    heads = {number: _head(text, lines[number]) for page in edges for edge in page for number in edge}
    counts = Counter(head for head in heads.values() if head)
    furniture = {number for number, head in heads.items() if head == ""}
    for page in edges[1:]:
        for edge, step in zip(page, (1, -1), strict=True):
            run = list(takewhile(lambda number: number in furniture or counts[heads[number]] >= _REPEATED, edge))
            while run and not (_blank(lines, run[-1] + step) or counts[heads[run[-1]]] * _MOST_PAGES >= len(pages)):
                run.pop()
            furniture.update(run)
    return furniture


def _notes_at_feet(
    text: str, lines: Sequence[_Line], pages: Sequence[Sequence[int]], dropped: set[int]
) -> dict[int, re.Match[str]]:
    """Return the lines that begin a footnote: at the foot of a page, set off from the text and numbered in sequence."""
    notes: dict[int, re.Match[str]] = {}
    expected = 1
    for page in pages if len(pages) > 1 else ():
        foot = [number for number in page if number not in dropped]
        start = len(foot) - 1
        while start > 0 and foot[start - 1] == foot[start] - 1:
            start -= 1
        for number in foot[max(start, 0) :] if start > 0 else ():
            match = _NOTE.match(text, lines[number].start, lines[number].end)
            if match and int(match[1]) == expected:
                notes[number] = match
                expected += 1
            elif number == foot[start]:
                break
    return notes


def _head(text: str, line: _Line) -> str:
    """Return a line without its page number, for comparison with other pages; "" if it is only a page number."""
    if line.end - line.start > _LONGEST_FURNITURE:
        return text[line.start : line.end]
    words = text[line.start : line.end].split()
    if _PAGE_NUMBER.fullmatch(" ".join(words)):
        return ""
    if words[-1].isdecimal():
        words.pop()
    elif words[0].isdecimal():
        del words[0]
    return " ".join(words)


def _loose_furniture(text: str, lines: Sequence[_Line]) -> set[int]:
    """Return the running heads and feet of a text without form feeds.

    These are isolated numbers, isolated document symbols that recur, and groups of page numbers, job numbers and
    symbols set off by blank lines.
    """
    furniture: set[int] = set()
    symbols: Counter[str] = Counter()
    isolated: list[tuple[int, str]] = []
    for group in _groups(lines):
        if len(group) > _EDGE:
            continue
        words = [" ".join(text[lines[number].start : lines[number].end].split()) for number in group]
        if any(len(word) > _LONGEST_FURNITURE for word in words):
            continue
        kinds = [_furniture_kind(word) for word in words]
        if all(kinds) and "page" in kinds:
            furniture.update(group)
        symbols.update(word for word, kind in zip(words, kinds, strict=True) if kind == "symbol")
        if len(group) == 1 and kinds == ["symbol"]:
            isolated.append((group[0], words[0]))
    seen: set[str] = set()
    for number, word in isolated:
        if word in seen and symbols[word] >= _REPEATED:
            furniture.add(number)
        seen.add(word)
    return furniture


def _groups(lines: Sequence[_Line]) -> Iterator[list[int]]:
    """Yield the numbers of the lines between blank lines."""
    group: list[int] = []
    for number, line in enumerate(lines):
        if line.is_blank():
            if group:
                yield group
            group = []
        else:
            group.append(number)
    if group:
        yield group


def _furniture_kind(line: str) -> str:
    """Return "page" for a page or job number, with a symbol beside it or not, "symbol" for a symbol, else ""."""
    if line.isdecimal() or _JOB_NUMBER.fullmatch(line):
        return "page"
    words = line.split()
    if len(words) == 2 and sum(map(str.isdecimal, words)) == 1 and any(map(_SYMBOL.fullmatch, words)):
        return "page"
    return "symbol" if _SYMBOL.fullmatch(line) else ""


def _line_start(line: _Line) -> int:
    return line.start


def _column(text: str, offset: int) -> int:
    return len(text[text.rfind("\n", 0, offset) + 1 : offset].replace("\f", "").expandtabs(8))


def _blank(lines: Sequence[_Line], number: int) -> bool:
    return not 0 <= number < len(lines) or lines[number].start == lines[number].end


def _read(text: str, lines: Sequence[tuple[int, int]]) -> Inline:
    """Return the text of lines: wide gaps become tabs, narrow ones spaces, superscript figures footnote marks."""
    raw = plain(text, lines, hyphens=True)
    matches = [*_GAP.finditer(raw.text), *_RAISED.finditer(raw.text)]
    if not matches:
        return raw
    offsets = OffsetMap.of_pieces(raw.pieces)
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    marks: list[Mark] = []
    length = copied = 0
    for match in sorted(matches, key=lambda match: match.start()):
        string = match.group()
        if string[0] in " \t":
            new = "\t" if len(string) >= _WIDE_GAP or "\t" in string else " "
        else:
            labels = note_labels(string.translate(_FIGURES), raw.text[max(0, match.start() - 16) : match.start()])
            if labels is None:
                continue
            new = ""
        parts += (raw.text[copied : match.start()], new)
        pieces.append((length, copied))
        length += match.start() - copied
        if new:
            pieces.append((length, match.start()))
        else:
            span = offsets.span(match.start(), match.end())
            marks += [Mark(MarkKind.FOOTNOTE, length, length, span, label) for label in labels or ()]
        length += len(new)
        copied = match.end()
    parts.append(raw.text[copied:])
    pieces.append((length, copied))
    pieces = _split_at_lines(pieces, raw.line_starts)
    raw_line_starts = set(raw.line_starts)
    starts = sorted({here for here, there in pieces if there in raw_line_starts})
    return Inline("".join(parts), [(here, offsets(there)) for here, there in pieces], marks, starts)


def _split_at_lines(pieces: Sequence[tuple[int, int]], starts: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pieces split at the offsets where lines start."""
    split_pieces: list[tuple[int, int]] = []
    line = 0
    for number, (here, there) in enumerate(pieces):
        end = pieces[number + 1][0] - here + there if number + 1 < len(pieces) else starts[-1] + 1
        split_pieces.append((here, there))
        while line < len(starts) and starts[line] < end:
            if starts[line] > there:
                split_pieces.append((here + starts[line] - there, starts[line]))
            line += 1
    return split_pieces
