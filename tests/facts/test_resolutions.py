"""Resolutions and decisions cited by number, in every form of the digest's table, with their session part."""

from __future__ import annotations

from datetime import date

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.engine.fact_store import Facts
from reportlint.facts.resolutions import ResolutionReferences
from reportlint.readers import read


def references(text: str, language: str) -> list[tuple[bool, str, str, str]]:
    source = Source.from_text(f"1. {text}\n", "draft.md")
    facts: Facts = rules_for().facts_for(read(source, "markdown"), language)
    cited = list(facts.get(ResolutionReferences).references)
    for reference in cited:
        assert source.text[reference.span.start : reference.span.end] == reference.number
    return [(reference.is_decision, reference.number, reference.session, reference.serial) for reference in cited]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("In its resolution 77/1, the Assembly agreed.", "en", [(False, "77/1", "77", "1")]),
        (
            "Resolutions 31/16 A and 32/1 were recalled.",
            "en",
            [(False, "31/16 A", "31", "16 A"), (False, "32/1", "32", "1")],
        ),
        ("By its resolution S-8/1, it decided.", "en", [(False, "S-8/1", "S-8", "1")]),
        ("Security Council resolution 1757 (2007) applies.", "en", [(False, "1757 (2007)", "2007", "1757")]),
        ("See resolution 3363 (XXX) of that year.", "en", [(False, "3363 (XXX)", "XXX", "3363")]),
        ("Pursuant to decision 1/CP.21, the Parties met.", "en", [(True, "1/CP.21", "CP.21", "1")]),
        ("Decision XI/10 was adopted.", "en", [(True, "XI/10", "XI", "10")]),
        ("Dans sa résolution 7/1, la Conférence a décidé.", "fr", [(False, "7/1", "7", "1")]),
        (
            "Les décisions 2/CP.17 et 1/CP.18 s'appliquent.",
            "fr",
            [(True, "2/CP.17", "CP.17", "2"), (True, "1/CP.18", "CP.18", "1")],
        ),
        ("The resolution of the dispute took 3/4 of the time.", "en", []),
    ],
)
def test_references(text: str, language: str, expected: list[tuple[bool, str, str, str]]) -> None:
    assert references(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "dated", "sessions", "is_of_assembly"),
    [
        ("It recalled General Assembly resolution 68/312 of 20 December 2003.", "en", date(2003, 12, 20), (), True),
        ("The General Assembly, in its resolution 68/312 (3 May 2014), agreed.", "en", date(2014, 5, 3), (), True),
        (
            "The General Assembly, at its sixty-ninth session, in its resolution 68/312, agreed.",
            "en",
            None,
            (69,),
            True,
        ),
        ("The Council, in its resolution 45/3 of 6 October 2020, agreed.", "en", date(2020, 10, 6), (), False),
        ("Dans sa résolution 75/12 du 3 mai 2024, l'Assemblée générale a agi.", "fr", date(2024, 5, 3), (), True),
        ("L'Assemblée générale, à sa neuvième session, dans sa résolution 68/3, a agi.", "fr", None, (9,), True),
    ],
)
def test_dates_and_sessions(
    text: str, language: str, dated: date | None, sessions: tuple[int, ...], is_of_assembly: bool
) -> None:
    facts: Facts = rules_for().facts_for(read(Source.from_text(f"7. {text}\n"), "markdown"), language)
    (reference,) = facts.get(ResolutionReferences).references
    assert (reference.dated.day if reference.dated else None) == dated
    assert (reference.named.numbers if reference.named else ()) == sessions
    assert reference.is_of_assembly is is_of_assembly
