"""Lexicons and registers are verified before anything is checked: one line for each mistake, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import ROOT

from reportlint.engine.rule_data import data_mistakes
from reportlint.knowledge.rulebook import Rulebook, read_data

RULES = ROOT / "rules"
CASES: list[dict[str, str]] = read_data(Path(__file__).with_name("rule-data-mistakes.yaml"))


def mistakes(name: str, text: str, folder: Path) -> list[str]:
    """Return the mistakes in a house's file of rule data."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    builtin = folder / "builtin"
    (builtin / "compiled").mkdir(parents=True)  # so only the house's files are read
    for kind in ("lexicons", "registers"):
        (builtin / kind).symlink_to(RULES / kind)
    found = data_mistakes(Rulebook((builtin, folder)))
    return [str(mistake).replace(f"{folder.as_posix()}/", "") for mistake in found]


def place(text: str, words: str, name: str) -> str:
    """Return the place at which ``words`` begin in a text."""
    start = text.index(words)
    return f"{name}:{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}"


def test_the_built_in_data_is_right() -> None:
    assert data_mistakes(Rulebook((RULES,), compiled=False)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_mistake_gives_one_line(case: dict[str, str], tmp_path: Path) -> None:
    name = case["file"]
    original = (RULES / name).read_text(encoding="utf-8")
    text = original.replace(case["old"], case["new"], 1)
    assert text != original
    assert mistakes(name, text, tmp_path) == [f"{place(text, case['at'], name)}: {case['says']}"]


def test_a_section_that_is_missing_and_all_other_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    text = "language: xx\nname: Xx\ndetect: {words: [x]}\njonier: [x]\n"
    found = mistakes("lexicons/xx.yaml", text, tmp_path)
    assert "lexicons/xx.yaml:4:1: unknown key “jonier”; did you mean “owners”?" in found
    assert "lexicons/xx.yaml:1:1: “numbers” is missing" in found
    assert "lexicons/xx.yaml:1:1: “labels” is missing" in found
    assert "lexicons/xx.yaml:1:1: “translations” is missing" not in found
    assert "lexicons/xx.yaml:1:1: “owners” is missing" not in found  # it may be the misspelt one
    assert len(found) == len(set(found)) == 6


def test_a_register_that_only_a_plugin_knows_must_be_well_formed(tmp_path: Path) -> None:
    assert mistakes("registers/ports.csv", "name,city\nOld port,Lisbon\n", tmp_path) == []


def test_a_malformed_register_of_a_plugin(tmp_path: Path) -> None:
    found = mistakes("registers/ports.yaml", "a: 1\na: 2\n", tmp_path)
    assert found == ["registers/ports.yaml:2:1: duplicate key “a”"]


def test_a_house_may_replace_one_of_the_files_on_states(tmp_path: Path) -> None:
    assert mistakes("registers/states-names.yaml", "undated: 2010-01-01\nstates: {}\n", tmp_path) == []
