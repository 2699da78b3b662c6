"""Reads plain text: paragraphs by blank lines, enumerators and indentation; page furniture is dropped."""

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
from reportlint.readers.artefacts import join
from reportlint.readers.blockmaker import PendingBlock, make, row
from reportlint.readers.enumerators import Shape, continues, ends_sentence, skeleton, split
from reportlint.readers.flattened import cuts
from reportlint.readers.inline import Inline, note_labels, plain

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
# Numbers of the print shop ("GE.20-02503(E)") and what is left of bar codes (private use characters only).
_JOB_NUMBER = re.compile(r"[A-Z]{1,3}\.\d\d-\d{5} ?\([A-Z]\)[\d ]*|[\ue000-\uf8ff\s]+")
_WIDE_GAP = 3
_HEAD = 48
_REPEATED = 3
_EDGE = 3
_MOST_PAGES = 3
_LONGEST_FURNITURE = 120
_LONGEST_TITLE = 260
_LONGEST_ARABIC_TITLE = 120
_TITLE_LINES = 3
_COLUMNS = re.compile(r"\S(?:\t| {3,})\S")
_NOTE = re.compile(r"(\d{1,3})(?:\t| {2,})\s*(?=\S)")
_LABEL_GAP = re.compile(r"\S(?:\t|[ \t]{3,})")
_LONG_LINE = 60
_LONGER_THAN_WRAPPED = 120
_FEWEST_LONG_LINES = 2


def read_text(source: Source) -> Document:
    """Read a plain text. Never fails."""
    scanner = _Scanner(source.text)
    scanner.run()
    blocks = _true_titles(scanner.blocks, scanner.titles)
    return Document(source, join(blocks, scanner.breaks), "text", by_line=scanner.by_line)


