"""Check drafts in several processes."""

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
from reportlint.plugins.plugin_loading import load_components
from reportlint.plugins.rule_loading import RuleSets
from reportlint.runner.draft_checking import DraftResult, Task, check_draft, failed


def check_by_processes(tasks: Mapping[int, Task], processes: int) -> Iterator[tuple[int, DraftResult]]:
    """Check drafts, the longest first. Yield the key and the result of each task as soon as it is done.

    If a process is killed (out of memory, for example), every remaining draft becomes a crash finding.
    """
    # "spawn" works the same on all systems: new interpreters, which share nothing with this one.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=_end_when_interrupted) as pool:
        waiting: dict[Future[DraftResult], int] = {}
        with _interrupts_blocked():
            for index in sorted(tasks, key=lambda index: -tasks[index].size):
                waiting[pool.submit(_check, tasks[index].draft.parts, tasks[index].rules.options)] = index
        try:
            for future in as_completed(waiting):
                index = waiting[future]
                yield index, _result(future, tasks[index])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


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


def _result(future: Future[DraftResult], task: Task) -> DraftResult:
    try:
        return future.result()
    except Exception as error:  # the process died, or its result cannot be pickled
        return failed(draft_crash_finding(part.path, error, task.rules) for part in task.draft.parts)


# -- in the other processes -------------------------------------------------------------------------------------------


def _end_when_interrupted() -> None:
    """Exit silently on Ctrl+C, which a terminal sends to all processes: the main process reports it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@cache
def _rule_sets() -> RuleSets:
    return RuleSets(load_components())


def _check(parts: tuple[Part, ...], options: Options) -> DraftResult:
    rules = _rule_sets().rules(options)
    return check_draft(Draft(parts, rules.readers), rules)
