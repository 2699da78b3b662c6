"""Named single edits of the clean examples: each gives exactly one new finding, or none if it is legitimate."""

from __future__ import annotations

import pytest
from drafts import MEASURED, ON_BY_DEFAULT
from named_edits import LANGUAGES, Edit, edits, outcome


def chosen(*, faults: bool) -> list[object]:
    return [
        pytest.param(edit, id=f"{language}-{edit.name}")
        for language in LANGUAGES
        for edit in edits(language)
        if bool(edit.code) == faults
    ]


@pytest.mark.parametrize("edit", chosen(faults=True))
def test_one_new_finding(edit: Edit) -> None:
    found = outcome(edit)
    assert [finding.code for finding in found.findings] == [edit.code]
    assert found.placed


@pytest.mark.parametrize("edit", chosen(faults=False))
def test_no_new_finding(edit: Edit) -> None:
    assert outcome(edit).findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measured_rule_has_an_edit(language: str) -> None:
    assert {edit.code for edit in edits(language)} >= ON_BY_DEFAULT & MEASURED


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_edits_are_unique(language: str) -> None:
    names = [edit.name for edit in edits(language)]
    assert sorted(names) == sorted(set(names))
