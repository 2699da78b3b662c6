"""Rule data and configuration files: their text, read with a size limit, and their values with places."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportlint.errors import Mistake, UnreadableInput, message

Keys = tuple[str | int, ...]
"""The path of keys and indexes to a value."""
Place = tuple[int, int]
"""A line and a column (1-based)."""

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


class PlaceTree(NamedTuple):
    """The place of a value, the places of its keys if it is a mapping, and the spots of its parts."""

    place: Place
    parts: Mapping[str | int, PlaceTree] | Sequence[PlaceTree] = ()
    keys: Mapping[str, Place] = {}


_START = PlaceTree((1, 1))


@dataclass
class DataFile:
    """A parsed file: plain values, as in JSON, and their places. ``lines`` is the number of lines."""

    path: str
    value: Any = None
    spot: PlaceTree = _START
    mistakes: list[Mistake] = field(default_factory=list)
    lines: int = 0

    def at(self, keys: Keys) -> Any:
        """Return the value at a path of keys; ``None`` if there is none."""
        value = self.value
        for key in keys:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def _spot(self, keys: Keys) -> PlaceTree | None:
        spot = self.spot
        for key in keys:
            try:
                spot = spot.parts[key]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                return None
        return spot

    def place(self, keys: Keys) -> Place:
        """Return the place of a value, or of the nearest parent whose place is known."""
        while keys:
            if spot := self._spot(keys):
                return spot.place
            keys = keys[:-1]
        return self.spot.place

    def key_place(self, keys: Keys) -> Place:
        """Return the place of the last of ``keys`` itself if it is known; otherwise, of its value."""
        above = self._spot(keys[:-1]) if keys else None
        known = above.keys.get(str(keys[-1])) if above else None
        return known or self.place(keys)

    def line(self, keys: Keys) -> str:
        """Return the ``file:line`` of a value."""
        return f"{self.path}:{self.place(keys)[0]}"

    def mistake(self, keys: Keys, message: str) -> Mistake:
        """Return a mistake in a value."""
        return Mistake(self.path, *self.place(keys), message)

    def key_mistake(self, keys: Keys, message: str) -> Mistake:
        """Return a mistake in a key."""
        return Mistake(self.path, *self.key_place(keys), message)
