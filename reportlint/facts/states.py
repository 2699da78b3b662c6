"""Mentions of States and organizations."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from reportlint.document import Span
from reportlint.knowledge.registers import Bodies, Body, NameMatch, StateName, States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention, MentionTable, Passage, Role, Structure

_LONGEST_REGION_WORD = 20
_LONGEST_PERSON = 60


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


def _region_words(lexicon: Lexicon) -> Callable[[str, NameMatch], bool]:
    """Return a function that tells whether a State's name is part of the name of a region.

    Names of States with such a word ("North Macedonia") are longer matches of their own.
    """
    before, after = (alternation(lexicon.section("regions", name)) for name in ("before", "after"))
    leading = re.compile(rf"(?<!\w)(?:{before})\s+\Z")
    trailing = re.compile(rf"[\s-](?:{after})(?!\w)")

    def is_region(text: str, match: NameMatch) -> bool:
        start = max(0, match.start - _LONGEST_REGION_WORD)
        return bool(leading.search(text, start, match.start) or trailing.match(text, match.end))

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
    nouns, links = (alternation(lexicon.section(name)) for name in ("organization_nouns", "name_links"))
    region, is_person = _region_words(lexicon), _persons_before(lexicon)
    organization = re.compile(rf"(?<!\w)(?:{nouns})(?!\w)[^,;:.()]{{0,60}}?(?<!\w)(?:{links})\s*\Z")
    for passage in structure.checked_passages():
        text = passage.text
        for match in states.find(text, lexicon.code):
            start, end, known, attributive = match
            if passage.is_quoted(start) or region(text, match):
                continue
            bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
            ends_name = organization.search(text, max(0, start - 80), start) is not None
            of_person = bracketed and is_person(text, start)
            naming = Naming(known, text[start:end], attributive, bracketed, ends_name, of_person)
            state_names.add(passage, start, end, namings.setdefault(naming, naming))
        if passage.role is Role.HEADING:
            continue
        for body in bodies.find(text, lexicon.code):
            if not passage.is_quoted(body.start):
                body_names.add(passage, body.start, body.end, body.body)
    return StateMentions(state_names, body_names)
