"""Comparing, counting and writing the recorded judgements."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafts import corpus_text
from judgements import (
    SETS,
    Judgement,
    Precision,
    Verdict,
    compare,
    documents,
    lacking,
    number_of_documents,
    set_of,
)

OLD = Judgement("a.en.md", 3, "NUM001", "f1", "error", Verdict.TRUE, "a number is missing")


def test_a_finding_keeps_its_verdict_when_it_moves() -> None:
    judgements, differences = compare([OLD], [Judgement("a.en.md", 5, "NUM001", "f1", "error")])
    assert judgements == [replace(OLD, line=5)]
    assert differences == ["moved a.en.md:3 error NUM001 f1 → line 5, error"]


def test_new_and_gone_findings_are_listed() -> None:
    new = Judgement("a.en.md", 9, "NUM002", "f2", "warning")
    judgements, differences = compare([OLD], [new])
    assert judgements == [new]
    assert differences == ["new   a.en.md:9 warning NUM002 f2", "gone  a.en.md:3 error NUM001 f1"]


def test_unchanged_findings_are_not_listed() -> None:
    assert compare([OLD], [replace(OLD, verdict=Verdict.NEW, reason="")]) == ([OLD], [])


def test_debatable_counts_as_half_and_new_as_false() -> None:
    verdicts = [Verdict.TRUE, Verdict.DEBATABLE, Verdict.FALSE, Verdict.NEW]
    assert Precision.of(replace(OLD, verdict=verdict) for verdict in verdicts) == Precision(4, 1, 1)
    assert Precision(4, 1, 1).value == 0.375
    assert Precision(0, 0, 0).value is None


def test_damage_and_unjudged_findings_do_not_count() -> None:
    verdicts = [Verdict.TRUE, Verdict.EXTRACTION, Verdict.UNJUDGED]
    assert Precision.of(replace(OLD, verdict=verdict) for verdict in verdicts) == Precision(1, 1, 0)


@pytest.mark.parametrize(("judged", "missing"), [(9, True), (10, False)])
def test_findings_may_stay_unjudged_beside_ten_judged_ones(judged: int, missing: bool) -> None:
    one = replace(OLD, file="ga/a.en.txt")
    unjudged = [replace(one, verdict=Verdict.UNJUDGED)]
    assert bool(list(lacking([one] * judged + unjudged))) == missing
    assert list(lacking([one] * judged)) == []


def test_every_document_belongs_to_its_set() -> None:
    corpus_text("README.md")
    for name in SETS:
        assert {set_of(file) for file in documents(name)} in ({name}, set())
        assert len(documents(name)) == number_of_documents(name)
