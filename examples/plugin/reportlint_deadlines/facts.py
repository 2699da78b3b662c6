"""A fact: the dates written in a draft. It is computed at most once per draft, when a check first needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlint import Lexicon, Span, Structure


@dataclass(frozen=True)
class WrittenDay:
    """A date and its place. ``before`` is the text before it, in lower case."""

    day: date
    span: Span
    before: str


@dataclass(frozen=True)
class WrittenDays:
    """All dates in a draft. A function with a parameter of this type receives the fact."""

    days: tuple[WrittenDay, ...]


def written_days(structure: Structure, lexicon: Lexicon) -> WrittenDays:
    """Collect the dates that include a year, except those in block quotes, code and tables of contents.

    A period counts as its last day.
    """
    days: list[WrittenDay] = []
    for passage in structure.checked_passages():
        for start, end, dates in lexicon.find_dates(passage.text):
            last_days = [last for _, last in dates.periods()]
            if last_days:
                before = passage.text[:start].rstrip().casefold()
                days.append(WrittenDay(max(last_days), passage.span(start, end), before))
    return WrittenDays(tuple(days))
