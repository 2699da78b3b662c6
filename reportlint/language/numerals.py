"""Roman numerals, enumerating letters and numbers in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_FORM = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_NUMERALS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman_value(text: str) -> int | None:
    """Return the value of a well-formed roman numeral in either case; ``None`` for any other text."""
    upper = text.upper()
    if not upper or not _ROMAN_FORM.fullmatch(upper):
        return None
    values = [_ROMAN_DIGITS[char] for char in upper]
    return sum(-value if value < max(values[i + 1 :], default=0) else value for i, value in enumerate(values))


def roman(value: int) -> str:
    """Return the roman numeral of a positive number, in capitals."""
    numerals = []
    for number, numeral in _NUMERALS:
        count, value = divmod(value, number)
        numerals.append(numeral * count)
    return "".join(numerals)


def letters(value: int) -> str:
    """Return the enumerating letters of a positive number: 1 gives "a", 27 gives "aa"."""
    quotient, remainder = divmod(value - 1, 26)
    return chr(ord("a") + remainder) * (quotient + 1)


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, longer words first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def words_value(text: str, values: Mapping[str, int], joiners: Collection[str] = ()) -> int | None:
    """Return the value of a number in words: "twenty-first" is 20 + 1, "deux cent unième" is 2 × 100 + 1.

    ``values`` maps lower-case words to numbers; ``joiners`` are words between two parts ("vingt et un"). At each place
    the longest known word is read. Return ``None`` if a part is unknown.
    """
    rest = text.casefold().strip()
    total = 0
    while rest:
        part = max((word for word in values if rest.startswith(word)), key=len, default=None)
        if part is None:
            return None
        value = values[part]
        total = total * value if 0 < total < value and value == 100 else total + value
        rest = rest[len(part) :].lstrip(" -")
        joiner = next((word for word in joiners if rest.startswith(f"{word} ")), None)
        if joiner and total:
            rest = rest[len(joiner) :].lstrip()
    return total or None
