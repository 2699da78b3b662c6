"""The results of a run, as reporters receive them: files with their findings."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import NamedTuple, overload

from reportlint.config.options import Options
from reportlint.document import Draft, Source
from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.engine.linting import Identity
from reportlint.engine.rules import Rules
from reportlint.engine.severity import fails_run
from reportlint.engine.waiver_comments import WaiverComment
from reportlint.finding import Finding, Severity, Stage, Unlisted
from reportlint.hashes import sha256


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
    the other parts of its report, if there are any; ``None`` if it was not read, or if nothing needs its text any
    longer.
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
    digest: str | None = None

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
    def sha256(self) -> str | None:
        """The SHA-256 of the bytes of the file, in hexadecimal; ``None`` if it was not read."""
        data = self.data
        return self.digest if data is None else sha256(data).hexdigest()

    def without_text(self) -> FileReport:
        """Return the report without the draft, which takes the most memory. It keeps the digest of the file."""
        return replace(self, draft=None, digest=self.sha256)

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


class Reports(Sequence[FileReport]):
    """The reports of the files of a run, in the order of their paths.

    In a long run, a report is made each time it is asked for, so that not all of them are in memory: keep none.

    Args:
        paths: the paths of the files.
        rules: the rules for each file.
        make: returns the report of the file with an index.
        is_held: whether the reports exist already.
    """

    def __init__(
        self,
        paths: Sequence[str],
        rules: Sequence[Rules],
        make: Callable[[int], FileReport],
        *,
        is_held: bool = False,
    ) -> None:
        self.paths, self.rules = paths, rules
        self._make, self._is_held = make, is_held

    @classmethod
    def of(cls, files: Iterable[FileReport]) -> Reports:
        """Return these reports, in the order of their paths."""
        held = sorted(files, key=lambda file: file.path)
        return cls([file.path for file in held], [file.rules for file in held], held.__getitem__, is_held=True)

    @overload
    def __getitem__(self, index: int) -> FileReport: ...

    @overload
    def __getitem__(self, index: slice) -> list[FileReport]: ...

    def __getitem__(self, index: int | slice) -> FileReport | list[FileReport]:
        numbers = range(len(self.paths))[index]
        return self._make(numbers) if isinstance(numbers, int) else [self._make(number) for number in numbers]

    def __iter__(self) -> Iterator[FileReport]:
        return map(self._make, range(len(self.paths)))

    def __len__(self) -> int:
        return len(self.paths)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reports):
            return NotImplemented
        return self.paths == other.paths and all(map(FileReport.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]

    def changed(self, changes: Mapping[int, Callable[[FileReport], FileReport]]) -> Reports:
        """Return the reports with a change to some of them, by index. It must not depend on when it is made."""
        if not changes:
            return self

        def make(index: int) -> FileReport:
            report, change = self._make(index), changes.get(index)
            return change(report) if change else report

        if self._is_held:
            held = [make(index) for index in range(len(self))]
            return Reports(self.paths, self.rules, held.__getitem__, is_held=True)
        return Reports(self.paths, self.rules, make)

    def replaced(self, reports: Mapping[str, FileReport]) -> Reports:
        """Return the reports with others in the place of some of them, by path."""
        return self.changed({self.index_of(path): lambda _, new=new: new for path, new in reports.items()})  # type: ignore[misc]

    def index_of(self, path: str) -> int:
        """Return the index of the file with a path, which must be among them."""
        return bisect_left(self.paths, path)

    def with_added(self, added: Sequence[FileReport]) -> Reports:
        """Return the reports together with those of other files."""
        if not added:
            return self
        paths, count = [*self.paths, *(file.path for file in added)], len(self)
        rules = [*self.rules, *(file.rules for file in added)]
        order = sorted(range(len(paths)), key=paths.__getitem__)

        def make(position: int) -> FileReport:
            index = order[position]
            return self._make(index) if index < count else added[index - count]

        return Reports(
            [paths[index] for index in order], [rules[index] for index in order], make, is_held=self._is_held
        )


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


class Totals(NamedTuple):
    """The numbers of a run: unsuppressed findings by severity, suppressed ones, and files by state.

    ``read`` is the number of inputs that were checked or have findings, ``missed`` that of files that were not checked
    and therefore fail the run, ``failing`` that of findings that do, and ``broken`` whether a rule crashed or a file is
    unreadable.
    """

    findings: Counter[Severity]
    suppressed: int
    states: Counter[FileState]
    read: int
    missed: int
    failing: int
    broken: bool


@dataclass(frozen=True)
class Run:
    """The result of a run: its files by path, and the rules of the run as a whole, used for its summary.

    ``notes`` are remarks for standard error. ``waiver_files`` are the waiver files in the folders that were checked.
    ``is_shard``: other runs check the other files of the same input. Such a run may be empty, and it judges nothing
    that depends on the other files.

    In a long run, ``files`` makes each report when it is asked for; ``findings`` holds all of them in memory.
    """

    files: Reports
    options: Options
    rules: Rules = field(compare=False, repr=False)
    notes: tuple[str, ...] = ()
    statistics: RunStatistics = field(default=RunStatistics(), compare=False)
    policy: ExitPolicy = field(default=ExitPolicy())
    presentation: Presentation = field(default=Presentation())
    waiver_files: tuple[str, ...] = ()
    is_shard: bool = False

    @cached_property
    def totals(self) -> Totals:
        """The numbers of the run, counted once."""
        findings, suppressed, states = Counter[Severity](), 0, Counter[FileState]()
        read, missed, failing, broken = 0, 0, 0, False
        for file in self.files:
            states[file.state] += 1
            missed += self.misses(file)
            read += file.state is FileState.CHECKED or (file.state is not FileState.WAIVERS and bool(file.findings))
            for finding in file.findings:
                broken = broken or finding.code in (CRASHED, UNREADABLE)
            suppressed += file.suppressed
            for problem in file.counting:
                failing += file.fails(problem)
                findings[problem.severity] += 1
        return Totals(findings, suppressed, states, read, missed, failing, broken)

    @property
    def inputs(self) -> Iterator[FileReport]:
        """The files that were to be checked or that the configuration excludes: all but waiver files."""
        return (file for file in self.files if file.state is not FileState.WAIVERS)

    @property
    def clean(self) -> Iterator[FileReport]:
        """The files that were checked and have no finding that is not suppressed."""
        return (file for file in self.files if file.state is FileState.CHECKED and not file.shown)

    @property
    def suppressed(self) -> int:
        """The number of suppressed findings."""
        return self.totals.suppressed

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, including suppressed ones."""
        return tuple(finding for file in self.files for finding in file.findings)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity that are not suppressed."""
        return self.totals.findings[severity]

    def with_state(self, state: FileState) -> Iterator[FileReport]:
        """Return the files in a state."""
        if not self.totals.states[state]:
            return iter(())
        return (file for file in self.files if file.state is state)

    def is_strict(self, stage: Stage) -> bool:
        """Return whether unchecked files fail the run at a stage: at publication, or if the command line says so."""
        return (stage is Stage.PUBLICATION or self.policy.require_checked) and not self.policy.allow_unchecked

    def misses(self, file: FileReport) -> bool:
        """Return whether a file was not checked and therefore fails the run."""
        return file.state in UNCHECKED and file.is_expected and self.is_strict(file.rules.options.stage)

    @property
    def missed(self) -> Iterator[FileReport]:
        """The files that were not checked and therefore fail the run."""
        return filter(self.misses, self.files) if self.totals.missed else iter(())

    @property
    def has_inputs(self) -> bool:
        """Whether there are files that were to be checked or that the configuration excludes."""
        return len(self.files) > self.totals.states[FileState.WAIVERS]

    @property
    def has_checked_nothing(self) -> bool:
        """Whether the run fails because it has no input, or is strict and checked no file. A shard never does."""
        if self.is_shard:
            return False
        if not self.has_inputs:
            return not self.policy.allow_unchecked
        return not self.totals.states[FileState.CHECKED] and self.is_strict(self.options.stage)

    @property
    def exit_code(self) -> int:
        """The exit code for the run.

        2: a file is unreadable, a rule crashed or a plugin is broken; 3: a file that should have been checked was not,
        or no file was; 1: a finding fails the run; 0: none of these.
        """
        if self.totals.broken or self.rules.broken_plugins:
            return 2
        if self.totals.missed or self.has_checked_nothing:
            return 3
        return int(self.totals.failing > 0 and not self.policy.exit_zero)
