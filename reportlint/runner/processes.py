"""Check drafts in several processes."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from reportlint.config.options import Options
from reportlint.document import Draft, Part
from reportlint.engine.finding_writer import draft_crash_finding
from reportlint.errors import SetupError
from reportlint.plugins.plugin_loading import load_components
from reportlint.plugins.rule_loading import RuleSets
from reportlint.runner.draft_checking import DraftResult, Task, check_draft, failed
from reportlint.runner.worker_process import prepare_process

_AHEAD = 4
"""The number of drafts per process that are under way, so that no process waits for its next draft."""


class _Sent(NamedTuple):
    """A task that was sent to a process, with its key."""

    key: int
    task: Task


_Lost = list[tuple[_Sent, BrokenProcessPool]]


def check_by_processes(tasks: Iterable[tuple[int, Task]], processes: int) -> Iterator[tuple[int, DraftResult]]:
    """Check drafts. Yield the key and the result of each task as soon as it is done.

    A task is taken from ``tasks`` only when a process is about to need it. If a process is killed (out of memory, for
    example), each draft that was under way is checked once more, alone; only one that kills its process again becomes
    a crash finding. No process outlives the iteration, even if it is interrupted, or this process.
    """
    remaining = iter(tasks)
    while lost := (yield from _check_until_loss(remaining, processes, _AHEAD * processes)):
        again = iter([(sent.key, sent.task) for sent, _ in lost])
        while lost := (yield from _check_until_loss(again, 1, 1)):
            for sent, error in lost:
                yield sent.key, _crashed(sent.task, error)


def _check_until_loss(
    remaining: Iterator[tuple[int, Task]], processes: int, ahead: int
) -> Generator[tuple[int, DraftResult], None, _Lost]:
    """Check drafts, at most ``ahead`` at a time, until all are done or a process dies; return those lost with it."""
    waiting: dict[Future[DraftResult], _Sent] = {}
    lost: _Lost = []
    with _pool(processes) as pool:
        while True:
            while not lost and len(waiting) < ahead and (taken := next(remaining, None)):
                sent = _Sent(*taken)
                try:
                    waiting[_submit(pool, sent.task)] = sent
                except BrokenProcessPool as error:
                    lost.append((sent, error))
            if not waiting:
                return lost
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                sent, failure = waiting.pop(future), future.exception()
                if isinstance(failure, BrokenProcessPool):
                    lost.append((sent, failure))
                else:  # a failure is that its result cannot be pickled, for example
                    yield sent.key, _crashed(sent.task, failure) if failure else future.result()


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Yield a pool of processes, which are killed if the context ends with an error."""
    # "spawn" works the same on all systems: new interpreters, which share nothing with this one.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(processes, context, initializer=prepare_process) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            raise


def _submit(pool: ProcessPoolExecutor, task: Task) -> Future[DraftResult]:
    with _interrupts_blocked():
        return pool.submit(_check, task.draft.parts, task.rules.options, len(task.rules.broken_plugins))


def _crashed(task: Task, error: BaseException) -> DraftResult:
    return failed(draft_crash_finding(part.path, error, task.rules) for part in task.draft.parts)


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


# -- in the other processes -------------------------------------------------------------------------------------------


@cache
def _rule_sets() -> RuleSets:
    return RuleSets(load_components())


def _check(parts: tuple[Part, ...], options: Options, broken: int) -> DraftResult:
    """Check a draft. ``broken`` is the number of broken plugins in the main process.

    Raises:
        SetupError: other plugins are broken in this process, so that rules would be left out silently.
    """
    rules = _rule_sets().rules(options)
    if len(rules.broken_plugins) != broken:
        raise SetupError("; ".join(rules.broken_plugins) or "a plugin is not broken in all processes")
    return check_draft(Draft(parts, rules.readers), rules)
