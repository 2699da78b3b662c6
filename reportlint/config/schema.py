"""The table of all settings: the source of validation, of the JSON Schema and of the order in ``reportlint config``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlint.config.options import MEGABYTE, Options
from reportlint.knowledge.levels import CHECKED_KINDS, Severity, Stage
from reportlint.knowledge.suggestions import did_you_mean

if TYPE_CHECKING:
    from reportlint.config.tomlfile import Keys, TomlFile
    from reportlint.errors import Mistake

Schema = Mapping[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_STAGES: Schema = {"type": "string", "enum": [stage.value for stage in Stage]}
_KINDS: Schema = {"type": "string", "enum": [kind.value for kind in CHECKED_KINDS]}
_SEVERITIES: Schema = {"type": "string", "enum": [severity.value for severity in Severity]}
_SEVERITY_OR_OFF: Schema = {"type": "string", "enum": [*_SEVERITIES["enum"], "off"]}
_NAMES: Schema = {"type": "array", "items": {"type": "string", "pattern": "[A-ZÀ-Þ]"}}
_DATES: Schema = {
    "type": "array",
    "items": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "minItems": 1,
    "maxItems": 2,
}
_EXPECTED = {"string": "a string", "array": "a list", "object": "a table", "integer": "a whole number"}
_TYPES: Mapping[str, Any] = {"string": str, "array": list, "object": dict, "integer": int}
_PATTERNS = {
    _NAMES["items"]["pattern"]: "is not a name: a name has a capital letter",
    _DATES["items"]["pattern"]: "is not a date (write 2024-10-14)",
}


class Join(Enum):
    """How the values of a setting combine if it is set in several places."""

    LAST = "the last value applies"
    ALL = "all values apply"


class Names(Enum):
    """What the values of a setting name: rules and languages are verified, files are resolved."""

    RULES = "rules"
    LANGUAGE = "language"
    FILES = "files"


class Setting(NamedTuple):
    """A setting: its key, description and JSON Schema. ``in_overrides``: it may also be set under ``[[overrides]]``."""

    key: str
    description: str
    schema: Schema
    join: Join = Join.LAST
    names: Names | None = None
    in_overrides: bool = False
    default: Any = None


SETTINGS = (
    Setting(
        "extends", "Configuration files whose settings apply unless this file overrides them.",
        {"anyOf": [_TEXT, _TEXTS]}, Join.ALL,
    ),
    Setting("stage", "How strict to be.", _STAGES, in_overrides=True, default=Stage.REVIEW.value),
    Setting(
        "language", "The language of the drafts; detected if not set.",
        _TEXT, names=Names.LANGUAGE, in_overrides=True,
    ),
    Setting(
        "kind", "The kind of the documents; recognized if not set.",
        _KINDS, in_overrides=True,
    ),
    Setting("message-language", "The language of the messages.", _TEXT, names=Names.LANGUAGE),
    Setting(
        "fail-on", "The lowest severity that makes a run fail.", _SEVERITIES, default=Severity.WARNING.value,
    ),
    Setting(
        "select", "Report only these rules: codes, families or names.",
        _TEXTS, names=Names.RULES, in_overrides=True,
    ),
    Setting(
        "ignore", "Do not report these rules: codes, families or names.",
        _TEXTS, Join.ALL, Names.RULES, in_overrides=True,
    ),
    Setting(
        "severity", "The severity of rules at every stage, by code, family or name.",
        {"type": "object", "additionalProperties": _SEVERITY_OR_OFF}, names=Names.RULES, in_overrides=True,
    ),
    Setting("exclude", "Files and folders to skip, as patterns.", _TEXTS, Join.ALL),
    Setting("rules", "Folders of house rules.", _TEXTS, Join.ALL, Names.FILES),
    Setting("waivers", "The waiver file.", _TEXT, names=Names.FILES),
    Setting("baseline", "The file of known findings, which do not count.", _TEXT, names=Names.FILES),
    Setting(
        "names", "Names to recognize in addition to the registers; “Name (ABBREVIATION)” gives both.",
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
        "meeting", "What the masthead and title do not state about the session or meeting, in the words of the draft.",
        {
            "type": "object",
            "properties": {
                "body": _TEXT,
                "session": {"type": "integer", "minimum": 1},
                "place": _TEXT,
                "dates": {**_DATES, "description": "The first and last days."},
                "symbol": _TEXT,
            },
            "additionalProperties": False,
        }, in_overrides=True,
    ),
    Setting(
        "report", "A report issued in parts, which are checked as one.",
        {
            "type": "object",
            "properties": {"parts": {**_TEXTS, "minItems": 2, "description": "The files, in the order of the text."}},
            "additionalProperties": False,
        }, names=Names.FILES, in_overrides=True,
    ),
    Setting(
        "max-size", "The largest size of a draft in megabytes (millions of bytes). A larger file is not read.",
        {"type": "integer", "minimum": 1}, default=Options.max_bytes // MEGABYTE,
    ),
)  # fmt: skip
BY_KEY = {setting.key: setting for setting in SETTINGS}
OVERRIDES = "overrides"
PATHS = "paths"
_PATHS_SCHEMA: Schema = {**_TEXTS, "minItems": 1, "description": "The files that these settings apply to, as patterns."}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``reportlint.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "reportlint.toml",
        "description": "The configuration of reportlint; also accepted as [tool.reportlint] in pyproject.toml.",
        **_schema(),
    }


def _schema() -> dict[str, Any]:
    override = {
        "type": "object",
        "properties": {
            PATHS: _PATHS_SCHEMA,
            **{setting.key: setting.schema for setting in SETTINGS if setting.in_overrides},
        },
        "required": [PATHS],
        "additionalProperties": False,
    }
    properties: dict[str, Any] = {
        setting.key: {"description": setting.description, **setting.schema} for setting in SETTINGS
    }
    description = "Different settings for some files."
    properties[OVERRIDES] = {"description": description, "type": "array", "items": override}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def validated(file: TomlFile, above: Keys) -> tuple[dict[str, Any], list[Mistake]]:
    """Return the valid settings of the table at ``above`` in a file, and every mistake in that table."""
    value: Any = file.value
    for key in above:
        value = value.get(key, {}) if isinstance(value, dict) else {}
    value = _plain(value)
    violations = list(_violations(value, _schema(), ()))
    for keys, _ in violations:
        _drop(value, keys)
    mistakes = [file.mistake((*above, *keys), message) for keys, message in violations]
    return value if isinstance(value, dict) else {}, mistakes


def _drop(value: Any, keys: Keys) -> None:
    """Delete the innermost setting on the path ``keys``."""
    table, setting = value, keys[:1]
    for key in keys:
        if isinstance(value, dict):
            table, setting = value, (key,)
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int):
            value = value[key]
    if isinstance(table, dict):
        for key in setting:
            table.pop(key, None)


def _plain(value: Any) -> Any:
    """Convert a TOML value to its JSON form: dates become strings."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _violations(value: Any, schema: Schema, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield every violation of a schema, as the path of keys and a message."""
    name = f"“{'.'.join(str(key) for key in keys if isinstance(key, str))}”" if keys else "the configuration"
    if "anyOf" in schema:
        choices = schema["anyOf"]
        if any(not list(_violations(value, choice, keys)) for choice in choices):
            return
        schema = next((choice for choice in choices if isinstance(value, _TYPES[choice["type"]])), choices[0])
    kind = schema["type"]
    fits: bool = isinstance(value, _TYPES[kind]) and not isinstance(value, bool)
    if not fits:
        yield keys, f"{name} must be {_EXPECTED[kind]}"
    elif kind == "object":
        yield from _table_violations(value, schema, keys)
    elif kind == "array":
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield keys, f"{name} must have {_count(schema)}, not {len(value)}"
        for index, item in enumerate(value):
            yield from _violations(item, schema["items"], (*keys, index))
    elif kind == "string":
        yield from _string_violations(value, schema, keys, name)
    elif value < schema.get("minimum", value):
        yield keys, f"{name} must be {schema['minimum']} or more"


