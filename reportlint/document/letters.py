"""The capital letters of every alphabet, as the content of a set in a pattern."""

from __future__ import annotations

from itertools import groupby

_END = 0x2000  # the capital letters after it are signs and letters of old alphabets; the set stays quick to compile


def _capital_letters() -> str:
    capitals = map(ord, filter(str.isupper, map(chr, range(_END))))
    runs = [
        [point for _, point in run]
        for _, run in groupby(enumerate(capitals), key=lambda numbered: numbered[1] - numbered[0])
    ]
    return "".join(chr(run[0]) if len(run) == 1 else f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


UPPER = _capital_letters()
"""All capital letters, for use between square brackets: ``[{UPPER}]``."""
