"""Date expressions in a draft, as printed."""

from __future__ import annotations

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.written_dates import Calendar
from reportlint.readers import read


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "It met on 3 May and from 5 to 7 June 2021.", [("3 May and from 5 to 7 June 2021", None)]),
        ("en", "In 2015, it met on Monday, 1 June.", [("Monday, 1 June", 2015)]),
        ("en", "Resolution 2015/4 was adopted on 1 June.", [("1 June", None)]),
        ("en", "It was said that “it will be 31 June”.", []),
        ("en", "Article 31 may be read with it.", []),
        ("en", "During session 43, on 1 December 2015, it met.", [("1 December 2015", None)]),
        ("fr", "En 2015, il s'est réuni le lundi 1er juin.", [("lundi 1er juin", 2015)]),
        # The sentence that introduces a list gives the year to its items.
        ("en", "In 2028:\n\n   (a) Monday, 12 June;\n\n   (b) 6 May.", [("Monday, 12 June", 2028), ("6 May", 2028)]),
        ("en", "Sessions in 2028:\n\n   (a) Lamps;\n\n2. It met on 12 June.", [("12 June", None)]),
    ],
)
def test_date_expressions(language: str, sentence: str, expected: list[tuple[str, int | None]]) -> None:
    draft = read(Source.from_text(f"# Report of the Committee\n\n1. {sentence}\n"), "markdown")
    calendar = rules_for().facts_for(draft, language).get(Calendar)
    assert [(expression.words, expression.before) for expression in calendar.written] == expected
