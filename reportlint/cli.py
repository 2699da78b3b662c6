"""Arguments in, exit code out; nothing else."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint import __version__
from reportlint.finding import Severity, Stage
from reportlint.knowledge.cards import did_you_mean
from reportlint.knowledge.yamlfile import DataError
from reportlint.language.lexicon import LexiconError
from reportlint.options import SetupError
from reportlint.outputs import OutputFile, output_file, reporter_for, verify, write_files
from reportlint.reporters import REPORTERS, default_format
from reportlint.reporters.layout import printable_path
from reportlint.reporters.run import Run, State
from reportlint.runner import check_paths, exit_code
from reportlint.runner.inputs import STANDARD_INPUT
from reportlint.runner.progress import progress_on
from reportlint.runner.work import Work
from reportlint.settings import BY_KEY
from reportlint.suppression import add_to_waivers, with_baseline, with_waivers, write_baseline
from reportlint.workspace import Workspace

if TYPE_CHECKING:
    from reportlint.runner.cache import Cache

_DEFAULT_LANGUAGE = "en"
_FAILED = 2
_NO_DRAFT = 3
_INTERRUPTED = 130

Result = tuple[int, str]
"""The exit code and what goes to standard output."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    _prepare_streams()
    given = _parser().parse_args(arguments)
    try:
        code, text = given.run(given)
    except (SetupError, DataError, LexiconError) as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        _complain("interrupted")
        return _INTERRUPTED
    except Exception as error:  # whatever happens, nobody who edits reports is shown a traceback
        return _complain(f"internal error, please report it: {_describe(error)}")
    return _write(text, code)


def _prepare_streams() -> None:
    """UTF-8 for files and pipes; a terminal keeps its own encoding, and shows "?" for what it does not have."""
    # A stream that the caller closed is None; print would send errors to standard output in its stead.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")


