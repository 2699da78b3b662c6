import pytest

from reportlint.document.enumerators import Shape, continues, ends_sentence, split


@pytest.mark.parametrize(
    ("text", "label", "shape"),
    [
        ("12. Text", "12.", Shape.NUMBER),
        ("12 bis. Text", "12 bis.", Shape.NUMBER),
        ("12ter. Text", "12ter.", Shape.NUMBER),
        ("12.Text", "12.", Shape.NUMBER),
        ("36.1 Text", "36.1", Shape.DOTTED),
        ("4.1.2. Text", "4.1.2.", Shape.DOTTED),
        ("(a) text", "(a)", Shape.BRACKET),
        ("(iv) text", "(iv)", Shape.BRACKET),
        ("aa) text", "aa)", Shape.BRACKET),
        ("1) text", "1)", Shape.BRACKET),
        ("а) текст", "а)", Shape.BRACKET),
        ("（一）文", "（一）", Shape.BRACKET),
        ("a. text", "a.", Shape.LOW),
        ("iii. text", "iii.", Shape.LOW),
        ("XIV. Text", "XIV.", Shape.HIGH),
        ("B. Text", "B.", Shape.HIGH),
        ("A – Text", "A –", Shape.HIGH),
        ("12.", "12.", Shape.NUMBER),
    ],
)
def test_enumerators(text: str, label: str, shape: Shape) -> None:
    enumerator = split(text)
    assert enumerator is not None
    assert (text[: enumerator.end], enumerator.shape) == (label, shape)
    assert text[enumerator.rest :] == text[enumerator.end :].lstrip()


@pytest.mark.parametrize(
    "text",
    [
        "3.5 million",
        "12.5",
        "12.text",
        "1/CP.21",
        "(text) a",
        "(2022) a",
        "(ixi) a",
        "(ill) a",
        "A.B.",
        "MM. Roy",
        "a",
        "",
    ],
)
def test_text_without_an_enumerator(text: str) -> None:
    assert split(text) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.", "2."),
        ("36.1", "36.2"),
        ("12.", "12 bis."),
        ("12 bis.", "13."),
        ("(a)", "(b)"),
        ("h)", "i)"),
        ("i)", "ii)"),
        ("(iv)", "(v)"),
        ("IX.", "X."),
        ("A.", "B."),
        ("z)", "aa)"),
    ],
)
def test_enumerators_that_continue_a_list(before: str, after: str) -> None:
    assert continues(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.", "3."),
        ("1.", "2)"),
        ("36.9", "37.1"),
        ("(a)", "b)"),
        ("a)", "c)"),
        ("1.", "1."),
        ("I.", "2."),
        ("a)", "B)"),
    ],
)
def test_enumerators_that_do_not_continue_a_list(before: str, after: str) -> None:
    assert not continues(before, after)


@pytest.mark.parametrize(
    "text", ["End.", "fin ;", "« Fin. »", "End.)", "end.[^1]", "end:<sup>2</sup>", "**End.**", "完。"]
)
def test_text_that_ends_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["and", "the end)", "of 3 May 2022", "(see", "one,", ""])
def test_text_that_does_not_end_a_sentence(text: str) -> None:
    assert not ends_sentence(text)
