"""The arguments of every command, and the workspace that they describe."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from reportlint.cli.leaving import allow_leaving
from reportlint.cli.outputs import OutputFile, parse_output_file
from reportlint.cli.terminal import DEFAULT_LANGUAGE, complain_of_plugins, locale_language, printable
from reportlint.knowledge.levels import CHECKED_KINDS, Severity, Stage, TrackedChanges
from reportlint.reporters import REPORTERS, default_format
from reportlint.version import __version__

if TYPE_CHECKING:
    from reportlint.runner.shards import Shard
    from reportlint.workspace import Workspace

UNNAMED = "<stdin>"
"""The name of a draft from standard input that has no other."""


_MEASURED = partial(argparse.HelpFormatter, width=80)
"""The formatter by which argparse verifies every argument. Without a width, it would ask the terminal each time."""


class _Parser(argparse.ArgumentParser):
    given: Sequence[str] | None = None
    """The arguments of the command; ``None``: those of the process."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False, formatter_class=_MEASURED)

    def format_help(self) -> str:
        """Return the help in the language of the messages, which is read only now."""
        from reportlint.cli.help import help_formatter  # noqa: PLC0415 - few runs print help

        self.formatter_class = help_formatter(self.given)
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Print a usage error on one line that is safe for a terminal and a log, and exit."""
        self.formatter_class = argparse.HelpFormatter
        super().error(printable(message))


def make_parser(arguments: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Return the parser of these arguments; ``command`` names the module of ``reportlint.cli`` to run.

    If they begin with a command, the parser knows no other.
    """
    parser = _Parser(
        prog="reportlint", description="Find the inconsistencies that send a United Nations report back for correction."
    )
    parser.given = arguments
    parser.add_argument("--version", action="version", version=f"reportlint {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", prog="reportlint")
    first = next(iter(sys.argv[1:] if arguments is None else arguments), "")
    for name in [first] if first in _COMMANDS else _COMMANDS:
        text, add_arguments = _COMMANDS[name]
        command = commands.add_parser(name, help=text)
        command.given = arguments
        command.set_defaults(command=name)
        add_arguments(command)
    return parser


def make_workspace(given: argparse.Namespace) -> Workspace:
    """Return the workspace of a command, and name broken plugins on standard error.

    Messages follow the locale if all output is text, otherwise they are in English.
    """
    # A usage error must not load rules.
    from reportlint.config.settings import BY_KEY  # noqa: PLC0415
    from reportlint.workspace import Workspace  # noqa: PLC0415

    settings = {key: value for key in BY_KEY if (value := vars(given).get(key.replace("-", "_"))) is not None}
    all_text = vars(given).get("output_format", "text") == "text" and not vars(given).get("output_files")
    workspace = Workspace(settings, given.config, locale_language() if all_text else DEFAULT_LANGUAGE)
    complain_of_plugins(workspace.components.broken)
    if len(workspace.components.plugins) == 1:  # the built-in one
        allow_leaving()
    return workspace


# -- options that several commands share ----------------------------------------------------------------------------


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", help="use FILE; do not search for a configuration")
    parser.add_argument(
        "--rules", action="append", type=_existing, metavar="FOLDER",
        help="add the house rules in this folder or file (repeatable)",
    )  # fmt: skip
    parser.add_argument("--message-language", metavar="CODE", help="language of the messages (en, fr)")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """Add the options that a configuration file can set too."""
    parser.add_argument("--stage", choices=[stage.value for stage in Stage], help="strictness (default: review)")
    parser.add_argument(
        "--select", type=_codes, action="extend", metavar="CODES", help="run only these rules or families (repeatable)"
    )
    parser.add_argument(
        "--ignore", type=_codes, action="extend", metavar="CODES", help="skip these rules or families (repeatable)"
    )
    parser.add_argument(
        "--fail-on", choices=[severity.value for severity in Severity],
        help="lowest severity that makes the exit code 1 (default: warning)",
    )  # fmt: skip
    parser.add_argument("--language", metavar="CODE", help="language of the drafts (default: detected)")
    _add_kind(parser)
    _add_tracked_changes(parser)
    _add_common(parser)


def _add_kind(parser: argparse.ArgumentParser) -> None:
    kinds = [kind.value for kind in CHECKED_KINDS]
    parser.add_argument(
        "--kind", choices=kinds, metavar="KIND", help="kind of document: %(choices)s (default: recognized)"
    )


def _add_tracked_changes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tracked-changes", choices=[changes.value for changes in TrackedChanges],
        help="text of a Word file to check: with its tracked changes, or before them (default: accepted)",
    )  # fmt: skip


def _add_text_or_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output-format", choices=["text", "json"], default="text", help="output format (default: text)"
    )


