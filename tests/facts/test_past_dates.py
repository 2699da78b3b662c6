"""Days that the text tells as past."""

from __future__ import annotations

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.past_dates import PastDates
from reportlint.readers import read


def days(language: str, text: str, symbol: str = "HARB/COM/2021/9") -> list[str]:
    draft = read(Source.from_text(f"{symbol}\n\nDistr.: General\n\n# Lamps\n\n1. {text}\n"), "markdown")
    return [str(day) for day, _ in rules_for().facts_for(draft, language).get(PastDates).days]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The regulations that the Council adopted at its 40th meeting, on 14 May 2021, apply.", ["2021-05-14"]),
        ("en", "At its 40th meeting, on 14 May 2021, the Council adopted the regulations.", ["2021-05-14"]),
        ("en", "The session was held in Bonn from 3 to 5 May 2021.", ["2021-05-03"]),
        ("en", "See the letter dated 3 May 2021.", ["2021-05-03"]),
        ("en", "The session will be held from 3 to 5 May 2021.", []),
        ("en", "The Committee decided to meet on 3 May 2021.", []),
        ("en", "The regulations enter into force on 3 May 2021.", []),
        ("en", "It was said that “the lamps were opened on 3 May 2021”.", []),
        ("fr", "Le règlement que le Conseil a arrêté à sa 40e séance, le 14 mai 2021, s'applique.", ["2021-05-14"]),
        ("fr", "La session s'est tenue à Bonn du 3 au 5 mai 2021.", ["2021-05-03"]),
        ("fr", "La session se tiendra du 3 au 5 mai 2021.", []),
        ("fr", "Le Comité a décidé de se réunir le 3 mai 2021.", []),
    ],
)
def test_past_days(language: str, text: str, expected: list[str]) -> None:
    assert days(language, text) == expected


def test_drafts_tell_what_will_be_past() -> None:
    assert days("en", "The session was held on 3 May 2021.", "HARB/COM/2021/L.9") == []
    assert days("en", "The session was held on 3 May 2021.", "HARB/COM/2021/CRP.9") == []
    assert days("en", "The session was held on 3 May 2021.", "HARB/COM/2021/INF.9") == ["2021-05-03"]
