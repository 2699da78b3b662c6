"""The standard streams of a command, on a terminal, in a file or in a pipe, and the exit codes.

Standard output holds the result only. Plugins may print to ``sys.stdout``, replace it or close it, so the result and
the messages are written to streams of their own.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from typing import BinaryIO, TextIO

from reportlint.errors import SetupError

DEFAULT_LANGUAGE = "en"
FAILED, NOT_CHECKED = 2, 3

Result = tuple[int, str]
"""The exit code of a command, and its text for standard output."""


class _Streams:
    """The streams for the result and the messages; ``None``: those of ``sys``."""

    result: TextIO | None = None
    messages: TextIO | None = None


def result_stream() -> TextIO:
    """Return the stream for the result of the command: standard output."""
    return _Streams.result or sys.stdout


def message_stream() -> TextIO:
    """Return the stream for everything else: standard error."""
    return _Streams.messages or sys.stderr


def prepare_streams() -> None:
    """Use UTF-8 for files and pipes. A terminal keeps its encoding, and shows "?" for what it cannot encode."""
    # A stream that the caller closed is None; print would then write errors to standard output.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")


@contextmanager
def result_only(*, whole_process: bool) -> Iterator[None]:
    """Keep standard output for the result: what plugins print goes to standard error.

    ``whole_process``: so does what child processes print, and what plugins print until the process ends.
    """
    result, messages = sys.stdout, sys.stderr
    if whole_process:
        with suppress(OSError, ValueError, AttributeError):  # streams without a file
            result, messages = _copy(sys.stdout), _copy(sys.stderr)
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    _Streams.result, _Streams.messages = result, messages
    try:
        with redirect_stdout(sys.stderr if result is sys.stdout else sys.stdout):
            yield
    finally:
        if not whole_process:
            _Streams.result = _Streams.messages = None


def _copy(stream: TextIO) -> TextIO:
    """Return another stream to the same file, with the same encoding, which stays open if the first one is closed."""
    stream.flush()
    file = os.dup(stream.fileno())
    return open(file, "w", buffering=1, encoding=stream.encoding, errors="replace", newline="\n")


def write(text: Iterable[str], code: int) -> int:
    """Write the text to standard output and return the exit code, which a closed pager does not change."""
    try:
        result_stream().writelines([text] if isinstance(text, str) else text)
        result_stream().flush()
    except OSError as error:
        abandon_result()
        if not isinstance(error, BrokenPipeError):
            return complain(f"cannot write the result: {error.strerror}")
    return code


def write_bytes(data: bytes, code: int) -> int:
    """Write bytes to standard output, as ``write`` does a text."""
    stream = result_stream()
    if not isinstance(stream, io.TextIOWrapper):
        return write(data.decode("utf-8", "replace"), code)
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    except OSError as error:
        abandon_result()
        if not isinstance(error, BrokenPipeError):
            return complain(f"cannot write the result: {error.strerror}")
    return code


def abandon_result() -> None:
    """Discard what is still to be written to standard output, which may not accept it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), result_stream().fileno())


def printable(text: str) -> str:
    """Return a path or a line of a message as :func:`~reportlint.reporters.layout.printable_path` does."""
    from reportlint.reporters.layout import printable_path  # noqa: PLC0415 - a start without mistakes need not load it

    return printable_path(text)


def complain(message: str) -> int:
    """Print a message on standard error and return the exit code of a failure.

    The message may contain names of files, so each of its lines is made safe for a terminal and a log.
    """
    lines = "\n".join(map(printable, message.split("\n")))
    with suppress(OSError, ValueError):
        print(f"reportlint: {lines}", file=message_stream())
    return FAILED


def complain_of_plugins(broken: Sequence[str]) -> int:
    """Name the broken plugins on standard error; return the exit code of a result that may lack what they provide."""
    for description in broken:
        complain(printable(description))
    return FAILED if broken else 0


def standard_input(wanted: bool) -> BinaryIO | None:
    """Return standard input as a stream of bytes; ``None`` if it is not ``wanted``.

    Raises:
        SetupError: standard input is closed.
    """
    if not wanted:
        return None
    if sys.stdin is None:
        raise SetupError("standard input is closed")
    return sys.stdin.buffer


def locale_language() -> str:
    """Return the language code of the terminal's locale; the default language without a terminal."""
    if not result_stream().isatty():
        return DEFAULT_LANGUAGE
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            code = value[:2].lower()
            return code if code.isalpha() and value[2:3] in ("_", ".", "@", "") else DEFAULT_LANGUAGE
    return DEFAULT_LANGUAGE


def links() -> bool:
    """Return whether standard output shows links: on a terminal, unless it is known not to understand them."""
    return result_stream().isatty() and os.environ.get("TERM", "dumb") not in ("dumb", "linux")


def colour(choice: str = "auto") -> bool:
    """Return whether standard output shows colours; ``choice`` is "always", "never" or "auto"."""
    if choice != "auto":
        return choice == "always"
    return result_stream().isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return the width of the terminal in columns; 80 without a terminal."""
    if not result_stream().isatty():
        return 80
    try:
        # A terminal that does not know its size reports 0.
        return os.get_terminal_size(result_stream().fileno()).columns or 80
    except OSError:
        return 80
