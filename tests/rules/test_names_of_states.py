"""The limits of the rules on names of States: repetition, full and short names, formal names, places of events."""

from __future__ import annotations

import pytest
from drafts import check

FULL, SHORT = "United States of America", "United States"
ATTENDED = "The following States were represented at the session"
MEMBERS = "The members of the Board on Quarries are the following"
SPOKE = "Statements were made by the representatives of the following States"
ASKED = "Questions were put by the following delegations"


def findings(text: str, code: str, language: str = "en") -> list[tuple[str, str]]:
    """Return the place and the name of each finding of a rule."""
    found = check(text, language=language).findings
    return [(finding.place.where, finding.fields["name"]) for finding in found if finding.code == code]


def lists(*introduced: tuple[str, str]) -> str:
    """Return a paragraph for each introduction, with a list that ends with a name of the United States."""
    paragraphs = (f"{number}. {words}: Chile, Ghana and {name}." for number, (words, name) in enumerate(introduced, 1))
    return "\n\n".join(paragraphs) + "\n"


@pytest.mark.parametrize(
    ("introduced", "mixed", "short"),
    [
        # The full name at first mention and the short name in all later lists.
        (((ASKED, FULL), (ASKED, SHORT), (ASKED, SHORT)), [], []),
        # The full name comes back.
        (((ASKED, FULL), (ASKED, SHORT), (ASKED, FULL)), ["para. 2"], []),
        (((ASKED, SHORT), (ASKED, FULL)), ["para. 1"], []),
        # Lists of participants and members need the full name.
        (((ASKED, FULL), (ATTENDED, SHORT)), ["para. 2"], []),
        (((ATTENDED, FULL), (MEMBERS, SHORT)), ["para. 2"], []),
        (((ATTENDED, FULL), (ASKED, SHORT)), [], []),
        (((ATTENDED, FULL), (SPOKE, SHORT)), ["para. 2"], []),
        # No full name at all.
        (((ASKED, SHORT), (ASKED, SHORT)), [], ["para. 1"]),
    ],
)
def test_full_names(introduced: tuple[tuple[str, str], ...], mixed: list[str], short: list[str]) -> None:
    found = check(lists(*introduced), language="en").findings
    assert [finding.place.where for finding in found if finding.code == "CTY005"] == mixed
    assert [finding.place.where for finding in found if finding.code == "CTY007"] == short


def test_repeated_name_is_one_finding() -> None:
    text = "\n\n".join(
        (
            "1. Russia surveyed the quarry.",
            "2. The maps of Russia and those of Moldova were compared.",
            "3. The following States were represented at the session: Chile, Ghana and Russia.",
            "4. Russia thanked the Board.",
        )
    )
    found = [finding for finding in check(f"{text}\n", language="en").findings if finding.code == "CTY001"]
    places = [(finding.place.where, [place.where for place in finding.related]) for finding in found]
    assert places == [("para. 1", ["para. 2", "para. 4"]), ("para. 2", []), ("para. 3", [])]
    assert found[0].fix is not None
    assert [edit.line for edit in found[0].fix.edits] == [1, 3, 7]


@pytest.mark.parametrize(
    ("introduction", "expected"),
    [
        ("The following States sent statements, in the order of their receipt", True),
        ("The following States were represented at the session", True),
        ("Among the ports of", False),
    ],
)
def test_formal_name_in_any_order(introduction: str, expected: bool) -> None:
    """The order of a list says nothing about the form of its names."""
    colon = ":" if expected else ""
    text = f"1. {introduction}{colon} Nauru, Kingdom of Denmark, Mexico, Chile, Fiji and Peru.\n"
    assert bool(findings(text, "CTY002")) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Conference on Lamps was held in Ankara, Turkey, on 23 and 24 May 2016.", False),
        ("The Conference on Lamps was held in Ankara, Turkey, from 23 to 24 May 2016.", False),
        ("The Conference on Lamps was held in Ankara, Turkey, on 23 and 24 May 2023.", True),
        ("The Conference on Lamps was held in Ankara, Turkey.", True),
        ("The delegation of Turkey, on 23 May 2016, surveyed the lamps.", True),
    ],
)
def test_place_of_an_event(sentence: str, expected: bool) -> None:
    opening = "1. The Board on Lamps held its second session in Oslo from 3 to 5 June 2024."
    assert bool(findings(f"{opening}\n\n2. {sentence}\n", "CTY001")) == expected


def test_states_as_adjectives_below_a_colon() -> None:
    """Names that end in a noun are no list, even below a colon."""
    above = "1. The reports covered the following stations:"
    assert findings(f"{above}\n\nUnited Kingdom, Chile and Peru report\n", "CTY007") == []
    assert len(findings(f"{above}\n\nUnited Kingdom, Chile and Peru.\n", "CTY007")) == 1
