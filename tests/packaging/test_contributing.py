"""The worked example of CONTRIBUTING.md works, and its tables are complete."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from drafts import ROOT

from reportlint.checks import typography
from reportlint.checks.problem import checks_of
from reportlint.config.options import Options
from reportlint.document import Source
from reportlint.knowledge.cards import Card
from reportlint.knowledge.rulebook import Rulebook
from reportlint.language.phrases import compile_phrase
from reportlint.plugins.loading import Parts, load_parts
from reportlint.plugins.rule_sets import make_rules
from reportlint.runner.one_draft import check_text

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def block(language: str, path: str) -> str:
    """The code block that begins with a comment naming ``path``."""
    match = re.search(rf"(?ms)^( *)```{language}\n\1# {re.escape(path)}\n(.*?)^\1```$", TEXT)
    assert match, path
    return textwrap.dedent(match[2])


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Card, Parts]:
    """The card of the example, and all parts of the linter with it and its check among them."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "typography.yaml").write_text(block("yaml", "rules/typography.yaml"), encoding="utf-8")
    names = dict(vars(typography))
    exec(block("python", "reportlint/checks/typography.py"), names)
    added = [one for one in checks_of(names) if one not in checks_of(vars(typography))]
    (card,) = Rulebook((folder,)).full_cards(dict.fromkeys(one.name for one in added))
    parts = load_parts()
    return card, replace(parts, folders=(*parts.folders, folder), checks=(*parts.checks, *added))


def test_examples_of_the_worked_card(example: tuple[Card, Parts]) -> None:
    card, parts = example
    assert {one.fails for one in card.examples} == {True, False}
    for one in card.examples:
        source = Source.from_text(one.draft)
        report = check_text(one.draft, "draft.md", ".md", make_rules(Options(language=one.language), parts))
        found = [(it.code, source.text[it.place.start : it.place.end]) for it in report.findings]
        assert found == ([(card.code, one.at)] if one.fails else [])


@pytest.mark.parametrize("draft", sorted((ROOT / "examples/clean").iterdir()), ids=lambda path: path.name)
def test_worked_rule_is_silent_on_clean_drafts(example: tuple[Card, Parts], draft: Path) -> None:
    text = draft.read_text("utf-8")
    assert check_text(text, draft.name, draft.suffix, make_rules(Options(), example[1])).findings == ()


def test_slots() -> None:
    described = re.findall(r"(?m)^\| `\{(\w+)\}` \|", TEXT)
    assert sorted(described) == sorted(make_rules(Options()).lexicon("en").slots)


def test_phrase_that_explains_the_notation() -> None:
    match = re.search(r"So `\"(.*?)\"` finds “(.*?)” and “(.*?)”", TEXT)
    assert match
    pattern = compile_phrase(match[1], make_rules(Options()).lexicon("en").slots).pattern
    for words in match.groups()[1:]:
        found = pattern.search(f"The Committee {words}.")
        assert found
        assert found.group() == words
