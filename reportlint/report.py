"""The results of a run, as reporters receive them: files with their findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from reportlint.config.options import Options
from reportlint.document import Draft, Source
from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.engine.rules import Rules
from reportlint.engine.severity import fails_run
from reportlint.engine.waiver_comments import WaiverComment
from reportlint.finding import Finding, Severity


class FileState(Enum):
    """The state of a file after a run."""

    CHECKED = "checked"
    NOT_UN = "not_un"
    NO_LANGUAGE = "no_language"
    UNREADABLE = "unreadable"
    WAIVERS = "waivers"


@dataclass(frozen=True)
class FileReport:
    """A file of a run: its state, its findings and the rules that checked it.

    ``crashed`` holds the codes of the rules that stopped with an error. ``draft`` is the file together with the other
    parts of its report, if there are any.
    """

    path: str
    state: FileState
    rules: Rules = field(compare=False, repr=False)
    language: str | None = None
    findings: tuple[Finding, ...] = ()
    waiver_comments: tuple[WaiverComment, ...] = ()
    crashed: frozenset[str] = frozenset()
    draft: Draft | None = field(default=None, compare=False, repr=False)

    @property
    def source(self) -> Source | None:
        """The text that the offsets of the findings refer to; ``None`` if the file was not read."""
        return self.draft.source if self.draft and self.state is not FileState.UNREADABLE else None

    @property
    def has_text(self) -> bool:
        """Whether the file was checked as a draft, so that its findings refer to its text."""
        return self.state is FileState.CHECKED

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are not suppressed."""
        return tuple(finding for finding in self.findings if not finding.suppressed)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity that are not suppressed."""
        return sum(finding.severity is severity for finding in self.shown)

    def fails(self, finding: Finding) -> bool:
        """Return whether a finding makes the run fail."""
        return not finding.suppressed and fails_run(finding.severity, self.rules.options)


class RunStatistics(NamedTuple):
    """The number of drafts and of those from the cache, their size in bytes, the processes used, and the duration."""

    drafts: int = 0
    from_cache: int = 0
    size: int = 0
    processes: int = 1
    seconds: float = 0.0


@dataclass(frozen=True)
class Run:
    """The result of a run: its files by path, and the rules of the run as a whole, used for its summary.

    ``notes`` are remarks for standard error, ``excluded`` the drafts that the configuration excludes.
    """

    files: tuple[FileReport, ...]
    options: Options
    rules: Rules = field(compare=False, repr=False)
    notes: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    statistics: RunStatistics = field(default=RunStatistics(), compare=False)

    @property
    def drafts(self) -> int:
        """The number of drafts; waiver files do not count."""
        return sum(file.state is not FileState.WAIVERS for file in self.files)

    @property
    def suppressed(self) -> int:
        """The number of suppressed findings."""
        return sum(finding.suppressed for finding in self.findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity that are not suppressed."""
        return sum(file.count(severity) for file in self.files)

    def with_state(self, state: FileState) -> tuple[FileReport, ...]:
        """Return the files in a state."""
        return tuple(file for file in self.files if file.state is state)

    @property
    def exit_code(self) -> int:
        """The exit code for the run.

        0: nothing fails the run; 1: a finding does; 2: a file is unreadable, a rule crashed or a plugin is broken;
        3: there is no draft.
        """
        codes = {finding.code for finding in self.findings}
        if codes & {CRASHED, UNREADABLE} or self.rules.broken_plugins:
            return 2
        if not self.files:
            return 0 if self.excluded else 3
        return int(any(file.fails(finding) for file in self.files for finding in file.findings))
