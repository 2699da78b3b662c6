"""The decoded text of a draft, and positions in its file."""

from __future__ import annotations

import codecs
import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from reportlint.document.offsets import OffsetMap, Span
from reportlint.errors import Message, UnreadableInput, message

_LINE_END = re.compile(r"\r\n|\n|\r")
_CURLY = "\u2019"
# One-to-one foldings: matching must not depend on which space, apostrophe or hyphen the author's software inserts.
_FOLDED = (
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2007", " "),
    ("\u2009", " "),
    ("\u2019", "'"),
    ("\u02bc", "'"),
    ("\u2010", "-"),
    ("\u2011", "-"),
)
# Soft hyphens, and zero-width and directional marks. They are invisible and may stand inside a number.
_DROPPED = "\u00ad\ufeff" + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))))
# Fast test: a text with none of these characters keeps its length when folded.
_MAY_CHANGE_LENGTH = re.compile(rf"[\r{_DROPPED}\u0300-\u036f\u0653-\u0655]")
_CHANGES_LENGTH = re.compile(rf"\r\n|[{_DROPPED}]|[^\W\d_][\u0300-\u036f\u0653-\u0655]+|\r")
_COMBINING = re.compile(r"[\u0300-\u036f\u0653-\u0655]+")
_CONTROLS = bytes((*range(1, 9), *range(0x0E, 0x1B), 0x7F))
_CONTROL_LIMIT = 0.02
_BINARY = message("a binary file, not a text file")
# The mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_SIGNATURES = {b"{\\rtf": "RTF", b"%PDF-": "PDF"}  # formats that may decode as text


