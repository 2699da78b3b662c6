"""The bytes of an edited file: its byte order mark, its encoding and every byte outside the edits are kept."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.document import Source
from reportlint.document.source import encoding_of
from reportlint.fixes.text_edits import TextEdit, edited


def encoded_like(data: bytes | str, source: Source, edits: Sequence[TextEdit]) -> bytes | str:
    """Return the content of a file with these edits of its text.

    Args:
        data: the bytes of the file, or its text if it was given as text.
        source: its text.
        edits: edits that do not overlap.
    """
    if not edits:
        return data
    if isinstance(data, str):
        text = source.original
        return data[: len(data) - len(text)] + edited(text, edits)
    encoding = encoding_of(data)
    old = source.original.encode(encoding)
    return data[: len(data) - len(old)] + edited(source.original, edits).encode(encoding)


def can_be_fixed(data: bytes | str, source: Source) -> bool:
    """Return whether the file is text of which every byte outside an edit can be kept. A Word file is not."""
    if type(source) is not Source:
        return False
    return isinstance(data, str) or data.endswith(source.original.encode(encoding_of(data)))
