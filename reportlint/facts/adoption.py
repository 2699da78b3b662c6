"""The adoption of the report: the meeting, the date and the sections adopted."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.meetings import MeetingReference, Meetings
from reportlint.facts.owners import Owners
from reportlint.facts.session import Session
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import roman, roman_value
from reportlint.language.phrases import Match
from reportlint.structure import Mention, Passage, Role, Section, Structure

_LABEL_TOKEN = re.compile(r"(?<!\w)(?P<label>\d+(?:\.\d+)+|(?:[IVXLC]+|[A-Z])(?:\.(?:[A-Z]|\d{1,2}|[IVX]+))*)(?![\w'])")
_ENTRUSTED = "adoption_entrusted"
_REACH = 1_000  # characters of a sentence before and after a statement
_ASIDE = (Role.FRONT, Role.NOTE, Role.HEADING)


class SectionLabel(NamedTuple):
    """A section as cited ("II" or "II.B"). One within a range ("I to III") has the place of the end of the range."""

    name: str
    mention: Mention


class Adoption(NamedTuple):
    """A statement that the report was adopted.

    ``labels`` are the lists of the sections adopted, none if the whole report was. ``meeting`` and ``days``
    are the meeting and the date of the adoption; the days have no place if the text gives them elsewhere. ``before`` is
    the last meeting mentioned before it in its section, if the statement itself gives neither. ``is_partial``: the
    report concerns a part of the session. ``is_entrusted``: the body left the report to somebody to finish.
    """

    mention: Mention
    labels: tuple[Mention, ...] = ()
    meeting: MeetingReference | None = None
    days: frozenset[date] = frozenset()
    days_mention: Mention | None = None
    is_partial: bool = False
    before: MeetingReference | None = None
    is_entrusted: bool = False

    @property
    def span(self) -> Span:
        return self.mention.span

    @property
    def sections(self) -> Iterator[SectionLabel]:
        """The sections adopted."""
        return (
            SectionLabel(name, labels.part(start, end))
            for labels in self.labels
            for name, start, end in read_labels(labels.text, labels.passage.lexicon)
        )


class Adoptions(NamedTuple):
    """The statement of adoption, if any, and the sections said not to be adopted, each with the words saying so."""

    adoption: Adoption | None = None
    not_adopted: tuple[tuple[Section, Mention], ...] = ()


def read_labels(text: str, lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """Yield the sections named in a match of the slot ``labels``, with offsets. Ranges ("I to III") are expanded."""
    for match, previous in _labels(text, lexicon):
        label = match["label"]
        if previous:
            first, last = roman_value(previous), roman_value(label)
            if first and last and first < last < first + 30:
                yield from ((roman(value), match.start(), match.end()) for value in range(first + 1, last))
            elif len(previous) == len(label) == 1 and previous < label:
                codes = range(ord(previous) + 1, ord(label))
                yield from ((chr(code), match.start(), match.end()) for code in codes)
        yield label, match.start(), match.end()


def label_ranges(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Return the ranges in a match of the slot ``labels`` as pairs of the first and last label, as printed."""
    return ((previous, match["label"]) for match, previous in _labels(text, lexicon) if previous)


