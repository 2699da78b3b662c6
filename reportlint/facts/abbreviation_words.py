"""Words in capitals: which of them are abbreviations, and whether the letters stand for given words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from reportlint.document.letters import UPPER
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, alternation_apart, roman_value
from reportlint.structure import Mention, Passage, Role

# Letter first, then lookbehind: the engine skips to the capital letters.
TOKEN = re.compile(r"[A-Z](?<![\w/.-][A-Z])[A-Za-z]{0,2}[A-Z][A-Z0-9a-z&-]{0,14}(?![\w/])")
_WORD = re.compile(r"[^\W\d_]+")
_NEIGHBOUR_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w'’.-]*)[ ]$")
_NAME_BEFORE = re.compile(rf"[{UPPER}][\w'’-]*[,;][ ]$|/[ ]?$|\d[ ]$")
_NAME_AFTER = re.compile(rf"[ ]-\w|(?:,[ ]|[ ])[{UPPER}\d]|\.\d|[ ]?[:«“\"+/]")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]{4}[ ]$")
_LETTERS_AFTER = re.compile(r"[ ][^\W\d_]{4,}(?!\w)")
_SESSION = re.compile(r"-(?:\d+|[IVXLC]+)\Z")
_COLUMNS = ("\t", "   ")
# In Python 3.11, looking up a member of an enumeration takes long.
_ITEM, _ROW = Role.ITEM, Role.ROW
_SHORTEST_SURE = 3
_SHORTEST_WORD = 6  # letters of a single word that an abbreviation stands for
_SKIPPED_WORDS = 4
_REACH = 40  # characters
_LONGEST_NAME = 120  # characters before an abbreviation in it
_CAPITALISED = rf"[{UPPER}][\w'’-]*"
_LOWER = rf"[^\W\d_{UPPER}][\w'’-]*"


class CapitalWords:
    """Recognizes words in capitals that are names or parts of names, or numbers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.named = frozenset(lexicon.words("abbreviation", "names_of"))
        self.formulas = frozenset(lexicon.section("abbreviation", "formulas"))
        cited = alternation(lexicon.words("abbreviation", "cited_by"))
        self.cited = re.compile(rf",?[ ](?:{cited})\.")
        things = alternation(lexicon.words("abbreviation", "named_things"))
        self.thing_before = re.compile(rf"(?<!\w)(?:{things})[ ]$", re.IGNORECASE)
        self.thing_after = re.compile(rf"[ ](?:[IVX]+|\d+)[ ](?:{things})(?!\w)", re.IGNORECASE)
        bodies, subjects, links = (
            alternation(words)
            for words in (
                lexicon.section("abbreviation", "named_bodies"),
                lexicon.words("abbreviation", "subject_links"),
                lexicon.section("name_links"),
            )
        )
        self.name_before = re.compile(
            rf"(?<!\w)(?:{bodies})(?:[ ](?:(?:{links})[ ])?{_CAPITALISED})*[ ](?:{subjects})[ ]"
            rf"(?:(?:{_LOWER}[ ]){{0,5}}(?:{links})[ ])?$"
        )
        self.lists = tuple(lexicon.phrases(name) for name in ("attendance", "speakers"))
        self.attendance, self.attendance_title = lexicon.phrases("attendance"), lexicon.phrases("attendance_title")
        suffixes = alternation(lexicon.words("numbers", "ordinal_suffixes"))
        self.roman = re.compile(rf"(?P<number>[IVXLC]+)(?:{suffixes})?")
        titles = alternation_apart(lexicon.section("persons", "titles"))
        self.person = re.compile(rf"(?:{titles})\s(?P<name>[{UPPER}]{{3,}})(?!\w)")
        words = lexicon.words("lists", "and")
        and_ = alternation(words)
        before = "|".join(
            rf"(?<={lead}[A-Z])" for lead in ("^", r"[:;,]\s", *(rf"\s{re.escape(word)}\s" for word in words))
        )
        self.entry = re.compile(rf"(?P<name>[A-Z](?:{before})[A-Z]{{2,}})(?=[,;.]|\s(?:{and_})\s|$)")

    def is_roman(self, word: str) -> bool:
        """Return whether a word is a roman numeral, also with the ending of an ordinal ("XIXth")."""
        match = self.roman.fullmatch(word)
        return match is not None and roman_value(match["number"]) is not None

    def entries(self, passage: Passage, plurals: tuple[str, ...]) -> Iterator[str]:
        """Yield the words in capitals that are entries of a list of participants: names of organizations."""
        names = [match["name"] for match in self.entry.finditer(passage.text)]
        title = passage.section.title if passage.section else ""
        if names and (self.attendance.search(passage) or self.attendance_title.search(title)):
            yield from (singular(name, plurals) for name in names)

    def is_apart(self, passage: Passage, start: int, end: int) -> bool:
        """Return whether the words around it do not make it part of a name or code, or a product or project name."""
        text = passage.text
        if _NAME_AFTER.match(text, end) or _NAME_BEFORE.search(text, max(0, start - _REACH), start):
            return False
        if self.cited.match(text, end):
            return False
        if self.is_before_named(passage, end):
            return False
        before = _NEIGHBOUR_BEFORE.search(text, max(0, start - _REACH), start)
        if before is None:
            return True
        word = before["word"]
        # A capital letter that does not begin the sentence.
        is_name = word[0].isupper() and not word.endswith(".") and before.start() > passage.sentence(start)[0] + 1
        return not is_name and not (word.isupper() and len(word) > 1) and word.casefold() not in self.named

    def is_in_name(self, mention: Mention) -> bool:
        """Return whether the words before an abbreviation begin the name of a body: "the Forum on the use of RADAR"."""
        passage, start, _ = mention
        first = max(passage.sentence(start)[0], start - _LONGEST_NAME)
        return self.name_before.search(passage.text, first, start) is not None

    def is_before_named(self, passage: Passage, end: int) -> bool:
        """Return whether the word after ``end`` makes a name of the words before it: "initiative", "software"."""
        text = passage.text
        follower = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        return follower is not None and follower.group().casefold() in self.named

    def is_thing(self, passage: Passage, start: int, end: int) -> bool:
        """Return whether a word is the name of a place or craft: "the vessel ALBA", "the KRILLA III station"."""
        text = passage.text
        before = self.thing_before.search(text, max(0, start - _REACH), start)
        return before is not None or self.thing_after.match(text, end) is not None

    def are_listed(self, passage: Passage) -> bool:
        """Return whether a passage lists participants or speakers, or is a list item or table row."""
        if passage.role is _ITEM or in_columns(passage):
            return True
        return any(family.search(passage) for family in self.lists)


