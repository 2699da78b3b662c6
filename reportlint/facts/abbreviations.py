"""Abbreviations: their definitions and uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlint.document import Span
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, roman_value
from reportlint.structure import Passage, Role, Section, Structure

_TOKEN = re.compile(r"(?<![\w/.-])[A-Z][A-Za-z]{0,2}[A-Z][A-Z0-9a-z&-]{0,14}(?![\w/])")
_DEFINED = re.compile(
    r"\((?:[^()]{0,40}[\s,\"“«])?(?P<short>[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z0-9&-]{0,14})(?:[\s,\"”»][^()]{0,40})?\)"
)
_PART = re.compile(r"(?<![^\W_])[A-Z][A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*")
_EXPLAINED = re.compile(r"\s*(?:\(|\||\t|[–—:=-]\s)\s*(?P<name>[^()|]{6,160})")
_WORD = re.compile(r"[^\W\d_]+")
_NEIGHBOUR_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w'’.-]*)[ ]$")
_NAME_BEFORE = re.compile(r"[A-ZÀ-ÝŒ][\w'’-]*,[ ]$|/[ ]?$|\d[ ]$")
_NAME_AFTER = re.compile(r"(?:,[ ]|[ ])[A-ZÀ-ÝŒ\d]|\.\d|[ ]?[:«“\"+/]")
_COLUMNS = re.compile(r"\t|[ ]{3}")
_NAME_LENGTH = 160
_SHORTEST_SURE = 3
_SKIPPED_WORDS = 4


class Definition(NamedTuple):
    """The place where an abbreviation is spelled out.

    ``name`` is the text before it, as far back as a name can reach. ``sure`` is true if the letters stand for the
    words before them, the passage is not a list of names and the place is not in a quotation.
    """

    short: str
    name: str
    span: Span
    passage: int
    section: Section | None = None
    sure: bool = False


class Use(NamedTuple):
    """An abbreviation in the text.

    ``sure`` is true if it cannot be part of a name, a code, or a word set in capitals.
    """

    short: str
    span: Span
    passage: int
    section: Section | None = None
    sure: bool = False


@dataclass(frozen=True)
class Abbreviations:
    """The definitions and uses of abbreviations in running text, in order.

    Parts of document symbols are not abbreviations. ``explained`` are the abbreviations spelled out anywhere in the
    document. ``occurrences`` counts all words in capitals in the whole document, including parts of compounds.
    """

    definitions: tuple[Definition, ...] = ()
    uses: tuple[Use, ...] = ()
    explained: frozenset[str] = frozenset()
    occurrences: Counter[str] = field(default_factory=Counter)


def abbreviations(structure: Structure, lexicon: Lexicon) -> Abbreviations:
    """Collect abbreviations of two letters or more. A plural ("NGOs") is recorded as its singular."""
    definitions: list[Definition] = []
    uses: list[Use] = []
    explained: set[str] = set()
    occurrences: Counter[str] = Counter()
    plurals = tuple(lexicon.section("abbreviation", "plural_suffixes"))
    names = _Names(lexicon)
    for passage in structure.passages:
        occurrences.update(_singular(part, plurals) for part in _PART.findall(passage.text))
        explained.update(_explained_after(passage, plurals))
        head = passage.index < structure.body_start and not structure.document.blocks[passage.index].enumerator
        if head or not passage.is_checked or passage.role in (Role.FRONT, Role.HEADING, Role.NOTE):
            explained.update(definition.short for definition in _definitions(passage, plurals, names))
            continue
        in_passage = list(_definitions(passage, plurals, names))
        definitions += in_passage
        taken = {definition.span.start for definition in in_passage}
        lists_names: bool | None = None
        for match in _TOKEN.finditer(passage.text):
            span = passage.span(match.start(), match.end())
            if span.start in taken or passage.is_quoted(match.start()) or roman_value(match.group()):
                continue
            short = _singular(match.group(), plurals)
            sure = _is_plain(short) and names.is_apart(passage, match.start(), match.end())
            if sure:
                lists_names = names.are_listed(passage) if lists_names is None else lists_names
            uses.append(Use(short, span, passage.index, passage.section, sure and not lists_names))
    explained.update(definition.short for definition in definitions)
    doubtful = {use.short.casefold() for use in uses if use.sure and use.short not in explained}
    if doubtful:
        # A word that also occurs in lower case is an ordinary word set in capitals.
        words = {word for passage in structure.passages for word in _WORD.findall(passage.text)} & doubtful
        uses = [use._replace(sure=False) if use.short.casefold() in words else use for use in uses]
    return Abbreviations(tuple(definitions), tuple(uses), frozenset(explained), occurrences)


def _definitions(passage: Passage, plurals: tuple[str, ...], names: _Names) -> Iterator[Definition]:
    if "(" not in passage.text:
        return
    listed: bool | None = None
    for match in _DEFINED.finditer(passage.text):
        begin = max(0, match.start() - _NAME_LENGTH)
        before = passage.text[begin : match.start()].rstrip()
        if begin:
            before = before.partition(" ")[2]  # drop a truncated first word
        name = re.split(r"[,;:.()«»“”]", before)[-1].strip()
        short = _singular(match["short"], plurals)
        # Text that cannot be a full name does not define the abbreviation.
        if len(name.split()) < 2 or name.isupper() or roman_value(short):
            continue
        sure = not passage.is_quoted(match.start()) and stands_for(short, before)
        if sure:
            listed = names.are_listed(passage) if listed is None else listed
        span = passage.span(*match.span("short"))
        yield Definition(short, name, span, passage.index, passage.section, sure and not listed)


def _explained_after(passage: Passage, plurals: tuple[str, ...]) -> Iterator[str]:
    """Yield abbreviations followed by their full form: "NGO (non-governmental organization)", glossary entries."""
    for match in _TOKEN.finditer(passage.text):
        explanation = _EXPLAINED.match(passage.text, match.end())
        short = _singular(match.group(), plurals)
        if explanation and stands_for(short, " ".join(explanation["name"].split()[: 2 * len(short) + 2]), whole=False):
            yield short


def stands_for(short: str, words: str, *, whole: bool = True) -> bool:
    """Return whether an abbreviation stands for the last words of ``words``, or the first words if not ``whole``.

    Its letters must occur in the words in the same order, most of them as first letters.
    """
    letters = [letter.casefold() for letter in short if letter.isalpha()]
    pieces = [word.casefold() for word in _WORD.findall(words)]
    if not whole:
        letters, pieces = letters[::-1], pieces[::-1]
    skipped = inside = 0
    while letters and pieces and skipped <= _SKIPPED_WORDS:
        piece = pieces.pop()
        first = piece[0]
        if first == letters[-1]:
            letters.pop()
            skipped = 0
        elif len(letters) > 1 and letters[-2] == first and letters[-1] in piece[1:]:
            del letters[-2:]
            skipped, inside = 0, inside + 1
        else:
            skipped += 1
    return not letters and inside * 2 < len(short)


def _is_plain(short: str) -> bool:
    """Return whether an abbreviation is long enough and consists of letters, at most one of them lower case."""
    return len(short) >= _SHORTEST_SURE and short.isalpha() and sum(letter.islower() for letter in short) <= 1


class _Names:
    """Recognizes words in capitals that are names or parts of names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.named = frozenset(lexicon.words("abbreviation", "names_of"))
        cited = alternation(lexicon.words("abbreviation", "cited_by"))
        self.cited = re.compile(rf",?[ ](?:{cited})\.")
        self.lists = tuple(lexicon.phrases(name) for name in ("attendance", "speakers"))

    def is_apart(self, passage: Passage, start: int, end: int) -> bool:
        """Return whether the words around it do not make it part of a name or code, or a product or project name."""
        text = passage.text
        if _NAME_AFTER.match(text, end) or _NAME_BEFORE.search(text, max(0, start - 40), start):
            return False
        if self.cited.match(text, end):
            return False
        follower = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        if follower and follower.group().casefold() in self.named:
            return False
        before = _NEIGHBOUR_BEFORE.search(text, max(0, start - 40), start)
        if before is None:
            return True
        word = before["word"]
        # A capital letter that does not begin the sentence.
        is_name = word[0].isupper() and not word.endswith(".") and before.start() > passage.sentence(start)[0] + 1
        return not is_name and not (word.isupper() and len(word) > 1) and word.casefold() not in self.named

    def are_listed(self, passage: Passage) -> bool:
        """Return whether a passage lists participants or speakers, or is a list item or table row."""
        if passage.role in (Role.ITEM, Role.ROW) or _COLUMNS.search(passage.text):
            return True
        return any(family.search(passage) for family in self.lists)


def _singular(short: str, plurals: tuple[str, ...]) -> str:
    for suffix in plurals:
        if len(short) > 2 and short.endswith(suffix) and short[: -len(suffix)].isupper():
            return short[: -len(suffix)]
    return short
