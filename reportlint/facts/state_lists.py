"""Lists of States, their entries and their introductions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.states import Naming, StateMention
from reportlint.knowledge.registers import Body, States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation_apart
from reportlint.language.phrases import lower_case
from reportlint.structure import Mention, Passage

ENOUGH_KNOWN = 3
_UNKNOWN_SHARE = 5  # one in this many entries of a list of States may be unknown


class ListRole(Enum):
    """The purpose of a list of States."""

    ATTENDANCE = "attendance"
    SPEAKERS = "speakers"
    OTHER = "other"


class Listed(NamedTuple):
    """What a list names: a State, a body, or an unknown name (neither). Entries alike share one.

    ``name`` is the name as printed; one that is printed on two lines is given as the register has it. ``meant`` is the
    ISO 3166-1 alpha-3 code of the State that the entry refers to, even if it is misspelt. ``has_remark`` is true if a
    remark in brackets follows, ``for_group`` if the remark says that the State speaks for a group of States ("on behalf
    of …", "Chair of …").
    """

    name: str
    naming: Naming | None = None
    body: Body | None = None
    meant: str | None = None
    has_remark: bool = False
    for_group: bool = False


@lru_cache(maxsize=1024)
def listed_state(naming: Naming) -> Listed:
    """Return the content of an entry that names a State."""
    return Listed(naming.printed, naming, meant=naming.known.iso3)


class ListEntry(NamedTuple):
    """One entry of a list, at ``start:end`` of the text of a passage."""

    passage: Passage
    start: int
    end: int
    content: Listed

    @property
    def mention(self) -> Mention:
        return Mention(self.passage, self.start, self.end)

    @property
    def span(self) -> Span:
        return self.passage.span(self.start, self.end)

    @property
    def name(self) -> str:
        return self.content.name

    @property
    def naming(self) -> Naming | None:
        return self.content.naming

    @property
    def state(self) -> StateMention | None:
        """The State that the entry names."""
        naming = self.content.naming
        return StateMention(self.passage, self.start, self.end, naming) if naming else None

    @property
    def body(self) -> Body | None:
        return self.content.body

    @property
    def meant(self) -> str | None:
        return self.content.meant

    @property
    def has_remark(self) -> bool:
        return self.content.has_remark

    @property
    def for_group(self) -> bool:
        return self.content.for_group

    @property
    def is_unknown(self) -> bool:
        """Whether the name is neither that of a State nor that of a body."""
        return self.content.naming is None and self.content.body is None

    def renamed(self, name: str) -> ListEntry:
        """Return the entry with another name."""
        return self._replace(content=self.content._replace(name=name))

    def meaning(self, iso3: str) -> ListEntry:
        """Return the entry with the State that it refers to."""
        return self._replace(content=self.content._replace(meant=iso3))


class Introduction(NamedTuple):
    """The content of the words before a list.

    ``categories`` are the lexicon's names for the participants mentioned ("party", "observer" …); ``capacity`` is the
    last of them. ``of_states`` is true if the words mention States, ``own_order`` if they name an order other than
    the alphabetical order of the language.
    """

    categories: frozenset[str]
    capacity: str | None
    of_states: bool
    own_order: bool


class StateList(NamedTuple):
    """A list of names, most of them States.

    ``mention`` is the list; if it is displayed, its first name. ``after_colon`` is true if a colon, or a word such as
    "namely", introduces the list, ``complete`` if nothing follows it in its sentence.
    """

    entries: tuple[ListEntry, ...]
    mention: Mention
    role: ListRole
    introduction: Introduction
    after_colon: bool
    complete: bool

    @property
    def span(self) -> Span:
        return Span(min(entry.span.start for entry in self.entries), max(entry.span.end for entry in self.entries))

    @property
    def passages(self) -> frozenset[int]:
        """The indices of the passages that contain its States."""
        return frozenset(entry.passage.index for entry in self.entries if entry.content.naming)

    @property
    def states(self) -> list[ListEntry]:
        return [entry for entry in self.entries if entry.content.meant]

    @property
    def unknown(self) -> list[ListEntry]:
        return [entry for entry in self.entries if entry.is_unknown]


@dataclass(frozen=True)
class StateLists:
    """All lists of States in the draft, in order."""

    lists: tuple[StateList, ...] = ()

    def __iter__(self) -> Iterator[StateList]:
        return iter(self.lists)

    def of_role(self, role: ListRole) -> tuple[StateList, ...]:
        return tuple(listing for listing in self.lists if listing.role is role)


@lru_cache(maxsize=8)
def _categories(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?:{alternation_apart(map(lower_case, words))})(?!\w)")
        for name, words in lexicon.mapping("attendance_categories").items()
    }


def read_introduction(text: str, lexicon: Lexicon) -> Introduction:
    """Read the introduction of a list.

    Of two categories that end at the same offset, the longer match counts as the last.
    """
    folded = lower_case(text)
    matches = [
        (match.end(), -match.start(), name)
        for name, words in _categories(lexicon).items()
        for match in words.finditer(folded)
    ]
    return _shared(
        Introduction(
            frozenset(name for _, _, name in matches),
            max(matches)[2] if matches else None,
            lexicon.phrases("state_words").search(text) is not None,
            lexicon.phrases("other_order").search(text) is not None,
        )
    )


@lru_cache(maxsize=256)
def _shared(introduction: Introduction) -> Introduction:
    """Return an equal introduction if one was read recently: most lists of a draft are introduced alike."""
    return introduction


def with_meaning(entry: ListEntry, states: States, lexicon: Lexicon) -> ListEntry:
    """Return the entry of a list with the State that an unknown name misspells, if there is one."""
    nearest = states.nearest_state(entry.name, lexicon.code) if entry.is_unknown else None
    meant = states.whole(nearest, lexicon.code) if nearest else None
    return entry.meaning(meant.iso3) if meant else entry


def too_many_unknown(known: int, unknown: int) -> bool:
    """Return whether there are so many unknown names that they may be ordinary words of the sentence."""
    return bool(unknown) and (known < ENOUGH_KNOWN or unknown * _UNKNOWN_SHARE > known + unknown + _UNKNOWN_SHARE - 1)


def last_sentence(passage: Passage) -> str:
    """Return the last sentence of a passage."""
    start, end = passage.sentence(len(passage.text.rstrip()) - 1)
    return passage.text[start:end]
