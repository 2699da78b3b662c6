"""From paths to tasks: each draft with its rules and its parts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import BinaryIO, NamedTuple, Protocol

from reportlint.document import Draft
from reportlint.engine.rules import Rules
from reportlint.errors import Message, message
from reportlint.report import FileReport, FileState
from reportlint.runner.draft_checking import Task
from reportlint.runner.inputs import NO_SUCH_FILE, Input, find_inputs
from reportlint.runner.shards import Shard

_EXCLUDED = message("excluded by the configuration")


class RuleChooser(Protocol):
    """Chooses the rules for each file."""

    def base(self, path: str) -> Rules:
        """Return the rules of the run as a whole, used for its summary; ``path`` is the first path of the run."""

    def assign(self, paths: Sequence[str]) -> list[Rules | None]:
        """Return the rules for each file; ``None`` for an excluded file.

        Raises:
            DataError: a configuration or card is invalid; the error lists every mistake.
        """


class SameRules(NamedTuple):
    """Chooses the same rules for every file."""

    rules: Rules

    def base(self, path: str) -> Rules:
        return self.rules

    def assign(self, paths: Sequence[str]) -> list[Rules | None]:
        return [self.rules for _ in paths]


class Plan(NamedTuple):
    """The drafts to check, the reports of files that are not, the rules of the run, and remarks for standard error.

    ``waiver_files`` are the paths of the waiver files in the folders. ``is_shard``: drafts and reports are those in a
    shard.
    """

    tasks: tuple[Task, ...]
    skipped: tuple[FileReport, ...]
    base: Rules
    notes: tuple[str, ...]
    waiver_files: tuple[str, ...]
    is_shard: bool = False


def make_plan(
    paths: Sequence[str], chooser: RuleChooser, stdin: BinaryIO, stdin_name: str, shard: Shard | None = None
) -> Plan:
    """Return the plan for checking files, folders and standard input ("-"), or the drafts in a shard of them.

    All parts of a report are in the shard of its first part.

    Raises:
        DataError: a configuration or card is invalid.
    """
    base = chooser.base(paths[0] if paths else ".")
    inputs, waiver_files = find_inputs(paths, base.readers, stdin_name)
    by_path = {os.path.abspath(item.name): item for item in inputs}
    tasks: list[Task] = []
    planned: set[str] = set()
    skipped: list[tuple[Input, Rules, FileState, Message]] = []
    for item, chosen in zip(inputs, chooser.assign([item.name for item in inputs]), strict=True):
        rules = chosen or base
        if item.name in planned:
            continue  # part of a report already planned
        if chosen is None and (item.error is None or not item.has_reader):
            skipped.append((item, rules, FileState.EXCLUDED, _EXCLUDED))
            continue
        if item.error and not item.has_reader and not item.named:
            skipped.append((item, rules, FileState.UNREADABLE, item.error))
            continue
        parts = _parts(item, rules, by_path) or [item]
        if shard and not shard.holds(parts[0].name):
            planned.update(part.name for part in parts)
            continue
        if len(parts) > 1:
            rules = chooser.assign([parts[0].name])[0] or rules
        draft = Draft(tuple(part.part(rules.readers, stdin, rules.options) for part in parts), rules.readers)
        planned.update(part.name for part in parts)
        tasks.append(Task(draft, rules, frozenset(part.name for part in parts if part.named)))
    # A part of a report is checked with the others even if it is excluded itself.
    skipped = [
        entry for entry in skipped if entry[0].name not in planned and (shard is None or shard.holds(entry[0].name))
    ]
    translate = base.lexicon(base.options.message_language).translate
    notes = [
        translate(message("{path}: {reason}; not checked", path=item.name, reason=translate(reason)))
        for item, _, state, reason in skipped
        if item.named or state is FileState.UNREADABLE
    ]
    reports = (FileReport(item.name, state, rules, reason=translate(reason)) for item, rules, state, reason in skipped)
    return Plan(
        tuple(tasks), tuple(reports), base, (*base.broken_plugins, *notes), waiver_files,
        is_shard=shard is not None and bool(inputs),
    )  # fmt: skip


def _parts(item: Input, rules: Rules, by_path: Mapping[str, Input]) -> list[Input]:
    """Return all parts of the report that an input belongs to, if any; those in ``by_path`` keep their names."""
    parts = {os.path.abspath(part): part for part in rules.options.parts}
    if os.path.abspath(item.name) not in parts:
        return []
    result: list[Input] = []
    for path, part in parts.items():
        error = None if os.path.isfile(part) else NO_SUCH_FILE
        result.append(by_path.get(path) or Input(part.as_posix(), part, error, named=False))
    return result
