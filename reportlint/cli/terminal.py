"""The standard streams of a command, on a terminal, in a file or in a pipe, and the exit codes."""

from __future__ import annotations

import io
import os
import sys

from reportlint.errors import SetupError

DEFAULT_LANGUAGE = "en"
FAILED, NO_DRAFT, INTERRUPTED = 2, 3, 130

Result = tuple[int, str]
"""The exit code of a command, and its text for standard output."""


def prepare_streams() -> None:
    """Use UTF-8 for files and pipes. A terminal keeps its encoding, and shows "?" for what it cannot encode."""
    # A stream that the caller closed is None; print would then write errors to standard output.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")


def write(text: str, code: int) -> int:
    """Write the text to standard output and return the exit code, which a closed pager does not change."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            return complain(f"cannot write the result: {error.strerror}")
    return code


def complain(message: str) -> int:
    """Print a message on standard error and return the exit code of a failure."""
    print(f"reportlint: {message}", file=sys.stderr)
    return FAILED


def standard_input(wanted: bool) -> bytes:
    """Return the bytes of standard input, or nothing if it is not ``wanted``.

    Raises:
        SetupError: standard input is closed.
    """
    if not wanted:
        return b""
    if sys.stdin is None:
        raise SetupError("standard input is closed")
    return sys.stdin.buffer.read()


def locale_language() -> str:
    """Return the language code of the terminal's locale; the default language without a terminal."""
    if not sys.stdout.isatty():
        return DEFAULT_LANGUAGE
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            code = value[:2].lower()
            return code if code.isalpha() and value[2:3] in ("_", ".", "@", "") else DEFAULT_LANGUAGE
    return DEFAULT_LANGUAGE


def colour() -> bool:
    """Return whether standard output shows colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return the width of the terminal in columns; 80 without a terminal."""
    if not sys.stdout.isatty():
        return 80
    try:
        # A terminal that does not know its size reports 0.
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80
