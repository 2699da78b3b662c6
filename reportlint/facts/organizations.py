"""Organizations that attended and organizations that took the floor as observers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import Span
from reportlint.document.letters import UPPER
from reportlint.facts.abbreviations import SpelledOut
from reportlint.facts.states import StateMention, StateMentions
from reportlint.knowledge.registers import Bodies
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention, PassageMentions, Role, Structure

_FIRST_LETTER = re.compile(r"(?<!\w)[^\W\d_]")
_WORD = r"[\w&.'-]*\w"
_HEAD = (Role.FRONT, Role.HEADING)


class Observer(NamedTuple):
    """An organization that took the floor. ``absent`` is true if no attendance sentence names it."""

    mention: Mention
    absent: bool

    @property
    def name(self) -> str:
        return self.mention.text

    @property
    def span(self) -> Span:
        return self.mention.span


class Organizations(NamedTuple):
    """The attendance list of organizations and the observers that spoke.

    ``attendance`` is the passage of the first list of organizations that attended. Without one it is ``None``, and
    ``observers`` is empty.
    """

    attendance: Mention | None = None
    observers: tuple[Observer, ...] = ()


def organizations(
    structure: Structure,
    lexicon: Lexicon,
    bodies: Bodies,
    mentions: StateMentions,
    spelled_out: SpelledOut,
) -> Organizations:
    """Compare the organizations that spoke with the organizations that attended.

    They spoke as observers, or a sentence that reports statements names their representatives.
    """
    attended, words = lexicon.phrases("attendance"), lexicon.phrases("organization_words")
    text = [passage for passage in structure.checked_passages(attended) if passage.role not in _HEAD]
    introduced = (passage for passage in text if ":" in passage.text and attended.search(passage))
    first = next((each for each in introduced if words.search(each, 0, each.text.index(":"))), None)
    if first is None:
        return Organizations()
    lists = [passage for passage in text if attended.search(passage)]
    present = _Present(" ".join(passage.text for passage in lists), bodies, lexicon.code, spelled_out)
    reader = _name_reader(lexicon)
    attending = {passage.index for passage in lists}
    observers: list[Observer] = []
    named, spoke = lexicon.phrases("observer_names"), lexicon.phrases("speakers")
    represented = lexicon.phrases("speaker_names")
    for passage in structure.checked_passages(named, represented):
        if passage.role in (Role.FRONT, Role.HEADING, Role.NOTE) or passage.index in attending:
            continue
        states = mentions.states.in_passage(passage)
        matches = [(match.end(), True) for match in named.finditer(passage)]
        matches += [
            (match.end(), False)
            for match in represented.finditer(passage)
            if spoke.search(passage, *passage.sentence(match.start()))
        ]
        for position, as_observers in sorted(set(matches)):
            for start, end in reader.names(states, position):
                mention = Mention(passage, start, end)
                if as_observers or reader.is_organization(mention.text):
                    observers.append(Observer(mention, not present.has(mention.text)))
    observers = list({observer.mention: observer for observer in observers}.values())
    return Organizations(Mention.of(first), tuple(observers))


class _Present:
    """The organizations that the attendance sentences name, under any name in the register or the draft."""

    def __init__(self, text: str, bodies: Bodies, language: str, spelled_out: SpelledOut) -> None:
        self.text, self.bodies, self.language = text.casefold(), bodies, language
        self.words = frozenset(re.findall(r"[\w&-]+", text))
        self.spelled_out = {definition.short: definition.name for definition in spelled_out.definitions}

    def has(self, name: str) -> bool:
        if name.casefold() in self.text:
            return True
        known = [
            names for body in self.bodies.find(name, self.language) if (names := body.body.names.get(self.language))
        ]
        if any(names.name.casefold() in self.text or names.abbreviation in self.words for names in known):
            return True
        # An abbreviation that is never spelled out cannot be compared.
        return not known and name.isupper() and not self._is_absent(name)

    def _is_absent(self, short: str) -> bool:
        full = self.spelled_out.get(short)
        return full is not None and not any(word in self.text for word in _tails(full.casefold()))


def _tails(name: str) -> Iterator[str]:
    """Return the endings of a name that have at least two words, the longest first."""
    words = name.split()
    return (" ".join(words[start:]) for start in range(len(words) - 1))


class _NameReader:
    """Reads the names after a phrase such as "the observers for"."""

    def __init__(self, lexicon: Lexicon) -> None:
        links, stops = (
            lexicon.section("organization_names", "links"),
            lexicon.section("organization_names", "stops"),
        )
        and_ = alternation(lexicon.words("lists", "and"))
        before = alternation(lexicon.words("lists", "before_name"))
        self.separator = re.compile(
            rf"(?:\s*,\s*|\s+(?=(?:{and_})\s))(?:(?:{and_})\s+)?(?:(?:{before})(?:(?<=')\s*|\s+))*",
            re.IGNORECASE,
        )
        stop = rf"(?!(?:{alternation(stops)})(?!\w))"
        linked = rf"(?:(?:{alternation(links)})\s+)*[{UPPER}]{_WORD}" if links else rf"{stop}{_WORD}"
        offices = alternation(lexicon.section("organization_names", "offices"))
        self.office = re.compile(rf"(?<!\w)(?:{offices})(?!\w)")
        self.name = re.compile(rf"[{UPPER}](?:{_WORD})?(?:\s+{linked})*")

    def is_organization(self, name: str) -> bool:
        """Return whether a name is that of an organization: several capitalised words, and not an office or a group."""
        return sum(map(str.isupper, _FIRST_LETTER.findall(name))) > 1 and not self.office.search(name)

    def names(self, states: PassageMentions[StateMention], position: int) -> Iterator[tuple[int, int]]:
        """Yield the ranges of the names in the list that begins at ``position``, except those of States."""
        text = states.passage.text
        while position < len(text) and text[position] == " ":
            position += 1
        while True:
            state = states.position_at(position)
            if state is not None:
                end = states[state].end
            else:
                match = self.name.match(text, position)
                if match is None:
                    return
                end = match.end()
                yield position, end
            separator = self.separator.match(text, end)
            if separator is None:
                return
            position = separator.end()


_name_reader = lru_cache(maxsize=8)(_NameReader)
