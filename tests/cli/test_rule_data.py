"""A mistake in any kind of data gives one line with its place and exit code 2; nothing is checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import ROOT

from .conftest import FAULTY, run

RULES = ROOT / "rules"
CARD = """- code: HSE001
  name: lamps
  check: terms
  severity: warning
  confidence: high
  with: {file: terms.csv}
  message: {en: "found"}
  why: {en: "because"}
"""
TERMS = "term,instead\nlamp,lantern\n"


def line_of(name: str, words: str) -> int:
    """Return the number of the line of a file of rules that contains some words first."""
    text = (RULES / name).read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1


def changed(name: str, old: str, new: str) -> str:
    text = (RULES / name).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


OPINION = line_of("lexicons/en.yaml", "^ advisory opinion")
CASES = {
    "lexicon": ("rules/lexicons/en.yaml", changed("lexicons/en.yaml", "  joiner: [and]", "  jonier: [and]"),
                "25:3: unknown key “jonier”; did you mean “joiner”?"),
    "phrase": ("rules/lexicons/en.yaml", changed("lexicons/en.yaml", '"^ advisory opinion"', '"^ advisory [opinion"'),
               f"{OPINION}:7: phrase “^ advisory [opinion”, character 20: “]” is missing"),
    "section": ("rules/lexicons/en.yaml", changed("lexicons/en.yaml", "\nname:", "\n# name:"),
                "3:1: “name” is missing"),
    "bodies": ("rules/registers/bodies.yaml", "bodies:\n  - {kind: x, en: {nmae: Harbour Board}}\n",
               "2:20: unknown key “nmae”; did you mean “name”?"),
    "symbols": ("rules/registers/symbols.yaml", changed("registers/symbols.yaml", "{name: A, ", "{nom: A, "),
                "25:6: unknown key “nom”; did you mean “name”?"),
    "states": ("rules/registers/states.csv", changed("registers/states.csv", "AFG,AF,004,member", "AFG,AF,004,memebr"),
               "2:12: “memebr” is not one of member, observer, nonmember-state; did you mean “member”?"),
    "names of States": ("rules/registers/states-names.yaml", "undated: 2010-13-01\nstates: {}\n",
                        "1:10: “2010-13-01” is not a date (write 2022-06-01)"),
    "card": ("rules/house.yaml", CARD.replace("confidence: high", "confidence: hihg"),
             "5:15: “hihg” is not a confidence: use high, medium or low"),
    "parameters": ("rules/house.yaml", CARD.replace("file:", "fiel:"),
                   "6:10: check “terms” has no parameter “fiel”; did you mean “file”?"),
    "terms": ("rules/terms.csv", TERMS.replace("instead", "insted"),
              "1:6: unknown column “insted”; did you mean “instead”?"),
    "waivers": ("reportlint-waivers.yaml", "- {path: a.md, code: NUM001, fingreprint: x}\n",
                "1:30: unknown key “fingreprint”; did you mean “fingerprint”?"),
    "baseline": ("known.json", '{"schema": 1, "findings": {"a.md": []}}',
                 "1:36: not a baseline: expected names with values (name: value); "
                 "write a new one with --write-baseline"),
    "reportlint.toml": ("reportlint.toml", 'baseline = "known.json"\nstage = "reviw"\n',
                        "2:1: “stage”: “reviw” is not one of draft, review, publication; did you mean “review”?"),
    "pyproject.toml": ("pyproject.toml", "[tool.reportlint]\nstaeg = 1\n",
                       "2:1: unknown setting “staeg” in this table; did you mean “stage”?"),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_a_mistake_gives_one_line(kind: str, tmp_path: Path) -> None:
    name, text, expected = CASES[kind]
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    files = {"rules/house.yaml": CARD, "rules/terms.csv": TERMS, name: text}
    if name != "pyproject.toml":
        files = {"reportlint.toml": 'rules = ["rules"]\nbaseline = "known.json"\n', **files}
        files = {"known.json": '{"schema": 1, "findings": {}}', **files}
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    result = run("check", "a.md", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    line = result.err.removeprefix("reportlint: ")
    assert line.count("\n") == 1
    assert line.endswith(f"{name}:{expected}\n")


def test_data_without_mistakes_is_used(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    for folder in ("lexicons", "registers"):
        (tmp_path / "rules" / folder).mkdir(parents=True)
        for path in (RULES / folder).iterdir():
            (tmp_path / "rules" / folder / path.name).write_bytes(path.read_bytes())
    assert run("check", "a.md", "--rules", "rules", cwd=tmp_path).code == 1
