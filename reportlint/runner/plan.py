"""From paths to tasks: each draft with its rules and its parts."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from reportlint.document import Draft
from reportlint.engine.rules import Rules
from reportlint.errors import Message, message
from reportlint.report import FileReport, FileState
from reportlint.runner.draft_checking import Task
from reportlint.runner.inputs import NO_SUCH_FILE, Input, find_inputs

if TYPE_CHECKING:
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


class PlannedDraft(NamedTuple):
    """The inputs that are the parts of a draft, and the rules for it."""

    inputs: tuple[Input, ...]
    rules: Rules

    def read(self, stdin: BinaryIO) -> Task:
        """Read all parts of the draft."""
        readers, options = self.rules.readers, self.rules.options
        draft = Draft(tuple(part.part(readers, stdin, options) for part in self.inputs), readers)
        return Task(draft, self.rules, frozenset(part.name for part in self.inputs if part.named))

    def size(self) -> int:
        """Return about how many bytes the draft has, before it is read."""
        return sum(part.size() for part in self.inputs)


class SkippedInput(NamedTuple):
    """An input that is not read, and why."""

    input: Input
    rules: Rules
    state: FileState
    reason: Message

    def report(self, translate: Callable[[Message], str]) -> FileReport:
        return FileReport(self.input.name, self.state, self.rules, reason=translate(self.reason))


class Plan(NamedTuple):
    """The drafts to check, the inputs that are not, the rules of the run, and remarks for standard error.

    ``waiver_files`` are the paths of the waiver files in the folders. ``is_shard``: drafts and reports are those in a
    shard. Drafts are removed as they are read.
    """

    drafts: deque[PlannedDraft]
    skipped: Sequence[SkippedInput]
    base: Rules
    notes: tuple[str, ...]
    waiver_files: tuple[str, ...]
    is_shard: bool = False

    def translate(self, text: Message) -> str:
        """Return a message in the language of the run."""
        return self.base.lexicon(self.base.options.message_language).translate(text)


def make_plan(paths: Sequence[str], chooser: RuleChooser, stdin_name: str, shard: Shard | None = None) -> Plan:
    """Return the plan for checking files, folders and standard input ("-"), or the drafts in a shard of them.

    All parts of a report are in the shard of its first part. No draft is read.

    Raises:
        DataError: a configuration or card is invalid.
    """
    base = chooser.base(paths[0] if paths else os.curdir)
    inputs, waiver_files = find_inputs(paths, base.readers, stdin_name)
    assigned = chooser.assign([item.name for item in inputs])
    has_parts = any(rules and rules.options.parts for rules in (base, *assigned))
    by_path = {os.path.abspath(item.name): item for item in inputs} if has_parts else {}
    drafts = deque[PlannedDraft]()
    parts_planned: set[str] = set()
    skipped: list[SkippedInput] = []
    for item, chosen in zip(inputs, assigned, strict=True):
        rules = chosen or base
        if item.name in parts_planned:
            continue
        if chosen is None and (item.error is None or not item.has_reader):
            skipped.append(SkippedInput(item, rules, FileState.EXCLUDED, _EXCLUDED))
            continue
        if item.error and not item.has_reader and not item.named:
            skipped.append(SkippedInput(item, rules, FileState.UNREADABLE, item.error))
            continue
        parts = _parts(item, rules, by_path) or (item,)
        if len(parts) > 1:
            parts_planned.update(part.name for part in parts)
        if shard and not shard.holds(parts[0].name):
            continue
        if len(parts) > 1:
            rules = chooser.assign([parts[0].name])[0] or rules
        drafts.append(PlannedDraft(parts, rules))
    # A part of a report is checked with the others even if it is excluded itself.
    skipped = [
        entry
        for entry in skipped
        if entry.input.name not in parts_planned and (shard is None or shard.holds(entry.input.name))
    ]
    plan = Plan(drafts, skipped, base, (), waiver_files, is_shard=shard is not None and bool(inputs))
    notes = (
        plan.translate(
            message("{path}: {reason}; not checked", path=entry.input.name, reason=plan.translate(entry.reason))
        )
        for entry in skipped
        if entry.input.named or entry.state is FileState.UNREADABLE
    )
    return plan._replace(notes=(*base.broken_plugins, *notes))


def _parts(item: Input, rules: Rules, by_path: Mapping[str, Input]) -> tuple[Input, ...]:
    """Return all parts of the report that an input belongs to, if any; those in ``by_path`` keep their names."""
    if not rules.options.parts:
        return ()
    parts = {os.path.abspath(part): part for part in rules.options.parts}
    if os.path.abspath(item.name) not in parts:
        return ()
    result: list[Input] = []
    for path, part in parts.items():
        error = None if os.path.isfile(part) else NO_SUCH_FILE
        result.append(by_path.get(path) or Input(part.as_posix(), error, named=False))
    return tuple(result)
