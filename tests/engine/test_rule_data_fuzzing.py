"""Rule data with any value in any place gives mistakes, never another exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from drafts import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint.errors import DataError, Mistake
from reportlint.knowledge.cards import load_cards
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.register_shapes import body_mistakes, state_mistakes
from reportlint.knowledge.rulebook import data_file
from reportlint.language.lexicon_shape import lexicon_mistakes
from reportlint.symbols.vocabulary_shape import symbol_mistakes
from reportlint.waivers.waiver_file import waivers_in

RULES = ROOT / "rules"
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [None, True, 0, -1, "", "x", "{x", "(a|", [], {}, [[]], [None], {"x": 1}, [{"name": 1}], "2022-13-01"]
    ),
    st.text(max_size=5),
)


def _cards(file: DataFile) -> Iterator[Mistake]:
    try:
        load_cards([file], {})
    except DataError as error:
        yield from error.mistakes


KINDS: dict[str, tuple[Path | Any, Callable[[DataFile], Any]]] = {
    "lexicon": (RULES / "lexicons/en.yaml", lambda file: lexicon_mistakes(file, "en")),
    "bodies": (RULES / "registers/bodies.yaml", body_mistakes),
    "names of States": (
        RULES / "registers/states-names.yaml",
        lambda file: state_mistakes(data_file(RULES / "registers/states.csv"), file),
    ),
    "symbols": (RULES / "registers/symbols.yaml", symbol_mistakes),
    "cards": (RULES / "numbering.yaml", lambda file: list(_cards(file))),
    "waivers": ([{"path": "a.md", "code": "NUM001", "fingerprint": "x", "until": "2030-01-01"}], waivers_in),
}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_in_any_place(kind: str, data: st.DataObject) -> None:
    source, verify = KINDS[kind]
    original = data_file(source).value if isinstance(source, Path) else source
    verify(DataFile("x.yaml", _changed(original, data)))


def _changed(value: Any, data: st.DataObject) -> Any:
    """Return a value with one part replaced, drawn at random."""
    if not value or not isinstance(value, list | dict) or data.draw(st.integers(0, 4)) == 0:
        return data.draw(VALUES)
    if isinstance(value, list):
        index = data.draw(st.integers(0, len(value) - 1))
        return [*value[:index], _changed(value[index], data), *value[index + 1 :]]
    key = data.draw(st.sampled_from(sorted(value)))
    new = data.draw(st.sampled_from([key, "x"]))
    return {**{other: item for other, item in value.items() if other != key}, new: _changed(value[key], data)}
