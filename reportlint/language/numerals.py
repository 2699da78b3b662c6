"""Numbers and ordinals, in figures and in words, alone and in lists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_FORM = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_TENS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman_value(text: str) -> int | None:
    """The value of a well-formed roman numeral, in capitals or small letters; ``None`` for anything else."""
    upper = text.upper()
    if not upper or not _ROMAN_FORM.fullmatch(upper):
        return None
    values = [_ROMAN[char] for char in upper]
    return sum(-value if value < max(values[i + 1 :], default=0) else value for i, value in enumerate(values))


def roman(value: int) -> str:
    """The roman numeral of a positive number, in capitals."""
    out = []
    for number, numeral in _TENS:
        count, value = divmod(value, number)
        out.append(numeral * count)
    return "".join(out)


def letters(value: int) -> str:
    """The enumerating letter of a positive number: 1 is "a", 27 is "aa"."""
    quotient, remainder = divmod(value - 1, 26)
    return chr(ord("a") + remainder) * (quotient + 1)


def alternation(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def words_value(text: str, values: Mapping[str, int], joiners: Collection[str] = ()) -> int | None:
    """The value of a number in words ("twenty-first" is 20 + 1, "deux cent unième" 2 × 100 + 1).

    ``values`` has lower-case words; ``joiners`` are words between two parts ("vingt et un"). The longest known part
    is taken first. ``None`` if a part is unknown.
    """
    rest = text.casefold().strip()
    total = 0
    while rest:
        known = max((word for word in values if rest.startswith(word)), key=len, default=None)
        if known is None:
            return None
        value = values[known]
        total = total * value if 0 < total < value and value == 100 else total + value
        rest = rest[len(known) :].lstrip(" -")
        joiner = next((word for word in joiners if rest.startswith(f"{word} ")), None)
        if joiner and total:
            rest = rest[len(joiner) :].lstrip()
    return total or None
