"""Compares a clearance record with files, rules and settings as they are now. Nothing is checked again."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from reportlint.clearance.conditions import CheckedFile, conditions_of, file_conditions, file_digest, rules_by_path
from reportlint.clearance.record import Clearance
from reportlint.clearance.record_shape import (
    OFF,
    PATHS_IN_SETTINGS,
    CommandLine,
    Conditions,
    PluginVersion,
    Predicate,
    RuleSeverities,
    Subject,
)
from reportlint.errors import DataError, Message, ReportlintError, message, system_message
from reportlint.knowledge.levels import DocumentKind
from reportlint.reporters.sentences import Wording
from reportlint.workspace import Workspace

_OTHER_VALUE = "{name}: {then} in the record, now {now}"


def differences(clearance: Clearance, root: str, today: date, wording: Wording) -> Iterator[Message]:
    """Yield each difference between a record and what it states: files, conditions, and waivers that have ended.

    ``root`` is the folder to which the names in the record are relative. ``wording`` lists paths.
    """
    predicate = clearance.predicate
    for subject in clearance.subjects:
        yield from _file_difference(subject, root, wording)
    try:
        yield from _condition_differences(predicate, root, wording)
    except DataError as error:
        for mistake in error.mistakes:
            yield message("the rules or settings are invalid: {reason}", reason=str(mistake))
    except (ReportlintError, OSError) as error:
        yield message("the rules or settings are invalid: {reason}", reason=str(error))
    for waiver in predicate.waivers:
        if waiver.until and waiver.until < today:
            template = "{path}: the waiver of {code} ({where}) ended on {date}"
            yield message(template, path=waiver.path, code=waiver.code, where=waiver.where, date=waiver.until)


def _file_difference(subject: Subject, root: str, wording: Wording) -> Iterator[Message]:
    try:
        if file_digest(_in(root, subject.name)) != subject.digest:
            yield message("{path}: changed", path=subject.name)
    except FileNotFoundError:
        yield message("{path}: missing", path=subject.name)
    except (OSError, ValueError) as error:
        reason = wording.lexicon.translate(system_message(error))
        yield message("{path}: cannot be read: {reason}", path=subject.name, reason=reason)


def _condition_differences(predicate: Predicate, root: str, wording: Wording) -> Iterator[Message]:
    """Yield the differences in version, plugins, settings, rules and files of the house.

    Raises:
        ReportlintError: the rules or settings as they are now are invalid.
        OSError: a file of the house cannot be read.
    """
    command_line = predicate.command_line
    workspace = Workspace(
        _settings(command_line, root), _in(root, command_line.config) if command_line.config else None
    )
    kinds = {_in(root, file.path): file.kind for file in predicate.files if file.kind and file.conditions}
    names = {_in(root, file.path): file.path for file in predicate.files}
    rules = rules_by_path(workspace, [*kinds])
    for path, chosen in rules.items():
        if chosen is None:
            yield message("{path}: excluded by the configuration", path=names[path])
    files = [CheckedFile(path, chosen, kinds[path] or DocumentKind.OTHER) for path, chosen in rules.items() if chosen]
    if not files:
        return
    now = conditions_of(workspace, files, root)
    yield from _version_differences(predicate, now)
    yield from _setting_differences(predicate, now)
    yield from _rule_differences(predicate.rules, now.rules)
    yield from _differences_of_files(predicate, now, files, names, root, wording)
    yield from _house_differences(predicate, now)


def _settings(command_line: CommandLine, root: str) -> Mapping[str, Any]:
    """Return the settings of the command line, with paths as they are now."""
    settings: dict[str, Any] = {}
    for key, value in command_line.settings.items():
        settings[key] = list(value) if isinstance(value, tuple) else value
        if key in PATHS_IN_SETTINGS:
            settings[key] = _in(root, value) if isinstance(value, str) else [_in(root, name) for name in value]
    return settings


def _in(root: str, name: str) -> str:
    return os.path.join(root, name)


def _version_differences(then: Conditions, now: Conditions) -> Iterator[Message]:
    if then.version != now.version:
        yield message(_OTHER_VALUE, name="reportlint", then=then.version, now=now.version)
    installed = {plugin.name: plugin for plugin in now.plugins}
    for plugin in then.plugins:
        if plugin.name not in installed:
            yield message("plugin “{name}”: missing", name=plugin.name)
        elif (other := installed.pop(plugin.name)) != plugin:
            yield message("plugin “{name}”: {then} in the record, now {now}", **_versions(plugin, other))
    for name in installed:
        yield message("plugin “{name}”: not in the record", name=name)


def _versions(then: PluginVersion, now: PluginVersion) -> dict[str, str]:
    return {"name": then.name, "then": then.version, "now": now.version}


def _setting_differences(then: Conditions, now: Conditions) -> Iterator[Message]:
    stated = {
        "stage": (then.stage.value, now.stage.value),
        "select": (_listed(then.select), _listed(now.select)),
        "ignore": (_listed(then.ignore), _listed(now.ignore)),
        "fail-on": (then.fail_on.value, now.fail_on.value),
    }
    differing = {name: values for name, values in stated.items() if values[0] != values[1]}
    for name, (before, after) in differing.items():
        yield message(_OTHER_VALUE, name=name, then=before, now=after)
    if not differing and then.rules == now.rules and then.configuration != now.configuration:
        yield message("the settings in force have changed")


def _listed(names: Collection[str]) -> str:
    return ",".join(names) or "–"


def _rule_differences(then: RuleSeverities, now: RuleSeverities) -> Iterator[Message]:
    for code in sorted({*then, *now}):
        before, after = then.get(code, OFF), now.get(code, OFF)
        if before != after:
            yield message(_OTHER_VALUE, name=code, then=before, now=after)


def _differences_of_files(
    then: Predicate,
    now: Conditions,
    files: Sequence[CheckedFile],
    names: Mapping[str, str],
    root: str,
    wording: Wording,
) -> Iterator[Message]:
    """Yield the differences in settings and rules that those of the run as a whole do not explain."""
    recorded = {file.path: file.conditions for file in then.files}
    of_run = {code for code in {*then.rules, *now.rules} if then.rules.get(code, OFF) != now.rules.get(code, OFF)}
    with_other_settings: list[str] = []
    for file in files:
        name = names[file.path]
        before, after = recorded[name], file_conditions(file, now, root)
        if before is None:
            continue
        was, is_now = {**then.rules, **before.rules}, {**now.rules, **after.rules}
        codes = sorted(code for code in {*was, *is_now} - of_run if was.get(code, OFF) != is_now.get(code, OFF))
        if codes:
            yield message("{path}: rules that changed: {codes}", path=name, codes=", ".join(codes))
        elif before.configuration != after.configuration and then.configuration == now.configuration:
            with_other_settings.append(name)
    if with_other_settings:
        count, paths = len(with_other_settings), wording.list_paths(with_other_settings)
        yield message("the settings in force for {count} files have changed: {paths}", count=count, paths=paths)


def _house_differences(then: Conditions, now: Conditions) -> Iterator[Message]:
    present = {file.path: file for file in now.house_files}
    for file in then.house_files:
        other = present.pop(file.path, None)
        if other is None:
            yield message("{path}: missing", path=file.path)
        elif other != file:
            yield message("{path}: changed", path=file.path)
    for path in present:
        yield message("{path}: not in the record", path=path)
