"""Where the text of a part stands in its XML: the bytes of every run and ``w:t``."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from reportlint.word.namespaces import COMPATIBILITY, STRICT, TRANSITIONAL

_WORD = (TRANSITIONAL, STRICT)
_SEPARATOR = " "
_MARKUP = ("commentRangeStart", "commentRangeEnd", "commentReference")


@dataclass
class TextRun:
    """A run: its byte range, that of its properties, and where a run of its own may follow it.

    ``safe`` is the end of the child of the paragraph that holds the run, and of any field around it; -1 in a text box.
    """

    start: int
    end: int = -1
    properties: tuple[int, int] | None = None
    safe: int = -1


@dataclass
class Text:
    """A ``w:t``: the byte ranges of the element and of its content.

    ``may_split``: its run may be cut here. ``is_first``: nothing stands before it in its run.
    """

    run: TextRun
    start: int
    inner: tuple[int, int]
    keeps_space: bool
    may_split: bool
    is_first: bool
    is_boxed: bool


@dataclass
class CommentMark:
    """The byte range of an element that marks a comment, of its run if it is a reference, and its identifier."""

    kind: str
    identifier: str
    start: int
    end: int


@dataclass
class Places:
    """What is needed of a part to insert comments. ``prefix`` is the prefix of Word's namespace, with a colon."""

    prefix: str
    texts: list[Text] = field(default_factory=list)
    marks: list[CommentMark] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    last_identifier: int = 0


class _Open:
    __slots__ = ("kids", "local", "run", "start", "uri")

    def __init__(self, uri: str, local: str, start: int) -> None:
        self.uri, self.local, self.start = uri, local, start
        self.kids = 0
        self.run: TextRun | None = None


def read_places(data: bytes) -> Places:
    """Return the places of a part, in the order of the document.

    The texts have the numbers that :class:`reportlint.word.view.Node` gives them.

    Raises:
        xml.parsers.expat.ExpatError: the XML is not well formed.
    """
    return _Reader(data).places


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.places = Places("w:")
        self.stack: list[_Open] = []
        self.boxes = 0
        self.alternatives = 0
        self.fields = 0
        self.waiting: list[TextRun] = []
        self.inner = 0
        self.keeps_space = False
        self.pending: list[CommentMark] = []
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.namespace_prefixes = True
        parser.ordered_attributes = False
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        self.parser = parser
        parser.Parse(data, True)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        uri, local, prefix = (*name.split(_SEPARATOR), "", "")[:3]
        start = self.parser.CurrentByteIndex
        parent = self.stack[-1] if self.stack else None
        if parent:
            parent.kids += 1
        element = _Open(uri, local, start)
        self.stack.append(element)
        if uri == COMPATIBILITY and local == "AlternateContent":
            self.alternatives += 1
        if uri not in _WORD:
            return
        for key, value in attributes.items():
            if key.split(_SEPARATOR)[1:2] == ["id"] and value.lstrip("-").isdecimal() and len(value) < 10:
                self.places.last_identifier = max(self.places.last_identifier, int(value))
        if local == "document":
            self.places.prefix = f"{prefix}:" if prefix else ""
        elif local == "txbxContent":
            self.boxes += 1
        elif local == "r":
            element.run = TextRun(start)
        elif local == "fldChar":
            kind = _attribute(attributes, "fldCharType")
            self.fields += (kind == "begin") - (kind == "end")
        elif local in ("t", "delText"):
            self.inner = self._after_tag(start)
            self.keeps_space = any(
                key.split(_SEPARATOR)[-2:-1] == ["space"] or key.endswith("space") for key in attributes
            )
        elif local in _MARKUP:
            self.pending.append(CommentMark(local, _attribute(attributes, "id") or "", start, -1))

    def end(self, name: str) -> None:
        element = self.stack.pop()
        uri, local = element.uri, element.local
        start = self.parser.CurrentByteIndex
        if uri == COMPATIBILITY and local == "AlternateContent":
            self.alternatives -= 1
        end = self._after_end(start)
        if uri in _WORD:
            parent = self.stack[-1] if self.stack else None
            if local == "txbxContent":
                self.boxes -= 1
            elif local == "r" and element.run:
                self._end_run(element.run, end)
            elif local == "rPr" and parent and parent.run:
                parent.run.properties = (element.start, end)
            elif local in ("t", "delText"):
                self._end_text(element, start)
            elif local in _MARKUP:
                self._end_mark(element, parent, end)
            elif local == "p" and not self.boxes:
                self.places.paragraphs.append((element.start, end))
        if self.stack and not self.boxes and not self.fields and self.waiting and self._is_paragraph(self.stack[-1]):
            for run in self.waiting:
                run.safe = end
            self.waiting.clear()

    def _is_paragraph(self, element: _Open) -> bool:
        return element.local == "p" and element.uri in _WORD

    def _end_run(self, run: TextRun, end: int) -> None:
        run.end = end
        if not self.boxes:
            self.waiting.append(run)
        for mark in self.pending:
            if mark.kind == "commentReference" and mark.end == -2:
                mark.start, mark.end = run.start, end
        self.places.marks += [mark for mark in self.pending if mark.end >= 0]
        self.pending = [mark for mark in self.pending if mark.end < 0]

    def _end_text(self, element: _Open, end: int) -> None:
        run_element = self.stack[-1] if self.stack else None
        run = run_element.run if run_element else None
        may_split = run is not None and not self.alternatives and not self.boxes
        before = (run_element.kids if run_element else 1) - 1 - (1 if run and run.properties else 0)
        inner = (self.inner, end) if end >= self.inner else (self.inner, self.inner)
        self.places.texts.append(
            Text(
                run or TextRun(element.start),
                element.start,
                inner,
                self.keeps_space,
                may_split,
                before == 0,
                bool(self.boxes),
            )
        )

    def _end_mark(self, element: _Open, parent: _Open | None, end: int) -> None:
        mark = self.pending[-1]
        if mark.kind == "commentReference":
            mark.end = -2  # until its run ends
        else:
            mark.end = end
            self.places.marks.append(self.pending.pop())

    def _after_end(self, start: int) -> int:
        """Return the offset after an element, given the offset of its end event.

        That is its end tag or, for an element that is one tag, the offset after it.
        """
        is_end_tag = self.data.startswith((b"</", b"<\0/\0", b"\0<\0/"), start)
        return self._after_tag(start) if is_end_tag else start

    def _after_tag(self, start: int) -> int:
        """Return the offset after the tag that begins at an offset."""
        quote = 0
        data = self.data
        wide = 2 if data[:2] in (b"\xff\xfe", b"\xfe\xff") else 1
        at = start
        while at < len(data):
            char = data[at] or (data[at + 1] if wide == 2 and at + 1 < len(data) else 0)
            if quote:
                quote = 0 if char == quote else quote
            elif char in b"\"'":
                quote = char
            elif char == ord(">"):
                return at + wide
            at += wide
        return len(data)


def _attribute(attributes: dict[str, str], name: str) -> str | None:
    return next((value for key, value in attributes.items() if key.split(_SEPARATOR)[1:2] == [name]), None)
