"""Mastheads in the forms that conversions give them."""

from __future__ import annotations

from datetime import date

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.masthead import Masthead
from reportlint.readers import read

BODY = "\n# Report of the Committee on Harbours\n\n1. The Committee considered the lamps of small harbours.\n"


def masthead(text: str, form: str = "markdown", language: str = "en") -> Masthead:
    return rules_for().facts_for(read(Source.from_text(text + BODY), form), language).get(Masthead)


LINES = "HARB/9\n\nDistr.: General\n\n7 March 2019\n\nOriginal: English\n"
BREAKS = "HARB/COM/2019/9  \nDistr.: General  \n7 March 2019  \nOriginal: English\n"
TABLE = """| United Nations | HARB/COM/2019/9 |
|---|---|
| Committee | Distr.: General<br>7 March 2019<br>Original: English |
"""
ONE_LINE = "|  | United Nations | HARB/COM/2019/9 |\n|  |  | Distr.: General 7 March 2019  Original: English |\n"
LABELS = "**HARB/COM/2019/9**\n\n**Distr.:** General\n\n**Date:** 7 March 2019\n\n**Original:** English\n"
COLUMNS = """UNITED                                                         A
NATIONS

            Committee on                              Distr.
            Harbours                                  GENERAL

                                                      HARB/COM/2019/9
                                                      7 March 2019

                                                      ORIGINAL: ENGLISH
"""


@pytest.mark.parametrize(
    ("text", "form"),
    [(BREAKS, "markdown"), (TABLE, "markdown"), (ONE_LINE, "markdown"), (LABELS, "markdown"), (COLUMNS, "text")],
)
def test_forms_of_the_masthead(text: str, form: str) -> None:
    found = masthead(text, form)
    assert found.symbol
    assert found.symbol.text == "HARB/COM/2019/9"
    assert found.distribution
    assert found.distribution.value == "general"
    assert found.date == date(2019, 3, 7)
    assert found.original
    assert found.original.values == ("en",)
    assert found.misdated is None
    assert found.stands


@pytest.mark.parametrize(
    ("line", "language", "value", "values"),
    [
        ("Original: English/Spanish", "en", "en", ("en", "es")),
        ("Original: English, French and Russian", "en", "en", ("en", "fr", "ru")),
        ("Original : français et anglais", "fr", "fr", ("fr", "en")),
        ("ORIGINAL : ANGLAIS", "fr", "en", ("en",)),
        ("Original: Portuguese", "en", "", ()),
    ],
)
def test_original_languages(line: str, language: str, value: str, values: tuple[str, ...]) -> None:
    original = masthead(f"Distr.: General\n\n{line}\n", language=language).original
    assert original
    assert (original.value, original.values) == (value, values)


@pytest.mark.parametrize(
    "printed", ["2019-03-07", "07/03/2019", "March 2019", "7 March", "March 7, 2019", "7 Marhc 2019"]
)
def test_what_is_no_date(printed: str) -> None:
    found = masthead(LINES.replace("7 March 2019", printed))
    assert found.date is None
    assert found.misdated
    assert found.misdated.text == printed


@pytest.mark.parametrize("text", ["", "HARB/COM/2019/9\n", "English\n", "Distribution of seats\n"])
def test_no_masthead(text: str) -> None:
    assert not masthead(text).stands
