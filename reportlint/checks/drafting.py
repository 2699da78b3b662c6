"""DRF: what drafting left behind."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, check
from reportlint.facts.placeholders import Placeholders


@check("drafting.placeholder", fields=("text",))
def placeholder(placeholders: Placeholders) -> Iterator[Problem]:
    """A placeholder that must not be published."""
    for text, span in placeholders.found:
        yield Problem(span, {"text": text})