capital_words = lru_cache(maxsize=8)(CapitalWords)


def in_columns(passage: Passage) -> bool:
    """Return whether a passage is a table row or has columns."""
    return passage.role is _ROW or any(sign in passage.text for sign in _COLUMNS)


def in_capitals(passage: Passage, start: int, end: int) -> bool:
    """Return whether a word stands in a line set in capitals, or next to another word set in capitals."""
    text = passage.text
    beside = (_LETTERS_AFTER.match(text, end), _LETTERS_BEFORE.search(text, max(0, start - _REACH), start))
    if any(word is not None and word.group().isupper() for word in beside):
        return True
    return on_line_in_capitals(passage, start)


def on_line_in_capitals(passage: Passage, offset: int) -> bool:
    """Return whether the line that holds ``offset`` is set in capitals."""
    return passage.capital_lines[max(0, bisect_right(passage.block.line_starts, offset) - 1)]


def is_plain(short: str) -> bool:
    """Return whether an abbreviation is long enough and consists of letters, at most one of them lower case."""
    return len(short) >= _SHORTEST_SURE and short.isalpha() and sum(letter.islower() for letter in short) <= 1


def names_session(short: str) -> bool:
    """Return whether an abbreviation ends with the number of a session or document: COP-14, EC-LXI."""
    return _SESSION.search(short) is not None


def singular(short: str, plurals: tuple[str, ...]) -> str:
    """Return an abbreviation without the ending of the plural: "NGO" for "NGOs"."""
    for suffix in plurals:
        if len(short) > 2 and short.endswith(suffix) and short[: -len(suffix)].isupper():
            return short[: -len(suffix)]
    return short


def shortens(short: str, word: str) -> bool:
    """Return whether the letters of an abbreviation occur in one word in this order, the first letter first."""
    letters = iter(word.casefold())
    wanted = short.casefold()
    is_long = len(word) >= max(_SHORTEST_WORD, 2 * len(short))
    return is_long and word[:1].casefold() == wanted[:1] and all(letter in letters for letter in wanted)


def stands_for(short: str, words: str, *, whole: bool = True) -> bool:
    """Return whether an abbreviation stands for the last words of ``words``, or the first words if not ``whole``.

    Its letters must occur in the words in the same order, most of them as first letters. One part of a compound
    ("MoT-RC") may stand for the words alone.
    """
    if "-" in short:
        parts = [part for part in short.split("-") if len(part) > 1]
        if any(_stands_for(part, words, whole=whole) for part in parts):
            return True
    return _stands_for(short, words, whole=whole)


def _stands_for(short: str, words: str, *, whole: bool) -> bool:
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
