"""Vary a draft: the order of its paragraphs, the States that it names, and the numbers and years in its text.

Copies of a few drafts would flatter a program that remembers what it has read. The structure of the draft stays: its
labels, headings and lists, and the lengths of its numbers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

_STATES = Path(__file__).resolve().parent.parent / "rules" / "registers" / "states.csv"
_PARAGRAPH = re.compile(r"((?:\*\*)?\d+\.(?:\*\*)?\s+)(\S.*[^:\s])\n?")
_NUMBER = re.compile(r"(?<![\w./\-–(\[^])\d{2,3}(?![\w./\-–)\]%])")
_YEAR = re.compile(r"(?<![\w./-])(?:19|20)\d\d(?![\w./-])")
_LAST_DAY = 28
_SHORTEST_NAME = 4


def variation(language: str, seed: str) -> Callable[[str], str]:
    """Return a function that returns a different variant of a draft each time; the same ones for the same seed."""
    random = Random(seed)
    names = _state_names(language)

    def vary(draft: str) -> str:
        return _other_values(_other_names(_other_order(draft, random), names, random), random)

    return vary


def _other_order(draft: str, random: Random) -> str:
    """Return a draft in which the words of adjacent paragraphs have changed places. Their numbers stay."""
    lines = draft.splitlines(keepends=True)
    run: list[int] = []
    for index in range(len(lines) + 1):
        if index < len(lines) and _PARAGRAPH.fullmatch(lines[index]) and _is_alone(lines, index):
            run.append(index)
        elif index == len(lines) or lines[index].strip():
            _shuffle(lines, run, random)
            run = []
    return "".join(lines)


def _is_alone(lines: Sequence[str], index: int) -> bool:
    return not any(line.strip() for line in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]))


def _shuffle(lines: list[str], run: Sequence[int], random: Random) -> None:
    matches = [match for index in run if (match := _PARAGRAPH.fullmatch(lines[index]))]
    words = [match[2] for match in matches]
    random.shuffle(words)
    for index, match, text in zip(run, matches, words, strict=True):
        lines[index] = f"{match[1]}{text}\n"


@lru_cache(maxsize=8)
def _state_names(language: str) -> tuple[str, ...]:
    with _STATES.open(encoding="utf-8", newline="") as file:
        rows = (row[f"{language}_short"] for row in csv.DictReader(file))
        return tuple(name for name in rows if name.isalpha() and len(name) >= _SHORTEST_NAME)


def _other_names(draft: str, names: Sequence[str], random: Random) -> str:
    """Return a draft with every name of a State replaced, the same name by the same."""
    exchanged = dict(zip(names, random.sample(names, len(names)), strict=True))
    return re.sub(r"[^\W\d_]+", lambda match: exchanged.get(match.group(), match.group()), draft)


def _other_values(draft: str, random: Random) -> str:
    """Return a draft with other numbers of two and three digits, which stay days if they may be, and other years."""
    years = random.randint(-9, 0)

    def number(match: re.Match[str]) -> str:
        value = int(match.group())
        if value <= _LAST_DAY + 3:
            return str(random.randint(10, _LAST_DAY))
        return str(random.randint(40, 99) if value < 100 else random.randint(100, 999))

    varied = _NUMBER.sub(number, draft)
    return _YEAR.sub(lambda match: str(int(match.group()) + years), varied)
