"""Cross-references, footnotes, abbreviations, placeholders and the masthead."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.engine.fact_store import Facts
from reportlint.facts.abbreviations import Abbreviations
from reportlint.facts.footnotes import Footnotes
from reportlint.facts.masthead import Masthead
from reportlint.facts.placeholders import Placeholders
from reportlint.facts.references import CrossReferences
from reportlint.readers import read


@cache
def facts(text: str, language: str = "en") -> Facts:
    return rules_for().facts_for(read(Source.from_text(text), "markdown"), language)


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "See paragraph 12 above.", [("12",)]),
        ("en", "See paragraphs 12 and 14 below.", [("12", "14")]),
        ("en", "See paras. 12 to 14 of the present report.", [("12", "13", "14")]),
        ("en", "See paragraphs 12–14 above.", [("12", "13", "14")]),
        ("en", "It is described in paragraph 12 (a).", [("12",)]),
        ("en", "It is described in paragraph 12.", [("12",)]),
        ("fr", "Voir le paragraphe 12 ci-dessus.", [("12",)]),
        ("fr", "Voir les paragraphes 12 à 14 du présent rapport.", [("12", "13", "14")]),
        ("fr", "Voir par. 12 et 14 ci-après.", [("12", "14")]),
        # References to other documents.
        ("en", "See paragraph 12 of resolution 77/1.", []),
        ("en", "In its resolution 77/1, paragraph 12, it asked.", []),
        ("en", "See A/77/12, paragraph 14.", []),
        ("en", "See paragraph 12 of the report of the Board.", []),
        ("en", "See paragraph 12 (A/77/12).", []),
        ("en", "See article 3, paragraph 2.", []),
        ("en", "He said “see paragraph 12”.", []),
        ("en", "It was in paragraph 12.5.", []),
        ("fr", "Voir le paragraphe 12 de la résolution 77/1.", []),
        ("fr", "Au paragraphe 12 de sa décision 4/1, il a prié.", []),
        ("fr", "Voir A/77/12, paragraphe 14.", []),
        ("fr", "Voir l'article 3, paragraphe 2.", []),
    ],
)
def test_paragraphs(language: str, sentence: str, expected: list[tuple[str, ...]]) -> None:
    references = facts(f"7. {sentence}\n", language).get(CrossReferences).of("paragraph")
    assert [reference.targets for reference in references] == expected


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "See section II.B below.", [("II.B",)]),
        ("en", "See sections II to IV above.", [("II", "III", "IV")]),
        ("en", "It is described in section III.", [("III",)]),
        ("en", "See chapter I of the present report.", [("I",)]),
        ("fr", "Voir la section II.B ci-après.", [("II.B",)]),
        ("fr", "Voir les sections II et III du présent rapport.", [("II", "III")]),
        ("en", "See chapter III, section A, below, and chapter I.", [("III.A",), ("I",)]),
        ("en", "See chapters I and III, sections A and B, below.", [("I", "III.A", "III.B")]),
        ("en", "See section A, chapter III, and section B, section C.", [("A",), ("III",), ("B",), ("C",)]),
        ("en", "See subsection F of section II and section III, subsection B, below.", [("II.F",), ("III.B",)]),
        ("fr", "Voir la sous-section F de la section II.", [("II.F",)]),
        ("fr", "Voir le chapitre III, section A, ci-après.", [("III.A",)]),
        ("en", "See section II of resolution 77/1.", []),
        ("en", "See chapter II, section A, of the report of the Board.", []),
        ("en", "See section II of the report of the Board.", []),
        ("en", "A cross section of the hull.", []),
        # A label at the head of a title, and a reference at the beginning of a sentence.
        ("en", "Section D. Reefs and lagoons at risk", []),
        ("en", "Section D: Reefs at risk", []),
        ("en", "Section D was left open.", [("D",)]),
        ("en", "Section D: the text was left open.", [("D",)]),
        ("en", "It was left open. Section D. It was closed.", [("D",)]),
        ("fr", "Section D. Récifs menacés", []),
        ("fr", "La section D. Récifs menacés", [("D",)]),
        ("fr", "Voir la section II de la résolution 77/1.", []),
    ],
)
def test_sections(language: str, sentence: str, expected: list[tuple[str, ...]]) -> None:
    references = facts(f"7. {sentence}\n", language).get(CrossReferences).of("section")
    assert [reference.targets for reference in references] == expected


@pytest.mark.parametrize(
    ("language", "sentence", "kind", "expected"),
    [
        ("en", "The costs are shown in table 4 in annex II.", "table", [("4",)]),
        ("en", "The costs are shown in table 4 of annex II to the Convention.", "table", []),
        ("fr", "Les dépenses sont indiquées au tableau 4, à l'annexe II.", "table", [("4",)]),
        ("fr", "Les dépenses sont indiquées au tableau 4 de l'annexe II de la Convention.", "table", []),
        ("en", "It made some decisions. Decisions 1 to 3 are new.", "decision", [("1", "2", "3")]),
        ("en", "See recommendation No. 9 and table No. 2 below.", "recommendation", [("9",)]),
        ("fr", "Voir la recommandation n° 9 ci-après.", "recommendation", [("9",)]),
        ("en", "See recommendations 27.4 and 27.6.", "recommendation", [("27.4", "27.6")]),
        ("fr", "Voir les recommandations 27.4 et 27.6.", "recommendation", [("27.4", "27.6")]),
        ("en", "It recalled general recommendation 19 and recommendation 3.", "recommendation", [("3",)]),
    ],
)
def test_other_kinds_of_references(language: str, sentence: str, kind: str, expected: list[tuple[str, ...]]) -> None:
    references = facts(f"7. {sentence}\n", language).get(CrossReferences).of(kind)
    assert [reference.targets for reference in references] == expected


def test_explicit_references() -> None:
    references = facts("7. See paragraph 12 above and paragraph 14.\n").get(CrossReferences).of("paragraph")
    assert [(reference.targets, reference.explicit) for reference in references] == [(("12",), True), (("14",), False)]


def test_footnotes() -> None:
    text = (
        "1. One.<sup>1</sup> Two.[^2] It is 4 km<sup>2</sup>, the 2<sup>e</sup> time, M<sup>me</sup> said.\\*\n\n"
        "| a<sup>a</sup> | b |\n|---|---|\n\n---\n\n<sup>1</sup> First note.\n\n[^2]: Second note.\n"
    )
    footnotes = facts(text).get(Footnotes)
    assert [mark.label for mark in footnotes.marks] == ["1", "2"]
    assert [note.label for note in footnotes.notes] == ["1", "2"]


@pytest.mark.parametrize(
    ("language", "sentence", "definitions", "uses"),
    [
        ("en", "The Global Harbour Fund (GHF) met. GHF rose.", ["GHF"], ["GHF"]),
        ("en", "National harbour boards (NHBs) met. One NHB rose.", ["NHB"], ["NHB"]),
        ("en", "Ports (GHF) met.", [], ["GHF"]),
        ("en", "The Global Harbour Fund (hereinafter GHF) met.", ["GHF"], []),
        ("en", "It was seen (see GHF) there.", [], ["GHF"]),
        ("en", "See A/AC.1/2022/CRP.1 and UN-Habitat.", [], ["UN-Habitat"]),
        ("en", "He said “GHF rose”.", [], []),
        ("fr", "Le Fonds mondial des ports (FMP) a siégé. Le FMP s'est levé.", ["FMP"], ["FMP"]),
        ("fr", "Les organisations non gouvernementales (ONG) ont siégé.", ["ONG"], []),
    ],
)
def test_abbreviations(language: str, sentence: str, definitions: list[str], uses: list[str]) -> None:
    abbreviations = facts(f"7. {sentence}\n", language).get(Abbreviations)
    assert [definition.short for definition in abbreviations.definitions] == definitions
    assert [use.short for use in abbreviations.uses] == uses


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "It met on […] June.", ["[…]"]),
        ("en", "It met on [insert date].", ["[insert date]"]),
        ("en", "It had XX members.", ["XX"]),
        ("en", "The list is to be completed.", []),
        ("en", "Annexes: to be completed", ["to be completed"]),
        ("en", "See A/… for it.", ["A/…"]),
        ("en", "It cost $?? a year.", ["??"]),
        ("en", "The Chair () rose.", ["()"]),
        ("en", "The Chair was ==who?== elected.", ["==who?=="]),
        ("en", "States [should] [shall] act.", []),
        ("en", "It is “a […] pity” [sic].", []),
        ("en", "See article XX of the treaty.", []),
        ("en", "The work remains to be completed.", []),
        ("fr", "Liste des participants : à compléter", ["à compléter"]),
        ("fr", "Il reste un travail à compléter et à publier.", []),
        ("fr", "Le [insérer la date], il a siégé.", ["[insérer la date]"]),
        ("fr", "Il comptait XX membres.", ["XX"]),
        ("fr", "La partie XX du traité.", []),
    ],
)
def test_placeholders(language: str, sentence: str, expected: list[str]) -> None:
    placeholders = facts(f"7. {sentence}\n", language).get(Placeholders)
    assert [place.text for place in placeholders.found] == expected


@pytest.mark.parametrize(
    ("language", "lines", "symbol", "distribution", "day", "original", "version"),
    [
        (
            "en",
            ["A/80/12", "Distr.: General", "15 July 2022", "Original: English"],
            "A/80/12",
            "general",
            date(2022, 7, 15),
            "en",
            "",
        ),
        (
            "en",
            ["A/80/L.12", "Distr.: Limited", "1 July 2022", "English", "Original: French"],
            "A/80/L.12",
            "limited",
            date(2022, 7, 1),
            "fr",
            "en",
        ),
        (
            "en",
            ["Distr.", "RESTRICTED", "A/80/12", "15 July 2022", "ENGLISH", "ORIGINAL: SPANISH"],
            "A/80/12",
            "restricted",
            date(2022, 7, 15),
            "es",
            "en",
        ),
        ("en", ["Distr. GENERAL", "A/80/12"], "A/80/12", "general", None, "", ""),
        ("en", ["United Nations    A/80/12", "Distr.: Restricted"], "A/80/12", "restricted", None, "", ""),
        (
            "fr",
            ["CTOC/COP/WG.9/2022/3", "Distr. générale", "15 juillet 2022", "Français", "Original : anglais"],
            "CTOC/COP/WG.9/2022/3",
            "general",
            date(2022, 7, 15),
            "en",
            "fr",
        ),
        (
            "fr",
            ["A/80/L.12", "Distr. limitée", "1er juillet 2022", "Original : français"],
            "A/80/L.12",
            "limited",
            date(2022, 7, 1),
            "fr",
            "",
        ),
        ("fr", ["A/80/12", "Distr. restreinte", "ORIGINAL: ANGLAIS"], "A/80/12", "restricted", None, "en", ""),
        ("fr", ["Distr.: General", "Original: anglais"], None, "general", None, "en", ""),
    ],
)
@pytest.mark.parametrize("separator", ["\n\n", "  \n"], ids=["paragraphs", "lines"])
def test_masthead(
    language: str,
    lines: list[str],
    symbol: str | None,
    distribution: str,
    day: date | None,
    original: str,
    version: str,
    separator: str,
) -> None:
    masthead = facts(f"{separator.join(lines)}\n\n# Title\n\n1. One.\n", language).get(Masthead)
    assert (masthead.symbol.text if masthead.symbol else None) == symbol
    assert (masthead.distribution.value if masthead.distribution else None) == distribution
    assert masthead.date == day
    assert (masthead.original.value if masthead.original else "") == original
    assert (masthead.version.value if masthead.version else "") == version
