"""Writes comments into the bytes of a Word file. Nothing else in the file changes."""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reportlint.annotate.comments_part import earlier, written
from reportlint.annotate.places import Places, Text, read_places
from reportlint.document import Span
from reportlint.word import Entry, EntryPlace, View
from reportlint.word.package import Package, open_package

_MOST = 32_767
_WORDS = 3
_COMMENTS = "comments"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_ENTITY = re.compile(rb"&[^;]{1,32};")
_IDENTIFIER = re.compile(rb'(\bw?:?id=")(\d+)(")')


class Remark(NamedTuple):
    """A comment: the range of the view that it is about, and its paragraphs."""

    span: Span
    paragraphs: tuple[str, ...]


class _Anchor(NamedTuple):
    """The first and last text of a comment, each with an offset in it, and whether it could not stand at its place."""

    first: int
    start: int
    last: int
    end: int
    is_elsewhere: bool = False


def annotate(data: bytes, view: View, remarks: Sequence[Remark], elsewhere: str, more: str) -> bytes:
    """Return a copy of a Word file with comments.

    Args:
        data: the file.
        view: its text view.
        remarks: the comments, in the order of the text.
        elsewhere: what is added to a comment that cannot stand at its place.
        more: the comment on the remarks that are too many for Word, with ``{count}``.

    Earlier comments by reportlint that nobody answered or resolved are replaced.
    """
    package = open_package(data)
    main = package.main
    document = package.read(main)
    places = read_places(document)
    related = package.related(main)
    part = next((each.target for each in related.values() if each.kind == _COMMENTS), "")
    comments = package.read(part) if part and package.has(part) else None
    extended = next((each.target for each in related.values() if each.kind == "commentsExtended"), "")
    dropped = earlier(comments, package.read(extended) if extended and package.has(extended) else None)
    if not remarks and not dropped:
        return data
    if len(remarks) > _MOST:
        last = remarks[_MOST - 1]
        remarks = [*remarks[: _MOST - 1], last._replace(paragraphs=(more.format(count=len(remarks) - _MOST + 1),))]
    first = places.last_identifier + 1
    finder = _Finder(view, main, places)
    texts: dict[int, Sequence[str]] = {}
    anchors: dict[int, _Anchor] = {}
    for identifier, remark in enumerate(remarks, first):
        anchor = finder.anchor(remark.span)
        if anchor is None:
            continue
        anchors[identifier] = anchor
        texts[identifier] = (*remark.paragraphs, elsewhere) if anchor.is_elsewhere else remark.paragraphs
    changed = {main: _edited(document, places, anchors, dropped)}
    new_part = part or _beside(main, "comments.xml")
    changed[new_part] = written(comments, texts, dropped)
    if comments is None:
        changed |= _registered(package, main, new_part)
    return _rewritten(data, {package.names.get(name.casefold(), name): value for name, value in changed.items()})


class _Finder:
    """Finds the texts that hold a range of the view."""

    def __init__(self, view: View, main: str, places: Places) -> None:
        self.view = view
        self.places = places
        self.nodes = [node for node in view.nodes if node.part == main and not places.texts[node.number].is_boxed]
        self.nodes.sort()
        self.starts = [node.span.start for node in self.nodes]
        self.entries = [entry for entry in view.entries if entry.lines or entry.label]
        self.entry_starts = [_start(entry) for entry in self.entries]

    def anchor(self, span: Span) -> _Anchor | None:
        """Return where a comment on a range stands: at the words, or else at the nearest place in the text."""
        entry = self._entry(span.start)
        if entry and entry.place in (EntryPlace.BODY, EntryPlace.ROW):
            exact = self._within(span)
            if exact:
                return exact
            if entry.lines:  # an automatic label
                words = self._first_words(entry.lines[0])
                if words:
                    return words
        at = self._beside_note(entry) if entry and entry.place is EntryPlace.NOTE else span.start
        if not self.nodes:
            return None
        index = max(0, bisect_right(self.starts, at) - 1)
        node = self.nodes[index]
        anchor = self._within(Span(node.span.start, node.span.end))
        return anchor._replace(is_elsewhere=True) if anchor else None

    def _entry(self, offset: int) -> Entry | None:
        index = bisect_right(self.entry_starts, offset) - 1
        return self.entries[index] if index >= 0 else None

    def _beside_note(self, entry: Entry) -> int:
        """Return the offset of the mark of a note."""
        label = self.view.text[entry.label.start : entry.label.end] if entry.label else ""
        for other in self.entries:
            for raised in other.raised:
                if raised.note == label:
                    return max(0, raised.span.start - 1)
        return 0

    def _within(self, span: Span) -> _Anchor | None:
        first = max(0, bisect_right(self.starts, span.start) - 1)
        inside = []
        for node in self.nodes[first:]:
            if node.span.start >= max(span.end, span.start + 1):
                break
            if node.span.end > span.start:
                inside.append(node)
        if not inside:
            return None
        start = max(0, span.start - inside[0].span.start)
        end = min(max(span.end, span.start + 1), inside[-1].span.end) - inside[-1].span.start
        return _Anchor(inside[0].number, start, inside[-1].number, end)

    def _first_words(self, line: Span) -> _Anchor | None:
        words = list(re.finditer(r"\S+", self.view.text[line.start : line.end]))[:_WORDS]
        return self._within(Span(line.start + words[0].start(), line.start + words[-1].end())) if words else None


def _start(entry: Entry) -> int:
    return entry.label.start if entry.label else entry.lines[0].start