class Position(NamedTuple):
    """A place in a file: 1-based line and 1-based column in code points, not counting a byte order mark."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """The immutable text of one draft.

    ``original`` is the decoded text without its byte order mark. ``text`` is the normalized view that everything
    else reads: line ends are ``\\n``, letters are composed (NFC), typographic spaces, apostrophes and hyphens are
    replaced by plain ones, soft hyphens, zero-width and directional marks are removed. All offsets elsewhere in the
    program are offsets in ``text``; :meth:`position` maps them back to the file.
    """

    path: str
    original: str
    text: str
    _back: OffsetMap = field(repr=False, compare=False)

    @classmethod
    def from_text(cls, text: str, path: str = "<text>") -> Source:
        """Create a source from decoded text."""
        text = text.removeprefix("\ufeff")
        return cls(path, text, *_fold(text))

    @classmethod
    def from_bytes(cls, data: bytes, path: str) -> Source:
        """Create a source from UTF-8, or from UTF-16 or UTF-32 with a byte order mark.

        Raises:
            UnreadableInput: The bytes are in another encoding or come from a binary file.
        """
        return cls.from_text(_decode(data), path)

    @property
    def struck(self) -> int:
        """The number of passages that are struck through in a Word file and are read as deleted."""
        return 0

    def path_at(self, offset: int) -> str:
        """Return the path of the file that holds the character at ``offset`` of :attr:`text`."""
        return self.path

    def part_called(self, path: str) -> Source | None:
        """Return the text of the file ``path``, if it is this one or one of its parts."""
        return self if path == self.path else None

    def position(self, offset: int) -> Position:
        """Return the place in the file of the character at ``offset`` of :attr:`text`."""
        return self._position(self._back(offset))

    def original_offset(self, position: Position) -> int:
        """Return the offset in :attr:`original` of a place in the file."""
        return self._lines[position.line - 1] + position.column - 1

    def end_position(self, offset: int) -> Position:
        """Return the place just after the character before ``offset`` of :attr:`text`, combining marks included."""
        return self._position(self._end(offset))

    def _end(self, offset: int) -> int:
        """Return the end in :attr:`original` of the character before ``offset``, combining marks included."""
        end = self._back.end(offset)
        if end > 0 and self.original.startswith("\r\n", end - 1):
            return end + 1
        marks = _COMBINING.match(self.original, end) if offset > 0 else None
        return marks.end() if marks else end

    def typed(self, start: int, end: int) -> str:
        """Return the original characters of the file for ``text[start:end]``."""
        return self.original[self._back(start) : self._end(end)] if start < end else ""

    def words(self, span: Span) -> str:
        """Return the words of a range of :attr:`text`, with single spaces."""
        return " ".join(self.text[span.start : span.end].split())

    def line_at(self, offset: int) -> Span:
        """Return the range of the line of :attr:`text` that holds ``offset``, without its line end."""
        line = bisect_right(self._text_lines, offset) - 1
        is_last = line + 1 == len(self._text_lines)
        return Span(self._text_lines[line], len(self.text) if is_last else self._text_lines[line + 1] - 1)

    @cached_property
    def _text_lines(self) -> array[int]:
        """The offsets at which the lines of :attr:`text` begin."""
        return _starts_of_lines(self.text)

    def as_written(self, text: str, offset: int) -> str:
        """Return ``text`` with the apostrophes, Unicode form and line ends of the file that holds ``offset``."""
        curly, composed, line_end = self._spelling
        if curly:
            text = text.replace("'", _CURLY)
        if not composed:
            text = unicodedata.normalize("NFD", text)
        return text.replace("\n", line_end)

    @cached_property
    def _spelling(self) -> tuple[bool, bool, str]:
        """Whether apostrophes are curly, whether letters are composed, and the first line end."""
        curly = self.original.count(_CURLY)
        end = _LINE_END.search(self.original)
        return (
            curly > 0 and curly >= self.original.count("'"),
            unicodedata.is_normalized("NFC", self.original),
            end.group() if end else "\n",
        )

    @property
    def lines(self) -> list[str]:
        """The lines of :attr:`original`, without their ends."""
        ends = (*self._lines[1:], len(self.original))
        lines = [self.original[start:end] for start, end in zip(self._lines, ends, strict=True)]
        return [line.rstrip("\r\n") for line in (lines if lines[-1] else lines[:-1])]

    @cached_property
    def _lines(self) -> array[int]:
        """The offsets at which the lines of :attr:`original` begin."""
        if "\r" not in self.original:
            return _starts_of_lines(self.original)
        return array("I", chain((0,), (match.end() for match in _LINE_END.finditer(self.original))))

    def _position(self, original: int) -> Position:
        line = bisect_right(self._lines, original)
        return Position(line, original - self._lines[line - 1] + 1)


def _starts_of_lines(text: str) -> array[int]:
    """Return the offsets at which lines begin that end with a line feed."""
    starts = array("I", (0,))
    end = text.find("\n")
    while end >= 0:
        starts.append(end + 1)
        end = text.find("\n", end + 1)
    return starts


def fold(text: str) -> str:
    """Normalise ``text`` as in :attr:`Source.text`, for characters that a reader decodes itself."""
    return _fold(text)[0]


def encoding_of(data: bytes) -> str:
    """Return the encoding of the bytes of a text file after their byte order mark."""
    return next((codec for mark, _, codec in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")


def _decode(data: bytes) -> str:
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableInput(message("{kind} file, not plain text", kind=kind))
    encoding = next((name for mark, name, _ in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    try:
        text = data.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(_undecodable(data, error, encoding)) from None
    except MemoryError:
        raise UnreadableInput(message("not enough memory to read it")) from None
    encoded = text.encode() if encoding else data
    if "\0" in text or len(encoded) - len(encoded.translate(None, _CONTROLS)) > _CONTROL_LIMIT * len(text):
        raise UnreadableInput(_BINARY)
    return text


def _undecodable(data: bytes, error: UnicodeDecodeError, encoding: str | None) -> Message:
    if encoding:
        reason = "not {encoding}, despite its byte order mark (byte {byte})"
        return message(reason, encoding=encoding.upper(), byte=error.start)
    if b"\0" in data:
        return _BINARY
    line = data.count(b"\n", 0, error.start) + 1
    reason = "not UTF-8: undecodable byte {byte} in line {line}"
    return message(reason, byte=f"0x{data[error.start]:02x}", line=line)


def _fold(text: str) -> tuple[str, OffsetMap]:
    if text.isascii() and "\r" not in text:
        return text, OffsetMap.shift(0)
    for old, new in _FOLDED:
        text = text.replace(old, new)
    if not _MAY_CHANGE_LENGTH.search(text) or not _CHANGES_LENGTH.search(text):
        return text, OffsetMap.shift(0)
    parts: list[str] = []
    here, there = array("I"), array("I")
    length = copied = 0
    for match in _CHANGES_LENGTH.finditer(text):
        here.append(length)
        there.append(copied)
        sequence = match.group()
        folded = "\n" if sequence[0] == "\r" else "" if sequence in _DROPPED else unicodedata.normalize("NFC", sequence)
        parts += (text[copied : match.start()], folded)
        length += match.start() - copied
        here.append(length)
        there.append(match.start())
        length += len(folded)
        copied = match.end()
    here.append(length)
    there.append(copied)
    parts.append(text[copied:])
    return "".join(parts), OffsetMap.of_pieces(zip(here, there, strict=True))
