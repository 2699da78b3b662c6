"""The limits of CTY003: when names in a list of States are misplaced, and when the list has another order."""

from __future__ import annotations

import pytest
from drafts import check

NAMES = [
    *("Albania", "Belgium", "Chad", "Denmark", "Ecuador", "Fiji", "Ghana", "Haiti", "Iceland", "Jamaica", "Kenya"),
    *("Lesotho", "Mali", "Nepal", "Oman", "Peru", "Qatar", "Rwanda", "Senegal", "Togo", "Uganda", "Vanuatu", "Yemen"),
    "Zambia",
]
FRENCH = ["Allemagne", "Chili", "Fidji", "Mali"]
MISPLACED, UNORDERED = "out of alphabetical order", "not in alphabetical order"
ATTENDANCE = "The following States were represented at the session"
OTHER = "The lamps of the following States were compared"


def message(length: int, swapped: int, introduction: str = ATTENDANCE) -> str:
    """Return the message about a list of this length in which so many pairs of neighbours are swapped, or ""."""
    names = NAMES[:length]
    for start in range(0, 2 * swapped, 2):
        names[start : start + 2] = reversed(names[start : start + 2])
    text = f"1. {introduction}: {', '.join(names[:-1])} and {names[-1]}.\n"
    found = [finding.message for finding in check(text, language="en").findings if finding.code == "CTY003"]
    assert len(found) <= 1
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("length", "swapped", "expected"),
    [
        # Two names, or an eighth of the list, may be misplaced.
        (16, 2, MISPLACED),
        (16, 3, UNORDERED),
        (23, 3, UNORDERED),
        (24, 3, MISPLACED),
        (24, 4, UNORDERED),
        # In a short list, less than half.
        (5, 2, MISPLACED),
        (4, 2, UNORDERED),
        (3, 1, MISPLACED),
        # Two names are no list.
        (2, 1, ""),
    ],
)
def test_list_of_participants(length: int, swapped: int, expected: str) -> None:
    found = message(length, swapped)
    assert expected in found
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(("length", "expected"), [(5, MISPLACED), (4, "")])
def test_other_list(length: int, expected: str) -> None:
    found = message(length, 1, OTHER)
    assert expected in found
    assert bool(found) == bool(expected)


@pytest.mark.parametrize(
    ("language", "introduction", "names", "expected"),
    [
        # "namely" introduces a list like a colon, if the list is long enough.
        ("en", "Six States took soundings, namely", NAMES[:4] + NAMES[5:6] + NAMES[4:5], "Ecuador"),
        ("en", "Six States took soundings, namely,", NAMES[:4] + NAMES[5:6] + NAMES[4:5], "Ecuador"),
        ("en", "Six States took soundings, namely", NAMES[:6], ""),
        ("fr", "Six États ont fait des sondages, à savoir,", [*FRENCH, "Tchad", "Pérou"], "Pérou"),
        ("fr", "Six États ont fait des sondages, à savoir", [*FRENCH, "Pérou", "Tchad"], ""),
        ("en", "Six States took soundings with", NAMES[:4] + NAMES[5:6] + NAMES[4:5], ""),
    ],
)  # fmt: skip
def test_announcing_word(language: str, introduction: str, names: list[str], expected: str) -> None:
    conjunction = {"en": "and", "fr": "et"}[language]
    text = f"1. {introduction} {', '.join(names[:-1])} {conjunction} {names[-1]}.\n"
    found = [finding.fields["name"] for finding in check(text, language=language).findings if finding.code == "CTY003"]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("remarks", "expected"),
    [(("", "", "", "", "", ""), UNORDERED), ((" (RA I)", "", " (RA II)", " (RA III)", "", " (RA IV)"), "")],
)
def test_order_by_remarks(remarks: tuple[str, ...], expected: str) -> None:
    """Regions in brackets after most names are an order of their own."""
    named = [f"{name}{remark}" for name, remark in zip(reversed(NAMES[:6]), remarks, strict=True)]
    text = f"1. The following States were surveyed: {', '.join(named)}.\n"
    found = "".join(finding.message for finding in check(text, language="en").findings if finding.code == "CTY003")
    assert expected in found
    assert bool(found) == bool(expected)
