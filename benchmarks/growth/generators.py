"""The type of the generators of growing drafts, and the helpers that they share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

MARKDOWN, TEXT = ".md", ".txt"
WORDS = "the Committee took note of the report of the Group on the lamps of the harbour "
_HEADS = {
    "en": "A/80/12\n\nDistr.: General\n\n# Report of the Committee on Harbour Safety on its third session\n\n",
    "fr": "A/80/12\n\nDistr. générale\n\n# Rapport du Comité de la sûreté portuaire sur sa troisième session\n\n",
}
_HASHES = re.compile(r"(?m)^#+ ")


class Generator(NamedTuple):
    """Makes drafts of any length in one format and language.

    ``make`` returns the body of a draft for a number of repetitions; a larger number gives a longer body.
    """

    name: str
    make: Callable[[int], str]
    suffix: str
    language: str

    def draft(self, count: int) -> str:
        """Return the draft for a number of repetitions."""
        text = _HEADS[self.language] + self.make(count) + "\n"
        return _HASHES.sub("", text) if self.suffix == TEXT else text

    def sized(self, size: int) -> str:
        """Return the shortest draft of at least ``size`` bytes in UTF-8, or one that is little longer."""
        low, high = 0, 1
        while self._length(high) < size:
            low, high = high, high * 2
        while high - low > max(1, high // 50):
            middle = (low + high) // 2
            low, high = (low, middle) if self._length(middle) >= size else (middle, high)
        return self.draft(high)

    def _length(self, count: int) -> int:
        return len(self.draft(count).encode())


GENERATORS: dict[str, Generator] = {}
"""All generators by name, such as "nested quotes.md"."""


def grows(*suffixes: str, language: str = "en") -> Callable[[Callable[[int], str]], Callable[[int], str]]:
    """Register a function as a generator, in these formats; in both if none is given."""

    def register(make: Callable[[int], str]) -> Callable[[int], str]:
        for suffix in suffixes or (MARKDOWN, TEXT):
            name = make.__name__.replace("_", " ") + suffix
            assert name not in GENERATORS, name
            GENERATORS[name] = Generator(name, make, suffix, language)
        return make

    return register


def paragraphs(count: int, text: Callable[[int], str] | str) -> str:
    """Return numbered paragraphs; ``text`` is that of each, or returns it for the number of the paragraph."""
    return "".join(f"{n}. {text if isinstance(text, str) else text(n)}\n\n" for n in range(1, count + 1))


def letters(number: int, width: int = 4) -> str:
    """Return a different sequence of capital letters for each number."""
    text = ""
    for _ in range(width):
        number, letter = divmod(number, 26)
        text = chr(ord("A") + letter) + text
    return text


def ordinal(number: int) -> str:
    """Return an English ordinal number in figures."""
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def roman(number: int) -> str:
    """Return a positive number as a roman numeral."""
    text = ""
    for value, numeral in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        times, number = divmod(number, value)
        text += numeral * times
    return text
