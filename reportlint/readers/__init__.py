"""Readers: from a source to the document it is."""

from __future__ import annotations

import os
from collections.abc import Callable

from reportlint.document import Document, Source

_FORMATS = {".md": "markdown", ".markdown": "markdown", ".txt": "text"}


def format_of(path: str | os.PathLike[str]) -> str | None:
    """The format that a file name stands for: "markdown", "text", or ``None`` for any other suffix."""
    return _FORMATS.get(os.path.splitext(path)[1].lower())


def read(source: Source, format: str) -> Document:
    """Read ``source`` in one of the formats that :func:`format_of` names.

    Raises:
        ValueError: there is no such format.
    """
    # Each reader is loaded when a draft needs it.
    if format == "markdown":
        from reportlint.readers.markdown import read_markdown  # noqa: PLC0415

        return read_markdown(source)
    if format == "text":
        from reportlint.readers.text import read_text  # noqa: PLC0415

        return read_text(source)
    raise ValueError(f"no reader for the format {format!r}")


def _reader(format: str) -> Callable[[Source], Document]:
    return lambda source: read(source, format)


READERS: dict[str, Callable[[Source], Document]] = {suffix: _reader(name) for suffix, name in _FORMATS.items()}
"""The readers by the suffix of the files they read."""
