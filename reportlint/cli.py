"""Arguments in, exit code out; nothing else."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from reportlint import __version__
from reportlint.engine import Options, Rules, SetupError
from reportlint.finding import Severity, Stage
from reportlint.knowledge.yamlfile import DataError
from reportlint.runner import STANDARD_INPUT, check_paths, exit_code, make_rules

_DEFAULT_LANGUAGE = "en"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    given = _parser().parse_args(arguments)
    try:
        code: int = given.run(given)
        sys.stdout.flush()
    except (SetupError, DataError) as error:
        print(f"reportlint: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader (a pager, head) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("reportlint: interrupted", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reportlint", description="Finds what makes a United Nations report go back for correction."
    )
    parser.add_argument("--version", action="version", version=f"reportlint {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_check(commands.add_parser("check", help="check drafts"))
    _add_outline(commands.add_parser("outline", help="show what was understood of a draft"))
    _add_explain(commands.add_parser("explain", help="show the card of one rule"))
    _add_rules(commands.add_parser("rules", help="list all rules"))
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--message-language", metavar="CODE", help="language of the messages (en, fr)")


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; - for standard input; default .")
    parser.add_argument("--stage", choices=[stage.value for stage in Stage], default=Stage.REVIEW.value)
    parser.add_argument("--select", type=_codes, default=frozenset(), metavar="CODES", help="only these rules or families")
    parser.add_argument("--ignore", type=_codes, default=frozenset(), metavar="CODES", help="without these rules or families")
    parser.add_argument(
        "--fail-on", choices=[one.value for one in Severity], default=Severity.WARNING.value,
        help="the least severity that makes the exit code 1",
    )  # fmt: skip
    parser.add_argument("--language", metavar="CODE", help="language of the drafts (default: recognised)")
    parser.add_argument("--output-format", default="text", metavar="FORMAT", help="text, concise or json")
    parser.add_argument("--stdin-filename", default="<stdin>", metavar="NAME", help="what standard input is called")
    _add_common(parser)
    parser.set_defaults(run=_check)


def _codes(text: str) -> frozenset[str]:
    return frozenset(part for part in text.replace(",", " ").split() if part)


def _check(given: argparse.Namespace) -> int:
    machine = given.output_format != "text"
    options = Options(
        Stage(given.stage), given.select, given.ignore, given.language,
        given.message_language or (_DEFAULT_LANGUAGE if machine else _locale_language()),
    )  # fmt: skip
    rules = _make_rules(options, given.message_language is not None)
    reporter = rules.reporters.get(given.output_format)
    if reporter is None:
        raise SetupError(f"there is no output format “{given.output_format}” (there are {', '.join(rules.reporters)})")
    stdin = sys.stdin.buffer.read() if STANDARD_INPUT in given.paths else b""
    run = check_paths(given.paths, rules, stdin, given.stdin_filename)
    for note in run.notes:
        print(f"reportlint: {note}", file=sys.stderr)
    code = exit_code(run, Severity(given.fail_on))
    if code == 3:
        print("reportlint: no draft found (.md, .markdown, .txt)", file=sys.stderr)
    sys.stdout.write(reporter(run, colour=_colour(), width=_width()))
    return code


def _make_rules(options: Options, asked: bool) -> Rules:
    """The rules; the locale may be of a language that has no messages, and then they are in English."""
    try:
        return make_rules(options)
    except SetupError:
        if asked or options.message_language == _DEFAULT_LANGUAGE:
            raise
        return make_rules(
            Options(options.stage, options.select, options.ignore, options.language, _DEFAULT_LANGUAGE)
        )


def _locale_language() -> str:
    """The language of the terminal's locale, by the variables that say it."""
    if not sys.stdout.isatty():
        return _DEFAULT_LANGUAGE
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            code = value[:2].lower()
            return code if code.isalpha() and value[2:3] in ("_", ".", "") else _DEFAULT_LANGUAGE
    return _DEFAULT_LANGUAGE


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width() -> int:
    if not sys.stdout.isatty():
        return 80
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return 80


def _add_outline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH")
    parser.add_argument("--language", metavar="CODE", help="language of the draft (default: recognised)")
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    _add_common(parser)
    parser.set_defaults(run=_outline)


def _outline(given: argparse.Namespace) -> int:
    from reportlint.outline import outline  # noqa: PLC0415

    language = given.message_language or _locale_language()
    rules = _make_rules(Options(language=given.language, message_language=language), given.message_language is not None)
    stdin = sys.stdin.buffer.read() if given.path == STANDARD_INPUT else b""
    run = check_paths([given.path], rules, stdin)
    for file in run.files:
        if file.facts is None:
            why = file.findings[0].message if file.findings else file.state.value
            print(f"reportlint: {file.path}: {why}", file=sys.stderr)
            continue
        sys.stdout.write(outline(file, rules, given.output_format == "json"))
    return 0 if run.files and all(file.facts for file in run.files) else 2


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="code or name of a rule")
    _add_common(parser)
    parser.set_defaults(run=_explain)


def _explain(given: argparse.Namespace) -> int:
    from reportlint.explain import explain  # noqa: PLC0415

    language = given.message_language or _locale_language()
    rules = _make_rules(Options(message_language=language), given.message_language is not None)
    sys.stdout.write(explain(given.code, rules))
    return 0


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    _add_common(parser)
    parser.set_defaults(run=_rules)


def _rules(given: argparse.Namespace) -> int:
    from reportlint.explain import list_rules  # noqa: PLC0415

    language = given.message_language or _locale_language()
    rules = _make_rules(Options(message_language=language), given.message_language is not None)
    sys.stdout.write(list_rules(rules, given.output_format == "json"))
    return 0
