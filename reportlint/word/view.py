"""The text view of a Word file: one line for each line of text, with what Word shows beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportlint.document import Source, Span
from reportlint.errors import UnreadableInput, message
from reportlint.word.list_labels import read_numbering
from reportlint.word.namespaces import relationship
from reportlint.word.notes import NoteNumbers, note_elements
from reportlint.word.package import Package, open_package
from reportlint.word.story import (
    ACCEPTED,
    Changes,
    NoteMark,
    Paragraph,
    Story,
    StoryItem,
    TableRow,
    TextPiece,
    paragraphs_of,
)
from reportlint.word.styles import read_language, read_styles

_HEADER_KINDS = ("header", "footer")
_END = TextPiece("")
_NOWHERE = -2


class EntryPlace(Enum):
    """Where an entry stands: in the text, beside it, in a table, or in a header or note."""

    BODY = "body"
    BOX = "box"
    ROW = "row"
    NOTE = "note"
    FIRST_HEADER = "first header"
    HEADER = "header"


class Raised(NamedTuple):
    """A mark or raised text: its range in the view, and the number of the note if it is a mark."""

    span: Span
    note: str = ""


class Format(Enum):
    """How words are set off, or that they lead to an address."""

    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"


class Formatted(NamedTuple):
    """Words of the view with a format: their range; for a link, the address."""

    span: Span
    format: Format
    address: str = ""


class Node(NamedTuple):
    """Text of the view that a ``w:t`` holds: its range, the part, and the number of the ``w:t`` in it."""

    span: Span
    part: str
    number: int


@dataclass(frozen=True)
class Entry:
    """A paragraph, or a row of a table, in the view.

    ``lines`` are the ranges of its lines, without its label; for a row they are grouped by cell. ``label`` is the range
    of its label, if Word prints one; ``listed`` are its list and level there. ``level`` is its level as a heading.
    ``formatted`` are its bold and italic words and links, in order.
    """

    place: EntryPlace
    cells: tuple[tuple[Span, ...], ...]
    label: Span | None = None
    listed: tuple[int, int] | None = None
    bullet: bool = False
    level: int | None = None
    style: str = ""
    indent: int = 0
    raised: tuple[Raised, ...] = ()
    formatted: tuple[Formatted, ...] = ()
    frame: bool = False

    @property
    def lines(self) -> tuple[Span, ...]:
        return tuple(line for cell in self.cells for line in cell)


@dataclass(frozen=True)
class View:
    """The text of a Word file as read: ``text``, its entries in order, and where each piece of text comes from.

    ``labels`` are the ranges of the labels that Word prints before paragraphs of the text, also in cells of tables.
    ``struck`` is the number of runs that are struck through and read as deleted.
    """

    text: str
    entries: tuple[Entry, ...]
    nodes: tuple[Node, ...]
    labels: tuple[Span, ...]
    struck: int


@dataclass(frozen=True)
class WordSource(Source):
    """The text of a Word file, with the view that it comes from."""

    view: View = View("", (), (), (), 0)

    @property
    def struck(self) -> int:
        return self.view.struck

    def offset(self, original: int) -> int:
        """Return the offset in :attr:`text` of a character of the view."""
        return self._back.derived(original)


Ordinals = Callable[[str, int], str]
"""Writes a number as an ordinal in the language of a file ("fr-CH")."""


def read_word(data: bytes, path: str, changes: Changes = ACCEPTED, ordinals: Ordinals | None = None) -> WordSource:
    """Return the text of a Word file. Without ``ordinals``, ordinal labels are in plain figures.

    Raises:
        UnreadableInput: the file is damaged, protected, too large, or no Word file.
    """
    view = read_view(data, changes, ordinals)
    source = Source.from_text(view.text, path)
    return WordSource(source.path, source.original, source.text, source._back, view)


def read_view(data: bytes, changes: Changes = ACCEPTED, ordinals: Ordinals | None = None) -> View:
    """Return the text view of a Word file: the header of the first page, the text, the notes and the other headers.

    Without ``ordinals``, ordinal labels are in plain figures.

    Raises:
        UnreadableInput: the file is damaged, protected, too large, or no Word file.
    """
    try:
        return _Builder(open_package(data), changes, ordinals).build()
    except RecursionError:
        raise UnreadableInput(message("a Word file with elements nested too deeply")) from None


class _Builder:
    def __init__(self, package: Package, changes: Changes, ordinals: Ordinals | None) -> None:
        self.package = package
        self.changes = changes
        self.related = package.related(package.main)
        styles = self._tree("styles")
        self.styles, self.default = read_styles(styles)
        ordinal = partial(ordinals, read_language(styles)) if ordinals else str
        self.numbering = read_numbering(self._tree("numbering"), self.styles, ordinal)
        self.parts: list[str] = []
        self.length = 0
        self.nodes: list[Node] = []
        self.labels: list[Span] = []
        self.entries: list[Entry] = []
        self.notes: list[tuple[str, str, str, bool]] = []
        self.numbers: NoteNumbers | None = None
        self.struck = 0

    def build(self) -> View:
        """Write the whole view."""
        package, main = self.package, self.package.main
        story = self._story(package.tree(main), main)
        body = story.items()
        self.struck = story.struck
        self.numbers = NoteNumbers(story.names, self._tree("settings"), story.sections)
        first, others = self._headers(story)
        for part in first:
            self._write(self._story(package.tree(part), part).items(), part, EntryPlace.FIRST_HEADER)
        self._write(body, main, EntryPlace.BODY)
        self._write_notes()
        for part in others:
            self._write(self._story(package.tree(part), part).items(), part, EntryPlace.HEADER)
        return View("".join(self.parts), tuple(self.entries), tuple(self.nodes), tuple(self.labels), self.struck)

    def _tree(self, kind: str) -> Element | None:
        """Return the root of the part with a kind of data, if the file has it."""
        part = next((each.target for each in self.related.values() if each.kind == kind), None)
        return self.package.tree(part) if part and self.package.has(part) else None

    def _story(self, root: Element, part: str) -> Story:
        return Story(root, self.styles, self.default, self.numbering, self.changes, self.package.links(part))

    def _headers(self, story: Story) -> tuple[list[str], list[str]]:
        """Return the parts of the first page's header, and of the other headers and footers that a reader sees."""
        names = story.names
        first: list[str] = []
        others: list[str] = []
        shown: dict[tuple[str, str], str] = {}
        even = bool(names.is_on(names.child(self._tree("settings"), "evenAndOddHeaders")))
        for index, section in enumerate(story.sections):
            for kind in _HEADER_KINDS:
                for reference in section.iter(names.of(f"{kind}Reference")) if section is not None else ():
                    target = self.related.get(relationship(reference))
                    if target and self.package.has(target.target):
                        shown[kind, names.attribute(reference, "type") or "default"] = target.target
            has_title = bool(names.is_on(names.child(section, "titlePg")))
            seen = [("header", "first"), ("footer", "first")] if has_title else []
            seen += [(kind, "default") for kind in _HEADER_KINDS]
            seen += [(kind, "even") for kind in _HEADER_KINDS] if even else []
            for key in seen:
                part = shown.get(key)
                if part is None or part in first or part in others:
                    continue
                (first if index == 0 and key == ("header", "first") else others).append(part)
        return first, others

    def _write(self, items: Sequence[StoryItem], part: str, place: EntryPlace) -> None:
        for item in items:
            if isinstance(item, TableRow):
                self._write_row(item, part, place)
            else:
                self._write_paragraph(item, part, place)
                if item.boxes:
                    self._write(item.boxes, part, place if place is not EntryPlace.BODY else EntryPlace.BOX)

    def _write_row(self, row: TableRow, part: str, place: EntryPlace) -> None:
        boxes: list[StoryItem] = []
        cells: list[tuple[Span, ...]] = []
        raised: list[Raised] = []
        formatted: list[Formatted] = []
        for cell in row.cells:
            lines: list[Span] = []
            for paragraph in cell:
                label, more, marks, formats = self._lines(paragraph, part)
                if label:
                    more = [Span(label.start, more[0].end if more else label.end), *more[1:]]
                lines += more
                raised += marks
                formatted += formats
                boxes += paragraph.boxes
            cells.append(tuple(lines))
        if any(cells):
            kind = EntryPlace.ROW if place is EntryPlace.BODY and not row.floats else place
            self.entries.append(Entry(kind, tuple(cells), raised=tuple(raised), formatted=tuple(formatted)))
        self._write(boxes, part, EntryPlace.BOX)

    def _write_paragraph(self, paragraph: Paragraph, part: str, place: EntryPlace) -> None:
        label, lines, raised, formatted = self._lines(paragraph, part)
        if not lines and label is None:
            return
        self.entries.append(
            Entry(
                place,
                (tuple(lines),),
                label,
                paragraph.listed,
                paragraph.label == "",
                paragraph.style.level,
                paragraph.style.name,
                paragraph.indent,
                tuple(raised),
                tuple(formatted),
                paragraph.frame,
            )
        )

    def _write_notes(self) -> None:
        """Write the notes in the order of their marks."""
        found: dict[str, tuple[str, Mapping[str, Element]]] = {}
        for kind in ("footnote", "endnote"):
            part = next((each.target for each in self.related.values() if each.kind == f"{kind}s"), "")
            found[kind] = part, note_elements(self._tree(f"{kind}s"), kind)
        stories: dict[str, Story] = {}
        written: set[tuple[str, str]] = set()
        for kind, identifier, number, custom in self.notes:  # more may be added: a note can have notes
            part, elements = found[kind]
            if identifier not in elements or (kind, identifier) in written:
                continue
            written.add((kind, identifier))
            if kind not in stories:
                stories[kind] = self._story(self.package.tree(part), part)
            paragraphs = [each for item in stories[kind].items(elements[identifier]) for each in paragraphs_of(item)]
            lines: list[Span] = []
            raised: list[Raised] = []
            formatted: list[Formatted] = []
            if custom and paragraphs:
                _drop_mark(paragraphs[0], number)
            label = self._add(number) if number else None
            if label:
                self._add("\t")
            for paragraph in paragraphs or [Paragraph()]:
                _, more, marks, formats = self._lines(paragraph, part)
                lines += more
                raised += marks
                formatted += formats
            self.entries.append(
                Entry(EntryPlace.NOTE, (tuple(lines),), label, raised=tuple(raised), formatted=tuple(formatted))
            )

    def _lines(self, paragraph: Paragraph, part: str) -> tuple[Span | None, list[Span], list[Raised], list[Formatted]]:
        """Write a paragraph; return the range of its label, those of its lines, what is raised, and what is set off."""
        label = self._add(paragraph.label) if paragraph.label else None
        if label:
            self.labels.append(label)
            self._add("\t")
        lines: list[Span] = []
        raised: list[tuple[Raised, str]] = []
        is_formatted = any(piece.bold or piece.italic or piece.link for piece in paragraph.pieces)
        formatted = {format: _FormattedWords(format) for format in Format} if is_formatted else {}
        start = self.length
        marks = list(reversed(paragraph.notes))
        for index, piece in enumerate([*paragraph.pieces, _END]):
            typed = ""
            while marks and marks[-1].piece <= index:
                if marks[-1].custom:
                    typed = piece.text.strip()
                raised += ((mark, mark.note) for mark in self._mark(marks.pop(), paragraph.section, typed))
            for count, line in enumerate(piece.text.split("\n")):
                if count:
                    lines.append(Span(start, self.length))
                    self._add("\n")
                    start = self.length
                span = self._add(line)
                if piece.node >= 0 and line:
                    self.nodes.append(Node(span, part, piece.node))
                if typed and line.strip():
                    raised.append((Raised(span, typed), typed))
                elif piece.raised and line:
                    continues = raised and not raised[-1][0].note and raised[-1][0].span.end == span.start
                    begun, before = raised.pop() if continues else (Raised(span), "")
                    raised.append((Raised(Span(begun.span.start, span.end)), before + line))
                if not is_formatted:
                    continue
                for format, holds in ((Format.BOLD, piece.bold), (Format.ITALIC, piece.italic)):
                    formatted[format].add(line, span.start, holds)
                formatted[Format.LINK].add(line, span.start, bool(piece.link), piece.link)
        lines.append(Span(start, self.length))
        self._add("\n")
        found = sorted((each for words in formatted.values() for each in words.finish()), key=lambda each: each.span)
        marked = [each for each, text in raised if text.strip()]
        return label, [line for line in lines if line.start < line.end], marked, found

    def _mark(self, mark: NoteMark, section: int, typed: str) -> Iterator[Raised]:
        """Write the mark of a note, unless it is typed."""
        assert self.numbers is not None
        if mark.custom:
            self.notes.append((mark.kind, mark.identifier, typed, True))
            return
        number = self.numbers.number(mark.kind, section)
        self.notes.append((mark.kind, mark.identifier, number, False))
        yield Raised(self._add(f"[^{number}]"), number)

    def _add(self, text: str) -> Span:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return Span(start, self.length)


