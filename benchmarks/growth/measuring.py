"""Measure processor time and memory of checking drafts, each in a process of its own (which needs ``fork``)."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reportlint.config.options import Options
from reportlint.document import Draft, Part
from reportlint.engine.rules import Rules
from reportlint.knowledge.levels import Severity, Stage
from reportlint.plugins.rule_loading import make_rules
from reportlint.report import FileReport, Reports, Run
from reportlint.reporters import REPORTERS
from reportlint.runner.draft_checking import Task, check_draft, file_reports
from reportlint.runner.inputs import suffix_of

if sys.platform != "win32":
    import resource

KB, MB = 1000, 1_000_000
_EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "faulty"
_EMPTY = "1. The Committee adopted its agenda.\n"
_FIRST_SIZE = 10 * KB
_GROWTH = 8  # the most that the smaller draft grows from one trial to the next
_MARGIN = 1.2
_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
_MOST_MEMORY = 6_000 * MB
_OBJECTS_BETWEEN_COLLECTIONS = 50_000  # as in long runs of the program


class Limits(NamedTuple):
    """What a row may reach: time for four times the draft, and memory per byte of it besides 1 kB per finding."""

    ratio: float = 5.0
    memory: float = 40.0


class Plan(NamedTuple):
    """How a generator is measured.

    The check of the smaller draft takes at least ``seconds`` of processor time, unless the draft would be larger than
    ``most`` bytes; it is stopped after ``trial`` seconds. The larger draft is ``times`` as long; its check is stopped
    after ``patience`` times the time of the smaller. A ratio above the limit is measured up to ``attempts`` times; the
    smallest counts.
    """

    seconds: float = 0.5
    most: int = 4 * MB
    times: int = 4
    patience: int = 20
    trial: int = 30
    attempts: int = 3
    limits: Limits = Limits()


class Sample(NamedTuple):
    """The check of one draft: its size and the peak memory in bytes, processor time in seconds, number of findings.

    ``failure`` is empty unless the check was stopped or crashed.
    """

    size: int
    seconds: float = 0.0
    memory: int = 0
    findings: int = 0
    failure: str = ""


class Row(NamedTuple):
    """The checks of an empty draft, a smaller and a larger draft of one generator."""

    name: str
    empty: Sample
    smaller: Sample
    larger: Sample

    @property
    def failure(self) -> str:
        return self.smaller.failure or self.larger.failure

    @property
    def ratio(self) -> float:
        """The time for the larger draft as a multiple of that for the smaller, both without that for the empty one."""
        return _above(self.larger, self.empty) / _above(self.smaller, self.empty)

    @property
    def memory(self) -> float:
        """The memory for the larger draft per byte, without that for the empty draft and 1 kB per finding."""
        return max(0, self.larger.memory - self.empty.memory - KB * self.larger.findings) / self.larger.size

    def exceeds(self, limits: Limits) -> bool:
        """Return whether the check failed or a limit is exceeded."""
        return bool(self.failure) or self.ratio > limits.ratio or self.memory > limits.memory


def _above(sample: Sample, empty: Sample) -> float:
    return max(sample.seconds - empty.seconds, 0.001)


def measure_growth(name: str, sized: Callable[[int], str], suffix: str, language: str, plan: Plan) -> Row:
    """Measure a generator; ``sized`` returns its draft of a number of bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft{suffix}"
        path.write_text(_EMPTY, encoding="utf-8")
        empty = measure_file(path, language, plan.trial)

        def sample(size: int, seconds: float) -> Sample:
            _in_child(_write, path, sized, size)
            return measure_file(path, language, seconds)

        size = _FIRST_SIZE
        smaller = sample(size, plan.trial)
        while not smaller.failure and size < plan.most and _above(smaller, empty) < plan.seconds:
            size = min(plan.most, int(size * min(_GROWTH, _MARGIN * plan.seconds / _above(smaller, empty))) + 1)
            smaller = sample(size, plan.trial)
        row = Row(name, empty, smaller, smaller)
        for attempt in range(1 if smaller.failure else plan.attempts):
            if attempt:
                smaller = sample(size, plan.trial)
            larger = sample(plan.times * smaller.size, plan.patience * smaller.seconds + 1)
            again = Row(name, empty, smaller, larger)
            row = again if not attempt or again.ratio < row.ratio else row
            if larger.failure or row.ratio <= plan.limits.ratio:
                break
        return row


def _write(path: Path, sized: Callable[[int], str], size: int) -> None:
    path.write_text(sized(size), encoding="utf-8", newline="")


def measure_file(path: Path, language: str | None, seconds: float) -> Sample:
    """Check a file as at publication, with its findings as text, and stop after ``seconds`` of processor time."""
    rules = prepared_rules(language)
    size = path.stat().st_size
    done = _in_child(_check, path, rules, seconds)
    return done._replace(size=size) if isinstance(done, Sample) else Sample(size, failure=done or "stopped")


@cache
def prepared_rules(language: str | None) -> Rules:
    """Return the rules, after checking the examples, which loads and compiles what is needed only once."""
    rules = make_rules(Options(Stage.PUBLICATION, language=language))
    for path in sorted(_EXAMPLES.iterdir()):
        if path.suffix in rules.readers and f".{language or 'en'}." in path.name:
            _checked(path.name, path.read_bytes(), rules)
    gc.collect()
    gc.freeze()
    return rules


def _checked(path: str, data: bytes, rules: Rules) -> FileReport:
    """Check a draft, and write the report for people."""
    task = Task(Draft((Part(path, suffix_of(path, rules.readers), data),), rules.readers), rules, frozenset({path}))
    (file,) = file_reports(task, check_draft(task.draft, rules))
    REPORTERS["text"](Run(Reports.of([file]), rules.options, rules))
    return file


def _check(path: Path, rules: Rules, seconds: float) -> Sample | str:
    assert sys.platform != "win32"
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    start = time.process_time()
    file = _checked(path.name, path.read_bytes(), rules)
    spent = time.process_time() - start
    if any(finding.code.startswith("RPL003") for finding in file.findings):
        return "a rule crashed"
    if not file.has_text:
        return file.state.value
    findings = sum(map(file.count, Severity)) + sum(finding.suppressed for finding in file.findings)
    return Sample(0, spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MEMORY_UNIT, findings)


def _in_child(function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function returns in a forked process; ``None`` if that process dies."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=lambda: there.send(function(*arguments)))
    child.start()
    there.close()
    try:
        return here.recv()
    except EOFError:
        return None
    finally:
        child.join()
