"""Drafts in shapes that the examples do not have, written to provoke false alarms: all must stay silent.

The false alarms that they showed at first were mended, so they guard against a relapse and measure nothing.

A masthead in a table, Parts, chapters and draft decisions, a layout in columns, a resumed session, operative
paragraphs inside the report, sections with their word, page breaks in mid-sentence.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import ROOT, check

TRIALS = sorted(path for path in (ROOT / "tests" / "trials").iterdir() if path.suffix in (".md", ".txt"))


@pytest.mark.parametrize("stage", ["draft", "review", "publication"])
@pytest.mark.parametrize("path", TRIALS, ids=[path.name for path in TRIALS])
def test_nothing_above_info(path: Path, stage: str) -> None:
    report = check(path.read_text(encoding="utf-8"), path.name, stage)
    assert report.state.value == "checked"
    assert report.language == path.name.split(".")[1]
    loud = [one for one in report.findings if one.severity.value != "info"]
    assert [(one.place.line, one.code, one.message) for one in loud] == []
