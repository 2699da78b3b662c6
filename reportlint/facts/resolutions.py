"""Resolutions and decisions cited by number."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.front import FrontLines
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import Match
from reportlint.structure import Mention, Passage, Role, Structure

_NUMBER = re.compile(
    r"(?P<head>(?:E?S-)?[\dIVXLC]+)/(?P<tail>\d+(?:\s?[A-Z](?!\w))?|[A-Z]{2,4}\.\d+)"
    r"|(?P<serial>\d{1,4})\s?\((?P<bracket>[^()]+)\)"
)
_RESOLUTION, _DECISION = _FAMILIES = ("resolution_reference", "decision_reference")
_ORGANS = {"assembly": "resolution_assembly", "council": "resolution_council"}


class NamedSession(NamedTuple):
    """The sessions named with a resolution: "adopted at its fifth session"."""

    numbers: tuple[int, ...]
    mention: Mention

    @property
    def span(self) -> Span:
        return self.mention.span


class NamedDate(NamedTuple):
    """The date of adoption given with a resolution."""

    day: date
    mention: Mention


class ResolutionReference(NamedTuple):
    """A resolution or decision as cited.

    ``session`` is the part of the number that identifies the session or year ("77" in 77/1, "2007" in 1757 (2007),
    "CP.21" in 1/CP.21); ``serial`` is the other part. ``organ`` is "assembly" or "council" if the General Assembly
    or the Security Council is named with it. ``title`` is the title quoted after it, in lower case. ``is_quoted`` is
    true if the citation is part of a quotation. ``is_of_assembly`` is true if the General Assembly is named with it or
    is the last organ named before it in the sentence.
    """

    is_decision: bool
    number: str
    session: str
    serial: str
    mention: Mention
    organ: str = ""
    named: NamedSession | None = None
    title: str = ""
    is_quoted: bool = False
    dated: NamedDate | None = None
    is_of_assembly: bool = False

    @property
    def span(self) -> Span:
        return self.mention.span


class ResolutionList(NamedTuple):
    """Resolutions or decisions cited together: "resolutions 31/16 A and 32/1".

    ``mention`` is the place of the numbers; ``first`` and ``last`` are the offsets in the passage at which the first
    and the last number begin. ``named`` concerns the last number if it stands after the numbers, else the first;
    ``title`` concerns the last. A list may be very long, so its numbers are read when they are needed.
    """

    is_decision: bool
    mention: Mention
    first: int
    last: int
    organ: str
    named: NamedSession | None
    title: str
    is_quoted: bool
    dated: NamedDate | None
    is_of_assembly: bool

    def references(self) -> Iterator[ResolutionReference]:
        """Yield each resolution or decision."""
        passage, start, end = self.mention
        named_at = self.last if self.named and self.named.mention.start >= end else self.first
        for number in _NUMBER.finditer(passage.text[start:end]):
            session, serial = _parts(number)
            at = start + number.start()
            yield ResolutionReference(
                self.is_decision, number.group(), session, serial, Mention(passage, at, start + number.end()),
                self.organ, self.named if at == named_at else None, self.title if at == self.last else "",
                self.is_quoted, self.dated, self.is_of_assembly,
            )  # fmt: skip


@dataclass(frozen=True, eq=False)
class ResolutionReferences:
    """All citations by number, including those in quotations (whose errors are not the draft's).

    ``passages`` are those that may cite a resolution or decision. They are read whenever the citations are needed: in
    a draft that consists of decisions, all citations would take several times its memory.
    """

    lexicon: Lexicon
    passages: tuple[Passage, ...] = ()

    @property
    def references(self) -> Iterator[ResolutionReference]:
        """The resolutions and decisions cited, in order."""
        return (
            reference
            for passage in self.passages
            for listed in _in_passage(passage, self.lexicon)
            for reference in listed.references()
        )


def resolution_references(structure: Structure, lexicon: Lexicon, front: FrontLines) -> ResolutionReferences:
    """Find citations such as "resolution 77/1", "resolutions 31/16 A and 32/1" and "decision 1/CP.21".

    The preamble of a resolution stands before the body, and counts; the lines of the masthead do not.
    Authority: Editorial Manual, identification of resolutions and decisions.
    """
    prose = frozenset(passage.index for passage in front.prose)
    passages = (
        passage
        for passage in structure.checked_passages(*map(lexicon.phrases, _FAMILIES))
        if passage.role is not Role.FRONT or passage.index in prose
    )
    return ResolutionReferences(lexicon, tuple(passages))


def _end_of_words(text: str, position: int) -> int:
    """Return the end of the last word before a position."""
    while position and text[position - 1].isspace():
        position -= 1
    return position


def _in_passage(passage: Passage, lexicon: Lexicon) -> Iterator[ResolutionList]:
    """Yield the resolutions and decisions that a passage cites together, in order."""
    text = passage.text
    cited = [
        (family, match)
        for family in _FAMILIES
        for match in lexicon.phrases(family).finditer(passage)
        if match.lastgroup == "resolutions"
    ]
    if not cited:
        return
    cited.sort(key=lambda citation: citation[1].start("resolutions"))
    organs = {
        match.start("resolutions"): organ
        for organ, family in _ORGANS.items()
        for match in lexicon.phrases(family).finditer(passage)
    }
    # "At its fifth session, the Conference adopted resolution 5/3."
    before = {match.end(): match for match in lexicon.phrases("resolution_session_before").finditer(passage)}
    for family, match in cited:
        start, end = match.span("resolutions")
        numbers = _NUMBER.finditer(text[start:end])
        first = next(numbers, None)
        if first is None:
            continue
        last = next(iter(deque(numbers, maxlen=1)), first)
        after = lexicon.phrases("resolution_session").match_at(passage, match.end())
        session_match = after or before.get(_end_of_words(text, match.start()))
        titled = lexicon.phrases("resolution_title").match_at(passage, match.end())
        organ = organs.get(start, "")
        yield ResolutionList(
            family == _DECISION,
            Mention(passage, start, end),
            start + first.start(),
            start + last.start(),
            organ,
            _named(passage, lexicon, session_match) if session_match else None,
            titled["quoted"][1:-1].strip(" .,").casefold() if titled else "",
            passage.is_quoted(match.start()),
            _dated(passage, lexicon, match.end()) if first is last else None,
            organ == "assembly" or _follows_assembly(passage, lexicon, match),
        )


def _dated(passage: Passage, lexicon: Lexicon, end: int) -> NamedDate | None:
    """Return the single day given directly after a resolution, with its year."""
    match = lexicon.phrases("resolution_date").match_at(passage, end)
    dates = lexicon.dates.read(match["date"]) if match else None
    days = dates.days() if dates and dates.year is not None and not dates.has_range else frozenset[date]()
    if match is None or len(days) != 1:
        return None
    start, stop = match.span("date")
    lead = lexicon.date_lead.match(passage.text, start)
    return NamedDate(min(days), Mention(passage, lead.end() if lead else start, stop))


def _follows_assembly(passage: Passage, lexicon: Lexicon, match: Match) -> bool:
    """Return whether the last organ before a resolution in its sentence, or else the first after, is the Assembly."""
    start, end = passage.sentence(match.start())
    organ = lexicon.phrases("organ")
    before = list(organ.finditer(passage, start, match.start()))
    named = before[-1] if before else organ.search(passage, match.end(), end)
    return named is not None and lexicon.phrases("general_assembly").match_at(passage, named.start()) is not None


def _named(passage: Passage, lexicon: Lexicon, match: Match) -> NamedSession:
    return NamedSession(lexicon.read_numbers(match["ordinals"]), Mention(passage, match.start("ordinals"), match.end()))


def _parts(number: re.Match[str]) -> tuple[str, str]:
    if number["serial"]:
        return number["bracket"], number["serial"]
    if "." in number["tail"]:
        return number["tail"], number["head"]
    return number["head"], number["tail"]
