"""Reading and writing of dates in English and French."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.language.lexicon import Lexicon

BOOK = Rulebook((builtin_folder(),))
LEXICONS = {code: Lexicon(code, BOOK.lexicon(code)) for code in ("en", "fr")}


def days(first: str, last: str | None = None) -> set[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return {start + timedelta(days=count) for count in range((end - start).days + 1)}


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "21 April 2004", days("2004-04-21")),
        ("en", "21 april 2004", days("2004-04-21")),
        ("en", "21 April, 2004", days("2004-04-21")),
        ("en", "Monday, 28 June 2022", days("2022-06-28")),
        ("en", "27 and 28 June 2022", days("2022-06-27", "2022-06-28")),
        ("en", "27 or 28 June 2022", days("2022-06-27", "2022-06-28")),
        ("en", "14, 15 and 18 October 2024", days("2024-10-14", "2024-10-15") | days("2024-10-18")),
        ("en", "6–17 July 2020", days("2020-07-06", "2020-07-17")),
        ("en", "14-25 June 2004", days("2004-06-14", "2004-06-25")),
        ("en", "6 – 17 July 2020", days("2020-07-06", "2020-07-17")),
        ("en", "from 14 to 18 October 2024", days("2024-10-14", "2024-10-18")),
        ("en", "24 February–20 March 2020", days("2020-02-24", "2020-03-20")),
        ("en", "30 May to 1 June 2012", days("2012-05-30", "2012-06-01")),
        ("en", "29 December 2021 to 4 January 2022", days("2021-12-29", "2022-01-04")),
        ("en", "29 December to 4 January 2022", days("2021-12-29", "2022-01-04")),
        ("en", "29 December 2021 to 4 January", days("2021-12-29", "2022-01-04")),
        ("en", "1 July to 30 June 2022", days("2021-07-01", "2022-06-30")),
        ("en", "27 June and 1 July 2022", days("2022-06-27") | days("2022-07-01")),
        (
            "en",
            "6–17 July and 14–18 September 2020",
            days("2020-07-06", "2020-07-17") | days("2020-09-14", "2020-09-18"),
        ),
        ("fr", "15 juillet 2022", days("2022-07-15")),
        ("fr", "1er juillet 2022", days("2022-07-01")),
        ("fr", "lundi 28 juin 2022", days("2022-06-28")),
        ("fr", "les 27 et 28 juin 2022", days("2022-06-27", "2022-06-28")),
        ("fr", "27, 28 et 29 juin 2022", days("2022-06-27", "2022-06-29")),
        ("fr", "12-15 juillet 2021", days("2021-07-12", "2021-07-15")),
        ("fr", "du 10 au 13 mars 2025", days("2025-03-10", "2025-03-13")),
        ("fr", "du 30 mai au 1er juin 2012", days("2012-05-30", "2012-06-01")),
        ("fr", "30 mai au 1er juin 2012", days("2012-05-30", "2012-06-01")),
        ("fr", "du 24 février au 20 mars 2020", days("2020-02-24", "2020-03-20")),
        ("fr", "du 29 décembre 2021 au 4 janvier 2022", days("2021-12-29", "2022-01-04")),
        ("fr", "du 29 décembre au 4 janvier 2022", days("2021-12-29", "2022-01-04")),
        ("fr", "le 27 juin et le 1er juillet 2022", days("2022-06-27") | days("2022-07-01")),
        (
            "fr",
            "du 6 au 17 juillet et du 14 au 18 septembre 2020",
            days("2020-07-06", "2020-07-17") | days("2020-09-14", "2020-09-18"),
        ),
    ],
)
def test_forms(code: str, text: str, expected: set[date]) -> None:
    sentence = f"Held, {text}, in Vienna." if code == "en" else f"Tenue, {text}, à Vienne."
    ((start, end, dates),) = LEXICONS[code].find_dates(sentence)
    assert sentence[start:end] == text
    assert dates.days() == expected
    assert dates.year == max(expected).year
    assert dates.has_range == (len(expected) > 1)


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "27 and 28 June"), ("fr", "les 27 et 28 juin"), ("en", "27–28 June"), ("fr", "du 27 au 28 juin")],
)
def test_missing_year_is_taken_from_the_context(code: str, text: str) -> None:
    ((_, _, dates),) = LEXICONS[code].find_dates(text)
    assert dates.year is None
    assert dates.days() == frozenset()
    assert dates.days(2022) == days("2022-06-27", "2022-06-28")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "31 June 2022"),
        ("en", "29 February 2021"),
        ("en", "0 June 2022"),
        ("fr", "31 juin 2022"),
        ("fr", "45 mai 2022"),
        ("en", "1 May 0000"),
    ],
)
def test_impossible_date_is_matched_but_has_no_days(code: str, text: str) -> None:
    ((_, _, dates),) = LEXICONS[code].find_dates(text)
    assert dates.days() == frozenset()
    assert not list(dates.periods())


@pytest.mark.parametrize(
    ("text", "backwards"),
    [
        ("28 to 27 June 2022", True),
        ("27 June to 1 May 2022", True),
        ("27 June to 1 May", True),
        ("4 January 2022 to 28 December 2021", True),
        ("28 December to 4 January", False),
        ("from 1 July to 30 June", False),
        ("from 1 July 2021 to 30 June 2022", False),
        ("28 and 27 June 2022", False),
    ],
)
def test_backwards_ranges(text: str, backwards: bool) -> None:
    ((_, _, dates),) = LEXICONS["en"].find_dates(text)
    assert dates.backwards is backwards


def test_marks_of_notes_before_days_are_no_days() -> None:
    found = list(LEXICONS["en"].find_dates("reports of 21 October 2025 33 and 28 October 2025"))
    assert [dates.days() for _, _, dates in found] == [days("2025-10-21"), days("2025-10-28")]


def test_backwards_range_has_no_days() -> None:
    ((_, _, dates),) = LEXICONS["en"].find_dates("28 to 27 June 2022")
    assert dates.days() == frozenset()


def test_range_of_many_years_counts_as_its_ends() -> None:
    ((_, _, dates),) = LEXICONS["en"].find_dates("1 May 2010 to 3 May 2020")
    assert dates.days() == days("2010-05-01") | days("2020-05-03")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "in May 2020"),
        ("en", "27 Junes"),
        ("en", "A/27 June"),
        ("en", "3.5 May"),
        ("en", "the 2020 May session"),
        ("en", "at RIVER 27 April 2018"),
        ("fr", "à RIVER 27 avril 2018"),
        ("en", "27 juin"),
        ("fr", "en mai 2020"),
        ("fr", "27 june 2022"),
        ("fr", "n° 1.12 mai"),
        ("en", "paragraphs 27 and 28"),
    ],
)
def test_other_text_has_no_date(code: str, text: str) -> None:
    assert list(LEXICONS[code].find_dates(text)) == []


@given(day=st.dates(date(1945, 1, 1), date(2100, 1, 1)), code=st.sampled_from(["en", "fr"]))
def test_format_and_read_round_trip(day: date, code: str) -> None:
    lexicon = LEXICONS[code]
    written = lexicon.format_date(day)
    ((start, end, dates),) = lexicon.find_dates(written)
    assert (start, end) == (0, len(written))
    assert dates.days() == {day}
