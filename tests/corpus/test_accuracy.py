"""The findings on the real documents are the recorded ones, and what is computed from the record is current."""

from __future__ import annotations

import pytest
from drafts import corpus_text
from judgements import DOCUMENTS, JUDGEMENTS, PRECISION, compared, precision_table, present, recorded, written


def test_a_change_of_findings_is_a_decision() -> None:
    """Lists every finding that is new, gone or moved; ``benchmarks/accuracy.py --update`` records them."""
    corpus_text(DOCUMENTS[0])
    _, differences = compared(recorded(), present())
    if differences:
        pytest.fail("the findings on the real documents are not the recorded ones:\n" + "\n".join(differences))


def test_the_record_is_written_as_the_program_writes_it() -> None:
    assert JUDGEMENTS.read_text(encoding="utf-8") == written(recorded())


def test_the_measured_precision_is_that_of_the_record() -> None:
    assert PRECISION.read_text(encoding="utf-8") == precision_table(recorded())
