"""Reduction of a failing draft to a small one that fails in the same way."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

_SECONDS = 40.0


def minimised(data: bytes, fails: Callable[[bytes], bool], seconds: float = _SECONDS) -> bytes:
    """Return a part of ``data`` that still fails: whole lines are removed first, then single characters.

    It stops after some seconds, with the smallest draft so far.
    """
    deadline = time.monotonic() + seconds
    lines = _reduced(data.splitlines(keepends=True), lambda parts: fails(b"".join(parts)), deadline)
    data = b"".join(lines)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        units = [bytes([value]) for value in data]
    else:
        units = [character.encode() for character in text]
    return b"".join(_reduced(units, lambda parts: fails(b"".join(parts)), deadline))


def _reduced(units: list[bytes], fails: Callable[[Sequence[bytes]], bool], deadline: float) -> list[bytes]:
    """Remove ever smaller runs of units as long as the rest fails (delta debugging)."""
    size = max(1, len(units) // 2)
    while size:
        start, removed = 0, False
        while start < len(units):
            if time.monotonic() > deadline:
                return units
            rest = units[:start] + units[start + size :]
            if fails(rest):
                units, removed = rest, True
            else:
                start += size
        if not removed or size > 1:
            size //= 2
    return units
