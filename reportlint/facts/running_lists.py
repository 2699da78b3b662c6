"""Lists of States in running text, and the fact that combines them with displayed lists."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from reportlint.document.letters import UPPER
from reportlint.facts.displayed_lists import displayed_lists
from reportlint.facts.list_introductions import Introductions
from reportlint.facts.state_lists import (
    ENOUGH_KNOWN,
    Listed,
    ListEntry,
    ListRole,
    StateList,
    StateLists,
    last_sentence,
    listed_state,
    read_introduction,
    too_many_unknown,
    with_meaning,
)
from reportlint.facts.states import BodyMention, Naming, StateMention, StateMentions
from reportlint.knowledge.registers import States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.language.phrases import PhraseFamily, skip_spaces
from reportlint.structure import Mention, Passage, PassageMentions, Structure

_WORD_BEFORE = re.compile(r"(?<![\w.])[^\W\d_][\w.]* \Z")
_LONGEST_WORD = 20
_OTHER = ListRole.OTHER  # in Python 3.11, looking up a member of an enumeration takes long
_ROLES = (("speakers", ListRole.SPEAKERS), ("attendance", ListRole.ATTENDANCE))


def state_lists(
    structure: Structure, lexicon: Lexicon, mentions: StateMentions, states: States, introductions: Introductions
) -> StateLists:
    """Find all lists of States. The affiliations in brackets after persons do not form a list."""
    reader = _list_reader(lexicon, states)
    listings: list[StateList] = []
    for named in mentions.states.by_passage():
        if len(named) > 1:
            bodies = mentions.bodies.in_passage(named.passage)
            listings += reader.lists(named, bodies, introductions.above(named.passage))
    listings += displayed_lists(structure, lexicon, mentions, states, introductions)
    return StateLists(
        tuple(sorted(listings, key=lambda listing: (listing.mention.passage.index, listing.mention.start)))
    )


_LONGEST_INTRODUCTION = 1_000  # characters
_LONG_PASSAGE = 5_000


class _ListReader:
    """Reads lists in one language."""

    def __init__(self, lexicon: Lexicon, states: States) -> None:
        self.lexicon, self.states = lexicon, states
        and_ = alternation(lexicon.words("lists", "and"))
        before = alternation(lexicon.words("lists", "before_name"))
        prefix = rf"(?:(?:{before})(?:(?<=')\s*|\s+))*"
        conjunction = rf"(?:(?:{and_})\s+)?"
        self.remark = re.compile(r"\s*\([^()]{0,400}(?:\([^()]{0,120}\)[^()]{0,400}){0,9}\)")
        self.also = re.compile(rf"(?<!\w)(?:{alternation(lexicon.words('lists', 'also'))})(?!\w)", re.IGNORECASE)
        self.opening = re.compile(rf"\s*(?:{prefix})", re.IGNORECASE)
        self.separator = re.compile(
            rf"(?:{self.remark.pattern})?(?:\s*,\s*|\s+(?=(?:{and_})\s)){conjunction}{prefix}", re.IGNORECASE
        )
        name = rf"[{UPPER}](?:(?!\s(?:{and_})\s)[^,;:.()\d]){{1,60}}?"
        self.unknown = re.compile(rf"(?P<name>{name})(?=\s*(?:,|\s(?:{and_})\s|[.;]|$))")
        self.leading = re.compile(rf":\s*(?i:{prefix})(?P<name>{name})\s*,\s*(?i:{conjunction}{prefix})\Z")
        announcing = alternation(lexicon.words("lists", "announcing"))
        self.colon = re.compile(rf"(?::|(?<!\w)(?:{announcing})(?!\w),?)\s*{prefix}\Z", re.IGNORECASE)
        leads = alternation(lexicon.words("lists", "lead"))
        self.lead = re.compile(rf"(?:^|[.:!?]|(?<!\w)(?:{leads}))\s*{prefix}\Z", re.IGNORECASE)

    def lists(
        self, states: PassageMentions[StateMention], bodies: Iterable[BodyMention], above: Passage | None
    ) -> Iterator[StateList]:
        """Yield the lists in one passage.

        Unknown names count only between known names or at the very end of the list.
        """
        passage = states.passage
        for known in self._apart(passage.text, self._entries(passage, states, bodies)):
            yield from self._chains(passage, known, above)

    def _chains(self, passage: Passage, known: list[ListEntry], above: Passage | None) -> Iterator[StateList]:
        text, index = passage.text, 0
        while index < len(known):
            chain = [known[index]]
            index += 1
            while separator := self.separator.match(text, chain[-1].end):
                following = known[index] if index < len(known) else None
                if following and separator.start() < following.start <= separator.end():
                    chain.append(following)
                    index += 1
                    continue
                unknown = self.unknown.match(text, separator.end())
                if unknown is None or (following and following.start < unknown.end()):
                    break
                chain.append(self._entry(passage, *unknown.span("name")))
            end = chain[-1].end
            ends_sentence = text[end : end + 1].strip() in ("", ".", ";")
            while chain and chain[-1].is_unknown and not (ends_sentence and not chain[-2].is_unknown):
                chain.pop()
            start = chain[0].start if chain else 0
            leading = self.leading.search(text, max(0, start - 160), start)
            if leading:
                chain.insert(0, self._entry(passage, *leading.span("name")))
            listing = self._list_of(passage, chain, above)
            if listing:
                yield listing

    def _is_introduced(self, passage: Passage, start: int, position: int) -> bool:
        """Return whether a list is in a position where participants or speakers are named.

        These are the beginning of the sentence and the positions after a colon, after "by" and after
        "the representatives of".
        """
        text = passage.text
        if self.lead.search(text, max(start, position - 60), position):
            return True
        start = max(start, position - _LONGEST_INTRODUCTION)
        return any(
            skip_spaces(text, match.end()) == position
            for name in ("speaker_names", "attendance", "speakers")
            for match in self.lexicon.phrases(name).finditer(passage, start, position)
        )

    def _entries(
        self, passage: Passage, states: Iterable[StateMention], bodies: Iterable[BodyMention]
    ) -> list[ListEntry]:
        """Return the known names in a passage, in order."""
        entries = [
            self._longer_name(passage, start, end) or ListEntry(passage, start, end, listed_state(naming))
            for _, start, end, naming in states
            if not naming.in_brackets and not naming.in_organization
        ]
        named = len(entries)
        for _, first, last, body in bodies:
            if not any(start < last and first < end for _, start, end, _ in islice(entries, named)):
                entries.append(ListEntry(passage, first, last, Listed(passage.text[first:last], body=body)))
        return sorted(entries, key=lambda entry: entry.start)

    def _apart(self, text: str, entries: list[ListEntry]) -> Iterator[list[ListEntry]]:
        """Yield the names outside the brackets after States, and those in each pair of brackets.

        "Iraq (on behalf of the Group of 77 and China), Mali and Peru" lists Iraq, Mali and Peru.
        """
        outside: list[ListEntry] = []
        inside: list[ListEntry] = []
        end = 0
        for entry in entries:
            if entry.start < end:
                inside.append(entry)
                continue
            outside.append(entry)
            remark = self.remark.match(text, entry.end) if entry.naming else None
            end = remark.end() if remark else entry.end
            if inside:
                yield inside
                inside = []
        if inside:
            yield inside
        yield outside

    def _longer_name(self, passage: Passage, start: int, end: int) -> ListEntry | None:
        """Return the entry for a name that counts only in lists and ends with a State's name: "The Gambia"."""
        word = _WORD_BEFORE.search(passage.text, max(0, start - _LONGEST_WORD), start)
        if word is None or not word.group()[0].isupper() or word.start() <= passage.sentence(start)[0] + 1:
            return None
        entry = self._entry(passage, word.start(), end)
        return entry if entry.naming else None

    def _entry(self, passage: Passage, start: int, end: int) -> ListEntry:
        """Return the entry of a name that is not among the States found in the passage."""
        name = passage.text[start:end]
        known = self.states.whole(name, self.lexicon.code)
        return ListEntry(passage, start, end, listed_state(Naming(known, name)) if known else Listed(name))

    def _list_of(self, passage: Passage, chain: list[ListEntry], above: Passage | None) -> StateList | None:
        states = sum(entry.content.naming is not None for entry in chain)
        bodies = sum(entry.body is not None and not entry.body.lists_with_states for entry in chain)
        unknown = sum(entry.is_unknown for entry in chain)
        if states < 2 or bodies * 2 > states:
            return None
        if too_many_unknown(len(chain) - unknown, unknown) or (unknown and states < ENOUGH_KNOWN):
            chain = [entry for entry in chain if not entry.is_unknown]
        text = passage.text
        first, last = chain[0].start, chain[-1].end
        start, end = passage.sentence(first)
        lead = text[start:first]
        opens = self.opening.fullmatch(lead) is not None
        introduction = f"{last_sentence(above)} {lead}" if above else lead
        remark = self.remark.match(text, last)
        rest = text[remark.end() if remark else last :].lstrip()
        return StateList(
            tuple(self._with_remarks(passage, chain)),
            Mention(passage, first, last),
            self._role(passage, start, end, first, last_sentence(above) if above else ""),
            read_introduction(introduction, self.lexicon),
            self.colon.search(lead[-80:]) is not None or (opens and above is not None and not rest[:1].isalnum()),
            rest[:1] in ("", ".", ";"),
        )

    def _with_remarks(self, passage: Passage, chain: list[ListEntry]) -> Iterator[ListEntry]:
        """Yield the entries with what the brackets after them say.

        A State that speaks "also" on behalf of a group speaks for itself too, unless it is among the first speakers.
        """
        opening = True
        for entry in chain:
            end = entry.end
            remark = self.remark.match(passage.text, end)
            family = self.lexicon.phrases("for_group")
            group = remark and family.search(passage, remark.start(), remark.end())
            opening = opening and group is not None
            own = remark and self.also.search(passage.text, remark.start(), remark.end())
            meant = with_meaning(entry, self.states, self.lexicon)
            has_remark = passage.text.startswith(" (", end)
            for_group = bool(group and (opening or not own))
            if has_remark or for_group:
                content = meant.content._replace(has_remark=has_remark, for_group=for_group)
                meant = meant._replace(content=content)
            yield meant

    def _role(self, passage: Passage, start: int, end: int, position: int, above: str) -> ListRole:
        lead = passage.text[start:position]
        if lead.count("(") > lead.count(")") or not self._is_introduced(passage, start, position):
            return _OTHER
        for name, role in _ROLES:
            phrases = self.lexicon.phrases(name)
            if _occurs(phrases, passage, start, end) or phrases.search(above):
                return role
        return _OTHER


_list_reader = lru_cache(maxsize=8)(_ListReader)


def _occurs(phrases: PhraseFamily, passage: Passage, start: int, end: int) -> bool:
    """Return whether one of the phrases occurs in a sentence. A long passage, with many lists, is searched once."""
    if len(passage.text) <= _LONG_PASSAGE:
        return phrases.search(passage, start, end) is not None
    spans = _spans(phrases, passage.text)
    index = bisect_left(spans, (start, start))
    return index < len(spans) and spans[index][1] <= end


@lru_cache(maxsize=4)
def _spans(phrases: PhraseFamily, text: str) -> tuple[tuple[int, int], ...]:
    return tuple((match.start(), match.end()) for match in phrases.finditer(text))
