"""Short forms after a symbol: the symbol that each stands for and its place in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reportlint.symbols.continuations import Continuations
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Malformed
from reportlint.symbols.vocabulary import SymbolVocabulary

DATA = yaml.safe_load((Path(__file__).parents[2] / "rules/registers/symbols.yaml").read_text("utf-8"))
GRAMMAR = SymbolGrammar(SymbolVocabulary.from_data(DATA))
CONTINUATIONS = Continuations(GRAMMAR, ("and",), ("to",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A/77/1 and Add.1", [("A/77/1/Add.1", "Add.1")]),
        (
            "A/77/1, Add.1 and Corr.1 and 2.",
            [("A/77/1/Add.1", "Add.1"), ("A/77/1/Corr.1", "Corr.1"), ("A/77/1/Corr.2", "2")],
        ),
        ("A/77/1 and Add.1–3", [("A/77/1/Add.1", "Add.1"), ("A/77/1/Add.2", "3"), ("A/77/1/Add.3", "3")]),
        ("A/77/1/Rev.1 and Add.2/Corr.1", [("A/77/1/Add.2/Corr.1", "Add.2/Corr.1")]),
        ("A/77/L.2, L.3 and L.4/Rev.1", [("A/77/L.3", "L.3"), ("A/77/L.4/Rev.1", "L.4/Rev.1")]),
        ("A/77/WP.1 to WP.3", [("A/77/WP.2", "WP.3"), ("A/77/WP.3", "WP.3")]),
        ("A/77/NGO/1–3, papers", [("A/77/NGO/2", "3"), ("A/77/NGO/3", "3")]),
        ("A/77/3 to 5", [("A/77/4", "5"), ("A/77/5", "5")]),
        ("A/77/1 and 2 others", []),
        ("A/77/1, and S/2022/1", []),
        ("A/77/1 and 2022/4", []),
    ],
)  # fmt: skip
def test_short_forms(text: str, expected: list[tuple[str, str]]) -> None:
    first = next(GRAMMAR.find_symbols(text))
    short_forms = list(CONTINUATIONS.find(text, first))
    assert [(symbol.text, text[candidate.start : candidate.end]) for candidate, symbol in short_forms] == expected


def test_malformed_short_form_is_corrected() -> None:
    text = "A/77/1 and add1"
    ((candidate, symbol),) = CONTINUATIONS.find(text, next(GRAMMAR.find_symbols(text)))
    assert isinstance(candidate.value, Malformed)
    assert (candidate.value.text, candidate.value.corrected, symbol.text) == ("add1", "Add.1", "A/77/1/Add.1")
