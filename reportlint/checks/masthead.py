"""MST: the masthead."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, check
from reportlint.facts.masthead import Masthead


@check("masthead.symbol_missing")
def symbol_missing(masthead: Masthead) -> Iterator[Problem]:
    """A masthead without a document symbol. Authority: Editorial Manual, Masthead."""
    if masthead.recognised and masthead.symbol is None:
        yield Problem(masthead.recognised[0])
