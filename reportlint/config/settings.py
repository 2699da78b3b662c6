"""The settings of a configuration file, in one table: it validates files, makes the JSON Schema, and orders what
``reportlint config`` shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlint.knowledge.cards import did_you_mean
from reportlint.knowledge.scales import Severity, Stage

if TYPE_CHECKING:
    from reportlint.config.tomlfile import Keys, TomlFile
    from reportlint.errors import Mistake

Schema = Mapping[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_STAGES: Schema = {"type": "string", "enum": [one.value for one in Stage]}
_SEVERITIES: Schema = {"type": "string", "enum": [one.value for one in Severity]}
_SEVERITY_OR_OFF: Schema = {"type": "string", "enum": [*_SEVERITIES["enum"], "off"]}
_NAMES: Schema = {"type": "array", "items": {"type": "string", "pattern": "[A-ZÀ-Þ]"}}
_DATES: Schema = {
    "type": "array",
    "items": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "minItems": 1,
    "maxItems": 2,
}
_EXPECTED = {"string": "a text", "array": "a list", "object": "a table", "integer": "a whole number"}
_TYPES: Mapping[str, Any] = {"string": str, "array": list, "object": dict, "integer": int}
_PATTERNS = {
    _NAMES["items"]["pattern"]: "is no name: a name has a capital letter",
    _DATES["items"]["pattern"]: "is no date (write 2024-10-14)",
}


class Join(Enum):
    """What becomes of a setting that several files, overrides and the command line give."""

    LAST = "the last one holds"
    ALL = "all hold together"


class Names(Enum):
    """What the words of a setting name, where that can be verified or is relative to a folder."""

    RULES = "rules"
    LANGUAGE = "language"
    FILES = "files"


class Setting(NamedTuple):
    """One key, which may stand under ``[[overrides]]`` too if it says so; ``default`` holds where nothing is set."""

    key: str
    about: str
    schema: Schema
    join: Join = Join.LAST
    names: Names | None = None
    in_overrides: bool = False
    default: Any = None


SETTINGS = (
    Setting(
        "extends", "Configuration files whose settings hold where this one says nothing else.",
        {"anyOf": [_TEXT, _TEXTS]}, Join.ALL,
    ),
    Setting("stage", "How strict to be.", _STAGES, in_overrides=True, default=Stage.REVIEW.value),
    Setting(
        "language", "The language of the drafts; it is recognised where none is given.",
        _TEXT, names=Names.LANGUAGE, in_overrides=True,
    ),
    Setting("message-language", "The language of the messages.", _TEXT, names=Names.LANGUAGE),
    Setting(
        "fail-on", "The least severity that makes a run fail.", _SEVERITIES, default=Severity.WARNING.value,
    ),
    Setting("select", "Only these rules: codes, families or names.", _TEXTS, names=Names.RULES, in_overrides=True),
    Setting(
        "ignore", "Without these rules: codes, families or names.", _TEXTS, Join.ALL, Names.RULES, in_overrides=True
    ),
    Setting(
        "severity", "The severity of rules, at every stage, by code, family or name.",
        {"type": "object", "additionalProperties": _SEVERITY_OR_OFF}, names=Names.RULES, in_overrides=True,
    ),
    Setting("exclude", "Files and folders that are not checked, as patterns.", _TEXTS, Join.ALL),
    Setting("rules", "Folders with rules of the house.", _TEXTS, Join.ALL, Names.FILES),
    Setting("waivers", "The file of waivers.", _TEXT, names=Names.FILES),
    Setting("baseline", "The file of findings that are known and do not count.", _TEXT, names=Names.FILES),
    Setting(
        "names", "Names that the house knows, beside those of the registers; “Name (ABBREVIATION)” gives both.",
        {
            "type": "object",
            "properties": {
                "bodies": _NAMES,
                "organizations": _NAMES,
                "abbreviations": {**_NAMES, "description": "Abbreviations that need not be spelled out."},
            },
            "additionalProperties": False,
        }, Join.ALL,
    ),
    Setting(
        "meeting", "What masthead and title do not state about the event reported on, in the words of the draft.",
        {
            "type": "object",
            "properties": {
                "body": _TEXT,
                "session": {"type": "integer", "minimum": 1},
                "place": _TEXT,
                "dates": {**_DATES, "description": "The first and the last day."},
                "symbol": _TEXT,
            },
            "additionalProperties": False,
        }, in_overrides=True,
    ),
    Setting(
        "report", "A report that is issued in several files, which are checked as one.",
        {
            "type": "object",
            "properties": {"parts": {**_TEXTS, "minItems": 2, "description": "The files, in the order of the text."}},
            "additionalProperties": False,
        }, names=Names.FILES, in_overrides=True,
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in SETTINGS}
OVERRIDES = "overrides"
PATHS = "paths"
_PATHS_SCHEMA: Schema = {**_TEXTS, "minItems": 1, "description": "The files that it is about, as patterns."}


def schema() -> dict[str, Any]:
    """The JSON Schema of ``reportlint.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "reportlint.toml",
        "description": "Configuration of reportlint, also as [tool.reportlint] in pyproject.toml.",
        **_schema(),
    }


