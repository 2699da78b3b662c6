"""The work of a run: what is known from before is taken from the cache, the rest is checked here or by processes.

How it is done changes nothing in what comes of it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportlint.report import Effort
from reportlint.runner.one_draft import DraftResult, Task, check_draft

if TYPE_CHECKING:
    from reportlint.runner.cache import Cache

_WORTH_A_PROCESS = 300_000
"""So many bytes take about as long to check as a process takes to start."""
_MOST_PROCESSES = 60  # Windows can wait for no more


class Done(NamedTuple):
    """What came of each task, in their order, and what it took."""

    results: list[DraftResult]
    effort: Effort


def _tell_nobody(done: int, total: int) -> None:
    pass


class Work(NamedTuple):
    """How tasks are carried out: by how many processes at most (``None``: as many as the machine has processors and
    are worth their start), with which cache; ``progress`` is told how many of all drafts are done."""

    processes: int | None = 1
    cache: Cache | None = None
    progress: Callable[[int, int], None] = _tell_nobody

    def check(self, tasks: Sequence[Task]) -> Done:
        """Check all drafts. What was done is remembered even if the work is interrupted."""
        start = time.perf_counter()
        keys = [self.cache.key(*task) for task in tasks] if self.cache else []
        results = self.cache.recall(keys, tasks) if self.cache else {}
        known = len(results)
        left = {index: task for index, task in enumerate(tasks) if index not in results}
        processes = self._wanted(left.values())
        try:
            for index, checked in _checked_by(processes, left):
                results[index] = checked
                self.progress(len(results), len(tasks))
        finally:
            if self.cache:
                self.cache.remember(
                    (keys[index], tasks[index].draft, results[index]) for index in left if index in results
                )
        size = sum(task.size for task in tasks)
        effort = Effort(len(tasks), known, size, processes, time.perf_counter() - start)
        return Done([results[index] for index in range(len(tasks))], effort)

    def _wanted(self, tasks: Collection[Task]) -> int:
        """How many processes are to check some drafts; 1 is this one."""
        asked = self.processes
        if asked is None:
            asked = min(_processors(), sum(task.size for task in tasks) // _WORTH_A_PROCESS)
        return max(1, min(asked, len(tasks), _MOST_PROCESSES))


def _processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _checked_by(processes: int, tasks: Mapping[int, Task]) -> Iterator[tuple[int, DraftResult]]:
    if processes > 1:
        from reportlint.runner.processes import check_by_processes  # noqa: PLC0415

        yield from check_by_processes(tasks, processes)
        return
    for index, task in tasks.items():
        yield index, check_draft(task.draft, task.rules)
