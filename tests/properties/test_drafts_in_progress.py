"""A draft in progress: at stage draft, nothing is reported that only an unfinished text causes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from drafts import EFFORT, EXAMPLES, check, examples, lines_of

from reportlint.finding import Finding
from reportlint.report import FileReport

PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
EVERY = 1 if EFFORT > 1 else 17
CLEAN = [f"clean/{path.name}" for path in examples("clean")]
FAULTY = [f"faulty/{path.name}" for path in examples("faulty")]
# The findings of these rules depend on later text: notes, or an open chapter, agenda or list.
WAITING = {"ADP002", "AGD001", "NUM007", "NUM009", "PAR002", "PAR003", "REF002"}


@cache
def text_of(draft: str) -> str:
    return (EXAMPLES / draft).read_text(encoding="utf-8")


def prefixes(draft: str) -> Iterator[str]:
    """Yield the beginnings of a draft, each cut after a paragraph."""
    text = text_of(draft)
    for match in list(PARAGRAPH_END.finditer(text))[::-EVERY]:
        yield text[: match.end()]


def loud(report: FileReport) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity.value != "info"]


@pytest.mark.parametrize("draft", CLEAN)
def test_beginnings_of_clean_drafts_are_silent(draft: str) -> None:
    for text in prefixes(draft):
        findings = loud(check(text, draft, "draft"))
        assert [(finding.code, finding.place.line, finding.message) for finding in findings] == [], text[-80:]


@pytest.mark.parametrize("draft", FAULTY)
def test_faults_before_the_cut_are_found(draft: str) -> None:
    whole = loud(check(text_of(draft), draft, "draft"))
    for text in prefixes(draft):
        last = text.count("\n")
        found = {(finding.code, finding.place.line) for finding in loud(check(text, draft, "draft"))}
        before = {
            (finding.code, finding.place.line)
            for finding in whole
            if max(lines_of(finding)) < last and finding.code not in WAITING
        }
        assert before <= found, text[-80:]
