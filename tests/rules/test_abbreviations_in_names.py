"""An abbreviation in the name of a body needs no definition."""

from __future__ import annotations

import pytest
from drafts import check

NAMED_EN = "The Forum for Ports on LIDAR for Harbour Lamps met."
NAMED_FR = "Le Forum sur l'emploi du LIDAR dans les ports a présenté une étude."


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (NAMED_EN, False),
        ("The Committee welcomed the Regional Mechanism on the wise use of LIDAR and on safe use of LIDAR.", False),
        (f"{NAMED_EN} The Committee praised the use of LIDAR.", True),
        ("The Forum on Harbour Lamps praised the use of LIDAR.", True),
        ("The Forum for the first time considered LIDAR.", True),
    ],
)
def test_names_in_english(sentence: str, found: bool) -> None:
    findings = check(f"1. {sentence}\n\n2. The Committee thanked the members.\n").findings
    assert ("ABB001" in [finding.code for finding in findings]) == found


@pytest.mark.parametrize(("sentence", "found"), [(NAMED_FR, False), ("Le Forum a examiné l'emploi du LIDAR.", True)])
def test_names_in_french(sentence: str, found: bool) -> None:
    findings = check(f"1. {sentence}\n\n2. Le Comité a remercié les membres.\n", "draft.fr.md").findings
    assert ("ABB001" in [finding.code for finding in findings]) == found
