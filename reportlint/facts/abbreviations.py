"""Abbreviations: their definitions and uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from reportlint.document import Span
from reportlint.language.collation import letters_key, words_key
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, roman_value
from reportlint.structure import Passage, Role, Section, Structure

_TOKEN = re.compile(r"(?<![\w/.-])[A-Z][A-Za-z]{0,2}[A-Z][A-Z0-9a-z&-]{0,14}(?![\w/])")
_DEFINED = re.compile(
    r"[(\[](?:[^()\[\]]{0,40}[\s,\"“«])?(?P<short>[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z0-9&-]{0,14})"
    r"(?:[,\"”»][^()\[\]]{0,40}|\s[^A-Z()\[\]-][^()\[\]]{0,40})?[)\]]"
)
# Between a name and its abbreviation: "(2021–2030)", ", 1974", ", established in 2019".
_YEARS_AFTER_NAME = re.compile(r"\s*(?:\([\d\s–—/-]{4,12}\)|,\s(?:[^,;:.()]{0,40}\s)?(?:1[89]|20)\d\d)\s*\Z")
_DASH_BEFORE = re.compile(r"(?P<name>[^.;:()–—]{8,160})\s[–—-]\s\Z")
_DASH_AFTER = re.compile(r"\s[–—-]\s(?P<name>[A-ZÀ-ÝŒ][^.;:,()–—]{6,120})")
_CAPITALISED = re.compile(r"(?<!\w)[A-ZÀ-ÝŒ][\w'’-]*[a-zà-ÿ]")
_GLOSSED = re.compile(
    r"(?P<short>[A-Z][A-Za-z0-9&/-]{1,14})(?:\s*\t\s*|\s+[–—:=-]\s+|:\s+)(?P<name>[^\W\d][^\t]{3,160})"
)
_PART = re.compile(r"(?<![^\W_])[A-Z][A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*")
_EXPLAINED = re.compile(r"\s*(?:\(|\||\t|[–—:=-]\s)\s*(?P<name>[^()|]{6,160})")
_WORD = re.compile(r"[^\W\d_]+")
_NEIGHBOUR_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w'’.-]*)[ ]$")
_NAME_BEFORE = re.compile(r"[A-ZÀ-ÝŒ][\w'’-]*,[ ]$|/[ ]?$|\d[ ]$")
_NAME_AFTER = re.compile(r"[ ]-\w|(?:,[ ]|[ ])[A-ZÀ-ÝŒ\d]|\.\d|[ ]?[:«“\"+/]")
_COLUMNS = re.compile(r"\t|[ ]{3}")
_NAME_LENGTH = 160
_SHORTEST_SURE = 3
_SHORTEST_WORD = 6  # letters of a single word that an abbreviation stands for
_FEWEST_CAPITALISED = 2
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
    persons: set[str] = set()
    for passage in structure.passages:
        occurrences.update(_singular(part, plurals) for part in _PART.findall(passage.text))
        explained.update(_explained_beside(passage, plurals))
        explained.update(_glossed(passage, plurals))
        explained.update(names.entries(passage, plurals))
        persons.update(match["name"] for match in names.person.finditer(passage.text))
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
            if span.start in taken or passage.is_quoted(match.start()) or names.is_roman(match.group()):
                continue
            short = _singular(match.group(), plurals)
            sure = (
                _is_plain(short)
                and names.is_apart(passage, match.start(), match.end())
                and not _in_capitals(passage, match.start())
            )
            if sure:
                lists_names = names.are_listed(passage) if lists_names is None else lists_names
            uses.append(Use(short, span, passage.index, passage.section, sure and not lists_names))
    uses = [use for use in uses if use.short not in persons and use.short not in names.formulas]
    explained.update(definition.short for definition in definitions)
    # The mark of a note may be printed directly after an abbreviation: "LANDi".
    uses = [
        use._replace(short=use.short[:-1]) if use.short[-1].islower() and use.short[:-1] in explained else use
        for use in uses
    ]
    doubtful = {use.short.casefold() for use in uses if use.sure and use.short not in explained}
    if doubtful:
        # A word that also occurs in lower case, or with one capital letter, is an ordinary word set in capitals.
        words = {word for passage in structure.passages for word in _WORD.findall(passage.text)}
        words = {word.casefold() for word in words if word[1:].islower()} & doubtful
        uses = [use._replace(sure=False) if use.short.casefold() in words else use for use in uses]
    return Abbreviations(tuple(definitions), tuple(uses), frozenset(explained), occurrences)


def _definitions(passage: Passage, plurals: tuple[str, ...], names: _Names) -> Iterator[Definition]:
    if "(" not in passage.text and "[" not in passage.text:
        return
    listed: bool | None = None
    for match in _DEFINED.finditer(passage.text):
        begin = max(0, match.start() - _NAME_LENGTH)
        before = passage.text[begin : match.start()].rstrip()
        if begin:
            before = before.partition(" ")[2]  # drop a truncated first word
        before = _YEARS_AFTER_NAME.sub("", before)
        name = re.split(r"[,;:.()«»“”]", before)[-1].strip()
        short = _singular(match["short"], plurals)
        # Text that cannot be a full name does not define the abbreviation.
        if not (len(name.split()) > 1 or _shortens(short, name)) or name.isupper() or names.is_roman(short):
            continue
        sure = not passage.is_quoted(match.start()) and stands_for(short, before)
        if sure:
            listed = names.are_listed(passage) if listed is None else listed
        span = passage.span(*match.span("short"))
        yield Definition(short, name, span, passage.index, passage.section, sure and not listed)


def _shortens(short: str, word: str) -> bool:
    """Return whether the letters of an abbreviation occur in one word in this order, the first letter first."""
    letters = iter(word.casefold())
    wanted = short.casefold()
    is_long = len(word) >= max(_SHORTEST_WORD, 2 * len(short))
    return is_long and word[:1].casefold() == wanted[:1] and all(letter in letters for letter in wanted)


def _explained_beside(passage: Passage, plurals: tuple[str, ...]) -> Iterator[str]:
    """Yield abbreviations beside their full form: "NGO (non-governmental organization)", "CARE – Cable Relief"."""
    for match in _TOKEN.finditer(passage.text):
        explanation = _EXPLAINED.match(passage.text, match.end())
        short = _singular(match.group(), plurals)
        if explanation and stands_for(short, " ".join(explanation["name"].split()[: 2 * len(short) + 2]), whole=False):
            yield short
        after = _DASH_AFTER.match(passage.text, match.end())
        before = _DASH_BEFORE.search(passage.text, max(0, match.start() - _NAME_LENGTH), match.start())
        if (after and _opens_with_name(after["name"])) or (before and _ends_with_name(before["name"])):
            yield short


def _opens_with_name(words: str) -> bool:
    """Return whether words begin with the name of an organization: two capitalised words near the beginning."""
    return len(_CAPITALISED.findall(" ".join(words.split()[:_SKIPPED_WORDS]))) >= _FEWEST_CAPITALISED


def _ends_with_name(words: str) -> bool:
    """Return whether words end with the name of an organization: the last word and two others are capitalised."""
    last = words.rsplit(maxsplit=1)[-1] if words.split() else ""
    return len(_CAPITALISED.findall(words)) > _FEWEST_CAPITALISED and last[:1].isupper()


def _glossed(passage: Passage, plurals: tuple[str, ...]) -> Iterator[str]:
    """Yield the abbreviations that lines and rows of two cells explain: "GHG | greenhouse gas"."""
    for start, end in pairwise((*passage.block.line_starts, len(passage.text))):
        gloss = _GLOSSED.fullmatch(passage.text[start:end].strip())
        if gloss is None or sum(map(str.isupper, gloss["short"])) < _FEWEST_CAPITALISED:
            continue
        initials = {word[0] for word in words_key(gloss["name"])[:_SKIPPED_WORDS]}
        if letters_key(gloss["short"])[:1] in initials and any(map(str.islower, gloss["name"])):
            yield _singular(gloss["short"], plurals)


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


def _in_capitals(passage: Passage, offset: int) -> bool:
    """Return whether the line that holds ``offset`` is set in capitals."""
    starts = passage.block.line_starts
    index = bisect_right(starts, offset) - 1
    end = starts[index + 1] if index + 1 < len(starts) else len(passage.text)
    return passage.text[starts[max(0, index)] : end].isupper()


class _Names:
    """Recognizes words in capitals that are names or parts of names, or numbers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.named = frozenset(lexicon.words("abbreviation", "names_of"))
        self.formulas = frozenset(lexicon.section("abbreviation", "formulas"))
        cited = alternation(lexicon.words("abbreviation", "cited_by"))
        self.cited = re.compile(rf",?[ ](?:{cited})\.")
        self.lists = tuple(lexicon.phrases(name) for name in ("attendance", "speakers"))
        self.attendance, self.attendance_title = lexicon.phrases("attendance"), lexicon.phrases("attendance_title")
        suffixes = alternation(lexicon.words("numbers", "ordinal_suffixes"))
        self.roman = re.compile(rf"(?P<number>[IVXLC]+)(?:{suffixes})?")
        titles = alternation(lexicon.section("persons", "titles"))
        self.person = re.compile(rf"(?<!\w)(?:{titles})\s(?P<name>[A-ZÀ-ÝŒ]{{3,}})(?!\w)")
        and_ = alternation(lexicon.words("lists", "and"))
        self.entry = re.compile(rf"(?:^|[:;,]\s|\s(?:{and_})\s)(?P<name>[A-Z]{{3,}})(?=[,;.]|\s(?:{and_})\s|$)")

    def is_roman(self, word: str) -> bool:
        """Return whether a word is a roman numeral, also with the ending of an ordinal ("XIXth")."""
        match = self.roman.fullmatch(word)
        return match is not None and roman_value(match["number"]) is not None

    def entries(self, passage: Passage, plurals: tuple[str, ...]) -> Iterator[str]:
        """Yield the words in capitals that are entries of a list of participants: names of organizations."""
        title = passage.section.title if passage.section else ""
        if self.attendance.search(passage) or self.attendance_title.search(title):
            for match in self.entry.finditer(passage.text):
                yield _singular(match["name"], plurals)

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
