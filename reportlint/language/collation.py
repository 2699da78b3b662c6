"""Alphabetical order of names, letter by letter and word by word."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1024)
def words_key(name: str) -> tuple[str, ...]:
    """Return a key that sorts word by word: "Republic of Korea" before "Republican …"."""
    plain = "".join(
        char if char.isalnum() else " "
        for char in unicodedata.normalize("NFD", name.casefold())
        if not unicodedata.combining(char)
    )
    return tuple(plain.split())


def letters_key(name: str) -> str:
    """Return a key that sorts letter by letter, ignoring accents, case, spaces, hyphens and apostrophes.

    Authority: the practice of the Organization's lists of States, in the language of the version.
    """
    return "".join(words_key(name))
