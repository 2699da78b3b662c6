"""The persons that the draft names with a form of address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportlint.document.letters import UPPER
from reportlint.facts.states import StateMentions
from reportlint.language.collation import words_key
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, alternation_apart
from reportlint.structure import Mention, Structure

_LONGEST_PART = 60  # characters of one part of a name
_PART = rf"[{UPPER}](?:[\w'’-]*\w|\.)"


class Person(NamedTuple):
    """A person named in the draft.

    ``given`` and ``surname`` are the first parts and the last part of the name, in lower case without accents.
    ``state`` is the ISO 3166-1 alpha-3 code of the State in brackets after the name, or empty.
    """

    given: tuple[str, ...]
    surname: str
    mention: Mention
    state: str = ""

    @property
    def name(self) -> str:
        return self.mention.text


class Persons(NamedTuple):
    """The persons that the draft names with a form of address and at least two names, in order, outside quotations."""

    persons: tuple[Person, ...] = ()


def persons(structure: Structure, lexicon: Lexicon, mentions: StateMentions) -> Persons:
    """Find the persons."""
    found: list[Person] = []
    pattern = _pattern(lexicon)
    titles = {title.lower() for title in lexicon.section("persons", "titles")}
    for passage in structure.checked_passages_holding(titles):
        for match in pattern.finditer(passage.text):
            parts = [" ".join(words_key(part)) for part in match["name"].split()]
            is_name = len(parts) > 1 and all(0 < len(part) <= _LONGEST_PART for part in parts)
            if is_name and not passage.is_quoted(match.start()):
                place = Mention(passage, *match.span("name"))
                found.append(Person(tuple(parts[:-1]), parts[-1], place, _state_after(place, mentions)))
    return Persons(tuple(found))


def _state_after(place: Mention, mentions: StateMentions) -> str:
    """Return the State in brackets after a place, as its ISO 3166-1 alpha-3 code; "" if there is none."""
    if not place.passage.text.startswith(" (", place.end):
        return ""
    states = mentions.states.in_passage(place.passage)
    position = states.position_at(place.end + 2)
    return "" if position is None else states[position].iso3


@lru_cache(maxsize=8)
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a form of address and the name after it: "Ms. Ana de la Cruz", "M. J. P. Martin"."""
    titles = alternation_apart(lexicon.section("persons", "titles"))
    particles = alternation(lexicon.section("persons", "particles"))
    offices = alternation(lexicon.section("persons", "offices"))
    part = rf"(?!(?:{offices})(?!\w)){_PART}"
    return re.compile(rf"(?:{titles})\s(?P<name>{part}(?:\s(?:(?:{particles})\s){{0,2}}{part}){{1,4}})(?![\w-])")
