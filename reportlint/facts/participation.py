"""Attendance, and the States that took the floor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import zip_longest
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.state_lists import ListRole, StateList, StateLists
from reportlint.facts.states import StateMention, StateMentions
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import skip_spaces
from reportlint.structure import Mention, Passage, Role, Structure

_NEAR = 12  # characters allowed between "on behalf of" and a list, for an article
# Categories of participants, as the lexicon names them.
_INSIDE = frozenset({"party", "member"})
_OUTSIDE = frozenset({"outside", "signatory", "observer"})


class Side(Enum):
    """The relation of a State to the body that meets: inside it (a party, a member) or outside it."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Speaker(NamedTuple):
    """A State named as a speaker. ``side`` is the side given there, or ``None``."""

    iso3: str
    name: str
    mention: Mention
    side: Side | None

    @property
    def span(self) -> Span:
        return self.mention.span


class Attended(NamedTuple):
    """A State in an attendance list of one side."""

    side: Side
    mention: Mention


@dataclass(frozen=True)
class Participation:
    """The States that attended and the States that spoke.

    ``attendance`` are the attendance lists. ``present`` are all States reported to have attended, in a list or alone.
    ``speakers`` are the States that made statements, also on behalf of a group. ``sides`` gives the side of each
    State that is listed on one side only; it is empty unless the draft lists States of both sides.
    """

    attendance: tuple[StateList, ...] = ()
    present: frozenset[str] = frozenset()
    speakers: tuple[Speaker, ...] = ()
    sides: Mapping[str, Attended] = field(default_factory=dict)


def participation(structure: Structure, lexicon: Lexicon, mentions: StateMentions, lists: StateLists) -> Participation:
    """Collect attendance and speakers from the sentences that report them."""
    attendance = tuple(listing for listing in lists.of_role(ListRole.ATTENDANCE) if len(listing.states) > 1)
    present = {entry.meant for listing in attendance for entry in listing.states if entry.meant}
    speakers: list[Speaker] = []
    lists_by_passage: dict[int, list[StateList]] = {}
    for listing in lists:
        for index in listing.passages:
            lists_by_passage.setdefault(index, []).append(listing)
    attended, title = lexicon.phrases("attendance"), lexicon.phrases("attendance_title")
    for index, states in mentions.states_by_passage.items():
        passage = structure.passages[index]
        heading = passage.section.title if passage.section else ""
        if attended.search(passage) or title.search(heading):
            present |= {mention.iso3 for mention in states if not mention.in_brackets}
        if passage.role not in (Role.FRONT, Role.HEADING, Role.NOTE):
            speakers += _speakers(passage, states, lists_by_passage.get(index, []), lexicon)
            speakers += _delegates_in(passage, states, lexicon)
    speakers.sort(key=lambda speaker: speaker.span)
    return Participation(attendance, frozenset(present), tuple(speakers), _sides(attendance))


def _sides(attendance: tuple[StateList, ...]) -> dict[str, Attended]:
    by_state: dict[str, list[Attended]] = {}
    for listing in attendance:
        side = Side.OUTSIDE if listing.introduction.categories & _OUTSIDE else _side(listing.introduction.capacity)
        for entry in listing.states:
            if side and entry.meant:
                by_state.setdefault(entry.meant, []).append(Attended(side, entry.mention))
    if len({attended.side for entries in by_state.values() for attended in entries}) < len(Side):
        return {}
    return {iso3: entries[0] for iso3, entries in by_state.items() if len({attended.side for attended in entries}) == 1}


def _side(category: str | None) -> Side | None:
    if category in _OUTSIDE:
        return Side.OUTSIDE
    return Side.INSIDE if category in _INSIDE else None


def _stated_side(listing: StateList) -> Side | None:
    """Return the side that the words before the colon of a list assign to its States."""
    return _side(listing.introduction.capacity) if listing.after_colon else None


def _speakers(
    passage: Passage, states: list[StateMention], lists: list[StateList], lexicon: Lexicon
) -> Iterator[Speaker]:
    """Yield the speakers in one passage.

    These are the States after "the representatives of", those in lists of speakers, and those followed by a verb of
    speaking. The members of a group on whose behalf somebody speaks are not speakers.
    """
    text = passage.text
    verbs, not_speaking = lexicon.phrases("speakers"), lexicon.phrases("not_speaking")
    named = {skip_spaces(text, match.end()) for match in lexicon.phrases("speaker_names").finditer(passage)}
    observers = {skip_spaces(text, match.end()) for match in lexicon.phrases("observer_names").finditer(passage)}
    groups = [skip_spaces(text, match.end()) for match in lexicon.phrases("on_behalf").finditer(passage)]

    def for_group(start: int) -> bool:
        index = bisect_right(groups, start)
        return index > 0 and start <= groups[index - 1] + _NEAR

    listed = {
        id(entry.state): Side.OUTSIDE if listing.mention.start in observers else _stated_side(listing)
        for listing in lists
        if listing.role is ListRole.SPEAKERS or listing.mention.start in named
        for entry in listing.entries
        if entry.state and not for_group(listing.mention.start)
    }
    speaking = [
        mention
        for mention in states
        if not (mention.in_brackets or mention.in_organization or for_group(mention.match.start))
        and (
            id(mention) in listed
            or mention.match.start in named
            or verbs.match_at(passage, skip_spaces(text, mention.match.end))
        )
    ]
    for mention, following in zip_longest(speaking, speaking[1:]):
        start, end = passage.sentence(mention.match.start)
        if not_speaking.search(passage, start, end):
            continue
        if following:
            end = min(end, following.match.start)
        side = Side.OUTSIDE if mention.match.start in observers else listed.get(id(mention))
        if bisect_left(groups, mention.match.end) < bisect_right(groups, end):
            side = None  # it speaks for others
        yield Speaker(mention.iso3, mention.name, mention.mention, side)


def _delegates_in(passage: Passage, states: list[StateMention], lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the States of the persons who speak: "Mr. Moussa (Chad) said". Panellists do not represent their States."""
    bracketed = [mention for mention in states if mention.of_person]
    panel = lexicon.phrases("panel")
    if not bracketed or panel.search(passage) or (passage.section and panel.search(passage.section.title)):
        return
    said, verbs = lexicon.phrases("saying"), lexicon.phrases("speakers")
    for mention in bracketed:
        after = skip_spaces(passage.text, mention.match.end + 1)
        if said.match_at(passage, after) or verbs.match_at(passage, after):
            yield Speaker(mention.iso3, mention.name, mention.mention, None)
