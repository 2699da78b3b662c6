"""To whom mentioned items, meetings and places in documents belong (cases: ``owners.yaml``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.engine.fact_store import Facts
from reportlint.facts.owners import Owner, Owners
from reportlint.knowledge.rulebook import read_data
from reportlint.readers import read
from reportlint.structure import Structure

CASES: list[dict[str, Any]] = read_data(Path(__file__).parent / "owners.yaml")
DRAFTS = {
    "en": """# Report of the Committee on Mountain Ropeways on its sixth session, held in Vienna from 10 to 14 June 2024

1. The Committee met.

2. It rained.

3. {}

## Annex I

### Decision 6/1. Ropes

The Committee decides.
""",
    "fr": """# Rapport du Comité des passerelles suspendues sur sa quatrième session, tenue du 8 au 12 avril 2024

1. Le Comité s'est réuni.

2. Il a plu.

3. {}

## Annexe I

### Décision 4/1. Cordes

Le Comité décide.
""",
}


@cache
def facts(text: str, language: str) -> Facts:
    return rules_for().facts_for(read(Source.from_text(text), "markdown"), language)


def owner_of(case: dict[str, Any]) -> Owner:
    before, _, rest = case["text"].partition("[[")
    mention, _, after = rest.partition("]]")
    sentence = before + mention + after
    known = facts(DRAFTS[case["language"]].format(sentence), case["language"])
    (passage,) = (passage for passage in known.get(Structure).passages if passage.text == sentence)
    place, owners = (passage, len(before), len(before + mention)), known.get(Owners)
    if case["kind"] == "item":
        return owners.of_item(*place)
    if case["kind"] == "meeting":
        return owners.of_meeting(*place)
    return owners.of_place(passage, case["kind"], *place[1:])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}-{case['text']}")
def test_owner(case: dict[str, Any]) -> None:
    assert owner_of(case).whose.value == case["whose"]


def test_owner_is_shown_by_its_words() -> None:
    case = {"kind": "item", "language": "en", "text": "It recalled [[item 9]] of the agenda of the Dredging Board."}
    words = owner_of(case).words
    assert words
    assert words.text == "Dredging Board"
    assert words.passage.text[words.start : words.end] == words.text


def test_names_of_the_body_that_reports() -> None:
    owners = facts(DRAFTS["en"].format("It rose."), "en").get(Owners)
    assert owners.sessions == {6}
    assert "CMR" in owners.short
    assert [mention.text for mention in owners.decisions] == ["6/1"]
    (passage,) = (
        passage
        for passage in facts(DRAFTS["en"].format("The Committee, the Dredging Board and TIDE 52 rose."), "en")
        .get(Structure)
        .passages
        if "TIDE" in passage.text
    )
    names = owners.names_in(passage, 0, len(passage.text))
    assert [(name.mention.text, name.is_ours, name.is_session) for name in names] == [
        ("Committee", True, False),
        ("Dredging Board", False, False),
        ("TIDE 52", False, True),
    ]
