"""The clearance record of a run: whether there is one, what it states, and its text."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from reportlint.clearance.conditions import (
    CheckedFile,
    bytes_digest,
    conditions_of,
    file_conditions,
    rules_by_path,
    stated_path,
)
from reportlint.clearance.record_shape import (
    COMMAND_LINE_SETTINGS,
    PATHS_IN_SETTINGS,
    PREDICATE_TYPE,
    STATEMENT_TYPE,
    CommandLine,
    Conditions,
    Digest,
    Predicate,
    RecordedFile,
    RecordedWaiver,
    Subject,
    SuppressingPlace,
)
from reportlint.engine.rules import Rules
from reportlint.errors import Message, SetupError, message
from reportlint.finding import Place, Severity, Suppression
from reportlint.report import ExitPolicy, FileReport, FileState, Run
from reportlint.reporters.escaping import json_chunks
from reportlint.reporters.sentences import Wording
from reportlint.workspace import Workspace

_T = TypeVar("_T")
_EPOCH = "SOURCE_DATE_EPOCH"
_SECONDS = re.compile("[0-9]+")


class _Remade(Iterable[_T]):
    """Values that are made anew in each iteration, so that those of a long run are not all in memory."""

    def __init__(self, make: Callable[[], Iterator[_T]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[_T]:
        return self._make()


class Clearance(NamedTuple):
    """What a clearance record states: its subjects, and the predicate about them.

    The subjects are the files that were checked. A record of a run has both in the same order.
    """

    subjects: Iterable[Subject]
    predicate: Predicate


def obstacle(run: Run) -> Message | None:
    """Return why a run clears nothing; ``None`` if it does.

    Every file that should be checked must have been, at every stage and whatever the command line allows.
    """
    strict = replace(run, policy=ExitPolicy(require_checked=True))
    if strict.totals.missed:
        paths = [file.path for file in strict.missed]
        named = Wording.for_run(run).list_paths(paths)
        return message("{count} files were not checked: {paths}", count=len(paths), paths=named)
    if strict.has_checked_nothing:
        return message("no file was checked")
    if strict.exit_code > 1:
        return message("a rule or a plugin failed")
    if strict.exit_code:
        return message("{count} findings fail the run", count=run.totals.failing)
    return None


def clearance_of(run: Run, workspace: Workspace, root: str, environment: Mapping[str, str]) -> Clearance:
    """Return what the record of a run states; it is in the folder ``root``, to which names are relative.

    ``workspace`` holds the settings under which the run can be repeated.

    Raises:
        SetupError: a file is outside that folder or cannot be read, its name is not
            UTF-8, or ``SOURCE_DATE_EPOCH`` is not a time.
    """
    indexes = [index for index, file in enumerate(run.files) if file.state is not FileState.WAIVERS]
    order = sorted(indexes, key=lambda index: _name(run.files.paths[index], root))
    rules = rules_by_path(workspace, [run.files.paths[index] for index in order])

    def files() -> Iterator[FileReport]:
        return map(run.files.__getitem__, order)

    checked = _Remade(lambda: (each for file in files() if (each := _checked(file, rules))))
    try:
        conditions = conditions_of(workspace, checked, root)
    except OSError as error:
        raise SetupError(f"{error.filename} cannot be read: {error.strerror}") from None
    wording = Wording.for_run(run)

    def recorded() -> Iterator[RecordedFile]:
        return (
            _recorded_file(file, _name(file.path, root), _checked(file, rules), conditions, root, wording)
            for file in files()
        )

    predicate = Predicate(
        **{field.name: getattr(conditions, field.name) for field in fields(conditions)},
        time=_time(environment),
        command_line=_command_line(workspace, root),
        files=_Remade(recorded),  # type: ignore[arg-type]
        waivers=_Remade(lambda: _waivers(files(), root)),  # type: ignore[arg-type]
    )
    return Clearance(_Remade(lambda: _subjects(files(), root)), predicate)


def _checked(file: FileReport, rules: Mapping[str, Rules | None]) -> CheckedFile | None:
    is_checked = file.state is FileState.CHECKED
    return CheckedFile(file.path, rules[file.path] or file.rules, file.identity.kind) if is_checked else None


def _subjects(files: Iterable[FileReport], root: str) -> Iterator[Subject]:
    for file in files:
        if file.state is FileState.CHECKED:
            yield Subject(_name(file.path, root), Digest(file.sha256 or bytes_digest(b"").sha256))


def record_text(clearance: Clearance) -> Iterator[str]:
    """Yield a record, an in-toto Statement as JSON, in pieces."""
    statement = {
        "_type": STATEMENT_TYPE,
        "subject": _json(clearance.subjects),
        "predicateType": PREDICATE_TYPE,
        "predicate": _json(clearance.predicate),
    }
    yield from json_chunks(statement)
    yield "\n"


def _json(value: Any) -> Any:
    """Return declared values as JSON has them."""
    if is_dataclass(value):
        return {field.name: _json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, _Remade):
        return map(_json, value)
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _recorded_file(
    file: FileReport, name: str, checked: CheckedFile | None, conditions: Conditions, root: str, wording: Wording
) -> RecordedFile:
    kind, symbol, title, day = file.identity
    errors, warnings, infos = (file.count(severity) for severity in Severity)
    return RecordedFile(
        path=name,
        state=file.state.value,  # type: ignore[arg-type]
        reason=wording.reason(file) or None,
        symbol=symbol,
        title=title,
        date=day,
        language=file.language,
        kind=kind if checked else None,
        errors=errors,
        warnings=warnings,
        infos=infos,
        suppressed=file.suppressed,
        conditions=file_conditions(checked, conditions, root) if checked else None,
    )


def _waivers(files: Iterable[FileReport], root: str) -> Iterator[RecordedWaiver]:
    for file in files:
        for finding in file.findings:
            for problem in finding.problems:
                if problem.suppression:
                    name = _name(file.path, root)
                    yield _recorded_waiver(finding.code, problem.place, problem.suppression, name, root)


def _recorded_waiver(code: str, at: Place, suppression: Suppression, name: str, root: str) -> RecordedWaiver:
    assert suppression.place, "whatever suppresses a finding states its place"
    place = SuppressingPlace(path=stated_path(suppression.place.path, root), line=suppression.place.line)
    return RecordedWaiver(
        path=name,
        line=at.line,
        where=at.where,
        code=code,
        by=suppression.by,
        reason=suppression.reason,
        until=suppression.until,
        place=place,
    )


def _command_line(workspace: Workspace, root: str) -> CommandLine:
    """Return the settings of the command line: an empty list, too, replaces what the configuration says."""
    settings: dict[str, Any] = {}
    for key in COMMAND_LINE_SETTINGS:
        value = workspace.command_line.get(key)
        if value is None:
            continue
        if key in PATHS_IN_SETTINGS:
            value = _name(value, root) if isinstance(value, str) else [_name(path, root) for path in value]
        settings[key] = value
    return CommandLine(config=_name(workspace.config, root) if workspace.config else None, settings=settings)


def _name(path: str, root: str) -> str:
    """Return the name of a file in a record.

    Raises:
        SetupError: the file is outside the folder of the record, or its name is not UTF-8.
    """
    name = stated_path(path, root)
    if name == ".." or name.startswith("../") or os.path.isabs(name):
        raise SetupError(f"{path} is outside the folder of the record; write the record to a folder above it")
    return name


def _time(environment: Mapping[str, str]) -> str:
    """Return the time as in RFC 3339, in UTC: now, or that of ``SOURCE_DATE_EPOCH``."""
    stated = environment.get(_EPOCH) or str(int(time.time()))
    try:
        if not _SECONDS.fullmatch(stated):
            raise ValueError
        return datetime.fromtimestamp(int(stated), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        raise SetupError(f"{_EPOCH} is not a time in seconds: “{stated}”") from None
