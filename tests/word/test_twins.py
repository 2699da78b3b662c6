"""A draft has the same findings as a Word file, in whatever way it is written."""

from __future__ import annotations

import pytest
from drafts import EXAMPLES, check
from named_edits import Edit
from twin_findings import FOUR, check_word, chosen_edits, compare_text, edited, has_twin, word_twin
from word_drafts import WAYS, Way

from reportlint.knowledge.levels import TrackedChanges

EXAMPLES_OF_FOUR = [f"faulty/{name}" for names in FOUR.values() for name in names]
EDITS = [edit for edit in chosen_edits(20) if has_twin(edited(edit), edit.draft)]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("name", EXAMPLES_OF_FOUR)
def test_an_example_has_the_same_findings(name: str, way: Way) -> None:
    comparison = compare_text((EXAMPLES / name).read_text(encoding="utf-8"), name, [way])[0]
    assert comparison.same > 5
    assert (comparison.missing, comparison.extra) == ({}, {})


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit.language}: {edit.name}")
def test_an_edit_has_the_same_findings(edit: Edit) -> None:
    for comparison in compare_text(edited(edit), edit.draft, [WAYS["automatic numbers"], WAYS["struck-through text"]]):
        assert (comparison.missing, comparison.extra) == ({}, {})


@pytest.mark.parametrize("name", EXAMPLES_OF_FOUR)
def test_a_draft_and_its_twin_share_fingerprints(name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    expected = sorted(finding.fingerprint for finding in check(text, name).findings)
    for way in (WAYS["automatic numbers"], WAYS["tracked changes"]):
        twin = check_word(word_twin(text, name, way))
        assert sorted(finding.fingerprint for finding in twin.findings) == expected


def test_what_stood_before_the_changes_is_read_on_request() -> None:
    name = "clean/phares.fr.md"
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    for way in (WAYS["tracked changes"], WAYS["struck-through text"]):
        data = word_twin(text, name, way)
        assert check_word(data).findings == ()
        before = check_word(data, changes=TrackedChanges.ORIGINAL)
        assert before.source is not None
        assert "erroneous" in before.source.text
        assert {"SYM001", "DRF001"} & {finding.code for finding in before.findings}


def test_the_writer_writes_what_the_way_says() -> None:
    name = "clean/phares.fr.md"
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    written = {way: word_twin(text, name, WAYS[way]) for way in WAYS}
    automatic, typed = written["automatic numbers"], written["typed numbers, Geneva masthead"]
    assert (automatic.count(b"<w:numPr>") > 90, typed.count(b"<w:numPr>")) == (True, 0)
    assert b"<w:tblpPr" in typed
    assert b"<w:titlePg/>" in written["typed numbers, New York masthead"]
    assert written["one run per character"].count(b"<w:r>") > len(text) // 2
    assert all(tag in written["tracked changes"] for tag in (b"<w:del ", b"<w:ins "))
    assert b"<w:strike/>" in written["struck-through text"]
    assert typed.count(b"<w:footnoteReference") == 2


def test_a_running_head_is_in_no_paragraph() -> None:
    name = "faulty/lake-ferries-record.en.txt"
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    for report in (check(text, name), check_word(word_twin(text, name, Way()))):
        (finding,) = (finding for finding in report.findings if finding.code == "MST005")
        assert (finding.place.where, finding.place.paragraph) == ("running head", None)
