"""Words of a range: the same whatever the markup."""

from __future__ import annotations

import pytest

from reportlint.document import Source, Span
from reportlint.readers import read

DRAFT = """## I. Opening

1. The **Committee**
met[^1] at its 1<sup>st</sup> [meeting](A/1).

| Malta | 3 |
|---|---|

<!-- a  comment -->
(a) lamps;

[^1]: See A/2.
"""


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("## I. Opening", "I. Opening"),
        ("The **Committee**\nmet", "The Committee met"),
        ("Committee**\nmet[^1] at", "Committee met1 at"),
        ("[^1] at", "1 at"),
        ("[^1]", "1"),
        ("1<sup>st</sup>", "1st"),
        ("[meeting](A/1)", "meeting"),
        ("1. The", "1. The"),
        ("1.", "1."),
        ("Malta | 3", "Malta 3"),
        ("<!-- a  comment -->", "<!-- a comment -->"),
        ("3 |\n|---|---|\n\n<!-- a  comment -->\n(a) lamps", "3 (a) lamps"),
        ("See A/2", "See A/2"),
    ],
)
def test_words(marked: str, words: str) -> None:
    document = read(Source.from_text(DRAFT), "markdown")
    start = DRAFT.index(marked)
    assert document.words(Span(start, start + len(marked))) == words
