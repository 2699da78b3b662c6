"""The place named before the dates of an event."""

from __future__ import annotations

import re
from functools import lru_cache

from reportlint.document.letters import UPPER
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention

_PLACE = rf"[{UPPER}][\w'’.-]*(?:\s[{UPPER}][\w'’-]*){{0,3}}"


def place_in(words: Mention, lexicon: Lexicon) -> Mention | None:
    """Return the place that the words before dates end with or consist of."""
    passage, start, end = words
    line = _place_line(lexicon).fullmatch(passage.text, start, end)
    if line:
        return Mention(passage, *line.span("place"))
    where = _place_in_words(lexicon).search(passage.text, start, end)
    return Mention(passage, *where.span("place" if where["place"] else "town")) if where else None


@lru_cache(maxsize=8)
def _place_line(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a line that begins with a place, up to its dates."""
    return re.compile(rf"(?P<place>{_PLACE})(?:\s*,[^,\d]{{0,40}})??\s*,\s*{_lead(lexicon)}")


@lru_cache(maxsize=8)
def _place_in_words(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a place right before dates.

    Examples: "in Nairobi", "in Geneva, Switzerland,", "at the Palace, Geneva,", "at Geneva, at the Palace,".
    """
    words = alternation(lexicon.words("dates", "in_place"))
    more = rf"[{UPPER}](?:[^,\d]{{0,40}}[^,\d\s])?"
    venue_after = rf"(?:\s*,\s*(?:{words})\s+{more})?"
    venue = rf"[^\W\d_{UPPER}]\w*\s[{UPPER}][^,\d]{{0,40}},\s*(?P<town>{_PLACE})"
    place = rf"(?P<place>{_PLACE}(?:\s*,\s*{more})?){venue_after}"
    return re.compile(rf"(?<!\w)(?:{words})\s+(?:{place}|{venue})\s*,?\s*{_lead(lexicon)}$")


def _lead(lexicon: Lexicon) -> str:
    return rf"(?:(?i:{alternation(lexicon.words('dates', 'lead'))})(?:\s+|$))?"