def _schema() -> dict[str, Any]:
    override = {
        "type": "object",
        "properties": {PATHS: _PATHS_SCHEMA, **{one.key: one.schema for one in SETTINGS if one.in_overrides}},
        "required": [PATHS],
        "additionalProperties": False,
    }
    properties: dict[str, Any] = {one.key: {"description": one.about, **one.schema} for one in SETTINGS}
    about = "Other settings for some files."
    properties[OVERRIDES] = {"description": about, "type": "array", "items": override}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def sound(file: TomlFile, above: Keys) -> tuple[dict[str, Any], list[Mistake]]:
    """The settings under some keys of a file, without those that are wrong; and everything that is wrong."""
    value: Any = file.value
    for key in above:
        value = value.get(key, {}) if isinstance(value, dict) else {}
    value = _plain(value)
    found = list(_wrong(value, _schema(), ()))
    for keys, _ in found:
        _drop(value, keys)
    return value if isinstance(value, dict) else {}, [file.mistake((*above, *keys), words) for keys, words in found]


def _drop(value: Any, keys: Keys) -> None:
    """Take out the innermost setting on the way to ``keys``."""
    holder, key = value, keys[:1]
    for one in keys:
        if isinstance(value, dict):
            holder, key = value, (one,)
            value = value.get(one)
        elif isinstance(value, list) and isinstance(one, int):
            value = value[one]
    if isinstance(holder, dict):
        for one in key:
            holder.pop(one, None)


def _plain(value: Any) -> Any:
    """A value of a TOML file as JSON has it: dates as texts."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _wrong(value: Any, schema: Schema, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """What a value has that its schema does not allow, each with the keys that lead to it."""
    name = f"“{'.'.join(str(key) for key in keys if isinstance(key, str))}”" if keys else "the configuration"
    if "anyOf" in schema:
        if any(not list(_wrong(value, one, keys)) for one in schema["anyOf"]):
            return
        schema = next((one for one in schema["anyOf"] if isinstance(value, _TYPES[one["type"]])), schema["anyOf"][0])
    kind = schema["type"]
    fits: bool = isinstance(value, _TYPES[kind]) and not isinstance(value, bool)
    if not fits:
        yield keys, f"{name} is {_EXPECTED[kind]}"
    elif kind == "object":
        yield from _wrong_in_table(value, schema, keys)
    elif kind == "array":
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield keys, f"{name} has {_count(schema)}, not {len(value)}"
        for index, one in enumerate(value):
            yield from _wrong(one, schema["items"], (*keys, index))
    elif kind == "string":
        yield from _wrong_text(value, schema, keys, name)
    elif value < schema.get("minimum", value):
        yield keys, f"{name} is {schema['minimum']} or more"


def _wrong_in_table(value: Mapping[str, Any], schema: Schema, keys: Keys) -> Iterator[tuple[Keys, str]]:
    known: Mapping[str, Schema] = schema.get("properties", {})
    other = schema.get("additionalProperties")
    for key, one in value.items():
        if key in known:
            yield from _wrong(one, known[key], (*keys, key))
        elif other:
            yield from _wrong(one, other, (*keys, key))
        else:
            yield (*keys, key), f"there is no setting “{key}” here{did_you_mean(key, known)}"
    for key in schema.get("required", ()):
        if key not in value:
            yield (*keys, key), f"“{key}” is missing"


def _wrong_text(value: str, schema: Schema, keys: Keys, name: str) -> Iterator[tuple[Keys, str]]:
    choices = schema.get("enum")
    if choices and value not in choices:
        yield keys, f"{name} is one of {', '.join(choices)}, not “{value}”{did_you_mean(value, choices)}"
    elif len(value) < schema.get("minLength", 0):
        yield keys, f"{name} is empty"
    elif "pattern" in schema and not re.search(schema["pattern"], value):
        yield keys, f"{name}: “{value}” {_PATTERNS[schema['pattern']]}"
    elif schema.get("format") == "date" and not _is_date(value):
        yield keys, f"{name}: there is no day {value}"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _count(schema: Schema) -> str:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    return f"{least} or more values" if most is None else f"{least} to {most} values"