class _Line:
    __slots__ = ("end", "indent", "page", "start")

    def __init__(self, start: int, end: int, indent: int, page: bool) -> None:
        self.start, self.end, self.indent, self.page = start, end, indent, page

    def is_blank(self) -> bool:
        return self.start == self.end


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.breaks: list[bool] = []
        self.titles: list[int] = []
        self.draft: PendingBlock | None = None
        self.last_indent = 0
        self.breaking = False
        self.pending_break = False
        self.last: dict[str, str] = {}
        self.last_number = self.highest = 0
        self.cuts: list[int] = []
        self.by_line = False

    def run(self) -> None:
        lines = _lines(self.text)
        self.by_line = _is_by_line(self.text, lines)
        pages = _pages(lines)
        dropped = _furniture(self.text, lines, pages)
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
        """The line, cut where blocks begin inside it."""
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
        text, draft = self.text, self.draft
        first, last = line.start, line.end
        if text[first] == "|" and text[last - 1] == "|" and last - first > 1:
            self.close()
            self.table_row(first, last)
            return
        if text[first] in _SUPERSCRIPTS and (match := _RAISED_NOTE.match(text, first, last)):
            self.note(line, match)
            return
        if draft and (self.ends_title(draft, line) or self.is_whole(draft, line)):
            self.close()
            draft = None
        start, bullet = self.bullet(first, last)
        found = self.enumerator(start, last, line)
        head, shape = found if found else ("", None)
        if draft and not bullet and not (head and self.breaks_off(head, line, draft)):
            draft.lines.append((first, last))
            self.last_indent = line.indent
            if _ends_in_page(text, first, last):
                self.close()
            return
        self.close()
        self.open(PendingBlock(BlockKind.PARAGRAPH, [(start, last)], line.indent, bullet, head=head), line)
        if head:
            self.last[skeleton(head)] = head
            if shape is Shape.NUMBER:
                self.last_number = int(re.match(r"\d+", head)[0])  # type: ignore[index]
                self.highest = max(self.highest, self.last_number)
        if _ends_in_page(text, first, last):
            self.close()

    def note(self, line: _Line, match: re.Match[str]) -> None:
        self.close()
        label = Enumerator(match[1].translate(_FIGURES), Span(line.start, match.end(1)))
        self.open(PendingBlock(BlockKind.FOOTNOTE, [(match.end(), line.end)], line.indent, label=label), line)

    def ends_title(self, draft: PendingBlock, line: _Line) -> bool:
        """Whether a line cannot go on with the heading that seems to be open: it stands below words in brackets
        of their own ("(Agenda item 4)"), or is the head of a table."""
        if not draft.head[:1].isupper() or len(draft.lines) > _TITLE_LINES:
            return False
        start, end = draft.lines[-1]
        if self.text[start] == "(" and self.text[end - 1] == ")":
            return True
        return not _ends_in_page(self.text, line.start, line.end) and bool(
            _COLUMNS.search(self.text, line.start, line.end)
        )

    def is_whole(self, draft: PendingBlock, line: _Line) -> bool:
        """Whether a paragraph exported line by line or with tabs has ended: each is one line, but for breaks in it."""
        if self.by_line:
            return not self.goes_on(draft, line)
        after = draft.lines[0][0] + len(draft.head)
        return bool(draft.head) and self.text[after] == "\t" and self.after_sentence(draft)

    def goes_on(self, draft: PendingBlock, line: _Line) -> bool:
        """Whether a line goes on with the paragraph before it though each is one line: in mid-sentence, or below a
        title with words in brackets of their own, or with its page."""
        text, first, last = self.text, line.start, line.end
        if _goes_on(text, draft.lines[-1], (first, last)):
            return True
        ends_title = text[first] == "(" or _ends_in_page(text, first, last)
        labelled = split(text[first : min(last, first + _HEAD)])
        return draft.head[:1].isupper() and ends_title and not labelled and not self.after_sentence(draft)

    def bullet(self, first: int, last: int) -> tuple[int, bool]:
        match = _BULLET.match(self.text, first, last)
        if match is None or match.end() >= last:
            return first, False
        sure = self.text[first] in _SURE_BULLETS or self.draft is None or self.after_sentence(self.draft)
        return (match.end(), True) if sure else (first, False)

    def enumerator(self, first: int, last: int, line: _Line) -> tuple[str, Shape] | None:
        head = self.text[first : min(last, first + _HEAD)]
        found = split(head)
        if found is None:
            return None
        label = head[: found.end]
        if found.shape is Shape.NUMBER and label[:4].isdigit() and int(label[:4]) != self.last_number + 1:
            return None
        if found.shape is Shape.LOW and label not in ("a.", "i.") and skeleton(label) not in self.last:
            return None
        if found.shape is Shape.HIGH and self.draft is not None and not self.after_sentence(self.draft):
            # A person's initial that happens to begin a line.
            return (label, Shape.HIGH) if _LABEL_GAP.match(head, found.end - 1) else None
        return label, found.shape

    def breaks_off(self, head: str, line: _Line, draft: PendingBlock) -> bool:
        if self.after_sentence(draft):
            return True
        label_end = len(head)
        gap = self.text[line.start + label_end - 1 : line.start + label_end + 4]
        if _LABEL_GAP.match(gap) or (draft.head and draft.head[0].isupper() and line.indent > self.last_indent + 1):
            return True
        # The next number of a running series is no coincidence, whatever it stands in.
        if skeleton(head) == "1." and any(continues(f"{number}.", head) for number in (self.last_number, self.highest)):
            return True
        before = self.last.get(skeleton(head))
        return bool(draft.head or draft.bullet) and before is not None and continues(before, head)

    def after_sentence(self, draft: PendingBlock) -> bool:
        start, end = draft.lines[-1]
        return ends_sentence(self.text[max(start, end - 80) : end])

    def table_row(self, first: int, last: int) -> None:
        cells = []
        start = first + 1
        while start < last:
            bar = self.text.find("|", start, last)
            part = self.text[start:bar]
            left = start + len(part) - len(part.lstrip())
            cells.append((left, left + len(part.strip())))
            start = bar + 1
        if set(self.text[first:last]) <= set("|-: \t"):
            return
        if block := row(self.text, [[cell] for cell in cells], _read):
            self.emit(block, self.pending_break)

    def open(self, draft: PendingBlock, line: _Line) -> None:
        self.draft = draft
        self.last_indent = line.indent
        self.breaking = self.pending_break
        self.pending_break = False

    def close(self) -> None:
        draft, self.draft = self.draft, None
        if draft is None:
            return
        if draft.kind is BlockKind.PARAGRAPH and not draft.bullet:
            title = self.title(draft)
            if title and title != "bare":
                draft.kind = BlockKind.HEADING
                self.last.clear()
            if title in ("arabic", "bare"):
                self.titles.append(len(self.blocks))
            if title is None and draft.head and draft.head[0].isupper():
                draft.head = ""
        for block in make(self.text, draft, _read):
            self.emit(block, self.breaking)
            self.breaking = False

    def title(self, draft: PendingBlock) -> str | None:
        """Whether a paragraph is a heading by its shape: "letter"; perhaps one: "arabic", "bare"; or ``None``."""
        start, end = draft.lines[0][0], draft.lines[-1][1]
        if end - start > _LONGEST_TITLE + 60 * len(draft.lines):
            return None
        if len(draft.lines) > _TITLE_LINES and not (draft.head and self.hangs(draft)):
            return None
        words = " ".join(self.text[a:b] for a, b in draft.lines)[len(draft.head) :].strip()
        if not words or len(words) > _LONGEST_TITLE or ends_sentence(words) or words[-1] in ",-" or words[0].islower():
            return None
        if not draft.head:
            return "bare" if words[0].isupper() and words[-1] not in ":;" and not _COLUMNS.search(words) else None
        if draft.head[0].isupper():
            return "letter"
        if not draft.head[0].isdigit() or draft.head[-1] != ".":
            return None
        short = len(draft.lines) == 1 and len(words) <= _LONGEST_ARABIC_TITLE
        return "arabic" if short or self.hangs(draft) else None

    def hangs(self, draft: PendingBlock) -> bool:
        """Whether the further lines begin below the words of the first: paragraphs go on below their number."""
        (first, end), *others = draft.lines
        words = first + len(draft.head)
        words = end - len(self.text[words:end].lstrip())
        return bool(others) and {_column(self.text, start) for start, _ in others} == {_column(self.text, words)}

    def emit(self, block: Block, breaking: bool) -> None:
        self.blocks.append(block)
        self.breaks.append(breaking)
        self.pending_break = False


