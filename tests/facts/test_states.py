"""Lists of States with their entries and roles, attendance and speakers."""

from __future__ import annotations

from functools import cache

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.engine.fact_store import Facts
from reportlint.facts.organizations import Organizations
from reportlint.facts.participation import Participation
from reportlint.facts.state_lists import ListRole, StateLists
from reportlint.facts.stated_counts import StatedCounts
from reportlint.facts.states import StateMentions
from reportlint.readers import read


@cache
def facts(text: str, language: str = "en") -> Facts:
    return rules_for().facts_for(read(Source.from_text(text), "markdown"), language)


def lists(sentence: str, language: str) -> list[str]:
    state_lists = facts(f"7. {sentence}\n", language).get(StateLists)
    return ["|".join(entry.name for entry in listing.entries) for listing in state_lists]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "The following States were represented: Chad, Mali and Peru.", ["Chad|Mali|Peru"]),
        (
            "en",
            "They were: Antigua and Barbuda, Bosnia and Herzegovina, Saint Kitts and Nevis, and Trinidad and Tobago.",
            ["Antigua and Barbuda|Bosnia and Herzegovina|Saint Kitts and Nevis|Trinidad and Tobago"],
        ),
        (
            "en",
            "They were: Iran (Islamic Republic of), Mali and Venezuela (Bolivarian Republic of).",
            ["Iran (Islamic Republic of)|Mali|Venezuela (Bolivarian Republic of)"],
        ),
        (
            "en",
            "Statements were made by the representatives of Chad, the Gambia, Mali and the United Kingdom of Great Britain and Northern Ireland.",  # noqa: E501
            ["Chad|Gambia|Mali|United Kingdom of Great Britain and Northern Ireland"],
        ),
        (
            "fr",
            "Les États suivants étaient représentés : Antigua-et-Barbuda, Bosnie-Herzégovine, Tchad et Trinité-et-Tobago.",  # noqa: E501
            ["Antigua-et-Barbuda|Bosnie-Herzégovine|Tchad|Trinité-et-Tobago"],
        ),
        (
            "fr",
            "Des déclarations ont été faites par les représentants de l'Égypte, de la Gambie, du Mali et des Philippines.",  # noqa: E501
            ["Égypte|Gambie|Mali|Philippines"],
        ),
        (
            "fr",
            "Ce sont : Iran (République islamique d'), Mali et Venezuela (République bolivarienne du).",
            ["Iran (République islamique d')|Mali|Venezuela (République bolivarienne du)"],
        ),
        # An unknown entry in the middle, last and first.
        ("en", "The following States were represented: Chad, Malli, Oman and Peru.", ["Chad|Malli|Oman|Peru"]),
        ("en", "The following States were represented: Chad, Mali, Oman and Peruu.", ["Chad|Mali|Oman|Peruu"]),
        ("en", "The following States were represented: Chadd, Mali, Oman and Peru.", ["Chadd|Mali|Oman|Peru"]),
        ("fr", "Les États suivants étaient représentés : Tchadd, Mali, Oman et Pérou.", ["Tchadd|Mali|Oman|Pérou"]),
        # Organizations that may stand among States.
        (
            "en",
            "The following were represented: Chad, European Union, Mali and Peru.",
            ["Chad|European Union|Mali|Peru"],
        ),
        # Not lists: persons with affiliations, single names, names separated by clauses.
        ("en", "The panellists were Ana Silva (Brazil), Musa Keita (Mali) and Li Wei (China).", []),
        ("en", "Mali was commended.", []),
        ("en", "Mali proposed lamps, and Peru opposed them.", []),
        ("en", "He said “Chad, Mali and Peru were there”.", []),
    ],
)
def test_lists(language: str, sentence: str, expected: list[str]) -> None:
    assert lists(sentence, language) == expected


def test_misspelt_entries_are_identified() -> None:
    text = "7. The following States were represented: Chad, Malli, Oman and Peru.\n"
    (listing,) = facts(text).get(StateLists)
    assert [entry.meant for entry in listing.entries] == ["TCD", "MLI", "OMN", "PER"]
    assert [entry.name for entry in listing.unknown] == ["Malli"]
    assert [text[slice(*entry.span)] for entry in listing.entries] == ["Chad", "Malli", "Oman", "Peru"]


