"""The line that opens the text of a decision or resolution."""

from __future__ import annotations

from reportlint.language.lexicon import Lexicon

_LONGEST = 120  # characters of a line


def opens_decision(line: str, lexicon: Lexicon) -> bool:
    """Return whether a line consists of the organ that adopts the text, with a comma: "The General Assembly,"."""
    line = line.strip()
    return len(line) <= _LONGEST and line.endswith(",") and bool(lexicon.phrases("decision_opening").search(line))