def _ends_in_page(text: str, first: int, last: int) -> bool:
    """Whether a line ends as those of a table of contents do: a gap or a row of dots, and a number."""
    start = last
    while start > max(first, last - 5) and text[start - 1].isdigit():
        start -= 1
    gap = text[max(first, start - 4) : start]
    return last - 5 < start < last and (gap.endswith(("\t", "   ")) or gap.rstrip().endswith("..."))


def _true_titles(blocks: Sequence[Block], titles: Sequence[int]) -> list[Block]:
    """Decide on headings by what stands around them.

    Those numbered in Arabic that continue each other line after line, or go on below, are none. Words without
    a label are one between the end of a sentence, or another heading, and a numbered paragraph or heading.
    """
    found = list(blocks)
    for index in titles:
        block = blocks[index]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.enumerator is None:
            before = found[index - 1] if index else None
            ended = before and (before.kind is BlockKind.HEADING or ends_sentence(before.text))
            if ended and following and _numbered(following):
                found[index] = replace(block, kind=BlockKind.HEADING)
            continue
        label = block.enumerator.text
        previous, next_ = _neighbour(blocks, index, -1), _neighbour(blocks, index, 1)
        goes_on = following and not following.enumerator and following.text[:1].islower()
        if goes_on or (previous and continues(previous, label)) or (next_ and continues(label, next_)):
            found[index] = replace(block, kind=BlockKind.PARAGRAPH)
    return found


