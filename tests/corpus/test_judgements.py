"""Records of findings on real documents: how they are compared, counted and written."""

from __future__ import annotations

from dataclasses import replace

from judgements import Judgement, Precision, Verdict, compared, written

OLD = Judgement("a.en.md", 3, "NUM001", "f1", "error", Verdict.TRUE, "a number is missing")


def test_a_finding_keeps_its_verdict_when_it_moves() -> None:
    found, differences = compared([OLD], [Judgement("a.en.md", 5, "NUM001", "f1", "error")])
    assert found == [replace(OLD, line=5)]
    assert differences == ["moved a.en.md:3 error NUM001 f1 → line 5, error"]


def test_new_and_gone_findings_are_named() -> None:
    new = Judgement("a.en.md", 9, "NUM002", "f2", "warning")
    found, differences = compared([OLD], [new])
    assert found == [new]
    assert differences == ["new   a.en.md:9 warning NUM002 f2", "gone  a.en.md:3 error NUM001 f1"]


def test_nothing_new_is_no_difference() -> None:
    assert compared([OLD], [replace(OLD, verdict=Verdict.NEW, reason="")]) == ([OLD], [])


def test_debatable_is_half_and_new_counts_as_false() -> None:
    verdicts = [Verdict.TRUE, Verdict.DEBATABLE, Verdict.FALSE, Verdict.NEW]
    assert Precision.of(replace(OLD, verdict=one) for one in verdicts) == Precision(4, 1, 1)
    assert Precision(4, 1, 1).value == 0.375
    assert Precision(0, 0, 0).value is None


def test_what_is_written_names_documents_without_findings() -> None:
    assert "isba-18-a-11.fr.txt: []\n" in written([])
