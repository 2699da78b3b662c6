"""A fact: the dates written in a draft. It is computed at most once per draft, when a check first needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlint import Lexicon, Mention, Structure


@dataclass(frozen=True)
class WrittenDay:
    """A date and its place in the draft."""

    day: date
    mention: Mention

    @property
    def before(self) -> str:
        """The text of the passage before the date, in lower case."""
        return self.mention.passage.text[: self.mention.start].rstrip().casefold()


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
                days.append(WrittenDay(max(last_days), Mention(passage, start, end)))
    return WrittenDays(tuple(days))
