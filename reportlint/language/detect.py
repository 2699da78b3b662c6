"""Language detection."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 12_000  # characters read at the beginning and in the middle of a long text
_ENOUGH = 0.06  # least share of the words that must be frequent words of the language
_LEAD = 1.5  # least ratio of the best share to the second best


def detect_language(text: str, frequent: Mapping[str, Iterable[str]]) -> str | None:
    """Return the code of the language whose frequent words occur most in ``text``; ``None`` if no language stands out.

    ``frequent`` maps each language code to lower-case words that are frequent in it and rare in related languages.
    """
    middle = max(0, len(text) // 2 - _SAMPLE // 2)
    sample = text if len(text) <= 2 * _SAMPLE else f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]}"
    counts: dict[str, int] = {}
    for written, times in Counter(sample.split()).items():  # each different part is read once
        part = written.casefold()
        for word in (part,) if part.isalpha() else _WORD.findall(part):
            counts[word] = counts.get(word, 0) + times
    if not counts:
        return None
    total = sum(counts.values())
    scores = sorted(
        ((sum(counts.get(word, 0) for word in set(typical)) / total, code) for code, typical in frequent.items()),
        reverse=True,
    )
    best, code = scores[0]
    second = scores[1][0] if len(scores) > 1 else 0.0
    return code if best >= _ENOUGH and best >= _LEAD * second else None
