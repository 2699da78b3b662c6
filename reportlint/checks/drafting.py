"""DRF: remains of drafting."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, check
from reportlint.facts.placeholders import Placeholders


@check("drafting.placeholder", fields=("text",))
def placeholder(placeholders: Placeholders) -> Iterator[Problem]:
    """Report a placeholder that was not filled in."""
    for place in placeholders.found:
        yield Problem(place.span, {"text": place.text})
