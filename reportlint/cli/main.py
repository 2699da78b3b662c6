"""Arguments in, exit code out; nothing else."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.cli.outputs import OutputFile, output_file
from reportlint.cli.terminal import (
    DEFAULT_LANGUAGE,
    FAILED,
    INTERRUPTED,
    NO_DRAFT,
    complain,
    locale_language,
    prepare_streams,
    standard_input,
    write,
)
from reportlint.config.settings import BY_KEY
from reportlint.errors import ReportlintError, SetupError
from reportlint.finding import Severity, Stage
from reportlint.report import FileState
from reportlint.reporters import REPORTERS, default_format
from reportlint.reporters.layout import printable_path
from reportlint.runner.inputs import STANDARD_INPUT
from reportlint.version import __version__

if TYPE_CHECKING:
    from reportlint.workspace import Workspace

Result = tuple[int, str]
"""The exit code and what goes to standard output."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    prepare_streams()
    given = _parser().parse_args(arguments)
    try:
        code, text = given.run(given)
    except ReportlintError as error:
        return complain(str(error))
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except Exception as error:  # whatever happens, nobody who edits reports is shown a traceback
        return complain(f"internal error, please report it: {_describe(error)}")
    return write(text, code)


def _describe(error: Exception) -> str:
    """An unforeseen error with the place in the program, for those who will mend it."""
    import traceback  # noqa: PLC0415

    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-1:]]
    return f"{type(error).__name__}: {error} ({', '.join(places)})"


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
    from reportlint.cli.check import check  # noqa: PLC0415

    return check(given, _workspace(given))


def _workspace(given: argparse.Namespace) -> Workspace:
    """The workspace of a command; messages are in the locale's language if all is for a terminal, else in English."""
    from reportlint.workspace import Workspace  # noqa: PLC0415

    asked = {key: value for key in BY_KEY if (value := vars(given).get(key.replace("-", "_"))) is not None}
    text = vars(given).get("output_format", "text") == "text" and not vars(given).get("output_files")
    return Workspace(asked, given.config, locale_language() if text else DEFAULT_LANGUAGE)


def _add_outline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH")
    parser.add_argument("--language", metavar="CODE", help="language of the draft (default: recognised)")
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    _add_common(parser)
    parser.set_defaults(run=_outline)


def _outline(given: argparse.Namespace) -> Result:
    from reportlint.cli.outline import outline  # noqa: PLC0415
    from reportlint.runner import check_paths  # noqa: PLC0415

    if given.path != STANDARD_INPUT and os.path.isdir(given.path):
        raise SetupError(f"an outline is made of one draft, and “{printable_path(given.path)}” is a folder")
    run = check_paths([given.path], _workspace(given), standard_input(given.path == STANDARD_INPUT))
    if run.excluded:
        return complain(printable_path(run.notes[-1])), ""
    file = run.files[0]
    if file.state is FileState.UNREADABLE:
        return complain(f"{printable_path(file.path)}: {file.findings[0].message}"), ""
    if file.language is None:
        words = run.rules.lexicon(run.options.message_language).section("interface")
        complain(words[file.state.value].replace("{paths}", printable_path(file.path)))
        return NO_DRAFT, ""
    return 0, outline(file, given.output_format == "json")


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="code or name of a rule")
    _add_common(parser)
    parser.set_defaults(run=_explain)


def _explain(given: argparse.Namespace) -> Result:
    from reportlint.cli.explain import explain  # noqa: PLC0415

    return 0, explain(given.code, _workspace(given).base("."))


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    _add_common(parser)
    parser.set_defaults(run=_rules)


def _rules(given: argparse.Namespace) -> Result:
    from reportlint.cli.explain import list_rules  # noqa: PLC0415

    return 0, list_rules(_workspace(given).base("."), given.output_format == "json")


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", metavar="PATH", nargs="?", default=".", help="a draft, or a folder of drafts; default ."
    )
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    _add_settings(parser)
    parser.set_defaults(run=_config)


def _config(given: argparse.Namespace) -> Result:
    from reportlint.cli.config import list_settings  # noqa: PLC0415

    return 0, list_settings(given.path, _workspace(given), given.output_format == "json")


def _add_test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cards", nargs="+", metavar="RULES", type=_existing, help="folders or files of cards")
    parser.set_defaults(run=_test)


def _test(given: argparse.Namespace) -> Result:
    from reportlint.cli.test import rule_tests  # noqa: PLC0415

    passed, text = rule_tests(given.cards)
    return int(not passed), text


def _add_plugins(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_plugins)


def _plugins(_: argparse.Namespace) -> Result:
    from reportlint.cli.plugins import plugin_list  # noqa: PLC0415
    from reportlint.plugins.loading import load_parts  # noqa: PLC0415

    sound, text = plugin_list(load_parts())
    return 0 if sound else FAILED, text
