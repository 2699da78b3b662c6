"""The rule reference in ``docs/rules/`` is what the cards say."""

from __future__ import annotations

import sys

from drafts import ROOT

sys.path.insert(0, str(ROOT / "docs"))

import rule_pages


def test_every_page_is_current() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in rule_pages.FOLDER.glob("*.md")}
    assert written == rule_pages.pages(), "run: python docs/rule_pages.py"
