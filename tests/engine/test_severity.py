"""The table of severities: stage, select, ignore, severity, waiver, baseline and fail-on, together."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import pytest
from drafts import rules_with

from reportlint.config.options import Options
from reportlint.engine.severity import fails_run, finding_severity, rule_severity
from reportlint.finding import Finding, Place, SuppressedBy, Suppression
from reportlint.knowledge.cards import Card
from reportlint.knowledge.levels import Confidence, Severity, Stage
from reportlint.report import FileReport, FileState
from reportlint.waivers.suppression import suppress

CARD = Card(
    "HSE001", "no-lamps", "a",
    {Stage.DRAFT: None, Stage.REVIEW: Severity.WARNING, Stage.PUBLICATION: Severity.ERROR},
    Confidence.HIGH, {"": {"en": "dark"}}, {"en": "because"},
)  # fmt: skip

# stage    select         ignore           severity              lowered  waived/base  fail-on   result
TABLE = """
  draft   | -            | -              | -                     | -       | -        | warning | silent
  review  | -            | -              | -                     | -       | -        | warning | warning fails
  publication| -            | -              | -                     | -       | -        | warning | error fails
  review  | -            | -              | -                     | -       | -        | error   | warning
  publication| -            | -              | -                     | -       | -        | error   | error fails
  review  | -            | -              | -                     | -       | -        | info    | warning fails

  review  | HSE001       | -              | -                     | -       | -        | warning | warning fails
  review  | no-lamps     | -              | -                     | -       | -        | warning | warning fails
  review  | HSE          | -              | -                     | -       | -        | warning | warning fails
  review  | NUM          | -              | -                     | -       | -        | warning | silent
  draft   | HSE001       | -              | -                     | -       | -        | warning | warning fails
  draft   | no-lamps     | -              | -                     | -       | -        | warning | warning fails
  draft   | HSE          | -              | -                     | -       | -        | warning | silent
  draft   | NUM          | -              | -                     | -       | -        | warning | silent

  review  | -            | HSE001         | -                     | -       | -        | warning | silent
  review  | -            | no-lamps       | -                     | -       | -        | warning | silent
  review  | -            | HSE            | -                     | -       | -        | warning | silent
  review  | -            | NUM            | -                     | -       | -        | warning | warning fails
  review  | HSE          | HSE001         | -                     | -       | -        | warning | silent
  review  | HSE001       | HSE            | -                     | -       | -        | warning | warning fails
  review  | HSE001       | HSE001         | -                     | -       | -        | warning | silent
  review  | HSE001       | no-lamps       | -                     | -       | -        | warning | silent
  review  | HSE          | HSE            | -                     | -       | -        | warning | silent
  draft   | NUM,HSE001   | NUM            | -                     | -       | -        | warning | warning fails
  publication| HSE001       | HSE            | -                     | -       | -        | warning | error fails

  review  | -            | -              | HSE001=error          | -       | -        | error   | error fails
  review  | -            | -              | no-lamps=info         | -       | -        | warning | info
  review  | -            | -              | HSE=info              | -       | -        | info    | info fails
  review  | -            | -              | NUM=off               | -       | -        | warning | warning fails
  review  | -            | -              | HSE001=off            | -       | -        | warning | silent
  review  | -            | -              | HSE=off               | -       | -        | warning | silent
  review  | -            | -              | HSE=off,HSE001=error  | -       | -        | warning | error fails
  review  | -            | -              | HSE001=off,HSE=error  | -       | -        | warning | silent
  draft   | -            | -              | HSE001=info           | -       | -        | info    | info fails
  draft   | -            | -              | HSE=error             | -       | -        | info    | silent
  review  | HSE001       | -              | HSE001=off            | -       | -        | warning | warning fails
  review  | HSE          | -              | HSE001=off            | -       | -        | warning | silent
  review  | -            | HSE001         | HSE001=error          | -       | -        | warning | silent
  review  | NUM          | -              | HSE001=error          | -       | -        | warning | silent

  publication| -            | -              | -                     | info    | -        | warning | info
  publication| -            | -              | -                     | warning | -        | warning | warning fails
  review  | -            | -              | -                     | error   | -        | warning | warning fails
  review  | -            | -              | HSE001=error          | info    | -        | info    | info fails
  draft   | -            | -              | -                     | error   | -        | info    | silent

  publication| -            | -              | -                     | -       | waived   | info    | error suppressed
  publication| -            | -              | -                     | -       | baseline | info    | error suppressed
  publication| -            | -              | -                     | -       | both     | info    | error suppressed
  publication| -            | -              | -                     | info    | waived   | info    | info suppressed
  draft   | -            | -              | -                     | -       | waived   | info    | silent
  draft   | HSE001       | HSE            | HSE=off               | -       | baseline | info    | warning suppressed
  review  | -            | HSE            | HSE001=error          | -       | both     | info    | silent
