"""Parses inline Markdown: removes the markup, keeps it as marks and maps each character to its source offset."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from io import StringIO
from itertools import pairwise
from typing import ClassVar, NamedTuple, overload

from reportlint.document import Mark, MarkKind, OffsetMap, Span, compact
from reportlint.document.source import fold

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SIGNS = rf"\\`*_\[<&\t{SUPERSCRIPTS}"  # with which markup begins, apart from a line end and a second space
_MARKUP = re.compile(f"[{_SIGNS}]")
_EMPHASIZED_FIRST = re.compile(rf"(\*\*?|__?)(?=\S)([^{_SIGNS}]+)(?<=\S)\1(?=[\s.,:;]|$)([^{_SIGNS}]*)")
# Each alternative begins with one character, so that a search only tries them where one of these stands.
_TOKEN = re.compile(
    r"\\[\n!-/:-@\[-`{-~]"
    r"|``*|\*\**|__*|\n"
    r"|\[\^[^\]\s\[]{1,60}\]"
    r"|!\[|\[|\]|<"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    + "".join(rf"|{figure}[{SUPERSCRIPTS}]*(?:,[{SUPERSCRIPTS}]+)*" for figure in SUPERSCRIPTS)
    + r"| [ \t]+|\t[ \t]*"
)
_TICKS = re.compile(r"`+")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<[?!][A-Za-z\[][^<>]*>")
_BREAK = re.compile(r"<br(?:\s[^<>]*)?/?>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255})>")
_SUP = re.compile(r"<sup(?:\s[^<>]*)?>((?:[^<]|<(?!/?sup)){0,160})</sup\s*>", re.IGNORECASE)
_ANCHORED = re.compile(r"<[^<>]*>|\[(?=[^\]]*\]\()|\]\([^()]*\)")
_LABELS = re.compile(r"[(\[]*\^?((?:\d{1,3}|\*{1,3}|†{1,2}|‡{1,2})(?:\s*,\s*(?:\d{1,3}|\*{1,3}))*)[)\]]*")
# A superscript figure after these is a power ("km²", "3×10⁶"), not a footnote mark.
_UNIT = re.compile(r"(?:^|[\W\d])(?:[kcdm\u00b5]?(?:m|g|N|W|J|mol|rad)/)?(?:[kcdmh]?m|(?<=/)(?:s|h|min))$")
_POWER = re.compile(r"[×·] ?10$")
_RAISED = re.compile(r"<[^<>]*>|[*_\\<>]+|([^<>*_\\]+)")
_TARGET = re.compile(
    r"\(\s{0,99}(?:<([^<>\n]{0,2000})>|([^\s()<][^\s()]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,200}){0,20}"
    r"|(?:\([^\s()]{0,200}\)[^\s()]{0,200}){1,20})?)"
    r"(?:\s{1,99}(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|\([^()]{0,1000}\)))?\s{0,99}\)"
)
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]|\\.){0,200})\]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~¡-©«¬®-±´¶-¸»¿×÷‐-⁞₠-⃀←-⯿、-〃〈-〟！-／：-＠［-｀｛-･]")
FIGURES = str.maketrans(SUPERSCRIPTS, "0123456789")
_NOTE_FOLLOWERS = " \n.,;:!?)]"
# Beyond this number, delimiter runs and open brackets are read as text.
_MOST = 50_000
_LONGEST_LABEL = 300
# In Python 3.11, looking up a member of an enumeration takes long.
_STRONG, _EMPHASIS = MarkKind.STRONG, MarkKind.EMPHASIS


class Inline(NamedTuple):
    """A text without markup. ``line_starts`` are an array if there are several.

    ``comments`` are the source ranges of all comments in the lines that were read; any part of the text keeps all of
    them.
    """

    text: str
    offsets: OffsetMap
    marks: Sequence[Mark] = ()
    line_starts: Sequence[int] = (0,)
    comments: Sequence[Span] = ()

    def part(self, start: int, end: int) -> Inline:
        """Return ``text[start:end]`` with the offsets, marks and line starts adjusted."""
        if start == 0 and end == len(self.text):
            return self
        text, offsets = self.text[start:end], self.offsets.part(start, end)
        if not self.marks and len(self.line_starts) == 1:
            return Inline(text, offsets, comments=self.comments)
        marks = (
            Mark(
                mark.kind,
                max(mark.start, start) - start,
                min(mark.end, end) - start,
                mark.first,
                mark.last,
                mark.value,
            )
            for mark in self.marks
            if (mark.start < end and mark.end > start) or (mark.start == mark.end and start <= mark.start <= end)
        )
        starts: Sequence[int] = (0,)
        if len(self.line_starts) > 1:
            starts = array("I", (0, *(each - start for each in self.line_starts if start < each < end)))
        return Inline(text, offsets, compact(marks) if self.marks else (), starts, self.comments)

    def after(self, start: int) -> Inline:
        """Return ``text[start:]`` with the offsets, marks and line starts adjusted."""
        return self.part(start, len(self.text))

    def stripped(self) -> Inline:
        """Return the text without surrounding white space. The marks of notes in that space are kept."""
        text = self.text
        kept = len(text.strip())
        if kept == len(text):
            return self
        start = len(text) - len(text.lstrip()) if kept else 0
        end = start + kept
        if not self.marks:
            return self.part(start, end)
        marks = (
            mark._replace(start=(at := min(max(mark.start, start), end)), end=at) if mark.start == mark.end else mark
            for mark in self.marks
        )
        return self._replace(marks=compact(marks)).part(start, end)


def plain(text: str, lines: Sequence[tuple[int, int]], hyphens: bool = False) -> Inline:
    """Return the text of ``lines`` (non-empty ranges of ``text``), unchanged but for spaces as line ends.

    With ``hyphens``, a line that ends in a hyphenated word ("forty-") is joined to the next without a space.
    """
    first, last = lines[0][0], lines[-1][1]
    whole = text[first:last]
    if len(lines) == 1:
        return Inline(whole, OffsetMap.shift(first))
    if (
        whole.count("\n") == len(lines) - 1
        and not (hyphens and "-\n" in whole)
        and all(text[end] == "\n" and end + 1 == start for (_, end), (start, _) in pairwise(lines))
    ):  # as most lines: nothing stands between them
        starts = array("I", (start - first for start, _ in lines))
        return Inline(whole.replace("\n", " "), OffsetMap.shift(first), (), starts)
    written = StringIO()
    starts = array("I")
    length = previous_end = 0
    for start, end in lines:
        if starts and not (
            hyphens and text[previous_end - 1] == "-" and text[previous_end - 2 : previous_end - 1].isalpha()
        ):
            written.write(" ")
            length += 1
        starts.append(length)
        written.write(text[start:end])
        length += end - start
        previous_end = end
    pieces = zip(starts, (start for start, _ in lines), strict=True)
    return Inline(written.getvalue(), OffsetMap.of_pieces(pieces), (), starts)


def read(text: str, lines: Sequence[tuple[int, int]], references: Mapping[str, str] | None = None) -> Inline:
    """Parse the inline markup in ``lines`` (ranges of ``text`` without surrounding white space, in order).

    ``references`` maps normalized labels of reference links to their targets. The time taken is linear in the
    length of the lines.
    """
    unparsed = plain(text, lines)
    if not _MARKUP.search(unparsed.text) and "  " not in unparsed.text:
        return unparsed
    if len(lines) == 1 and "  " not in unparsed.text and (match := _EMPHASIZED_FIRST.fullmatch(unparsed.text)):
        return _emphasized_first(match, lines[0][0])
    raw = "\n".join([text[start:end] for start, end in lines]) if len(lines) > 1 else unparsed.text
    return _Reader(raw, unparsed.offsets, references or {}).read()


def _emphasized_first(match: re.Match[str], start: int) -> Inline:
    """Return a text at ``start`` whose only markup is that of its first words, as in most texts with markup."""
    sign, words, rest = match.groups()
    pieces = ((0, start + len(sign)), (len(words), start + match.start(3)))
    offsets = OffsetMap.of_pieces(pieces if rest else pieces[:1])
    marks = _ItalicWords if len(sign) == 1 else _BoldWords
    return Inline(words + rest, offsets, marks(len(words), offsets))


class _FirstWords(Sequence[Mark]):
    """The one mark of a text with its first words in italics or bold. It is created when it is accessed.

    Very many texts of a draft may begin so, and what is kept here takes a quarter of the memory of the mark.
    """

    __slots__ = ("_end", "_offsets")
    _kind: ClassVar[MarkKind]
    _sign: ClassVar[int]
    """The length of the markup before the words, and after them."""

    def __init__(self, end: int, offsets: OffsetMap) -> None:
        self._end, self._offsets = end, offsets

    def _marks(self) -> tuple[Mark]:
        start = self._offsets(0) - self._sign
        return (Mark(self._kind, 0, self._end, start, start + self._end + 2 * self._sign),)

    def __len__(self) -> int:
        return 1

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks())

    @overload
    def __getitem__(self, index: int) -> Mark: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Mark]: ...
    def __getitem__(self, index: int | slice) -> Mark | Sequence[Mark]:
        return self._marks()[index]


class _ItalicWords(_FirstWords):
    __slots__ = ()
    _kind, _sign = _EMPHASIS, 1


class _BoldWords(_FirstWords):
    __slots__ = ()
    _kind, _sign = _STRONG, 2


def normal_label(label: str) -> str:
    """Return the label of a reference link normalized for comparison."""
    return " ".join(label.split()).casefold()


def note_labels(content: str, before: str) -> list[str] | None:
    """Return the footnote labels in superscript ``content``; ``None`` if it is not a footnote mark ("er", "m²").

    ``before`` is the preceding text of the line.
    """
    match = _LABELS.fullmatch(_ANCHORED.sub("", content).replace("\\", "").strip())
    if match is None:
        return None
    labels = [label.strip() for label in match.group(1).split(",")]
    if (labels[0] in ("2", "3") and _UNIT.search(before)) or (labels[0].isdecimal() and _POWER.search(before)):
        return None
    return labels


class _RunKind(NamedTuple):
    """What counts when runs of ``*`` or ``_`` are paired; ``remainder`` is that of their size divided by three."""

    sign: str
    opens: bool
    closes: bool
    remainder: int


_run_kind = cache(_RunKind)  # one object for all runs of a kind


class _Reader:
    """Parser that splits the raw text into nodes and then assembles them.

    A node is the text between its ``starts`` and ``ends`` in the raw text, unless ``written`` has another for it. A
    line feed is a line end. ``source_offset`` maps offsets in the raw text to source offsets. ``mark_ranges`` gives for
    each mark its first node, the node after its last, and its range in the raw text. ``runs`` are the nodes that may
    open or close emphasis, ``brackets`` those that may open a link, and ``bracket_runs`` the number of runs before each
    bracket. There may be a hundred thousand of each, so that their numbers are in arrays.
    """

    def __init__(self, raw: str, source_offset: OffsetMap, references: Mapping[str, str]) -> None:
        self.raw = raw
        self.source_offset = source_offset
        self.references = references
        self.starts = array("I")
        self.ends = array("I")
        self.written: dict[int, str] = {}
        self.mark_kinds: list[MarkKind] = []
        self.mark_values: list[str] = []
        self.mark_ranges = array("I")
        self.runs = array("I")
        self.run_kinds: list[_RunKind] = []
        self.read_runs = 0
        self.brackets = array("I")
        self.bracket_runs = array("I")
        self.inactive_brackets = 0
        self.ticks: dict[int, array[int]] | None = None
        self.no_comment_end = False
        self.comments: list[Span] = []
        self.has_links = "](" in raw or bool(references)

    def read(self) -> Inline:
        raw, search = self.raw, _TOKEN.search
        begun = position = 0  # where the text of the next node begins, and the next token is sought
        while match := search(raw, position):
            start, end = match.span()
            if start > begun:
                self.add(begun, start)
            begun = self.token(match.group(), start, end)
            position = begun if begun > start else start + 1
        if begun < len(raw):
            self.add(begun, len(raw))
        self.pair(0)
        return self.assemble().stripped()

    def add(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)

    def write(self, text: str, start: int, end: int) -> None:
        """Add a node that stands for ``start:end`` of the raw text."""
        self.written[len(self.starts)] = text
        self.add(start, end)

    def add_mark(self, kind: MarkKind, first: int, start: int, end: int, value: str = "") -> None:
        self.add_range(kind, first, len(self.starts), start, end, value)

    def add_range(self, kind: MarkKind, first: int, last: int, start: int, end: int, value: str = "") -> None:
        self.mark_kinds.append(kind)
        self.mark_ranges.extend((first, last, start, end))
        self.mark_values.append(value)

    def token(self, token: str, start: int, end: int) -> int:
        """Process one token and return the offset at which to continue: where it begins if it is text."""
        sign = token[0]
        if sign in "*_":
            self.delimiters(token, start, end)
        elif sign in " \n":
            self.add(start, start + 1)
        elif token == "\\\n":
            self.write("\n", start, end)
        elif sign == "\\":
            self.add(start + 1, end)
        elif sign == "\t":
            self.write(" ", start, end)
        elif sign == "`":
            return self.code(start, end)
        elif sign == "<":
            return self.angle(start)
        elif sign == "&":
            from html import unescape  # noqa: PLC0415 - the table of entities is long, and few drafts have any

            self.write(fold(unescape(token)).replace("\n", " "), start, end)
        elif token == "]":
            return self.close_bracket(start)
        elif token.startswith("[^"):
            self.footnote_marks([token[2:-1]], start, end)
        elif sign in "[!":
            self.open_bracket(token, start)
        else:
            labels = note_labels(token.translate(FIGURES), _text_before(self.raw, start)) if start else None
            if labels and not self.raw[start - 1].isspace():
                self.footnote_marks(labels, start, end)
            else:
                self.add(start, end)
        return end

    def footnote_marks(self, labels: list[str], start: int, end: int) -> None:
        follower = self.raw[end : end + 1]
        if self.starts and (not follower or follower in _NOTE_FOLLOWERS):
            # Otherwise the space before the mark would be doubled or precede a full stop.
            self.strip_last()
        for label in labels:
            self.add_mark(MarkKind.FOOTNOTE, len(self.starts), start, end, label)

    def strip_last(self) -> None:
        """Remove the spaces at the end of the last node."""
        last = len(self.starts) - 1
        if last in self.written:
            self.written[last] = self.written[last].rstrip(" ")
        else:
            start = self.starts[last]
            self.ends[last] = start + len(self.raw[start : self.ends[last]].rstrip(" "))

    def delimiters(self, token: str, start: int, end: int) -> None:
        raw = self.raw
        self.add(start, end)
        self.read_runs += 1
        if self.read_runs > _MOST:
            return
        before = raw[start - 1] if start else " "
        after = raw[end] if end < len(raw) else " "
        white_before, white_after = before.isspace(), after.isspace()
        opens = not white_after and (white_before or not _is_punctuation(after) or _is_punctuation(before))
        closes = not white_before and (white_after or not _is_punctuation(before) or _is_punctuation(after))
        if opens and closes and token[0] == "_":
            opens, closes = _is_punctuation(before), _is_punctuation(after)
        if opens or closes:
            self.runs.append(len(self.starts) - 1)
            self.run_kinds.append(_run_kind(token[0], opens, closes, len(token) % 3))

    def code(self, start: int, end: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for run in _TICKS.finditer(self.raw):
                self.ticks.setdefault(run.end() - run.start(), array("I")).append(run.start())
        size = end - start
        run_starts = self.ticks.get(size, ())
        next_run = bisect_right(run_starts, start)
        if next_run >= len(run_starts):
            self.add(start, end)
            return end
        close = run_starts[next_run]
        first, last = end, close
        content = self.raw[first:last]
        if content[:1] in (" ", "\n") and content[-1:] in (" ", "\n") and content.strip():
            first, last = first + 1, last - 1
        node = len(self.starts)
        self.add_lines(first, last)
        self.add_mark(MarkKind.CODE, node, start, close + size)
        return close + size

    def add_lines(self, start: int, end: int) -> None:
        """Add the lines of a piece of the raw text, with their ends between them."""
        for number, line in enumerate(self.raw[start:end].split("\n")):
            if number:
                self.add(start - 1, start)
            self.add(start, start + len(line))
            start += len(line) + 1

    def angle(self, start: int) -> int:
        raw = self.raw
        if raw.startswith("<!--", start):
            close = -1 if self.no_comment_end else raw.find("-->", start + 2)
            if close >= 0:
                self.comments.append(Span(self.source_offset(start), self.source_offset(close + 2) + 1))
                return close + 3
            self.no_comment_end = True
        elif match := _SUP.match(raw, start):
            return self.superscript(match)
        elif match := _BREAK.match(raw, start):
            self.write("\n", start, match.end())
            return match.end()
        elif match := _AUTOLINK.match(raw, start):
            node = len(self.starts)
            self.add(*match.span(1))
            self.add_mark(MarkKind.LINK, node, start, match.end(), match.group(1))
            return match.end()
        elif match := _TAG.match(raw, start):
            return match.end()
        return start

    def superscript(self, match: re.Match[str]) -> int:
        content = match.group(1)
        labels = note_labels(content, _text_before(self.raw, match.start()))
        if labels:
            self.footnote_marks(labels, match.start(), match.end())
            return match.end()
        node = len(self.starts)
        for piece in _RAISED.finditer(content):
            if piece.group(1):
                self.add_lines(match.start(1) + piece.start(1), match.start(1) + piece.end(1))
        self.add_mark(MarkKind.SUPERSCRIPT, node, match.start(), match.end())
        return match.end()

    def open_bracket(self, token: str, start: int) -> None:
        if self.has_links and len(self.brackets) < _MOST:
            self.brackets.append(len(self.starts))
            self.bracket_runs.append(len(self.runs))
        self.add(start, start + len(token))

    def close_bracket(self, start: int) -> int:
        if not self.brackets:
            self.add(start, start + 1)
            return start + 1
        inactive = len(self.brackets) <= self.inactive_brackets
        bracket, runs_before = self.brackets.pop(), self.bracket_runs.pop()
        opening = self.starts[bracket]
        image = self.raw[opening] == "!"
        self.inactive_brackets = min(self.inactive_brackets, len(self.brackets))
        target, end = (None, 0) if inactive and not image else self.target(self.ends[bracket], start)
        if target is None:
            self.add(start, start + 1)
            return start + 1
        self.ends[bracket] = opening
        self.pair(runs_before)
        self.add_mark(MarkKind.LINK, bracket + 1, opening, end, target)
        if not image:
            self.inactive_brackets = len(self.brackets)
        return end

    def target(self, start: int, close: int) -> tuple[str | None, int]:
        """Return the target of the link whose text is ``start:close`` of the raw text, and the end of the link."""
        raw = self.raw
        if match := _TARGET.match(raw, close + 1):
            return (match.group(1) if match.group(1) is not None else match.group(2) or ""), match.end()
        if not self.references:
            return None, 0
        end = close + 1
        label = ""
        if match := _REFERENCE.match(raw, end):
            label, end = match.group(1), match.end()
        if not label:
            label = raw[start : min(close, start + _LONGEST_LABEL)]
        return self.references.get(normal_label(label)), end

    def pair(self, bottom: int) -> None:
        """Pair the runs from index ``bottom`` by the rules of CommonMark and remove them."""
        starts, ends = self.starts, self.ends
        stack = array("I")  # the runs that may open emphasis
        floors: dict[_RunKind, int] = {}
        for run in range(bottom, len(self.runs)):
            node, kind = self.runs[run], self.run_kinds[run]
            while kind.closes and starts[node] < ends[node]:
                index = self.opener(kind, stack, floors)
                if index < 0:
                    break
                opener = self.runs[stack[index]]
                size = 2 if ends[opener] - starts[opener] >= 2 and ends[node] - starts[node] >= 2 else 1
                ends[opener] -= size
                starts[node] += size
                emphasis = _STRONG if size == 2 else _EMPHASIS
                self.add_range(emphasis, opener + 1, node, ends[opener], starts[node])
                del stack[index + (1 if starts[opener] < ends[opener] else 0) :]
                if floors:
                    floors = {key: min(floor, len(stack)) for key, floor in floors.items()}
            if kind.opens and starts[node] < ends[node]:
                stack.append(run)
        del self.runs[bottom:], self.run_kinds[bottom:]

    def opener(self, closer: _RunKind, stack: Sequence[int], floors: dict[_RunKind, int]) -> int:
        """Return the index of the last run of ``stack`` with which a run may pair; -1 if there is none.

        ``floors`` gives the indexes below which no run pairs with one like ``closer``.
        """
        kinds = self.run_kinds
        last = len(stack) - 1
        if last >= 0 and _matches(kinds[stack[last]], closer):
            return last
        for index in range(last - 1, floors.get(closer, 0) - 1, -1):
            if _matches(kinds[stack[index]], closer):
                return index
        floors[closer] = len(stack)
        return -1

    def assemble(self) -> Inline:
        """Join the nodes, drop spaces around line ends and place the marks."""
        source_offset = self.source_offset
        raw, written = self.raw, self.written
        text = StringIO()
        here, there = array("I"), array("I")
        shift = -1  # from the text to the source, in the last piece
        length = 0
        starts = array("I", (0,))
        node_offsets = array("I")
        blank = True
        after_break = False
        for node, (origin, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            node_offsets.append(length)
            string = written[node] if node in written else raw[origin:end]
            if string == "\n":
                if length + (not blank):
                    starts.append(length + (not blank))
                after_break = True
                string = "" if blank else " "
            elif after_break:
                kept = string.lstrip(" ")
                origin += len(string) - len(kept)  # noqa: PLW2901
                string = kept
                after_break = not kept
            if not string:
                continue
            at = source_offset(origin)
            if at - length != shift:
                here.append(length)
                there.append(at)
                shift = at - length
            text.write(string)
            length += len(string)
            blank = string[-1] == " "
        node_offsets.append(length)
        offsets = OffsetMap.of_pieces(zip(here, there, strict=True) if here else ((0, source_offset(0)),))
        marks = compact(self.marks(node_offsets)) if self.mark_kinds else ()
        lines = array("I", sorted(set(starts))) if len(starts) > 1 else (0,)
        return Inline(text.getvalue(), offsets, marks, lines, self.comments)

    def marks(self, node_offsets: array[int]) -> Iterator[Mark]:
        """Yield the marks in the order of their beginnings; of those that begin together, the longest first."""
        ranges, source_offset = self.mark_ranges, self.source_offset
        # One number for each mark takes less memory than a tuple.
        keys = (
            (node_offsets[first] << 96) - (node_offsets[last] << 64) + (start << 32) + number
            for number, (first, last, start) in enumerate(zip(ranges[::4], ranges[1::4], ranges[2::4], strict=True))
        )
        for key in sorted(keys):
            number = key & 0xFFFFFFFF
            first, last, start, end = ranges[4 * number : 4 * number + 4]
            yield Mark(
                self.mark_kinds[number],
                node_offsets[first],
                node_offsets[last],
                source_offset(start),
                source_offset(end - 1) + 1,
                self.mark_values[number],
            )


def _is_punctuation(character: str) -> bool:
    return not character.isalpha() and _PUNCTUATION.match(character) is not None


def _text_before(raw: str, offset: int) -> str:
    """Return the few characters before ``offset``."""
    return raw[max(0, offset - 16) : offset]


def _matches(opener: _RunKind, closer: _RunKind) -> bool:
    """Return whether runs of two kinds may pair by the rules of CommonMark, including the rule of three."""
    if opener.sign != closer.sign:
        return False
    if opener.closes or closer.opens:
        return opener.remainder + closer.remainder != 3
    return True
