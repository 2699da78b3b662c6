"""Roman numerals, enumerating letters and numbers in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from reportlint.document.enumerators import letters, roman, roman_value

__all__ = ["alternation", "alternation_apart", "letters", "roman", "roman_value", "words_value"]


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, longer words first; nothing if there are no words.

    Words with the same first letter stand together behind it, so that the engine can skip them together.
    """
    return "|".join(f"{first}{_any_of(rests)}" for first, rests in _by_first_letter(words)) or "(?!)"


def alternation_apart(words: Iterable[str], before: str = r"\w") -> str:
    """Return a pattern that matches any of the words where no character of the class ``before`` precedes.

    The first letter comes before the lookbehind, so that the engine can skip to the letters that words begin with.
    """
    parts = ((first, _any_of(rests)) for first, rests in _by_first_letter(words))
    return "|".join(f"{first}(?<![{before}]{first}){rest}" for first, rest in parts) or "(?!)"


def _by_first_letter(words: Iterable[str]) -> Iterable[tuple[str, list[str]]]:
    """Return the first letters of words, each with the rests of its words, longer words first, escaped."""
    rests: dict[str, list[str]] = {}
    for word in sorted(sorted(words), key=len, reverse=True):
        rests.setdefault(_escaped(word[:1]), []).append(_escaped(word[1:]))
    return rests.items()


def _escaped(text: str) -> str:
    return text if text.isalnum() else re.escape(text)


def _any_of(patterns: Sequence[str]) -> str:
    return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"


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
