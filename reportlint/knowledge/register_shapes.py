"""What the registers of States and bodies must contain. Only what reads their YAML and CSV imports this."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from reportlint.errors import Mistake
from reportlint.knowledge.data_file import DataFile, Keys
from reportlint.knowledge.declared import (
    INVALID,
    Accepts,
    At,
    Field,
    Matches,
    Reader,
    Record,
    Size,
    read_declared,
    read_rows,
    record,
)
from reportlint.knowledge.registers import Form, without_article

_COLUMN = re.compile(r"([a-z]{2,3})_(?:short|article|intext|formal)$")
_CODE = "^[a-z]{2,3}$"
_Language = Annotated[str, Matches(_CODE, "is not the code of a language (en)")]


def _no_capital(name: str) -> str:
    if any(letter.isupper() for letter in name) or not any(letter.islower() for letter in name):
        return ""  # some scripts have no capitals
    return f"“{name}” has no capital letter (names are found by their first capitalised word)"


_Name = Annotated[str, Accepts(_no_capital)]
_Words = tuple[str, ...]


# -- bodies ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class BodyNameShape:
    name: _Name
    abbreviation: str = ""


@dataclass(frozen=True, kw_only=True)
class BodiesShape:
    """``bodies.yaml``."""

    bodies: tuple[Mapping[str, Any], ...]
    well_known: Mapping[_Language, _Words] = field(default_factory=dict)  # "all" counts as a language
    masks: Mapping[_Language, tuple[_Name, ...]] = field(default_factory=dict)


def _body_shape(languages: Iterable[str]) -> Record:
    """Return what a body in ``bodies.yaml`` must be: its kind, and its names by language."""
    names = {code: Field(code, BodyNameShape, is_required=False) for code in languages}
    return Record({"kind": Field("kind", str), **record("", bool, "lists_with_states").fields, **names})


# -- States ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StateNameShape:
    name: _Name
    language: _Language | Annotated[tuple[_Language, ...], Size(1)]
    status: Literal["customary", "outdated", "short", "accepted", "in_text"]
    until: date | None = None
    tolerated_until: date | None = None
    from_: date | None = None
    form: Form = Form.LIST
    after: _Words = ()
    person: bool = False
    lists_only: bool = False

    def mistakes(self, at: At) -> Iterator[Mistake]:
        if self.status == "outdated" and self.until is None:
            yield at("“until” is missing: an outdated name needs its last day")
        elif self.status != "outdated" and self.until is not None:
            yield at("until", "only an outdated name has a last day")


@dataclass(frozen=True, kw_only=True)
class StateShape:
    current_from: date | None = None
    languages: Annotated[tuple[_Language, ...], Size(1)] | None = None
    names: tuple[StateNameShape, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StateNamesShape:
    """``states-names.yaml``."""

    undated: date
    states: Mapping[str, StateShape | None]


_Iso3 = Annotated[str, Matches("^[A-Z]{3}$", "is not the code of a State (three capital letters)")]


def _row_shape(languages: Iterable[str]) -> Record:
    """Return what a row of ``states.csv`` with names in these languages must be."""
    names = " ".join(f"{code}_{column}" for code in languages for column in ("article", "intext", "formal"))
    shorts = " ".join(f"{code}_short" for code in languages)
    return Record(
        {
            **record("iso3", _Iso3).fields,
            **record("status", Literal["member", "observer", "nonmember-state"]).fields,
            **record("", _Name, shorts).fields,
            **record("en_short", _Name).fields,
            **record("", str, f"iso2 m49 {names} src_note").fields,
        }
    )


_Count = Annotated[str, Matches(r"^\d+$", "is not a whole number")]


@dataclass(frozen=True, kw_only=True)
class PrecisionRow:
    """A row of ``precision.csv``."""

    code: str
    findings: _Count
    true: _Count
    debatable: _Count
    documents: _Count


def body_mistakes(file: DataFile) -> list[Mistake]:
    """Return every mistake in ``bodies.yaml``. The keys of two or three letters of a body are languages."""
    bodies, mistakes = read_declared(BodiesShape, file)
    if mistakes:
        return mistakes
    languages = {key: None for body in bodies.bodies for key in body if re.search(_CODE, key)}
    reader = Reader(file)
    shape = _body_shape(languages)
    for index, body in enumerate(bodies.bodies):
        read = reader.read(shape, body, ("bodies", index))
        if read is not INVALID and not languages.keys() & read:
            reader.fault(("bodies", index), "a body needs a name in at least one language (en: {name: …})")
    return reader.mistakes


def precision_mistakes(file: DataFile) -> list[Mistake]:
    """Return every mistake in ``precision.csv``."""
    return read_rows(PrecisionRow, file)


def state_mistakes(rows: DataFile, names: DataFile) -> list[Mistake]:
    """Return every mistake in ``states.csv`` and ``states-names.yaml``, which belong together."""
    languages = tuple(dict.fromkeys(match[1] for column in rows.spot.keys if (match := _COLUMN.match(column))))
    mistakes = read_rows(_row_shape(languages), rows) + read_declared(StateNamesShape, names)[1]
    return mistakes or list(_contradictions(rows, names, languages))


def _contradictions(rows: DataFile, names: DataFile, known: tuple[str, ...]) -> Iterator[Mistake]:
    """Yield what the two files, each right in itself, contradict."""
    owners: dict[tuple[str, str], str] = {}
    states: set[str] = set()

    def claim(file: DataFile, keys: Keys, name: str, language: str, iso3: str) -> Iterator[Mistake]:
        owner = owners.setdefault((language, name), iso3)
        if name and owner != iso3:
            yield file.mistake(keys, f"“{name}” is already a name of {owner}")

    for index, row in enumerate(rows.value):
        iso3 = row["iso3"]
        if iso3 in states:
            yield rows.mistake((index, "iso3"), f"{iso3} is listed twice")
            continue
        states.add(iso3)
        for language in known:
            for column in ("short", "intext", "formal"):
                name = row.get(f"{language}_{column}") or ""
                name = without_article(name) if column == "formal" else name
                yield from claim(rows, (index, f"{language}_{column}"), name, language, iso3)
    entries: Mapping[str, Any] = names.value["states"]
    for iso3, entry in entries.items():
        if iso3 not in states:
            yield names.key_mistake(("states", iso3), f"“{iso3}” is not a State in {rows.path}")
            continue
        at: Keys = ("states", iso3)
        yield from _unknown_languages(names, (*at, "languages"), (entry or {}).get("languages") or (), known)
        for index, item in enumerate((entry or {}).get("names") or ()):
            languages = item["language"] if isinstance(item["language"], list) else [item["language"]]
            yield from _unknown_languages(names, (*at, "names", index, "language"), languages, known)
            for language in languages:
                yield from claim(names, (*at, "names", index, "name"), item["name"], language, iso3)


def _unknown_languages(
    file: DataFile, keys: Keys, languages: Iterable[str], known: tuple[str, ...]
) -> Iterator[Mistake]:
    """Yield a mistake for each language in which the register has no names."""
    for language in languages:
        if language not in known:
            yield file.mistake(keys, f"unknown language “{language}” (known: {', '.join(known)})")
