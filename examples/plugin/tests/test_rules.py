"""Run the examples on the cards as tests."""

from pathlib import Path

import pytest
import reportlint_deadlines

from reportlint.testing import RuleCase, rule_cases

RULES = Path(reportlint_deadlines.__file__).parent / "rules"


@pytest.mark.parametrize("case", rule_cases(RULES), ids=str)
def test_example(case: RuleCase) -> None:
    case.verify()
