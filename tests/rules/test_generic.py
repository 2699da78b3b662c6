"""The generic kinds: what their cards find, shown by examples as in any card, and what is wrong with cards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from drafts import EXAMPLES

from reportlint.checks.generic.search import SECONDS
from reportlint.errors import DataError
from reportlint.facts.named_facts import NAMES
from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.language.lexicon import SLOTS, Lexicon
from reportlint.testing import RuleCase, rule_cases

HERE = Path(__file__).parent
MISTAKES = yaml.safe_load((HERE / "generic-mistakes.yaml").read_text(encoding="utf-8"))
CARD = """- code: GEN001
  name: generic
  check: {check}
  severity: warning
  confidence: high
  message: {{en: "{message}"}}
  why: {{en: "because"}}
  with:
"""


@pytest.mark.parametrize("case", rule_cases(HERE / "generic.yaml", EXAMPLES / "house-rules"), ids=str)
def test_example(case: RuleCase) -> None:
    case.verify()


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["says"][:50])
def test_what_is_wrong_with_a_card(case: dict[str, Any], tmp_path: Path) -> None:
    given = "".join(f"    {line}\n" for line in case["with"].splitlines())
    text = CARD.format(check=case["check"], message=case.get("message", "words")) + given
    (tmp_path / "cards.yaml").write_text(text if given else text.replace("  with:\n", ""), encoding="utf-8")
    (tmp_path / "terms.csv").write_text(case.get("terms", "term,instead\na,b\n"), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        rule_cases(tmp_path / "cards.yaml")
    said = str(raised.value).replace(f"{tmp_path.as_posix()}/", "")
    assert said.splitlines() == case["says"].splitlines()


@pytest.mark.parametrize("code", Rulebook((builtin_folder(),)).languages)
def test_every_language_has_all_slots(code: str) -> None:
    assert set(Lexicon(code, Rulebook((builtin_folder(),)).lexicon(code)).slots) == set(SLOTS)


def test_the_readme_names_all_facts() -> None:
    text = (EXAMPLES / "house-rules/README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{{{name}}}`" not in text] == []


def test_the_time_limit_is_one_that_a_reader_bears() -> None:
    assert 0 < SECONDS <= 5