def _labels(text: str, lexicon: Lexicon) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the labels in ``text``, each with the previous label if the two form a range, else with ""."""
    previous, end = "", 0
    for match in _LABEL_TOKEN.finditer(text):
        yield match, previous if lexicon.joins_range(text[end : match.start()]) else ""
        previous, end = match["label"], match.end()


def adoptions(
    structure: Structure, lexicon: Lexicon, meetings: Meetings, session: Session, owners: Owners
) -> Adoptions:
    """Find the statement of adoption: the last one below a heading about the adoption, or else the last one.

    Without one, it is the last sentence that leaves the report to somebody to finish, or, below such a heading, that
    says that decisions were adopted.
    """
    # The last statement of each sort.
    everywhere: Adoption | None = None
    under_title: Adoption | None = None
    instead: Adoption | None = None
    titled = frozenset(structure.sections_titled(lexicon.phrases("adoption_title")))
    families = ("adoption", "adoption_under_title", _ENTRUSTED, "adoption_of_decisions")
    for passage in structure.checked_passages(*map(lexicon.phrases, families)):
        if passage.role in _ASIDE:
            continue
        apart = passage.section is None or titled.isdisjoint(passage.section.lineage)
        of_family = partial(_in_passage, passage, lexicon, meetings, session, owners, apart=apart)
        stated = _last(of_family("adoption"))
        everywhere = stated or everywhere
        if not apart:
            stated = stated or _last(of_family("adoption_under_title"))
            under_title = _dated(stated, lexicon, meetings) if stated else under_title
        for family in families[2:3] if apart else families[2:]:
            instead = _last(of_family(family)) or instead
    best = under_title or everywhere or instead
    last = best._replace(days=best.days or _days_elsewhere(best, meetings)) if best else None
    return Adoptions(last, tuple(_not_adopted(structure, lexicon)))


def _last(adoptions: Iterator[Adoption]) -> Adoption | None:
    return next(iter(deque(adoptions, maxlen=1)), None)


def _dated(adoption: Adoption, lexicon: Lexicon, meetings: Meetings) -> Adoption:
    """Return an adoption, with the days of the last meeting before it in its section if it states none."""
    passage = adoption.mention.passage
    if adoption.meeting or adoption.days or next(lexicon.find_dates(passage.text), None):
        return adoption
    if lexicon.phrases("adoption_afterwards").search(passage):
        return adoption
    before = meetings.last_before(adoption.mention)
    if before is None or before.mention.passage.section is not passage.section:
        return adoption
    return adoption._replace(days=before.days, days_mention=before.days_mention, before=before)


def _days_elsewhere(adoption: Adoption, meetings: Meetings) -> frozenset[date]:
    """Return the day that the draft gives elsewhere for the meeting of the adoption, if it gives only one."""
    if adoption.meeting is None or adoption.meeting.is_resumed:
        return frozenset()
    days = {other.days for other in meetings.dated() if other.numbers == adoption.meeting.numbers}
    return days.pop() if len(days) == 1 else frozenset()


def _in_passage(
    passage: Passage,
    lexicon: Lexicon,
    meetings: Meetings,
    session: Session,
    owners: Owners,
    family: str,
    apart: bool,
) -> Iterator[Adoption]:
    """Yield the statements in one passage. ``apart`` is true if it is not below a heading about the adoption."""
    elsewhere, credentials = lexicon.phrases("adoption_elsewhere"), lexicon.phrases("adoption_credentials")
    for match in lexicon.phrases(family).finditer(passage):
        start, end = passage.sentence(match.start())
        start, end = max(start, match.start() - _REACH), min(end, match.end() + _REACH)
        if passage.is_quoted(match.start()) or elsewhere.search(passage, match.start(), end):
            continue
        if apart and credentials.search(passage, max(0, match.start() - _REACH), match.end()):
            continue
        if _is_of_others(passage, match, lexicon, owners):
            continue
        labels: list[Mention] = []
        if match.lastgroup == "labels":
            labels.append(Mention(passage, *match.span("labels")))
            # "sections I to III and section V"
            for further in lexicon.phrases("section_reference").finditer(passage, match.end("labels"), end + _REACH):
                if further.start() >= end:
                    break
                labels.append(Mention(passage, *further.span("labels")))
        within = Mention(passage, start, end)
        meeting = meetings.first_in(within)
        days, days_mention = _days(within, meeting, lexicon, session)
        if lexicon.phrases("adoption_afterwards").search(passage, start, end):
            days, days_mention = frozenset(), None
        partial = lexicon.phrases("adoption_of_part").search(passage, match.start(), end) is not None
        yield Adoption(
            Mention(passage, *match.span()),
            tuple(labels),
            meeting,
            days,
            days_mention,
            partial,
            is_entrusted=family == _ENTRUSTED,
        )


def _is_of_others(passage: Passage, match: Match, lexicon: Lexicon, owners: Owners) -> bool:
    """Return whether the report adopted, or the document of the sections adopted, is that of somebody else."""
    if match.lastgroup == "labels":
        end = match.end("labels")
        # "set forth in part II": the words before the noun.
        before = passage.text[match.start() : match.start("labels")].rstrip().rpartition(" ")[0]
        within = list(lexicon.phrases("adoption_within").finditer(before))
        if within and within[-1].end() == len(before):
            return True
        ours = lexicon.phrases("adoption_of_sections").match_at(passage, end)
        return ours is None and owners.of_place(passage, "section", match.start("labels"), end).is_other
    report = lexicon.phrases("adoption_report").search(passage, match.start(), match.end())
    return report is not None and owners.of_report(passage, report.end()).is_other


def _days(
    sentence: Mention, meeting: MeetingReference | None, lexicon: Lexicon, session: Session
) -> tuple[frozenset[date], Mention | None]:
    """Return the day of adoption and its place: the day of the meeting, or the only date in the sentence."""
    if meeting and meeting.days:
        return meeting.days, meeting.days_mention
    dates = list(lexicon.find_dates(sentence.text))
    if len(dates) != 1 or dates[0][2].has_range:
        return frozenset(), None
    left, right, day = dates[0]
    lead = lexicon.date_lead.match(sentence.text, left)
    return day.days(session.year), sentence.part(lead.end() if lead else left, right)


def _not_adopted(structure: Structure, lexicon: Lexicon) -> Iterator[tuple[Section, Mention]]:
    """Yield the top-level sections that a sentence says were not adopted: those it names, else the one it is in."""
    family, subject = lexicon.phrases("not_adopted"), lexicon.phrases("not_adopted_subject")
    for passage in structure.checked_passages(family):
        match = family.search(passage)
        if match is None or passage.section is None or passage.is_quoted(match.start()):
            continue
        start, _ = passage.sentence(match.start())
        # The text of the sentence alone: the subject may begin it.
        if not subject.search(passage.text[start : match.end()].lstrip()):
            continue
        yield passage.section.lineage[-1], Mention(passage, *match.span())
