"""Many paths: each draft with its rules, all of them checked, and what comes of the run."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from reportlint.document import Draft
from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.engine.rules import Rules
from reportlint.report import Run
from reportlint.runner.inputs import Input, find_inputs
from reportlint.runner.one_draft import Task, file_reports
from reportlint.runner.work import Work


class Chooser(Protocol):
    """Says which rules are for which file."""

    def base(self, path: str) -> Rules:
        """The rules of the run as a whole, in which its summary speaks; ``path`` is the first that is asked for."""

    def assign(self, paths: Sequence[str]) -> list[Rules | None]:
        """The rules for each of some files; ``None`` for one that is excluded.

        Raises:
            DataError: configuration or cards are not as they should be, with every mistake.
        """


class Everywhere(NamedTuple):
    """The same rules for every file."""

    rules: Rules

    def base(self, path: str) -> Rules:
        return self.rules

    def assign(self, paths: Sequence[str]) -> list[Rules | None]:
        return [self.rules for _ in paths]


def exit_code(run: Run) -> int:
    """0 clean, 1 findings that fail the run, 2 something could not be read or a rule crashed, 3 no draft."""
    codes = {finding.code for finding in run.findings}
    if codes & {CRASHED, UNREADABLE} or run.rules.broken_plugins:
        return 2
    if not run.files:
        return 0 if run.excluded else 3
    return int(any(file.fails(one) for file in run.files for one in file.findings))


def check_paths(
    paths: Sequence[str],
    chooser: Chooser,
    stdin: bytes = b"",
    stdin_name: str = "<stdin>",
    work: Work | None = None,
) -> Run:
    """Check files, folders and standard input ("-"). No file keeps another from being checked.

    ``work`` says how that is done: without it one after the other, and nothing is remembered.

    Raises:
        DataError: configuration or cards are not as they should be.
    """
    base = chooser.base(paths[0] if paths else ".")
    notes = list(base.broken_plugins)
    inputs = list(find_inputs(paths, base.readers, stdin_name, notes))
    files = {os.path.abspath(one.name): one for one in inputs}
    tasks: list[Task] = []
    taken: set[str] = set()
    excluded: list[Input] = []
    for one, rules in zip(inputs, chooser.assign([one.name for one in inputs]), strict=True):
        if one.name in taken:
            continue  # with another part of its report
        if rules is None and not one.error:
            excluded.append(one)
            continue
        rules = rules or base  # noqa: PLW2901
        parts = _parts(one, rules, files)
        if parts:
            rules = chooser.assign([parts[0].name])[0] or rules  # noqa: PLW2901
        draft = Draft(tuple(part.part(rules.readers, stdin) for part in parts or [one]), rules.readers)
        taken.update(part.path for part in draft.parts)
        tasks.append(Task(draft, rules))
    # A part of a report is checked with the others, even where it would not be alone.
    excluded = [one for one in excluded if one.name not in taken]
    notes += [f"{one.name}: excluded by the configuration; skipped" for one in excluded if one.named]
    if excluded and not tasks and not any(one.named for one in inputs):
        notes.append(f"nothing to check: the configuration excludes all drafts ({len(excluded)})")
    done = (work or Work()).check(tasks)
    found = [
        report
        for task, checked in zip(tasks, done.results, strict=True)
        for report in file_reports(task.draft, checked, task.rules)
    ]
    return Run(
        tuple(sorted(found, key=lambda one: one.path)),
        base.options,
        base,
        tuple(notes),
        tuple(one.name for one in excluded),
        done.effort,
    )


def _parts(one: Input, rules: Rules, files: Mapping[str, Input]) -> list[Input]:
    """All parts of the report that a file is a part of; those in ``files`` as they were named."""
    parts = {os.path.abspath(part): part for part in rules.options.parts}
    if os.path.abspath(one.name) not in parts:
        return []
    found: list[Input] = []
    for place, part in parts.items():
        error = "" if part.is_file() else "no such file"
        found.append(files.get(place) or Input(part.as_posix(), part, error, named=False))
    return found
