"""Edits at a random place of a text, from which mutations are made."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random


def random_span(rng: Random, length: int, most: int) -> tuple[int, int]:
    """Return the start and the end of a range of at most ``most`` units."""
    start = rng.randint(0, max(length - 1, 0))
    return start, min(length, start + rng.randint(1, most))


def random_place(rng: Random, text: str) -> int:
    """Return an offset in a text."""
    return rng.randint(0, len(text))


def insert(rng: Random, text: str, new: str) -> str:
    """Insert text anywhere."""
    at = random_place(rng, text)
    return text[:at] + new + text[at:]


def insert_at_word(rng: Random, text: str, new: str) -> str:
    """Insert text between two words, so that it is read as words."""
    at = text.find(" ", random_place(rng, text)) + 1
    return f"{text[:at]}{new} {text[at:]}"


def replace_one(rng: Random, pattern: re.Pattern[str], text: str, new: Callable[[re.Match[str]], str]) -> str:
    """Replace a match near a random place."""
    match = pattern.search(text, random_place(rng, text)) or pattern.search(text)
    return text[: match.start()] + new(match) + text[match.end() :] if match else text


def insert_line(rng: Random, text: str, line: str) -> str:
    """Insert a line between two lines."""
    at = text.find("\n", random_place(rng, text)) + 1
    return f"{text[:at]}{line}\n{text[at:]}"
