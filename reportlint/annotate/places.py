"""Where the text of a part stands in its XML: the bytes of every run and ``w:t``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlint.annotate.xml_edits import Prefix, is_one_tag, parser, split_name, tag_end
from reportlint.word.namespaces import COMPATIBILITY, STRICT, TRANSITIONAL

_WORD = (TRANSITIONAL, STRICT)
_XML = "http://www.w3.org/XML/1998/namespace"
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_CLOSED = ("txbxContent", "ruby")
_NOTES = ("footnoteReference", "endnoteReference")
_ON = ("1", "true", "on")


class Characters(NamedTuple):
    """Consecutive characters of a text: the offset of the first, its byte, and whether they stand in CDATA.

    The characters are written as they are, apart from a character reference or a line end.
    """

    offset: int
    byte: int
    text: str
    is_data: bool


@dataclass
class TextRun:
    """A run: its byte range, its name as written, and the byte range of its properties, if it has any.

    ``changes`` are the tags of tracked changes in its properties. ``after`` is where another run may follow it: after
    the child of the paragraph that holds it, and after any field around it; -1 if it holds no comment. ``is_mark``: it
    holds the mark of a note as text. ``content`` is the number of its elements without its properties.
    """

    start: int
    name: str
    end: int = -1
    properties: tuple[int, int] | None = None
    changes: list[tuple[int, int]] = field(default_factory=list)
    after: int = -1
    is_mark: bool = False
    content: int = 0


@dataclass
class Text:
    """A ``w:t`` or ``w:delText``: its name as written, the byte ranges of its start tag and of the element.

    ``index`` is its number among the elements of its run, from 1. ``keeps_space``: it has the attribute ``xml:space``.
    ``can_hold``: a comment may stand at it.
    """

    run: TextRun
    name: str
    start: int
    tag_end: int
    index: int
    keeps_space: bool
    can_hold: bool
    end: int = -1
    characters: list[Characters] = field(default_factory=list)

    @property
    def length(self) -> int:
        """The number of its characters."""
        return self.characters[-1].offset + len(self.characters[-1].text) if self.characters else 0

    def cut(self, offset: int) -> tuple[int, bool]:
        """Return the byte at which a character begins, and whether it stands in CDATA."""
        held = self.characters[bisect_right(self.characters, offset, key=lambda part: part.offset) - 1]
        return held.byte + len(held.text[: offset - held.offset].encode("utf-8")), held.is_data


class CommentMark(NamedTuple):
    """An element that marks a comment: its name, the identifier of the comment, and its byte range.

    The range is that of the whole run if the run holds nothing else.
    """

    kind: str
    identifier: str
    start: int
    end: int


class Places(NamedTuple):
    """What is needed of a part to insert comments.

    ``texts`` have the numbers that :func:`reportlint.word.story.numbered` gives them. ``identifiers`` are those that
    the part uses. ``paragraph`` is the first paragraph of the text: its name, and its byte range.
    """

    uri: str
    prefix: Prefix
    texts: tuple[Text, ...]
    marks: tuple[CommentMark, ...]
    identifiers: frozenset[str]
    paragraph: tuple[str, int, int] | None


def read_places(data: bytes) -> Places:
    """Return the places of a part, whose XML is well formed and in UTF-8."""
    return _Reader(data).places()


class _Open:
    """An element that has begun."""

    __slots__ = ("closes", "is_word", "kids", "local", "run", "start", "written")

    def __init__(self, is_word: bool, local: str, written: str, start: int) -> None:
        self.is_word, self.local, self.written, self.start = is_word, local, written, start
        self.kids = 0
        self.closes = False  # whether no comment may stand in it
        self.run: TextRun | None = None


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.uri = ""
        self.declared: dict[str, str] = {}
        self.rebound: set[str] = set()
        self.texts: dict[str, list[Text]] = {"t": [], "delText": []}
        self.marks: list[CommentMark] = []
        self.references: list[CommentMark] = []
        self.identifiers: set[str] = set()
        self.paragraph: tuple[str, int, int] | None = None
        self.stack: list[_Open] = []
        self.closed = 0  # how many text boxes, ruby texts and alternatives are open
        self.fields = 0
        self.waiting: list[TextRun] = []
        self.text: Text | None = None
        self.is_data = False
        self.parser = parser()
        self.parser.StartNamespaceDeclHandler = self.declare
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.finish
        self.parser.StartCdataSectionHandler = lambda: self.set_data(True)
        self.parser.EndCdataSectionHandler = lambda: self.set_data(False)
        self.parser.Parse(data, True)

    def places(self) -> Places:
        prefix = Prefix.chosen(self.uri, self.declared, self.rebound)
        texts = (*self.texts["t"], *self.texts["delText"])
        return Places(self.uri, prefix, texts, tuple(self.marks), frozenset(self.identifiers), self.paragraph)

    def set_data(self, is_data: bool) -> None:
        self.is_data = is_data

    def declare(self, prefix: str | None, uri: str) -> None:
        if not self.stack:
            self.declared[prefix or ""] = uri
        elif self.declared.get(prefix or "", uri) != uri:
            self.rebound.add(prefix or "")

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        uri, local, prefix = split_name(name)
        is_word = uri in _WORD
        if not self.stack:
            self.uri = uri
        elif (parent := self.stack[-1].run) and not (is_word and local == "rPr"):
            parent.content += 1
        if self.stack:
            self.stack[-1].kids += 1
        start = self.parser.CurrentByteIndex
        element = _Open(is_word, local, f"{prefix}:{local}" if prefix else local, start)
        element.closes = (is_word and local in _CLOSED) or (local == "AlternateContent" and uri == COMPATIBILITY)
        self.closed += element.closes
        self.stack.append(element)
        if not is_word:
            return
        identifier = _attribute(attributes, "id")
        if identifier is not None:
            self.identifiers.add(identifier)
        run = self.stack[-2].run if len(self.stack) > 1 else None
        if local == "r":
            element.run = TextRun(start, element.written)
        elif local in self.texts:
            self._begin_text(element, run, attributes)
        elif local == "fldChar" and not self.closed:
            kind = _attribute(attributes, "fldCharType")
            self.fields = max(0, self.fields + (kind == "begin") - (kind == "end"))
        elif local in _NOTES and run:
            run.is_mark = _attribute(attributes, "customMarkFollows") in _ON
        elif local in _MARKS:
            end = tag_end(self.data, start)
            mark = CommentMark(local, identifier or "", start, end)
            (self.references if local == "commentReference" and run else self.marks).append(mark)
        elif identifier is not None and (changed := self._run_with_properties()):
            changed.changes.append((start, tag_end(self.data, start)))

    def _run_with_properties(self) -> TextRun | None:
        """Return the run whose properties have the element just begun as a child, if it is one."""
        if len(self.stack) < 3 or self.stack[-2].local != "rPr":
            return None
        return self.stack[-3].run

    def _begin_text(self, element: _Open, run: TextRun | None, attributes: Mapping[str, str]) -> None:
        keeps_space = any(split_name(key)[:2] == (_XML, "space") for key in attributes)
        holder = run or TextRun(element.start, "")
        end = tag_end(self.data, element.start)
        can_hold = run is not None and not self.closed
        self.text = Text(holder, element.written, element.start, end, holder.content, keeps_space, can_hold)
        self.texts[element.local].append(self.text)
        self.parser.CharacterDataHandler = self.characters

    def characters(self, data: str) -> None:
        if self.text is not None:
            found = Characters(self.text.length, self.parser.CurrentByteIndex, data, self.is_data)
            self.text.characters.append(found)

    def finish(self, name: str) -> None:
        element = self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        local = element.local
        self.closed -= element.closes
        ends_child = parent is not None and parent.is_word and parent.local == "p" and not self.closed
        if element.is_word:
            if local == "r" and element.run:
                self._finish_run(element.run, self._end(element))
            elif local == "rPr" and parent and parent.run:
                parent.run.properties = (element.start, self._end(element))
            elif local in self.texts and self.text:
                self.text.end = self._end(element)
                self.text = None
                self.parser.CharacterDataHandler = None
            elif local == "p" and self.paragraph is None and not self.closed:
                self.paragraph = (element.written, element.start, self._end(element))
        if ends_child and self.waiting:
            end = self._end(element)
            for run in self.waiting:
                run.after = end if not self.fields or run.after < 0 else run.after
            if not self.fields:
                self.waiting.clear()

    def _finish_run(self, run: TextRun, end: int) -> None:
        run.end = end
        if not self.closed:
            self.waiting.append(run)
        for mark in self.references:
            alone = run.content == 1
            self.marks.append(mark._replace(start=run.start, end=end) if alone else mark)
        self.references.clear()

    def _end(self, element: _Open) -> int:
        """Return the offset after the element that ends now."""
        at = self.parser.CurrentByteIndex
        is_whole = not element.kids and is_one_tag(self.data, element.start)
        return at if is_whole else tag_end(self.data, at)


def _attribute(attributes: Mapping[str, str], name: str) -> str | None:
    found = ((split_name(key), value) for key, value in attributes.items() if name in key)
    return next((value for (uri, local, _), value in found if local == name and uri in ("", *_WORD)), None)
