"""What masthead, title and text state of the session reported on."""

from __future__ import annotations

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.event import Event
from reportlint.readers import read

Told = list[tuple[int | None, str | None, str | None]]
TITLE = "# Report of the Committee on Roads on its sixth session, held in Bonn from 3 to 5 May 2021"


def stated(text: str) -> tuple[Told, int | None]:
    event = rules_for().facts_for(read(Source.from_text(text), "markdown"), "en").get(Event)
    told: Told = [
        (
            one.ordinal[0] if one.ordinal else None,
            f"{one.days[0]:%d.%m.}-{one.days[1]:%d.%m.}" if one.days else None,
            one.place[0] if one.place else None,
        )
        for one in event.statements
    ]
    return told, event.earlier[0] if event.earlier else None


OWN = (6, "03.05.-05.05.", "Bonn")


@pytest.mark.parametrize(
    ("head", "text", "expected", "earlier"),
    [
        ("Sixth session\nBonn, 3–5 May 2021\n\n", "The Committee rose.", [OWN, OWN], None),
        ("Bonn, Germany, 3–5 May 2021\n\n", "The Committee rose.", [(None, "03.05.-05.05.", "Bonn"), OWN], None),
        # The parent body's session, to which the report goes.
        ("Fortieth session\nGeneva, 6–24 September 2021\n\n", "The Committee rose.", [OWN], None),
        ("", "The Committee on Roads held its sixth session in Bonn from 3 to 5 May 2021.", [OWN, OWN], None),
        ("", "The Committee held its sixth session from 3 to 6 May 2021.", [OWN, (6, "03.05.-06.05.", None)], None),
        # A venue before the town or behind it.
        (
            "",
            "The sixth session of the Committee was held at the Old Palace, Kiel, from 3 to 5 May 2021.",
            [OWN, (6, "03.05.-05.05.", "Kiel")],
            None,
        ),
        (
            "",
            "The sixth session of the Committee was held in Kiel, at Old Palace, from 3 to 5 May 2021.",
            [OWN, (6, "03.05.-05.05.", "Kiel")],
            None,
        ),
        (
            "",
            "The sixth session of the Committee was held at Holsten Hall, Kiel, from 3 to 5 May 2021.",
            [OWN, (6, "03.05.-05.05.", "Holsten Hall, Kiel")],
            None,
        ),
        (
            "",
            "The sixth session of the Committee was held at the Old Palace, North Wing, Bonn, from 3 to 5 May 2021.",
            [OWN, (6, "03.05.-05.05.", None)],
            None,
        ),
        # Another session of its own, another body's, a resumed one.
        ("", "The Committee held its fifth session in Lyon from 4 to 6 May 2020.", [OWN], None),
        ("", "The Forum held its sixth session in Lyon from 3 to 5 June 2021.", [OWN], None),
        ("", "The Committee held its resumed sixth session in Bonn from 4 to 6 May 2021.", [OWN], None),
        ("", "The Committee had held five sessions before the present one.", [OWN], 5),
    ],
)
def test_what_is_stated(head: str, text: str, expected: Told, earlier: int | None) -> None:
    draft = f"E/2021/1\n\n{head}{TITLE}\n\n1. {text}\n"
    assert stated(draft) == (expected, earlier)


def test_nothing_is_asked_of_what_is_no_report() -> None:
    assert stated("# Provisional agenda\n\n1. The Committee held its sixth session from 3 to 6 May 2021.\n") == (
        [],
        None,
    )
