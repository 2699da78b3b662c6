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
from reportlint.errors import SetupError
from reportlint.kept_code import folder_of_kept_code
from reportlint.plugins.plugin_loading import load_components
from reportlint.plugins.rule_loading import RuleSets
from reportlint.runner.draft_checking import DraftResult, Task, check_draft, failed
from reportlint.runner.worker_process import prepare_process


def check_by_processes(tasks: Mapping[int, Task], processes: int) -> Iterator[tuple[int, DraftResult]]:
    """Check drafts, the longest first. Yield the key and the result of each task as soon as it is done.

    If a process is killed (out of memory, for example), every remaining draft becomes a crash finding. No process
    outlives the iteration, even if it is interrupted, or this process.
    """
    # "spawn" works the same on all systems: new interpreters, which share nothing with this one.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    initial = (folder_of_kept_code(),)
    with ProcessPoolExecutor(processes, context, initializer=prepare_process, initargs=initial) as pool:
        waiting: dict[Future[DraftResult], int] = {}
        try:
            with _interrupts_blocked():
                for index in sorted(tasks, key=lambda index: -tasks[index].size):
                    waiting[_submit(pool, tasks[index])] = index
            for future in as_completed(waiting):
                index = waiting[future]
                yield index, _result(future, tasks[index])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            raise


def _submit(pool: ProcessPoolExecutor, task: Task) -> Future[DraftResult]:
    return pool.submit(_check, task.draft.parts, task.rules.options, len(task.rules.broken_plugins))


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
