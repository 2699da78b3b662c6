"""Lists of States: what they are, and how their introductions are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.states import StateMention
from reportlint.knowledge.registers import Body, States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage

ENOUGH_KNOWN = 3
_UNKNOWN_SHARE = 5  # one entry in so many may be unknown in a list of States


class ListRole(Enum):
    """What a list of States is there for."""

    ATTENDANCE = "attendance"
    SPEAKERS = "speakers"
    OTHER = "other"


class ListEntry(NamedTuple):
    """One entry of a list of names: a State, a body, or (both ``None``) something that is neither.

    ``meant`` is the State that the entry means (ISO 3166-1 alpha-3), also where it is misspelt; ``has_remark`` says
    that a remark in brackets follows ("(on behalf of …)").
    """

    name: str
    span: Span
    mention: StateMention | None = None
    body: Body | None = None
    meant: str | None = None
    has_remark: bool = False


class Introduction(NamedTuple):
    """What the words before a list say of it: ``categories`` are the lexicon's names for those present ("party",
    "observer" …), ``capacity`` is the last of them; ``of_states`` says that States are spoken of,
    ``own_order`` that an order other than the alphabetical one of the language is named."""

    categories: frozenset[str]
    capacity: str | None
    of_states: bool
    own_order: bool


class StateList(NamedTuple):
    """Names separated only by commas and a conjunction, most of them States.

    ``after_colon`` says that a colon introduces the list, ``complete`` that nothing follows it in its sentence.
    """

    entries: tuple[ListEntry, ...]
    passage: int
    start: int
    end: int
    role: ListRole
    introduction: Introduction
    after_colon: bool
    complete: bool

    @property
    def span(self) -> Span:
        return Span(min(one.span.start for one in self.entries), max(one.span.end for one in self.entries))

    @property
    def passages(self) -> frozenset[int]:
        """The passages in which its States stand."""
        return frozenset({self.passage, *(entry.mention.passage for entry in self.entries if entry.mention)})

    @property
    def states(self) -> list[ListEntry]:
        return [entry for entry in self.entries if entry.meant]

    @property
    def unknown(self) -> list[ListEntry]:
        return [entry for entry in self.entries if entry.mention is None and entry.body is None]


@dataclass(frozen=True)
class StateLists:
    """All lists of States, in order."""

    lists: tuple[StateList, ...] = ()

    def __iter__(self) -> Iterator[StateList]:
        return iter(self.lists)

    def of_role(self, role: ListRole) -> tuple[StateList, ...]:
        return tuple(one for one in self.lists if one.role is role)


@lru_cache(maxsize=8)
def _categories(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?<!\w)(?:{alternation(words)})(?!\w)", re.IGNORECASE)
        for name, words in lexicon.section("attendance_categories").items()
    }


def read_introduction(text: str, lexicon: Lexicon) -> Introduction:
    """What an introduction says; of two categories that end together, the longer words are the last."""
    found = [
        (match.end(), -match.start(), name)
        for name, words in _categories(lexicon).items()
        for match in words.finditer(text)
    ]
    return Introduction(
        frozenset(name for _, _, name in found),
        max(found)[2] if found else None,
        lexicon.phrases("state_words").search(text) is not None,
        lexicon.phrases("other_order").search(text) is not None,
    )


def stranger(name: str, span: Span, states: States, lexicon: Lexicon) -> ListEntry:
    """The entry of a name that nobody bears; it may be a State's, misspelt."""
    near = states.nearest_state(name, lexicon.code)
    meant = states.whole(near, lexicon.code) if near else None
    return ListEntry(name, span, meant=meant and meant.iso3)


def too_many_unknown(known: int, unknown: int) -> bool:
    """Whether what is no known name is so frequent that it may belong to the sentence."""
    return bool(unknown) and (known < ENOUGH_KNOWN or unknown * _UNKNOWN_SHARE > known + unknown + _UNKNOWN_SHARE - 1)


def last_sentence(passage: Passage) -> str:
    """The sentence that ends a passage."""
    start, end = passage.sentence(len(passage.text.rstrip()) - 1)
    return passage.text[start:end]
