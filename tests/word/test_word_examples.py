"""The examples that are Word files are those that the script writes, and have the findings of the draft."""

from __future__ import annotations

import pytest
from drafts import EXAMPLES, check
from twin_findings import check_word, compare
from word_examples import WORD_EXAMPLES, word_example, word_path


@pytest.mark.parametrize("name", WORD_EXAMPLES)
def test_the_file_is_what_the_script_writes(name: str) -> None:
    assert word_path(name).read_bytes() == word_example(name)


def test_every_word_file_is_listed() -> None:
    assert set(EXAMPLES.rglob("*.docx")) == set(map(word_path, WORD_EXAMPLES))
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert all(f"`{word_path(name).relative_to(EXAMPLES).as_posix()}`" in readme for name in WORD_EXAMPLES)


@pytest.mark.parametrize("stage", ["draft", "review", "publication"])
@pytest.mark.parametrize("name", WORD_EXAMPLES)
def test_the_findings_are_those_of_the_draft(name: str, stage: str) -> None:
    expected = check((EXAMPLES / name).read_text(encoding="utf-8"), name, stage)
    found = check_word(word_path(name).read_bytes(), word_path(name).name, stage)
    assert found.state.value == "checked"
    assert bool(found.findings) == bool(expected.findings)
    assert compare(expected.findings, found.findings).is_equal
    assert {each.fingerprint for each in found.findings} == {each.fingerprint for each in expected.findings}
