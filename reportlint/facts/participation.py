"""Attendance, and the States that took the floor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from itertools import chain, tee, zip_longest
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.state_lists import ListRole, StateList, StateLists
from reportlint.facts.states import StateMention, StateMentions
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import skip_spaces
from reportlint.structure import Mention, PassageMentions, Role

_NEAR = 12  # characters allowed between "on behalf of" and a list, for an article
# Categories of participants, as the lexicon names them.
_INSIDE = frozenset({"party", "member"})
_OUTSIDE = frozenset({"outside", "signatory", "observer"})
_ASIDE = (Role.FRONT, Role.HEADING, Role.NOTE)
_OF_SPEAKERS = ListRole.SPEAKERS  # in Python 3.11, looking up a member of an enumeration takes long


class Side(Enum):
    """The relation of a State to the body that meets: inside it (a party, a member) or outside it."""

    INSIDE = "inside"
    OUTSIDE = "outside"


_SIDES = (None, *Side)


class Speaker(NamedTuple):
    """A State named as a speaker. ``side`` is the side given there, or ``None``."""

    state: StateMention
    side: Side | None

    @property
    def iso3(self) -> str:
        return self.state.iso3

    @property
    def name(self) -> str:
        return self.state.name

    @property
    def span(self) -> Span:
        return self.state.span


class Attended(NamedTuple):
    """A State in an attendance list of one side."""

    side: Side
    mention: Mention


@dataclass(frozen=True)
class Participation:
    """The States that attended and the States that spoke.

    ``attendance`` are the attendance lists. ``present`` are all States reported to have attended, in a list or alone.
    ``speakers`` are the States that made statements, also on behalf of a group, each at its first place for a side.
    ``sides`` gives the side of each
    State that is listed on one side only; it is empty unless the draft lists States of both sides.
    """

    attendance: tuple[StateList, ...] = ()
    present: frozenset[str] = frozenset()
    speakers: tuple[Speaker, ...] = ()
    sides: Mapping[str, Attended] = field(default_factory=dict)


def participation(lexicon: Lexicon, mentions: StateMentions, lists: StateLists) -> Participation:
    """Collect attendance and speakers from the sentences that report them."""
    attendance = tuple(listing for listing in lists.of_role(ListRole.ATTENDANCE) if len(listing.states) > 1)
    present = {entry.meant for listing in attendance for entry in listing.states if entry.meant}
    speakers: dict[tuple[str, Side | None], Speaker] = {}
    lists_by_passage: dict[int, list[StateList]] = {}
    for listing in lists:
        for index in listing.passages:
            lists_by_passage.setdefault(index, []).append(listing)
    attended, title = lexicon.phrases("attendance"), lexicon.phrases("attendance_title")
    is_title = cache(lambda heading: title.search(heading) is not None)
    for states in mentions.states.by_passage():
        passage = states.passage
        named = {mention.naming.known.iso3 for mention in states if not mention.naming.in_brackets}
        is_new = not named <= present  # false of most passages
        if is_new and (attended.search(passage) or (passage.section and is_title(passage.section.title))):
            present |= named
        if passage.role not in _ASIDE:
            listed = lists_by_passage.get(passage.index, [])
            for speaker in chain(_speakers(states, listed, lexicon), _delegates_in(states, lexicon)):
                first = speakers.setdefault((speaker.iso3, speaker.side), speaker)
                if first is not speaker and speaker.span < first.span:
                    speakers[speaker.iso3, speaker.side] = speaker
    in_order = sorted(speakers.values(), key=lambda speaker: speaker.span)
    return Participation(attendance, frozenset(present), tuple(in_order), _sides(attendance))


def _sides(attendance: tuple[StateList, ...]) -> dict[str, Attended]:
    attended: dict[str, Attended] = {}
    on_both: set[str] = set()
    sides: set[Side] = set()
    for listing in attendance:
        side = Side.OUTSIDE if listing.introduction.categories & _OUTSIDE else _side(listing.introduction.capacity)
        for entry in listing.states:
            if side and entry.meant:
                sides.add(side)
                first = attended.setdefault(entry.meant, Attended(side, entry.mention))
                if first.side is not side:
                    on_both.add(entry.meant)
    if len(sides) < len(Side):
        return {}
    return {iso3: first for iso3, first in attended.items() if iso3 not in on_both}


def _side(category: str | None) -> Side | None:
    if category in _OUTSIDE:
        return Side.OUTSIDE
    return Side.INSIDE if category in _INSIDE else None


def _stated_side(listing: StateList) -> Side | None:
    """Return the side that the words before the colon of a list assign to its States."""
    return _side(listing.introduction.capacity) if listing.after_colon else None


def _speakers(states: PassageMentions[StateMention], lists: list[StateList], lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the speakers in one passage.

    These are the States after "the representatives of", those in lists of speakers, and those followed by a verb of
    speaking. The members of a group on whose behalf somebody speaks are not speakers.
    """
    passage, text = states.passage, states.passage.text
    verbs, not_speaking = lexicon.phrases("speakers"), lexicon.phrases("not_speaking")
    named = {skip_spaces(text, match.end()) for match in lexicon.phrases("speaker_names").finditer(passage)}
    has_verb = verbs.may_occur(passage)
    lists = [listing for listing in lists if listing.role is _OF_SPEAKERS or listing.mention.start in named]
    if not (named or lists or has_verb):
        return  # true of most passages
    observers = {skip_spaces(text, match.end()) for match in lexicon.phrases("observer_names").finditer(passage)}
    groups = [skip_spaces(text, match.end()) for match in lexicon.phrases("on_behalf").finditer(passage)]

    def for_group(start: int) -> bool:
        index = bisect_right(groups, start)
        return index > 0 and start <= groups[index - 1] + _NEAR

    listed = bytearray(len(states))  # for each State in a list of speakers, one more than the number of its side
    for listing in lists:
        start = listing.mention.start
        if not for_group(start):
            number = _SIDES.index(Side.OUTSIDE if start in observers else _stated_side(listing))
            for entry in listing.entries:
                position = states.position_at(entry.start) if entry.naming and entry.passage is passage else None
                if position is not None and states[position].end == entry.end:
                    listed[position] = number + 1
    speaking, following = tee(
        (mention, _SIDES[mark - 1] if mark else None)
        for mention, mark in zip(states, listed, strict=True)
        if not (mention.naming.in_brackets or mention.naming.in_organization or for_group(mention.start))
        and (mark or mention.start in named or (has_verb and verbs.match_at(passage, mention.end)))
    )
    next(following, None)
    for (mention, stated), after in zip_longest(speaking, following):
        start, end = passage.sentence(mention.start)
        if not_speaking.search(passage, start, end):
            continue
        if after:
            end = min(end, after[0].start)
        side = Side.OUTSIDE if mention.start in observers else stated
        if bisect_left(groups, mention.end) < bisect_right(groups, end):
            side = None  # it speaks for others
        yield Speaker(mention, side)


def _delegates_in(states: PassageMentions[StateMention], lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the States of the persons who speak: "Mr. Moussa (Chad) said". Panellists do not represent their States."""
    bracketed = [mention for mention in states if mention.naming.of_person]
    if not bracketed:
        return  # true of most passages
    passage, panel = states.passage, lexicon.phrases("panel")
    if panel.search(passage) or (passage.section and panel.search(passage.section.title)):
        return
    said, verbs = lexicon.phrases("saying"), lexicon.phrases("speakers")
    for mention in bracketed:
        after = skip_spaces(passage.text, mention.end + 1)
        if said.match_at(passage, after) or verbs.match_at(passage, after):
            yield Speaker(mention, None)
