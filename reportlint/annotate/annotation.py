"""Writes comments into the bytes of a Word file. Nothing else in the file changes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from reportlint.annotate.anchors import Anchor, AnchorFinder
from reportlint.annotate.comments_part import COMMENTS, Comments, read_comments, written
from reportlint.annotate.package_copy import copied
from reportlint.annotate.places import Places, Text, TextRun, read_places
from reportlint.annotate.xml_edits import Child, XmlEdit, XmlText, edited, is_one_tag, read_root, read_xml
from reportlint.document import Span
from reportlint.word import View
from reportlint.word.namespaces import STRICT
from reportlint.word.package import Package, open_package

MOST_COMMENTS = 32_767
"""Word opens no file with more comments."""
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CONTENT_TYPES = "[Content_Types].xml"
_NO_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_NOTES = ("footnotes", "endnotes")
_IDENTIFIER = re.compile(rb"""([\s:]id\s*=\s*["'])[^"']*""")


class Remark(NamedTuple):
    """A comment: the range of the view that it is about, and its paragraphs.

    ``elsewhere`` is added to a comment that cannot stand at its words.
    """

    span: Span
    paragraphs: tuple[str, ...]
    elsewhere: str


def has_comments(data: bytes) -> bool:
    """Return whether a Word file has a comment by reportlint.

    Raises:
        UnreadableInput: it is no Word file, or damaged.
    """
    return read_comments(open_package(data)).has_ours


def annotate(data: bytes, view: View, remarks: Sequence[Remark], more: Callable[[int], str]) -> bytes:
    """Return a copy of a Word file with comments.

    Earlier comments by reportlint that nobody answered or resolved are replaced. Without them and without remarks, the
    copy has the same bytes.

    Args:
        data: the file.
        view: its text view.
        remarks: the comments, in the order of the text.
        more: returns the comment on a number of remarks that are too many for Word.

    Raises:
        UnreadableInput: a part that changes is damaged.
    """
    package = open_package(data)
    comments = read_comments(package)
    if not remarks and not comments.replaced:
        return data
    main = read_xml(package, package.main)
    places = read_places(main.data)
    if places.paragraph is None:
        return data
    remarks = _limited(remarks, MOST_COMMENTS - len(comments.all) + len(comments.replaced), more)
    finder = AnchorFinder(view, package.main, places)
    fresh = _unused(places, comments, _last_note(package))
    marks = _Marks(main.data, places, fresh)
    texts: dict[int, Sequence[str]] = {}
    for remark, identifier in zip(remarks, fresh, strict=False):
        anchor = finder.anchor(remark.span)
        marks.add(identifier, anchor)
        is_there = anchor is not None and not anchor.is_elsewhere
        texts[identifier] = remark.paragraphs if is_there else (*remark.paragraphs, remark.elsewhere)
    gone = (XmlEdit(mark.start, mark.end) for mark in places.marks if mark.identifier in comments.replaced)
    changed = {package.main: main.encoded(edited(main.data, [*marks.edits(), *gone]))}
    named = bool(comments.part)
    comments = comments._replace(part=comments.part or _free_name(package))
    changed |= written(package, comments, places.uri, texts)
    if not package.has(comments.part):
        changed |= _registered(package, comments.part, places.uri, is_related=named)
    return copied(data, {package.names.get(name.casefold(), name): part for name, part in changed.items()})


def _limited(remarks: Sequence[Remark], most: int, more: Callable[[int], str]) -> Sequence[Remark]:
    """Return remarks, at most a number of them; the last one stands for all that are left."""
    if len(remarks) <= most:
        return remarks
    kept = max(0, most - 1)
    left = remarks[kept]
    return [*remarks[:kept], left._replace(paragraphs=(more(len(remarks) - kept),))]


def _unused(places: Places, comments: Comments, last_note: int) -> Iterator[int]:
    """Yield numbers that identify nothing in the file. LibreOffice loses notes with the number of a comment."""
    used = places.identifiers | {comment.identifier for comment in comments.all}
    return (number for number in count(last_note + 1) if str(number) not in used)


def _last_note(package: Package) -> int:
    """Return the highest identifier of a note; -1 if there is none."""
    parts = [each.target for each in package.related(package.main).values() if each.kind in _NOTES]
    notes = [
        child.attributes.get("id", "") for part in parts if package.has(part) for child in _children(package, part)
    ]
    return max((int(identifier) for identifier in notes if identifier.isdecimal()), default=-1)


def _children(package: Package, part: str) -> Sequence[Child]:
    return read_root(read_xml(package, part).data, part).children


@dataclass
class _Slot:
    """What is inserted at one byte: the ends of ranges, references, and the starts of ranges.

    ``before`` and ``after`` close and reopen the elements that the byte stands in.
    """

    before: str = ""
    after: bytes = b""
    ends: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)

    def __bytes__(self) -> bytes:
        marks = "".join([self.before, *self.ends, *self.references, *self.starts])
        return marks.encode() + self.after


class _Marks:
    """Collects the marks of comments, and the edits that insert them.

    ``fresh`` gives the identifiers of tracked changes that are copied with the properties of a run.
    """

    def __init__(self, document: bytes, places: Places, fresh: Iterator[int]) -> None:
        self.document = document
        self.places = places
        self.fresh = fresh
        self.slots: dict[int, _Slot] = {}
        self.split: dict[int, Text] = {}
        self.in_paragraph: list[str] = []

    def add(self, identifier: int, anchor: Anchor | None) -> None:
        """Add the marks of a comment; without an anchor, in the first paragraph."""
        prefix, declaration = self.places.prefix
        attribute = f'{declaration} {prefix}id="{identifier}"'
        start, end = f"<{prefix}commentRangeStart{attribute}/>", f"<{prefix}commentRangeEnd{attribute}/>"
        reference = f"<{prefix}r{declaration}><{prefix}commentReference{attribute}/></{prefix}r>"
        if anchor is None:
            self.in_paragraph += (start, end, reference)
            return
        first, last = self.places.texts[anchor.first], self.places.texts[anchor.last]
        self._slot(first, anchor.start, is_end=False).starts.append(start)
        closing = self._slot(last, anchor.end, is_end=True)
        closing.ends.append(end)
        run = last.run
        after = closing if run.after == run.end else self.slots.setdefault(run.after, _Slot())
        after.references.append(reference)

    def _slot(self, text: Text, offset: int, is_end: bool) -> _Slot:
        """Return the slot before a character of a text, or after the one before it."""
        run = text.run
        if (offset == 0 and text.index == 1) or (run.is_mark and not is_end):
            return self.slots.setdefault(run.start, _Slot())
        if (offset == text.length and text.index == run.content) or run.is_mark:
            return self.slots.setdefault(run.end, _Slot())
        if offset in (0, text.length):
            return self._cut(text.start if offset == 0 else text.end, f"</{run.name}>", run, "")
        at, is_data = text.cut(offset)
        self.split[text.start] = text
        before, after = ("]]>", "<![CDATA[") if is_data else ("", "")
        opening = f'<{text.name} xml:space="preserve">{after}'
        return self._cut(at, f"{before}</{text.name}></{run.name}>", run, opening)

    def _cut(self, at: int, before: str, run: TextRun, opening: str) -> _Slot:
        """Return the slot at a byte within a run, which ends there and begins again with the same properties."""
        if at not in self.slots:
            after = f"<{run.name}>".encode() + self._properties(run) + opening.encode()
            self.slots[at] = _Slot(before, after)
        return self.slots[at]

    def _properties(self, run: TextRun) -> bytes:
        """Return the properties of a run, with new identifiers for the tracked changes in them."""
        if run.properties is None:
            return b""
        start, end = run.properties
        edits = [
            XmlEdit(first - start, last - start, self._renumbered(self.document[first:last]))
            for first, last in run.changes
        ]
        return edited(self.document[start:end], edits)

    def _renumbered(self, tag: bytes) -> bytes:
        return _IDENTIFIER.sub(lambda found: found[1] + str(next(self.fresh)).encode(), tag, count=1)

    def edits(self) -> Iterator[XmlEdit]:
        """Yield the insertions."""
        for text in self.split.values():
            if not text.keeps_space:
                yield XmlEdit(text.tag_end - 1, text.tag_end - 1, b' xml:space="preserve"')
        for at, slot in self.slots.items():
            yield XmlEdit(at, at, bytes(slot))
        if self.in_paragraph:
            yield self._paragraph_edit("".join(self.in_paragraph).encode())

    def _paragraph_edit(self, marks: bytes) -> XmlEdit:
        """Return the edit that adds marks to the end of the first paragraph."""
        assert self.places.paragraph is not None
        name, start, end = self.places.paragraph
        if is_one_tag(self.document, start):
            return XmlEdit(end - 2, end, b">" + marks + f"</{name}>".encode())
        at = self.document.rindex(b"</", start, end)
        return XmlEdit(at, at, marks)


def _free_name(package: Package) -> str:
    """Return a name for the part with comments that no part has."""
    folder = posixpath.dirname(package.main)
    names = (posixpath.join(folder, f"{COMMENTS}{number or ''}.xml") for number in count())
    return next(name for name in names if not package.has(name))


def _registered(package: Package, part: str, uri: str, is_related: bool) -> dict[str, bytes]:
    """Return the parts that change when a new part with comments is registered: content types, relationships."""
    types = read_xml(package, _CONTENT_TYPES)
    root = read_root(types.data, _CONTENT_TYPES)
    changed: dict[str, bytes] = {}
    if f"/{part}".casefold() not in (child.attributes.get("PartName", "").casefold() for child in root.children):
        new = root.element("Override", f'PartName="/{part}" ContentType="{_CONTENT_TYPE}"')
        changed[_CONTENT_TYPES] = types.encoded(edited(types.data, [root.added(new)]))
    if is_related:
        return changed
    folder, base = posixpath.split(package.main)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    relations = read_xml(package, name) if package.has(name) else XmlText(_NO_RELATIONSHIPS)
    root = read_root(relations.data, name)
    used = {child.attributes.get("Id") for child in root.children}
    identifier = next(f"rId{number}" for number in count(1) if f"rId{number}" not in used)
    kind = f"{_STRICT_RELATIONSHIPS if uri == STRICT else _RELATIONSHIPS}/{COMMENTS}"
    new = root.element("Relationship", f'Id="{identifier}" Type="{kind}" Target="{posixpath.basename(part)}"')
    changed[name] = relations.encoded(edited(relations.data, [root.added(new)]))
    return changed
