"""Unified diffs that ``patch -p1`` and ``git apply`` accept."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import unified_diff as diff_lines
from pathlib import PurePath

_NO_END = "\\ No newline at end of file\n"
_QUOTED = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def unified_diff(path: str, before: bytes, after: bytes) -> str:
    """Return the diff between two versions of a file; empty if they are equal.

    Lines end at ``\\n`` only, as ``patch`` has it; all else, such as a byte order mark or ``\\r``, is part of a line.

    Raises:
        UnicodeDecodeError: the file is not in UTF-8.
    """
    old, new = (_lines(data.decode()) for data in (before, after))
    name = _relative(path)
    lines = diff_lines(old, new, _header(f"a/{name}"), _header(f"b/{name}"))
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines)


def _lines(text: str) -> list[str]:
    return [*_split(text)]


def _split(text: str) -> Iterator[str]:
    parts = text.split("\n")
    yield from (f"{part}\n" for part in parts[:-1])
    if parts[-1]:
        yield parts[-1]


def _relative(path: str) -> str:
    """Return the path from the current folder; a path outside it from the root, without its first slash.

    ``patch`` and ``git apply`` change no file through a link, so the path is that of the file itself.
    """
    pure = PurePath(os.path.realpath(path))
    if pure.is_relative_to(os.getcwd()):
        pure = pure.relative_to(os.getcwd())
    return pure.as_posix().lstrip("/")


def _header(name: str) -> str:
    """Return a name for the head of a diff. A tab ends a name with a space; other unusual names are quoted, as in C."""
    if _QUOTED.search(name):
        return '"' + _QUOTED.sub(lambda match: _ESCAPES.get(match.group(), f"\\{ord(match.group()):03o}"), name) + '"'
    return f"{name}\t" if " " in name else name
