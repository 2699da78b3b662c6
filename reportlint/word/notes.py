"""Numbers of footnotes and endnotes, as Word prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from reportlint.word.list_labels import FORMATS, decimal
from reportlint.word.namespaces import WordNames

_KINDS = ("footnote", "endnote")
# The order in which Word uses symbols as marks of notes.
_SYMBOLS = "*†‡§"


class NoteNumbers:
    """Gives each note its number. Notes are numbered through, or anew in each section."""

    def __init__(self, names: WordNames, settings: Element | None, sections: Sequence[Element | None]) -> None:
        self._names = names
        self._settings = settings
        self._sections = sections
        self._counts: dict[str, int] = {}
        self._section: dict[str, int] = {}

    def number(self, kind: str, section: int) -> str:
        """Return the number of the next note of a kind, whose mark stands in a section."""
        restart = self._property(kind, "numRestart", section)
        if restart == "eachSect" and self._section.get(kind) != section:
            self._counts.pop(kind, None)
        self._section[kind] = section
        start = self._property(kind, "numStart", section)
        first = int(start) if start and start.isdecimal() and len(start) < 6 else 1
        value = self._counts[kind] = self._counts.get(kind, first - 1) + 1
        format = self._property(kind, "numFmt", section) or ("lowerRoman" if kind == "endnote" else "decimal")
        if format == "chicago":
            repeated, symbol = divmod(value - 1, len(_SYMBOLS))
            return _SYMBOLS[symbol] * (repeated + 1)
        return FORMATS.get(format, decimal)(value)

    def _property(self, kind: str, name: str, section: int) -> str | None:
        own = self._sections[section] if section < len(self._sections) else None
        for properties in (own, self._settings):
            value = self._names.attribute(self._names.child(properties, f"{kind}Pr", name))
            if value is not None:
                return value
        return None


def note_elements(root: Element | None, kind: str) -> Mapping[str, Element]:
    """Return the notes of a part by identifier, without the lines that separate them from the text."""
    if root is None:
        return {}
    names = WordNames(root)
    return {
        names.attribute(element, "id") or "": element
        for element in root
        if element.tag == names.of(kind) and names.attribute(element, "type") in (None, "normal")
    }
