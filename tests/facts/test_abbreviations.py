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
