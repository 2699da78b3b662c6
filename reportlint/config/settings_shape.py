"""What a configuration file must contain. Only what reads TOML, or writes the JSON Schema, imports this."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from reportlint.config.settings import OVERRIDES, PATHS, SETTINGS
from reportlint.document.letters import UPPER
from reportlint.knowledge.data_file import Keys
from reportlint.knowledge.declared import AtLeast, Field, FileStyle, Matches, NotEmpty, OneOf, Reader, Record, Size
from reportlint.knowledge.levels import CHECKED_KINDS, Severity, Stage, TrackedChanges

if TYPE_CHECKING:
    from reportlint.config.tomlfile import TomlFile
    from reportlint.errors import Mistake

_Text = Annotated[str, NotEmpty()]
_Texts = tuple[_Text, ...]
_Name = Annotated[str, Matches(f"[{UPPER}]", "is not a name: a name has a capital letter")]
_SEVERITIES = tuple(severity.value for severity in Severity)
_SIZE_OF_PARTS = Size(2)


def _table(*fields: tuple[str, Any, str]) -> Any:
    """Return the declaration of a table, none of whose keys is required."""
    return Record({key: Field(key, kind, False, description) for key, kind, description in fields})


KINDS: Mapping[str, Any] = {
    "extends": _Text | _Texts,
    "stage": Annotated[str, OneOf(tuple(stage.value for stage in Stage))],
    "language": _Text,
    "kind": Annotated[str, OneOf(tuple(kind.value for kind in CHECKED_KINDS))],
    "message-language": _Text,
    "fail-on": Annotated[str, OneOf(_SEVERITIES)],
    "select": _Texts,
    "ignore": _Texts,
    "severity": Mapping[str, Annotated[str, OneOf((*_SEVERITIES, "off"))]],
    "exclude": _Texts,
    "rules": _Texts,
    "waivers": _Text,
    "baseline": _Text,
    "names": _table(
        ("bodies", tuple[_Name, ...], ""),
        ("organizations", tuple[_Name, ...], ""),
        ("abbreviations", tuple[_Name, ...], "Abbreviations that need not be spelled out."),
    ),
    "meeting": _table(
        ("body", _Text, ""),
        ("session", Annotated[int, AtLeast(1)], ""),
        ("place", _Text, ""),
        ("dates", Annotated[tuple[date, ...], Size(1, 2)], "The first and last days."),
        ("symbol", _Text, ""),
    ),
    "report": _table(("parts", Annotated[_Texts, _SIZE_OF_PARTS], "The files, in the order of the text.")),
    "tracked-changes": Annotated[str, OneOf(tuple(changes.value for changes in TrackedChanges))],
    "max-size": Annotated[int, AtLeast(1)],
    "documentation": Annotated[str, Matches(r"^https?://[^\s<>\"\\^`{|}\[\]]+$", "is not a web address")],
}
"""The value of each setting, by key."""


def _fields(*, in_overrides: bool) -> dict[str, Field]:
    return {
        setting.key: Field(setting.key, KINDS[setting.key], False, "" if in_overrides else setting.description)
        for setting in SETTINGS
        if setting.in_overrides or not in_overrides
    }


_PATHS = Field(PATHS, Annotated[_Texts, Size(1)], True, "The files that these settings apply to, as patterns.")
_OVERRIDE = Annotated[Mapping[str, Any], Record({PATHS: _PATHS, **_fields(in_overrides=True)})]
CONFIGURATION = Record(
    {
        **_fields(in_overrides=False),
        OVERRIDES: Field(OVERRIDES, tuple[_OVERRIDE, ...], False, "Different settings for some files."),
    }
)


def validated(file: TomlFile, above: Keys) -> tuple[dict[str, Any], list[Mistake]]:
    """Return the valid settings of the table at ``above`` in a file, and every mistake in that table."""
    value: Any = file.value
    for key in above:
        value = value.get(key, {}) if isinstance(value, dict) else {}
    value = _plain(value)
    reader = Reader(file, FileStyle(unknown="unknown setting “{key}” in this table", names_from=len(above)))
    reader.read(CONFIGURATION, value, above)
    for keys, _ in reader.faults:
        _drop(value, keys[len(above) :])
    return value if isinstance(value, dict) else {}, reader.mistakes


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
