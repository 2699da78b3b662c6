"""The known components of symbols, from ``rules/registers/symbols.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class SymbolVocabulary(NamedTuple):
    """The names of the known components.

    ``dotted``, ``slashed`` and ``either`` say what joins a component's number: a dot, a slash, or one or the other
    depending on the body. A fault in a ``distinctive`` component counts even after an unknown first component.
    ``spellings`` maps lower-case names to names, ``accepted`` holds every right spelling, and ``translated`` maps
    translated names to the original ones.
    """

    organs: frozenset[str]
    series: frozenset[str]
    numbered_series: frozenset[str]
    bodies: frozenset[str]
    natures: frozenset[str]
    finals: frozenset[str]
    dotted: frozenset[str]
    slashed: frozenset[str]
    either: Mapping[str, str]
    distinctive: frozenset[str]
    spellings: Mapping[str, str]
    accepted: frozenset[str]
    translated: Mapping[str, str]
    compounds: tuple[str, ...]
    parentheses: tuple[str, ...]
    not_symbols: frozenset[str]

    def joint(self, name: str) -> str:
        """Return the sign between a component's name and its number."""
        return "." if name in self.dotted else self.either.get(name, "/")

    @classmethod
    def from_data(cls, data: Mapping[str, Any], origin: str = "symbols.yaml") -> SymbolVocabulary:
        """Build the vocabulary from the data of ``symbols.yaml``.

        Raises:
            ValueError: a key is missing, unknown or malformed. The message names ``origin`` and the key.
        """
        unknown = sorted(set(data) - {*_TABLES, *_LISTS, "translated"})
        if unknown:
            raise ValueError(f"{origin}: unknown key {unknown[0]!r}")
        tables = {key: _entries(data, key, origin) for key in _TABLES}
        lists = {key: _strings(data, key, origin) for key in _LISTS}
        translated = data.get("translated", {})
        if not isinstance(translated, Mapping):
            raise ValueError(f"{origin}: translated: expected a mapping")
        names = {key: frozenset(entry["name"] for entry in entries) for key, entries in tables.items()}
        inner = [entry for key in ("bodies", "natures", "finals") for entry in tables[key]]
        known = names["bodies"] | names["natures"] | names["finals"]
        undefined = sorted({str(value) for value in translated.values()} - known)
        if undefined:
            raise ValueError(f"{origin}: translated: {undefined[0]!r} is not listed under bodies, natures or finals")
        return cls(
            organs=names["organs"],
            series=names["series"],
            numbered_series=frozenset(e["name"] for e in tables["series"] if e.get("number") == "dot"),
            bodies=names["bodies"],
            natures=names["natures"],
            finals=names["finals"],
            dotted=frozenset(e["name"] for e in inner if e.get("number") == "dot"),
            slashed=frozenset(e["name"] for e in inner if e.get("number") == "slash"),
            either={e["name"]: "/" for e in inner if e.get("number") == "either"},
            distinctive=names["finals"] | {e["name"] for e in inner if e.get("distinctive")},
            spellings={name.lower(): name for name in sorted(known)},
            accepted=known | {spelling for entry in inner for spelling in entry.get("also", ())},
            translated={str(key): str(value) for key, value in translated.items()},
            compounds=lists["compounds"],
            parentheses=lists["parentheses"],
            not_symbols=frozenset(lists["not_symbols"]),
        )


_TABLES = ("organs", "series", "bodies", "natures", "finals")
_LISTS = ("compounds", "parentheses", "not_symbols")
_NUMBER_STYLES = (None, "dot", "slash", "either")


def _entries(data: Mapping[str, Any], key: str, origin: str) -> list[Mapping[str, Any]]:
    entries = data.get(key)
    if not isinstance(entries, list) or not entries:
        raise ValueError(f"{origin}: {key}: expected a list of entries")
    for entry in entries:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
            raise ValueError(f"{origin}: {key}: an entry without a name: {entry!r}")
        if entry.get("number") not in _NUMBER_STYLES:
            raise ValueError(f"{origin}: {key}: {entry['name']}: number must be dot, slash or either")
        unknown = sorted(set(entry) - {"name", "number", "also", "distinctive", "meaning"})
        if unknown:
            raise ValueError(f"{origin}: {key}: {entry['name']}: unknown key {unknown[0]!r}")
    return entries


def _strings(data: Mapping[str, Any], key: str, origin: str) -> tuple[str, ...]:
    words = data.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError(f"{origin}: {key}: expected a list of words")
    return tuple(words)
