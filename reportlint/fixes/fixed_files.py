"""Write fixed files, unless they have changed since they were read."""

from __future__ import annotations

import os
from collections.abc import Mapping

from reportlint.errors import SetupError
from reportlint.files import write_bytes


class UnwritableFix(SetupError):
    """A file cannot be fixed: it has changed since it was read, or cannot be written."""


def write_fixed(read: Mapping[str, bytes], fixed: Mapping[str, bytes]) -> None:
    """Write the fixed files of one draft. If one of its files has changed, none is written.

    Permissions and links are kept, and nothing is left beside a file. A file that has its new bytes already, as under
    another name, is not written.

    Args:
        read: the bytes of every file of the draft when it was read, by path.
        fixed: the new bytes of the files to write, by path.

    Raises:
        UnwritableFix: a file has changed or is gone, or one cannot be written.
    """
    waiting = dict(fixed)
    for path, data in read.items():
        try:
            with open(path, "rb") as file:
                current = file.read()
        except OSError as error:
            raise UnwritableFix(f"{path} was not fixed: {error.strerror}") from None
        if current == waiting.get(path):
            del waiting[path]
        elif current != data:
            raise UnwritableFix(f"{path} was not fixed: it has changed since it was read")
    for path in waiting:
        if not os.access(path, os.W_OK):
            raise UnwritableFix(f"{path} was not fixed: Permission denied")
    for path, data in waiting.items():
        try:
            write_bytes(path, data)
        except SetupError as error:
            raise UnwritableFix(str(error)) from None
