"""The limits of ADP004: which later meetings contradict the adoption of the report, and which do not."""

from __future__ import annotations

import pytest
from drafts import check

REPORT = """# Report of the Working Group on Reefs on its second session, held in Lima from 4 to 6 March 2019

1. The Working Group on Reefs held its second session in Lima from 4 to 6 March 2019. The Lagoon Committee (LC) came.

2. {}

3. {}
"""
FRENCH = """# Rapport du Groupe de travail des récifs sur sa deuxième session, tenue à Lima du 4 au 6 mars 2019

1. Le Groupe de travail des récifs a tenu sa deuxième session à Lima du 4 au 6 mars 2019.

2. {}

3. {}
"""
ADOPTED = "At its 3rd meeting, on 6 March, the Working Group adopted its report."
ENTRUSTED = (
    "At its 3rd meeting, the Working Group considered the draft report and authorized the Rapporteur to complete"
    " the report."
)
ADOPTED_FRENCH = "À sa 3e séance, le 6 mars, le Groupe de travail a adopté son rapport."
ENTRUSTED_FRENCH = "À sa 3e séance, le Groupe de travail a autorisé le Rapporteur à achever le rapport."


@pytest.mark.parametrize(
    ("draft", "adoption", "later", "is_fault"),
    [
        (REPORT, ADOPTED, "At its 4th meeting, the Working Group heard statements.", True),
        (REPORT, ENTRUSTED, "At its 4th meeting, the Working Group heard statements.", False),
        (REPORT, ADOPTED, "At its 4th meeting, held jointly with the Lagoon Board, statements were made.", False),
        (REPORT, ADOPTED, "At its 4th meeting, which was held jointly with that of the Board, it rose.", False),
        (REPORT, ADOPTED, "At its 4th meeting, held in the new hall with the Lagoon Board, it rose.", True),
        (REPORT, ADOPTED, "It used the advice from the LC provided at its 19th meeting.", False),
        (REPORT, ADOPTED, "It used the advice from experts provided at its 19th meeting.", True),
        (FRENCH, ADOPTED_FRENCH, "À sa 4e séance, le Groupe de travail a entendu des déclarations.", True),
        (FRENCH, ENTRUSTED_FRENCH, "À sa 4e séance, le Groupe de travail a entendu des déclarations.", False),
        (
            FRENCH,
            ADOPTED_FRENCH,
            "À sa 4e séance, tenue conjointement avec le Conseil des lagons, il a levé la session.",
            False,
        ),
        (FRENCH, ADOPTED_FRENCH, "À sa 4e séance, tenue dans la nouvelle salle, il a levé la session.", True),
    ],
)
def test_meetings_after_the_adoption(draft: str, adoption: str, later: str, is_fault: bool) -> None:
    findings = check(draft.format(adoption, later), stage="publication").findings
    assert [finding.code for finding in findings if finding.code == "ADP004"] == ["ADP004"] * is_fault
