"""The rules on mastheads, symbols and adoption are those of the United Nations."""

from __future__ import annotations

import pytest
from drafts import check

BODY = """
# Report of the Group of Experts on Harbour Lamps on its first meeting

## I. Opening

1. The Group of Experts met in Oslo from 3 to 5 June 2019. It had before it LAMP/IX/4 and LAMP/IX/7/REV 2.

## II. {heading}

2. The Chair closed the meeting and thanked the experts.
"""
OTHERS = "HARBOUR TREATY\n\nLAMP/IX/51/REV 2\n\nDate: 29 September 2019\n\nOriginal: English\n"


@pytest.mark.parametrize(
    ("head", "heading", "expected"),
    [
        (OTHERS, "Closure of the meeting", set()),
        (OTHERS, "Adoption of the report", {"ADP001"}),
        ("WORLD METEOROLOGICAL ORGANIZATION\n", "Closure of the meeting", set()),
        (f"United Nations\n\n{OTHERS}", "Closure of the meeting", {"ADP001", "MST002", "SYM001"}),
        ("COMMITTEE ON HARBOURS\n", "Closure of the meeting", {"ADP001", "SYM001"}),
    ],
)
def test_document_of_another_organization(head: str, heading: str, expected: set[str]) -> None:
    found = check(head + BODY.format(heading=heading), language="en").findings
    assert {finding.code for finding in found} & {"ADP001", "MST002", "SYM001"} == expected
