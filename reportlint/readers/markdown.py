"""Reads Markdown with a line scanner that keeps source offsets and never renumbers enumerators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reportlint.document import Block, BlockKind, Comment, Document, Enumerator, MarkKind, OffsetMap, Source, Span
from reportlint.document.enumerators import Shape, continues, ends_sentence, split
from reportlint.readers import html_in_markdown, inline
from reportlint.readers.artefacts import join
from reportlint.readers.blockmaker import PendingBlock, glued_titles, make, row
from reportlint.readers.running_labels import RunningLabels, begins_list

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[ \t]*\n|#[^\n]*\n)*[\w\"'-][^\n:]*:(?:[ \t]|\n)")
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"(?:>[ \t]{0,3})+")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"(?:=+|-+)$")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_BULLET = re.compile(r"(?:[-*+•▪◦‣●○■□–—·])(?:[ \t]+|$)")
_SURE_BULLETS = "-*+•▪◦‣●○■□"
_ENUMERATED = re.compile(r"[*_\\\[(（ ]{0,6}[^\W_]{1,7}[ .)）\\*_]")
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,3})+")
_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]:[ \t]*")
_RAISED_NOTE = re.compile(
    r"<sup(?: [^<>]*)?>\s*(?:<a [^<>]*>)?[(\[]?(\d{1,3}|[a-z]|\*{1,3}|(?:\\\*){1,3}|†|‡)[)\]]?"
    r"(?:</a>)?\s*</sup>\s*(?=\S)"
    r"|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*(?=\S)",
    re.IGNORECASE,
)
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DEFINITION = re.compile(
    r"\[(?!\^)([^\[\]\n]{1,200})\]:[ \t]*(?:<([^<>\n]{0,1000})>|([^\s<][^\s]{0,1000}))"
    r"(?:[ \t]+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?[ \t]*$",
    re.MULTILINE,
)
_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r":?-+:?")
_UNREAD = ("script", "style")
_NEVER_CLOSED = ("hr", "li", "p", "dd", "dt", "td", "th", "tr")
_TAGS = re.compile(r"<[^<>]*(?:>|$)")
# A number or symbol between blank lines, in bold or as a heading or not.
_ALONE = re.compile(r"(?<=\n\n)[ \t]*[*_#]{0,6}[ \t]?([\w.()/-]{1,40})[*_]{0,3}[ \t]*(?=\n[ \t]*\n)")
_SYMBOL = re.compile(r"[A-Z]\w*(?:/[\w.()-]+)+")
_FEWEST_PAGES = 3
_MOST_PAGES_SKIPPED = 2
_STARTS = 4
_LONGEST_TITLE = 300
_LONGEST_ENUMERATED_TITLE = 120
_HEAD = 40
_SHORT_LINE = 60
_FULL_LINE = 55
_TEXT_BELOW = 1500
_CODE_INDENT = 4


def read_markdown(source: Source, end: int | None = None) -> Document:
    """Parse a Markdown draft up to the offset ``end``. Never fails; anything that is not markup is text."""
    scanner = _Scanner(source.text[:end])
    scanner.run()
    comments = tuple(scanner.comments[start] for start in sorted(scanner.comments))
    blocks = join(_resolve_emphasized(scanner.blocks), scanner.page_breaks)
    return Document(source, blocks, "markdown", comments=comments)


def _resolve_emphasized(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks; emphasized lines that belong to a series of emphasized paragraphs are no headings.

    Such a line has the number before or after that of an emphasized paragraph, or continues its sentence.
    """
    resolved = list(blocks)
    for step in (-1, 1):
        neighbour: Block | None = None
        for block_index in range(len(resolved))[::step]:
            block = resolved[block_index]
            is_title = block.kind is BlockKind.HEADING and not block.level
            if is_title and block.enumerator and neighbour and _is_series(block, neighbour, step):
                block = resolved[block_index] = replace(block, kind=BlockKind.PARAGRAPH)
            elif is_title and step > 0 and block_index and _runs_on(resolved[block_index - 1], block):
                block = resolved[block_index] = replace(block, kind=BlockKind.PARAGRAPH)
                continue
            if block.enumerator and block.kind is BlockKind.PARAGRAPH and _is_emphasized(block):
                neighbour = block
            elif block.kind is BlockKind.HEADING or (block.enumerator and block.kind is BlockKind.PARAGRAPH):
                neighbour = None
    return resolved


