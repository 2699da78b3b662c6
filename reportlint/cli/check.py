"""``reportlint check``: drafts are checked, waivers and files written, the findings shown."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.cli.outputs import rendered, verify, write_files
from reportlint.cli.terminal import NO_DRAFT, colour, complain, standard_input, width
from reportlint.errors import SetupError
from reportlint.knowledge.cards import did_you_mean
from reportlint.report import Run
from reportlint.reporters.layout import printable_path
from reportlint.runner import check_paths, exit_code
from reportlint.runner.inputs import STANDARD_INPUT
from reportlint.runner.progress import progress_on
from reportlint.runner.work import Work
from reportlint.waivers.applying import add_to_waiver_files, apply_waiver_files
from reportlint.waivers.baseline import apply_baseline, write_baseline
from reportlint.workspace import Workspace

if TYPE_CHECKING:
    from reportlint.runner.cache import Cache


def check(given: Namespace, workspace: Workspace) -> tuple[int, str]:
    """Check drafts as the command line asks, with all that is written beside; returns the exit code and the result.

    Raises:
        SetupError: something that is asked for does not exist, or standard input is closed.
        DataError: configuration or cards are not as they should be.
    """
    _require(given.required, [one.name for one in workspace.parts.plugins])
    reporters = workspace.parts.reporters
    verify(given.output_format, given.output_files, reporters)
    stdin = standard_input(STANDARD_INPUT in given.paths)
    cache = _cache(given, workspace)
    with progress_on(sys.stderr) as progress:
        work = Work(given.jobs, cache, progress)
        checked = check_paths(given.paths, workspace, stdin, given.stdin_filename, work)
    run, notes = _suppressed(checked, workspace, given)
    if cache and cache.error and given.cache_dir:
        notes.append(f"{given.cache_dir} cannot be used as a cache: {cache.error}")
    for note in (*run.notes, *notes):
        complain(printable_path(note))
    if given.statistics:
        from reportlint.reporters.statistics import statistics  # noqa: PLC0415

        sys.stderr.write(statistics(run))
    code = exit_code(run)
    if code == NO_DRAFT:
        complain("no draft found (.md, .markdown, .txt)")
    for error in write_files(given.output_files, run, reporters):
        code = complain(printable_path(error))
    return code, rendered(given.output_format, run, reporters, colour=colour(), width=width())


def _cache(given: Namespace, workspace: Workspace) -> Cache | None:
    if given.no_cache:
        return None
    from reportlint.runner.cache import Cache, default_folder  # noqa: PLC0415 - it needs a data base

    folder = Path(given.cache_dir) if given.cache_dir else default_folder()
    return Cache(folder, workspace.parts.plugins) if folder else None


def _require(required: Sequence[str], installed: Sequence[str]) -> None:
    for name in required:
        if name not in installed:
            near = did_you_mean(name, installed) or f" (there are {', '.join(installed)})"
            raise SetupError(f"plugin “{name}” is not installed{near}")


def _suppressed(checked: Run, workspace: Workspace, given: Namespace) -> tuple[Run, list[str]]:
    """The run with its waivers and baseline, which are written first if that is asked for; and remarks about that."""
    notes: list[str] = []
    run = apply_waiver_files(checked, workspace.waivers)
    if given.add_waivers is not None:
        found = run if given.write_baseline else apply_baseline(run)
        notes += add_to_waiver_files(found, workspace.waivers, given.add_waivers)
        run = apply_waiver_files(checked, workspace.waivers)
    if given.write_baseline:
        notes.append(write_baseline(run, given.write_baseline))
    return apply_baseline(run, given.write_baseline), notes
