"""Roman numerals, enumerating letters and numbers in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from reportlint.document.enumerators import letters, roman, roman_value

__all__ = ["alternation", "alternation_apart", "letters", "roman", "roman_value", "words_value"]


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, longer words first; nothing if there are no words."""
    return "|".join(word if word.isalnum() else re.escape(word) for word in _long_ones_first(words)) or "(?!)"


def alternation_apart(words: Iterable[str], before: str = r"\w") -> str:
    """Return a pattern that matches any of the words where no character of the class ``before`` precedes.

    The first letter comes before the lookbehind, so that the engine can skip to the letters that words begin with.
    Words with the same first letter share both.
    """
    rests: dict[str, list[str]] = {}
    for word in _long_ones_first(words):
        rests.setdefault(re.escape(word[0]), []).append(re.escape(word[1:]))
    parts = ((first, "|".join(ends)) for first, ends in rests.items())
    return "|".join(f"{first}(?<![{before}]{first})(?:{rest})" for first, rest in parts) or "(?!)"


def _long_ones_first(words: Iterable[str]) -> list[str]:
    return sorted(sorted(words), key=len, reverse=True)


def words_value(text: str, values: Mapping[str, int], joiners: Collection[str] = ()) -> int | None:
    """Return the value of a number in words: "twenty-first" is 20 + 1.

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
