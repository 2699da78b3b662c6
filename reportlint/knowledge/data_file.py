"""Reading of rule data and configuration files, with a size limit."""

from __future__ import annotations

import os
import stat

from reportlint.errors import UnreadableInput, message

MAX_DATA = 10_000_000
"""The largest size in bytes of a file of rule data."""
MAX_CONFIGURATION = 1_000_000
"""The largest size in bytes of a configuration file."""
_MEGABYTE = 1_000_000


def read_limited(path: str | os.PathLike[str], limit: int = MAX_DATA) -> str:
    """Return the text of a file in UTF-8, without its byte order mark. ``limit`` is the largest size in bytes.

    Raises:
        UnreadableInput: the file cannot be opened, is a folder or a pipe, is too large, or is not in UTF-8.
    """
    try:
        mode = os.stat(path).st_mode
        # A folder is left to open(), which says what it is.
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise UnreadableInput(message("not a regular file"))
        with open(path, "rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise UnreadableInput(message("larger than {limit} MB", limit=f"{limit / _MEGABYTE:g}"))
        # As open() does for text files.
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise UnreadableInput(message("not UTF-8")) from None
    except MemoryError:
        raise UnreadableInput(message("not enough memory to read it")) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        raise UnreadableInput(message("{reason}", reason=getattr(error, "strerror", None) or str(error))) from None