def _runs_on(before: Block, heading: Block) -> bool:
    """Return whether an emphasized line continues the emphasized numbered paragraph before it in mid-sentence."""
    return (
        heading.enumerator is None
        and before.enumerator is not None
        and before.kind is BlockKind.PARAGRAPH
        and _is_emphasized(before)
        and not ends_sentence(before.text)
    )


def _is_emphasized(block: Block) -> bool:
    return any(mark.kind in (MarkKind.STRONG, MarkKind.EMPHASIS) and mark.start == 0 for mark in block.marks)


def _is_series(heading: Block, neighbour: Block, step: int) -> bool:
    assert neighbour.enumerator is not None
    assert heading.enumerator is not None
    labels = (neighbour.enumerator.text, heading.enumerator.text)
    return continues(*labels[::step]) and heading.enumerator.text[0].isdecimal()


class _Fence:
    __slots__ = ("indent", "mark", "pieces", "quoted", "start")

    def __init__(self, mark: str, start: int, indent: int, quoted: bool) -> None:
        self.mark, self.start, self.indent, self.quoted = mark, start, indent, quoted
        self.pieces: list[tuple[int, int]] = []


class _Scanner:
    """Scanner that processes the text in one pass over its lines. ``pending`` is the open block, if any."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.page_breaks: list[bool] = []
        self.comments: dict[int, Comment] = {}
        self.pending: PendingBlock | None = None
        self.pending_quoted = False
        self.fence: _Fence | None = None
        self.columns = 0
        self.blank_lines = 0
        self.rule_seen = False
        self.in_list = False
        self.paragraph_indent = 0
        self.labels = RunningLabels()
        self.html_depth = 0
        self.html_level = 0
        self.html_quotes = 0
        self.html_item = False
        self.html_indent = 0
        self.page_break = False
        self.references = _references(text)
        self.furniture = _furniture(text)

    def run(self) -> None:
        text, size = self.text, len(self.text)
        position = self.front_matter()
        while position < size:
            end = text.find("\n", position)
            if end < 0:
                end = size
            position = self.line(position, end)
        self.close_fence()
        self.close()

    def front_matter(self) -> int:
        """Return the offset at which the front matter ends; 0 if there is none."""
        if _FRONT_MATTER.match(self.text) and (end := _FRONT_MATTER_END.search(self.text, self.text.index("\n"))):
            return end.end()
        return 0

    # lines

    def line(self, start: int, end: int) -> int:
        """Process the line ``start:end`` and return the offset at which to continue."""
        text = self.text
        line = text[start:end]
        content = line.lstrip()
        if not content or start in self.furniture:
            self.rule_seen = self.rule_seen or bool(content)
            self.blank(start, end)
            return end + 1
        first = start + len(line) - len(content)
        last = first + len(content.rstrip())
        indent = first - start
        if indent and "\t" in line[:indent]:
            indent = len(line[:indent].expandtabs(_CODE_INDENT))
        quoted = False
        if content[0] == ">" and (indent < _CODE_INDENT or self.in_list) and not (self.fence and not self.fence.quoted):
            match = _QUOTE.match(text, first, last)
            assert match is not None
            quoted = True
            first = match.end()
            if first >= last:
                self.blank(start, end)
                return end + 1
            indent = 0 if self.fence is None else first - match.end()
        if self.fence and self.in_fence(start, first, last, indent, quoted):
            return end + 1
        if text.startswith("<!--", first):
            return self.comment(first, end)
        if "<" in content and (text[first] == "<" or text[last - 1] == ">") and html_in_markdown.has_elements(content):
            return self.html(first, last, indent, quoted) or end + 1
        self.content(first, last, indent, quoted)
        self.blank_lines = 0
        return end + 1

    def blank(self, start: int, end: int) -> None:
        if self.fence:
            if not self.fence.quoted:
                self.fence.pieces.append((start, end))
                return
            self.close_fence()
        self.blank_lines += 1
        self.columns = 0
        if self.pending and self.pending.keeps_blank:
            self.pending.blank_seen = True
        else:
            self.close()

    def comment(self, start: int, line_end: int) -> int:
        """Process the comments at the beginning of a line and return the offset at which to continue."""
        self.close()
        text, spans = self.text, []
        while text.startswith("<!--", start):
            close = text.find("-->", start + 2)
            end = len(text) if close < 0 else close + 3
            spans.append(Span(start, end))
            if end >= line_end:
                line_end = text.find("\n", end)
                line_end = len(text) if line_end < 0 else line_end
            start, _ = _trimmed(text, end, line_end)
        alone = not text[end:line_end].strip()
        for span in spans:
            self.add_comment(span, alone)
        return line_end + 1 if alone else end

    def add_comment(self, span: Span, alone: bool) -> None:
        closed = self.text.endswith("-->", span.start, span.end)
        start = min(span.start + 4, span.end)
        inner = Span(start, max(start, span.end - 3 if closed else span.end))
        # Titles are read twice; their comments must be recorded once.
        self.comments[span.start] = Comment(self.text[inner.start : inner.end], inner, span, alone)

    def html(self, start: int, end: int, indent: int, quoted: bool) -> int | None:
        """Process a line with block tags, each of which ends a block.

        Return the offset at which to continue, or ``None`` if that is the next line.
        """
        text, position = self.text, start
        for tag in html_in_markdown.BLOCK_TAG.finditer(text, start, end):
            if tag.start() < position:
                continue
            self.html_text(position, tag.start(), indent, quoted)
            position = tag.end()
            if (resume := self.tag(tag.group(2).lower(), bool(tag.group(1)), position, quoted)) is not None:
                if resume > end:
                    return resume
                position = resume
        self.html_text(position, end, indent, quoted)
        self.blank_lines = 0
        return None

    def tag(self, name: str, closing: bool, after: int, quoted: bool) -> int | None:
        """Process the block tag that ends at ``after``; return the offset after a data row or an unread element."""
        self.close()
        self.columns = 0
        if name not in _NEVER_CLOSED:
            self.html_depth = max(0, self.html_depth + (-1 if closing else 1))
        if name[0] == "h" and name[1:].isdecimal():
            self.html_level = 0 if closing else int(name[1:])
        elif name == "blockquote":
            self.html_quotes = max(0, self.html_quotes + (-1 if closing else 1))
        elif name in ("ul", "ol"):
            self.html_indent = max(0, self.html_indent + (-2 if closing else 2))
        elif name == "li":
            self.html_item = not closing
        elif name == "tr" and not closing and not quoted and (data := html_in_markdown.data_row(self.text, after)):
            self.emit_row(data[0])
            return data[1]
        elif not closing and name in _UNREAD:
            match = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, after)
            return match.end() if match else len(self.text)
        return None

    def html_text(self, start: int, end: int, indent: int, quoted: bool) -> None:
        first, last = _trimmed(self.text, start, end)
        if first == last:
            return
        for number, piece in enumerate(html_in_markdown.pieces(self.text, first, last)):
            if number or piece.label:
                self.close()
            first, last = _trimmed(self.text, piece.start, piece.end)
            if piece.label:
                self.html_labelled(piece.label, first, last, indent, quoted)
            elif first < last:
                self.content(first, last, indent, quoted)

    def html_labelled(self, label: Enumerator, first: int, last: int, indent: int, quoted: bool) -> None:
        """Open a block whose enumerator is in a separate element."""
        bullet, self.html_item = self.html_item, False
        kind = BlockKind.HEADING if self.html_level else BlockKind.ITEM
        if label.text[0].isdecimal() and label.text[-1] != ")" and not (bullet or self.html_level):
            kind = BlockKind.PARAGRAPH
        lines = [(first, last)] if first < last else []
        indent = max(indent, self.html_indent)
        self.open(PendingBlock(kind, lines, indent, bullet, self.html_level, label, head=label.text), quoted)
        if kind is not BlockKind.HEADING:
            self.in_list = True
            self.labels.remember(label.text)

    def in_fence(self, start: int, first: int, last: int, indent: int, quoted: bool) -> bool:
        """Return whether the line belongs to the open fence; add it to the fence if so."""
        fence = self.fence
        assert fence is not None
        if fence.quoted and not quoted:
            self.close_fence()
            return False
        content = self.text[first:last]
        if indent < _CODE_INDENT + fence.indent and content.startswith(fence.mark) and not content.strip(fence.mark[0]):
            self.close_fence()
        else:
            begin = first if fence.quoted else start
            end = self.text.find("\n", last)
            fence.pieces.append((begin, len(self.text) if end < 0 else end))
        return True

    def close_fence(self) -> None:
        fence, self.fence = self.fence, None
        if fence and any(start < end for start, end in fence.pieces):
            self.code(fence.pieces)

    # line types

    def content(self, first: int, last: int, indent: int, quoted: bool) -> None:
        text = self.text
        sign = text[first]
        pending = self.pending
        if pending and pending.blank_seen:
            if indent < _CODE_INDENT:
                self.close()
            pending.blank_seen = False
            pending = self.pending
        lazy = bool(pending) and self.pending_quoted and not quoted
        if pending and self.pending_quoted != quoted and not (lazy and not self.starts_block(first, last)):
            self.close()
            pending = None
            lazy = False
        if self.columns and (quoted or not self.table_row(first, last)):
            self.columns = 0
        elif self.columns:
            return
        if self.html_level:
            if pending:
                pending.lines.append((first, last))
            else:
                self.open(PendingBlock(BlockKind.HEADING, [(first, last)], level=self.html_level), quoted)
            return
        if sign in "-=*_" and not lazy and self.underline_or_rule(first, last, indent):
            return
        if sign == "#" and indent < _CODE_INDENT and (match := _ATX.match(text, first, last)):
            self.atx(match, last, quoted)
            return
        if sign in "`~" and (match := _FENCE.match(text, first, last)):
            self.open_fence(match, indent, quoted)
            return
        if sign == "[" and self.note_or_definition(first, last, quoted):
            return
        if (sign == "<" or sign in "⁰¹²³⁴⁵⁶⁷⁸⁹") and (pending is None or pending.kind is BlockKind.FOOTNOTE):
            match = _RAISED_NOTE.match(text, first, last)
            if match:
                label = (match.group(1) or match.group(2)).translate(_FIGURES).replace("\\", "")
                mark_end = match.start() + len(match.group().rstrip())
                self.footnote(label, Span(first, mark_end), match.end(), last, False)
                return
        if "|" in text[first:last] and not quoted and self.delimiter_row(first, last):
            return
        self.paragraph(first, last, indent, quoted)

    def underline_or_rule(self, first: int, last: int, indent: int) -> bool:
        """Process a setext underline or a thematic break; return whether the line is one of them."""
        text, pending = self.text, self.pending
        if indent >= _CODE_INDENT and pending is None:
            return False
        if (
            pending
            and pending.lines
            and pending.kind is BlockKind.PARAGRAPH
            and not pending.bullet
            and _UNDERLINE.match(text, first, last)
        ):
            length = pending.lines[-1][1] - pending.lines[0][0]
            limit = _LONGEST_ENUMERATED_TITLE if pending.head else _LONGEST_TITLE
            sentence = pending.head and (
                len(pending.lines) > 1 or ends_sentence(text[pending.lines[-1][0] : pending.lines[-1][1]])
            )
            if text[first] == "=" or (length <= limit and not sentence):
                pending.kind = BlockKind.HEADING
                pending.level = 1 if text[first] == "=" else 2
                self.close()
                return True
        if text[first] != "=" and _RULE.match(text, first, last):
            self.close()
            self.rule_seen = True
            return True
        return False

    def atx(self, match: re.Match[str], last: int, quoted: bool) -> None:
        self.close()
        title = self.text[match.end() : last]
        bare = title.rstrip("#")
        if not bare or bare[-1] in " \t":
            title = bare.rstrip()
        if title:
            start = match.end()
            self.open(PendingBlock(BlockKind.HEADING, [(start, start + len(title))], level=len(match.group(1))), quoted)
            self.close()

    def open_fence(self, match: re.Match[str], indent: int, quoted: bool) -> None:
        self.close()
        self.fence = _Fence(match.group(1) or match.group(2), match.start(), indent, quoted)

    def note_or_definition(self, first: int, last: int, quoted: bool) -> bool:
        """Open a footnote or skip a link definition; return whether the line is one of them."""
        if match := _NOTE.match(self.text, first, last):
            span = Span(first, first + len(match.group(1)) + 3)
            self.footnote(match.group(1), span, match.end(), last, True)
            return True
        return self.pending is None and not quoted and _DEFINITION.match(self.text, first, last) is not None

    def footnote(self, label: str, span: Span, first: int, last: int, keeps_blank: bool) -> None:
        self.close()
        lines = [(first, last)] if first < last else []
        pending = PendingBlock(BlockKind.FOOTNOTE, lines, label=Enumerator(label, span), keeps_blank=keeps_blank)
        self.open(pending, False)

    def paragraph(self, first: int, last: int, indent: int, quoted: bool) -> None:
        """Open an item or paragraph, or add the line to the open block."""
        text, pending = self.text, self.pending
        bullet = self.html_item
        indent = max(indent, self.html_indent)
        self.html_item = False
        start = first
        if self.is_bullet(first, last):
            while match := _BULLET.match(text, start, last):
                start = match.end()
            bullet = True
            if start >= last:
                return
            if match := _FENCE.match(text, start, last):
                self.open_fence(match, indent, quoted)
                return
        head = self.enumerator(start, last)
        if pending and not bullet and not (head and self.begins_block(head, pending)):
            pending.lines.append((first, last))
            return
        code = indent >= _CODE_INDENT and not (self.in_list or quoted or self.html_depth)
        if pending is None and not bullet and not head and code:
            line_start = text.rfind("\n", 0, first) + 1
            self.code([(line_start, last)])
            return
        self.close()
        if head and start + len(head) == last and _DECIMAL.fullmatch(head):
            label = Enumerator(head, Span(start, last))
            self.labels.remember(head)
            self.open(PendingBlock(BlockKind.PARAGRAPH, [], indent, bullet, label=label, head=head), quoted)
            return
        nested = bool(head) and self.in_list and indent > self.paragraph_indent + 1
        pending = PendingBlock(BlockKind.PARAGRAPH, [(start, last)], indent, bullet, head=head, nested=nested)
        if not bullet and not head and text[first : first + 2] in ("**", "__") and self.bold_line(pending, quoted):
            return
        if bullet or head:
            self.in_list = True
            if not bullet and not nested:
                self.paragraph_indent = indent
            if head:
                self.labels.remember(head)
        elif indent < 2:
            self.in_list = False
        self.open(pending, quoted)

    def is_bullet(self, first: int, last: int) -> bool:
        if not _BULLET.match(self.text, first, last):
            return False
        if self.text[first] in _SURE_BULLETS or self.pending is None:
            return True
        return self.after_sentence(self.pending)

    def enumerator(self, first: int, last: int) -> str:
        """Return the enumerator that a line begins with; "" if there is none or its shape is ``Shape.HIGH``."""
        head = self.text[first : min(last, first + _HEAD)]
        if head[:1] == "[" and "](" in self.text[first:last]:
            return ""
        if "<" in head:
            head = _TAGS.sub("", self.text[first : min(last, first + _HEAD * 5)])[:_HEAD].lstrip()
        if not _ENUMERATED.match(head):
            return ""
        for markup in "\\*_":
            if markup in head:
                head = head.replace(markup, "")
        enumerator = split(head)
        if enumerator is None and _DECIMAL.fullmatch(head.rstrip()) and self.labels.continues_chapter(head.rstrip()):
            return head.rstrip()  # alone on its line; the words follow on the next
        if enumerator is None or enumerator.shape is Shape.HIGH:
            return ""
        label = head[: enumerator.end]
        return label if self.labels.may_be(label, enumerator.shape) else ""

    def begins_block(self, head: str, pending: PendingBlock) -> bool:
        """Return whether a line that begins with an enumerator ends the open block and begins another."""
        if self.after_sentence(pending):
            return True
        if self.labels.is_next_number(head) or self.labels.continues_chapter(head) or self.opens_list(head, pending):
            return True
        return bool(pending.head or pending.bullet) and self.labels.is_next(head)

    def opens_list(self, head: str, pending: PendingBlock) -> bool:
        """Return whether ``head`` is the first label of a list directly under a short line without a label."""
        if pending.head or pending.bullet or len(pending.lines) > 1 or pending.kind is not BlockKind.PARAGRAPH:
            return False
        start, end = pending.lines[0]
        if end - start > _SHORT_LINE or self.text[start].islower() or self.text[end - 1] in ",-":
            return False
        line_end = self.text.find("\n", end + 1)
        below = self.text[line_end : line_end + _TEXT_BELOW].split("\n") if line_end > 0 else ()
        return begins_list(head, (line.lstrip(" \t>*_") for line in below))

    def after_sentence(self, pending: PendingBlock) -> bool:
        """Return whether the last line of a pending block ends a sentence."""
        if not pending.lines:
            return True
        start, end = pending.lines[-1]
        return ends_sentence(self.text[max(start, end - 100) : end])

    def bold_line(self, pending: PendingBlock, quoted: bool) -> bool:
        """Emit a line that is emphasized throughout as a heading, whatever follows; return whether it is one."""
        end = pending.lines[0][1]
        if self.text[end - 1] not in "*_" or quoted:
            return False
        start = pending.lines[0][0]
        if end - start > _FULL_LINE and self.text.startswith(self.text[start : start + 2], end + 1):
            return False  # a sentence in bold, each line of which the converter marked
        if not glued_titles(self.read(self.text, pending.lines)):
            return False
        self.open(pending, quoted)
        self.close()
        return True

    # tables

    def delimiter_row(self, first: int, last: int) -> bool:
        """If the line is the delimiter row of a table, emit the previous line as the header; return whether it is."""
        line, pending = self.text[first:last], self.pending
        if (
            not (pending and pending.lines)
            or pending.kind is not BlockKind.PARAGRAPH
            or pending.bullet
            or set(line) - set("|:- \t")
        ):
            return False
        cells = self.cells(first, last)
        header = self.cells(*pending.lines[-1])
        if len(cells) != len(header) or not all(_DELIMITER.fullmatch(self.text, a, b) for a, b in cells):
            return False
        pending.lines.pop()
        if not pending.lines:
            self.pending = None
        self.close()
        self.columns = len(header)
        self.emit_row([[cell] for cell in header])
        return True

    def table_row(self, first: int, last: int) -> bool:
        text = self.text
        if text[first] == ">" or ("|" not in text[first:last] and self.starts_block(first, last)):
            return False
        self.emit_row([[cell] for cell in self.cells(first, last)])
        return True

    def starts_block(self, first: int, last: int) -> bool:
        """Return whether a line begins a block and so cannot continue the previous one."""
        text = self.text
        begins = any(pattern.match(text, first, last) for pattern in (_BULLET, _ATX, _FENCE, _RULE))
        return begins or text[first] == "<" or bool(self.enumerator(first, last))

    def cells(self, first: int, last: int) -> list[tuple[int, int]]:
        text = self.text
        if text[first] == "|":
            first += 1
        if last > first and text[last - 1] == "|" and text[last - 2] != "\\":
            last -= 1
        bars = [bar.start() for bar in _PIPE.finditer(text, first, last)]
        return [_trimmed(text, a, b) for a, b in zip([first, *(bar + 1 for bar in bars)], [*bars, last], strict=True)]

    def emit_row(self, cells: Sequence[Sequence[tuple[int, int]]]) -> None:
        self.in_list = False
        if block := row(self.text, cells, self.read):
            self.emit(block)

    # blocks

    def read(self, text: str, lines: Sequence[tuple[int, int]]) -> inline.Inline:
        result = inline.read(text, lines, self.references)
        for span in result.comments:
            self.add_comment(span, alone=False)
        return result

    def open(self, pending: PendingBlock, quoted: bool) -> None:
        self.pending = pending
        self.pending_quoted = quoted
        self.page_break = self.rule_seen or self.blank_lines > 1
        self.rule_seen = False
        if pending.kind is BlockKind.HEADING:
            self.in_list = False
            self.labels.forget()

    def close(self) -> None:
        pending, self.pending = self.pending, None
        if pending is None or (not pending.lines and pending.label is None):
            return
        if not pending.lines:
            assert pending.label is not None
            end = pending.label.span.end
            self.emit(Block(pending.kind, "", OffsetMap.shift(end), pending.label), self.page_break)
            return
        if self.pending_quoted or self.html_quotes:
            pending.kind = BlockKind.QUOTATION
        for block in make(self.text, pending, self.read):
            self.emit(block, self.page_break)
            self.page_break = False

    def code(self, lines: Sequence[tuple[int, int]]) -> None:
        content = inline.plain(self.text, lines)
        self.emit(Block(BlockKind.CODE, content.text, content.offsets(), line_starts=tuple(content.line_starts)))

    def emit(self, block: Block, page_break: bool = False) -> None:
        self.blocks.append(block)
        self.page_breaks.append(page_break)


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the range ``first:last`` without surrounding white space."""
    raw = text[first:last]
    content = raw.strip()
    first += len(raw) - len(raw.lstrip()) if content else 0
    return first, first + len(content)