def _drop_mark(paragraph: Paragraph, mark: str) -> None:
    """Take the mark with which a note begins out of its text, if it is typed there."""
    for number, piece in enumerate(paragraph.pieces):
        if piece.text.strip():
            if piece.text.strip() == mark:
                shift = number + 1
                paragraph.pieces = paragraph.pieces[shift:]
                paragraph.notes = [each._replace(piece=max(each.piece - shift, 0)) for each in paragraph.notes]
            return


class _FormattedWords:
    """Collects the words of a format, however many runs hold them.

    Blanks of another format stand between words, and belong to them only at the end of a paragraph.
    """

    def __init__(self, format: Format) -> None:
        self.format = format
        self.found: list[Formatted] = []
        self.reach = _NOWHERE  # the end of the last words and the blanks after them, if only blanks follow

    def add(self, text: str, start: int, holds: bool, address: str = "") -> None:
        """Add text that begins at an offset; ``holds``: it has the format."""
        begin, end = start + len(text) - len(text.lstrip()), start + len(text)
        has_words, follows = begin < end, self.reach >= start - 1 and self.found[-1].address == address
        if holds and follows:
            self._extend(end)
        elif holds and has_words:
            self.found.append(Formatted(Span(begin, end), self.format, address))
        if has_words and not holds:
            self.reach = _NOWHERE
        elif has_words or follows:
            self.reach = end

    def finish(self) -> list[Formatted]:
        """Return the words of a paragraph."""
        if self.reach != _NOWHERE:
            self._extend(self.reach)
        return self.found

    def _extend(self, end: int) -> None:
        self.found[-1] = self.found[-1]._replace(span=Span(self.found[-1].span.start, end))
