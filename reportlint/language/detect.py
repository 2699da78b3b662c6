"""Which of the known languages a text is written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 60_000
_ENOUGH = 0.06
_LEAD = 1.5


def detect_language(text: str, frequent: Mapping[str, Iterable[str]]) -> str | None:
    """The code of the language whose frequent words make up most of the text; ``None`` when none clearly does.

    ``frequent`` maps a language to words that are frequent in it and rare in its neighbours.
    """
    middle = max(0, len(text) // 2 - _SAMPLE // 2)
    sample = text if len(text) <= 2 * _SAMPLE else f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]}"
    words = _WORD.findall(sample.casefold())
    if not words:
        return None
    counts = Counter(words)
    scores = sorted(
        ((sum(counts[word] for word in set(known)) / len(words), code) for code, known in frequent.items()),
        reverse=True,
    )
    best, code = scores[0]
    second = scores[1][0] if len(scores) > 1 else 0.0
    return code if best >= _ENOUGH and best >= _LEAD * second else None