def _write(text: str, code: int) -> int:
    """Write the result; the exit code is about the drafts even if a pager has seen enough of the text."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            return _complain(f"the result cannot be written: {error.strerror}")
    return code


def _complain(message: str) -> int:
    print(f"reportlint: {message}", file=sys.stderr)
    return _FAILED


def _describe(error: Exception) -> str:
    """An unforeseen error with the place in the program, for those who will mend it."""
    import traceback  # noqa: PLC0415

    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-1:]]
    return f"{type(error).__name__}: {error} ({', '.join(places)})"


def _standard_input(wanted: bool) -> bytes:
    if not wanted:
        return b""
    if sys.stdin is None:
        raise SetupError("standard input is closed")
    return sys.stdin.buffer.read()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reportlint",
        allow_abbrev=False,
        description="Finds what makes a United Nations report go back for correction.",
    )
    parser.add_argument("--version", action="version", version=f"reportlint {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_check(commands.add_parser("check", help="check drafts", allow_abbrev=False))
    _add_outline(commands.add_parser("outline", help="show what was understood of a draft", allow_abbrev=False))
    _add_explain(commands.add_parser("explain", help="show the card of one rule", allow_abbrev=False))
    _add_rules(commands.add_parser("rules", help="list all rules", allow_abbrev=False))
    _add_config(commands.add_parser("config", help="show the settings in force for a file", allow_abbrev=False))
    _add_test(commands.add_parser("test", help="run the examples of rules", allow_abbrev=False))
    _add_plugins(commands.add_parser("plugins", help="list the plugins that are installed", allow_abbrev=False))
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", help="this configuration, and no search for another")
    parser.add_argument(
        "--rules", action="append", type=_existing, metavar="FOLDER",
        help="with the rules of a house in this folder or file, too (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--message-language", metavar="CODE", help="language of the messages (en, fr)")


def _existing(path: str) -> str:
    if not os.path.exists(path):
        raise argparse.ArgumentTypeError(f"there is no folder “{printable_path(path)}”")
    return path


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """The options that a configuration file may give too."""
    parser.add_argument("--stage", choices=[stage.value for stage in Stage], help="how strict to be (default: review)")
    parser.add_argument("--select", type=_codes, metavar="CODES", help="only these rules or families")
    parser.add_argument("--ignore", type=_codes, metavar="CODES", help="without these rules or families")
    parser.add_argument(
        "--fail-on", choices=[one.value for one in Severity],
        help="the least severity that makes the exit code 1 (default: warning)",
    )  # fmt: skip
    parser.add_argument("--language", metavar="CODE", help="language of the drafts (default: recognised)")
    _add_common(parser)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; - for standard input; default .")
    _add_settings(parser)
    parser.add_argument(
        "--output-format", default=default_format(os.environ), metavar="FORMAT",
        help=f"{', '.join(REPORTERS)}, or one of a plugin (default: text; in GitHub Actions github)",
    )  # fmt: skip
    parser.add_argument(
        "--output-file", action="append", default=[], type=_output_file, metavar="FORMAT=PATH", dest="output_files",
        help="write a file in this format, too (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--stdin-filename", default="<stdin>", metavar="NAME", help="what standard input is called")
    parser.add_argument(
        "--require-plugin", action="append", default=[], metavar="NAME", dest="required",
        help="an error if this plugin is not there (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--add-waivers", metavar="REASON", help="waive what is found, for this reason")
    parser.add_argument("--baseline", metavar="FILE", help="findings in this file are known and do not count")
    parser.add_argument("--write-baseline", metavar="FILE", help="write what is found to this file, as known")
    parser.add_argument(
        "--jobs",
        type=_number,
        metavar="N",
        help="at most so many processes (default: as the work and the machine allow)",
    )
    parser.add_argument("--no-cache", action="store_true", help="check everything anew, and remember nothing")
    parser.add_argument("--cache-dir", metavar="FOLDER", help="where to remember what was found (default: the user's)")
    parser.add_argument(
        "--statistics", action="store_true", help="say on standard error how often each rule found something"
    )
    parser.set_defaults(run=_check)


def _output_file(text: str) -> OutputFile:
    try:
        return output_file(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{printable_path(text)}”: {error}") from None


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"“{printable_path(text)}” is no number of processes: 1 or more")
    return int(text)


def _codes(text: str) -> list[str]:
    return [part for part in text.replace(",", " ").split() if part]


def _check(given: argparse.Namespace) -> Result:
    workspace = _workspace(given)
    _require(given.required, [one.name for one in workspace.parts.plugins])
    reporters = workspace.parts.reporters
    reporter = reporter_for(given.output_format, reporters)
    verify(given.output_files, reporters)
    stdin = _standard_input(STANDARD_INPUT in given.paths)
    cache = _cache(given, workspace)
    with progress_on(sys.stderr) as progress:
        work = Work(given.jobs, cache, progress)
        checked = check_paths(given.paths, workspace, stdin, given.stdin_filename, work)
    run, notes = _suppressed(checked, workspace, given)
    if cache and cache.error and given.cache_dir:
        notes.append(f"{given.cache_dir} cannot be used as a cache: {cache.error}")
    for note in (*run.notes, *notes):
        _complain(printable_path(note))
    if given.statistics:
        from reportlint.reporters.statistics import statistics  # noqa: PLC0415

        sys.stderr.write(statistics(run))
    code = exit_code(run)
    if code == _NO_DRAFT:
        _complain("no draft found (.md, .markdown, .txt)")
    for error in write_files(given.output_files, run, reporters):
        code = _complain(printable_path(error))
    return code, reporter(run, colour=_colour(), width=_width())


def _cache(given: argparse.Namespace, workspace: Workspace) -> Cache | None:
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


def _suppressed(checked: Run, workspace: Workspace, given: argparse.Namespace) -> tuple[Run, list[str]]:
    """The run with its waivers and baseline, which are written first if that is asked for; and remarks about that."""
    notes: list[str] = []
    run = with_waivers(checked, workspace.waivers)
    if given.add_waivers is not None:
        found = run if given.write_baseline else with_baseline(run)
        notes += add_to_waivers(found, workspace.waivers, given.add_waivers)
        run = with_waivers(checked, workspace.waivers)
    if given.write_baseline:
        notes.append(write_baseline(run, given.write_baseline))
    return with_baseline(run, given.write_baseline), notes


def _workspace(given: argparse.Namespace) -> Workspace:
    """The workspace of a command; messages are in the locale's language if all is for a terminal, else in English."""
    asked = {key: value for key in BY_KEY if (value := vars(given).get(key.replace("-", "_"))) is not None}
    text = vars(given).get("output_format", "text") == "text" and not vars(given).get("output_files")
    return Workspace(asked, given.config, _locale_language() if text else _DEFAULT_LANGUAGE)


