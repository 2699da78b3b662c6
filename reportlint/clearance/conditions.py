"""The conditions under which files are checked: rules, plugins, settings, and the files of the house."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from reportlint.clearance.record_shape import (
    OFF,
    Conditions,
    Digest,
    FileConditions,
    HouseFile,
    PluginVersion,
    RuleSeverities,
)
from reportlint.config.config_file import relative
from reportlint.config.options import Options
from reportlint.engine.rules import Rules
from reportlint.errors import SetupError
from reportlint.files import is_inside
from reportlint.knowledge.levels import DocumentKind
from reportlint.knowledge.parameters import files_named
from reportlint.knowledge.rulebook import rule_files
from reportlint.plugins.plugin_loading import BUILTIN
from reportlint.version import __version__
from reportlint.workspace import Workspace

_WITHOUT_EFFECT = ("message_language", "documentation")
"""The options that change no result."""


class CheckedFile(NamedTuple):
    """A file that was checked, with its rules and the kind of the document."""

    path: str
    rules: Rules
    kind: DocumentKind


def conditions_of(workspace: Workspace, files: Iterable[CheckedFile], root: str) -> Conditions:
    """Return the conditions of a run; those of the run as a whole come from the configuration of its first file.

    Paths are relative to the folder ``root``.

    Raises:
        ReportlintError: the configuration or the rules are invalid, or the name of a file of the house is not UTF-8.
        OSError: a file of the house cannot be read.
    """
    base = workspace.base(next(iter(files)).path)
    options = base.options
    return Conditions(
        version=__version__,
        stage=options.stage,
        select=tuple(sorted(options.select)),
        ignore=tuple(sorted(options.ignore)),
        fail_on=options.fail_on,
        rules=_severities(base),
        plugins=tuple(_plugins(workspace)),
        configuration=_settings_digest(options, root),
        house_files=tuple(
            HouseFile(stated_path(path, root), kind, file_digest(path))  # type: ignore[arg-type]
            for path, kind in sorted(_house_files(workspace, files), key=lambda item: relative(item[0], root))
        ),
    )


def file_conditions(file: CheckedFile, conditions: Conditions, root: str) -> FileConditions:
    """Return the conditions of one file of a run."""
    rules = _severities(file.rules, file.kind)
    differing = {
        code: rules.get(code, OFF)
        for code in sorted({*rules, *conditions.rules})
        if rules.get(code, OFF) != conditions.rules.get(code, OFF)
    }
    options = file.rules.options
    return FileConditions(stage=options.stage, configuration=_settings_digest(options, root), rules=differing)  # type: ignore[arg-type]


def rules_by_path(workspace: Workspace, paths: Sequence[str]) -> dict[str, Rules | None]:
    """Return the rules of each file, as a run chooses them; ``None`` for an excluded file.

    The parts of a report have the rules of its first part, even if they are excluded themselves.

    Raises:
        ReportlintError: a configuration or card is invalid.
    """
    chosen = dict(zip(paths, workspace.assign(paths), strict=True))
    if not any(rules and rules.options.parts for rules in chosen.values()):
        return chosen
    places = {os.path.abspath(path): path for path in paths}
    result = dict(chosen)
    for rules in chosen.values():
        parts = rules.options.parts if rules else ()
        of_report = [places[place] for part in parts if (place := os.path.abspath(part)) in places]
        if rules and of_report:
            result.update(dict.fromkeys(of_report, workspace.assign([str(parts[0])])[0] or rules))
    return result


def stated_path(path: str, root: str) -> str:
    """Return a path as a record states it: relative to the folder ``root``, with slashes.

    Raises:
        SetupError: the path is not UTF-8, and programs that read JSON would refuse it.
    """
    name = relative(path, root)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise SetupError(f"the name of {path} is not UTF-8; rename the file") from None
    return name


def file_digest(path: str) -> Digest:
    """Return the digest of the bytes of a file.

    Raises:
        OSError: the file cannot be read, or is not a regular file.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(0, "not a regular file")
    with open(path, "rb") as file:
        return Digest(hashlib.file_digest(file, "sha256").hexdigest())


def bytes_digest(data: bytes) -> Digest:
    """Return the digest of some bytes."""
    return Digest(hashlib.sha256(data).hexdigest())


def _severities(rules: Rules, kind: DocumentKind | None = None) -> RuleSeverities:
    """Return the severities of rules by code, on documents of a kind if one is given."""
    severities: dict[str, Any] = {}
    for code, severity in sorted(rules.severities.items()):
        card = rules.by_code[code]
        if kind not in card.not_for:
            severities[code] = "info" if kind in card.info_for else severity.value
    return severities


def _plugins(workspace: Workspace) -> Iterator[PluginVersion]:
    for plugin in workspace.components.plugins:
        if plugin.name != BUILTIN:
            yield PluginVersion(plugin.name, plugin.origin)


# -- settings ---------------------------------------------------------------------------------------------------------


def _settings_digest(options: Options, root: str) -> Digest:
    """Return the digest of settings as JSON with sorted keys, without white space and without absolute paths."""
    settings = {name: value for name, value in _plain(options, root).items() if name not in _WITHOUT_EFFECT}
    return bytes_digest(json.dumps(settings, sort_keys=True, separators=(",", ":")).encode("ascii"))


def _plain(value: Any, root: str) -> Any:
    """Return an option as JSON has it; paths are relative to ``root``."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return relative(str(value), root)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), root) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item, root) for key, item in value.items()}
    if hasattr(value, "_asdict"):
        return _plain(value._asdict(), root)
    if isinstance(value, frozenset):
        return sorted(_plain(item, root) for item in value)
    if isinstance(value, tuple):
        return [_plain(item, root) for item in value]
    return value


# -- files of the house -----------------------------------------------------------------------------------------------


def _house_files(workspace: Workspace, files: Iterable[CheckedFile]) -> set[tuple[str, str]]:
    """Return the files that settings and house rules come from or that suppress findings, each with what it is."""
    found: set[tuple[str, str]] = set()
    for file in files:
        configuration, options = workspace.configuration(file.path), file.rules.options
        if configuration:
            found |= {(path, "configuration") for path in (configuration.path, *configuration.extended)}
        found |= {(str(path), "rules") for folder in options.folders for path in _rule_files(folder, file.rules)}
        found.add((workspace.waivers(file.path), "waivers"))
        if options.baseline:
            found.add((str(options.baseline), "baseline"))
    by_place = {os.path.abspath(path): (path, kind) for path, kind in sorted(found, reverse=True)}
    return {(path, kind) for path, kind in by_place.values() if os.path.isfile(path)}


def _rule_files(folder: Path, rules: Rules) -> Iterator[Path]:
    """Yield the files of house rules in a folder: those of ``rule_files``, and those that cards name."""
    yield from rule_files(folder)
    top = str(folder if folder.is_dir() else folder.parent)
    for parameters in filter(None, (card.parameters for card in rules.cards)):
        yield from (path for path in files_named(parameters) if is_inside(str(path), top))
