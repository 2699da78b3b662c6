"""Who attended, and who took the floor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.state_lists import ListRole, StateList, StateLists
from reportlint.facts.states import StateMention, StateMentions
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import skip_spaces
from reportlint.structure import Passage, Role, Structure

_NEAR = 12  # characters between "on behalf of" and a list, for an article
# The lexicon's names for those present.
_INSIDE = frozenset({"party", "member"})
_OUTSIDE = frozenset({"outside", "signatory", "observer"})


class Side(Enum):
    """Whether a State belongs to the body that meets (a party, a member) or stands outside it."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Speaker(NamedTuple):
    """A State that took the floor, where it is named as a speaker; ``side`` is what it is said to be there."""

    iso3: str
    name: str
    span: Span
    passage: int
    side: Side | None


class Attended(NamedTuple):
    """A State in a list of those present on one side."""

    side: Side
    span: Span


@dataclass(frozen=True)
class Participation:
    """``attendance`` are the lists of those present; ``present`` every State said to have attended, in a list or
    alone; ``speakers`` those who made statements, except on behalf of a group. ``sides``: the side of the States that
    are on one only, where the draft lists States of both."""

    attendance: tuple[StateList, ...] = ()
    present: frozenset[str] = frozenset()
    speakers: tuple[Speaker, ...] = ()
    sides: Mapping[str, Attended] = field(default_factory=dict)


def participation(structure: Structure, lexicon: Lexicon, mentions: StateMentions, lists: StateLists) -> Participation:
    """Read attendance and statements from the sentences that report them."""
    attendance = tuple(one for one in lists.of_role(ListRole.ATTENDANCE) if len(one.states) > 1)
    present = {entry.meant for one in attendance for entry in one.states if entry.meant}
    speakers: list[Speaker] = []
    lists_by_passage: dict[int, list[StateList]] = {}
    for one in lists:
        for index in one.passages:
            lists_by_passage.setdefault(index, []).append(one)
    attended, title = lexicon.phrases("attendance"), lexicon.phrases("attendance_title")
    for index, states in mentions.states_by_passage.items():
        passage = structure.passages[index]
        heading = passage.section.title if passage.section else ""
        if attended.search(passage) or title.search(heading):
            present |= {mention.iso3 for mention in states if not mention.in_brackets}
        if passage.role not in (Role.FRONT, Role.HEADING, Role.NOTE):
            speakers += _speakers(passage, states, lists_by_passage.get(index, []), lexicon)
    return Participation(attendance, frozenset(present), tuple(speakers), _sides(attendance))


def _sides(attendance: tuple[StateList, ...]) -> dict[str, Attended]:
    found: dict[str, list[Attended]] = {}
    for one in attendance:
        side = Side.OUTSIDE if one.introduction.categories & _OUTSIDE else _side(one.introduction.capacity)
        for entry in one.states:
            if side and entry.meant:
                found.setdefault(entry.meant, []).append(Attended(side, entry.span))
    if len({attended.side for several in found.values() for attended in several}) < len(Side):
        return {}
    return {iso3: several[0] for iso3, several in found.items() if len({one.side for one in several}) == 1}


def _side(category: str | None) -> Side | None:
    if category in _OUTSIDE:
        return Side.OUTSIDE
    return Side.INSIDE if category in _INSIDE else None


def _stated_side(one: StateList) -> Side | None:
    """The side that the words before the colon of a list give those in it."""
    return _side(one.introduction.capacity) if one.after_colon else None


def _speakers(
    passage: Passage, states: list[StateMention], lists: list[StateList], lexicon: Lexicon
) -> Iterator[Speaker]:
    """Those behind "the representatives of", those in lists of speakers, and those who begin a sentence that says
    they spoke."""
    text = passage.text
    verbs, behalf = lexicon.phrases("speakers"), lexicon.phrases("on_behalf")
    named = {skip_spaces(text, match.end()) for match in lexicon.phrases("speaker_names").finditer(passage)}
    observers = {skip_spaces(text, match.end()) for match in lexicon.phrases("observer_names").finditer(passage)}
    groups = [skip_spaces(text, match.end()) for match in behalf.finditer(passage)]
    listed = {
        id(entry.mention): Side.OUTSIDE if one.start in observers else _stated_side(one)
        for one in lists
        if one.role is ListRole.SPEAKERS or one.start in named
        for entry in one.entries
        if entry.mention and not any(group <= one.start <= group + _NEAR for group in groups)
    }
    speaking = [
        mention
        for mention in states
        if not mention.in_brackets
        and (
            id(mention) in listed
            or mention.match.start in named
            or verbs.match_at(passage, skip_spaces(text, mention.match.end))
        )
    ]
    silent = lexicon.phrases("not_speaking")
    for index, mention in enumerate(speaking):
        if silent.search(passage, *passage.sentence(mention.match.start)):
            continue
        end = passage.sentence(mention.match.start)[1]
        if index + 1 < len(speaking):
            end = min(end, speaking[index + 1].match.start)
        if not any(mention.match.end <= group <= end for group in groups):
            side = Side.OUTSIDE if mention.match.start in observers else listed.get(id(mention))
            yield Speaker(mention.iso3, mention.name, mention.span, passage.index, side)
