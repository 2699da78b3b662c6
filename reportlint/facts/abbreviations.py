"""Abbreviations: their definitions and uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.abbreviation_definitions import Definition, definitions_reader
from reportlint.facts.abbreviation_words import (
    TOKEN,
    CapitalWords,
    capital_words,
    in_capitals,
    is_plain,
    names_session,
    on_line_in_capitals,
    singular,
)
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention, MentionTable, Passage, Role, Structure

_PART = re.compile(r"[A-Z](?<![^\W_][A-Z])[a-z0-9&]*+[A-Z][A-Za-z0-9&]*+")
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"\s?[–—:]\s")  # after a word that labels a paragraph: "NOTE – …"
_LONGEST_TITLE = 120  # characters
_MANY = 2000  # different words between spaces; a usual draft has fewer
_PARAGRAPH = Role.PARAGRAPH  # in Python 3.11, looking up a member of an enumeration takes long
_ASIDE = (Role.FRONT, Role.HEADING, Role.NOTE)


class UsedWord(NamedTuple):
    """An abbreviation as used in some places.

    ``sure`` is true if it cannot be part of a name, a code, or a word set in capitals. ``in_capitals`` is true if the
    line or a word beside it is set in capitals. ``sure_if_defined`` is true of a compound that is sure if the draft
    defines it.
    """

    short: str
    sure: bool = False
    in_capitals: bool = False
    sure_if_defined: bool = False


class Use(NamedTuple):
    """An abbreviation at ``start:end`` of the text of a passage."""

    passage: Passage
    start: int
    end: int
    word: UsedWord

    @property
    def short(self) -> str:
        return self.word.short

    @property
    def sure(self) -> bool:
        return self.word.sure

    @property
    def in_capitals(self) -> bool:
        return self.word.in_capitals

    @property
    def mention(self) -> Mention:
        return Mention(self.passage, self.start, self.end)

    @property
    def span(self) -> Span:
        return self.passage.span(self.start, self.end)


UseTable = MentionTable[Use, UsedWord]


@dataclass(frozen=True)
class Abbreviations:
    """The definitions and uses of abbreviations in running text, in order.

    Parts of document symbols are not abbreviations. ``glosses`` are those of tables of abbreviations. ``explained`` are
    the abbreviations spelled out anywhere in the document. ``occurrences`` counts all words in capitals in the whole
    document, including parts of compounds.
    """

    uses: UseTable
    definitions: tuple[Definition, ...] = ()
    glosses: tuple[Definition, ...] = ()
    explained: frozenset[str] = frozenset()
    occurrences: Counter[str] = field(default_factory=Counter)


class SpelledOut(NamedTuple):
    """The definitions of abbreviations, without the uses, which take much memory."""

    definitions: tuple[Definition, ...] = ()


def spelled_out(abbreviations: Abbreviations) -> SpelledOut:
    """Return the definitions of abbreviations alone."""
    return SpelledOut(abbreviations.definitions)


def abbreviations(structure: Structure, lexicon: Lexicon) -> Abbreviations:
    """Collect abbreviations of two letters or more. A plural ("NGOs") is recorded as its singular."""
    definitions: list[Definition] = []
    glosses: list[Definition] = []
    uses: UseTable = MentionTable(Use)
    words: dict[UsedWord, UsedWord] = {}  # equal ones are one object
    kept = _Kept()  # so are equal abbreviations and words in capitals
    explained: set[str] = set()
    parts: Counter[str] = Counter()
    plurals = tuple(lexicon.section("abbreviation", "plural_suffixes"))
    names = capital_words(lexicon)
    reader = definitions_reader(lexicon)
    persons: set[str] = set()
    things: set[str] = set()
    for passage in structure.passages:
        glosses += kept.of(reader.glosses(passage))
        found = _PART.findall(passage.text)
        if not found:
            continue  # true of most passages: everything below needs two capital letters in a word
        parts.update(map(kept.__getitem__, found))
        explained.update(map(kept.__getitem__, (*reader.explained(passage), *names.entries(passage, plurals))))
        persons.update(match["name"] for match in names.person.finditer(passage.text))
        in_passage = sorted(
            kept.of((*reader.read(passage), *reader.parts(passage))), key=lambda definition: definition.mention[1:]
        )
        explained.update(definition.short for definition in in_passage)
        head = passage.index < structure.body_start and not passage.block.enumerator
        if head or not passage.is_checked or passage.role in _ASIDE or _is_title(passage):
            continue
        definitions += in_passage
        taken = {definition.mention.start for definition in in_passage}
        lists_names: bool | None = None
        for match in TOKEN.finditer(passage.text):
            start, end = match.span()
            if start in taken or passage.is_quoted(start) or names.is_roman(match.group()):
                continue
            short = kept[singular(match.group(), plurals)]
            if short in names.formulas:
                continue
            if names.is_thing(passage, start, end):
                things.add(short)
            sure = names.is_apart(passage, start, end) and not on_line_in_capitals(passage, start)
            sure = sure and not (start == 0 and _LABEL.match(passage.text, end))
            if sure:
                lists_names = names.are_listed(passage) if lists_names is None else lists_names
                sure = not lists_names
            of_parts = sure and "-" in short and not names_session(short)
            word = UsedWord(short, sure and is_plain(short), in_capitals(passage, start, end), of_parts)
            uses.add(passage, start, end, words.setdefault(word, word))
    explained.update(gloss.short for gloss in glosses)
    kept.clear()
    words.clear()  # so that words are freed when they are revised
    uses.revise(partial(_settled, defined={definition.short for definition in definitions}, things=things))
    uses = _outside_names(uses, names, persons)
    _exclude_words(structure, uses, explained)
    return Abbreviations(uses, tuple(definitions), tuple(glosses), frozenset(explained), _counted(parts, plurals))


class _Kept(dict[str, str]):
    """Texts by themselves, so that equal ones are one object."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text

    def of(self, definitions: Iterable[Definition]) -> Iterator[Definition]:
        """Yield definitions whose abbreviations are kept here."""
        return (definition._replace(short=self[definition.short]) for definition in definitions)


