"""Read files and streams up to a size limit, and nothing that may block or never end."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

from reportlint.config.options import MEGABYTE
from reportlint.errors import Message, UnreadableInput, message, system_message

_CHUNK = 1_000_000
_NO_MEMORY = message("not enough memory to read it")
# A shell writes standard input and "<(command)" in this way. These may be pipes, which end like files.
_STREAM_NAME = re.compile(r"/dev/stdin|(?:/dev|/proc/self)/fd/\d+")


def read_file(file: str | Path, limit: int) -> bytes:
    """Return the bytes of a file. ``limit`` is the largest size in bytes.

    Pipes, sockets and devices are not opened, because reading them may block or never end; except ``/dev/stdin`` and
    ``/dev/fd/…``, which the user's shell provides.

    Raises:
        UnreadableInput: the file is missing, too large, not a regular file, or cannot be opened or read.
    """
    if "\0" in str(file):
        raise UnreadableInput(message("a file name cannot contain the character NUL"))
    try:
        status = os.stat(file)
        is_stream = _STREAM_NAME.fullmatch(str(file)) is not None and not stat.S_ISDIR(status.st_mode)
        if not is_stream:
            _verify(status, limit)
        # Without O_NONBLOCK, opening a pipe that has replaced the file since then would block.
        flags = 0 if is_stream else getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0) | flags)
        with open(descriptor, "rb") as stream:
            if not is_stream:
                _verify(os.fstat(descriptor), limit)
            return read_stream(stream, limit)
    except (OSError, ValueError) as error:
        raise UnreadableInput(reason_of(error)) from None


def read_stream(stream: BinaryIO, limit: int) -> bytes:
    """Return the rest of a stream. ``limit`` is the largest size in bytes; at most one byte more is read.

    Raises:
        UnreadableInput: the stream has more bytes, or cannot be read.
    """
    data = bytearray()
    try:
        while len(data) <= limit:
            chunk = stream.read(min(_CHUNK, limit + 1 - len(data)))
            if not chunk:
                return bytes(data)
            data += chunk
    except MemoryError:
        raise UnreadableInput(_NO_MEMORY) from None
    except (OSError, ValueError) as error:
        raise UnreadableInput(reason_of(error)) from None
    raise UnreadableInput(too_large(limit))


def reason_of(error: OSError | ValueError) -> Message:
    """Return the reason that the operating system gives for a file or folder that cannot be opened."""
    return system_message(error)


def too_large(limit: int) -> Message:
    """Return the reason for an input that has more than ``limit`` bytes."""
    return message("larger than {limit} MB (setting “max-size”)", limit=f"{limit / MEGABYTE:g}")


def _verify(status: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableInput(message("not a regular file"))
    if status.st_size > limit:
        raise UnreadableInput(too_large(limit))
