"""Readers: parsers that turn a source into a document."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from reportlint.document import Document, Source
from reportlint.document.signatures import OLE, ZIP
from reportlint.errors import UnreadableInput, message
from reportlint.knowledge.levels import TrackedChanges

if TYPE_CHECKING:
    from reportlint.language.lexicon import Lexicon

_FORMATS = {
    ".md": "markdown", ".markdown": "markdown", ".txt": "text",
    ".docx": "word", ".docm": "word", ".dotx": "word", ".dotm": "word", ".doc": "word",
}  # fmt: skip
_WORD_SUFFIX = ".docx"


def format_of(path: str | os.PathLike[str]) -> str | None:
    """Return the format for the suffix of ``path``: "markdown", "text", "word", or ``None`` for any other suffix."""
    return _FORMATS.get(os.path.splitext(path)[1].lower())


def suffix_of_content(data: bytes) -> str | None:
    """Return the suffix of the format that the first bytes of a file show, or ``None`` if they show none."""
    return _WORD_SUFFIX if data.startswith((ZIP, OLE)) else None


def decode(data: bytes, path: str, changes: TrackedChanges = TrackedChanges.ACCEPTED) -> Source:
    """Return the text of a file. Its content shows whether it is a Word file; see :func:`suffix_of_content`.

    Raises:
        UnreadableInput: The file is damaged or protected, or its encoding or format is not supported.
    """
    if not suffix_of_content(data):
        source = Source.from_bytes(data, path)
        if format_of(path) == "word":
            raise UnreadableInput(message("not a Word file"))
        return source
    from reportlint.word import ACCEPTED, ORIGINAL, read_word  # noqa: PLC0415 - only Word files need it

    return read_word(data, path, ORIGINAL if changes is TrackedChanges.ORIGINAL else ACCEPTED, _ordinal)


def _ordinal(language: str, number: int) -> str:
    """Return a number as an ordinal in the language of a Word file, in plain figures if there is no lexicon for it."""
    code = language.partition("-")[0].lower()
    lexicon = _lexicon(code)
    return lexicon.format_ordinal(number, in_list=True) if lexicon else str(number)


@cache
def _lexicon(code: str) -> Lexicon | None:
    from reportlint.knowledge.rulebook import Rulebook, builtin_folder  # noqa: PLC0415 - hardly a file needs it
    from reportlint.language.lexicon import Lexicon  # noqa: PLC0415

    rulebook = Rulebook((builtin_folder(),))
    return Lexicon(code, rulebook.lexicon(code)) if code in rulebook.languages else None


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
    if format == "word":
        from reportlint.readers.word_blocks import read_word_document  # noqa: PLC0415

        return read_word_document(source)
    raise ValueError(f"no reader for the format {format!r}")


def _reader(format: str) -> Callable[[Source], Document]:
    return lambda source: read(source, format)


READERS: dict[str, Callable[[Source], Document]] = {suffix: _reader(name) for suffix, name in _FORMATS.items()}
"""Readers by file suffix (".md")."""
