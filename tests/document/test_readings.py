"""All interpretations of printed enumerators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.document.enumerators import Style, letters, readings, roman

R, U, A, L, LR, D = Style.ROMAN, Style.UPPER, Style.ARABIC, Style.LOWER, Style.LOWER_ROMAN, Style.DECIMAL


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("37.", [(A, 37)]),
        ("1)", [(A, 1)]),
        ("(12)", [(A, 12)]),
        ("12\\.", [(A, 12)]),
        ("7 –", [(A, 7)]),
        ("4.2", [(D, 2)]),
        ("36.1", [(D, 1)]),
        ("1.2.10.", [(D, 10)]),
        ("IV.", [(R, 4)]),
        ("VIII", [(R, 8)]),
        ("B.", [(U, 2)]),
        ("Z.", [(U, 26)]),
        ("AA.", [(U, 27)]),
        ("a)", [(L, 1)]),
        ("(b)", [(L, 2)]),
        ("(aa)", [(L, 27)]),
        ("(iv)", [(LR, 4)]),
        ("xii)", [(LR, 12)]),
        # Both a letter and a Roman numeral: the letter comes first.
        ("I.", [(U, 9), (R, 1)]),
        ("C.", [(U, 3), (R, 100)]),
        ("(i)", [(L, 9), (LR, 1)]),
        ("(v)", [(L, 22), (LR, 5)]),
        ("x)", [(L, 24), (LR, 10)]),
        ("(c)", [(L, 3), (LR, 100)]),
        ("(cc)", [(L, 29), (LR, 200)]),
        # Doubled letters that form a Roman numeral: the numeral comes first.
        ("(ii)", [(LR, 2), (L, 35)]),
        ("(xx)", [(LR, 20), (L, 50)]),
        ("II.", [(R, 2), (U, 35)]),
        # Not a label.
        ("iiii)", []),
        ("ab)", []),
        ("Iv.", []),
        ("aaaa)", []),
        ("", []),
        (".", []),
        ("•", []),
        ("12345678", []),
        # A missing bracket is tolerated.
        ("(1", [(A, 1)]),
    ],
)
def test_readings(printed: str, expected: list[tuple[Style, int]]) -> None:
    assert [(label.style, label.value) for label in readings(printed)] == expected


def test_a_suffix_is_separate_from_the_value() -> None:
    (label,) = readings("12 bis.")
    assert (label.style, label.value, label.suffix, label.bare) == (A, 12, "bis", "12 bis")
    assert readings("12.")[0].suffix == ""


@pytest.mark.parametrize(
    ("printed", "bare"),
    [("IV.", "IV"), ("(a)", "a"), ("b)", "b"), ("12 ter.", "12 ter"), ("4.2", "4.2"), ("1.2.", "1.2"), ("7 –", "7")],
)
def test_bare(printed: str, bare: str) -> None:
    assert readings(printed)[0].bare == bare


@pytest.mark.parametrize(
    ("printed", "value", "expected"),
    [
        ("(a)", 3, "(c)"),
        ("b)", 27, "aa)"),
        ("II.", 4, "IV."),
        ("37.", 38, "38."),
        ("36.1", 2, "36.2"),
        ("(iv)", 9, "(ix)"),
        ("B", 3, "C"),
    ],
)
def test_like_prints_another_value_in_the_same_shape(printed: str, value: int, expected: str) -> None:
    assert readings(printed)[0].like(value) == expected


SHAPES = st.sampled_from(["{}.", "{})", "({})", "{}", "{}:"])
CORES = st.one_of(
    st.integers(1, 99_999).map(lambda value: (A, value, str(value))),
    st.integers(1, 200).map(lambda value: (R, value, roman(value))),
    st.integers(1, 99).map(lambda value: (LR, value, roman(value).lower())),
    st.integers(1, 26).map(lambda value: (U, value, letters(value).upper())),
    st.integers(1, 26).map(lambda value: (L, value, letters(value))),
)


@given(core=CORES, shape=SHAPES)
def test_every_label_is_among_its_readings_and_prints_alike(core: tuple[Style, int, str], shape: str) -> None:
    style, value, text = core
    labels = [label for label in readings(shape.format(text)) if label.style is style]
    # Roman numerals of more than eight letters are not labels.
    assert [label.value for label in labels] == ([value] if len(text) <= 8 else [])
    for label in labels:
        assert label.like(value) == shape.format(text)
        assert label.bare == text


@given(st.text(max_size=12))
def test_any_text_can_be_read(text: str) -> None:
    for label in readings(text):
        assert label.value >= 0
        assert isinstance(label.like(3), str)
