"""Titles, and the lines on which they continue."""

from __future__ import annotations

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.engine.fact_store import Facts
from reportlint.facts.front import FrontLines
from reportlint.facts.masthead import Masthead
from reportlint.facts.title import Title
from reportlint.readers import read
from reportlint.structure import Role, Structure


def facts(text: str, language: str = "en", format_name: str = "text") -> Facts:
    return rules_for().facts_for(read(Source.from_text(text), format_name), language)


@pytest.mark.parametrize(
    ("language", "lines", "title"),
    [
        # The next word did not fit in the line.
        ("en", ["Report of the Committee on Harbours, Lamps and Small", "Buoys"], 2),
        ("en", ["Report of the Committee on its sixth session,", "held in Bonn from 3 to 5 May 2021"], 2),
        ("en", ["Report of the Committee on its twenty-", "second session"], 2),
        ("en", ["Report of the Committee on its sixth session, held from", "3 to 5 May 2021"], 2),
        ("fr", ["Rapport du Comité sur les travaux", "de sa sixième session"], 2),
        # Longer lines above do not count.
        (
            "en",
            ["Agenda item 6 of the provisional agenda for the next year", "Report of the Committee on Lamps", "Buoys"],
            3,
        ),
        # Other lines of the same block.
        ("en", ["Report of the Committee*", "Italy, Malta, Monaco, Slovenia and Spain"], 1),
        ("en", ["Report of the Committee on Harbours and Lamps", "Note by the Secretariat"], 1),
        ("en", ["Report of the Committee", "Rapporteur: Ms. Ada Dorn (Norway)"], 1),
        ("en", ["Report of the Committee on Lamps", "[without a vote]"], 1),
    ],
)
def test_title_goes_on(language: str, lines: list[str], title: int) -> None:
    text = "HARB/COM/2021/9\n\n" + "\n".join(lines) + "\n\n1. It met.\n"
    expected = [line for line in lines[:title] if not line.startswith("Agenda")]
    assert facts(text, language).get(Title).text == " ".join(expected).replace("- ", "-")


DECISION = """HARB/COM/RES/9

Distr.: General
7 May 2021

Resolution adopted by the Council on harbours

{title}The Council on Harbours,

Recalling the convention signed
in Kiel on 3 March 2019,

Noting the report of the workshop
held in Kiel from 3 to 5 May 2020,

1. Decides to light the lamps.
"""


@pytest.mark.parametrize("title", ["", "Lamps of harbours\n"])
def test_masthead_ends_where_a_decision_opens(title: str) -> None:
    known = facts(DECISION.format(title=title))
    last = "The Council on Harbours," if title else "Resolution adopted by the Council on harbours"
    assert known.get(FrontLines).lines[-1].text == last
    assert known.get(Masthead).event == ()


def test_preamble_is_text() -> None:
    structure = facts(DECISION.format(title="")).get(Structure)
    roles = {passage.text.split()[0]: passage.role for passage in structure.passages}
    assert (roles["Resolution"], roles["The"], roles["Recalling"]) == (Role.FRONT, Role.TEXT, Role.TEXT)
