"""Enumerators in any language ("12.", "36.1", "IV.", "(a)", "b)", "12 bis.", "[3."), and the ends of sentences."""

from __future__ import annotations

import re
import sys
from enum import Enum, IntEnum, auto
from functools import lru_cache
from typing import NamedTuple

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_FORM = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_NUMERALS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# Latin, and the same in every language that writes Latin letters, like roman numerals.
_SUFFIX = r"(?: ?(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|novies|decies))"
_LETTER = r"[^\W\d_]"
_CORE = rf"(?:\d{{1,3}}|[ivxl]{{1,7}}|[IVXL]{{1,7}}|(?P<twice>{_LETTER})(?P=twice)?)"
_CORE_BARE = rf"(?:[ivxl]{{1,7}}|[IVXL]{{1,7}}|(?P<again>{_LETTER})(?P=again)?)"
# "[" begins a paragraph or item that is in square brackets as a whole; "1.-" and "1.–" are Spanish and older forms.
_SHAPES = re.compile(
    rf"(?P<dotted>\d{{1,3}}(?:\.\d{{1,3}}){{1,5}}[.)]?)(?![\w.)])"
    rf"|(?P<number>\[?\d{{1,4}}{_SUFFIX}?\.(?: ?[-–—](?=\s))?)(?!\d)"
    rf"|(?P<bracket>\[?(?:[(（] ?{_CORE}{_SUFFIX}? ?[)）]|\d{{1,3}}{_SUFFIX}?\)|{_CORE_BARE}{_SUFFIX}?\)))"
    r"|(?P<low>[a-z]|[ivxl]{1,7})\."
    rf"|(?P<high>(?:[IVXL]{{1,7}}|{_LETTER}){_SUFFIX}?(?:\.| [–—-](?= )))"
)
_CORE_OF = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_SUFFIX_OF = re.compile(rf"(?<=[^\W_]){_SUFFIX}(?=\W|$)")
_FORM = re.compile(
    r"\[?(?P<open>\(?) ?(?P<core>\d+(?:\.\d+)*|[A-Za-z]{1,8})(?P<suffix>\s+[a-z]{2,12})? ?(?P<close>[.):]|\s?[-–—])?"
    r"(?: ?[-–—])?"
)
_MOST_DIGITS = 6
_LABELS_KEPT = 512  # of the labels that were read last
_TERMINAL = re.compile(r"[.:;!?…。；：！？؟](?:[\s'\"»”’)\]*_]|</?\w{1,6}>)*$")
_NOTE_MARKS = re.compile(r"(?:<sup>[^<>]{0,12}</sup>|\[\^[^\]\s]{1,12}\]|[⁰¹²³⁴-⁹,])+$")
_NOTE_ENDS = ">]⁰¹²³⁴⁵⁶⁷⁸⁹,\n"  # the last characters of note marks, or the line end after them
_TAIL = 60


class Shape(Enum):
    """The shape of an enumerator, which determines where it may occur."""

    NUMBER = auto()
    DOTTED = auto()
    BRACKET = auto()
    LOW = auto()
    HIGH = auto()


class Split(NamedTuple):
    """An enumerator at the beginning of a text. It ends at ``end``; the words begin at ``rest``."""

    shape: Shape
    end: int
    rest: int


class Style(IntEnum):
    """A numbering style. Among headings, a lower value ranks above a higher one."""

    ROMAN = 1
    UPPER = 2
    ARABIC = 3
    LOWER = 4
    LOWER_ROMAN = 5
    DECIMAL = 6


class Label(NamedTuple):
    """One interpretation of an enumerator.

    ``value`` is the position in its series, usually from 1; that of "4.2" is 2. ``suffix`` is the Latin suffix
    ("bis"), ``stem`` the part before the last number of a decimal label ("4."). ``shape`` is the punctuation
    around the value ("(…)", "…)", "….").
    """

    text: str
    style: Style
    value: int
    suffix: str = ""
    stem: str = ""
    shape: str = ""

    @property
    def bare(self) -> str:
        """The label without its punctuation: "IV", "a", "12 bis", "4.2"."""
        return self.text.strip("()[].:\\ -–—*_")

    def like(self, value: int) -> str:
        """Return ``value`` as printed in the style and shape of this label."""
        return self.shape.replace("…", f"{self.stem}{_printed(self.style, value)}", 1)


def split(text: str) -> Split | None:
    """Find the enumerator at the beginning of ``text``; return ``None`` if there is none.

    ``Shape.HIGH`` ("IV.", "B.") may be the initial of a person, so callers must decide from the context.
    """
    match = _SHAPES.match(text)
    if match is None:
        return None
    shape = _NAMED.get(match.lastgroup) or _named(match)
    end = match.end()
    following = text[end : end + 1]
    if following and not following.isspace() and (shape in _BEFORE_SPACE or not _capital(following)):
        return None
    if shape not in _NUMBERS and not _is_letter_or_numeral(_core(match.group()), shape):
        return None
    rest = end
    while text[rest : rest + 1].isspace():
        rest += 1
    if shape is _DOTTED and match.group()[-1].isdecimal() and not _capital(text[rest : rest + 1]):
        return None
    return Split(shape, end, rest)


def _is_letter_or_numeral(core: str, shape: Shape) -> bool:
    """Return whether the value of an enumerator is a number, a letter, once or repeated, or a roman numeral."""
    if len(core) > 1 and core.isalpha() and core != core[0] * len(core) and roman_value(core) is None:
        return False
    return shape is not _HIGH or core[0].isupper()


