"""The example rule in CONTRIBUTING.md works, and the tables there are complete."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from drafts import CARDS, ROOT, examples

from reportlint.checks import typography
from reportlint.checks.problem import checks_of
from reportlint.config.options import Options
from reportlint.document import Source
from reportlint.knowledge.cards import Card
from reportlint.knowledge.rulebook import Rulebook
from reportlint.language.phrases import compile_phrase
from reportlint.plugins.plugin_loading import Components, load_components
from reportlint.plugins.rule_loading import make_rules
from reportlint.runner.draft_checking import check_text

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def block(language: str, path: str) -> str:
    """Return the code block that begins with a comment naming ``path``."""
    match = re.search(rf"(?ms)^( *)```{language}\n\1# {re.escape(path)}\n(.*?)^\1```$", TEXT)
    assert match, path
    return textwrap.dedent(match[2])


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Card, Components]:
    """The card of the example, and all components of the linter, including that card and its check."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "typography.yaml").write_text(block("yaml", "rules/typography.yaml"), encoding="utf-8")
    names = dict(vars(typography))
    exec(block("python", "reportlint/checks/typography.py"), names)
    added = [check for check in checks_of(names) if check not in checks_of(vars(typography))]
    (card,) = Rulebook((folder,)).full_cards()
    components = load_components()
    if any(existing.code == card.code for existing in CARDS):  # a reader has followed the page
        return card, components
    return card, replace(components, folders=(*components.folders, folder), checks=(*components.checks, *added))


def test_examples_of_the_card(example: tuple[Card, Components]) -> None:
    card, components = example
    assert {case.fails for case in card.examples} == {True, False}
    for case in card.examples:
        text = Source.from_text(case.draft).text
        report = check_text(case.draft, "draft.md", ".md", make_rules(Options(language=case.language), components))
        findings = [(finding.code, text[finding.place.start : finding.place.end]) for finding in report.findings]
        assert findings == ([(card.code, case.at)] if case.fails else [])


@pytest.mark.parametrize("draft", examples("clean"), ids=lambda path: path.name)
def test_rule_reports_nothing_on_clean_drafts(example: tuple[Card, Components], draft: Path) -> None:
    text = draft.read_text("utf-8")
    assert check_text(text, draft.name, draft.suffix, make_rules(Options(), example[1])).findings == ()


def test_every_slot_is_described() -> None:
    described = re.findall(r"(?m)^\| `\{(\w+)\}` \|", TEXT)
    assert sorted(described) == sorted(make_rules(Options()).lexicon("en").slots)


def test_example_phrase_matches_the_words_given() -> None:
    match = re.search(r"So `\"(.*?)\"` finds “(.*?)” and “(.*?)”", TEXT)
    assert match
    pattern = compile_phrase(match[1], make_rules(Options()).lexicon("en").slots).pattern
    for words in match.groups()[1:]:
        phrase = pattern.search(f"The Committee {words}.")
        assert phrase
        assert phrase.group() == words
