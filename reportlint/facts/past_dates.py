"""The days that the text describes as past."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import NamedTuple

from reportlint.facts.front import FrontLines
from reportlint.facts.masthead import Masthead
from reportlint.facts.written_dates import Calendar
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention, Role
from reportlint.symbols.model import Trait


class PastDates(NamedTuple):
    """The days, written with their year, on which something happened according to the text, with their mentions.

    If the masthead is dated, only later days are collected. None is collected from drafts and advance versions, which
    tell what will be past when they are issued.
    """

    days: tuple[tuple[date, Mention], ...] = ()


def past_dates(lexicon: Lexicon, front: FrontLines, masthead: Masthead, calendar: Calendar) -> PastDates:
    """Collect the days that sentences in the past tense name."""
    if is_advance_text(front, masthead, lexicon):
        return PastDates()
    dated = masthead.date or date.min
    family = lexicon.phrases("told_as_past")
    days: list[tuple[date, Mention]] = []
    for passage, written in groupby(calendar.written, key=lambda dates: dates.mention.passage):
        if not any(last > dated for each in written for _, last in each.dates.periods()):
            continue  # true of most passages, which need not be searched
        if passage.role is Role.FRONT and passage not in front.prose:
            continue
        for match in family.finditer(passage):
            dates = lexicon.dates.read(match["date"])
            first = min(dates.days(), default=None) if dates else None
            if first and first > dated and not passage.is_quoted(match.start()):
                days.append((first, Mention(passage, *match.span("date"))))
    return PastDates(tuple(days))


def is_advance_text(front: FrontLines, masthead: Masthead, lexicon: Lexicon) -> bool:
    """Return whether the document is a draft or advance version, by its symbol or its head."""
    if masthead.symbol and masthead.symbol.has(Trait.DRAFT):
        return True
    family = lexicon.phrases("advance_text")
    return any(family.search(line.text) for line in front.lines)
