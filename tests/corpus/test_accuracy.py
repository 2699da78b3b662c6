"""The findings on the real documents match the recorded ones, and the files derived from the record are current."""

from __future__ import annotations

import pytest
from drafts import MEASURED, NOT_MEASURED, corpus_text
from judgements import (
    JUDGEMENTS,
    PRECISION,
    compare,
    current_findings,
    lacking,
    load_judgements,
    precision_table,
    to_yaml,
)


def test_findings_match_the_record() -> None:
    """List every finding that is new, gone or moved. ``benchmarks/accuracy.py --update`` records them.

    A new rule is not yet measured and is left out until it is recorded.
    """
    corpus_text("README.md")
    measured = (finding for finding in current_findings() if finding.code not in NOT_MEASURED)
    _, differences = compare(load_judgements(), measured)
    if differences:
        pytest.fail("the findings on the real documents differ from the recorded ones:\n" + "\n".join(differences))


def test_enough_findings_are_judged() -> None:
    assert list(lacking(load_judgements())) == []


def test_record_has_the_generated_format() -> None:
    assert JUDGEMENTS.read_text(encoding="utf-8") == to_yaml(load_judgements())


def test_precision_register_matches_the_record() -> None:
    assert PRECISION.read_text(encoding="utf-8") == precision_table(load_judgements(), MEASURED)