def _edited(document: bytes, places: Places, anchors: Mapping[int, _Anchor], dropped: Iterable[str]) -> bytes:
    """Return the XML of the document with the marks of comments."""
    p = places.prefix
    splits: dict[tuple[int, int], list[str]] = {}
    references: dict[int, list[str]] = {}
    for identifier, anchor in anchors.items():
        begins, ends = f'<{p}commentRangeStart {p}id="{identifier}"/>', f'<{p}commentRangeEnd {p}id="{identifier}"/>'
        splits.setdefault((anchor.first, anchor.start), []).append(begins)
        splits.setdefault((anchor.last, anchor.end), []).insert(0, ends)
        run = places.texts[anchor.last].run
        reference = f'<{p}r><{p}commentReference {p}id="{identifier}"/></{p}r>'
        references.setdefault(run.safe if run.safe >= 0 else run.end, []).append(reference)
    edits: list[tuple[int, int, int, bytes]] = []  # start, end, order, bytes
    kept: set[int] = set()
    fresh = iter(range(places.last_identifier + len(anchors) + 1, 2**31))
    for (number, offset), marks in sorted(splits.items()):
        text = places.texts[number]
        length = _length(document, text)
        joined = "".join(marks)
        if not text.may_split or (offset == 0 and text.is_first):
            at = text.run.start if offset < length or (not text.may_split and offset == 0) else text.run.end
            edits.append((at, at, 0, joined.encode()))
            continue
        properties = document[slice(*text.run.properties)] if text.run.properties else b""
        properties = _renumbered(properties, fresh)
        if offset == 0:
            edits.append((text.start, text.start, 1, f"</{p}r>{joined}<{p}r>".encode() + properties))
            continue
        at = _byte(document, text, offset)
        cut = f"</{p}t></{p}r>{joined}<{p}r>".encode() + properties + f'<{p}t xml:space="preserve">'.encode()
        edits.append((at, at, 1, cut))
        if not text.keeps_space and number not in kept:
            kept.add(number)
            edits.append((text.inner[0] - 1, text.inner[0] - 1, 0, b' xml:space="preserve"'))
    for at, all_references in references.items():
        edits.append((at, at, 2, "".join(all_references).encode()))
    gone = frozenset(dropped)
    edits += [(mark.start, mark.end, 3, b"") for mark in places.marks if mark.identifier in gone]
    parts: list[bytes] = []
    done = 0
    for start, end, _, new in sorted(edits, key=lambda edit: edit[:3]):
        parts += (document[done:start], new)
        done = max(done, end)
    return b"".join([*parts, document[done:]])


def _length(document: bytes, text: Text) -> int:
    return len(_characters(document[slice(*text.inner)]))


def _byte(document: bytes, text: Text, offset: int) -> int:
    """Return the byte at which a character of a text begins."""
    lengths = _characters(document[slice(*text.inner)])
    return text.inner[0] + sum(lengths[:offset])


def _characters(raw: bytes) -> list[int]:
    """Return the number of bytes of each character of XML text in UTF-8; a reference is one character."""
    if b"&" not in raw and raw.isascii():
        return [1] * len(raw)
    lengths: list[int] = []
    at = 0
    while at < len(raw):
        entity = _ENTITY.match(raw, at)
        if entity:
            lengths.append(len(entity.group()))
        elif raw.startswith(b"\r\n", at):
            lengths.append(2)
        else:
            first = raw[at]
            lengths.append(1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4)
        at += lengths[-1]
    return lengths


def _renumbered(properties: bytes, fresh: Iterable[int]) -> bytes:
    """Return copied properties of a run, with new identifiers for the tracked changes in them."""
    numbers = iter(fresh)
    return re.sub(rb'(\b\w*:?id=")\d+(")', lambda match: match[1] + str(next(numbers)).encode() + match[2], properties)


def _beside(main: str, name: str) -> str:
    return f"{main.rpartition('/')[0]}/{name}".lstrip("/")


def _registered(package: Package, main: str, part: str) -> dict[str, bytes]:
    """Return the relationships and content types with the new part."""

    folder, _, base = main.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels".lstrip("/")
    relations = (
        package.read(rels).decode("utf-8-sig")
        if package.has(rels)
        else (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        )
    )
    used = set(re.findall(r'\bId="([^"]*)"', relations))
    identifier = next(
        f"rIdReportlint{number}" for number in range(1, len(used) + 2) if f"rIdReportlint{number}" not in used
    )
    relation = f'<Relationship Id="{identifier}" Type="{_RELATION}" Target="{part.rpartition("/")[2]}"/>'
    types = package.read("[Content_Types].xml").decode("utf-8-sig")
    override = f'<Override PartName="/{part}" ContentType="{_CONTENT}"/>'
    return {
        rels: _before_end(relations, "Relationships", relation).encode(),
        "[Content_Types].xml": _before_end(types, "Types", override).encode(),
    }


def _before_end(text: str, root: str, new: str) -> str:
    """Return XML with a child added at the end of its root element."""
    closing = re.search(rf"</(\w+:)?{root}\s*>\s*$", text)
    prefix = closing[1] or "" if closing else ""
    new = new.replace("<", f"<{prefix}", 1)
    if closing:
        return text[: closing.start()] + new + text[closing.start() :]
    return re.sub(r"/>\s*$", f">{new}</{root}>", text)


def _rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return the zip file with some parts changed; all others keep their bytes, order and time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        left = dict(changed)
        for entry in old.infolist():
            content = left.pop(entry.filename, None)
            new.writestr(entry, old.read(entry) if content is None else content, compress_type=entry.compress_type)
        for name, content in left.items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()
