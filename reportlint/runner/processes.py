"""Drafts checked by several processes."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import cache

from reportlint.config.options import Options
from reportlint.document import Draft, Part
from reportlint.engine.finding_writer import draft_crash_finding
from reportlint.plugins.loading import load_parts
from reportlint.plugins.rule_sets import RuleSets
from reportlint.runner.one_draft import DraftResult, Task, check_draft, failed


def check_by_processes(tasks: Mapping[int, Task], processes: int) -> Iterator[tuple[int, DraftResult]]:
    """Check drafts, the longest first, and give what comes of each, with its number, as soon as it is there.

    A process that is ended from outside, for want of memory say, is told of every draft that was left.
    """
    # The same on all systems: new interpreters, which share nothing with this one.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=_end_when_interrupted) as pool:
        waiting: dict[Future[DraftResult], int] = {}
        with _interrupts_held_back():
            for index in sorted(tasks, key=lambda one: -tasks[one].size):
                waiting[pool.submit(_check, tasks[index].draft.parts, tasks[index].rules.options)] = index
        try:
            for future in as_completed(waiting):
                index = waiting[future]
                yield index, _result(future, tasks[index])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl+C waits; it also waits in the processes that are started meanwhile, until they are ready for it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _result(future: Future[DraftResult], task: Task) -> DraftResult:
    try:
        return future.result()
    except Exception as error:  # the process is gone, or what it gave cannot be passed on
        return failed(draft_crash_finding(part.path, error, task.rules) for part in task.draft.parts)


# -- in the other processes -------------------------------------------------------------------------------------------


def _end_when_interrupted() -> None:
    """At Ctrl+C, which a terminal sends to all processes, the first one says what is to be said."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@cache
def _rule_sets() -> RuleSets:
    return RuleSets(load_parts())


def _check(parts: tuple[Part, ...], options: Options) -> DraftResult:
    rules = _rule_sets().rules(options)
    return check_draft(Draft(parts, rules.readers), rules)
