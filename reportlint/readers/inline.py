"""Parses inline Markdown: removes the markup, keeps it as marks and maps each character to its source offset."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import pairwise
from typing import NamedTuple

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
    kind = MarkKind.STRONG if len(sign) == 2 else MarkKind.EMPHASIS
    end = start + match.start(3)
    pieces = ((0, start + len(sign)), (len(words), end))
    marks = (Mark(kind, 0, len(words), start, end),)
    return Inline(words + rest, OffsetMap.of_pieces(pieces if rest else pieces[:1]), marks)


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


class _Run:
    """A run of ``*`` or ``_`` that may open or close emphasis.

    ``free`` counts the characters that are not paired yet, ``left`` those paired with a run before this one.
    """

    __slots__ = ("closes", "free", "left", "node", "opens", "origin", "sign", "size")

    def __init__(self, sign: str, size: int, node: int, origin: int, opens: bool, closes: bool) -> None:
        self.sign, self.size, self.node, self.origin = sign, size, node, origin
        self.opens, self.closes = opens, closes
        self.free, self.left = size, 0


class _Bracket(NamedTuple):
    """An open bracket; ``runs`` is the number of delimiter runs before it."""

    node: int
    origin: int
    image: bool
    runs: int


class _Reader:
    """Parser that splits the raw text into nodes (a string and its offset) and then assembles them.

    A node that is ``None`` is a line end. ``source_offset`` maps offsets in the raw text to source offsets.
    ``mark_ranges`` gives for each mark its first node, the node after its last, and its range in the raw text.
    """

    def __init__(self, raw: str, source_offset: OffsetMap, references: Mapping[str, str]) -> None:
        self.raw = raw
        self.source_offset = source_offset
        self.references = references
        self.nodes: list[str | None] = []
        self.origins = array("I")
        self.mark_kinds: list[MarkKind] = []
        self.mark_values: list[str] = []
        self.mark_ranges = array("I")
        self.runs: list[_Run] = []
        self.read_runs = 0
        self.brackets: list[_Bracket] = []
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
                self.add(raw[begun:start], begun)
            begun = self.token(match.group(), start, end)
            position = begun if begun > start else start + 1
        if begun < len(raw):
            self.add(raw[begun:], begun)
        self.pair(0)
        return self.assemble().stripped()

    def add(self, string: str | None, origin: int) -> None:
        self.nodes.append(string)
        self.origins.append(origin)

    def add_mark(self, kind: MarkKind, first: int, start: int, end: int, value: str = "") -> None:
        self.add_range(kind, first, len(self.nodes), start, end, value)

    def add_range(self, kind: MarkKind, first: int, last: int, start: int, end: int, value: str = "") -> None:
        self.mark_kinds.append(kind)
        self.mark_ranges.extend((first, last, start, end))
        self.mark_values.append(value)

    def token(self, token: str, start: int, end: int) -> int:
        """Process one token and return the offset at which to continue: where it begins if it is text."""
        sign = token[0]
        if sign in "*_":
            self.delimiters(token, start, end)
        elif sign == "\n":
            self.add(None, start)
        elif sign == "\\":
            self.add(None if token[1] == "\n" else token[1], start if token[1] == "\n" else start + 1)
        elif sign in " \t":
            self.add(" ", start)
        elif sign == "`":
            return self.code(start, end)
        elif sign == "<":
            return self.angle(start)
        elif sign == "&":
            from html import unescape  # noqa: PLC0415 - the table of entities is long, and few drafts have any

            self.add(fold(unescape(token)).replace("\n", " "), start)
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
                self.add(token, start)
        return end

    def footnote_marks(self, labels: list[str], start: int, end: int) -> None:
        follower = self.raw[end : end + 1]
        if self.nodes and (not follower or follower in _NOTE_FOLLOWERS):
            # Otherwise the space before the mark would be doubled or precede a full stop.
            self.nodes[-1] = self.nodes[-1].rstrip(" ") if self.nodes[-1] else self.nodes[-1]
        for label in labels:
            self.add_mark(MarkKind.FOOTNOTE, len(self.nodes), start, end, label)

    def delimiters(self, token: str, start: int, end: int) -> None:
        raw = self.raw
        self.add(token, start)
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
            self.runs.append(_Run(token[0], end - start, len(self.nodes) - 1, start, opens, closes))

    def code(self, start: int, end: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for run in _TICKS.finditer(self.raw):
                self.ticks.setdefault(run.end() - run.start(), array("I")).append(run.start())
        size = end - start
        run_starts = self.ticks.get(size, ())
        next_run = bisect_right(run_starts, start)
        if next_run >= len(run_starts):
            self.add("`" * size, start)
            return end
        close = run_starts[next_run]
        first, last = end, close
        content = self.raw[first:last]
        if content[:1] in (" ", "\n") and content[-1:] in (" ", "\n") and content.strip():
            first, last = first + 1, last - 1
        node = len(self.nodes)
        for number, line in enumerate(self.raw[first:last].split("\n")):
            if number:
                self.add(None, first - 1)
            self.add(line, first)
            first += len(line) + 1
        self.add_mark(MarkKind.CODE, node, start, close + size)
        return close + size

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
            self.add(None, start)
            return match.end()
        elif match := _AUTOLINK.match(raw, start):
            node = len(self.nodes)
            address = match.group(1)
            self.add(address, start + 1)
            self.add_mark(MarkKind.LINK, node, start, match.end(), address)
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
        node = len(self.nodes)
        for piece in _RAISED.finditer(content):
            start = match.start(1) + piece.start(1)
            for number, line in enumerate((piece.group(1) or "").split("\n")):
                if number:
                    self.add(None, start - 1)
                if line:
                    self.add(line, start)
                start += len(line) + 1
        self.add_mark(MarkKind.SUPERSCRIPT, node, match.start(), match.end())
        return match.end()

    def open_bracket(self, token: str, start: int) -> None:
        if self.has_links and len(self.brackets) < _MOST:
            self.brackets.append(_Bracket(len(self.nodes), start, token[0] == "!", len(self.runs)))
        self.add(token, start)

    def close_bracket(self, start: int) -> int:
        if not self.brackets:
            self.add("]", start)
            return start + 1
        inactive = len(self.brackets) <= self.inactive_brackets
        bracket = self.brackets.pop()
        self.inactive_brackets = min(self.inactive_brackets, len(self.brackets))
        target, end = (None, 0) if inactive and not bracket.image else self.target(bracket, start)
        if target is None:
            self.add("]", start)
            return start + 1
        self.nodes[bracket.node] = ""
        self.pair(bracket.runs)
        self.add_mark(MarkKind.LINK, bracket.node + 1, bracket.origin, end, target)
        if not bracket.image:
            self.inactive_brackets = len(self.brackets)
        return end

    def target(self, bracket: _Bracket, close: int) -> tuple[str | None, int]:
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
            label = raw[bracket.origin + 1 + bracket.image : min(close, bracket.origin + 300)]
        return self.references.get(normal_label(label)), end

    def pair(self, bottom: int) -> None:
        """Pair the runs from index ``bottom`` by the rules of CommonMark and remove them."""
        runs = self.runs[bottom:]
        del self.runs[bottom:]
        stack: list[_Run] = []
        floors: dict[tuple[str, bool, int], int] = {}
        for run in runs:
            while run.closes and run.free:
                index = _opener(run, stack, floors)
                if index < 0:
                    break
                opener = stack[index]
                size = 2 if opener.free >= 2 and run.free >= 2 else 1
                opener.free -= size
                run.free -= size
                run.left += size
                start = opener.origin + opener.left + opener.free
                kind = MarkKind.STRONG if size == 2 else MarkKind.EMPHASIS
                self.add_range(kind, opener.node + 1, run.node, start, run.origin + run.left)
                del stack[index + (1 if opener.free else 0) :]
                if floors:
                    floors = {key: min(floor, len(stack)) for key, floor in floors.items()}
            if run.opens and run.free:
                stack.append(run)
        for run in runs:
            if run.free < run.size:
                self.nodes[run.node] = run.sign * run.free
                self.origins[run.node] = run.origin + run.left

    def assemble(self) -> Inline:
        """Join the nodes, drop spaces around line ends and place the marks."""
        source_offset = self.source_offset
        parts: list[str] = []
        here, there = array("I"), array("I")
        shift = -1  # from the text to the source, in the last piece
        length = 0
        starts = array("I", (0,))
        node_offsets = array("I")
        blank = True
        after_break = False
        for string, origin in zip(self.nodes, self.origins, strict=True):
            node_offsets.append(length)
            if string is None:
                if length + (not blank):
                    starts.append(length + (not blank))
                after_break = True
                string = "" if blank else " "  # noqa: PLW2901
            elif after_break:
                kept = string.lstrip(" ")
                origin += len(string) - len(kept)  # noqa: PLW2901
                string = kept  # noqa: PLW2901
                after_break = not kept
            if not string:
                continue
            at = source_offset(origin)
            if at - length != shift:
                here.append(length)
                there.append(at)
                shift = at - length
            parts.append(string)
            length += len(string)
            blank = string[-1] == " "
        node_offsets.append(length)
        offsets = OffsetMap.of_pieces(zip(here, there, strict=True) if here else ((0, source_offset(0)),))
        marks = compact(self.marks(node_offsets)) if self.mark_kinds else ()
        lines = array("I", sorted(set(starts))) if len(starts) > 1 else (0,)
        return Inline("".join(parts), offsets, marks, lines, self.comments)

    def marks(self, node_offsets: array[int]) -> Iterator[Mark]:
        """Yield the marks in the order of their beginnings; of those that begin together, the longest first."""
        ranges, source_offset = self.mark_ranges, self.source_offset
        # One number for each mark takes less memory than a tuple.
        keys = [
            (node_offsets[first] << 64) - (node_offsets[last] << 32) + start
            for first, last, start in zip(ranges[::4], ranges[1::4], ranges[2::4], strict=True)
        ]
        for number in sorted(range(len(keys)), key=keys.__getitem__):
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


def _opener(closer: _Run, stack: list[_Run], floors: dict[tuple[str, bool, int], int]) -> int:
    """Return the index of the last run of ``stack`` with which a run may pair; -1 if there is none.

    ``floors`` gives the indexes below which no run pairs with one like ``closer``.
    """
    last = len(stack) - 1
    if last >= 0 and _matches(stack[last], closer):
        return last
    key = (closer.sign, closer.opens, closer.size % 3)
    floor = floors.get(key, 0)
    for index in range(last - 1, floor - 1, -1):
        if _matches(stack[index], closer):
            return index
    floors[key] = len(stack)
    return -1


def _matches(opener: _Run, closer: _Run) -> bool:
    """Return whether two runs may pair by the rules of CommonMark, including the rule of three."""
    if opener.sign != closer.sign:
        return False
    if opener.closes or closer.opens:
        return (opener.size + closer.size) % 3 != 0 or (opener.size % 3 == 0 and closer.size % 3 == 0)
    return True