# -- the arguments of single commands -------------------------------------------------------------------------------


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", type=_path, metavar="PATH", help="files and folders, or - for standard input (default: .)"
    )
    parser.add_argument(
        "--files-from", type=_path, metavar="FILE",
        help="also check the paths listed in FILE, or - for standard input: one a line, or separated by NUL",
    )  # fmt: skip
    parser.add_argument(
        "--shard", type=_shard, metavar="N/COUNT",
        help="check only the Nth of COUNT parts of the files, such as 3/16; the other runs check the others",
    )  # fmt: skip
    _add_settings(parser)
    parser.add_argument(
        "--output-format", default=default_format(os.environ), metavar="FORMAT",
        help=f"{', '.join(REPORTERS)}, or a plugin's format (default: text; in GitHub Actions: github)",
    )  # fmt: skip
    parser.add_argument(
        "--output-file", action="append", default=[], type=_output_file, metavar="FORMAT=PATH", dest="output_files",
        help="also write the result to PATH in this format, or in record or clearance (repeatable)",
    )  # fmt: skip
    parser.add_argument(
        "--annotate", type=_path, metavar="OUT",
        help="write each Word file with comments on its findings to OUT: a Word file, or a folder for several",
    )  # fmt: skip
    parser.add_argument(
        "--stdin-filename", default=UNNAMED, metavar="NAME", help="file name to assume for standard input"
    )
    parser.add_argument(
        "--require-plugin", action="append", default=[], metavar="NAME", dest="required",
        help="fail unless this plugin is installed (repeatable)",
    )  # fmt: skip
    unchecked = parser.add_mutually_exclusive_group()
    unchecked.add_argument(
        "--require-checked", action="store_true",
        help="fail (exit code 3) if a report was not checked, as at stage publication",
    )  # fmt: skip
    unchecked.add_argument(
        "--allow-unchecked", action="store_true", help="do not fail if a report was not checked, nor without any file"
    )
    parser.add_argument("--quiet", action="store_true", help="print only findings, errors and what was not checked")
    parser.add_argument(
        "--color", choices=["auto", "always", "never"], default="auto",
        help="whether text has colours (default: auto, on a terminal)",
    )  # fmt: skip
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 even if there are findings")
    parser.add_argument("--fix", action="store_true", help="apply safe fixes to Markdown and text files")
    parser.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: also apply fixes that need review"
    )
    parser.add_argument("--diff", action="store_true", help="print what --fix would change as a diff; write nothing")
    parser.add_argument("--add-waivers", metavar="REASON", help="waive all current findings for this reason")
    parser.add_argument(
        "--prune", action="store_true",
        help="update waiver files and baseline: new paths of renamed drafts, no waivers that are not needed",
    )  # fmt: skip
    parser.add_argument("--baseline", metavar="FILE", help="ignore the known findings in FILE")
    parser.add_argument("--write-baseline", metavar="FILE", help="record the current findings in FILE as known")
    parser.add_argument(
        "--jobs", type=_number, metavar="N",
        help="maximum number of processes (default: depends on the work and the machine)",
    )  # fmt: skip
    parser.add_argument(
        "--dask", metavar="ADDRESS",
        help="check drafts on the Dask cluster at tcp://HOST:PORT, or with N local workers (local:N)",
    )  # fmt: skip
    parser.add_argument("--no-cache", action="store_true", help="do not read or write the cache")
    parser.add_argument("--cache-dir", metavar="FOLDER", help="cache folder (default: in the user's cache folder)")
    parser.add_argument(
        "--statistics", action="store_true", help="print the number of findings per rule to standard error, and in JSON"
    )


def _add_outline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=_path, metavar="PATH", help="drafts, or - for standard input")
    parser.add_argument("--text", action="store_true", help="print the text as it is read, with line numbers")
    parser.add_argument("--language", metavar="CODE", help="language of the drafts (default: detected)")
    _add_kind(parser)
    _add_tracked_changes(parser)
    _add_text_or_json(parser)
    _add_common(parser)


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", type=_path, metavar="PATH", nargs="?", default=".", help="a draft or a folder (default: .)"
    )
    _add_text_or_json(parser)
    _add_settings(parser)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("codes", nargs="+", metavar="CODE", help="codes, names or families of rules")
    _add_text_or_json(parser)
    _add_common(parser)


def _add_rules(parser: argparse.ArgumentParser) -> None:
    _add_text_or_json(parser)
    _add_common(parser)


def _add_test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cards", nargs="+", metavar="RULES", type=_existing, help="rule folders or card files")


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record", type=_path, metavar="RECORD", help="a clearance record, or an envelope with one")
    parser.add_argument(
        "--root", type=_path, metavar="DIR", help="folder of the files in the record (default: that of the record)"
    )
    parser.add_argument("--message-language", metavar="CODE", help="language of the messages (en, fr)")


def _add_completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=["bash", "zsh", "fish"], metavar="SHELL", help="the shell: %(choices)s")


def _add_nothing(_: argparse.ArgumentParser) -> None:
    pass


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": ("check drafts", _add_check),
    "outline": ("show what was recognized in drafts", _add_outline),
    "explain": ("explain rules: reason, authority and examples", _add_explain),
    "rules": ("list all rules", _add_rules),
    "config": ("show the settings in force for a draft and where each is set", _add_config),
    "test": ("run the examples in rule cards", _add_test),
    "verify": ("compare a clearance record with the files, rules and settings as they are now", _add_verify),
    "plugins": ("list the installed plugins and what they provide", _add_nothing),
    "completion": ("print the script by which a shell completes commands and options", _add_completion),
}
"""The help and the arguments of each command."""


# -- the types of values --------------------------------------------------------------------------------------------


def _path(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("a path must not be empty")
    return text


def _existing(path: str) -> str:
    if not os.path.exists(path):
        raise argparse.ArgumentTypeError(f"no such file or folder: “{printable(path)}”")
    return path


def _output_file(text: str) -> OutputFile:
    try:
        return parse_output_file(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{printable(text)}”: {error}") from None


def _shard(text: str) -> Shard:
    from reportlint.runner.shards import parse_shard  # noqa: PLC0415 - few runs are divided

    try:
        return parse_shard(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{printable(text)}”: {error}") from None


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"“{printable(text)}” is not a number of processes (1 or more)")
    return int(text)


def _codes(text: str) -> list[str]:
    return text.replace(",", " ").split()
