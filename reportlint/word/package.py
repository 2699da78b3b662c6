"""The package of a Word file: its parts, their relationships, and the reasons why it cannot be read."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

from reportlint.document.signatures import OLE
from reportlint.errors import Message, UnreadableInput, message

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST_PART = 64_000_000
_LARGEST_PACKAGE = 256_000_000
_SMALL_PART = 4_000_000  # may be compressed as well as can be
_MOST_COMPRESSED = 400  # bytes from one; text of real files reaches 142
_MOST_PARTS = 20_000
_ENCRYPTED_FLAG = 0x1
_WORD = "wordprocessingml"
_DAMAGED = message("a damaged Word file")
_PASSWORD = message("protected by a password")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, LookupError, RuntimeError, ValueError)


class Relationship(NamedTuple):
    """A relationship of a part: the last word of its type ("header"), and the name of the part it leads to."""

    kind: str
    target: str


@dataclass
class Package:
    """An opened Word file. ``main`` is the name of the part with the text."""

    archive: zipfile.ZipFile
    names: Mapping[str, str]
    main: str = ""
    _trees: dict[str, ElementTree.Element] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return name.casefold() in self.names

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            UnreadableInput: the part is missing, damaged or too large.
        """
        stored = self.names.get(name.casefold())
        if stored is None:
            raise UnreadableInput(message("a Word file without the part {part}", part=name))
        try:
            if self.archive.getinfo(stored).compress_type not in _METHODS:
                raise UnreadableInput(_DAMAGED)
            with self.archive.open(stored) as stream:
                data = stream.read(_LARGEST_PART + 1)
        except _ERRORS:
            raise UnreadableInput(_DAMAGED) from None
        if len(data) > _LARGEST_PART:
            raise UnreadableInput(_too_large(name))
        return data

    def tree(self, name: str) -> ElementTree.Element:
        """Return the root element of a part.

        Raises:
            UnreadableInput: the part cannot be read, is no XML, or has a document type declaration.
        """
        if name not in self._trees:
            self._trees[name] = parse(self.read(name), name)
        return self._trees[name]

    def related(self, name: str) -> dict[str, Relationship]:
        """Return the relationships of a part to other parts of the package, by their identifiers."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(rels):
            return {}
        return {
            element.get("Id", ""): Relationship(
                element.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
            )
            for element in self.tree(rels)
            if element.get("TargetMode") != "External"
        }

    def links(self, name: str) -> dict[str, str]:
        """Return the addresses outside the package that a part leads to, by the identifiers of the relationships."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(rels):
            return {}
        return {
            element.get("Id", ""): element.get("Target", "")
            for element in self.tree(rels)
            if element.get("TargetMode") == "External"
        }


def open_package(data: bytes) -> Package:
    """Open a Word file.

    Raises:
        UnreadableInput: it is damaged, protected, too large, in the old binary format, or no Word file.
    """
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            raise UnreadableInput(_PASSWORD)
        raise UnreadableInput(message("a Word file of the old binary format; save it as .docx"))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _ERRORS:
        raise UnreadableInput(_DAMAGED) from None
    entries = archive.infolist()
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise UnreadableInput(_PASSWORD)
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_PACKAGE:
        raise UnreadableInput(_too_large(""))
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")) and _is_too_large(entry):
            raise UnreadableInput(_too_large(entry.filename))
    package = Package(archive, {entry.filename.replace("\\", "/").casefold(): entry.filename for entry in entries})
    main = next((each.target for each in package.related("").values() if each.kind == "officeDocument"), None)
    if main is None or _WORD not in package.tree(main).tag:
        raise UnreadableInput(message("not a Word file"))
    package.main = main
    return package


def _is_too_large(entry: zipfile.ZipInfo) -> bool:
    """Return whether a part is too large, by its declared size, or because it is compressed beyond reason."""
    is_bomb = entry.file_size > _SMALL_PART and entry.file_size > _MOST_COMPRESSED * entry.compress_size
    return entry.file_size > _LARGEST_PART or is_bomb


def parse(data: bytes, name: str) -> ElementTree.Element:
    """Return the root element of the XML of a part.

    Raises:
        UnreadableInput: the XML is not well formed, or has a document type declaration.
    """
    try:
        _check_prolog(data)
        return ElementTree.fromstring(data)
    except (expat.ExpatError, ElementTree.ParseError) as error:
        line = getattr(error, "lineno", 0) or getattr(error, "position", (0, 0))[0]
        raise UnreadableInput(message("{part} is damaged (line {line})", part=name, line=line)) from None
    except (LookupError, ValueError):  # an unknown encoding, a document type declaration
        raise UnreadableInput(message("{part} is damaged", part=name)) from None


class _PrologEndsError(Exception):
    """The root element begins."""


def _check_prolog(data: bytes) -> None:
    """Raise :class:`ValueError` if there is a document type declaration, which stands before the root element."""

    def refuse(*_: object) -> None:
        raise ValueError("a document type declaration")

    def stop(*_: object) -> None:
        raise _PrologEndsError

    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = refuse
    guard.StartElementHandler = stop
    with suppress(_PrologEndsError):
        guard.Parse(data, True)


def _too_large(name: str) -> Message:
    return (
        message("a Word file with too much in it ({part})", part=name)
        if name
        else message("a Word file with too much in it")
    )
