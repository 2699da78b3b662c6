"""The capital letters of every alphabet, as the content of a set in a pattern."""

from __future__ import annotations

_END = 0x2000  # the capital letters after it are signs and letters of old alphabets; the set stays quick to compile
_BLOCK = 64


def _capital_letters() -> str:
    characters = "".join(map(chr, range(_END)))
    blocks = (characters[start : start + _BLOCK] for start in range(0, _END, _BLOCK))
    runs = "".join(map(_only_capitals, blocks)).split()
    return "".join(run if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _only_capitals(block: str) -> str:
    """Return the capital letters of a block of characters, with spaces where there are others."""
    if f"{block}a".islower():  # there are none, as in most alphabets
        return " "
    return "".join([letter if letter.isupper() else " " for letter in block])


UPPER = _capital_letters()
"""All capital letters, for use between square brackets: ``[{UPPER}]``."""
