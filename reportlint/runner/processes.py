"""Check drafts in several processes."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from itertools import count
from multiprocessing import resource_tracker

from reportlint.config.options import Options
from reportlint.document import Draft, Part
from reportlint.engine.finding_writer import draft_crash_finding
from reportlint.errors import SetupError
from reportlint.kept_code import folder_of_kept_code
from reportlint.plugins.plugin_loading import load_components
from reportlint.plugins.rule_loading import RuleSets
from reportlint.runner.draft_checking import DraftResult, Job, Task, check_draft, failed
from reportlint.runner.worker_process import prepare_process

_AHEAD = 4
"""The number of drafts per process that are under way, so that no process waits for its next draft."""

_DRAFTS_BETWEEN_COLLECTIONS = 50
_Lost = list[tuple[Job, BrokenProcessPool]]


def check_by_processes(jobs: Iterable[Job], processes: int) -> Iterator[Job]:
    """Check drafts. Yield each job with its result as soon as it is done; those that have one are yielded at once.

    A job is taken from ``jobs`` only when a process is about to need it. If a process is killed (out of memory, for
    example), each draft that was under way is checked once more, alone; only one that kills its process again becomes
    a crash finding. No process outlives the iteration, even if it is interrupted, or this process.
    """
    remaining = iter(jobs)
    while lost := (yield from _check_until_loss(remaining, processes, _AHEAD * processes)):
        again = iter([job for job, _ in lost])
        while lost := (yield from _check_until_loss(again, 1, 1)):
            yield from (crashed(job, error) for job, error in lost)


def _check_until_loss(remaining: Iterator[Job], processes: int, ahead: int) -> Generator[Job, None, _Lost]:
    """Check drafts, at most ``ahead`` at a time, until all are done or a process dies; return those lost with it."""
    waiting: dict[Future[DraftResult], Job] = {}
    lost: _Lost = []
    with _pool(processes) as pool:
        while True:
            while not lost and len(waiting) < ahead and (job := next(remaining, None)):
                if job.result:
                    yield job
                    continue
                try:
                    waiting[_submit(pool, job.task)] = job
                except BrokenProcessPool as error:
                    lost.append((job, error))
            if not waiting:
                return lost
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                job, failure = waiting.pop(future), future.exception()
                if isinstance(failure, BrokenProcessPool):
                    lost.append((job, failure))
                else:  # a failure is that its result cannot be pickled, for example
                    yield crashed(job, failure) if failure else job._replace(result=future.result())


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Yield a pool of processes, which are killed if the context ends with an error."""
    # "spawn" works the same on all systems: new interpreters, which share nothing with this one.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    initial = folder_of_kept_code(), sys.pycache_prefix, sys.dont_write_bytecode
    _start_silent_tracker()
    with ProcessPoolExecutor(processes, context, initializer=prepare_process, initargs=initial) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            raise


def _start_silent_tracker() -> None:
    """Start the process in which Python removes the semaphores of a killed run, and silence its warning about them."""
    if sys.platform == "win32":
        return
    sys.warnoptions.append("ignore:resource_tracker")  # the new interpreter gets the options of this one
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions.pop()


def _submit(pool: ProcessPoolExecutor, task: Task) -> Future[DraftResult]:
    with _interrupts_blocked():
        return pool.submit(check_parts, task.draft.parts, task.rules.options, len(task.rules.broken_plugins))


def crashed(job: Job, error: BaseException) -> Job:
    """Return a job with the result that its process died, or that its result could not be sent back."""
    parts, rules = job.task.draft.parts, job.task.rules
    return job._replace(result=failed(draft_crash_finding(part.path, error, rules) for part in parts))


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl+C, also in the processes started meanwhile, until they are ready to handle it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# -- in the other processes, also those of a cluster ----------------------------------------------------------------


_drafts = count(1)


@cache
def _rule_sets() -> RuleSets:
    return RuleSets(load_components())


def check_parts(parts: tuple[Part, ...], options: Options, broken: int) -> DraftResult:
    """Check a draft. ``broken`` is the number of broken plugins in the main process.

    Raises:
        SetupError: other plugins are broken in this process, so that rules would be left out silently.
    """
    rules = _rule_sets().rules(options)
    if len(rules.broken_plugins) != broken:
        raise SetupError("; ".join(rules.broken_plugins) or "a plugin is not broken in all processes")
    if next(_drafts) % _DRAFTS_BETWEEN_COLLECTIONS == 0:
        gc.collect()  # a draft leaves cycles, and a process rarely looks for them
    return check_draft(Draft(parts, rules.readers), rules)
