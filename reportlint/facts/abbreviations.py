"""Abbreviations: their definitions and uses."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
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
from reportlint.structure import Mention, Passage, Role, Structure

_PART = re.compile(r"[A-Z](?<![^\W_][A-Z])[A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*")
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"\s?[–—:]\s")  # after a word that labels a paragraph: "NOTE – …"
_LONGEST_TITLE = 120  # characters


class Use(NamedTuple):
    """An abbreviation in the text.

    ``sure`` is true if it cannot be part of a name, a code, or a word set in capitals. ``in_capitals`` is true if the
    line or a word beside it is set in capitals.
    """

    short: str
    mention: Mention
    sure: bool = False
    in_capitals: bool = False

    @property
    def span(self) -> Span:
        return self.mention.span


@dataclass(frozen=True)
class Abbreviations:
    """The definitions and uses of abbreviations in running text, in order.

    Parts of document symbols are not abbreviations. ``glosses`` are those of tables of abbreviations. ``explained`` are
    the abbreviations spelled out anywhere in the document. ``occurrences`` counts all words in capitals in the whole
    document, including parts of compounds.
    """

    definitions: tuple[Definition, ...] = ()
    uses: tuple[Use, ...] = ()
    glosses: tuple[Definition, ...] = ()
    explained: frozenset[str] = frozenset()
    occurrences: Counter[str] = field(default_factory=Counter)


def abbreviations(structure: Structure, lexicon: Lexicon) -> Abbreviations:
    """Collect abbreviations of two letters or more. A plural ("NGOs") is recorded as its singular."""
    definitions: list[Definition] = []
    glosses: list[Definition] = []
    uses: list[Use] = []
    compounds: list[int] = []  # uses of compounds that could be sure
    explained: set[str] = set()
    occurrences: Counter[str] = Counter()
    plurals = tuple(lexicon.section("abbreviation", "plural_suffixes"))
    names = capital_words(lexicon)
    reader = definitions_reader(lexicon)
    persons: set[str] = set()
    things: set[str] = set()
    for passage in structure.passages:
        glosses += reader.glosses(passage)
        capitals_found = _PART.findall(passage.text)
        if not capitals_found:
            continue  # true of most passages: everything below needs two capital letters in a word
        occurrences.update(singular(part, plurals) for part in capitals_found)
        explained.update((*reader.explained(passage), *names.entries(passage, plurals)))
        persons.update(match["name"] for match in names.person.finditer(passage.text))
        in_passage = sorted(
            (*reader.read(passage), *reader.parts(passage)), key=lambda definition: definition.mention[1:]
        )
        explained.update(definition.short for definition in in_passage)
        head = passage.index < structure.body_start and not passage.block.enumerator
        if (
            head
            or not passage.is_checked
            or passage.role in (Role.FRONT, Role.HEADING, Role.NOTE)
            or _is_title(passage)
        ):
            continue
        definitions += in_passage
        taken = {definition.mention.start for definition in in_passage}
        lists_names: bool | None = None
        for match in TOKEN.finditer(passage.text):
            start, end = match.span()
            if start in taken or passage.is_quoted(start) or names.is_roman(match.group()):
                continue
            short = singular(match.group(), plurals)
            if short in names.formulas:
                continue
            if names.is_thing(passage, start, end):
                things.add(short)
            sure = names.is_apart(passage, start, end) and not on_line_in_capitals(passage, start)
            sure = sure and not (start == 0 and _LABEL.match(passage.text, end))
            if sure:
                lists_names = names.are_listed(passage) if lists_names is None else lists_names
                sure = not lists_names
            if sure and "-" in short and not names_session(short):
                compounds.append(len(uses))
            capitals = in_capitals(passage, start, end)
            uses.append(Use(short, Mention(passage, start, end), sure and is_plain(short), capitals))
    explained.update(gloss.short for gloss in glosses)
    defined = {definition.short for definition in definitions}
    for index in compounds:
        if uses[index].short in defined:
            uses[index] = uses[index]._replace(sure=True)
    uses = [use._replace(sure=False) if use.short in things else use for use in uses if use.short not in persons]
    uses = _without_words(structure, _outside_names(uses, names), explained)
    return Abbreviations(tuple(definitions), tuple(uses), tuple(glosses), frozenset(explained), occurrences)


def _outside_names(uses: list[Use], names: CapitalWords) -> list[Use]:
    """Return the uses, those in the name of a body no longer sure. The name may go on to the end of its sentence."""

    def place(use: Use) -> tuple[str, int, tuple[int, int]]:
        passage, start, _ = use.mention
        return use.short, passage.index, passage.sentence(start)

    named = {place(use) for use in uses if use.sure and names.is_in_name(use.mention)}
    return [use._replace(sure=False) if use.sure and place(use) in named else use for use in uses]


def _without_words(structure: Structure, uses: list[Use], explained: set[str]) -> list[Use]:
    """Return the uses, those of ordinary words set in capitals no longer sure."""
    # The mark of a note may be printed directly after an abbreviation: "LANDi".
    uses = [
        use._replace(short=use.short[:-1]) if use.short[-1].islower() and use.short[:-1] in explained else use
        for use in uses
    ]
    doubtful = {use.short.casefold() for use in uses if use.sure and use.short not in explained}
    if not doubtful:
        return uses
    # A word that also occurs in lower case, or with one capital letter, is an ordinary word set in capitals.
    parts = {part for passage in structure.passages for part in passage.text.split()}
    words = set(_WORD.findall(" ".join(parts)))
    ordinary = {word.casefold() for word in words if word[1:].islower()} & doubtful
    return [use._replace(sure=False) if use.short.casefold() in ordinary else use for use in uses]


def _is_title(passage: Passage) -> bool:
    """Return whether a passage numbered "5.2.5" is a title: one short line without a stop at its end."""
    if passage.role is not Role.PARAGRAPH or passage.label is None or not passage.label.stem:
        return False
    text = passage.text.rstrip()
    return len(text) < _LONGEST_TITLE and len(passage.block.line_starts) == 1 and text[-1:].isalnum()
