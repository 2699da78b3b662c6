"""Properties of fixes that hold for every draft: on the examples, the small cases and the real documents of set A."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from drafts import CORPUS, EXAMPLES, corpus_text
from fixing import ALL, SAFE, fix, fixed_text
from hypothesis import given
from hypothesis import strategies as st
from judgements import documents

from reportlint.document import Span
from reportlint.finding import Applicability
from reportlint.fixes import FixedDraft
from reportlint.fixes.text_edits import TextEdit, before_edits, conflict, edited

CASES = CORPUS.parent / "cases"
GRADES = pytest.mark.parametrize("grades", [SAFE, ALL], ids=["safe", "all"])


def codes(draft: FixedDraft) -> Counter[str]:
    return Counter(finding.code for file in draft.files for finding in file.findings)


def assert_stable(text: str, path: str, grades: frozenset[Applicability]) -> None:
    """Assert that fixing twice is fixing once, and that no rule reports more than before."""
    unchanged = fix(text, path, frozenset())
    fixed = fix(text, path, grades)
    draft = fixed.files[0].draft
    assert draft is not None
    once = draft.parts[0].data
    assert isinstance(once, str)
    assert (once == text) is (not fixed.fixed)
    assert codes(fixed) <= codes(unchanged)
    if fixed.fixed:
        assert fixed_text(once, path, grades) == once


@GRADES
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.*")), ids=lambda path: path.name)
def test_examples(path: Path, grades: frozenset[Applicability]) -> None:
    if path.suffix in (".md", ".txt"):
        assert_stable(path.read_text(encoding="utf-8"), path.name, grades)


@GRADES
def test_cases(grades: frozenset[Applicability]) -> None:
    if not CASES.is_dir():
        pytest.skip("the small cases are not beside this checkout")
    for path in sorted(CASES.glob("*.*")):
        if path.suffix in (".md", ".txt"):
            assert_stable(path.read_text(encoding="utf-8"), path.name, grades)


@GRADES
@pytest.mark.parametrize("name", documents("A"))
def test_real_documents(name: str, grades: frozenset[Applicability]) -> None:
    assert_stable(corpus_text(name), name, grades)


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[str, list[TextEdit]]:
    text = draw(st.text("ab \n", max_size=30))
    edits: list[TextEdit] = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        edit = TextEdit(start, end, draw(st.text("xyz", max_size=4)))
        if not conflict(edit, edits):
            edits.append(edit)
    return text, edits


@given(texts_and_edits())
def test_characters_outside_the_edits_stay(drawn: tuple[str, list[TextEdit]]) -> None:
    """Every character outside the edits is in the new text, and its range there leads back to where it was."""
    text, edits = drawn
    result = edited(text, edits)
    assert len(result) == len(text) + sum(len(edit.text) - (edit.end - edit.start) for edit in edits)
    outside = [at for at in range(len(text)) if not any(edit.start <= at < edit.end for edit in edits)]
    for at in outside:
        moved = at + sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= at)
        assert result[moved] == text[at]
        back = before_edits(Span(moved, moved + 1), edits)
        assert back.start <= at < back.end
