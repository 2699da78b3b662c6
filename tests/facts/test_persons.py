"""Persons named in a draft."""

from __future__ import annotations

import pytest
from drafts import check


@pytest.mark.parametrize(("repeated", "found"), [(1, True), (9, True), (5_000, False)])
def test_a_part_of_a_name_has_a_limited_length(repeated: int, found: bool) -> None:
    """The time for comparing names grows with the square of their length."""
    surname = "Nguyen" * repeated
    draft = (
        f"# Report of the Committee on Lamps\n\n1. The Committee elected Ms. Linh {surname} as its Chair.\n\n"
        f"2. Ms. Linh {surname[:-1]} opened the session.\n"
    )
    assert ("PER001" in [finding.code for finding in check(draft).findings]) == found