def _locale_language() -> str:
    """The language of the terminal's locale, by the variables that say it."""
    if not sys.stdout.isatty():
        return _DEFAULT_LANGUAGE
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            code = value[:2].lower()
            return code if code.isalpha() and value[2:3] in ("_", ".", "@", "") else _DEFAULT_LANGUAGE
    return _DEFAULT_LANGUAGE


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width() -> int:
    if not sys.stdout.isatty():
        return 80
    try:
        # A terminal that does not know its size says 0.
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80


def _add_outline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH")
    parser.add_argument("--language", metavar="CODE", help="language of the draft (default: recognised)")
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    _add_common(parser)
    parser.set_defaults(run=_outline)


def _outline(given: argparse.Namespace) -> Result:
    from reportlint.commands.outline import outline  # noqa: PLC0415

    if given.path != STANDARD_INPUT and os.path.isdir(given.path):
        raise SetupError(f"an outline is made of one draft, and “{printable_path(given.path)}” is a folder")
    run = check_paths([given.path], _workspace(given), _standard_input(given.path == STANDARD_INPUT))
    if run.excluded:
        return _complain(printable_path(run.notes[-1])), ""
    file = run.files[0]
    if file.state is State.UNREADABLE:
        return _complain(f"{printable_path(file.path)}: {file.findings[0].message}"), ""
    if file.language is None:
        words = run.rules.lexicon(run.options.message_language).section("interface")
        _complain(words[file.state.value].replace("{paths}", printable_path(file.path)))
        return _NO_DRAFT, ""
    return 0, outline(file, given.output_format == "json")


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="code or name of a rule")
    _add_common(parser)
    parser.set_defaults(run=_explain)


def _explain(given: argparse.Namespace) -> Result:
    from reportlint.commands.explain import explain  # noqa: PLC0415

    return 0, explain(given.code, _workspace(given).base("."))


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    _add_common(parser)
    parser.set_defaults(run=_rules)


def _rules(given: argparse.Namespace) -> Result:
    from reportlint.commands.explain import list_rules  # noqa: PLC0415

    return 0, list_rules(_workspace(given).base("."), given.output_format == "json")


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", metavar="PATH", nargs="?", default=".", help="a draft, or a folder of drafts; default ."
    )
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    _add_settings(parser)
    parser.set_defaults(run=_config)


def _config(given: argparse.Namespace) -> Result:
    from reportlint.commands.config_list import list_settings  # noqa: PLC0415

    return 0, list_settings(given.path, _workspace(given), given.output_format == "json")


def _add_test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cards", nargs="+", metavar="RULES", type=_existing, help="folders or files of cards")
    parser.set_defaults(run=_test)


def _test(given: argparse.Namespace) -> Result:
    from reportlint.commands.rule_tests import rule_tests  # noqa: PLC0415

    passed, text = rule_tests(given.cards)
    return int(not passed), text


def _add_plugins(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_plugins)


def _plugins(_: argparse.Namespace) -> Result:
    from reportlint.commands.plugin_list import plugin_list  # noqa: PLC0415
    from reportlint.plugins import load_parts  # noqa: PLC0415

    sound, text = plugin_list(load_parts())
    return 0 if sound else _FAILED, text
