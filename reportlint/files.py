"""Writing a file: the whole of it or nothing."""

from __future__ import annotations

import os
from contextlib import suppress

from reportlint.errors import SetupError


def write_text(path: str, text: str) -> None:
    """Write a text as UTF-8 to a file, which is as it was if that fails. Folders that are not there are made.

    Raises:
        SetupError: it cannot be written.
    """
    place = os.path.realpath(path)
    beside = f"{place}.{os.getpid()}.tmp"
    # What is no file, such as a terminal or a pipe, is written to and never replaced; a pipe may have no other name.
    is_other = os.path.exists(path) and not os.path.isfile(path)
    try:
        if not is_other:
            os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(path if is_other else beside, "w", encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.write(text)
        if not is_other:
            os.replace(beside, place)
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            os.unlink(beside)