@lru_cache(maxsize=_LABELS_KEPT)
def readings(text: str) -> tuple[Label, ...]:
    """Return all interpretations of an enumerator, the commoner first: "C." is letter 3 and Roman 100.

    The result is empty if ``text`` is not an enumerator in Latin letters or Arabic figures.
    """
    printed = text.strip().replace("\\", "")
    match = _FORM.fullmatch(printed)
    if not match:
        return ()
    core, suffix = match["core"], (match["suffix"] or "").strip()
    shape = sys.intern(f"{match['open']}…{match['close'] or ''}")  # there are a few, and many labels

    def label(style: Style, value: int, stem: str = "") -> Label:
        return Label(printed, style, value, suffix, stem, shape)

    if core[0].isdecimal():
        head, dot, last = core.rpartition(".")
        if len(last) > _MOST_DIGITS:
            return ()
        return (label(Style.DECIMAL, int(last), head + dot),) if dot else (label(Style.ARABIC, int(core)),)
    upper = core.isupper()
    if not upper and not core.islower():
        return ()
    letter = roman_label = None
    if len(set(core)) == 1 and len(core) <= _MOST_LETTERS:
        letter = label(
            Style.UPPER if upper else Style.LOWER, ord(core[0].upper()) - ord("A") + 1 + 26 * (len(core) - 1)
        )
    if value := roman_value(core):
        roman_label = label(Style.ROMAN if upper else Style.LOWER_ROMAN, value)
    # "I." alone is commonly a letter between H and J, "(ii)" a numeral.
    found = (letter, roman_label) if len(core) == 1 or core[0] not in _REPEATED_NUMERALS else (roman_label, letter)
    return tuple(reading for reading in found if reading)


_MOST_LETTERS = 3
_REPEATED_NUMERALS = "ixIX"


def is_number(text: str) -> bool:
    """Return whether ``text`` is a number that a label can have: one to six decimal digits."""
    return text.isdecimal() and len(text) <= _MOST_DIGITS


def continues(previous: str, current: str) -> bool:
    """Return whether ``current`` follows ``previous`` in a list: same shape, next value."""
    if skeleton(previous) != skeleton(current):
        return False
    before, after = readings(previous), readings(current)
    if before and after:
        if len(before) == len(after) == 1:  # as most
            return _follows(before[0], after[0])
        return any(_follows(one, other) for one in before for other in after)
    first, second = _core(previous), _core(current)  # letters of another alphabet
    return len(first) == len(second) == 1 and ord(second) == ord(first) + 1


def _follows(one: Label, other: Label) -> bool:
    if one.style is not other.style or one.stem != other.stem:
        return False
    return other.value == one.value + 1 or (other.value == one.value and other.suffix not in ("", one.suffix))


@lru_cache(maxsize=_LABELS_KEPT)
def skeleton(enumerator: str) -> str:
    """Return the enumerator with its value replaced by a placeholder.

    "(a)" and "(iv)" both become "(a)", "12 bis." becomes "1." and "4.2" becomes "11".
    """
    bare = _SUFFIX_OF.sub("", enumerator).strip("[ -–—").replace(" ", "")
    core = _core(bare)
    placeholder = "1" if core[0].isdecimal() else "A" if core[0].isupper() else "a"
    return bare.replace(core, placeholder * (1 + core.count(".")), 1)


def ends_sentence(text: str) -> bool:
    """Return whether a text ends in terminal punctuation, ignoring closing quotes, brackets and footnote marks."""
    tail = text[-_TAIL:]
    if tail[-1:] in _NOTE_ENDS:
        tail = _NOTE_MARKS.sub("", tail)
    return _TERMINAL.search(tail) is not None


def roman_value(text: str) -> int | None:
    """Return the value of a well-formed roman numeral in either case; ``None`` for any other text."""
    upper = text.upper()
    if not upper or not _ROMAN_FORM.fullmatch(upper):
        return None
    values = [_ROMAN_DIGITS[char] for char in upper]
    return sum(-value if value < max(values[i + 1 :], default=0) else value for i, value in enumerate(values))


def roman(value: int) -> str:
    """Return the roman numeral of a positive number, in capitals."""
    numerals = []
    for number, numeral in _NUMERALS:
        count, value = divmod(value, number)
        numerals.append(numeral * count)
    return "".join(numerals)


def letters(value: int) -> str:
    """Return the enumerating letters of a positive number: 1 gives "a", 27 gives "aa"."""
    quotient, remainder = divmod(value - 1, 26)
    return chr(ord("a") + remainder) * (quotient + 1)


# In Python 3.11, looking up a member of an enumeration takes long.
_DOTTED, _HIGH = Shape.DOTTED, Shape.HIGH
_NUMBERS = (Shape.NUMBER, Shape.DOTTED)
_BEFORE_SPACE = (Shape.DOTTED, Shape.LOW, Shape.HIGH)
_NAMED: dict[str | None, Shape] = {shape.name.lower(): shape for shape in Shape}


def _named(match: re.Match[str]) -> Shape:
    groups = match.groupdict()
    return next(shape for shape in Shape if groups[shape.name.lower()] is not None)


def _printed(style: Style, value: int) -> str:
    match style:
        case Style.ROMAN:
            return roman(value)
        case Style.UPPER:
            return letters(value).upper()
        case Style.LOWER:
            return letters(value)
        case Style.LOWER_ROMAN:
            return roman(value).lower()
        case _:
            return str(value)


def _capital(character: str) -> bool:
    return character.isupper() or (character.isalpha() and not character.islower())


@lru_cache(maxsize=_LABELS_KEPT)
def _core(enumerator: str) -> str:
    """Return the value of an enumerator as printed, without punctuation and suffix."""
    match = _CORE_OF.search(enumerator)
    return match.group() if match else enumerator