def _settled(word: UsedWord, defined: Set[str], things: Set[str]) -> UsedWord:
    """Return a word that is sure if it is defined, and not if it names a thing."""
    sure = word.sure or (word.sure_if_defined and word.short in defined)
    return word._replace(sure=sure and word.short not in things, sure_if_defined=False)


def _counted(parts: Counter[str], plurals: tuple[str, ...]) -> Counter[str]:
    """Return the number of times that each word in capitals occurs, a plural as its singular."""
    for part in [part for part in parts if part.endswith(plurals)]:  # each different word is read once
        times = parts.pop(part)
        parts[singular(part, plurals)] += times
    return parts


def _outside_names(uses: UseTable, names: CapitalWords, persons: set[str]) -> UseTable:
    """Return the uses that are not names of persons, those in the name of a body no longer sure.

    The name of a body may go on to the end of its sentence.
    """

    def place(use: Use) -> tuple[str, int, tuple[int, int]]:
        return use.short, use.passage.index, use.passage.sentence(use.start)

    named = {place(use) for use in uses if use.sure and names.is_in_name(use.mention)}
    if not named and not persons:
        return uses
    unsure = {word: word._replace(sure=False) for word in uses.distinct_values()}
    outside: UseTable = MentionTable(Use)
    for use in uses:
        if use.short not in persons:
            is_in_name = use.sure and place(use) in named
            outside.add(use.passage, use.start, use.end, unsure[use.word] if is_in_name else use.word)
    return outside


def _exclude_words(structure: Structure, uses: UseTable, explained: set[str]) -> None:
    """Make the uses of ordinary words set in capitals no longer sure."""

    def without_mark(word: UsedWord) -> UsedWord:
        # The mark of a note may be printed directly after an abbreviation: "LANDi".
        marked = word.short[-1].islower() and word.short[:-1] in explained
        return word._replace(short=word.short[:-1]) if marked else word

    uses.revise(without_mark)
    doubtful = {word.short.casefold() for word in uses.distinct_values() if word.sure and word.short not in explained}
    if not doubtful:
        return
    # A word that also occurs in lower case, or with one capital letter, is an ordinary word set in capitals.
    ordinary = {
        folded for word in _different_words(structure) if word[1:].islower() and (folded := word.casefold()) in doubtful
    }
    uses.revise(lambda word: word._replace(sure=False) if word.short.casefold() in ordinary else word)


def _different_words(structure: Structure) -> Iterator[str]:
    """Yield the words of a draft. Few are repeated, and few are kept at a time."""
    parts: set[str] = set()
    for passage in structure.passages:
        parts.update(passage.text.split())
        if len(parts) > _MANY:
            yield from set(_WORD.findall(" ".join(parts)))
            parts.clear()
    yield from set(_WORD.findall(" ".join(parts)))


def _is_title(passage: Passage) -> bool:
    """Return whether a passage numbered "5.2.5" is a title: one short line without a stop at its end."""
    if passage.role is not _PARAGRAPH or passage.label is None or not passage.label.stem:
        return False
    text = passage.text.rstrip()
    return len(text) < _LONGEST_TITLE and len(passage.block.line_starts) == 1 and text[-1:].isalnum()
