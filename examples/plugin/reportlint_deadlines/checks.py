"""A check: it is given facts, and what its card has under ``with``, by the types of its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reportlint import CardParameters, DocumentDate, Lexicon, Problem, check
from reportlint_deadlines.facts import WrittenDays


@dataclass(frozen=True, kw_only=True)
class Deadlines(CardParameters):
    """The words that stand before a deadline, by language: no word of any language is in the program."""

    before: Mapping[str, tuple[str, ...]]

    def message_fields(self) -> Iterable[str]:
        return ("deadline", "issued")


@check("deadlines.passed")
def passed(given: Deadlines, days: WrittenDays, issued: DocumentDate, lexicon: Lexicon) -> Iterator[Problem]:
    """A deadline that had passed when the document was issued."""
    words = tuple(f" {one}" for one in given.before.get(lexicon.code, ()))
    for written in days.found:
        if issued.day and written.day < issued.day and written.before.endswith(words):
            yield Problem(written.span, {"deadline": written.day, "issued": issued.day})
