"""The known components of symbols, from ``rules/registers/symbols.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from reportlint.symbols.model import ComponentKind, Trait


class SymbolVocabulary(NamedTuple):
    """The names of the known components.

    ``dotted``, ``slashed`` and ``either`` say what joins a component's number: a dot, a slash, or one or the other
    depending on the body. A fault in a ``distinctive`` component counts even after an unknown first component.
    ``spellings`` maps lower-case names to names, ``accepted`` holds every right spelling, and ``translated`` maps
    translated names to the original ones. ``traits`` are those of the components that have any, by kind and name.
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
    traits: Mapping[tuple[ComponentKind, str], frozenset[Trait]]

    def joint(self, name: str) -> str:
        """Return the sign between a component's name and its number."""
        return "." if name in self.dotted else self.either.get(name, "/")

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> SymbolVocabulary:
        """Build the vocabulary from the data of ``symbols.yaml``, known to be valid."""
        tables: Mapping[str, list[Mapping[str, Any]]] = {key: data[key] for key in _TABLES}
        names = {key: frozenset(entry["name"] for entry in entries) for key, entries in tables.items()}
        inner = [entry for key in ("bodies", "natures", "finals") for entry in tables[key]]
        known = names["bodies"] | names["natures"] | names["finals"]
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
            accepted=known | {spelling for entry in inner for spelling in entry.get("also") or ()},
            translated=data.get("translated") or {},
            compounds=tuple(data.get("compounds") or ()),
            parentheses=tuple(data.get("parentheses") or ()),
            not_symbols=frozenset(data.get("not_symbols") or ()),
            traits={
                (kind, entry["name"]): frozenset(map(Trait, entry["traits"]))
                for key, kind in _TABLES.items()
                for entry in tables[key]
                if entry.get("traits")
            },
        )


_TABLES = {
    "organs": ComponentKind.ORGAN,
    "series": ComponentKind.SERIES,
    "bodies": ComponentKind.BODY,
    "natures": ComponentKind.NATURE,
    "finals": ComponentKind.FINAL,
}
