"""The decision table: stage, select, ignore, severity, waiver, baseline and fail-on, together."""

from __future__ import annotations

from itertools import product

import pytest

from reportlint.config.options import Options
from reportlint.engine.severity import Decision, decide
from reportlint.knowledge.cards import Card
from reportlint.knowledge.scales import Confidence, Severity, Stage

CARD = Card(
    "HSE001", "no-lamps", "a",
    {Stage.DRAFT: None, Stage.REVIEW: Severity.WARNING, Stage.PUBLICATION: Severity.ERROR},
    Confidence.HIGH, {"": {"en": "dark"}}, {"en": "because"},
)  # fmt: skip

# stage    select         ignore           severity              lowered  waived/base  fail-on   what comes of it
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


@pytest.mark.parametrize("row", ROWS, ids=" | ".join)
def test_decision(row: list[str]) -> None:
    stage, select, ignore, severities, lowered, kept, fail_on, outcome = row
    expected = outcome.split()
    made = decide(
        CARD,
        options(stage, select, ignore, severities, fail_on),
        severity(lowered),
        waived=kept in ("waived", "both"),
        in_baseline=kept in ("baseline", "both"),
    )
    assert made == Decision(severity(expected[0]), "suppressed" in expected, "fails" in expected)


def test_what_holds_for_all_combinations() -> None:
    choices = product(
        [stage.value for stage in Stage],
        ["-", "HSE", "HSE001", "no-lamps", "NUM"],
        ["-", "HSE", "HSE001", "no-lamps", "NUM"],
        ["-", "HSE001=off", "HSE=off", "HSE001=info", "HSE=error", "HSE=off,no-lamps=error"],
        [one.value for one in Severity],
    )
    for choice in choices:
        asked = options(*choice)
        for lowered in (None, *Severity):
            alone = decide(CARD, asked, lowered)
            assert not alone.suppressed
            assert alone.fails == (alone.severity is not None and alone.severity.weight >= asked.fail_on.weight)
            if lowered and alone.severity:
                assert alone.severity.weight <= lowered.weight
            for waived, in_baseline in ((True, False), (False, True), (True, True)):
                kept = decide(CARD, asked, lowered, waived=waived, in_baseline=in_baseline)
                assert kept == Decision(alone.severity, alone.severity is not None, False)
