"""XML edited as bytes: everything that is not edited keeps its bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.parsers import expat

from reportlint.errors import UnreadableInput, message
from reportlint.word.package import Package

SEPARATOR = "\x01"  # stands in no XML, nor in the name of a namespace
"""Stands between the namespace, the name and the prefix of elements and attributes that a parser reports."""
_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")
_WIDE = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


class XmlText(NamedTuple):
    """The XML of a part as UTF-8, and the encoding and byte order mark that it has in the file."""

    data: bytes
    encoding: str = "utf-8"
    mark: bytes = b""

    def encoded(self, data: bytes) -> bytes:
        """Return edited XML in the encoding of the file. Characters that it lacks become character references."""
        if self.encoding == "utf-8":
            return data
        return self.mark + data.decode("utf-8").encode(self.encoding, "xmlcharrefreplace")


def read_xml(package: Package, part: str) -> XmlText:
    """Return the XML of a part as UTF-8.

    Raises:
        UnreadableInput: the part cannot be read, or is no XML.
    """
    package.tree(part)  # which may raise
    return xml_text(package.read(part), part)


def xml_text(data: bytes, part: str) -> XmlText:
    """Return the XML of a part, which is well formed, as UTF-8.

    Raises:
        UnreadableInput: its encoding is unknown, or its bytes do not follow it.
    """
    encoding, mark = next(((name, start) for start, name in _WIDE if data.startswith(start)), ("", b""))
    if not encoding:
        declared = _DECLARED.match(data)
        encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
        if encoding in ("utf-8", "utf8"):
            return XmlText(data)
    mark = mark if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else b""
    try:
        return XmlText(data[len(mark) :].decode(encoding).encode("utf-8"), encoding, mark)
    except (LookupError, UnicodeError):
        raise UnreadableInput(message("{part} is damaged", part=part)) from None


class XmlEdit(NamedTuple):
    """A range of bytes and what replaces it. ``start`` and ``end`` are the same for an insertion."""

    start: int
    end: int
    new: bytes = b""


def edited(data: bytes, edits: Iterable[XmlEdit]) -> bytes:
    """Return bytes with edits that do not overlap. Insertions at one place keep their order."""
    parts: list[bytes] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        parts += (data[done : edit.start], edit.new)
        done = max(done, edit.end)
    return b"".join([*parts, data[done:]])


def parser() -> expat.XMLParserType:
    """Return a parser of XML in UTF-8 that reports namespaces and prefixes."""
    made = expat.ParserCreate("utf-8", SEPARATOR)
    made.namespace_prefixes = True
    return made


def split_name(name: str) -> tuple[str, str, str]:
    """Return the namespace, the name and the prefix of an element or attribute that a parser reports."""
    uri, has_namespace, rest = name.partition(SEPARATOR)
    if not has_namespace:
        return "", name, ""
    local, _, prefix = rest.partition(SEPARATOR)
    return uri, local, prefix


def tag_end(data: bytes, start: int) -> int:
    """Return the offset after the tag that begins at an offset."""
    tag = _TAG.match(data, start)
    return tag.end() if tag else len(data)


def is_one_tag(data: bytes, start: int) -> bool:
    """Return whether the tag that begins at an offset is a whole element."""
    return data[tag_end(data, start) - 2] == ord("/")


class Prefix(NamedTuple):
    """How new elements of a namespace are written: the prefix with a colon, and its declaration if they need one."""

    prefix: str
    declaration: str = ""

    @classmethod
    def chosen(cls, uri: str, declared: Mapping[str, str], rebound: Iterable[str] = ()) -> Prefix:
        """Return a prefix that a root element declares for a namespace, for elements and attributes.

        ``rebound`` are the prefixes that mean something else within the root element.
        """
        taken = set(rebound)
        for prefix, meaning in declared.items():
            if prefix and meaning == uri and prefix not in taken:
                return cls(f"{prefix}:")
        return cls("rl:", f' xmlns:rl="{uri}"')


class Child(NamedTuple):
    """A child of a root element: its byte range, its name, and its attributes by name without namespace."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]


class Root(NamedTuple):
    """The root element of a part: its namespace, its name as written, the prefixes it declares, and its children.

    ``inner_end`` is where another child may be added; -1 if the element is one tag, which ends at ``end``.
    """

    uri: str
    name: str
    declared: Mapping[str, str]
    children: tuple[Child, ...]
    inner_end: int
    end: int

    def added(self, new: bytes) -> XmlEdit:
        """Return the edit that adds children."""
        if self.inner_end >= 0:
            return XmlEdit(self.inner_end, self.inner_end, new)
        return XmlEdit(self.end - 2, self.end, b">" + new + f"</{self.name}>".encode())

    def element(self, local: str, attributes: str) -> bytes:
        """Return a child that is one tag, with the prefix of the root element."""
        prefix = self.name.rpartition(":")[0]
        return f"<{prefix + ':' if prefix else ''}{local} {attributes}/>".encode()


def read_root(data: bytes, part: str) -> Root:
    """Return the root element of XML in UTF-8.

    Raises:
        UnreadableInput: the XML is not well formed.
    """
    reader = parser()
    declared: dict[str, str] = {}
    children: list[Child] = []
    opened: list[tuple[str, str, int, Mapping[str, str]]] = []
    root: list[Root] = []

    def declare(prefix: str | None, uri: str) -> None:
        if not opened:
            declared[prefix or ""] = uri

    def begin(name: str, attributes: dict[str, str]) -> None:
        uri, local, prefix = split_name(name)
        plain = {split_name(key)[1]: value for key, value in attributes.items()} if len(opened) == 1 else {}
        written = f"{prefix}:{local}" if prefix else local
        opened.append((uri, local if opened else written, reader.CurrentByteIndex, plain))

    def finish(_: str) -> None:
        uri, name, start, attributes = opened.pop()
        if len(opened) > 1:
            return
        at = reader.CurrentByteIndex
        whole = is_one_tag(data, start)
        end = at if whole else tag_end(data, at)
        if opened:
            children.append(Child(start, end, name, attributes))
        else:
            root.append(Root(uri, name, declared, tuple(children), -1 if whole else at, end))

    reader.StartNamespaceDeclHandler = declare
    reader.StartElementHandler = begin
    reader.EndElementHandler = finish
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableInput(message("{part} is damaged (line {line})", part=part, line=error.lineno)) from None
    return root[0]
