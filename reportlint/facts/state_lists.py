"""Lists of States: what they are, and how their introductions are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from reportlint.document import Span
from reportlint.facts.states import StateMention
from reportlint.knowledge.registers import Body
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


@dataclass(frozen=True)
class ListEntry:
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


@dataclass(frozen=True)
class StateList:
    """Names separated only by commas and a conjunction, most of them States.

    ``categories`` are the lexicon's names for those present ("party", "observer" …) that the introduction uses, and
    ``capacity`` is the last of them; ``after_colon`` says that a colon introduces the list, ``of_states`` that its
    introduction speaks of States, ``complete`` that nothing follows it in its sentence, ``own_order`` that its
    introduction names an order other than the alphabetical one of the language.
    """

    entries: tuple[ListEntry, ...]
    passage: int
    start: int
    end: int
    role: ListRole
    categories: frozenset[str]
    capacity: str | None
    after_colon: bool
    of_states: bool
    complete: bool
    own_order: bool = False

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


class CategoryReader:
    """Reads the categories of those present that an introduction names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = {
            name: re.compile(rf"(?<!\w)(?:{alternation(words)})(?!\w)", re.IGNORECASE)
            for name, words in lexicon.section("attendance_categories").items()
        }

    def read(self, introduction: str) -> tuple[frozenset[str], str | None]:
        """All categories that an introduction names, and the last (of two that end together, the longer words)."""
        found = [
            (match.end(), -match.start(), name)
            for name, words in self.words.items()
            for match in words.finditer(introduction)
        ]
        return frozenset(name for _, _, name in found), max(found)[2] if found else None


category_reader = lru_cache(maxsize=8)(CategoryReader)


def too_many_unknown(known: int, unknown: int) -> bool:
    """Whether what is no known name is so frequent that it may belong to the sentence."""
    return bool(unknown) and (known < ENOUGH_KNOWN or unknown * _UNKNOWN_SHARE > known + unknown + _UNKNOWN_SHARE - 1)


def last_sentence(passage: Passage) -> str:
    """The sentence that ends a passage."""
    start, end = passage.sentence(len(passage.text.rstrip()) - 1)
    return passage.text[start:end]
