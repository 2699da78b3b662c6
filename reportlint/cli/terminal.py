"""The streams of a command: what it says on a terminal, in a file or a pipe."""

from __future__ import annotations

import io
import os
import sys

from reportlint.errors import SetupError

DEFAULT_LANGUAGE = "en"
FAILED, NO_DRAFT, INTERRUPTED = 2, 3, 130  # exit codes


def prepare_streams() -> None:
    """UTF-8 for files and pipes; a terminal keeps its own encoding, and shows "?" for what it does not have."""
    # A stream that the caller closed is None; print would send errors to standard output in its stead.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")


def write(text: str, code: int) -> int:
    """Write the result; the exit code is about the drafts even if a pager has seen enough of the text."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            return complain(f"the result cannot be written: {error.strerror}")
    return code


def complain(message: str) -> int:
    """Say on standard error that something is wrong; returns the exit code for it."""
    print(f"reportlint: {message}", file=sys.stderr)
    return FAILED


def standard_input(wanted: bool) -> bytes:
    """What comes on standard input; nothing if it is not wanted.

    Raises:
        SetupError: it is closed.
    """
    if not wanted:
        return b""
    if sys.stdin is None:
        raise SetupError("standard input is closed")
    return sys.stdin.buffer.read()


def locale_language() -> str:
    """The language of the terminal's locale, by the variables that say it."""
    if not sys.stdout.isatty():
        return DEFAULT_LANGUAGE
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            code = value[:2].lower()
            return code if code.isalpha() and value[2:3] in ("_", ".", "@", "") else DEFAULT_LANGUAGE
    return DEFAULT_LANGUAGE


def colour() -> bool:
    """Whether the result is shown in colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The columns of the terminal that shows the result; 80 where none does."""
    if not sys.stdout.isatty():
        return 80
    try:
        # A terminal that does not know its size says 0.
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80
