"""``reportlint check``: checks drafts, applies waivers and baseline, and writes the findings."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.cli.arguments import UNNAMED, make_workspace
from reportlint.cli.outputs import (
    CLEARANCE_FORMATS,
    OutputFile,
    needs_text,
    refusals,
    render,
    verify_outputs,
    write_files,
)
from reportlint.cli.terminal import (
    FAILED,
    Result,
    colour,
    complain,
    links,
    message_stream,
    standard_input,
    width,
    write_bytes,
)
from reportlint.engine.rules import Rules
from reportlint.errors import Message, SetupError, message
from reportlint.files import Protected, is_url, user_cache_folder
from reportlint.knowledge.suggestions import did_you_mean
from reportlint.report import ExitPolicy, Presentation, Run
from reportlint.reporters import REPORTERS, Reporter
from reportlint.reporters.layout import printable_path
from reportlint.reporters.sentences import Wording
from reportlint.runner.execution import Execution
from reportlint.runner.inputs import STANDARD_INPUT
from reportlint.runner.progress import progress_on
from reportlint.runner.run import check_paths
from reportlint.waivers.applying import Suppressor, Updates, apply_suppression, refused_baseline, verify_suppression
from reportlint.waivers.baseline import baseline_of
from reportlint.workspace import Workspace

if TYPE_CHECKING:
    from reportlint.cli.draft_fixes import FixedRun
    from reportlint.cli.live_lines import LiveLines
    from reportlint.cli.word_copies import WordCopies
    from reportlint.runner.cache import Cache


def run(given: Namespace) -> tuple[int, Iterable[str]]:
    """Check drafts and write every output that the command line requests.

    Returns:
        The exit code, and the pieces of the text for standard output.

    Raises:
        SetupError: the command line names something that does not exist, or standard input is closed.
        DataError: the configuration, the rules, a waiver file or a baseline are invalid.
    """
    if not any(file.format in CLEARANCE_FORMATS for file in given.output_files):
        return _run(given)
    from reportlint.cli.clearance_files import withdrawing  # noqa: PLC0415 - few runs write a record

    with withdrawing(given.output_files):
        return _run(given)


def _run(given: Namespace) -> tuple[int, Iterable[str]]:
    given.paths = _paths(given)
    workspace = make_workspace(given)
    _verify(given, workspace)
    reporters = workspace.components.reporters
    clearances = [file for file in given.output_files if file.format in CLEARANCE_FORMATS]
    refused = _refused(given, workspace)
    stdin = standard_input(STANDARD_INPUT in given.paths)
    cache = _cache(given, workspace)
    chooser = _Chooser(workspace, given.write_baseline is None)
    lines = _live_lines(given, chooser, reporters)
    with progress_on(message_stream(), is_shown=not given.quiet and lines is None) as progress:
        execution = Execution(given.jobs, cache, progress, given.dask)
        checked = check_paths(
            given.paths,
            chooser,
            stdin,
            given.stdin_filename,
            execution,
            shard=given.shard,
            keeps_text=_needs_text(given, reporters),
            receive=lines.receive if lines else None,
        )
    policy = ExitPolicy(given.require_checked, given.allow_unchecked, given.exit_zero)
    unnamed = given.stdin_filename if STANDARD_INPUT in given.paths else ""
    fixes = _fixes(given, checked, workspace)
    if fixes and given.diff:
        return _diff(fixes, policy, quiet=given.quiet)
    fixed_notes: list[Message] = []
    fixed_errors: list[str] = []
    if fixes:
        checked, fixed_notes, fixed_errors = fixes.write(unnamed)
    protected = _protected(checked.files.paths, given, workspace)
    copies = _copies(given, checked, protected)
    baseline = None if given.write_baseline in refused else given.write_baseline
    suppressed = apply_suppression(
        replace(checked, policy=policy, presentation=Presentation(given.quiet, given.statistics, links())),
        workspace.waivers,
        _folders(given),
        Updates(given.add_waivers, baseline, given.prune),
        protected,
    )
    result, notes = suppressed.run, [*fixed_notes, *suppressed.notes]
    errors = [*fixed_errors, *suppressed.errors]
    if copies is not None:
        more, failures = copies.written(result, protected)
        notes += more
        errors += failures
    if cache and cache.error and (given.cache_dir or cache.is_locked):
        reason = "{path} cannot be used as a cache: {reason}"
        notes.append(message(reason, path=given.cache_dir or cache.folder, reason=cache.error))
    _print_notes(given, workspace, result, notes)
    code = FAILED if refused else result.exit_code
    files = [file for file in given.output_files if file.path not in refused and file not in clearances]
    for error in (*errors, *write_files(files, result, reporters, protected)):
        code = complain(printable_path(error))
    if clearances:
        allowed = [file for file in clearances if file.path not in refused]
        code = _clear(allowed, result, _with_baseline(workspace, baseline), protected, code)
    if lines:
        return lines.finish(result, code), ()
    text = render(given.output_format, result, reporters, colour=colour(given.color), width=width())
    if fixes and unnamed:
        message_stream().writelines(text)
        return write_bytes(fixes.text_of(unnamed), code), ""
    return code, text


def _verify(given: Namespace, workspace: Workspace) -> None:
    """Verify the command line before anything is checked.

    Raises:
        SetupError: it names something that does not exist, or asks for what cannot be done.
    """
    _require(given.required, [plugin.name for plugin in workspace.components.plugins])
    reporters = workspace.components.reporters
    verify_outputs(given.output_format, given.output_files, reporters, given.write_baseline)
    clearances = [file for file in given.output_files if file.format in CLEARANCE_FORMATS]
    if clearances and STANDARD_INPUT in given.paths:
        raise SetupError(f"--output-file: standard input has no {clearances[0].format}")
    if given.add_waivers is not None and not given.add_waivers.strip():
        raise SetupError("--add-waivers: give the reason")
    _verify_fixing(given)
    _verify_shard(given)
    if given.dask is not None:
        from reportlint.runner.dask_cluster import verify_address  # noqa: PLC0415 - few runs use a cluster

        if given.jobs is not None:
            raise SetupError("--dask: the cluster has its own processes; leave out --jobs")
        verify_address(given.dask)


def _print_notes(given: Namespace, workspace: Workspace, result: Run, notes: Sequence[Message]) -> None:
    """Print the remarks on a run to standard error, with statistics if requested, and why it fails without findings."""
    lexicon = result.rules.lexicon(result.options.message_language)
    for note in () if given.quiet else (*result.notes, *map(lexicon.translate, notes)):
        if note not in workspace.components.broken:  # named at the start
            complain(printable_path(note))
    if given.statistics:
        from reportlint.reporters.statistics import statistics  # noqa: PLC0415

        message_stream().write(statistics(result))
    for note in map(lexicon.translate, _missed(result)):
        complain(note)


def _live_lines(given: Namespace, chooser: _Chooser, reporters: Mapping[str, Reporter]) -> LiveLines | None:
    """Return what writes the lines of each file as it is checked; ``None`` in another format.

    What the run may still change in drafts, waivers and baselines is written at the end.
    """
    changes = (given.fix, given.diff, given.prune, given.add_waivers, given.write_baseline)
    if given.output_format != _LIVE or reporters[_LIVE] is not REPORTERS[_LIVE] or any(changes):
        return None
    from reportlint.cli.live_lines import LiveLines  # noqa: PLC0415 - few runs have this format

    return LiveLines(chooser.base_rules, chooser.suppressor)


def _needs_text(given: Namespace, reporters: Mapping[str, Reporter]) -> bool:
    """Return whether the text of drafts is needed after they have been checked."""
    formats = (given.output_format, *(file.format for file in given.output_files))
    return given.fix or given.diff or given.annotate is not None or needs_text(formats, reporters)


def _verify_fixing(given: Namespace) -> None:
    """Verify the options for fixes.

    Raises:
        SetupError: an option has no effect, or contradicts another.
    """
    if given.fix and (url := next(filter(is_url, given.paths), "")):
        raise SetupError(f"--fix: a file at a URL cannot be changed: {url}")
    if given.unsafe_fixes and not (given.fix or given.diff):
        raise SetupError("--unsafe-fixes: use it with --fix or --diff")
    writes = {
        "--output-file": given.output_files, "--annotate": given.annotate,
        "--write-baseline": given.write_baseline, "--add-waivers": given.add_waivers,
        "--prune": given.prune,
    }  # fmt: skip
    if given.diff and (option := next((name for name, value in writes.items() if value), "")):
        raise SetupError(f"--diff writes no file; leave out {option}")


def _verify_shard(given: Namespace) -> None:
    """Verify that a shard is not to write what must state or cover the whole run.

    Raises:
        SetupError: it is.
    """
    if given.shard is None:
        return
    clearances = (f"--output-file {file.format}" for file in given.output_files if file.format in CLEARANCE_FORMATS)
    whole = {"--annotate": given.annotate, "--write-baseline": given.write_baseline, "--prune": given.prune}
    options = (*clearances, *(name for name, value in whole.items() if value))
    if option := next(iter(options), ""):
        raise SetupError(f"{option} needs the whole run; leave out --shard")


def _fixes(given: Namespace, checked: Run, workspace: Workspace) -> FixedRun | None:
    if not (given.fix or given.diff):
        return None
    from reportlint.cli.draft_fixes import fix_run  # noqa: PLC0415 - only fixing needs it

    return fix_run(checked, workspace.waivers, _folders(given), unsafe=given.unsafe_fixes)


def _paths(given: Namespace) -> list[str]:
    """Return the paths to check: those named and those listed, or the working directory if there is no list either.

    Raises:
        SetupError: the list cannot be read, or standard input is both the list and a draft, or closed.
    """
    if given.files_from is None:
        return given.paths or [os.curdir]
    listed_on_stdin = given.files_from == STANDARD_INPUT
    if listed_on_stdin and STANDARD_INPUT in given.paths:
        raise SetupError("--files-from: standard input cannot be both the list and a draft")
    from reportlint.cli.path_lists import read_path_list  # noqa: PLC0415 - few runs have a list

    return [*given.paths, *read_path_list(given.files_from, standard_input(listed_on_stdin))]


def _folders(given: Namespace) -> list[str]:
    return [path for path in given.paths if os.path.isdir(path)]


def _diff(fixes: FixedRun, policy: ExitPolicy, *, quiet: bool) -> Result:
    """Return the diff, and 1 if it is not empty. What was not checked counts first, as in any run."""
    run = replace(fixes.run, policy=policy)
    lexicon = run.rules.lexicon(run.options.message_language)
    notes = () if quiet else (*run.notes, *map(lexicon.translate, fixes.notes))
    for note in (*notes, *map(lexicon.translate, _missed(run))):
        complain(printable_path(note))
    text, errors = fixes.diff()
    code = run.exit_code if run.exit_code > 1 else int(bool(text) and not policy.exit_zero)
    for error in errors:
        code = complain(printable_path(error))
    return code, text


_LIVE = "jsonl"
_REDIRECTED = "/dev/stdin"
"""The name of the file from which standard input is read, where the system has one."""


class _Chooser:
    """Chooses the rules of a workspace, after verifying the waiver files and baselines of the drafts.

    ``applies_baseline`` is false if a new baseline is written instead.
    """

    def __init__(self, workspace: Workspace, applies_baseline: bool) -> None:
        self.workspace, self.applies_baseline = workspace, applies_baseline
        self._waiver_files: dict[str, None] = {}
        self._baselines: dict[str, None] = {}
        self.rules: Rules | None = None

    def base(self, path: str) -> Rules:
        self.rules = self.workspace.base(path)
        return self.rules

    def assign(self, paths: Sequence[str]) -> list[Rules | None]:
        chosen = self.workspace.assign(paths)
        used = [(path, rules) for path, rules in zip(paths, chosen, strict=True) if rules]
        waiver_files = dict.fromkeys(self.workspace.waivers(path) for path, _ in used)
        baselines = dict.fromkeys(
            baseline for _, rules in used if self.applies_baseline and (baseline := baseline_of(rules))
        )
        verify_suppression(waiver_files, baselines)
        self._waiver_files |= waiver_files
        self._baselines |= baselines
        return chosen

    def base_rules(self) -> Rules:
        """Return the rules of the run as a whole, which were asked for before any file was."""
        assert self.rules
        return self.rules

    def suppressor(self) -> Suppressor:
        """Return what suppresses findings in the drafts whose rules were chosen."""
        return Suppressor(self.workspace.waivers, self._waiver_files, self._baselines)


def _copies(given: Namespace, checked: Run, protected: Protected) -> WordCopies | None:
    """Return the annotated copies to write, if there are any."""
    if given.annotate is None:
        return None
    from reportlint.cli.word_copies import plan_copies  # noqa: PLC0415 - only annotating needs it

    unnamed = given.stdin_filename if given.stdin_filename == UNNAMED else ""
    outputs = [file.path for file in given.output_files]
    outputs += [given.write_baseline] if given.write_baseline else []
    return plan_copies(checked, given.annotate, unnamed, protected, outputs)


def _clear(files: Sequence[OutputFile], run: Run, workspace: Workspace, protected: Protected, code: int) -> int:
    """Write the clearances of a run, whose exit code is ``code`` so far; return the exit code."""
    from reportlint.cli.clearance_files import write_clearances  # noqa: PLC0415 - few runs write a record

    return code if write_clearances(files, run, workspace, protected, failed=code == FAILED) else FAILED


def _with_baseline(workspace: Workspace, baseline: str | None) -> Workspace:
    """Return the workspace of a run that applies the baseline which this run has written, if it has."""
    if baseline is None:
        return workspace
    return Workspace({**workspace.command_line, "baseline": baseline}, workspace.config)


def _missed(run: Run) -> Iterator[Message]:
    """Yield why a run fails although no finding does: files were not checked, or there is none."""
    if not run.has_inputs and not run.is_shard:
        suffixes = ", ".join(run.rules.readers)
        yield message("no draft found ({suffixes})", suffixes=suffixes)
    elif paths := [file.path for file in run.missed if not file.findings]:
        count = len(paths)
        named = Wording.for_run(run).list_paths(paths)
        yield message("{count} files were not checked: {paths}", count=count, paths=named)
    elif run.has_checked_nothing:
        yield message("no file was checked")


def _cache(given: Namespace, workspace: Workspace) -> Cache | None:
    if given.no_cache:
        return None
    from reportlint.runner.cache import Cache  # noqa: PLC0415 - imports sqlite3

    folder = Path(given.cache_dir) if given.cache_dir else user_cache_folder()
    return Cache(folder, workspace.components.plugins) if folder else None


def _require(required: Sequence[str], installed: Sequence[str]) -> None:
    for name in required:
        if name not in installed:
            near = did_you_mean(name, installed) or f" (installed: {', '.join(installed)})"
            raise SetupError(f"plugin “{name}” is not installed{near}")


def _refused(given: Namespace, workspace: Workspace) -> set[str]:
    """Return the files that cannot be written as requested, and say why before the drafts are checked."""
    inputs = [given.stdin_filename if path == STANDARD_INPUT else path for path in given.paths]
    protected = _protected(inputs, given, workspace)
    reporters = workspace.components.reporters
    reasons = refusals(given.output_files, lambda: workspace.base(next(iter(inputs), os.curdir)), reporters, protected)
    if given.write_baseline and (reason := refused_baseline(given.write_baseline, protected)):
        reasons[given.write_baseline] = reason
    for reason in reasons.values():
        complain(printable_path(reason))
    return set(reasons)


def _protected(inputs: Sequence[str], given: Namespace, workspace: Workspace) -> Protected:
    outputs = (given.write_baseline, given.add_waivers, given.annotate)
    if not given.output_files and not given.prune and all(output is None for output in outputs):
        return {}
    from reportlint.cli.protected_files import protected_files  # noqa: PLC0415 - only runs that write files need it

    redirected = [_REDIRECTED] if STANDARD_INPUT in given.paths else []
    return protected_files([*inputs, *redirected], workspace, given.rules or (), given.baseline)
