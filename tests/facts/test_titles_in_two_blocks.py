"""Titles printed in two blocks, and titles glued to the text of a decision."""

from __future__ import annotations

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.engine.fact_store import Facts
from reportlint.facts.event import Event
from reportlint.facts.owners import Owners
from reportlint.facts.title import Title
from reportlint.readers import read

FIRST = "Report of the Working Group on the Review of Harbour"
TEXT = "1. The Working Group on the Review of Harbour Lamps held its third session from 3 to 5 May 2021.\n"


def facts(text: str) -> Facts:
    return rules_for().facts_for(read(Source.from_text(text), "markdown"), "en")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f"{FIRST}\n\nLamps*", f"{FIRST} Lamps*"),
        (f"{FIRST}\n\nLisbon", FIRST),
        (f"{FIRST} Lamps\n\nAddendum", f"{FIRST} Lamps"),
        (f"{FIRST} Lamps, held in Kiel from\n\n3 to 5 May 2021", f"{FIRST} Lamps, held in Kiel from 3 to 5 May 2021"),
        (f"{FIRST} Lamps, held in Kiel\n\n3 to 5 May 2021", f"{FIRST} Lamps, held in Kiel"),
    ],
)
def test_a_title_in_two_blocks(head: str, expected: str) -> None:
    assert facts(f"Distr.: General\n\n{head}\n\n{TEXT}").get(Title).text == expected


def test_place_and_days_in_two_blocks() -> None:
    statement = (
        facts(f"{FIRST} Lamps on its third session, held in Kiel from\n\n3 to 5 May 2021\n\n{TEXT}")
        .get(Event)
        .statements[0]
    )
    assert statement.days
    assert statement.place
    assert (f"{statement.days[0]:%d.%m}", f"{statement.days[1]:%d.%m}", statement.place[0]) == (
        "03.05",
        "05.05",
        "Kiel",
    )


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (
            "the Assembly of Ports relating to lamps The Assembly of Ports, Having considered the lamps, Decides:",
            "Decision of the Assembly of Ports relating to lamps",
        ),
        (
            "the Assembly of Ports relating to lamps. It keeps all lamps lit, as they are, in every harbour.",
            "Decision of",
        ),
    ],
)
def test_a_title_glued_to_a_decision(after: str, expected: str) -> None:
    assert facts(f"Decision of {after}\n\n1. Keeps the lamps lit;\n\n2. Pays for them.\n").get(Title).text == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Committee on Scientific and Technical Lamps", "Committee on Scientific and Technical Lamps"),
        ("Committee on Lamps and the Board", "Committee on Lamps"),
    ],
)
def test_a_name_joined_by_a_conjunction(name: str, expected: str) -> None:
    found = facts(f"Distr.: General\n\nReport of the {name} on its third session\n\n1. It met.\n")
    title = found.get(Title).mention
    assert title
    assert found.get(Owners).names_in(*title)[0].mention.text == expected
