"""What a reporter is given: the files of a run with their findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from reportlint.config.options import Options
from reportlint.document import Draft, Source
from reportlint.engine.rules import Rules
from reportlint.engine.severity import fails_run
from reportlint.engine.waiver_comments import WaiverComment
from reportlint.finding import Finding, Severity


class FileState(Enum):
    """What became of a file."""

    CHECKED = "checked"
    NOT_UN = "not_un"
    NO_LANGUAGE = "no_language"
    UNREADABLE = "unreadable"
    WAIVERS = "waivers"


@dataclass(frozen=True)
class FileReport:
    """One file of a run: its state, its findings and the rules it was checked by.

    ``crashed`` holds the codes of the rules that stopped with an error, and ``draft`` the file with the other parts of
    its report, if there are any.
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
        """The text in which the findings have their offsets; ``None`` where there is none to be read."""
        return self.draft.source if self.draft and self.state is not FileState.UNREADABLE else None

    @property
    def has_text(self) -> bool:
        """Whether it was read as a draft and its findings stand in its text."""
        return self.state is FileState.CHECKED

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are not suppressed, which is what readers are shown."""
        return tuple(finding for finding in self.findings if not finding.suppressed)

    def count(self, severity: Severity) -> int:
        """How many findings of one severity are shown."""
        return sum(finding.severity is severity for finding in self.shown)

    def fails(self, finding: Finding) -> bool:
        """Return whether one of the findings makes the run fail."""
        return not finding.suppressed and fails_run(finding.severity, self.rules.options)


class Effort(NamedTuple):
    """What a run took: drafts, of which so many were known from the cache; bytes; processes that checked; seconds."""

    drafts: int = 0
    known: int = 0
    size: int = 0
    processes: int = 1
    seconds: float = 0.0


@dataclass(frozen=True)
class Run:
    """All files of a run, by path, with the rules in which its summary speaks.

    ``notes`` are remarks for standard error, ``excluded`` the drafts that the configuration leaves out.
    """

    files: tuple[FileReport, ...]
    options: Options
    rules: Rules = field(compare=False, repr=False)
    notes: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    effort: Effort = field(default=Effort(), compare=False)

    @property
    def drafts(self) -> int:
        """How many drafts there are; a file of waivers is none."""
        return sum(file.state is not FileState.WAIVERS for file in self.files)

    @property
    def suppressed(self) -> int:
        """How many findings are waived or known."""
        return sum(finding.suppressed for finding in self.findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)

    def count(self, severity: Severity) -> int:
        """How many findings of one severity are not suppressed."""
        return sum(file.count(severity) for file in self.files)

    def with_state(self, state: FileState) -> tuple[FileReport, ...]:
        return tuple(file for file in self.files if file.state is state)