def _numbered(block: Block) -> bool:
    """Whether a block is a numbered paragraph of laid-out text; in flattened text a line alone says nothing."""
    laid_out = block.indent > 0 or len(block.line_starts) > 1
    return laid_out and block.enumerator is not None and block.enumerator.text.rstrip(".").isdigit()


def _neighbour(blocks: Sequence[Block], index: int, step: int) -> str | None:
    index += step
    while 0 <= index < len(blocks) and blocks[index].kind is BlockKind.ITEM:
        index += step
    label = blocks[index].enumerator if 0 <= index < len(blocks) else None
    return label.text if label else None


def _lines(text: str) -> list[_Line]:
    lines = []
    start = 0
    for raw in text.replace("\f", "\n").split("\n"):
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
    """Whether each line is a paragraph and no blank ones part them, as word processors save plain text.

    Long lines of such a text end sentences, which those of wrapped text seldom do, and touch other lines. Some are
    longer than any wrapped line, or else no line goes on with the sentence of the line before.
    """
    least = min(_LONG_LINE, max((line.end - line.start for line in lines), default=0) // 2)
    long = [
        number
        for number, line in enumerate(lines)
        if line.end - line.start > least and not _ends_in_page(text, line.start, line.end)
    ]
    whole = [
        lines[number].end - lines[number].start
        for number in long
        if ends_sentence(text[lines[number].start : lines[number].end])
        and not (_blank(lines, number - 1) and _blank(lines, number + 1))
    ]
    if len(long) < _FEWEST_LONG_LINES or 2 * len(whole) <= len(long):
        return False
    return max(whole) > _LONGER_THAN_WRAPPED or not any(
        _goes_on(text, (line.start, line.end), (next_.start, next_.end)) for line, next_ in pairwise(lines)
    )


def _goes_on(text: str, line: tuple[int, int], next_: tuple[int, int]) -> bool:
    """Whether a line goes on in mid-sentence with the one above it: with a small letter that is no label."""
    (start, end), (first, last) = line, next_
    if start == end or first == last or not text[first].islower():
        return False
    return not split(text[first : min(last, first + _HEAD)]) and not ends_sentence(text[start:end])


def _pages(lines: Sequence[_Line]) -> list[list[int]]:
    """The numbers of the lines of each page, blank ones left out."""
    pages: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if line.page:
            pages.append([])
        if not line.is_blank():
            pages[-1].append(number)
    return pages


def _furniture(text: str, lines: Sequence[_Line], pages: Sequence[Sequence[int]]) -> set[int]:
    """The numbers of the lines that are running heads or page numbers.

    A line that begins several pages may belong to the text: running heads stand apart, or on most pages.
    """
    if len(pages) == 1:
        return _loose_furniture(text, lines)
    edges = [(page[:_EDGE], page[: -_EDGE - 1 : -1]) for page in pages]
    heads = {number: _head(text, lines[number]) for page in edges for edge in page for number in edge}
    counts = Counter(head for head in heads.values() if head)
    found = {number for number, head in heads.items() if head == ""}
    for page in edges[1:]:
        for edge, step in zip(page, (1, -1), strict=True):
            run = list(takewhile(lambda number: number in found or counts[heads[number]] >= _REPEATED, edge))
            while run and not (_blank(lines, run[-1] + step) or counts[heads[run[-1]]] * _MOST_PAGES >= len(pages)):
                run.pop()
            found.update(run)
    return found


def _notes_at_feet(
    text: str, lines: Sequence[_Line], pages: Sequence[Sequence[int]], dropped: set[int]
) -> dict[int, re.Match[str]]:
    """The lines that begin a footnote: at the foot of a page, apart from the text, their numbers running on."""
    found: dict[int, re.Match[str]] = {}
    expected = 1
    for page in pages if len(pages) > 1 else ():
        foot = [number for number in page if number not in dropped]
        start = len(foot) - 1
        while start > 0 and foot[start - 1] == foot[start] - 1:
            start -= 1
        for number in foot[max(start, 0) :] if start > 0 else ():
            match = _NOTE.match(text, lines[number].start, lines[number].end)
            if match and int(match[1]) == expected:
                found[number] = match
                expected += 1
            elif number == foot[start]:
                break
    return found


def _head(text: str, line: _Line) -> str:
    """A line as it would be repeated on other pages, its page number taken off ("" if it is only that)."""
    if line.end - line.start > _LONGEST_FURNITURE:
        return text[line.start : line.end]
    words = text[line.start : line.end].split()
    if _PAGE_NUMBER.fullmatch(" ".join(words)):
        return ""
    if words[-1].isdigit():
        words.pop()
    elif words[0].isdigit():
        del words[0]
    return " ".join(words)


def _loose_furniture(text: str, lines: Sequence[_Line]) -> set[int]:
    """Without form feeds: lone numbers, and document symbols repeated on lines of their own."""
    alone = [
        number
        for number, line in enumerate(lines)
        if line.start < line.end <= line.start + _LONGEST_FURNITURE
        and _blank(lines, number - 1)
        and _blank(lines, number + 1)
    ]
    words = {number: text[lines[number].start : lines[number].end] for number in alone}
    counts = Counter(words.values())
    seen: set[str] = set()
    found = set()
    for number, word in words.items():
        repeated = word in seen and counts[word] >= _REPEATED and _SYMBOL.fullmatch(word)
        seen.add(word)
        if word.isdigit() or repeated:
            found.add(number)
    return found


def _column(text: str, offset: int) -> int:
    return len(text[text.rfind("\n", 0, offset) + 1 : offset].replace("\f", "").expandtabs(8))


def _blank(lines: Sequence[_Line], number: int) -> bool:
    return not 0 <= number < len(lines) or lines[number].start == lines[number].end


def _read(text: str, lines: Sequence[tuple[int, int]]) -> Inline:
    """The text of some lines: wide gaps are a tab, narrow ones a space; raised figures are footnote marks."""
    found = plain(text, lines, hyphens=True)
    cuts = [*_GAP.finditer(found.text), *_RAISED.finditer(found.text)]
    if not cuts:
        return found
    where = OffsetMap.of_pieces(found.pieces)
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    marks: list[Mark] = []
    at = copied = 0
    for cut in sorted(cuts, key=lambda match: match.start()):
        gap = cut.group()
        if gap[0] in " \t":
            new = "\t" if len(gap) >= _WIDE_GAP or "\t" in gap else " "
        else:
            labels = note_labels(gap.translate(_FIGURES), found.text[max(0, cut.start() - 16) : cut.start()])
            if labels is None:
                continue
            new = ""
        parts += (found.text[copied : cut.start()], new)
        pieces.append((at, copied))
        at += cut.start() - copied
        if new:
            pieces.append((at, cut.start()))
        else:
            span = where.span(cut.start(), cut.end())
            marks += [Mark(MarkKind.FOOTNOTE, at, at, span, label) for label in labels or ()]
        at += len(new)
        copied = cut.end()
    parts.append(found.text[copied:])
    pieces.append((at, copied))
    pieces = _over_lines(pieces, found.line_starts)
    lines_at = set(found.line_starts)
    starts = sorted({here for here, there in pieces if there in lines_at})
    return Inline("".join(parts), [(here, where(there)) for here, there in pieces], marks, starts)


def _over_lines(pieces: Sequence[tuple[int, int]], starts: Sequence[int]) -> list[tuple[int, int]]:
    """The same pieces, cut also where a line starts."""
    found: list[tuple[int, int]] = []
    line = 0
    for number, (here, there) in enumerate(pieces):
        end = pieces[number + 1][0] - here + there if number + 1 < len(pieces) else starts[-1] + 1
        found.append((here, there))
        while line < len(starts) and starts[line] < end:
            if starts[line] > there:
                found.append((here + starts[line] - there, starts[line]))
            line += 1
    return found
