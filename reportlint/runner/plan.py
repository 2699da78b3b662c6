"""From paths to tasks: each draft with its rules and its parts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from reportlint.document import Draft
from reportlint.engine.rules import Rules
from reportlint.errors import Message, message
from reportlint.runner.draft_checking import Task
from reportlint.runner.inputs import NO_SUCH_FILE, Input, find_inputs


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
    """The drafts to check, with the rules of the run, remarks for standard error, and the excluded files."""

    tasks: tuple[Task, ...]
    base: Rules
    notes: tuple[str, ...]
    excluded: tuple[str, ...]


def make_plan(paths: Sequence[str], chooser: RuleChooser, stdin: bytes, stdin_name: str) -> Plan:
    """Return the plan for checking files, folders and standard input ("-").

    Raises:
        DataError: a configuration or card is invalid.
    """
    base = chooser.base(paths[0] if paths else ".")
    lexicon = base.lexicon(base.options.message_language)
    notes: list[Message] = []
    inputs = list(find_inputs(paths, base.readers, stdin_name, notes))
    by_path = {os.path.abspath(item.name): item for item in inputs}
    tasks: list[Task] = []
    planned: set[str] = set()
    excluded: list[Input] = []
    for item, chosen in zip(inputs, chooser.assign([item.name for item in inputs]), strict=True):
        if item.name in planned:
            continue  # part of a report already planned
        if chosen is None and not item.error:
            excluded.append(item)
            continue
        rules = chosen or base
        parts = _parts(item, rules, by_path)
        if parts:
            rules = chooser.assign([parts[0].name])[0] or rules
        draft = Draft(tuple(part.part(rules.readers, stdin) for part in parts or [item]), rules.readers)
        planned.update(part.path for part in draft.parts)
        tasks.append(Task(draft, rules))
    # A part of a report is checked with the others even if it is excluded itself.
    excluded = [item for item in excluded if item.name not in planned]
    notes += [
        message("{path}: excluded by the configuration; skipped", path=item.name) for item in excluded if item.named
    ]
    if excluded and not tasks and not any(item.named for item in inputs):
        reason = "nothing to check: the configuration excludes all drafts ({count})"
        notes.append(message(reason, count=len(excluded)))
    translated = (lexicon.translate(note) for note in notes)
    return Plan(tuple(tasks), base, (*base.broken_plugins, *translated), tuple(item.name for item in excluded))


def _parts(item: Input, rules: Rules, by_path: Mapping[str, Input]) -> list[Input]:
    """Return all parts of the report that an input belongs to, if any; those in ``by_path`` keep their names."""
    parts = {os.path.abspath(part): part for part in rules.options.parts}
    if os.path.abspath(item.name) not in parts:
        return []
    result: list[Input] = []
    for path, part in parts.items():
        error = None if part.is_file() else NO_SUCH_FILE
        result.append(by_path.get(path) or Input(part.as_posix(), part, error, named=False))
    return result
