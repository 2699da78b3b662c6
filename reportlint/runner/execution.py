"""Carry out tasks: results come from the cache, this process or other processes, and are the same in each case."""

from __future__ import annotations

import gc
import math
import os
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from reportlint.report import RunStatistics
from reportlint.runner.draft_checking import DraftResult, Job, Task, check_job

if TYPE_CHECKING:
    from reportlint.runner.cache import Cache

_BYTES_PER_PROCESS = 300_000
"""Below this many bytes, starting a process is not worth it."""
_SECONDS_AFTER_INTERRUPT = 0.2
_MAX_PROCESSES = 60  # Windows cannot wait for more
_DRAFTS_AT_ONCE, _BYTES_AT_ONCE = 100, 4_000_000
"""The drafts that are read and looked up in the cache together, and those stored together."""


def _ignore_progress(done: int, total: int) -> None:
    pass


def _unknown_size(ahead: int) -> int:
    return 0


class Execution(NamedTuple):
    """How tasks are carried out.

    ``processes`` is the maximum number of processes; ``None`` chooses it by the number of processors and the size of
    the drafts. ``progress`` is called with the number of drafts done and the total. ``cluster`` is the address of a
    Dask cluster that checks the drafts instead.
    """

    processes: int | None = 1
    cache: Cache | None = None
    progress: Callable[[int, int], None] = _ignore_progress
    cluster: str | None = None

    def check(
        self, tasks: Iterable[Task], total: int, size_of: Callable[[int], int] = _unknown_size
    ) -> Generator[tuple[Task, DraftResult], None, RunStatistics]:
        """Check drafts. Yield each task with its result as soon as it is done; return the statistics.

        Tasks are taken a few at a time. If the execution is interrupted, the results so far are still cached.

        Args:
            tasks: the drafts.
            total: their number.
            size_of: returns about how many bytes a draft that is not yet taken has, by its index among those.
        """
        start = time.perf_counter()
        work = _Work(self, tasks, total, size_of)
        yield from work.results()
        return RunStatistics(work.done, work.from_cache, work.size, work.processes, time.perf_counter() - start)


class _Work:
    """The tasks of an execution, and its statistics so far."""

    def __init__(self, execution: Execution, tasks: Iterable[Task], total: int, size_of: Callable[[int], int]) -> None:
        self._limit, self._cache, self._progress, self._cluster = execution
        self._tasks, self._total, self._size_of = tasks, total, size_of
        self._taken = 0
        self.done = self.from_cache = self.size = 0
        self.processes = 1

    def results(self) -> Iterator[tuple[Task, DraftResult]]:
        fresh: list[Job] = []
        try:
            with closing(self._carried_out()) as jobs:  # ends the processes before results are stored
                for job in jobs:
                    self.done += 1
                    self.size += job.task.size
                    self.from_cache += job.is_known
                    if job.key and not job.is_known:
                        fresh.append(job)
                        if len(fresh) == _DRAFTS_AT_ONCE:
                            self._remember(fresh)
                            fresh.clear()
                    if self.done % _DRAFTS_AT_ONCE == 0:
                        gc.collect()  # a draft leaves cycles, and the program rarely looks for them
                    self._progress(self.done, self._total)
                    assert job.result
                    yield job.task, job.result
        except BaseException:
            self._remember(fresh, _SECONDS_AFTER_INTERRUPT)
            raise
        self._remember(fresh)

    def _carried_out(self) -> Generator[Job, None, None]:
        batches = self._batches()
        if self._cluster:
            from reportlint.runner.dask_cluster import connected  # noqa: PLC0415 - few runs use a cluster

            with connected(self._cluster) as cluster:
                self.processes = cluster.workers
                yield from cluster.check(chain.from_iterable(batches))
            return
        for batch in batches:
            self.processes = self._process_count(batch)
            if self.processes > 1:
                from reportlint.runner.processes import check_by_processes  # noqa: PLC0415

                longest_first = (sorted(each, key=lambda job: -job.task.size) for each in chain([batch], batches))
                yield from check_by_processes(chain.from_iterable(longest_first), self.processes)
                return
            yield from map(check_job, batch)

    def _batches(self) -> Iterator[list[Job]]:
        """Yield the jobs in batches."""
        batch: list[Task] = []
        size = 0
        for task in self._tasks:
            batch.append(task)
            size += task.size
            if len(batch) == _DRAFTS_AT_ONCE or size >= _BYTES_AT_ONCE:
                yield self._recalled(batch)
                batch, size = [], 0
        if batch:
            yield self._recalled(batch)

    def _recalled(self, tasks: Sequence[Task]) -> list[Job]:
        self._taken += len(tasks)
        keys = self._cache.keys(tasks) if self._cache else []
        known = self._cache.recall(keys, tasks) if self._cache else {}
        return [
            Job(task, keys[index] if keys else None, known.get(index), index in known)
            for index, task in enumerate(tasks)
        ]

    def _remember(self, jobs: Sequence[Job], seconds: float = math.inf) -> None:
        """Store the results of jobs: those that can be prepared in a number of seconds."""
        if self._cache:
            fresh = ((job.key, job.task.draft, job.result) for job in jobs if job.key and job.result)
            self._cache.remember(fresh, seconds)

    def _process_count(self, batch: Sequence[Job]) -> int:
        """Return the number of processes for a batch and what follows it; 1 means this process."""
        sizes = [job.task.size for job in batch if not job.is_known]
        limit = self._limit
        if limit is None:
            limit = _processors()
            limit = min(limit, self._work_ahead(batch, limit * _BYTES_PER_PROCESS) // _BYTES_PER_PROCESS)
        drafts = len(sizes) + (self._total - self._taken if sizes else 0)
        return max(1, min(limit, drafts, _MAX_PROCESSES))

    def _work_ahead(self, batch: Sequence[Job], most: int) -> int:
        """Return the number of bytes to check, or ``most`` if there are more.

        As many of what follows the batch are supposed to be cached as in the batch.
        """
        fresh = sum(job.task.size for job in batch if not job.is_known)
        if not fresh:
            return 0
        share = fresh / sum(job.task.size for job in batch)
        work = float(fresh)
        for ahead in range(self._total - self._taken):
            if work >= most:
                break
            work += self._size_of(ahead) * share
        return min(int(work), most)


def _processors() -> int:
    """Return the number of processors available to this process."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
