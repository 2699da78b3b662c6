"""Checks and cards agree: what a check yields is declared, and every declared text is complete in every language."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import ClassVar

import pytest
from drafts import CARDS, EXAMPLES, ON_BY_DEFAULT, rules_with

from reportlint.checks import BUILTIN_CHECKS
from reportlint.checks.problem import Problem
from reportlint.config.options import Options
from reportlint.engine import linting
from reportlint.engine.finding_writer import FindingWriter
from reportlint.finding import Finding
from reportlint.knowledge.cards import Card
from reportlint.knowledge.levels import Stage
from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.plugins.plugin_loading import load_components
from reportlint.plugins.rule_loading import known_checks
from reportlint.runner.draft_checking import check_text

OWN = [card for card in CARDS if card.check != "engine"]
CHECKS = {check.name: check for check in BUILTIN_CHECKS}


def test_every_check_has_a_card_and_every_card_a_check() -> None:
    assert set(CHECKS) == {card.check for card in OWN}


def test_the_cards_agree_with_what_their_checks_declare() -> None:
    """The built-in rules load from YAML with the declarations of the checks, which raises at any difference."""
    assert all(set(card.related or {}) == set(CHECKS[card.check].related) for card in OWN)
    assert len(Rulebook((builtin_folder(),)).full_cards(known_checks(load_components()))) == len(CARDS)


@pytest.mark.parametrize("card", OWN, ids=[card.code for card in OWN])
def test_languages_name_the_same_fields(card: Card) -> None:
    for text in (*card.message.values(), *(card.related or {}).values()):
        assert len({frozenset(re.findall(r"\{(\w+)\}", words)) for words in text.values()}) <= 2


class Yielded(FindingWriter):
    """Collects the problems of each check on their way to findings."""

    problems: ClassVar[dict[str, list[Problem]]] = defaultdict(list)

    def finding(self, card: Card, problem: Problem) -> Finding:
        self.problems[card.check].append(problem)
        return super().finding(card, problem)


@cache
def all_findings(message_language: str) -> tuple[Finding, ...]:
    """The findings on the examples of all cards and on the example drafts."""
    findings: list[Finding] = []
    for stage in (Stage.REVIEW, Stage.PUBLICATION):
        drafts = [(path.read_text("utf-8"), path.name) for path in sorted(EXAMPLES.glob("*/*.md"))]
        for language in (None, "en", "fr"):
            rules = rules_with(Options(stage, language=language, message_language=message_language))
            texts = [] if language else drafts
            examples = [example for card in OWN for example in card.examples if example.language == language]
            texts += [(example.draft, example.path) for example in examples]
            for text, path in texts:
                findings += check_text(text, path, Path(path).suffix, rules).findings
    # Rules that are off at every stage report when they are selected.
    off = [card for card in OWN if card.code not in ON_BY_DEFAULT]
    select = frozenset(card.code for card in off)
    for language in ("en", "fr") if off else ():
        rules = rules_with(Options(select=select, language=language, message_language=message_language))
        for text in [example.draft for card in off for example in card.examples if example.language == language]:
            findings += check_text(text, "draft.md", ".md", rules).findings
    return tuple(findings)


@pytest.fixture(scope="module")
def problems() -> dict[str, list[Problem]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linting, "FindingWriter", Yielded)
        all_findings.cache_clear()
        all_findings("en")
    return Yielded.problems


@pytest.mark.parametrize("card", OWN, ids=[card.code for card in OWN])
def test_what_a_check_yields_is_declared(card: Card, problems: dict[str, list[Problem]]) -> None:
    check = CHECKS[card.check]
    assert problems[card.check]
    for problem in problems[card.check]:
        assert problem.variant in check.variants or not problem.variant
        assert set(problem.fields) <= set(check.fields)
        for related in problem.related:
            assert related.key in check.related
            assert set(related.fields) <= set(check.fields)


@pytest.mark.parametrize("message_language", ["en", "fr"])
def test_every_message_is_complete(message_language: str) -> None:
    findings = all_findings(message_language)
    assert {finding.code for finding in findings} == {card.code for card in OWN}
    for finding in findings:
        texts = (finding.message, finding.why, finding.place.where, *(place.message for place in finding.related))
        for text in texts:
            assert text
            assert not re.search(r"[{}]|None|\[ |datetime|\bSpan\b", text), (finding.code, text)
            assert "  " not in text.replace("\n", " "), (finding.code, text)
            assert not re.search(r"\[\]|\(\)", text) or finding.code == "DRF001", (finding.code, text)
        assert all(place.where for place in finding.related)
