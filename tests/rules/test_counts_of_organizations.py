"""The limits of PAR004: where a list of organizations ends, and how many it may contain."""

from __future__ import annotations

import pytest
from drafts import check

ENGLISH = "1. Statements were made by representatives of {} intergovernmental organizations: {}.\n"
FRENCH = "1. Des représentants de {} organisations intergouvernementales ont fait des déclarations : {}.\n"


@pytest.mark.parametrize(
    ("introduction", "number", "names", "listed"),
    [
        (ENGLISH, "three", "Reef Fund; Lagoon Centre", 2),
        (ENGLISH, "three", "Reef Fund; Lagoon Centre; Atoll Union", None),
        # Another group ends the list.
        (ENGLISH, "three", "Reef Fund, Lagoon Centre and Atoll Union; and two Parties, including an island", None),
        (ENGLISH, "three", "Reef Fund; Lagoon Centre; Atoll Union; and 12 youth groups", None),
        (ENGLISH, "eight", "Reef Fund, Lagoon Centre and Atoll Union; and two Parties", 3),
        (ENGLISH, "three", "Reef Fund; Lagoon Centre; and two Parties", 2),
        # Commas may separate names between semicolons.
        (ENGLISH, "four", "Reef Fund, Lagoon Centre and Atoll Union; and Coral Bank", None),
        (ENGLISH, "five", "Reef Fund, Lagoon Centre and Atoll Union; and Coral Bank", 2),
        (ENGLISH, "four", "Reef Fund, Lima; Lagoon Centre, Suva", 2),
        (FRENCH, "trois", "Fonds des récifs, Centre des lagons et Union des atolls ; et deux Parties", None),
        (FRENCH, "quatre", "Fonds des récifs, Centre des lagons et Union des atolls ; et deux Parties", 3),
        (FRENCH, "trois", "Fonds des récifs ; Centre des lagons", 2),
    ],
)
def test_organizations(introduction: str, number: str, names: str, listed: int | None) -> None:
    text = introduction.format(number, names)
    found = [finding.message for finding in check(text).findings if finding.code == "PAR004"]
    assert len(found) == (listed is not None)
    assert listed is None or f" {listed}" in found[0]