@pytest.mark.parametrize(
    ("language", "sentence", "role", "categories"),
    [
        (
            "en",
            "The following States members of the Committee were represented: Chad, Mali and Peru.",
            ListRole.ATTENDANCE,
            {"member"},
        ),
        (
            "en",
            "The following States were represented by observers: Chad, Mali and Peru.",
            ListRole.ATTENDANCE,
            {"observer"},
        ),
        ("en", "Statements were made by the representatives of Chad, Mali and Peru.", ListRole.SPEAKERS, set()),
        ("en", "The lamps came from Chad, Mali and Peru.", ListRole.OTHER, set()),
        (
            "fr",
            "Les États parties ci-après étaient représentés : Mali, Pérou et Tchad.",
            ListRole.ATTENDANCE,
            {"party"},
        ),
        (
            "fr",
            "Les États observateurs ci-après étaient représentés : Mali, Pérou et Tchad.",
            ListRole.ATTENDANCE,
            {"observer"},
        ),
        ("fr", "Les représentants du Mali, du Pérou et du Tchad ont fait des déclarations.", ListRole.SPEAKERS, set()),
    ],
)
def test_roles(language: str, sentence: str, role: ListRole, categories: set[str]) -> None:
    (listing,) = facts(f"7. {sentence}\n", language).get(StateLists)
    assert listing.role is role
    if role is ListRole.ATTENDANCE:
        assert listing.introduction.categories == categories


def test_names_in_brackets_and_those_of_persons() -> None:
    mentions = facts("7. Ms. Ana Silva (Brazil) and a port (Chad) thanked Mali.\n").get(StateMentions)
    assert [(mention.iso3, mention.in_brackets, mention.of_person) for mention in mentions.states] == [
        ("BRA", True, True), ("TCD", True, False), ("MLI", False, False)
    ]  # fmt: skip


SPOKEN = {
    "en": "1. The following States were represented: Chad, Mali, Oman, Peru and Qatar.\n\n2. {}\n",
    "fr": "1. Les États suivants étaient représentés : Mali, Oman, Pérou, Qatar et Tchad.\n\n2. {}\n",
}


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "The representative of Mali said that lamps were lit.", ["MLI"]),
        ("en", "The observer for the Holy See said that lamps were lit.", ["VAT"]),
        ("en", "Statements were made by the representatives of Chad, Mali and Peru.", ["TCD", "MLI", "PER"]),
        ("en", "The representative of Mali, speaking on behalf of the Group of African States, spoke.", ["MLI"]),
        ("en", "Lamps were sent to Mali.", []),
        ("en", "The delegation praised Mali and Peru.", []),
        ("fr", "Le représentant du Mali a dit que les lampes étaient allumées.", ["MLI"]),
        ("fr", "L'observateur du Saint-Siège a dit que les lampes étaient allumées.", ["VAT"]),
        ("fr", "Les représentantes du Mali, du Pérou et du Tchad ont fait des déclarations.", ["MLI", "PER", "TCD"]),
        ("fr", "Des lampes ont été envoyées au Mali.", []),
    ],
)
def test_speakers(language: str, sentence: str, expected: list[str]) -> None:
    participation = facts(SPOKEN[language].format(sentence), language).get(Participation)
    assert sorted(speaker.iso3 for speaker in participation.speakers) == sorted(expected)
    assert participation.present >= {"TCD", "MLI", "OMN", "PER", "QAT"}


def test_observers_are_compared_only_with_a_list_of_organizations() -> None:
    spoke = "2. The observers for the Harbour Watch Network and the Lamp Guild made statements.\n"
    listed = "1. The following organizations were represented: Harbour Watch Network and Sea League.\n\n"
    organizations = facts(listed + spoke).get(Organizations)
    assert [(observer.name, observer.absent) for observer in organizations.observers] == [
        ("Harbour Watch Network", False),
        ("Lamp Guild", True),
    ]
    assert facts(spoke).get(Organizations).observers == ()


