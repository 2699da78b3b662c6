"""Cards and checks fit: what a check yields its card has words for, and the words find their fields."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from drafts import CARDS, EXAMPLES, ON_BY_DEFAULT, rules_with

import reportlint.checks
from reportlint.config.options import Options
from reportlint.facts.participation import Side
from reportlint.finding import Finding
from reportlint.knowledge.cards import Card
from reportlint.knowledge.registers import NameState
from reportlint.knowledge.scales import Stage
from reportlint.runner.one_draft import check_text
from reportlint.structure.sequences import Kind

OWN = [card for card in CARDS if card.check != "engine"]
FOLDER = Path(reportlint.checks.__file__).parent


class Written:
    """What one check and the functions of its module that it uses write of problems."""

    def __init__(self, functions: list[ast.FunctionDef]) -> None:
        self.strings: set[str] = set()
        self.variants: set[str] = set()
        self.related: set[str] = set()
        for node in (inner for function in functions for inner in ast.walk(function)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.strings.add(node.value)
            if isinstance(node, ast.Attribute) and node.attr == "kind":
                self.strings |= set(get_args(Kind))
            if isinstance(node, ast.Attribute) and node.attr == "value":
                self.strings |= {one.value for kind in (NameState, Side) for one in kind}
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id == "Problem":
                    given = [*node.args[2:3], *(one.value for one in node.keywords if one.arg == "variant")]
                    self.variants |= {text for one in given for text in constants(one)}
                if node.func.id == "Related":
                    self.related |= set(constants(node.args[0]))


def constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


@cache
def sources() -> dict[str, Written]:
    found: dict[str, Written] = {}
    for path in FOLDER.glob("*.py"):
        functions = {
            one.name: one for one in ast.parse(path.read_text("utf-8")).body if isinstance(one, ast.FunctionDef)
        }

        def reached(name: str, seen: set[str], functions: dict[str, ast.FunctionDef] = functions) -> set[str]:
            if name in functions and name not in seen:
                seen.add(name)
                own = {argument.arg for argument in functions[name].args.args}
                for node in ast.walk(functions[name]):
                    if isinstance(node, ast.Name) and node.id not in own:
                        reached(node.id, seen, functions)
            return seen

        for name, function in functions.items():
            for decorator in function.decorator_list:
                if (
                    isinstance(decorator, ast.Call)
                    and isinstance(decorator.func, ast.Name)
                    and decorator.func.id == "check"
                ):
                    (label,) = constants(decorator.args[0])
                    found[label] = Written([functions[one] for one in sorted(reached(name, set()))])
    return found


def test_every_check_has_a_card_and_every_card_a_check() -> None:
    assert set(sources()) == {card.check for card in OWN}


@pytest.mark.parametrize("card", OWN, ids=[card.code for card in OWN])
def test_variants(card: Card) -> None:
    source = sources()[card.check]
    declared = set(card.message) - {""}
    assert source.variants <= declared
    assert declared <= source.strings


@pytest.mark.parametrize("card", OWN, ids=[card.code for card in OWN])
def test_related_places(card: Card) -> None:
    assert set(card.related or {}) == sources()[card.check].related


@pytest.mark.parametrize("card", OWN, ids=[card.code for card in OWN])
def test_fields(card: Card) -> None:
    texts = [*card.message.values(), *(card.related or {}).values()]
    named = {field for text in texts for one in text.values() for field in re.findall(r"\{(\w+)\}", one)}
    assert named <= sources()[card.check].strings
    for text in texts:
        assert len({frozenset(re.findall(r"\{(\w+)\}", one)) for one in text.values()}) <= 2


@cache
def all_findings(message_language: str) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for stage in (Stage.REVIEW, Stage.PUBLICATION):
        drafts = [(path.read_text("utf-8"), None) for path in sorted(EXAMPLES.glob("*/*.md"))]
        for language in (None, "en", "fr"):
            made = rules_with(Options(stage, language=language, message_language=message_language))
            texts = [text for text, own in drafts if own == language]
            texts += [one.draft for card in OWN for one in card.examples if one.language == language]
            for text in texts:
                found += check_text(text, "draft.md", ".md", made).findings
    # Rules that are off at every stage speak when they are selected.
    quiet = [card for card in OWN if card.code not in ON_BY_DEFAULT]
    select = frozenset(card.code for card in quiet)
    for language in ("en", "fr") if quiet else ():
        made = rules_with(Options(select=select, language=language, message_language=message_language))
        for text in [one.draft for card in quiet for one in card.examples if one.language == language]:
            found += check_text(text, "draft.md", ".md", made).findings
    return tuple(found)


@pytest.mark.parametrize("message_language", ["en", "fr"])
def test_every_message_is_complete(message_language: str) -> None:
    found = all_findings(message_language)
    assert {one.code for one in found} == {card.code for card in OWN}
    for one in found:
        for text in (one.message, one.why, one.place.where, *(place.message for place in one.related)):
            assert text
            assert "{" not in text, (one.code, text)
            assert "}" not in text, (one.code, text)
            assert "None" not in text, (one.code, text)
            assert "  " not in text.replace("\n", " "), (one.code, text)
            assert not re.search(r"datetime|\[\]|\(\)|\bSpan\b", text) or one.code == "DRF001", (one.code, text)
        assert all(place.where for place in one.related)
