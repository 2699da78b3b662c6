"""The generic kinds: what their cards find, shown by examples as in any card, and what is wrong with cards."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from drafts import EXAMPLES

from reportlint.checks.generic.pattern_limits import excess_of
from reportlint.checks.generic.search import SECONDS, compiled
from reportlint.config.options import Options
from reportlint.errors import DataError
from reportlint.facts.named_facts import NAMES
from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.language.lexicon import SLOTS, Lexicon
from reportlint.plugins.plugin_loading import load_components
from reportlint.plugins.rule_loading import RuleSets
from reportlint.runner.draft_checking import check_text
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


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (f"pattern: {'lamp' * 3_000}", "is too long: 12000 characters, at most 10000"),
        (f"phrase: {'lamp ' * 3_000}", "the phrase has 14999 characters, at most 10000"),
        (f"phrase: {'(a|' * 3_000}", "the phrase nests alternatives too deep"),
        (f"pattern: lamp\n    exceptions: [{', '.join(['lamplight'] * 30_000)}]", "too many words: 270000 characters"),
    ],
)
def test_long_patterns_and_lists(given: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "cards.yaml").write_text(CARD.format(check="pattern", message="words") + f"    {given}\n")
    with pytest.raises(DataError) as raised:
        rule_cases(tmp_path / "cards.yaml")
    (line,) = str(raised.value).splitlines()
    assert expected in line
    assert len(line) < 300


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b\d{1,4}(?:[ ,]\d{3}){0,4}\b", r"(?i:lamp{1,2})[^({]{0,400}?lantern", r"\{1000\}{1,99}[{](?:x|[)(]){2,30}",
        r"A/\d{1,3}/\d{1,4}(?:/Add\.\d{1,2}){0,9}", "(?P<x>a{1,100}) {2,50}",
    ],
)  # fmt: skip
def test_usual_patterns_are_within_the_limits(pattern: str) -> None:
    assert excess_of(pattern) == ""
    assert compiled(pattern, True).pattern == pattern


# Every way to nest a thousand times a thousand repetitions.
@pytest.mark.parametrize(
    "pattern",
    [
        "(?:a{1000}){1000}", "(?:a{1000})+(?:b{1000}(?:c|d)){1000}", "(?:a{,1000}){1000,}", "(?:[(]a{1000}[)]){1000}",
        r"(?:\)a{1000}\(){1000}", "(?V1)(?:a{1000}[[x])(]){1000}", "(?x: (a{1000} ) {1000})", "(?:){1000000}",
        "a{1000000}",
    ],
)  # fmt: skip
def test_nested_repetitions(pattern: str) -> None:
    assert excess_of(pattern) == "repeats too much: reduce the numbers in braces"


SLOW = "(x+x+)+y"


@pytest.mark.parametrize(
    ("check", "given"),
    [
        ("pattern", f"pattern: {SLOW}\n    must: occur"),
        ("substitution", f"pattern: {SLOW}\n    instead: z"),
    ],
)
def test_a_slow_pattern_stops_after_a_second(check: str, given: str, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/cards.yaml").write_text(CARD.format(check=check, message="words") + f"    {given}\n")
    draft = "# Report of the Committee on Harbours\n\n1. The Committee met, and discussed the safety of harbours.\n"
    rules = RuleSets(load_components()).rules(Options(folders=(tmp_path / "rules",), select=frozenset({"GEN001"})))
    started = time.process_time()
    report = check_text(draft + f"\n\n{'x' * 5_000}\n", "a.md", ".md", rules)
    assert time.process_time() - started < 10 * SECONDS
    assert [(finding.code, "takes more than 1 s" in finding.message) for finding in report.findings] == [
        ("RPL003", True)
    ]
