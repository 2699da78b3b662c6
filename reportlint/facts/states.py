"""Mentions of States and organizations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportlint.document import Span
from reportlint.knowledge.name_index import WordPlaces
from reportlint.knowledge.registers import Bodies, Body, StateName, States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention, MentionTable, Passage, Role, Structure

_LONGEST_REGION_WORD = 20
_LONGEST_PERSON = 60
_LONGEST_NAME = 80


class Naming(NamedTuple):
    """How a State is named. All mentions that name it alike share one.

    ``known`` is the name in the register, ``printed`` the name in the text. ``attributive``: a capitalised word
    follows. ``in_brackets`` is true if the name fills a pair of brackets, ``in_organization`` if it ends the name of an
    organization, ``of_person`` if the brackets follow the name of a person: "Mr. Moussa (Chad)".
    """

    known: StateName
    printed: str
    attributive: bool = False
    in_brackets: bool = False
    in_organization: bool = False
    of_person: bool = False


class StateMention(NamedTuple):
    """A State named at ``start:end`` of the text of a passage."""

    passage: Passage
    start: int
    end: int
    naming: Naming

    @property
    def mention(self) -> Mention:
        return Mention(self.passage, self.start, self.end)

    @property
    def span(self) -> Span:
        return self.passage.span(self.start, self.end)

    @property
    def known(self) -> StateName:
        return self.naming.known

    @property
    def name(self) -> str:
        return self.naming.printed

    @property
    def iso3(self) -> str:
        return self.naming.known.iso3

    @property
    def in_brackets(self) -> bool:
        return self.naming.in_brackets

    @property
    def in_organization(self) -> bool:
        return self.naming.in_organization

    @property
    def of_person(self) -> bool:
        return self.naming.of_person


class BodyMention(NamedTuple):
    """An organization named at ``start:end`` of the text of a passage."""

    passage: Passage
    start: int
    end: int
    body: Body

    @property
    def mention(self) -> Mention:
        return Mention(self.passage, self.start, self.end)


@dataclass(frozen=True)
class StateMentions:
    """All mentions of States and organizations outside quotations."""

    states: MentionTable[StateMention, Naming]
    bodies: MentionTable[BodyMention, Body]


def _before(words: Sequence[str], pattern: str, reach: int) -> Callable[[str, int], bool]:
    """Return a function that tells whether a pattern matches in the characters before a place.

    Every match ends with one of the words and spaces. Looking for a word first takes less than the pattern.
    """
    endings, compiled = tuple(words), re.compile(rf"{pattern}\Z")

    def matches(text: str, place: int) -> bool:
        start = max(0, place - reach)
        return text[start:place].rstrip().endswith(endings) and compiled.search(text, start, place) is not None

    return matches


def _region_words(lexicon: Lexicon) -> Callable[[str, int, int], bool]:
    """Return a function that tells whether a State's name is part of the name of a region.

    Names of States with such a word ("North Macedonia") are longer matches of their own.
    """
    before, after = (lexicon.section("regions", name) for name in ("before", "after"))
    leads = _before(before, rf"(?<!\w)(?:{alternation(before)})\s+", _LONGEST_REGION_WORD)
    trailing = re.compile(rf"[\s-](?:{alternation(after)})(?!\w)")

    def is_region(text: str, start: int, end: int) -> bool:
        return leads(text, start) or trailing.match(text, end) is not None

    return is_region


def _persons_before(lexicon: Lexicon) -> Callable[[str, int], bool]:
    """Return a function that tells whether a person and a bracket stand before a place: "Ms. Ana de Silva ("."""
    titles = alternation(lexicon.section("persons", "titles"))
    person = re.compile(rf"(?<!\w)(?:{titles})(?:\s[\w'’.-]+){{1,5}}\s\(\Z")

    def is_person(text: str, start: int) -> bool:
        return person.search(text, max(0, start - _LONGEST_PERSON), start) is not None

    return is_person


def state_mentions(structure: Structure, lexicon: Lexicon, states: States, bodies: Bodies) -> StateMentions:
    """Find the names of States and organizations.

    The masthead is searched; code and quotations are not. Headings are searched for States only. A State's name
    inside the name of a region ("Western Macedonia") does not count.
    """
    state_names: MentionTable[StateMention, Naming] = MentionTable(StateMention)
    body_names: MentionTable[BodyMention, Body] = MentionTable(BodyMention)
    namings: dict[Naming, Naming] = {}
    nouns, links = (lexicon.section(name) for name in ("organization_nouns", "name_links"))
    noun = rf"(?<!\w)(?:{alternation(nouns)})(?!\w)"
    ends_organization = _before(links, rf"{noun}[^,;:.()]{{0,60}}?(?<!\w)(?:{alternation(links)})\s*", _LONGEST_NAME)
    is_region, is_person = _region_words(lexicon), _persons_before(lexicon)
    whole = structure.checked_text()
    places = WordPlaces(states.words(lexicon.code) | bodies.words(lexicon.code), whole)
    for match in states.find(whole, lexicon.code, places):
        passage, start = structure.checked_at(match.start)
        text, end = passage.text, start + match.end - match.start
        if passage.is_quoted(start) or is_region(text, start, end):
            continue
        bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        of_person = bracketed and is_person(text, start)
        in_organization = ends_organization(text, start)
        naming = Naming(match.known, text[start:end], match.attributive, bracketed, in_organization, of_person)
        state_names.add(passage, start, end, namings.setdefault(naming, naming))
    for body in bodies.find(whole, lexicon.code, places):
        passage, start = structure.checked_at(body.start)
        if passage.role is not Role.HEADING and not passage.is_quoted(start):
            body_names.add(passage, start, start + body.end - body.start, body.body)
    return StateMentions(state_names, body_names)