@pytest.mark.parametrize(
    ("language", "draft", "expected"),
    [
        ("en", "7. The following four States were represented: Chad, Mali and Peru.", [(4, 3)]),
        ("en", "7. The following 3 States were represented by observers and experts: Chad, Mali and Peru.", [(3, 3)]),
        ("en", "7. Oil was sent by 4 States, as follows:\n\nChad, Mali, Oman and Peru.", [(4, 4)]),
        ("fr", "7. Les quatre États ci-après étaient représentés : Mali, Pérou et Tchad.", [(4, 3)]),
        ("en", "7. It heard these three experts:\n\n- Ana Silva;\n\n- Musa Keita.", [(3, 2)]),
        ("en", "7. It heard three experts: Ana Silva, glazier (Peru), and Musa Keita (Mali).", [(3, 2)]),
        # Lists that cannot be counted, or that are only part of the number.
        ("en", "7. It heard three experts: Ana Silva (Peru), Bo Lind, glazier, and Musa Keita (Mali).", []),
        ("en", "7. It heard three experts: Ana Silva and Bo Lind (Peru) and Musa Keita (Mali).", []),
        ("en", "7. More than 40 States replied, including: Chad, Mali and Peru.", []),
        ("en", "7. Present were 9 States and one entity: Chad, Mali and Peru.", []),
        ("en", "7. Of the 50 States, 3 States had lamps: Chad, Mali and Peru.", []),
        ("fr", "7. Sur les 50 États, il manquait : le Mali, le Pérou et le Tchad.", []),
    ],
)
def test_stated_counts(language: str, draft: str, expected: list[tuple[int, int]]) -> None:
    counts = facts(f"{draft}\n", language).get(StatedCounts)
    assert [(count.number, count.listed[0]) for count in counts] == expected


def test_list_items_share_an_introduction() -> None:
    draft = "7. The following made statements:\n\n(a) Members: Chad, Mali and Peru;\n\n(b) Observers: Fiji and Oman.\n"
    capacities = [(listing.role, listing.introduction.capacity) for listing in facts(draft).get(StateLists)]
    assert capacities == [(ListRole.SPEAKERS, "member"), (ListRole.SPEAKERS, "observer")]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("- Chad\n- Malli\n- Oman\n- Peru", ["Chad|Malli|Oman|Peru"]),
        ("(a) Chad;\n\n(b) Mali; and\n\n(c) Peru.", ["Chad|Mali|Peru"]),
        ("Chad\nMali\nPeru", ["Chad|Mali|Peru"]),
        ("Chad\n\nMali\n\nPeru", ["Chad|Mali|Peru"]),
        (
            "- Mali\n- United Kingdom of Great Britain and\n  Northern Ireland\n- Zambia",
            ["Mali|United Kingdom of Great Britain and Northern Ireland|Zambia"],
        ),
        ("| Chad | Oman |\n| --- | --- |\n| Mali | Peru |", ["Chad|Mali|Oman|Peru"]),
        ("| Chad | Mali |\n| --- | --- |\n| Oman | Peru |", ["Chad|Mali|Oman|Peru"]),
        # Two announced names, names with other words, names with figures.
        ("- Chad\n- Peru", ["Chad|Peru"]),
        ("- Lamps for Chad\n- Lamps for Mali\n- Lamps for Peru", []),
        ("| State | Lamps |\n| --- | --- |\n| Chad | 12 |\n| Mali | 14 |\n| Peru | 15 |", ["Chad|Mali|Peru"]),
        ("| Chad | 1 January |\n| --- | --- |\n| Mali | 2 May |\n| Peru | 3 May |", []),
        ("- Chair: Ana Silva (Chad)\n- Vice-Chair: Bo Lind (Mali)\n- Rapporteur: Li Wei (Peru)", []),
    ],
)
def test_displayed_lists(draft: str, expected: list[str]) -> None:
    state_lists = facts(f"7. The following States were represented:\n\n{draft}\n").get(StateLists)
    assert ["|".join(entry.name for entry in listing.entries) for listing in state_lists] == expected
    assert {(listing.role, listing.after_colon) for listing in state_lists} <= {(ListRole.ATTENDANCE, True)}
