"""Configuration: ``reportlint.toml`` or ``[tool.reportlint]``, which of it holds for a file, and where it is said."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlint.config.options import Options
from reportlint.config.settings import BY_KEY, OVERRIDES, PATHS, SETTINGS, Join, Names, sound
from reportlint.errors import Mistake
from reportlint.knowledge.cards import did_you_mean
from reportlint.knowledge.house import HouseNames, StatedMeeting
from reportlint.knowledge.registers import BodyNames
from reportlint.knowledge.scales import Severity, Stage

if TYPE_CHECKING:
    from reportlint.config.tomlfile import Keys, TomlFile

FILE_NAME = "reportlint.toml"
_PYPROJECT = "pyproject.toml"
_TOOL = "reportlint"
_TABLE: Keys = ("tool", _TOOL)
_MEANT = re.compile(rb"tool[ \t\"']*\.[ \t\"']*reportlint|\[[ \t]*tool[ \t]*\]")
_GLOB = re.compile(r"((?:\*\*/)+|\*\*|\*|\?)")
_PIECES = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_ABBREVIATED = re.compile(r"(?P<name>.*\S)\s*\((?P<short>[^()\s]+)\)")


class Origin(NamedTuple):
    """Where a setting is said: a file with its line, the command line, or nowhere (a default)."""

    name: str
    line: int | None = None

    def __str__(self) -> str:
        return self.name if self.line is None else f"{self.name}:{self.line}"

    def mistake(self, message: str) -> Mistake:
        return Mistake(self.name, self.line or 1, 1, message)


DEFAULT, COMMAND_LINE = Origin("default"), Origin("command line")


class StatedSetting(NamedTuple):
    """One setting as it is said in one place; ``part`` is the key below a table ("severity", "AGD001")."""

    key: str
    part: str
    value: Any
    origin: Origin

    @property
    def name(self) -> str:
        return f"{self.key}.{self.part}" if self.part else self.key


class Override(NamedTuple):
    """Settings for the files that one of the patterns fits."""

    patterns: tuple[str, ...]
    entries: tuple[StatedSetting, ...]


@dataclass(frozen=True)
class Configuration:
    """A configuration file with all that it extends, the outermost first. Patterns are relative to its ``folder``."""

    path: str
    folder: str
    entries: tuple[StatedSetting, ...] = ()
    overrides: tuple[Override, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    def entries_for(self, path: str) -> tuple[StatedSetting, ...]:
        """What is said about one file, the weightiest last."""
        name = relative(path, self.folder)
        special = [one.entries for one in self.overrides if _fits_any(name, one.patterns)]
        return tuple(entry for entries in (self.entries, *special) for entry in entries)

    def excludes(self, path: str) -> bool:
        return _fits_any(relative(path, self.folder), self._excluded)

    @cached_property
    def _excluded(self) -> tuple[str, ...]:
        return tuple(pattern for entry in self.entries if entry.key == "exclude" for pattern in entry.value)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of the house's own rules."""
        return options_of(in_force(entry for entry in self.entries if entry.key == "rules")).folders

    def unknown(
        self, rules: Iterable[str], languages: Sequence[str], is_symbol: Callable[[str], bool]
    ) -> Iterator[Mistake]:
        """Settings that name rules or languages that there are not, or a symbol that is not well formed."""
        known = frozenset(rules)
        for entry in (*self.entries, *(entry for one in self.overrides for entry in one.entries)):
            names = BY_KEY[entry.key].names
            if names is Names.RULES:
                for name in [entry.part] if entry.part else entry.value:
                    if name not in known:
                        yield entry.origin.mistake(f"there is no rule “{name}”{did_you_mean(name, known)}")
            elif names is Names.LANGUAGE and entry.value not in languages:
                yield entry.origin.mistake(f"there is no language “{entry.value}” (there are {', '.join(languages)})")
            elif entry.name == "meeting.symbol" and not is_symbol(entry.value):
                yield entry.origin.mistake(f"“{entry.name}”: “{entry.value}” is not a well-formed document symbol")


