"""Recognizes enumerators by shape ("12.", "36.1", "IV.", "(a)", "b)", "12 bis."), whatever the language."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

_SUFFIX = r"(?: ?(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|novies|decies))"
_LETTER = r"[^\W\d_]"
_CORE = rf"(?:\d{{1,3}}|[ivxl]{{1,7}}|[IVXL]{{1,7}}|(?P<twice>{_LETTER})(?P=twice)?)"
_CORE_BARE = rf"(?:[ivxl]{{1,7}}|[IVXL]{{1,7}}|(?P<again>{_LETTER})(?P=again)?)"
_SHAPES = re.compile(
    rf"(?P<dotted>\d{{1,3}}(?:\.\d{{1,3}}){{1,5}}[.)]?)(?![\w.)])"
    rf"|(?P<number>\d{{1,4}}{_SUFFIX}?\.)(?!\d)"
    rf"|(?P<bracket>[(（]{_CORE}{_SUFFIX}?[)）]|\d{{1,3}}{_SUFFIX}?\)|{_CORE_BARE}{_SUFFIX}?\))"
    r"|(?P<low>[a-z]|[ivxl]{1,7})\."
    rf"|(?P<high>(?:[IVXL]{{1,7}}|{_LETTER}){_SUFFIX}?(?:\.| [–—-](?= )))"
)
_CORE_OF = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_SUFFIX_OF = re.compile(rf"(?<=[^\W_]){_SUFFIX}(?=\W|$)")
_ROMAN = re.compile(r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}
_TERMINAL = re.compile(r"[.:;!?…。；：！？؟](?:[\s'\"»”’)\]*_]|</?\w{1,6}>)*$")
_NOTE_MARKS = re.compile(r"(?:<sup>[^<>]{0,12}</sup>|\[\^[^\]\s]{1,12}\]|[⁰¹²³⁴-⁹,])+$")
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


def split(text: str) -> Split | None:
    """Find the enumerator at the beginning of ``text``; return ``None`` if there is none.

    ``Shape.HIGH`` ("IV.", "B.") may be the initial of a person, so callers must decide from the context.
    """
    match = _SHAPES.match(text)
    if match is None:
        return None
    shape = Shape[(match.lastgroup or "low").upper()] if match.lastgroup in _NAMED else _named(match)
    end = match.end()
    following = text[end : end + 1]
    if (
        following
        and not following.isspace()
        and (shape in (Shape.DOTTED, Shape.LOW, Shape.HIGH) or not _capital(following))
    ):
        return None
    core = _core(match.group())
    if len(core) > 1 and core.isalpha() and core != core[0] * len(core) and _roman(core) is None:
        return None
    if shape is Shape.HIGH and not core[0].isupper():
        return None
    rest = end
    while text[rest : rest + 1].isspace():
        rest += 1
    if shape is Shape.DOTTED and match.group()[-1].isdecimal() and not _capital(text[rest : rest + 1]):
        return None
    return Split(shape, end, rest)


def continues(previous: str, current: str) -> bool:
    """Return whether ``current`` follows ``previous`` in a list: same shape, next value."""
    if skeleton(previous) != skeleton(current):
        return False
    before, after = _core(previous), _core(current)
    if before == after:
        return bool(_SUFFIX_OF.search(current))
    if before[0].isdecimal() or after[0].isdecimal():
        *stem_before, last = before.split(".")
        *stem_after, next_ = after.split(".")
        return last.isdecimal() and next_.isdecimal() and stem_before == stem_after and int(next_) == int(last) + 1
    romans = _roman(before), _roman(after)
    if None not in romans and romans[1] == (romans[0] or 0) + 1:
        return True
    return _letter(after) == _letter(before) + 1 and len(before) <= 2 and len(after) <= 2


def skeleton(enumerator: str) -> str:
    """Return the enumerator with its value replaced by a placeholder.

    "(a)" and "(iv)" both become "(a)", "12 bis." becomes "1." and "4.2" becomes "11".
    """
    bare = _SUFFIX_OF.sub("", enumerator)
    core = _core(bare)
    placeholder = "1" if core[0].isdecimal() else "A" if core[0].isupper() else "a"
    return bare.replace(core, placeholder * (1 + core.count(".")), 1)


def ends_sentence(text: str) -> bool:
    """Return whether a text ends in terminal punctuation, ignoring closing quotes, brackets and footnote marks."""
    tail = _NOTE_MARKS.sub("", text[-_TAIL:])
    return _TERMINAL.search(tail) is not None


_NAMED = {shape.name.lower() for shape in Shape}


def _named(match: re.Match[str]) -> Shape:
    groups = match.groupdict()
    return next(shape for shape in Shape if groups[shape.name.lower()] is not None)


def _capital(character: str) -> bool:
    return character.isupper() or (character.isalpha() and not character.islower())


def _core(enumerator: str) -> str:
    """Return the value of an enumerator as printed, without punctuation and suffix."""
    match = _CORE_OF.search(enumerator)
    return match.group() if match else enumerator


def _letter(core: str) -> int:
    return ord(core[0]) + 26 * (len(core) - 1)


def _roman(core: str) -> int | None:
    lower = core.lower()
    if not _ROMAN.fullmatch(lower):
        return None
    values = [_ROMAN_DIGITS[digit] for digit in lower]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
