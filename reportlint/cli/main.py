"""The entry point: arguments in, exit code out."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from reportlint.cli.arguments import make_parser
from reportlint.cli.terminal import INTERRUPTED, complain, prepare_streams, write
from reportlint.errors import ReportlintError, describe


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    prepare_streams()
    given = make_parser().parse_args(arguments)
    try:
        command = import_module(f"reportlint.cli.{given.command}")
        code, text = command.run(given)
    except ReportlintError as error:
        return complain(str(error))
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except (Exception, SystemExit) as error:  # editors are never shown a traceback
        return complain(f"internal error, please report it: {_describe_with_place(error)}")
    return write(text, code)


def _describe_with_place(error: BaseException) -> str:
    """Return an unforeseen error with its place in the program, for a bug report."""
    import traceback  # noqa: PLC0415

    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-1:]]
    return f"{describe(error)} ({', '.join(places)})"