class Finder:
    """Finds the configuration of a file: the nearest one upward, or always the one that was named."""

    def __init__(self, named: str | None = None) -> None:
        self._named = load(named) if named else None
        self._by_folder: dict[Path, Configuration | None] = {}

    def of(self, path: str) -> Configuration | None:
        if self._named:
            return self._named
        start = Path(os.path.abspath(path)).parent
        found, passed = None, []
        for folder in (start, *start.parents):
            if folder in self._by_folder:
                found = self._by_folder[folder]
                break
            passed.append(folder)
            found = _in_folder(folder)
            if found:
                break
        self._by_folder.update(dict.fromkeys(passed, found))
        return found


def _in_folder(folder: Path) -> Configuration | None:
    own = os.path.join(folder, FILE_NAME)
    if os.path.isfile(own):
        return load(own)
    shared = os.path.join(folder, _PYPROJECT)
    try:
        # Most projects have such a file for other tools: it is only parsed where it can be meant.
        with open(shared, "rb") as opened:
            meant = _MEANT.search(opened.read()) is not None
    except OSError:
        return None
    if not meant:
        return None
    from reportlint.config.tomlfile import read_toml  # noqa: PLC0415

    return load(shared) if _table(read_toml(Path(shared)).value, shared) is not None else None


def load(path: str) -> Configuration:
    """Read a configuration file and all that it extends. What is wrong in them is in its ``mistakes``."""
    return _load(path, ())


def _load(path: str, chain: tuple[str, ...]) -> Configuration:
    from reportlint.config.tomlfile import read_toml  # noqa: PLC0415

    shown = _shown(path)
    folder = os.path.dirname(shown)
    file = read_toml(Path(path), shown)
    if file.mistakes:
        return Configuration(shown, folder, mistakes=tuple(file.mistakes))
    above = _TABLE if os.path.basename(path) == _PYPROJECT else ()
    value, wrong = sound(file, above)
    own = tuple(_entries(value, file, above, folder))
    wrong += _missing_folders(own)
    entries: list[StatedSetting] = []
    overrides: list[Override] = []
    for entry in own:
        for name in entry.value if entry.key == "extends" else ():
            other = os.path.normpath(os.path.join(folder, name))
            if os.path.realpath(other) in (*chain, os.path.realpath(path)):
                wrong.append(entry.origin.mistake(f"“extends” goes round in a circle: “{name}” leads back here"))
            elif not os.path.isfile(other):
                wrong.append(entry.origin.mistake(f"there is no file “{name}”"))
            else:
                base = _load(other, (*chain, os.path.realpath(path)))
                entries += base.entries
                overrides += base.overrides
                wrong += base.mistakes
    for index, one in enumerate(value.get(OVERRIDES, ())):
        overrides.append(
            Override(tuple(one.get(PATHS, ())), tuple(_entries(one, file, (*above, OVERRIDES, index), folder)))
        )  # fmt: skip
    return Configuration(shown, folder, (*entries, *own), tuple(overrides), tuple(wrong))


def _table(value: Mapping[str, Any], path: str) -> Any:
    """The settings of a file; ``None`` for a ``pyproject.toml`` that has none."""
    if os.path.basename(path) != _PYPROJECT:
        return value
    tools = value.get("tool")
    return tools.get(_TOOL) if isinstance(tools, Mapping) else None


def _entries(table: Mapping[str, Any], file: TomlFile, above: Keys, folder: str) -> Iterator[StatedSetting]:
    """The settings of a table known to be right, in the order of the table of all settings."""
    for setting in SETTINGS:
        value = table.get(setting.key)
        if isinstance(value, dict):
            for part, said in value.items():
                one = [_joined(folder, name) for name in said] if setting.names is Names.FILES else said
                yield StatedSetting(setting.key, part, one, Origin(file.path, file.line((*above, setting.key, part))))
        elif value is not None:
            if setting.key == "extends" and isinstance(value, str):
                value = [value]
            if setting.names is Names.FILES:
                value = [_joined(folder, one) for one in value] if isinstance(value, list) else _joined(folder, value)
            yield StatedSetting(setting.key, "", value, Origin(file.path, file.line((*above, setting.key))))


def _missing_folders(entries: Iterable[StatedSetting]) -> Iterator[Mistake]:
    for entry in entries:
        for name in entry.value if entry.key == "rules" else ():
            if not os.path.exists(name):
                yield entry.origin.mistake(f"there is no folder “{name}”")


def given(values: Mapping[str, Any], origin: Origin) -> tuple[StatedSetting, ...]:
    """Settings by their keys, as they are said on the command line or by default."""
    return tuple(StatedSetting(key, "", value, origin) for key, value in values.items())


