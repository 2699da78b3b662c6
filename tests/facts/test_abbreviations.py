"""Definitions and certain uses of abbreviations."""

from __future__ import annotations

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.abbreviation_words import stands_for
from reportlint.facts.abbreviations import Abbreviations
from reportlint.readers import read


def facts(text: str, language: str = "en") -> Abbreviations:
    draft = read(Source.from_text(f"# Report of the Committee\n\n{text}\n"), "markdown")
    return rules_for().facts_for(draft, language).get(Abbreviations)


@pytest.mark.parametrize(
    ("short", "words", "expected"),
    [
        ("RSA", "the Road Safety Authority", True),
        ("OCRP", "l'Office commun des routes et des ponts", True),
        ("RSA", "Ms. Jane Doe", False),
        ("RSA", "the Authority of Port Roads", False),
        ("INRA", "the International Road Association", True),
        ("RSA", "the road safety plan of that country and of its neighbours in the south", False),
        ("MoT-RSA", "the Authority of Port Roads", False),
        ("MoT-RSA", "the Road Safety Authority", True),
    ],
)
def test_stands_for(short: str, words: str, expected: bool) -> None:
    assert stands_for(short, words) is expected


@pytest.mark.parametrize(
    ("sentence", "explained"),
    [
        ("The Road Safety Authority (RSA) met.", True),
        ("The Road Safety Authority (hereinafter “RSA”) met.", True),
        ("The staff of RSA (Road Safety Authority) met.", True),
        ("The staff of RSA (the capital) met.", False),
        ("The Road Safety Authority met with RSA.", False),
        ("The Road Safety Authority (also known as the RSA) met.", True),
        ("The Road Safety Authority (RSA, established in 1998) met.", True),
        ("The Road Safety Authority (RSA – see para. 7) met.", True),
        ("The Road Safety Authority (RSA or the Authority) met.", True),
        ("It gave a licence to the “agency for safe roads” (RSA).", True),
        ("It gave a licence to “agencies for safe roads”, of which RSA is one.", False),
        ("It thanked the “road safety agencies,” RSA, for their work.", True),
        ("Some roads were built in the 1980s (RSA, 1998).", False),
        ("The assessment of roads and their use (the RSA assessment) began.", False),
        ("Roads can be assessed in two ways (for example with RSA or on foot).", False),
        ("The assessment is supported by the unit on road safety (RSA TSU).", False),
        ("Papers were submitted by Chile and Peru (XX RSA/WP 7).", False),
        ("Roads were observed during RSA (an experiment to assess the traffic).", True),
        ("It thanked RSA (the ROADNET Safety Authority for trucks).", True),
        ("It thanked RSA (the United Kingdom).", False),
        ("The authority now called RSA met.", True),
        ("The authority called on RSA to meet.", False),
        ("It thanked RSA, the Road Safety Authority, for its help.", True),
        ("The Council of the Road Safety Authority, RSA, met.", True),
        ("It thanked RSA, roads and seas apart, for its help.", False),
        ("It thanked the Group on the Road Safety Authority (EG/RSA).", True),
        ("It thanked the Group on the Railway Authority (EG/RSA).", False),
    ],
)
def test_explained_abbreviations(sentence: str, explained: bool) -> None:
    assert ("RSA" in facts(f"1. {sentence}").explained) is explained


@pytest.mark.parametrize(
    ("sentence", "sure"),
    [
        ("It thanked the RSA for its help.", ["RSA"]),
        ("RSA thanked the Chair.", ["RSA"]),
        ("It thanked RSA, which had met.", ["RSA"]),
        ("It used the software ROAD, and RSA 9001.", []),
        ("It thanked Radio RSA and RSA International.", []),
        ("It took note OF THE RSA ROAD.", []),
        ("It saw 25 RSA signs.", []),
        ("It thanked Bitcoin, RSA, Road and others.", []),
        ("It thanked the LGBT+ groups.", []),
        ("It saw the ROAD, a road in the hills.", []),
    ],
)
def test_sure_uses(sentence: str, sure: list[str]) -> None:
    assert [use.short for use in facts(f"1. {sentence}").uses if use.sure] == sure


@pytest.mark.parametrize(
    ("sentence", "explained"),
    [
        ("L'Office commun des routes et des ponts (ci-après dénommé l'« OCRP ») a siégé.", True),
        ("L'Office commun des routes et des ponts (dit OCRP) a siégé.", True),
        ("L'« agence des routes sûres » (OCRP) a siégé.", True),
        ("L'évaluation des routes et des ponts (l'évaluation de l'OCRP) a commencé.", False),
        ("L'agence, aujourd'hui OCRP, a siégé.", True),
        ("L'OCRP (un office créé par deux communes) a siégé.", True),
        ("L'OCRP (la capitale) a siégé.", False),
    ],
)
def test_explained_in_french(sentence: str, explained: bool) -> None:
    draft = f"1. {sentence}\n\n2. Le Comité a pris note des travaux et a remercié le secrétariat pour son aide."
    assert ("OCRP" in facts(draft, "fr").explained) is explained


def test_place_named_with_its_number_is_a_name_everywhere() -> None:
    draft = facts("1. Fires were seen at the KRILLA III station.\n\n2. The fires at KRILLA were put out by the RSA.")
    assert [use.short for use in draft.uses if use.sure] == ["RSA"]


def test_compounds_are_sure_if_they_are_defined() -> None:
    draft = facts("1. It thanked MoT-RSA and MoT-XYQ.\n\n2. The Road Safety Authority (MoT-RSA) met, and MoT-7 too.")
    assert [use.short for use in draft.uses if use.sure] == ["MoT-RSA"]


@pytest.mark.parametrize(
    ("sentence", "in_name"),
    [
        ("The Road Safety Authority (RSA) met.", False),
        ("The Road Safety Authority (RSA) initiative began.", True),
        ("It is based on the Road Safety Authority (RSA) Action Plan.", True),
        ("The Chair of the Road Safety Authority (RSA) Mr. Doe spoke.", False),
        ("Laboratory of Bridges, Road Safety Authority (RSA), Lima, Peru.", True),
        ("It visited the Road Safety Authority (RSA), Lima.", False),
        ("Guide to the Road Safety Authority (RSA), 2006", True),
    ],
)
def test_definitions_in_longer_names(sentence: str, in_name: bool) -> None:
    assert [definition.in_name for definition in facts(f"1. {sentence}").definitions] == [in_name]


def test_numbered_title_defines_without_being_running_text() -> None:
    draft = facts("## 5. Roads\n\n5.1 Road Safety Authority (RSA) and its work\n\nIt met.\n\n5.2 Roads were discussed.")
    assert draft.definitions == ()
    assert "RSA" in draft.explained
