"""Roman numerals, enumerating letters, and numbers in words in English and French."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, letters, roman, roman_value

BOOK = Rulebook((builtin_folder(),))
EN, FR = (Lexicon(code, BOOK.lexicon(code)) for code in ("en", "fr"))

EN_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
EN_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
FR_ONES = [
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
FR_ORDINALS = [
    "unième",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
    "dix-neuvième",
]
FR_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}


def english(number: int, ordinal: bool) -> str:
    small = EN_ORDINALS if ordinal else EN_ONES
    if number < 20:
        return small[number - 1]
    tens, ones = EN_TENS[number // 10 - 2], number % 10
    if ones:
        return f"{tens}-{small[ones - 1]}"
    return tens[:-1] + "ieth" if ordinal else tens


def french(number: int, ordinal: bool) -> str:
    """Return the words in the traditional spelling, with hyphens and with "et" before "un" and "onze"."""
    small = FR_ORDINALS if ordinal else FR_ONES
    if number < 20:
        return "premier" if ordinal and number == 1 else small[number - 1]
    if number >= 80:
        rest = number - 80
        if not rest:
            return "quatre-vingtième" if ordinal else "quatre-vingts"
        return f"quatre-vingt-{small[rest - 1]}"
    tens = min(number // 10, 6)
    rest = number - 10 * tens
    if not rest:
        return FR_TENS[tens].rstrip("e") + "ième" if ordinal else FR_TENS[tens]
    return f"{FR_TENS[tens]} et {small[rest - 1]}" if rest in (1, 11) else f"{FR_TENS[tens]}-{small[rest - 1]}"


@pytest.mark.parametrize("ordinal", [False, True], ids=["cardinal", "ordinal"])
@pytest.mark.parametrize("number", range(1, 100))
def test_words_up_to_99(number: int, ordinal: bool) -> None:
    assert EN.read_numbers(english(number, ordinal)) == (number,)
    assert FR.read_numbers(french(number, ordinal)) == (number,)
    assert EN.read_numbers(english(number, ordinal).capitalize()) == (number,)


@pytest.mark.parametrize("number", range(1, 100))
def test_ordinals_slot_matches_the_whole_ordinal(number: int) -> None:
    assert re.fullmatch(EN.slots["ordinals"], english(number, True))
    assert re.fullmatch(FR.slots["ordinals"], french(number, True))


@pytest.mark.parametrize(
    ("lexicon", "text", "expected"),
    [
        (EN, "1st", (1,)),
        (EN, "82nd", (82,)),
        (EN, "1st and 2nd", (1, 2)),
        (EN, "1st, 2nd and 4th", (1, 2, 4)),
        (EN, "1st to 4th", (1, 2, 3, 4)),
        (EN, "1st through 3rd", (1, 2, 3)),
        (EN, "1st and 3rd to 5th", (1, 3, 4, 5)),
        (EN, "first to third", (1, 2, 3)),
        (EN, "12–14", (12, 13, 14)),
        (EN, "12-14", (12, 13, 14)),
        (EN, "12 (a) and 13", (12, 13)),
        (EN, "14 to 12", (14, 12)),
        (EN, "1 to 900000", (1, 900000)),
        (EN, "one or two", (1, 2)),
        (EN, "none at all", ()),
        (EN, "", ()),
        (FR, "1re", (1,)),
        (FR, "1er", (1,)),
        (FR, "1re, 2e et 3e", (1, 2, 3)),
        (FR, "1re à 4e", (1, 2, 3, 4)),
        (FR, "première et deuxième", (1, 2)),
        (FR, "première à sa quatrième", (1, 2, 3, 4)),
        (FR, "12 à 14", (12, 13, 14)),
        (FR, "vingt et unième et vingt-deuxième", (21, 22)),
        (FR, "cent unième et cent deuxième", (101, 102)),
        (FR, "deux cent vingt et unième", (221,)),
        (FR, "deux-centième", (200,)),
        (FR, "une et deux", (1, 2)),
    ],
)
def test_lists_and_ranges(lexicon: Lexicon, text: str, expected: tuple[int, ...]) -> None:
    assert lexicon.read_numbers(text) == expected


@given(st.integers(1, 3999))
def test_roman_round_trip(number: int) -> None:
    assert roman_value(roman(number)) == number
    assert roman_value(roman(number).lower()) == number


@pytest.mark.parametrize("text", ["", "IIII", "IC", "VV", "IXI", "XIIX", "A", "I.", "1", "MMMM", " I", "ⅳ"])
def test_other_text_is_not_a_roman_numeral(text: str) -> None:
    assert roman_value(text) is None


@given(st.text(max_size=6))
def test_only_well_formed_roman_numerals_have_a_value(text: str) -> None:
    value = roman_value(text)
    assert value is None or roman(value) == text.upper()


def test_letters() -> None:
    assert [letters(value) for value in (1, 2, 26, 27, 28, 52, 53)] == ["a", "b", "z", "aa", "bb", "zz", "aaa"]


@given(st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=6))
def test_alternation_prefers_the_longest_word(words: list[str]) -> None:
    for word in words:
        match = re.match(alternation(words), word)
        assert match
        assert match.group() == word


@pytest.mark.parametrize("lexicon", [EN, FR], ids=["en", "fr"])
@pytest.mark.parametrize("kind", ["words", "ordinals"])
def test_a_row_of_numbers_in_words_takes_linear_time(lexicon: Lexicon, kind: str) -> None:
    for word in lexicon.section("numbers", kind):
        row = f"{word} " * 400 + "x"
        assert re.match(lexicon.slots["number"] + "y", row) is None
        assert re.match(lexicon.slots["ordinals"] + "y", row) is None
