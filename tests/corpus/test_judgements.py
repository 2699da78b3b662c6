"""Comparing, counting and writing the recorded judgements."""

from __future__ import annotations

from dataclasses import replace

from judgements import Judgement, Precision, Verdict, compare, to_yaml

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


def test_documents_without_findings_are_written() -> None:
    assert "isba-18-a-11.fr.txt: []\n" in to_yaml([])
