"""``--files-from``: the paths to check, read from a file or from standard input."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from reportlint.errors import SetupError
from reportlint.reporters.layout import printable_path
from reportlint.runner.inputs import STANDARD_INPUT

_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_path_list(name: str, stdin: BinaryIO | None) -> list[str]:
    """Return the paths in a list: one a line, or separated by NUL if the list contains NUL. Empty ones are left out.

    ``name`` is the file that holds the list; "-" stands for ``stdin``.

    Raises:
        SetupError: the list cannot be read, is in UTF-16, or names standard input.
    """
    try:
        data = stdin.read() if stdin else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SetupError(f"--files-from: {printable_path(name)} cannot be read: {reason}") from None
    if data.startswith(_UTF_16_MARKS):
        raise SetupError(f"--files-from: {printable_path(name)} is in UTF-16; save it in UTF-8")
    data = data.removeprefix(_UTF_8_MARK)
    paths = data.split(b"\0") if b"\0" in data else [line.removesuffix(b"\r") for line in data.split(b"\n")]
    for number, path in enumerate(paths, 1):
        if path == STANDARD_INPUT.encode():
            raise SetupError(f"--files-from: {printable_path(name)}:{number}: a list cannot name standard input")
    return [os.fsdecode(path) for path in paths if path]
