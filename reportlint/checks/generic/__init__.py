"""The generic checks: a card gives what they look for, so that house rules need no Python."""

from reportlint.checks.generic import shape, wording
from reportlint.checks.problem import Check, checks_of

GENERIC_CHECKS: tuple[Check, ...] = (*checks_of(vars(wording)), *checks_of(vars(shape)))
"""The checks for house rules. Built-in cards name none of them."""
