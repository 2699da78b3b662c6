"""A check. It receives facts, and the parameters under ``with`` on its card, by the types of its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportlint import CardParameters, DocumentDate, Lexicon, Problem, check
from reportlint_deadlines.facts import WrittenDays


@dataclass(frozen=True, kw_only=True)
class Deadlines(CardParameters):
    """The words that introduce a deadline, by language. They are on the card, so the code holds no vocabulary."""

    before: Mapping[str, tuple[str, ...]]


@check("deadlines.passed", fields=("deadline", "issued"))
def passed(parameters: Deadlines, written: WrittenDays, issued: DocumentDate, lexicon: Lexicon) -> Iterator[Problem]:
    """Report deadlines that had passed when the document was issued."""
    words = tuple(f" {word}" for word in parameters.before.get(lexicon.code, ()))
    for deadline in written.days:
        if issued.day and deadline.day < issued.day and deadline.before.endswith(words):
            yield Problem(deadline.mention.span, {"deadline": deadline.day, "issued": issued.day})
