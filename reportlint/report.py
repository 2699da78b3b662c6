"""The results of a run, as reporters receive them: files with their findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from reportlint.config.options import Options
from reportlint.document import Draft, Source
from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.engine.linting import Identity
from reportlint.engine.rules import Rules
from reportlint.engine.severity import fails_run
from reportlint.engine.waiver_comments import WaiverComment
from reportlint.finding import Finding, Severity, Stage, Unlisted


class FileState(Enum):
    """The state of a file after a run. Only a file in the state ``CHECKED`` was checked.

    ``WAIVERS`` is a waiver file, which is reported for its own mistakes and is not an input.
    """

    CHECKED = "checked"
    UNREADABLE = "unreadable"
    UNKNOWN_LANGUAGE = "unknown-language"
    NOT_UN = "not-a-un-document"
    EMPTY = "empty"
    EXCLUDED = "excluded"
    WAIVERS = "waivers"


UNCHECKED = (FileState.UNREADABLE, FileState.UNKNOWN_LANGUAGE, FileState.EMPTY, FileState.NOT_UN)
"""The states of files that were not checked although nobody excluded them, in the order of reports."""


@dataclass(frozen=True)
class FileReport:
    """A file of a run: its state, its findings and the rules that checked it.

    ``is_expected`` is true if the file should have been checked: it was named on the command line, or it was found in
    a folder and looks like a report or has the format of one. ``reason`` says why the file was not read, if no finding
    says so. ``struck`` is the number of passages of a Word file that are struck through and were read as deleted.
    ``crashed`` holds the codes of the rules that stopped with an error. ``draft`` is the file together with
    the other parts of its report, if there are any.
    """

    path: str
    state: FileState
    rules: Rules = field(compare=False, repr=False)
    language: str | None = None
    findings: tuple[Finding, ...] = ()
    waiver_comments: tuple[WaiverComment, ...] = ()
    crashed: frozenset[str] = frozenset()
    draft: Draft | None = field(default=None, compare=False, repr=False)
    identity: Identity = field(default=Identity())
    is_expected: bool = True
    reason: str = ""
    struck: int = 0

    @property
    def source(self) -> Source | None:
        """The text that the offsets of the findings refer to; ``None`` if the file was not read."""
        return self.draft.source if self.draft and self.state is not FileState.UNREADABLE else None

    @property
    def data(self) -> bytes | None:
        """The bytes of the file; ``None`` if it was not read."""
        parts = self.draft.parts if self.draft else ()
        part = next((part for part in parts if part.path == self.path and part.error is None), None)
        if part is None:
            return None
        return part.data if isinstance(part.data, bytes) else part.data.encode("utf-8", "surrogatepass")

    @property
    def has_text(self) -> bool:
        """Whether the file was checked as a draft, so that its findings refer to its text."""
        return self.state is FileState.CHECKED

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are not suppressed."""
        return tuple(finding for finding in self.findings if not finding.suppressed)

    @property
    def switched_off(self) -> tuple[str, ...]:
        """The codes of the rules in force that do not apply to the kind of the document, in order."""
        if self.state is not FileState.CHECKED:
            return ()
        kind, cards = self.identity.kind, self.rules.by_code
        return tuple(code for code in sorted(self.rules.severities) if kind in cards[code].not_for)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity that are not suppressed."""
        return sum(problem.severity is severity for problem in self.counting)

    @property
    def counting(self) -> Iterator[Finding | Unlisted]:
        """The problems that are not suppressed, listed or not."""
        return (problem for finding in self.shown for problem in finding.problems if not problem.suppression)

    @property
    def suppressed(self) -> int:
        """The number of problems that are suppressed, listed or not."""
        return sum(bool(problem.suppression) for finding in self.findings for problem in finding.problems)

    @property
    def marks(self) -> set[tuple[str, str]]:
        """The code and fingerprint of every problem, listed or not, and of every finding."""
        marks = {(finding.code, finding.fingerprint) for finding in self.findings}
        return marks | {(finding.code, each.fingerprint) for finding in self.findings for each in finding.unlisted}

    def fails(self, problem: Finding | Unlisted) -> bool:
        """Return whether a problem makes the run fail."""
        return not problem.suppression and fails_run(problem.severity, self.rules.options)


class RunStatistics(NamedTuple):
    """The number of drafts and of those from the cache, their size in bytes, the processes used, and the duration."""

    drafts: int = 0
    from_cache: int = 0
    size: int = 0
    processes: int = 1
    seconds: float = 0.0


class ExitPolicy(NamedTuple):
    """What the command line says about the exit code.

    ``require_checked``: unchecked files fail the run at every stage. ``allow_unchecked``: they never do.
    ``exit_zero``: findings do not.
    """

    require_checked: bool = False
    allow_unchecked: bool = False
    exit_zero: bool = False


class Presentation(NamedTuple):
    """What the command line says about the output.

    ``quiet``: only findings and what was not checked. ``statistics``: the number of findings per rule in JSON too.
    ``links``: the terminal shows links.
    """

    quiet: bool = False
    statistics: bool = False
    links: bool = False


@dataclass(frozen=True)
class Run:
    """The result of a run: its files by path, and the rules of the run as a whole, used for its summary.

    ``notes`` are remarks for standard error.
    """

    files: tuple[FileReport, ...]
    options: Options
    rules: Rules = field(compare=False, repr=False)
    notes: tuple[str, ...] = ()
    statistics: RunStatistics = field(default=RunStatistics(), compare=False)
    policy: ExitPolicy = field(default=ExitPolicy())
    presentation: Presentation = field(default=Presentation())

    @property
    def inputs(self) -> tuple[FileReport, ...]:
        """The files that were to be checked or that the configuration excludes: all but waiver files."""
        return tuple(file for file in self.files if file.state is not FileState.WAIVERS)

    @property
    def clean(self) -> tuple[FileReport, ...]:
        """The files that were checked and have no finding that is not suppressed."""
        return tuple(file for file in self.files if file.state is FileState.CHECKED and not file.shown)

    @property
    def suppressed(self) -> int:
        """The number of suppressed findings."""
        return sum(file.suppressed for file in self.files)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity that are not suppressed."""
        return sum(file.count(severity) for file in self.files)

    def with_state(self, state: FileState) -> tuple[FileReport, ...]:
        """Return the files in a state."""
        return tuple(file for file in self.files if file.state is state)

    def is_strict(self, stage: Stage) -> bool:
        """Return whether unchecked files fail the run at a stage: at publication, or if the command line says so."""
        return (stage is Stage.PUBLICATION or self.policy.require_checked) and not self.policy.allow_unchecked

    @property
    def missed(self) -> tuple[FileReport, ...]:
        """The files that were not checked and therefore fail the run."""
        return tuple(
            file
            for file in self.files
            if file.state in UNCHECKED and file.is_expected and self.is_strict(file.rules.options.stage)
        )

    @property
    def has_checked_nothing(self) -> bool:
        """Whether the run fails because it has no input, or is strict and checked no file."""
        if not self.inputs:
            return not self.policy.allow_unchecked
        return not self.with_state(FileState.CHECKED) and self.is_strict(self.options.stage)

    @property
    def exit_code(self) -> int:
        """The exit code for the run.

        2: a file is unreadable, a rule crashed or a plugin is broken; 3: a file that should have been checked was not,
        or no file was; 1: a finding fails the run; 0: none of these.
        """
        codes = {finding.code for finding in self.findings}
        if codes & {CRASHED, UNREADABLE} or self.rules.broken_plugins:
            return 2
        if self.missed or self.has_checked_nothing:
            return 3
        fails = any(file.fails(finding) for file in self.files for finding in file.findings)
        return int(fails and not self.policy.exit_zero)
