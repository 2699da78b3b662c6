"""The adoption of the report: by which meeting, when, and which sections of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.meetings import MeetingReference, Meetings, Session
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import roman, roman_value
from reportlint.structure import Passage, Role, Section, Structure

_LABEL_TOKEN = re.compile(
    r"(?P<label>\d+(?:\.\d+)+|(?:[IVXLC]+|[A-Z])(?:\.(?:[A-Z]|\d{1,2}|[IVX]+))*)(?![\w'])|(?P<dash>[–—-])|(?P<word>\w+)"
)


class SectionLabel(NamedTuple):
    """A section as cited: "II" or "II.B", with its place."""

    name: str
    span: Span


class Adoption(NamedTuple):
    """The statement that the report was adopted. ``sections`` is empty when the whole report was.

    ``labels_span`` covers the list of sections; ``meeting`` is the meeting and ``days`` the date named with it.
    """

    span: Span
    passage: int
    sections: tuple[SectionLabel, ...] = ()
    labels_span: Span | None = None
    meeting: MeetingReference | None = None
    days: frozenset[date] = frozenset()
    days_span: Span | None = None


class Adoptions(NamedTuple):
    """The statement of adoption, if there is one, and the sections said not to be adopted, with that place."""

    adoption: Adoption | None = None
    not_adopted: tuple[tuple[Section, Span], ...] = ()


def read_labels(text: str, lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """The sections that a match of the slot ``labels`` names, with offsets; "I to III" is written out."""
    for match, previous in _labels(text, lexicon):
        label = match["label"]
        if previous:
            first, last = roman_value(previous), roman_value(label)
            if first and last and len(previous) + len(label) > 1 and first < last < first + 30:
                yield from ((roman(value), match.start(), match.end()) for value in range(first + 1, last))
            elif len(previous) == len(label) == 1 and previous < label:
                codes = range(ord(previous) + 1, ord(label))
                yield from ((chr(code), match.start(), match.end()) for code in codes)
        yield label, match.start(), match.end()


def label_ranges(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The ranges of labels in a match of the slot ``labels``, as printed: first and last."""
    return ((previous, match["label"]) for match, previous in _labels(text, lexicon) if previous)


def _labels(text: str, lexicon: Lexicon) -> Iterator[tuple[re.Match[str], str]]:
    """The labels in ``text``; with the one before where both are the ends of a range."""
    previous, ranged = "", False
    to = lexicon.words("lists", "to")
    for match in _LABEL_TOKEN.finditer(text):
        if match["label"] is None:
            ranged = bool(match["dash"]) or match["word"].casefold() in to
            continue
        yield match, previous if ranged else ""
        previous, ranged = match["label"], False


def adoptions(structure: Structure, lexicon: Lexicon, meetings: Meetings, session: Session) -> Adoptions:
    """Find the statement of adoption, the last one under a heading about it, else the last one."""
    found: list[Adoption] = []
    under_title: list[Adoption] = []
    title = lexicon.phrases("adoption_title")
    titled = {section for section in structure.sections if title.search(section.title)}
    for passage in structure.speaking(lexicon.phrases("adoption"), lexicon.phrases("adoption_under_title")):
        if passage.role in (Role.FRONT, Role.NOTE, Role.HEADING):
            continue
        apart = passage.section is None or titled.isdisjoint(passage.section.lineage)
        here = list(_in_passage(passage, lexicon, meetings, session, "adoption", apart))
        found += here
        if not apart:
            here = here or list(_in_passage(passage, lexicon, meetings, session, "adoption_under_title", apart))
            under_title += [_dated(one, structure, lexicon, meetings) for one in here]
    best = under_title or found
    return Adoptions(best[-1] if best else None, tuple(_not_adopted(structure, lexicon)))


def _dated(one: Adoption, structure: Structure, lexicon: Lexicon, meetings: Meetings) -> Adoption:
    """An adoption that gives neither meeting nor day, with the days of the meeting before it in its section."""
    passage = structure.passages[one.passage]
    if one.meeting or one.days or next(lexicon.find_dates(passage.text), None):
        return one
    if lexicon.phrases("adoption_afterwards").search(passage):
        return one
    before = [ref for ref in meetings.references if ref.span < one.span]
    if not before or structure.passages[before[-1].passage].section is not passage.section:
        return one
    return one._replace(days=before[-1].days, days_span=before[-1].days_span)


def _in_passage(
    passage: Passage, lexicon: Lexicon, meetings: Meetings, session: Session, family: str, apart: bool
) -> Iterator[Adoption]:
    """The statements of one passage; ``apart``: it stands under no heading about the adoption."""
    elsewhere, credentials = lexicon.phrases("adoption_elsewhere"), lexicon.phrases("adoption_credentials")
    for match in lexicon.phrases(family).finditer(passage):
        start, end = passage.sentence(match.start())
        if passage.is_quoted(match.start()) or elsewhere.search(passage, match.start(), end):
            continue
        if apart and credentials.search(passage, 0, match.end()):
            continue
        labels = match["labels"] if match.lastgroup == "labels" else ""
        sections: tuple[SectionLabel, ...] = ()
        labels_span = None
        if labels:
            shift = match.start("labels")
            labels_span = passage.span(*match.span("labels"))
            groups = [(shift, labels)]
            # "sections I to III and section V"
            for further in lexicon.phrases("section_reference").finditer(passage, match.end("labels")):
                if further.start() < end:
                    groups.append((further.start("labels"), further["labels"]))
            sections = tuple(
                SectionLabel(name, passage.span(start_of + left, start_of + right))
                for start_of, group in groups
                for name, left, right in read_labels(group, lexicon)
            )
        meeting = next(
            (ref for ref in meetings.references if ref.passage == passage.index and start <= ref.start < end),
            None,
        )
        days, days_span = _days(passage, start, end, meeting, lexicon, session)
        if lexicon.phrases("adoption_afterwards").search(passage, start, end):
            days, days_span = frozenset(), None
        span = passage.span(match.start(), match.end())
        yield Adoption(span, passage.index, sections, labels_span, meeting, days, days_span)


def _days(
    passage: Passage, start: int, end: int, meeting: MeetingReference | None, lexicon: Lexicon, session: Session
) -> tuple[frozenset[date], Span | None]:
    """The day of adoption: that of the meeting, else the only date of the sentence."""
    if meeting and meeting.days:
        return meeting.days, meeting.days_span
    dates = list(lexicon.find_dates(passage.text[start:end]))
    if len(dates) != 1 or dates[0][2].has_range:
        return frozenset(), None
    left, right, found = dates[0]
    lead = lexicon.date_lead.match(passage.text, start + left)
    return found.days(session.year), passage.span(lead.end() if lead else start + left, start + right)


def _not_adopted(structure: Structure, lexicon: Lexicon) -> Iterator[tuple[Section, Span]]:
    """The top-level sections in which a sentence says that they were not adopted."""
    family = lexicon.phrases("not_adopted")
    for passage in structure.speaking(family):
        match = family.search(passage)
        if match and passage.section is not None and not passage.is_quoted(match.start()):
            yield passage.section.lineage[-1], passage.span(match.start(), match.end())
