"""WordNames of elements and attributes in the XML of Word files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

TRANSITIONAL: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONSHIPS: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NONE: Final[Mapping[str, Element]] = {}
_ON: Final = (None, "1", "true", "on")


class WordNames:
    """Reads elements of one namespace: that of the transitional or of the strict form of Word's XML."""

    def __init__(self, root: Element) -> None:
        self.uri = STRICT if root.tag.startswith("{" + STRICT) else TRANSITIONAL
        self._names: dict[str, str] = {}
        self.value = self.of("val")

    def of(self, name: str) -> str:
        """Return the full name of an element or attribute."""
        full = self._names.get(name)
        if full is None:
            full = self._names[name] = f"{{{self.uri}}}{name}"
        return full

    def child(self, element: Element | None, *path: str) -> Element | None:
        """Return the first descendant along a path of names, if there is one."""
        for name in path:
            if element is None:
                return None
            element = element.find(self.of(name))
        return element

    def children(self, element: Element | None) -> Mapping[str, Element]:
        """Return the children of an element by their full names; of several with one name, the first."""
        return {child.tag: child for child in reversed(element)} if element is not None else _NONE

    def attribute(self, element: Element | None, name: str = "val") -> str | None:
        """Return the value of an attribute; ``None`` if the element or the attribute is missing."""
        return element.get(self.of(name)) if element is not None else None

    def number(self, element: Element | None, name: str = "val") -> int | None:
        """Return the value of an attribute that is a whole number; ``None`` for anything else."""
        value = self.attribute(element, name)
        try:
            return int(value) if value is not None and len(value) < 10 else None
        except ValueError:
            return None

    def is_on(self, element: Element | None) -> bool | None:
        """Return whether a switch is on; ``None`` if its element is missing."""
        return None if element is None else element.get(self.value) in _ON


def relationship(element: Element) -> str:
    """Return the identifier of the relationship that an element names; "" if it names none."""
    return next((element.get(name, "") for name in _RELATIONSHIPS if name in element.attrib), "")