def _furniture(text: str) -> frozenset[int]:
    """Return the offsets of the lines that a converter copied from the heads and feet of pages.

    These are page numbers alone on their lines, if at least three count up, and recurring symbols beside them.
    """
    alone: list[tuple[int, str]] = []
    numbers: list[tuple[int, int]] = []
    for match in _ALONE.finditer(text):
        word = match.group(1)
        if word.isdecimal():
            numbers.append((len(alone), int(word)))
        elif not _SYMBOL.fullmatch(word):
            continue
        alone.append((match.start(), word))
    pages = max((_pages(numbers[start:]) for start in range(min(len(numbers), _STARTS))), key=len, default=[])
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    counts = Counter(word for _, word in alone)
    found = {alone[index][0] for index in pages}
    for index in pages:
        for beside in (index - 1, index + 1):
            if (
                0 <= beside < len(alone)
                and counts[alone[beside][1]] >= _FEWEST_PAGES
                and _near(text, alone, index, beside)
            ):
                found.add(alone[beside][0])
    return frozenset(found)


def _pages(numbers: Sequence[tuple[int, int]]) -> list[int]:
    """Return the indexes of the numbers that count up from the first, by one or two."""
    chain: list[int] = []
    last = 0
    for index, value in numbers:
        if not chain or 0 < value - last <= _MOST_PAGES_SKIPPED:
            chain.append(index)
            last = value
    return chain


def _near(text: str, alone: Sequence[tuple[int, str]], index: int, beside: int) -> bool:
    """Return whether only blank lines stand between two lines."""
    first, second = sorted((index, beside))
    start, word = alone[first]
    return not text[text.index(word, start) + len(word) : alone[second][0]].strip("*_# \t\n")


def _references(text: str) -> dict[str, str]:
    """Return the targets of all link definitions by normalized label; the first definition of a label wins."""
    if "]:" not in text:
        return {}
    references: dict[str, str] = {}
    for match in re.finditer(r"^ {0,3}(?=\[[^^])", text, re.MULTILINE):
        definition = _DEFINITION.match(text, match.end())
        if definition:
            target = definition.group(2) if definition.group(2) is not None else definition.group(3)
            references.setdefault(inline.normal_label(definition.group(1)), target)
    return references
