"""The registers of States and bodies: the shipped data, and the messages for mistakes in register data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportlint.knowledge.name_index import Name, NameIndex
from reportlint.knowledge.registers import (
    Form,
    NameState,
    load_bodies,
    load_states,
)
from reportlint.knowledge.rulebook import read_data

FOLDER = Path(__file__).parents[2] / "rules/registers"
CASES: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parent / "data/registers.yaml").read_text("utf-8"))
BODIES = load_bodies(read_data(FOLDER / "bodies.yaml"))
STATES = load_states(read_data(FOLDER / "states.csv"), read_data(FOLDER / "states-names.yaml"), BODIES.masks)
FRAMES = {
    "en": "The observers for {} and Oman took part.",
    "fr": "Les observateurs de {} et d'Oman y étaient.",
}
TODAY = date(2026, 1, 1)


def test_register_has_all_states() -> None:
    by_status: dict[str, int] = {}
    for state in STATES.rows.values():
        by_status[state.status] = by_status.get(state.status, 0) + 1
    assert by_status == {"member": 193, "observer": 2, "nonmember-state": 2}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("iso3", STATES.rows)
def test_every_name_of_every_state_is_found(iso3: str, language: str) -> None:
    names = STATES.rows[iso3].names[language]
    for name in {names.list, names.in_text, names.formal} - {""}:
        text = FRAMES[language].format(name)
        match, neighbour = STATES.find(text, language)
        assert (text[match.start : match.end], match.iso3, neighbour.iso3) == (name, iso3, "OMN")
        assert match.known.form in (Form.LIST, Form.IN_TEXT, Form.FORMAL)
        assert STATES.status(match.known, TODAY).state is NameState.VALID


@pytest.mark.parametrize("language", ["es", "ru"])
def test_list_names_of_other_languages_are_found(language: str) -> None:
    for iso3, state in STATES.rows.items():
        (match,) = STATES.find(f"{state.names[language].list}.", language)
        assert match.iso3 == iso3


def test_names_begin_with_a_capital() -> None:
    for state in STATES.rows.values():
        for language in ("en", "fr"):
            names = state.names[language]
            for name in (names.list, names.in_text, names.formal):
                assert name[:1].isupper() or not name


@pytest.mark.parametrize("case", CASES["find"], ids=lambda case: case["text"])
def test_mentions(case: dict[str, Any]) -> None:
    text = case["text"]
    mentions = [[text[m.start : m.end], m.iso3] for m in STATES.find(text, case["language"])]
    assert mentions == case["found"]


@pytest.mark.parametrize("case", CASES["status"], ids=lambda case: f"{case['name']} {case['day']}")
def test_status(case: dict[str, Any]) -> None:
    frame = {"fr": "Selon {}, oui.", "en": "According to {}, yes."}[case["language"]]
    (match,) = STATES.find(frame.format(case["name"]), case["language"])
    status = STATES.status(match.known, case["day"])
    assert status.state.value == case["state"]
    if "proper" in case:
        assert status.list_name == case["proper"]
    if "since" in case:
        assert status.since == case["since"]


@pytest.mark.parametrize(("text", "language", "expected"), CASES["nearest"])
def test_nearest(text: str, language: str, expected: str | None) -> None:
    assert STATES.nearest_state(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Czech", "en", "Czechia"),
        ("Mongol", "en", "Mongolia"),
        ("Austr", "en", None),  # Australia, Austria
        ("Bosnia", "en", None),  # more than the end is missing
        ("Fij", "en", None),
        ("Ruritan", "en", None),
        ("", "en", None),
        ("Norv", "fr", "Norvège"),
        ("Slovén", "fr", "Slovénie"),
    ],
)
def test_a_name_without_its_end(text: str, language: str, expected: str | None) -> None:
    assert STATES.state_cut_short(text, language) == expected


def test_names_for_lists_and_sentences() -> None:
    assert STATES.list_name("IRN", "fr") == "Iran (République islamique d')"
    assert STATES.in_text("IRN", "fr") == "République islamique d'Iran"
    assert STATES.in_text("BOL", "en", date(2005, 1, 1)) == "Bolivia"
    assert STATES.in_text("TUR", "fr", date(2005, 1, 1)) == "Turquie"
    assert STATES.in_text("MKD", "en", date(2005, 1, 1)) == "former Yugoslav Republic of Macedonia"


def test_whole_text_as_name() -> None:
    name = STATES.whole("Dominique", "fr")
    assert name is not None
    assert name.iso3 == "DMA"
    assert STATES.whole("Tchèque", "fr") is None


def test_name_before_a_capital_is_attributive() -> None:
    first, second = STATES.find("Iran Air flies to Iran.", "en")
    assert (first.attributive, second.attributive) == (True, False)


def test_bodies() -> None:
    text = "L'Office des Nations Unies contre la drogue et le crime (ONUDC) et l'Union européenne"
    mentions = [(text[m.start : m.end], m.abbreviated, m.body.lists_with_states) for m in BODIES.find(text, "fr")]
    assert mentions == [
        ("Office des Nations Unies contre la drogue et le crime", False, False),
        ("ONUDC", True, False),
        ("Union européenne", False, True),
    ]
    body = BODIES.by_name("Office des Nations Unies contre la drogue et le crime", "fr")
    assert body is not None
    assert body.names["en"].abbreviation == "UNODC"
    assert BODIES.by_abbreviation("HCR", "fr")[0].names["en"].abbreviation == "UNHCR"
    assert len(BODIES.by_abbreviation("CCI", "fr")) == 2
    assert BODIES.by_abbreviation("ONUDDC", "fr") == ()
    assert BODIES.is_well_known("INTERPOL", "fr")
    assert BODIES.is_well_known("VIH", "fr")
    assert not BODIES.is_well_known("VIH", "en")
    assert len(BODIES.rows) >= 120


def test_every_mask_hides_the_state_it_contains() -> None:
    for language in ("en", "fr"):
        for mask in BODIES.masks[language]:
            assert list(STATES.find(f"x {mask}, y", language)) == [], mask


@given(st.lists(st.sampled_from(["Ab", "Ab Cd", "ab Cd", "Cd-Ef", " ", "-", ",", "'", "X", "1"]), max_size=30))
def test_matches_do_not_overlap(pieces: list[str]) -> None:
    names = ["Ab", "Ab Cd", "ab Cd", "Cd-Ef", "Cd"]
    text = "".join(pieces)
    end = 0
    for match in NameIndex([Name(name, name) for name in names]).find(text):
        assert end <= match.start
        assert text[match.start : match.end].lower() == match.value.lower()
        end = match.end


def test_long_text_is_searched_in_full() -> None:
    text = "The representatives of France and the State of Palestine took note of the report of the body. " * 20_000
    assert sum(1 for _ in STATES.find(text, "en")) == 40_000
