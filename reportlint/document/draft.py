"""The unit that is checked as one document: a file, or the files of a report issued in several parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reportlint.document.blocks import Document
from reportlint.document.source import Source
from reportlint.errors import Message, UnreadableInput

Readers = Mapping[str, Callable[[Source], Document]]
"""Readers by file suffix (".md")."""


@dataclass(frozen=True)
class Part:
    """One input file: its content, or the reason why it could not be read.

    ``data`` is the raw bytes, or a ``str`` if the input was already decoded. ``suffix`` determines the reader.
    ``decode`` returns the text of the bytes.
    """

    path: str
    suffix: str
    data: bytes | str = field(default=b"", repr=False)
    error: Message | None = None
    decode: Callable[[bytes, str], Source] = field(default=Source.from_bytes, repr=False, compare=False)

    def source(self) -> Source:
        """Decode the content.

        Raises:
            UnreadableInput: The file could not be opened or is not a text file.
        """
        if self.error:
            raise UnreadableInput(self.error)
        if isinstance(self.data, str):
            return Source.from_text(self.data, self.path)
        return self.decode(self.data, self.path)


@dataclass(frozen=True)
class Draft:
    """The files checked as one document, in order. They are decoded and parsed on first access."""

    parts: tuple[Part, ...]
    readers: Readers = field(repr=False, compare=False)

    @cached_property
    def source(self) -> Source:
        """The text of all parts.

        Raises:
            UnreadableInput: A part could not be opened or is not a text file.
        """
        sources = [part.source() for part in self.parts]
        if len(sources) == 1:
            return sources[0]
        from reportlint.document.joined_parts import join_sources  # noqa: PLC0415 - few drafts have several parts

        return join_sources(sources)

    @cached_property
    def document(self) -> Document:
        """The parsed document of all parts.

        Raises:
            UnreadableInput: A part could not be opened or is not a text file.
        """
        return self.read([part.source() for part in self.parts])

    def read(self, sources: list[Source]) -> Document:
        """Parse ``sources``, one for each part, into one document.

        The result is not cached, because blocks take many times the memory of the bytes.
        """
        documents = [self.readers[part.suffix](source) for part, source in zip(self.parts, sources, strict=True)]
        for part, document in zip(self.parts, documents, strict=True):
            if not isinstance(document, Document):  # the reader may come from a plugin
                raise TypeError(f"the reader of {part.suffix} files returned {type(document).__name__}, not a document")
        if len(documents) == 1:
            return documents[0]
        from reportlint.document.joined_parts import join  # noqa: PLC0415 - few drafts have several parts

        return join(documents)
