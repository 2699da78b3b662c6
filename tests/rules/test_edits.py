"""Named single edits of the clean examples: each gives exactly one new finding, or none if it is legitimate."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from drafts import CARDS, EXAMPLES, ROOT, check, lines_of, new_findings

from reportlint.knowledge.rulebook import read_data
from reportlint.reporters.run import FileReport

FOLDER = ROOT / "tests" / "edits"


def load(language: str) -> list[dict[str, Any]]:
    return [edit for path in sorted((FOLDER / language).glob("*.yaml")) for edit in read_data(path)]


EDITS = {language: load(language) for language in ("en", "fr")}


def params(*, faults: bool) -> list[Any]:
    return [
        pytest.param(edit, id=f"{language}-{edit['name']}")
        for language, edits in EDITS.items()
        for edit in edits
        if ("code" in edit) == faults
    ]


@cache
def clean(draft: str) -> tuple[str, FileReport]:
    text = (EXAMPLES / draft).read_text(encoding="utf-8")
    return text, check(text, draft)


def apply(edit: dict[str, str]) -> tuple[str, int]:
    """The edited text and where the edit begins."""
    text, _ = clean(edit["draft"])
    assert text.count(edit["replace"]) == 1
    at = text.index(edit["replace"])
    return text.replace(edit["replace"], edit["with"]), at


@pytest.mark.parametrize("edit", params(faults=True))
def test_one_new_finding(edit: dict[str, str]) -> None:
    text, start = apply(edit)
    end = start + len(edit["with"])
    if "at" in edit:
        start = text.index(edit["at"])
        end = start + len(edit["at"])
    expected = set(range(text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 2))
    new = new_findings(clean(edit["draft"])[1], check(text, edit["draft"]))
    assert [finding.code for finding in new] == [edit["code"]]
    assert lines_of(new[0]) & expected


@pytest.mark.parametrize("edit", params(faults=False))
def test_no_new_finding(edit: dict[str, str]) -> None:
    text, _ = apply(edit)
    assert new_findings(clean(edit["draft"])[1], check(text, edit["draft"])) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_rule_of_drafts_has_an_edit(language: str) -> None:
    codes = {edit["code"] for edit in EDITS[language] if "code" in edit}
    assert codes >= {card.code for card in CARDS if card.check != "engine"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_names_of_edits_are_unique(language: str) -> None:
    names = [edit["name"] for edit in EDITS[language]]
    assert sorted(names) == sorted(set(names))
