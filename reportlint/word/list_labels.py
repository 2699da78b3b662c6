"""Automatic numbers and letters, as Word prints them (ECMA-376, part 1, section 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportlint.document.enumerators import roman
from reportlint.word.namespaces import WordNames
from reportlint.word.styles import WordStyle

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_MOST_LINKS = 8
_LARGEST = 32_767
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_BULLET = "bullet"
_ORDINAL = "ordinal"


class Level(NamedTuple):
    """One level of a list. ``restart`` is the number of the level after which it begins again; 0 is never."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    style: str = ""


class List(NamedTuple):
    """A list that paragraphs use: its abstract list, its levels, and the values with which levels begin anew."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass
class Numbering:
    """Counts the paragraphs of all lists. Lists of one abstract list share their counters.

    ``ordinal`` returns a number as an ordinal in the language of the file.
    """

    lists: Mapping[int, List]
    ordinal: Callable[[int], str] = str
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[int, int]] = field(default_factory=set)

    def level_of_style(self, list_id: int, style: str) -> int | None:
        """Return the level of a list that belongs to a style."""
        used = self.lists.get(list_id)
        return next((number for number, level in used.levels.items() if level.style == style), None) if used else None

    def label(self, list_id: int, number: int) -> str | None:
        """Count a paragraph and return its label: "" for a bullet, ``None`` without a number or letter."""
        used = self.lists.get(list_id)
        if used is None:
            return None
        number = max(0, min(number, _LEVELS - 1))
        counters = self._counters.setdefault(used.abstract, {})
        for above in range(number):  # levels that are skipped count as begun
            counters.setdefault(above, used.levels.get(above, Level()).start)
        if number in used.starts and (list_id, number) not in self._begun:
            self._begun.add((list_id, number))
            counters[number] = used.starts[number] - 1
        level = used.levels.get(number, Level())
        counters[number] = counters.get(number, level.start - 1) + 1
        for deeper in [key for key in counters if key > number]:
            below = used.levels.get(deeper, Level())
            if below.restart is None or (below.restart and number < below.restart):
                del counters[deeper]
        if level.format == _BULLET:
            return ""
        if level.format == "none" and "%" not in level.text:
            return level.text or None

        def value(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            if at > number:
                return ""
            other = used.levels.get(at, Level())
            if other.format == _ORDINAL and not level.is_legal:
                return self.ordinal(counters[at])
            return FORMATS.get("decimal" if level.is_legal else other.format, decimal)(counters[at])

        return _PLACE.sub(value, level.text) or None


def read_numbering(
    root: Element | None, styles: Mapping[str, WordStyle], ordinal: Callable[[int], str] = str
) -> Numbering:
    """Return the lists that a file defines, by their ``numId``. ``ordinal`` writes a number as an ordinal."""
    if root is None:
        return Numbering({})
    names = WordNames(root)
    abstracts = {
        names.attribute(element, "abstractNumId") or "": element for element in root.iter(names.of("abstractNum"))
    }
    uses = {
        identifier: element
        for element in root.iter(names.of("num"))
        if (identifier := names.number(element, "numId")) is not None
    }

    def levels_of(abstract: str, links: int = 0) -> tuple[str, dict[int, Level]]:
        element = abstracts.get(abstract)
        if element is None:
            return abstract, {}
        link = names.attribute(names.child(element, "numStyleLink"))
        linked = uses.get(styles[link].list_id or 0) if link is not None and link in styles else None
        if linked is not None and links < _MOST_LINKS:
            return levels_of(names.attribute(names.child(linked, "abstractNumId")) or "", links + 1)
        return abstract, _levels(names, element)

    lists: dict[int, List] = {}
    cache: dict[str, tuple[str, dict[int, Level]]] = {}
    for identifier, element in uses.items():
        abstract = names.attribute(names.child(element, "abstractNumId")) or ""
        if abstract not in cache:
            cache[abstract] = levels_of(abstract)
        shared, levels = cache[abstract]
        starts: dict[int, int] = {}
        for override in element.iter(names.of("lvlOverride")):
            at = names.number(override, "ilvl") or 0
            start = names.number(names.child(override, "startOverride"))
            if start is not None:
                starts[at] = start
            if names.child(override, "lvl") is not None:
                levels = {**levels, **_levels(names, override)}
        lists[identifier] = List(shared, levels, starts)
    return Numbering(lists, ordinal)


def _levels(names: WordNames, element: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for child in element.iter(names.of("lvl")):
        format = names.child(child, "numFmt")
        start = names.number(names.child(child, "start"))
        levels[names.number(child, "ilvl") or 0] = Level(
            start if start is not None else 0,
            names.attribute(format) or "decimal",
            names.attribute(names.child(child, "lvlText")) or "",
            names.number(names.child(child, "lvlRestart")),
            bool(names.is_on(names.child(child, "isLgl"))),
            names.attribute(names.child(child, "pStyle")) or "",
        )
    return levels


def decimal(value: int) -> str:
    """Return a number in figures."""
    return str(value)


def _letters(value: int) -> str:
    """Return a, b … z, aa, bb, as Word counts."""
    if not 0 < value <= _LARGEST:
        return str(value)
    repeated, letter = divmod(value - 1, len(_ALPHABET))
    return _ALPHABET[letter] * (repeated + 1)


def _roman(value: int) -> str:
    return roman(value) if 0 < value <= _LARGEST else str(value)


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": decimal,
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "none": lambda _: "",
    _BULLET: lambda _: "",
}
