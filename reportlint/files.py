"""Atomic file writing."""

from __future__ import annotations

import os
from contextlib import suppress

from reportlint.errors import SetupError


def write_text(path: str, text: str) -> None:
    """Write ``text`` to a file as UTF-8, creating missing folders. If writing fails, the file is left unchanged.

    Raises:
        SetupError: the file cannot be written.
    """
    target = os.path.realpath(path)
    temporary = f"{target}.{os.getpid()}.tmp"
    # Terminals and pipes are written to directly, never replaced. They are opened by the path given: the resolved
    # path of a pipe may not exist.
    is_special = os.path.exists(path) and not os.path.isfile(path)
    try:
        if not is_special:
            os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(path if is_special else temporary, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
        if not is_special:
            os.replace(temporary, target)
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            os.unlink(temporary)
