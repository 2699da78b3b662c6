"""Word files: the package, numbering as Word prints it, and the text view. Knows only documents."""

from __future__ import annotations

from reportlint.word.story import ACCEPTED, ORIGINAL, Changes
from reportlint.word.view import Entry, EntryPlace, Format, View, WordSource, read_view, read_word

__all__ = [
    "ACCEPTED",
    "ORIGINAL",
    "Changes",
    "Entry",
    "EntryPlace",
    "Format",
    "View",
    "WordSource",
    "read_view",
    "read_word",
]
