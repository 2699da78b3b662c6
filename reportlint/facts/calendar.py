"""Every date written in the draft."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportlint.document import Span
from reportlint.language.dates import Dates
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Structure

_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")


class WrittenDates(NamedTuple):
    """An expression of dates. ``before`` is the last number before it, in the same passage, that is a year."""

    words: str
    dates: Dates
    span: Span
    before: int | None


class Calendar(NamedTuple):
    """The dates of the draft in their order, those in quotations left out."""

    written: tuple[WrittenDates, ...] = ()


def calendar(structure: Structure, lexicon: Lexicon) -> Calendar:
    """Collect the dates, impossible ones included."""
    months = lexicon.words("dates", "months")
    found: list[WrittenDates] = []
    for passage in structure.speaking():
        if not any(month in passage.folded for month in months):
            continue
        before, looked_at = None, 0
        for start, end, dates in lexicon.find_dates(passage.text):
            if passage.is_quoted(start):
                continue
            lead = lexicon.date_lead.match(passage.text, start, end)
            begin = lead.end() if lead else start
            years = _YEAR.findall(passage.text, looked_at, begin)
            before, looked_at = int(years[-1]) if years else before, begin
            found.append(WrittenDates(passage.text[begin:end], dates, passage.span(begin, end), before))
    return Calendar(tuple(found))
