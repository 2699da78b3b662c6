"""Mentions of States and organizations."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from reportlint.document import Span
from reportlint.knowledge.registers import Bodies, Body, NameMatch, States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention, Passage, Role, Structure

_LONGEST_REGION_WORD = 20
_LONGEST_PERSON = 60
_M = TypeVar("_M", "StateMention", "BodyMention")


class StateMention(NamedTuple):
    """A State named in a passage.

    ``in_brackets`` is true if the name fills a pair of brackets, ``in_organization`` if it ends the name of an
    organization, ``of_person`` if the brackets follow the name of a person: "Mr. Moussa (Chad)".
    """

    match: NameMatch
    passage: Passage
    in_brackets: bool
    in_organization: bool
    name: str
    of_person: bool = False

    @property
    def mention(self) -> Mention:
        return Mention(self.passage, self.match.start, self.match.end)

    @property
    def span(self) -> Span:
        return self.mention.span

    @property
    def iso3(self) -> str:
        return self.match.iso3


class BodyMention(NamedTuple):
    """An organization named in a passage."""

    body: Body
    mention: Mention

    @property
    def passage(self) -> Passage:
        return self.mention.passage

    @property
    def span(self) -> Span:
        return self.mention.span


@dataclass(frozen=True)
class StateMentions:
    """All mentions of States and organizations outside quotations."""

    states: tuple[StateMention, ...] = ()
    bodies: tuple[BodyMention, ...] = ()

    @cached_property
    def states_by_passage(self) -> dict[int, list[StateMention]]:
        return _by_passage(self.states)

    @cached_property
    def bodies_by_passage(self) -> dict[int, list[BodyMention]]:
        return _by_passage(self.bodies)


def _by_passage(mentions: Sequence[_M]) -> dict[int, list[_M]]:
    by_passage: dict[int, list[_M]] = {}
    for mention in mentions:
        by_passage.setdefault(mention.passage.index, []).append(mention)
    return by_passage


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
    state_names: list[StateMention] = []
    body_names: list[BodyMention] = []
    nouns, links = (alternation(lexicon.section(name)) for name in ("organization_nouns", "name_links"))
    region, is_person = _region_words(lexicon), _persons_before(lexicon)
    organization = re.compile(rf"(?<!\w)(?:{nouns})(?!\w)[^,;:.()]{{0,60}}?(?<!\w)(?:{links})\s*\Z")
    for passage in structure.checked_passages():
        text = passage.text
        for match in states.find(text, lexicon.code):
            if passage.is_quoted(match.start) or region(text, match):
                continue
            bracketed = text[match.start - 1 : match.start] == "(" and text[match.end : match.end + 1] == ")"
            ends_name = organization.search(text, max(0, match.start - 80), match.start) is not None
            name = sys.intern(text[match.start : match.end])  # States are named again and again
            of_person = bracketed and is_person(text, match.start)
            state_names.append(StateMention(match, passage, bracketed, ends_name, name, of_person))
        if passage.role is Role.HEADING:
            continue
        for body in bodies.find(text, lexicon.code):
            if not passage.is_quoted(body.start):
                body_names.append(BodyMention(body.body, Mention(passage, body.start, body.end)))
    return StateMentions(tuple(state_names), tuple(body_names))
