"""The paragraphs and tables of one story of a Word file (the body, a header, a note) as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportlint.errors import UnreadableInput, message
from reportlint.word.list_labels import Numbering
from reportlint.word.namespaces import COMPATIBILITY, WordNames, relationship
from reportlint.word.styles import NO_STYLE, RunStyle, WordStyle, read_run_style

_DEEPEST = 256
_CHOICE = f"{{{COMPATIBILITY}}}Choice"
_FALLBACK = f"{{{COMPATIBILITY}}}Fallback"
_ALTERNATIVES = f"{{{COMPATIBILITY}}}AlternateContent"
_PRIVATE_USE = range(0xE000, 0xF900)
_BLANKS = {ord(char): " " for char in "\n\r\t"}
_DOCUMENT_VARIABLE = "DOCVARIABLE"
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')


class TextPiece(NamedTuple):
    """A piece of the text of a paragraph.

    ``node`` is the number of its text, see :func:`numbered`; -1 for others. ``link`` is the address that it leads to.
    """

    text: str
    node: int = -1
    bold: bool = False
    italic: bool = False
    raised: bool = False
    link: str = ""


class NoteMark(NamedTuple):
    """A mark of a note, at a piece of a paragraph. ``custom``: the mark is text that follows it."""

    piece: int
    kind: str
    identifier: str
    custom: bool = False


@dataclass
class Paragraph:
    """A paragraph.

    ``label`` is the number or letter that Word prints before it, "" for a bullet; ``listed`` are its list and level
    there. ``level`` is its level as a heading.
    ``frame``: it stands in a frame beside the text. ``boxes`` are the paragraphs of text boxes anchored in it.
    ``section`` is the number of its section, from 0.
    """

    pieces: list[TextPiece] = field(default_factory=list)
    style: WordStyle = NO_STYLE
    label: str | None = None
    listed: tuple[int, int] | None = None
    indent: int = 0
    frame: bool = False
    notes: list[NoteMark] = field(default_factory=list)
    boxes: list[StoryItem] = field(default_factory=list)
    section: int = 0

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass
class TableRow:
    """A row of a table: the paragraphs of each cell. ``floats``: the table stands beside the text."""

    cells: list[list[Paragraph]]
    floats: bool = False


StoryItem = Paragraph | TableRow


class Changes(NamedTuple):
    """Which tracked changes are read: those that the accepted text holds, or those of the original.

    ``left_out`` are the elements whose text is not read; a paragraph whose mark is one of them ends in the next.
    """

    left_out: tuple[str, ...]
    row: str
    cell: str
    is_original: bool


ACCEPTED = Changes(("del", "moveFrom"), "del", "cellDel", is_original=False)
ORIGINAL = Changes(("ins", "moveTo"), "ins", "cellIns", is_original=True)


class Story:
    """Reads one story. ``struck`` counts the runs that are struck through and read as deleted."""

    def __init__(
        self,
        root: Element,
        styles: Mapping[str, WordStyle],
        default: str,
        numbering: Numbering,
        changes: Changes = ACCEPTED,
        links: Mapping[str, str] | None = None,
    ) -> None:
        self.names = WordNames(root)
        self.root = root
        self.styles = styles
        self.default = default
        self.numbering = numbering
        self.changes = changes
        self.links = links or {}
        self.struck = 0
        self.sections: list[Element | None] = []
        self._fields: list[list[str]] = []
        self._link = ""
        of = self.names.of
        self._numbers = {element: number for number, element in enumerate(numbered(root, self.names))}
        self._left_out = frozenset(map(of, changes.left_out))
        self._run: dict[str, Callable[[Element, RunStyle, Paragraph, int], None]] = {
            of("t"): self._text,
            of("delText"): self._text,
            of("tab"): self._character("\t"),
            of("ptab"): self._character("\t"),
            of("br"): self._break,
            of("cr"): self._character("\n"),
            of("noBreakHyphen"): self._character("-"),
            of("sym"): self._symbol,
            of("fldChar"): self._field,
            of("instrText"): self._instruction,
            of("footnoteReference"): self._note,
            of("endnoteReference"): self._note,
            of("drawing"): self._drawing,
            of("pict"): self._drawing,
            of("object"): self._drawing,
            of("ruby"): self._ruby,
            _ALTERNATIVES: self._alternatives,
        }

    def items(self, element: Element | None = None) -> list[StoryItem]:
        """Return the paragraphs and rows of an element: by default, of the whole story."""
        return self._joined(self._items(self.root if element is None else element, 0))

    def _joined(self, items: Iterator[tuple[StoryItem, bool]]) -> list[StoryItem]:
        """Return items; a paragraph whose end is left out is joined to the next, which gives number and style."""
        found: list[StoryItem] = []
        carried: Paragraph | None = None
        for item, joins in items:
            if carried is not None and isinstance(item, Paragraph):
                shift = len(carried.pieces)
                item.pieces = carried.pieces + item.pieces
                item.notes = carried.notes + [mark._replace(piece=mark.piece + shift) for mark in item.notes]
                item.boxes = carried.boxes + item.boxes
                carried = None
            elif carried is not None:
                found.append(carried)
                carried = None
            if joins and isinstance(item, Paragraph):
                carried = item
            else:
                found.append(item)
        return [*found, carried] if carried else found

    def _items(self, element: Element, depth: int) -> Iterator[tuple[StoryItem, bool]]:
        if depth > _DEEPEST:
            raise UnreadableInput(message("a Word file with elements nested too deeply"))
        of = self.names.of
        paragraph, table, properties = of("p"), of("tbl"), of("sectPr")
        for child in element:
            tag = child.tag
            if tag == paragraph:
                yield self._paragraph(child, depth)
            elif tag == table:
                for row in self._rows(child, depth):
                    yield row, False
            elif tag == properties:
                self.sections.append(child)
            elif tag == _ALTERNATIVES:
                choice = child.find(_CHOICE)
                if choice is not None:
                    yield from self._items(choice, depth + 1)
            elif tag in self._left_out:
                self._skip_fields(child)
            elif len(child):
                yield from self._items(child, depth + 1)

    def _rows(self, table: Element, depth: int) -> Iterator[TableRow]:
        floats = self.names.child(table, "tblPr", "tblpPr") is not None
        for row in self._children(table, "tr"):
            if self.names.child(row, "trPr", self.changes.row) is not None:
                self._skip_fields(row)
                continue
            cells: list[list[Paragraph]] = []
            for cell in self._children(row, "tc"):
                if self.names.child(cell, "tcPr", self.changes.cell) is not None:
                    self._skip_fields(cell)
                    continue
                items = self._joined(self._items(cell, depth + 1))
                cells.append([paragraph for item in items for paragraph in paragraphs_of(item)])
            yield TableRow(cells, floats)

    def _children(self, element: Element, name: str) -> Iterator[Element]:
        """Yield the children with a name, also those within content controls and the like."""
        wanted = self.names.of(name)
        for child in element:
            if child.tag == wanted:
                yield child
            elif child.tag in (self.names.of("sdt"), self.names.of("sdtContent"), self.names.of("customXml")):
                yield from self._children(child, name)

    def _paragraph(self, element: Element, depth: int) -> tuple[Paragraph, bool]:
        names, of = self.names, self.names.of
        properties = names.child(element, "pPr")
        given = names.children(properties)
        mark, section = given.get(of("rPr")), given.get(of("sectPr"))
        if self.changes.is_original and of("pPrChange") in given:
            before = names.child(given[of("pPrChange")], "pPr")
            given = names.children(before) if before is not None else given
        identifier = names.attribute(given.get(of("pStyle"))) or self.default
        style = self.styles.get(identifier, NO_STYLE)
        paragraph = Paragraph(style=style, section=len(self.sections))
        outline = names.number(given.get(of("outlineLvl")))
        if outline is not None:
            paragraph.style = style._replace(level=outline + 1 if outline < 9 else None)
        paragraph.frame = of("framePr") in given
        indent = given.get(of("ind"))
        paragraph.indent = names.number(indent, "left") or names.number(indent, "start") or 0
        struck = self.struck
        self._content(element, style.run, paragraph, depth)
        if section is not None:
            self.sections.append(section)
        joins = mark is not None and any(child.tag in self._left_out for child in mark)
        is_gone = not paragraph.pieces and (
            section is not None or self.struck > struck or bool(read_run_style(names, mark).over(style.run).hidden)
        )
        if not joins and not is_gone:
            paragraph.listed = self._place(given.get(of("numPr")), identifier, style)
            paragraph.label = self.numbering.label(*paragraph.listed) if paragraph.listed else None
        return paragraph, joins

    def _place(self, given: Element | None, identifier: str, style: WordStyle) -> tuple[int, int] | None:
        """Return the list and level of a paragraph; ``None`` if it has no automatic label."""
        names = self.names
        list_id = names.number(names.child(given, "numId"))
        if list_id is None:
            list_id = style.list_id
        if not list_id:
            return None
        number = names.number(names.child(given, "ilvl"))
        if number is None:
            number = self.numbering.level_of_style(list_id, identifier)
        if number is None:
            number = style.list_level
        return list_id, number or 0

    def _content(self, element: Element, run: RunStyle, paragraph: Paragraph, depth: int) -> None:
        if depth > _DEEPEST:
            raise UnreadableInput(message("a Word file with elements nested too deeply"))
        names = self.names
        run_tag, properties = names.of("r"), names.of("pPr")
        for child in element:
            tag = child.tag
            if tag == run_tag:
                self._read_run(child, run, paragraph, depth)
            elif tag == properties:
                continue
            elif tag in self._left_out:
                self._skip_fields(child)
            elif tag == _ALTERNATIVES:
                self._alternatives(child, run, paragraph, depth)
            elif tag == names.of("fldSimple"):
                variable = (names.attribute(child, "instr") or "").split()[:1] == [_DOCUMENT_VARIABLE]
                self._fields.append(["code" if variable else "result", names.attribute(child, "instr") or ""])
                self._content(child, run, paragraph, depth + 1)
                self._fields.pop()
            elif tag == names.of("hyperlink"):
                outer, self._link = self._link, self.links.get(relationship(child), "")
                self._content(child, run, paragraph, depth + 1)
                self._link = outer
            elif len(child):
                self._content(child, run, paragraph, depth + 1)

    def _read_run(self, element: Element, paragraph_style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        names = self.names
        properties = names.child(element, "rPr")
        style = paragraph_style
        if properties is not None and len(properties):
            character = names.attribute(names.child(properties, "rStyle"))
            if character is not None and character in self.styles:
                style = self.styles[character].run.over(style)
            style = read_run_style(names, properties).over(style)
        if style.hidden:
            self._skip_fields(element)
            return
        if style.struck and not self.changes.is_original:
            self.struck += 1
            self._skip_fields(element)
            return
        for child in element:
            action = self._run.get(child.tag)
            if action:
                action(child, style, paragraph, depth)

    def _skip_fields(self, element: Element) -> None:
        """Follow the fields of an element that is not read: it may hold one end of a field only."""
        for child in element.iter(self.names.of("fldChar")):
            self._field(child, RunStyle(), Paragraph(), 0)

    def _text(self, element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        if element.text and not self._in_code():
            text, node, link = element.text.translate(_BLANKS), self._numbers[element], self._link or self._address()
            bold, italic, raised = bool(style.bold), bool(style.italic), bool(style.raised)
            paragraph.pieces.append(TextPiece(text, node, bold, italic, raised, link))

    def _character(self, text: str) -> Callable[[Element, RunStyle, Paragraph, int], None]:
        def add(element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
            if not self._in_code():
                paragraph.pieces.append(TextPiece(text, -1, bool(style.bold), bool(style.italic)))

        return add

    def _break(self, element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        ends_line = self.names.attribute(element, "type") in (None, "textWrapping")
        if (
            ends_line or paragraph.pieces
        ) and not self._in_code():  # the text after the end of a page is on another line
            paragraph.pieces.append(TextPiece("\n"))

    def _symbol(self, element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        code = self.names.attribute(element, "char") or ""
        try:
            value = int(code, 16)
        except ValueError:
            return
        if 0x20 <= value < 0xD800 and not self._in_code():
            paragraph.pieces.append(TextPiece(chr(value)))
        elif value in _PRIVATE_USE and not self._in_code():
            paragraph.pieces.append(TextPiece("\u2022"))

    def _address(self) -> str:
        """Return the address that the field around the text leads to, or ""."""
        for _, code in reversed(self._fields) if self._fields else ():
            if match := _HYPERLINK.match(code):
                return match[1]
        return ""

    def _in_code(self) -> bool:
        return bool(self._fields) and any(state == "code" for state, _ in self._fields)

    def _field(self, element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        kind = self.names.attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(["code", ""])
        elif kind == "separate" and self._fields:
            variable = self._fields[-1][1].split()[:1] == [_DOCUMENT_VARIABLE]
            self._fields[-1][0] = "code" if variable else "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        if self._fields:
            self._fields[-1][1] += element.text or ""

    def _note(self, element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        names = self.names
        kind = "footnote" if element.tag == names.of("footnoteReference") else "endnote"
        custom = bool(names.attribute(element, "customMarkFollows") in ("1", "true", "on"))
        if not self._in_code():
            paragraph.notes.append(NoteMark(len(paragraph.pieces), kind, names.attribute(element, "id") or "", custom))

    def _alternatives(self, element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        choice = element.find(_CHOICE)
        if choice is not None:
            for child in choice:
                action = self._run.get(child.tag)
                if action:
                    action(child, style, paragraph, depth + 1)
                elif child.tag == self.names.of("r"):
                    self._read_run(child, style, paragraph, depth + 1)
                elif len(child):
                    self._content(child, style, paragraph, depth + 1)

    def _ruby(self, element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        """Read the text of an element, without the reading that stands above it."""
        base = self.names.child(element, "rubyBase")
        if base is not None:
            self._content(base, style, paragraph, depth + 1)

    def _drawing(self, element: Element, style: RunStyle, paragraph: Paragraph, depth: int) -> None:
        fields, self._fields = self._fields, []
        for content in _outermost(element, self.names.of("txbxContent")):
            paragraph.boxes += self._joined(self._items(content, depth + 1))
        self._fields = fields


def numbered(root: Element, names: WordNames) -> Iterator[Element]:
    """Yield the elements of a part that hold text, in the order of their numbers: ``w:t``, then ``w:delText``."""
    for name in ("t", "delText"):
        yield from root.iter(names.of(name))


def _outermost(element: Element, tag: str) -> Iterator[Element]:
    """Yield the descendants with a tag that are in no other of them; of alternatives, those in the first."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != _FALLBACK:
            yield from _outermost(child, tag)


def paragraphs_of(item: StoryItem) -> Sequence[Paragraph]:
    """Return the paragraphs of an item; those of a table within a cell follow each other."""
    return [item] if isinstance(item, Paragraph) else [paragraph for cell in item.cells for paragraph in cell]
