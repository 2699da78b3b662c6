"""``reportlint check``: checks drafts, applies waivers and baseline, and writes the findings."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.cli.arguments import make_workspace
from reportlint.cli.outputs import render, verify_outputs, write_files
from reportlint.cli.terminal import NO_DRAFT, Result, colour, complain, standard_input, width
from reportlint.errors import Message, SetupError, message
from reportlint.knowledge.parameters import did_you_mean
from reportlint.report import Run
from reportlint.reporters.layout import printable_path
from reportlint.runner import check_paths
from reportlint.runner.execution import Execution
from reportlint.runner.inputs import STANDARD_INPUT
from reportlint.runner.progress import progress_on
from reportlint.waivers.baseline import apply_baseline, write_baseline
from reportlint.waivers.waiver_file import add_to_waiver_files, apply_waiver_files
from reportlint.workspace import Workspace

if TYPE_CHECKING:
    from reportlint.runner.cache import Cache


def run(given: Namespace) -> Result:
    """Check drafts and write every output that the command line requests.

    Raises:
        SetupError: the command line names something that does not exist, or standard input is closed.
        DataError: the configuration or the rules are invalid.
    """
    workspace = make_workspace(given)
    _require(given.required, [plugin.name for plugin in workspace.components.plugins])
    reporters = workspace.components.reporters
    verify_outputs(given.output_format, given.output_files, reporters)
    stdin = standard_input(STANDARD_INPUT in given.paths)
    cache = _cache(given, workspace)
    with progress_on(sys.stderr) as progress:
        execution = Execution(given.jobs, cache, progress)
        checked = check_paths(given.paths, workspace, stdin, given.stdin_filename, execution)
    result, notes = _suppressed(checked, workspace, given)
    if cache and cache.error and given.cache_dir:
        reason = "{path} cannot be used as a cache: {reason}"
        notes.append(message(reason, path=given.cache_dir, reason=cache.error))
    lexicon = result.rules.lexicon(result.options.message_language)
    for note in (*result.notes, *map(lexicon.translate, notes)):
        complain(printable_path(note))
    if given.statistics:
        from reportlint.reporters.statistics import statistics  # noqa: PLC0415

        sys.stderr.write(statistics(result))
    code = result.exit_code
    if code == NO_DRAFT:
        suffixes = ", ".join(result.rules.readers)
        complain(lexicon.translate(message("no draft found ({suffixes})", suffixes=suffixes)))
    for error in write_files(given.output_files, result, reporters):
        code = complain(printable_path(error))
    return code, render(given.output_format, result, reporters, colour=colour(), width=width())


def _cache(given: Namespace, workspace: Workspace) -> Cache | None:
    if given.no_cache:
        return None
    from reportlint.runner.cache import Cache, default_folder  # noqa: PLC0415 - imports sqlite3

    folder = Path(given.cache_dir) if given.cache_dir else default_folder()
    return Cache(folder, workspace.components.plugins) if folder else None


def _require(required: Sequence[str], installed: Sequence[str]) -> None:
    for name in required:
        if name not in installed:
            near = did_you_mean(name, installed) or f" (installed: {', '.join(installed)})"
            raise SetupError(f"plugin “{name}” is not installed{near}")


def _suppressed(checked: Run, workspace: Workspace, given: Namespace) -> tuple[Run, list[Message]]:
    """Return the run with waiver files and baseline applied, after writing those requested; and messages about them."""
    notes: list[Message] = []
    result = apply_waiver_files(checked, workspace.waivers)
    if given.add_waivers is not None:
        remaining = result if given.write_baseline else apply_baseline(result)
        notes += add_to_waiver_files(remaining, workspace.waivers, given.add_waivers)
        result = apply_waiver_files(checked, workspace.waivers)
    if given.write_baseline:
        notes.append(write_baseline(result, given.write_baseline))
    return apply_baseline(result, given.write_baseline), notes
