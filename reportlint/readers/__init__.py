"""Readers: parsers that turn a source into a document."""

from __future__ import annotations

import os
from collections.abc import Callable

from reportlint.document import Document, Source

_FORMATS = {".md": "markdown", ".markdown": "markdown", ".txt": "text"}


def format_of(path: str | os.PathLike[str]) -> str | None:
    """Return the format for the suffix of ``path``: "markdown", "text", or ``None`` for any other suffix."""
    return _FORMATS.get(os.path.splitext(path)[1].lower())


def read(source: Source, format: str) -> Document:
    """Parse ``source`` in a format returned by :func:`format_of`.

    Raises:
        ValueError: The format is unknown.
    """
    # Import each reader on first use.
    if format == "markdown":
        from reportlint.readers.laid_out import read_markdown_or_layout  # noqa: PLC0415

        return read_markdown_or_layout(source)
    if format == "text":
        from reportlint.readers.text import read_text  # noqa: PLC0415

        return read_text(source)
    raise ValueError(f"no reader for the format {format!r}")


def _reader(format: str) -> Callable[[Source], Document]:
    return lambda source: read(source, format)


READERS: dict[str, Callable[[Source], Document]] = {suffix: _reader(name) for suffix, name in _FORMATS.items()}
"""Readers by file suffix (".md")."""