def _table_violations(value: Mapping[str, Any], schema: Schema, keys: Keys) -> Iterator[tuple[Keys, str]]:
    known: Mapping[str, Schema] = schema.get("properties", {})
    other = schema.get("additionalProperties")
    for key, item in value.items():
        if key in known:
            yield from _violations(item, known[key], (*keys, key))
        elif other:
            yield from _violations(item, other, (*keys, key))
        else:
            yield (*keys, key), f"unknown setting “{key}” in this table{did_you_mean(key, known)}"
    for key in schema.get("required", ()):
        if key not in value:
            yield (*keys, key), f"“{key}” is missing"


def _string_violations(value: str, schema: Schema, keys: Keys, name: str) -> Iterator[tuple[Keys, str]]:
    choices = schema.get("enum")
    if choices and value not in choices:
        yield keys, f"{name} must be one of {', '.join(choices)}, not “{value}”{did_you_mean(value, choices)}"
    elif len(value) < schema.get("minLength", 0):
        yield keys, f"{name} must not be empty"
    elif "pattern" in schema and not re.search(schema["pattern"], value):
        yield keys, f"{name}: “{value}” {_PATTERNS[schema['pattern']]}"
    elif schema.get("format") == "date" and not _is_date(value):
        yield keys, f"{name}: “{value}” is not a calendar date"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _count(schema: Schema) -> str:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    return f"{least} or more values" if most is None else f"{least} to {most} values"
