"""What is checked as one document: a file, or the files of a report that is issued in several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reportlint.document.blocks import Document
from reportlint.document.joined import join, join_sources
from reportlint.document.source import Source
from reportlint.errors import UnreadableInput

Readers = Mapping[str, Callable[[Source], Document]]
"""The readers by the suffix of the files they read."""


@dataclass(frozen=True)
class Part:
    """One file as it was found: its bytes (a text, if it came decoded), or what kept them from being read.

    ``suffix`` says its format.
    """

    path: str
    suffix: str
    data: bytes | str = field(default=b"", repr=False)
    error: str = ""

    def source(self) -> Source:
        """The decoded text.

        Raises:
            UnreadableInput: the file could not be opened, or is no text.
        """
        if self.error:
            raise UnreadableInput(self.error)
        if isinstance(self.data, str):
            return Source.from_text(self.data, self.path)
        return Source.from_bytes(self.data, self.path)


@dataclass(frozen=True)
class Draft:
    """The files that are checked as one document, in order. They are decoded and read when that is asked for."""

    parts: tuple[Part, ...]
    readers: Readers = field(repr=False, compare=False)

    @cached_property
    def source(self) -> Source:
        """The text of all parts.

        Raises:
            UnreadableInput: one of them is no text.
        """
        sources = [part.source() for part in self.parts]
        return sources[0] if len(sources) == 1 else join_sources(sources)

    @cached_property
    def document(self) -> Document:
        """The document that the parts are together.

        Raises:
            UnreadableInput: one of them is no text.
        """
        return self.read([part.source() for part in self.parts])

    def read(self, sources: list[Source]) -> Document:
        """The document of the texts of all parts, which is not kept: blocks take many times the memory of bytes."""
        read = [self.readers[part.suffix](source) for part, source in zip(self.parts, sources, strict=True)]
        return read[0] if len(read) == 1 else join(read)
