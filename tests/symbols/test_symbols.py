"""The grammar of document symbols, tested on the cases in data/symbols.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Malformed, Symbol, Trait
from reportlint.symbols.vocabulary import SymbolVocabulary

ROOT = Path(__file__).parents[2]
DATA = yaml.safe_load((ROOT / "rules/registers/symbols.yaml").read_text("utf-8"))
CASES: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parent / "data/symbols.yaml").read_text("utf-8"))
GRAMMAR = SymbolGrammar(SymbolVocabulary.from_data(DATA))


@pytest.mark.parametrize("case", CASES["symbols"], ids=lambda case: case["text"])
def test_symbol_is_parsed(case: dict[str, Any]) -> None:
    symbol = GRAMMAR.parse_symbol(case["text"])
    assert isinstance(symbol, Symbol), symbol
    expected = dict(case)
    assert symbol.text == expected.pop("text")
    actual = {key: getattr(symbol, key) for key in expected}
    if "bodies" in actual:
        actual["bodies"] = list(symbol.bodies)
    if "finals" in actual:
        actual["finals"] = [component.text for component in symbol.finals]
    assert actual == expected


@pytest.mark.parametrize("case", CASES["symbols"], ids=lambda case: case["text"])
def test_components_have_their_offsets(case: dict[str, Any]) -> None:
    symbol = GRAMMAR.parse_symbol(case["text"])
    assert isinstance(symbol, Symbol)
    for component in symbol.components:
        assert symbol.text.startswith(component.text, component.start)


@pytest.mark.parametrize("text", CASES["none"])
def test_other_text_yields_no_symbol(text: str) -> None:
    for sentence in (text, f"See {text}, and more.", f"({text})"):
        assert [candidate.value for candidate in GRAMMAR.find_symbols(sentence)] == []


@pytest.mark.parametrize("case", CASES["malformed"], ids=lambda case: case["text"])
@pytest.mark.parametrize("frame", ["{}", "voir {}.", "({})", "« {}, »"])
def test_malformed_symbol_has_its_fault_and_correction(case: dict[str, str], frame: str) -> None:
    text = frame.format(case["text"])
    (candidate,) = GRAMMAR.find_symbols(text)
    value = candidate.value
    assert isinstance(value, Malformed)
    assert text[candidate.start : candidate.end] == case["text"] == value.text
    assert (value.fault.value, value.corrected) == (case["fault"], case["corrected"])
    assert text[value.faults[0].start : value.faults[0].end] == case["at"]
    assert GRAMMAR.parse_symbol(value.corrected) == value.symbol


@pytest.mark.parametrize("case", CASES["sentences"], ids=lambda case: case["text"])
def test_symbols_in_a_sentence(case: dict[str, Any]) -> None:
    candidates = list(GRAMMAR.find_symbols(case["text"]))
    assert [candidate.value.text for candidate in candidates] == case["found"]
    assert [case["text"][candidate.start : candidate.end] for candidate in candidates] == case["found"]
    assert all(isinstance(candidate.value, Symbol) for candidate in candidates)


def test_all_faults_of_a_symbol_are_reported() -> None:
    value = GRAMMAR.parse_symbol("a/c3/77/l.4/REV 1")
    assert isinstance(value, Malformed)
    assert value.corrected == "A/C.3/77/L.4/Rev.1"
    assert [fault.replacement for fault in value.faults] == ["A", "C.3", "L.4", "Rev.1"]


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("A/77/4", {Trait.ASSEMBLY}),
        ("A/77/L.4", {Trait.ASSEMBLY, Trait.DRAFT, Trait.LIMITED}),
        ("E/2022/L.4/Add.1", {Trait.DRAFT, Trait.LIMITED, Trait.PART}),
        ("E/2022/L.4/Rev.1", {Trait.DRAFT, Trait.LIMITED}),
        ("S/RES/2650 (2022)", {Trait.DECISIONS, Trait.YEAR_IN_BRACKETS}),
        ("CTOC/COP/WG.7/2022/CRP.1", {Trait.DRAFT, Trait.OTHER_DISTRIBUTION}),
        ("A/CN.9/WG.III/WP.196", {Trait.ASSEMBLY, Trait.OTHER_DISTRIBUTION}),
        ("ECE/TRANS/WP.29/2020/12", set()),
        ("CAT/C/SR.209", {Trait.SUMMARY_RECORD}),
    ],
)
def test_traits(text: str, traits: set[Trait]) -> None:
    symbol = GRAMMAR.parse_symbol(text)
    assert isinstance(symbol, Symbol)
    assert {trait for trait in Trait if symbol.has(trait)} == traits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A/77/4", True),
        ("A/77/L.4", True),
        ("A/RES/77/1", True),
        ("A/HRC/50/4", False),
        ("A/HRC/RES/50/1", False),
        ("E/2022/4", False),
        ("A/CN.9/1001", False),
    ],
)
def test_sessions_of_the_assembly(text: str, expected: bool) -> None:
    symbol = GRAMMAR.parse_symbol(text)
    assert isinstance(symbol, Symbol)
    assert symbol.is_of_assembly is expected


PIECES = st.sampled_from([*"AaSL/.\\-&(*) 12", "//", "CTOC", "WG.7", "Rev", "CRP 1", "2022", "(Part I)", "é", "号"])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_candidates_in_any_text_do_not_overlap(text: str) -> None:
    end = 0
    for candidate in GRAMMAR.find_symbols(text):
        assert end <= candidate.start < candidate.end <= len(text)
        end = candidate.end
        if isinstance(candidate.value, Symbol):
            assert text[candidate.start : candidate.end] == candidate.value.text
        for component in candidate.symbol.components:
            assert candidate.symbol.text.startswith(component.text, component.start)


@pytest.mark.parametrize("piece", ["A/", "A", "A/77/1-", "(1)/", "A(1", "A/77 /", "WG ", "\\", "A/77/1/ ", ".A/1"])
def test_search_takes_linear_time(piece: str) -> None:
    """A search that takes longer than linear time would not finish on a hundred thousand pieces."""
    text = piece * 100_000
    ends = [candidate.end for candidate in GRAMMAR.find_symbols(text)]
    assert ends == sorted(ends)