def in_force(entries: Iterable[StatedSetting]) -> tuple[StatedSetting, ...]:
    """Of settings, the weightiest last, those that hold, in the order of the table of all settings.

    What a later ``select`` names is no longer ignored.
    """
    kept: list[StatedSetting] = []
    for entry in entries:
        if entry.key == "select":
            kept = [_without(one, entry.value) if one.key == "ignore" else one for one in kept]
        if BY_KEY[entry.key].join is Join.LAST:
            kept = [one for one in kept if one.name != entry.name]
        kept.append(entry)
    order = list(BY_KEY)
    return tuple(sorted((one for one in kept if one.value != []), key=lambda one: order.index(one.key)))


def _without(entry: StatedSetting, names: Iterable[str]) -> StatedSetting:
    return entry._replace(value=[name for name in entry.value if name not in names])


def options_of(entries: Iterable[StatedSetting]) -> Options:
    """The options that settings in force amount to."""
    one: dict[str, Any] = {}
    many: dict[str, list[Any]] = {}
    severities: list[tuple[str, Severity | None]] = []
    for entry in entries:
        if entry.key == "severity":
            severities.append((entry.part, None if entry.value == "off" else Severity(entry.value)))
        elif isinstance(entry.value, list):
            many.setdefault(entry.name, []).extend(entry.value)
        else:
            one[entry.name] = entry.value
    options = Options(
        select=frozenset(many.get("select", ())),
        ignore=frozenset(many.get("ignore", ())),
        language=one.get("language"),
        severity=tuple(severities),
        folders=tuple(map(Path, many.get("rules", ()))),
        names=HouseNames(
            tuple(map(_body, many.get("names.bodies", ()))),
            tuple(map(_body, many.get("names.organizations", ()))),
            frozenset(many.get("names.abbreviations", ())),
        ),
        meeting=StatedMeeting(
            one.get("meeting.body"), one.get("meeting.session"), one.get("meeting.place"),
            _days(many.get("meeting.dates", ())), one.get("meeting.symbol"),
        ),
        waivers=Path(one["waivers"]) if "waivers" in one else None,
        baseline=Path(one["baseline"]) if "baseline" in one else None,
        parts=tuple(map(Path, many.get("report.parts", ()))),
    )  # fmt: skip
    return replace(
        options,
        stage=Stage(one.get("stage", options.stage)),
        fail_on=Severity(one.get("fail-on", options.fail_on)),
        message_language=one.get("message-language", options.message_language),
    )


def _body(text: str) -> BodyNames:
    match = _ABBREVIATED.fullmatch(text)
    return BodyNames(match["name"], match["short"]) if match else BodyNames(text)


def _days(values: Sequence[str]) -> tuple[date, date] | None:
    days = sorted(map(date.fromisoformat, values))
    return (days[0], days[-1]) if days else None


# -- paths and patterns ------------------------------------------------------------------------------------------


def _joined(folder: str, name: str) -> str:
    return os.path.normpath(os.path.join(folder, name)).replace(os.sep, "/")


def _shown(path: str) -> str:
    """A path as people write it: from the working directory, unless it is far from there."""
    return min(relative(path, "."), os.path.abspath(path).replace(os.sep, "/"), key=len)


def relative(path: str, folder: str) -> str:
    """A path as seen from a folder, with slashes."""
    try:
        found = os.path.relpath(path, folder or ".")
    except ValueError:  # another drive
        found = os.path.abspath(path)
    return found.replace(os.sep, "/")


def _fits_any(name: str, patterns: Iterable[str]) -> bool:
    return any(_compiled(pattern).fullmatch(name) for pattern in patterns)


def _compiled(pattern: str) -> re.Pattern[str]:
    """``*`` and ``?`` are within one name, ``**`` goes over folders. A folder means all that is in it.

    A pattern without slash may stand in any folder.
    """
    bare = pattern.removeprefix("./").strip("/")
    anywhere = "" if "/" in pattern.rstrip("/") else "(?:.*/)?"
    body = "".join(_PIECES.get(piece[:3], re.escape(piece)) for piece in _GLOB.split(bare))
    return re.compile(rf"{anywhere}{body}(?:/.*)?", re.DOTALL)
