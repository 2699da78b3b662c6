"""What the registers of States and bodies must contain. Only what reads their YAML and CSV imports this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from reportlint.errors import Mistake
from reportlint.knowledge.data_file import DataFile, Keys
from reportlint.knowledge.declared import Accepts, At, Matches, OneOf, Size, read_declared, read_rows
from reportlint.knowledge.registers import LANGUAGES, Form, without_article

_Language = Annotated[str, OneOf(LANGUAGES, "language")]


def _no_capital(name: str) -> str:
    if any(letter.isupper() for letter in name):
        return ""
    return f"“{name}” has no capital letter (names are found by their first capitalised word)"


_Name = Annotated[str, Accepts(_no_capital)]
_Words = tuple[str, ...]


# -- bodies ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class BodyNameShape:
    name: _Name
    abbreviation: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyShape:
    kind: str
    lists_with_states: bool = False
    en: BodyNameShape | None = None
    fr: BodyNameShape | None = None
    es: BodyNameShape | None = None
    ru: BodyNameShape | None = None
    ar: BodyNameShape | None = None
    zh: BodyNameShape | None = None

    def mistakes(self, at: At) -> Iterator[Mistake]:
        if not any(getattr(self, language) for language in LANGUAGES):
            yield at("a body needs a name in at least one language (en: {name: …})")


@dataclass(frozen=True, kw_only=True)
class BodiesShape:
    """``bodies.yaml``."""

    bodies: tuple[BodyShape, ...]
    well_known: Mapping[Annotated[str, OneOf((*LANGUAGES, "all"), "language")], _Words] = field(default_factory=dict)
    masks: Mapping[_Language, tuple[_Name, ...]] = field(default_factory=dict)


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
    languages: Annotated[tuple[_Language, ...], Size(1)] = LANGUAGES
    names: tuple[StateNameShape, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StateNamesShape:
    """``states-names.yaml``."""

    undated: date
    states: Mapping[str, StateShape | None]


@dataclass(frozen=True, kw_only=True)
class StateRow:
    """A row of ``states.csv``."""

    iso3: Annotated[str, Matches("^[A-Z]{3}$", "is not the code of a State (three capital letters)")]
    status: Literal["member", "observer", "nonmember-state"]
    en_short: _Name
    iso2: str = ""
    m49: str = ""
    en_article: str = ""
    en_intext: str = ""
    en_formal: str = ""
    fr_short: str = ""
    fr_article: str = ""
    fr_intext: str = ""
    fr_formal: str = ""
    es_short: str = ""
    es_article: str = ""
    es_intext: str = ""
    es_formal: str = ""
    ru_short: str = ""
    ru_intext: str = ""
    ru_formal: str = ""
    ar_short: str = ""
    ar_formal: str = ""
    zh_short: str = ""
    zh_formal: str = ""
    src_note: str = ""


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
    """Return every mistake in ``bodies.yaml``."""
    return read_declared(BodiesShape, file)[1]


def precision_mistakes(file: DataFile) -> list[Mistake]:
    """Return every mistake in ``precision.csv``."""
    return read_rows(PrecisionRow, file)


def state_mistakes(rows: DataFile, names: DataFile) -> list[Mistake]:
    """Return every mistake in ``states.csv`` and ``states-names.yaml``, which belong together."""
    mistakes = read_rows(StateRow, rows) + read_declared(StateNamesShape, names)[1]
    return mistakes or list(_contradictions(rows, names))


def _contradictions(rows: DataFile, names: DataFile) -> Iterator[Mistake]:
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
        for language in LANGUAGES:
            for column in ("short", "intext", "formal"):
                name = row.get(f"{language}_{column}") or ""
                name = without_article(name) if column == "formal" else name
                yield from claim(rows, (index, f"{language}_{column}"), name, language, iso3)
    entries: Mapping[str, Any] = names.value["states"]
    for iso3, entry in entries.items():
        if iso3 not in states:
            yield names.key_mistake(("states", iso3), f"“{iso3}” is not a State in {rows.path}")
            continue
        for index, item in enumerate((entry or {}).get("names") or ()):
            languages = item["language"] if isinstance(item["language"], list) else [item["language"]]
            for language in languages:
                yield from claim(names, ("states", iso3, "names", index, "name"), item["name"], language, iso3)
