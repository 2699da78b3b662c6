"""The dates written in the draft."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportlint.document import Span
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Structure

_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")


class WrittenDates(NamedTuple):
    """A date expression as printed.

    ``before`` is the last year mentioned before the expression in the same passage, or ``None``.
    """

    words: str
    dates: Dates
    span: Span
    before: int | None


class Calendar(NamedTuple):
    """The date expressions of the draft, in order, except those in quotations."""

    written: tuple[WrittenDates, ...] = ()


def calendar(structure: Structure, lexicon: Lexicon) -> Calendar:
    """Return all date expressions, including impossible dates."""
    months = lexicon.words("dates", "months")
    written: list[WrittenDates] = []
    for passage in structure.checked_passages():
        if not any(month in passage.folded for month in months):
            continue
        year_before, searched_to = None, 0
        for start, end, dates in lexicon.find_dates(passage.text):
            if passage.is_quoted(start):
                continue
            lead = lexicon.date_lead.match(passage.text, start, end)
            begin = lead.end() if lead else start
            years = _YEAR.findall(passage.text, searched_to, begin)
            year_before, searched_to = int(years[-1]) if years else year_before, begin
            written.append(WrittenDates(passage.text[begin:end], dates, passage.span(begin, end), year_before))
    return Calendar(tuple(written))
