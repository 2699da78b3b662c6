"""Properties of fixes that hold for every draft: on the examples, the small cases and the real documents of set A."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest
from drafts import CORPUS, EXAMPLES, corpus_text
from fixing import ALL, SAFE, fix
from hypothesis import given
from hypothesis import strategies as st
from judgements import documents

from reportlint.document import Span
from reportlint.finding import Applicability
from reportlint.fixes import FixedDraft, draft_fixing
from reportlint.fixes.text_edits import TextEdit, before_edits, conflict, edited, text_edit

CASES = CORPUS.parent / "cases"
GRADES = pytest.mark.parametrize("grades", [SAFE, ALL], ids=["safe", "all"])


def codes(draft: FixedDraft) -> Counter[str]:
    return Counter(finding.code for file in draft.files for finding in file.findings)


def text_of(draft: FixedDraft) -> str:
    (part,) = {part for file in draft.files if file.draft for part in file.draft.parts}
    assert isinstance(part.data, str)
    return part.data


def offered(draft: FixedDraft, grades: frozenset[Applicability]) -> list[list[TextEdit]]:
    """Return the edits of each fix of these grades that the findings of a draft have."""
    (source,) = {part.source() for file in draft.files if file.draft for part in file.draft.parts}
    return [
        [text_edit(edit, source) for edit in finding.fix.edits]
        for file in draft.files
        for finding in file.shown
        if finding.fix and finding.fix.applicability in grades
    ]


def can_become(text: str, changed: str, edits: Iterable[TextEdit]) -> bool:
    """Return whether some of these edits, none of which overlap, make ``changed`` of a text and change nothing else.

    It holds every place in ``changed`` to which the text up to a place can lead.
    """
    by_start: dict[int, set[TextEdit]] = {}
    for edit in edits:
        by_start.setdefault(edit.start, set()).add(edit)
    reached: dict[int, set[int]] = {0: {0}}
    for at in sorted({0, *by_start, *(edit.end for each in by_start.values() for edit in each), len(text)}):
        here = reached.pop(at, set())
        for edit in sorted(by_start.get(at, ()), key=lambda edit: edit.end):
            after = {place + len(edit.text) for place in here if changed.startswith(edit.text, place)}
            if edit.end == at:
                here |= after
            else:
                reached.setdefault(edit.end, set()).update(after)
        if at == len(text):
            return len(changed) in here
        stops = (*by_start, *(edit.end for each in by_start.values() for edit in each), len(text))
        following = min(stop for stop in stops if stop > at)
        kept = text[at:following]
        reached.setdefault(following, set()).update(
            place + len(kept) for place in here if changed.startswith(kept, place)
        )
    return False


def assert_stable(text: str, path: str, grades: frozenset[Applicability], monkeypatch: pytest.MonkeyPatch) -> None:
    """Assert what holds for the fixes of every draft.

    Each round changes nothing but the ranges of the edits that its findings have, edits that are applied together do
    not overlap, no rule reports more than before, and fixing twice is fixing once.
    """
    before = fix(text, path, frozenset())
    fixed = fix(text, path, grades)
    assert fixed.is_finished
    assert (text_of(fixed) == text) is (not fixed.fixed)
    assert codes(fixed) <= codes(before)
    if not fixed.fixed:
        return
    monkeypatch.setattr(draft_fixing, "ROUNDS", 1)
    for _ in range(10):
        after = fix(text_of(before), path, grades)
        assert can_become(text_of(before), text_of(after), chain.from_iterable(offered(before, grades)))
        if not after.fixed:
            break
        before = after
    assert text_of(before) == text_of(fixed)


@GRADES
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.*")), ids=lambda path: path.name)
def test_examples(path: Path, grades: frozenset[Applicability], monkeypatch: pytest.MonkeyPatch) -> None:
    if path.suffix in (".md", ".txt"):
        assert_stable(path.read_text(encoding="utf-8"), path.name, grades, monkeypatch)


@GRADES
def test_cases(grades: frozenset[Applicability], monkeypatch: pytest.MonkeyPatch) -> None:
    if not CASES.is_dir():
        pytest.skip("the small cases are not beside this checkout")
    for path in sorted(CASES.glob("*.*")):
        if path.suffix in (".md", ".txt"):
            with monkeypatch.context() as patched:
                assert_stable(path.read_text(encoding="utf-8"), path.name, grades, patched)


@GRADES
@pytest.mark.parametrize("name", documents("A"))
def test_real_documents(name: str, grades: frozenset[Applicability], monkeypatch: pytest.MonkeyPatch) -> None:
    assert_stable(corpus_text(name), name, grades, monkeypatch)


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
    assert can_become(text, result, edits)
    assert not can_become(text, f"{result}!", edits)
    assert not can_become(f"{text}!", result, edits)
    assert len(result) == len(text) + sum(len(edit.text) - (edit.end - edit.start) for edit in edits)
    outside = [at for at in range(len(text)) if not any(edit.start <= at < edit.end for edit in edits)]
    for at in outside:
        moved = at + sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= at)
        assert result[moved] == text[at]
        back = before_edits(Span(moved, moved + 1), edits)
        assert back.start <= at < back.end
