"""Helpers shared by the tests: rules loaded once, linting of texts, and the real documents."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from reportlint.config.options import Options
from reportlint.engine.rules import Rules
from reportlint.finding import Finding
from reportlint.knowledge.levels import Stage
from reportlint.knowledge.rulebook import Rulebook, builtin_folder, read_data
from reportlint.plugins.rule_loading import make_rules
from reportlint.report import FileReport
from reportlint.runner.draft_checking import check_text
from reportlint.runner.inputs import suffix_of

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
CARDS = Rulebook((builtin_folder(),)).full_cards()
# The rules about drafts that are on by default.
ON_BY_DEFAULT = {card.code for card in CARDS if card.check != "engine" and any(card.severity.values())}
# The rules that were measured on real documents and have planted faults; a new rule joins them with its first figures.
MEASURED = {row["code"] for row in read_data(builtin_folder() / "registers" / "precision.csv")}
NOT_MEASURED = {card.code for card in CARDS if card.check != "engine"} - MEASURED
# `run_all.py --full` has property tests try twenty times as many examples.
EFFORT = 20 if os.environ.get("REPORTLINT_FULL") == "1" else 1
CORPUS = Path(os.environ.get("REPORTLINT_CORPUS", ROOT.parent / "shared" / "corpus"))


def examples(folder: str) -> list[Path]:
    """Return the examples in a folder, "clean" or "faulty", that are Markdown or plain text."""
    return sorted(path for path in (EXAMPLES / folder).iterdir() if path.suffix != ".docx")


@cache
def _rules() -> Rules:
    return make_rules(Options())


def rules_with(options: Options) -> Rules:
    """Return the rules for the given options. Lexicons and registers are loaded once and shared."""
    return _rules().with_options(options)


@cache
def rules_for(stage: str = "review", language: str | None = None, select: frozenset[str] = frozenset()) -> Rules:
    return rules_with(Options(Stage(stage), select=select, language=language))


def check(
    text: str,
    path: str = "draft.md",
    stage: str = "review",
    language: str | None = None,
    select: frozenset[str] = frozenset(),
) -> FileReport:
    """Lint a text as if it were the file ``path``."""
    rules = rules_for(stage, language, select)
    return check_text(text, path, suffix_of(path, rules.readers), rules)


def marked(report: FileReport, finding: Finding) -> str:
    """Return the text at the place of a finding."""
    assert report.source is not None
    return report.source.text[finding.place.start : finding.place.end]


def key(finding: Finding) -> tuple[str, str]:
    """Return the identity of a finding, which stays the same after edits elsewhere."""
    return finding.code, finding.message


def new_findings(before: FileReport, after: FileReport) -> list[Finding]:
    """Return the findings that are only in the second report."""
    known = [key(finding) for finding in before.findings]
    return [finding for finding in after.findings if key(finding) not in known]


def lines_of(finding: Finding) -> set[int]:
    """Return the lines of the place of a finding and of its related places."""
    places = (finding.place, *finding.related)
    return {line for place in places for line in range(place.line, place.end_line + 1)}


def corpus_file(name: str) -> Path:
    """Return the path of a real document.

    If it is missing, the test is skipped, or fails if ``REPORTLINT_REQUIRE_CORPUS`` is 1.
    """
    path = CORPUS / name
    if not path.is_file():
        if os.environ.get("REPORTLINT_REQUIRE_CORPUS") == "1":
            pytest.fail(f"the corpus is required and {path} is missing")
        pytest.skip("the corpus of real documents is not beside this checkout (set REPORTLINT_CORPUS)")
    return path


def corpus_text(name: str) -> str:
    """Return the text of a real document; see :func:`corpus_file`."""
    return corpus_file(name).read_text(encoding="utf-8")