"""
ROWS = [[cell.strip() for cell in row.split("|")] for row in TABLE.splitlines() if row.strip()]


def words(cell: str) -> frozenset[str]:
    return frozenset() if cell == "-" else frozenset(cell.split(","))


def severity(word: str) -> Severity | None:
    return None if word in ("off", "silent", "-") else Severity(word)


def options(stage: str, select: str, ignore: str, severities: str, fail_on: str) -> Options:
    pairs = (one.split("=") for one in sorted(words(severities)))
    return Options(
        Stage(stage), words(select), words(ignore),
        severity=tuple((name, severity(word)) for name, word in pairs), fail_on=Severity(fail_on),
    )  # fmt: skip


class Decision(NamedTuple):
    severity: Severity | None
    suppressed: bool = False
    fails: bool = False


def decided(asked: Options, lowered: Severity | None, *suppressed_by: SuppressedBy) -> Decision:
    """The severity of a finding, and whether it counts, as engine, waivers and report decide it in turn."""
    of_rule = rule_severity(CARD, asked)
    if of_rule is None:
        return Decision(None)
    severity = finding_severity(of_rule, lowered)
    place = Place("draft.md", 1, 1, 1, 2, None, "line 1", 0, 1)
    finding = Finding("HSE001", "no-lamps", severity, CARD.confidence, "dark", "because", {}, place, "en")
    rules = rules_with(Options(fail_on=asked.fail_on))
    file = FileReport("draft.md", FileState.CHECKED, rules, "en", (finding,))
    for by in suppressed_by:
        file = suppress(file, {(finding.code, finding.fingerprint): Suppression(by, "a reason")})
    (finding,) = file.findings
    return Decision(severity, finding.suppressed, file.fails(finding))


SUPPRESSED_BY = {
    "-": (),
    "waived": (SuppressedBy.WAIVERS,),
    "baseline": (SuppressedBy.BASELINE,),
    "both": (SuppressedBy.WAIVERS, SuppressedBy.BASELINE),
}


@pytest.mark.parametrize("row", ROWS, ids=" | ".join)
def test_decision(row: list[str]) -> None:
    stage, select, ignore, severities, lowered, suppressed_by, fail_on, outcome = row
    expected = outcome.split()
    asked = options(stage, select, ignore, severities, fail_on)
    decision = decided(asked, severity(lowered), *SUPPRESSED_BY[suppressed_by])
    assert decision == Decision(severity(expected[0]), "suppressed" in expected, "fails" in expected)


def test_what_holds_for_all_combinations() -> None:
    choices = product(
        [stage.value for stage in Stage],
        ["-", "HSE", "HSE001", "no-lamps", "NUM"],
        ["-", "HSE", "HSE001", "no-lamps", "NUM"],
        ["-", "HSE001=off", "HSE=off", "HSE001=info", "HSE=error", "HSE=off,no-lamps=error"],
        [level.value for level in Severity],
    )
    for choice in choices:
        asked = options(*choice)
        of_rule = rule_severity(CARD, asked)
        if of_rule is None:
            continue
        for at_most in (None, *Severity):
            lowered = finding_severity(of_rule, at_most)
            assert lowered.weight == min(of_rule.weight, at_most.weight if at_most else of_rule.weight)
            assert fails_run(lowered, asked) == (lowered.weight >= asked.fail_on.weight)
