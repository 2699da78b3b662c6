"""Configuration files (``reportlint.toml`` or ``[tool.reportlint]``): search, loading, and the settings for a file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlint.config.options import MEGABYTE, Options
from reportlint.config.settings import BY_KEY, OVERRIDES, PATHS, SETTINGS, Join, Names
from reportlint.errors import Mistake
from reportlint.files import is_url
from reportlint.knowledge.data_file import MAX_CONFIGURATION
from reportlint.knowledge.house_data import HouseNames, StatedMeeting
from reportlint.knowledge.levels import Severity, Stage, TrackedChanges
from reportlint.knowledge.registers import BodyNames
from reportlint.knowledge.suggestions import did_you_mean

if TYPE_CHECKING:
    from reportlint.config.tomlfile import TomlFile
    from reportlint.knowledge.data_file import Keys

FILE_NAME = "reportlint.toml"
_PYPROJECT = "pyproject.toml"
_TOOL = "reportlint"
_TABLE: Keys = ("tool", _TOOL)
_MENTION = re.compile(rb"tool[ \t\"']*\.[ \t\"']*reportlint|\[[ \t]*tool[ \t]*\]")
_MANY_STARS = re.compile(r"\*{3,}")
_FOLDERS = re.compile(r"((?<![^/])(?:\*\*/)+|\*\*)")
_LONGEST_CHAIN, _MOST_EXTENDED = 32, 256
_ABBREVIATED = re.compile(r"(?P<name>.*\S)\s*\((?P<short>[^()\s]+)\)")


class Origin(NamedTuple):
    """The place where a setting is set: a file with its line, the command line, or the defaults."""

    name: str
    line: int | None = None

    def __str__(self) -> str:
        return self.name if self.line is None else f"{self.name}:{self.line}"

    def mistake(self, message: str) -> Mistake:
        return Mistake(self.name, self.line or 1, 1, message)


DEFAULT, COMMAND_LINE = Origin("default"), Origin("command line")


class StatedSetting(NamedTuple):
    """A setting as set in one place. If its value is a table, ``part`` is the key: "AGD001" of ``severity.AGD001``."""

    key: str
    part: str
    value: Any
    origin: Origin

    @property
    def name(self) -> str:
        return f"{self.key}.{self.part}" if self.part else self.key


class Override(NamedTuple):
    """Settings for the files that match one of the patterns, which are relative to ``folder``."""

    folder: str
    patterns: tuple[str, ...]
    entries: tuple[StatedSetting, ...]

    def applies_to(self, path: str) -> bool:
        """Return whether the settings are those of a file."""
        return _matches_any(relative(path, self.folder), self.patterns)


@dataclass(frozen=True)
class Configuration:
    """A configuration file and all files that it extends, in order of increasing precedence.

    Patterns are relative to the folder of the file that states them. ``extended`` holds the paths of the files that it
    extends.
    """

    path: str
    folder: str
    entries: tuple[StatedSetting, ...] = ()
    overrides: tuple[Override, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    extended: tuple[str, ...] = ()

    def entries_for(self, path: str) -> tuple[StatedSetting, ...]:
        """Return the settings for a file, in order of increasing precedence."""
        matching = [override.entries for override in self.overrides if override.applies_to(path)]
        return tuple(entry for entries in (self.entries, *matching) for entry in entries)

    def excludes(self, path: str) -> bool:
        """Return whether the configuration excludes a file."""
        return any(_matches_any(relative(path, folder), patterns) for folder, patterns in self._excluded)

    @cached_property
    def _excluded(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The patterns of excluded files, with the folders that they are relative to."""
        excluding = (entry for entry in self.entries if entry.key == "exclude")
        return tuple((os.path.dirname(entry.origin.name), tuple(entry.value)) for entry in excluding)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of house rules."""
        return options_of(in_force(entry for entry in self.entries if entry.key == "rules")).folders

    def unknown_names(
        self, rules: Iterable[str], languages: Sequence[str], is_symbol: Callable[[str], bool]
    ) -> Iterator[Mistake]:
        """Yield the settings that name an unknown rule or language, or a malformed document symbol."""
        known_rules = frozenset(rules)
        override_entries = (entry for override in self.overrides for entry in override.entries)
        for entry in (*self.entries, *override_entries):
            names = BY_KEY[entry.key].names
            if names is Names.RULES:
                for name in [entry.part] if entry.part else entry.value:
                    if name not in known_rules:
                        yield entry.origin.mistake(f"unknown rule “{name}”{did_you_mean(name, known_rules)}")
            elif names is Names.LANGUAGE and entry.value not in languages:
                known = ", ".join(languages)
                yield entry.origin.mistake(f"unknown language “{entry.value}” (known languages: {known})")
            elif entry.name == "meeting.symbol" and not is_symbol(entry.value):
                yield entry.origin.mistake(f"“{entry.name}”: “{entry.value}” is not a well-formed document symbol")


class Finder:
    """Finds the configuration of a file: the nearest one upward, or always the file ``named``."""

    def __init__(self, named: str | None = None) -> None:
        self._named = load(named) if named else None
        self._by_folder: dict[str, Configuration | None] = {}

    def find(self, path: str) -> Configuration | None:
        """Return the configuration of a file, or ``None`` if it has none. That of a URL is in the working directory."""
        if self._named:
            return self._named
        folder = os.getcwd() if is_url(path) else os.path.dirname(os.path.abspath(path))
        configuration, searched = None, list[str]()
        while True:
            if folder in self._by_folder:
                configuration = self._by_folder[folder]
                break
            searched.append(folder)
            configuration = _in_folder(folder)
            above = os.path.dirname(folder)
            if configuration or above == folder:
                break
            folder = above
        self._by_folder.update(dict.fromkeys(searched, configuration))
        return configuration


def _in_folder(folder: str) -> Configuration | None:
    dedicated = os.path.join(folder, FILE_NAME)
    if os.path.isfile(dedicated):
        return load(dedicated)
    pyproject = os.path.join(folder, _PYPROJECT)
    if not os.path.isfile(pyproject):  # a pipe of this name would block
        return None
    try:
        # Most projects have this file for other tools: do not parse it unless it may configure reportlint.
        with open(pyproject, "rb") as stream:
            may_configure = _MENTION.search(stream.read(MAX_CONFIGURATION + 1)) is not None
    except OSError:
        return None
    if not may_configure:
        return None
    from reportlint.config.tomlfile import read_toml  # noqa: PLC0415

    file = read_toml(Path(pyproject))
    return load(pyproject) if file.mistakes or _has_table(file.value) else None


def load(path: str) -> Configuration:
    """Load a configuration file and all files that it extends. Errors are collected in ``mistakes``, not raised."""
    return _load(path, (), count())


def _load(path: str, chain: tuple[str, ...], loaded: Iterator[int]) -> Configuration:
    """Load a file; ``chain`` holds the real paths of the files that extend it, ``loaded`` counts the files loaded."""
    from reportlint.config.settings_shape import validated  # noqa: PLC0415
    from reportlint.config.tomlfile import read_toml  # noqa: PLC0415

    shown = _shown(path)
    folder = os.path.dirname(shown)
    file = read_toml(Path(path), shown)
    if file.mistakes:
        return Configuration(shown, folder, mistakes=tuple(file.mistakes))
    above = _TABLE if os.path.basename(path) == _PYPROJECT else ()
    table, mistakes = validated(file, above)
    file_entries = tuple(_entries(table, file, above, folder))
    mistakes += _missing_folders(file_entries)
    entries: list[StatedSetting] = []
    overrides: list[Override] = []
    extended: list[str] = []
    for entry in file_entries:
        for name in entry.value if entry.key == "extends" else ():
            base_path = os.path.normpath(os.path.join(folder, name))
            if os.path.realpath(base_path) in (*chain, os.path.realpath(path)):
                mistakes.append(entry.origin.mistake(f"circular “extends”: “{name}” leads back to this file"))
            elif not os.path.isfile(base_path):
                mistakes.append(entry.origin.mistake(f"no such file: “{name}”"))
            elif len(chain) >= _LONGEST_CHAIN:
                mistakes.append(entry.origin.mistake(f"“extends” leads through more than {_LONGEST_CHAIN} files"))
            elif next(loaded) >= _MOST_EXTENDED:
                mistakes.append(entry.origin.mistake(f"“extends” leads to more than {_MOST_EXTENDED} files"))
            else:
                base = _load(base_path, (*chain, os.path.realpath(path)), loaded)
                entries += base.entries
                overrides += base.overrides
                mistakes += base.mistakes
                extended += (base.path, *base.extended)
    for index, override in enumerate(table.get(OVERRIDES, ())):
        override_entries = _entries(override, file, (*above, OVERRIDES, index), folder)
        overrides.append(Override(folder, tuple(override.get(PATHS, ())), tuple(override_entries)))
    return Configuration(shown, folder, (*entries, *file_entries), tuple(overrides), tuple(mistakes), tuple(extended))


def _has_table(value: Mapping[str, Any]) -> bool:
    """Return whether a parsed ``pyproject.toml`` has ``[tool.reportlint]``."""
    tools = value.get("tool")
    return isinstance(tools, Mapping) and _TOOL in tools


def _entries(table: Mapping[str, Any], file: TomlFile, above: Keys, folder: str) -> Iterator[StatedSetting]:
    """Yield the settings of a valid table, in the order of ``SETTINGS``."""
    for setting in SETTINGS:
        value = table.get(setting.key)
        if isinstance(value, dict):
            for part, item in value.items():
                resolved = [_joined(folder, name) for name in item] if setting.names is Names.FILES else item
                origin = Origin(file.path, file.line((*above, setting.key, part)))
                yield StatedSetting(setting.key, part, resolved, origin)
        elif value is not None:
            if setting.key == "extends" and isinstance(value, str):
                value = [value]
            if setting.names is Names.FILES:
                value = [_joined(folder, name) for name in value] if isinstance(value, list) else _joined(folder, value)
            yield StatedSetting(setting.key, "", value, Origin(file.path, file.line((*above, setting.key))))


def _missing_folders(entries: Iterable[StatedSetting]) -> Iterator[Mistake]:
    for entry in entries:
        for name in entry.value if entry.key == "rules" else ():
            if not os.path.exists(name):
                yield entry.origin.mistake(f"no such file or folder: “{name}”")


def settings_from(values: Mapping[str, Any], origin: Origin) -> tuple[StatedSetting, ...]:
    """Return settings given by key, as on the command line or by default."""
    return tuple(StatedSetting(key, "", value, origin) for key, value in values.items())


def in_force(entries: Iterable[StatedSetting]) -> tuple[StatedSetting, ...]:
    """Return the settings in force, in the order of ``SETTINGS``; ``entries`` are in order of increasing precedence.

    A later ``select`` cancels an earlier ``ignore`` of the same name.
    """
    kept: list[StatedSetting] = []
    for entry in entries:
        if entry.key == "select":
            kept = [_without(earlier, entry.value) if earlier.key == "ignore" else earlier for earlier in kept]
        if BY_KEY[entry.key].join is Join.LAST:
            kept = [earlier for earlier in kept if earlier.name != entry.name]
        kept.append(entry)
    order = list(BY_KEY)
    return tuple(sorted((entry for entry in kept if entry.value != []), key=lambda entry: order.index(entry.key)))


def _without(entry: StatedSetting, names: Iterable[str]) -> StatedSetting:
    return entry._replace(value=[name for name in entry.value if name not in names])


def options_of(entries: Iterable[StatedSetting]) -> Options:
    """Return the options that correspond to the settings in force."""
    values: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {}
    severities: list[tuple[str, Severity | None]] = []
    for entry in entries:
        if entry.key == "severity":
            severities.append((entry.part, None if entry.value == "off" else Severity(entry.value)))
        elif isinstance(entry.value, list):
            lists.setdefault(entry.name, []).extend(entry.value)
        else:
            values[entry.name] = entry.value
    return Options(
        stage=Stage(values.get("stage", Options.stage)),
        select=frozenset(lists.get("select", ())),
        ignore=frozenset(lists.get("ignore", ())),
        language=values.get("language"),
        message_language=values.get("message-language", Options.message_language),
        severity=tuple(severities),
        fail_on=Severity(values.get("fail-on", Options.fail_on)),
        folders=tuple(map(Path, lists.get("rules", ()))),
        names=HouseNames(
            tuple(map(_body, lists.get("names.bodies", ()))),
            tuple(map(_body, lists.get("names.organizations", ()))),
            frozenset(lists.get("names.abbreviations", ())),
        ),
        meeting=StatedMeeting(
            values.get("meeting.body"), values.get("meeting.session"), values.get("meeting.place"),
            _days(lists.get("meeting.dates", ())), values.get("meeting.symbol"),
        ),
        kind=values.get("kind"),
        waivers=Path(values["waivers"]) if "waivers" in values else None,
        baseline=Path(values["baseline"]) if "baseline" in values else None,
        parts=tuple(map(Path, lists.get("report.parts", ()))),
        tracked_changes=TrackedChanges(values.get("tracked-changes", Options.tracked_changes)),
        max_bytes=values["max-size"] * MEGABYTE if "max-size" in values else Options.max_bytes,
        documentation=values.get("documentation", Options.documentation),
    )  # fmt: skip


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
    """Return the shorter of the relative and the absolute path."""
    return min(relative(path, "."), os.path.abspath(path).replace(os.sep, "/"), key=len)


def relative(path: str, folder: str) -> str:
    """Return a path relative to a folder, with slashes. A URL stays as it is."""
    if is_url(path):
        return path
    try:
        result = os.path.relpath(path, folder or ".")
    except ValueError:  # another drive
        result = os.path.abspath(path)
    return result.replace(os.sep, "/")


def _matches_any(name: str, patterns: Iterable[str]) -> bool:
    return any(_compiled(pattern).fullmatch(name) for pattern in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern: ``*`` and ``?`` match within one name, ``**`` also matches slashes.

    A folder matches everything in it. A pattern without a slash matches in any folder. Before another ``**``, the first
    place where a segment matches is enough; so is, in a segment, the first place of the words before another ``*``.
    The atomic groups keep to these places, so that no pattern takes long.
    """
    bare = _MANY_STARS.sub("**", pattern.removeprefix("./").strip("/"))
    first, *others = _FOLDERS.split(bare if "/" in pattern.rstrip("/") else f"**/{bare}")
    segments = [_within_name(first)]
    for folders, segment in zip(others[::2], others[1::2], strict=True):
        segments.append(("(?:[^/]*/)*?" if folders.endswith("/") else ".*?") + _within_name(segment))
    *before, last = segments
    return re.compile("".join(f"(?>{segment})" for segment in before) + last + r"(?:/.*)?", re.DOTALL)


def _within_name(segment: str) -> str:
    """Return the regular expression of a part of a pattern without ``**``."""
    first, *others = (re.escape(words).replace(r"\?", "[^/]") for words in segment.split("*"))
    *before, last = [f"[^/]*?{words}" for words in others] or [""]
    return first + "".join(f"(?>{words})" for words in before) + last
