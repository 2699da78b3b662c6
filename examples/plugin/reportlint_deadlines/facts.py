"""A fact: the days that a draft writes out. It is computed once for each draft, when a check asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlint import Lexicon, Span, Structure


@dataclass(frozen=True)
class WrittenDay:
    """A day with its place; ``before`` are the words that stand before it, in small letters."""

    day: date
    span: Span
    before: str


@dataclass(frozen=True)
class WrittenDays:
    """All days of a draft. The type is the name of the fact: who writes it as the type of a parameter is given it."""

    found: tuple[WrittenDay, ...]


def written_days(structure: Structure, lexicon: Lexicon) -> WrittenDays:
    """Collect the dates with a year from all passages but quotations, code and contents."""
    found: list[WrittenDay] = []
    for passage in structure.speaking():
        for start, end, dates in lexicon.find_dates(passage.text):
            days = [last for _, last in dates.periods()]
            if days:
                before = passage.text[:start].rstrip().casefold()
                found.append(WrittenDay(max(days), passage.span(start, end), before))
    return WrittenDays(tuple(found))
