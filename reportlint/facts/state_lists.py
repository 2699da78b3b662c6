"""The lists that names of States form in running text and in displays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from reportlint.document import Span
from reportlint.facts.introductions import Introductions
from reportlint.facts.states import BodyMention, StateMention, StateMentions
from reportlint.knowledge.registers import Body, States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage, Structure

_ENOUGH_KNOWN = 3
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
    introduction speaks of States, ``complete`` that nothing follows it in its sentence.
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


def state_lists(
    structure: Structure, lexicon: Lexicon, mentions: StateMentions, states: States, introductions: Introductions
) -> StateLists:
    """Find the lists. Affiliations in brackets after persons form none."""
    reader = _list_reader(lexicon, states)
    found: list[StateList] = []
    for index, named in mentions.states_by_passage.items():
        if len(named) > 1:
            passage, bodies = structure.passages[index], mentions.bodies_by_passage.get(index, [])
            found += reader.lists(passage, named, bodies, introductions.colons.get(index))
    return StateLists(tuple(sorted(found, key=lambda one: (one.passage, one.start))))


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    entry: ListEntry


class _ListReader:
    """Reads lists with the separators of one language."""

    def __init__(self, lexicon: Lexicon, states: States) -> None:
        self.lexicon, self.states = lexicon, states
        and_ = alternation(lexicon.words("lists", "and"))
        before = alternation(lexicon.words("lists", "before_name"))
        prefix = rf"(?:(?:{before})(?:(?<=')\s*|\s+))*"
        conjunction = rf"(?:(?:{and_})\s+)?"
        self.remark = re.compile(r"\s*\([^()]{0,120}\)")
        self.opening = re.compile(rf"\s*(?:{prefix})", re.IGNORECASE)
        self.separator = re.compile(
            rf"(?:{self.remark.pattern})?(?:\s*,\s*|\s+(?=(?:{and_})\s)){conjunction}{prefix}", re.IGNORECASE
        )
        name = rf"[A-ZÀ-ÝŒ](?:(?!\s(?:{and_})\s)[^,;:.()\d]){{1,60}}?"
        self.stranger = re.compile(rf"(?P<name>{name})(?=\s*(?:,|\s(?:{and_})\s|[.;]|$))")
        self.leading = re.compile(rf":\s*(?i:{prefix})(?P<name>{name})\s*,\s*(?i:{conjunction}{prefix})\Z")
        self.colon = re.compile(rf":\s*{prefix}\Z", re.IGNORECASE)
        leads = alternation(lexicon.words("lists", "lead"))
        self.lead = re.compile(rf"(?:^|[.:!?]|(?<!\w)(?:{leads}))\s*{prefix}\Z", re.IGNORECASE)
        self.categories = {
            name: re.compile(rf"(?<!\w)(?:{alternation(words)})(?!\w)", re.IGNORECASE)
            for name, words in lexicon.section("attendance_categories").items()
        }

    def lists(
        self, passage: Passage, states: list[StateMention], bodies: list[BodyMention], above: Passage | None
    ) -> Iterator[StateList]:
        """The lists of one passage. An entry that is no known name counts only between others or at the very end."""
        text, known, index = passage.text, _pieces(passage, states, bodies), 0
        while index < len(known):
            chain = [known[index]]
            index += 1
            while separator := self.separator.match(text, chain[-1].end):
                following = known[index] if index < len(known) else None
                if following and following.start == separator.end():
                    chain.append(following)
                    index += 1
                    continue
                stranger = self.stranger.match(text, separator.end())
                if stranger is None or (following and following.start < stranger.end()):
                    break
                chain.append(self._stranger(passage, stranger))
            ends_sentence = text[chain[-1].end : chain[-1].end + 1].strip() in ("", ".", ";")
            while chain and _is_stranger(chain[-1]) and not (ends_sentence and not _is_stranger(chain[-2])):
                chain.pop()
            leading = self.leading.search(text, max(0, chain[0].start - 160), chain[0].start) if chain else None
            if leading:
                chain.insert(0, self._stranger(passage, leading))
            made = self._make(passage, chain, above)
            if made:
                yield made

    def _is_introduced(self, passage: Passage, start: int, position: int) -> bool:
        """Whether a list stands where those present or speaking are named: at the beginning of the sentence, behind
        a colon, behind "by" or behind "the representatives of"."""
        text, folded = passage.text, passage.folded
        if self.lead.search(text, max(start, position - 60), position):
            return True
        return any(
            match.end() + _spaces(text, match.end()) == position
            for name in ("speaker_names", "attendance", "speakers")
            for match in self.lexicon.phrases(name).finditer(text[:position], folded, start)
        )

    def _stranger(self, passage: Passage, match: re.Match[str]) -> _Piece:
        start, end = match.span("name")
        span, language = passage.span(start, end), self.lexicon.code
        known = self.states.whole(match["name"], language)
        if known:
            mention = StateMention(
                known._replace(start=start, end=end), span, passage.index, False, False, match["name"]
            )
            return _Piece(start, end, ListEntry(match["name"], span, mention, meant=known.iso3))
        near = self.states.nearest_state(match["name"], language)
        meant = self.states.whole(near, language) if near else None
        return _Piece(start, end, ListEntry(match["name"], span, meant=meant and meant.iso3))

    def _make(self, passage: Passage, chain: list[_Piece], above: Passage | None) -> StateList | None:
        states = sum(piece.entry.mention is not None for piece in chain)
        bodies = sum(piece.entry.body is not None and not piece.entry.body.lists_with_states for piece in chain)
        strangers = sum(map(_is_stranger, chain))
        if states < 2 or bodies * 2 > states:
            return None
        if strangers and (states < _ENOUGH_KNOWN or strangers * _UNKNOWN_SHARE > len(chain) + _UNKNOWN_SHARE - 1):
            chain = [piece for piece in chain if not _is_stranger(piece)]
        text = passage.text
        start, end = passage.sentence(chain[0].start)
        own = text[start : chain[0].start]
        opens = self.opening.fullmatch(own) is not None
        introduction = f"{_last_sentence(above)} {own}" if above else own
        categories, capacity = self._categories(introduction)
        last = self.remark.match(text, chain[-1].end)
        rest = text[last.end() if last else chain[-1].end :].lstrip()
        return StateList(
            tuple(replace(one.entry, has_remark=text[one.end : one.end + 2] == " (") for one in chain),
            passage.index,
            chain[0].start,
            chain[-1].end,
            self._role(passage, start, end, chain[0].start, _last_sentence(above) if above else ""),
            categories,
            capacity,
            self.colon.search(own[-80:]) is not None or (opens and above is not None),
            self.lexicon.phrases("state_words").search(introduction, introduction.casefold()) is not None,
            rest[:1] in ("", ".", ";"),
        )

    def _role(self, passage: Passage, start: int, end: int, position: int, above: str) -> ListRole:
        own = passage.text[start:position]
        if own.count("(") > own.count(")") or not self._is_introduced(passage, start, position):
            return ListRole.OTHER
        for name, role in (("speakers", ListRole.SPEAKERS), ("attendance", ListRole.ATTENDANCE)):
            phrases = self.lexicon.phrases(name)
            if phrases.search(passage.text, passage.folded, start, end) or phrases.search(above, above.casefold()):
                return role
        return ListRole.OTHER

    def _categories(self, introduction: str) -> tuple[frozenset[str], str | None]:
        """All categories that an introduction names, and the last (of two that end together, the longer words)."""
        found = [
            (match.end(), -match.start(), name)
            for name, words in self.categories.items()
            for match in words.finditer(introduction)
        ]
        return frozenset(name for _, _, name in found), max(found)[2] if found else None


def _last_sentence(passage: Passage) -> str:
    start, end = passage.sentence(len(passage.text.rstrip()) - 1)
    return passage.text[start:end]


_list_reader = lru_cache(maxsize=8)(_ListReader)


def _pieces(passage: Passage, states: list[StateMention], bodies: list[BodyMention]) -> list[_Piece]:
    found = [
        _Piece(one.match.start, one.match.end, ListEntry(one.name, one.span, mention=one, meant=one.iso3))
        for one in states
        if not one.in_brackets
    ]
    taken = [(piece.start, piece.end) for piece in found]
    for body in bodies:
        if not any(start < body.end and body.start < end for start, end in taken):
            entry = ListEntry(passage.text[body.start : body.end], body.span, body=body.body)
            found.append(_Piece(body.start, body.end, entry))
    return sorted(found, key=lambda piece: piece.start)


def _spaces(text: str, position: int) -> int:
    return len(text[position:]) - len(text[position:].lstrip(" "))


def _is_stranger(piece: _Piece) -> bool:
    return piece.entry.mention is None and piece.entry.body is None
