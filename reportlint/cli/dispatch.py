"""Run the command that the arguments name, and turn whatever it raises into one line and an exit code."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from reportlint.cli.arguments import make_parser
from reportlint.cli.interrupts import (
    INTERRUPTED,
    consider_announced,
    die_when_interrupted,
    unwind_when_interrupted,
    was_interrupted,
)
from reportlint.cli.terminal import abandon_result, complain, prepare_streams, result_only, write
from reportlint.errors import ReportlintError, describe
from reportlint.files import is_inside, user_cache_folder
from reportlint.kept_code import kept_code


def run_command(arguments: Sequence[str] | None) -> int:
    """Run a command and return the exit code; see :func:`reportlint.cli.main.main`."""
    prepare_streams()
    given = make_parser(arguments).parse_args(arguments)
    whole_process = arguments is None
    with kept_code(_code_folder(given) if whole_process else None), result_only(whole_process=whole_process):
        try:
            return _run(given)
        finally:
            die_when_interrupted()


def _code_folder(given: Namespace) -> Path | None:
    """Return the user's cache folder, unless it is inside a folder to check, which others may have filled."""
    folder = user_cache_folder()
    values = vars(given)
    if values.get("files_from"):  # it may list such a folder
        return None
    checked = values.get("paths") or [values.get("path") or values.get("root") or os.curdir]
    if folder and not any(is_inside(str(folder), path) for path in checked):
        return folder
    return None


def _run(given: Namespace) -> int:
    try:
        command = import_module(f"reportlint.cli.{given.command}")
        unwind_when_interrupted()
        code, text = command.run(given)
        return write(text, code)
    except KeyboardInterrupt:
        return _interrupted()
    except ReportlintError as error:
        return complain(str(error))
    except BaseException as error:  # editors are never shown a traceback
        if was_interrupted():
            return _interrupted()
        return complain(f"internal error, please report it: {_describe_with_place(error)}")


def _interrupted() -> int:
    if was_interrupted():
        abandon_result()
    complain("interrupted")
    consider_announced()
    return INTERRUPTED


def _describe_with_place(error: BaseException) -> str:
    """Return an unforeseen error with its place in the program, for a bug report."""
    import traceback  # noqa: PLC0415

    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-1:]]
    return f"{describe(error)} ({', '.join(places)})"
