"""Carry out tasks: results come from the cache, this process or other processes, and are the same in each case."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from reportlint.report import RunStatistics
from reportlint.runner.draft_checking import DraftResult, Task, check_draft

if TYPE_CHECKING:
    from reportlint.runner.cache import Cache

_BYTES_PER_PROCESS = 300_000
"""Below this many bytes, starting a process is not worth it."""
_SECONDS_AFTER_INTERRUPT = 0.2
_MAX_PROCESSES = 60  # Windows cannot wait for more


class ExecutionResult(NamedTuple):
    """The results of the tasks, in their order, and the statistics of the execution."""

    results: list[DraftResult]
    statistics: RunStatistics


def _ignore_progress(done: int, total: int) -> None:
    pass


class Execution(NamedTuple):
    """How tasks are carried out.

    ``processes`` is the maximum number of processes; ``None`` chooses it by the number of processors and the size of
    the drafts. ``progress`` is called with the number of drafts done and the total.
    """

    processes: int | None = 1
    cache: Cache | None = None
    progress: Callable[[int, int], None] = _ignore_progress

    def check(self, tasks: Sequence[Task]) -> ExecutionResult:
        """Check all drafts. If the execution is interrupted, the results so far are still cached."""
        start = time.perf_counter()
        keys = self.cache.keys(tasks) if self.cache else []
        results = self.cache.recall(keys, tasks) if self.cache else {}
        from_cache = len(results)
        remaining = {index: task for index, task in enumerate(tasks) if index not in results}
        processes = self._process_count(remaining.values())
        try:
            with closing(_check(remaining, processes)) as checked:  # ends the processes before results are stored
                for index, result in checked:
                    results[index] = result
                    self.progress(len(results), len(tasks))
        except BaseException:
            self._remember(keys, tasks, remaining, results, _SECONDS_AFTER_INTERRUPT)
            raise
        self._remember(keys, tasks, remaining, results)
        size = sum(task.size for task in tasks)
        statistics = RunStatistics(len(tasks), from_cache, size, processes, time.perf_counter() - start)
        return ExecutionResult([results[index] for index in range(len(tasks))], statistics)

    def _remember(
        self,
        keys: Sequence[bytes],
        tasks: Sequence[Task],
        remaining: Iterable[int],
        results: Mapping[int, DraftResult],
        seconds: float = math.inf,
    ) -> None:
        """Store the results of the remaining tasks: those that can be prepared in a number of seconds."""
        if self.cache and keys:
            fresh = ((keys[index], tasks[index].draft, results[index]) for index in remaining if index in results)
            self.cache.remember(fresh, seconds)

    def _process_count(self, tasks: Collection[Task]) -> int:
        """Return the number of processes for some tasks; 1 means this process."""
        limit = self.processes
        if limit is None:
            limit = min(_processors(), sum(task.size for task in tasks) // _BYTES_PER_PROCESS)
        return max(1, min(limit, len(tasks), _MAX_PROCESSES))


def _processors() -> int:
    """Return the number of processors available to this process."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _check(tasks: Mapping[int, Task], processes: int) -> Generator[tuple[int, DraftResult], None, None]:
    if processes > 1:
        from reportlint.runner.processes import check_by_processes  # noqa: PLC0415

        longest_first = sorted(tasks.items(), key=lambda item: -item[1].size)
        yield from check_by_processes(longest_first, processes)
        return
    for index, task in tasks.items():
        yield index, check_draft(task.draft, task.rules)
