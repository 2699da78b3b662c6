"""Mastheads in the forms produced by converters."""

from __future__ import annotations

from datetime import date

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.masthead import Masthead
from reportlint.readers import read

BODY = "\n# Report of the Committee on Harbours\n\n1. The Committee considered the lamps of small harbours.\n"


def masthead(text: str, format_name: str = "markdown", language: str = "en") -> Masthead:
    return rules_for().facts_for(read(Source.from_text(text + BODY), format_name), language).get(Masthead)


LINES = "HARB/9\n\nDistr.: General\n\n7 March 2019\n\nOriginal: English\n"
BREAKS = "HARB/COM/2019/9  \nDistr.: General  \n7 March 2019  \nOriginal: English\n"
TABLE = """| United Nations | HARB/COM/2019/9 |
|---|---|
| Committee | Distr.: General<br>7 March 2019<br>Original: English |
"""
ONE_LINE = "|  | United Nations | HARB/COM/2019/9 |\n|  |  | Distr.: General 7 March 2019  Original: English |\n"
SOLE = "|  | United Nations | HARB/COM/2019/9 |\n|  |  | Distr.: General 7 March 2019 English only |\n"
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
    ("text", "format_name"),
    [(BREAKS, "markdown"), (TABLE, "markdown"), (ONE_LINE, "markdown"), (LABELS, "markdown"), (COLUMNS, "text")],
)
def test_masthead_layouts(text: str, format_name: str) -> None:
    head = masthead(text, format_name)
    assert head.symbol
    assert head.symbol.text == "HARB/COM/2019/9"
    assert head.distribution
    assert head.distribution.value == "general"
    assert head.date == date(2019, 3, 7)
    assert head.original
    assert head.original.values == ("en",)
    assert head.misdated is None
    assert head.stands


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
    "printed",
    ["2019-03-07", "07/03/2019", "March 2019", "7 March", "March 7, 2019", "7 Marhc 2019", "XX March 2019", "__ March"],
)
def test_invalid_dates(printed: str) -> None:
    head = masthead(LINES.replace("7 March 2019", printed))
    assert head.date is None
    assert head.misdated
    assert head.misdated.text == printed


def test_a_line_with_the_only_language() -> None:
    head = masthead(SOLE)
    assert (head.date, head.sole is not None, head.original) == (date(2019, 3, 7), True, None)
    assert head.distribution
    assert head.distribution.value == "general"


@pytest.mark.parametrize("dash", ["—", "–", "-", ":", "|"])
def test_symbol_after_the_name_of_the_organization(dash: str) -> None:
    head = masthead(f"United Nations {dash} HARB/COM/2019/9\n\nDistr.: General\n")
    assert head.symbol
    assert head.symbol.text == "HARB/COM/2019/9"


def test_front_page_of_official_records() -> None:
    head = masthead("A/74/18\n\nUnited Nations\n\n[Original: English]\n\n[7 March 2019]\n")
    assert head.is_front_page
    assert head.date == date(2019, 3, 7)
    assert head.event == ()


@pytest.mark.parametrize(("line", "value"), [("Original : FRANCAIS", "fr"), ("Original : francois", "")])
def test_capitals_without_cedilla(line: str, value: str) -> None:
    head = masthead(f"Distr. GENERALE\n\n{line}\n", language="fr")
    assert head.original
    assert head.original.value == value


def test_masthead_of_another_organization() -> None:
    text = "HARBOUR TREATY\n\nWP 37\n\nMay 2019\n\nOriginal: English\n"
    assert masthead(text).is_of_others
    assert not masthead(text).stands
    assert not masthead(f"United Nations\n\n{text}").is_of_others


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [("LAMP/IX/51", True), ("LAMP/IX/51 (Rev I)", True), ("LAMP/WG.2/51", False), ("LAMP/2019/51", False)],
)
def test_symbols_of_another_organization(symbol: str, expected: bool) -> None:
    """A series that is not registered and numbers its papers by meeting is that of another organization."""
    text = f"HARBOUR TREATY\n\n{symbol}\n\nDate: 29 September 2019\n\nOriginal: English\n"
    assert masthead(text).is_of_others == expected
    assert masthead(text).stands != expected
    assert not masthead(f"{text}\nDistr.: General\n").is_of_others
    assert not masthead(f"United Nations\n\n{text}").is_of_others


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("WORLD METEOROLOGICAL ORGANIZATION", True),
        ("World Meteorological Organization and Harbours", False),
        ("COMMITTEE ON HARBOURS", False),
        ("ECONOMIC AND SOCIAL COUNCIL", False),
    ],
)
def test_name_of_another_organization(line: str, expected: bool) -> None:
    assert masthead(f"{line}\n\nThird session\n").is_of_others == expected


def test_running_text_is_no_masthead_line() -> None:
    prose = (
        "The secretariat keeps the list of lamps, as laid down in the agreement and in the decision of\n"
        "7 March 2019\nand earlier, and answers questions."
    )
    assert masthead(f"HARB/COM/2019/9\n\n{prose}\n").date is None


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Kiel, 3 May 2019", "Kiel"),
        ("Report on a workshop, held in Kiel on 3 May 2019", "Kiel"),
        ("3–5 May 2019", ""),
        ("Published on 3 May 2019", None),
        ("Up to date as at 3 May 2019", None),
    ],
)
def test_dates_of_the_event(line: str, place: str | None) -> None:
    event = masthead(f"{LINES}\n{line}\n").event
    assert [dates.place.text if dates.place else "" for dates in event] == ([] if place is None else [place])


@pytest.mark.parametrize("text", ["", "HARB/COM/2019/9\n", "English\n", "Distribution of seats\n"])
def test_no_masthead(text: str) -> None:
    assert not masthead(text).stands
