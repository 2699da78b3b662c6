"""Enumerators parsed: "IV.", "B.", "37.", "(a)", "12 bis.", "4.1"."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from reportlint.language.numerals import letters, roman, roman_value


class Style(IntEnum):
    """The manners of numbering; of headings, the smaller stands above the greater."""

    ROMAN = 1
    UPPER = 2
    ARABIC = 3
    LOWER = 4
    LOWER_ROMAN = 5
    DECIMAL = 6


class Label(NamedTuple):
    """One reading of an enumerator. ``value`` is its place in a series, from 1; of "4.2" it is 2.

    ``shape`` is the punctuation around it ("(…)", "…)", "….").
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
        return self.text.strip("().:\\ -–—*_")

    def like(self, value: int) -> str:
        """How another value is printed in this style and shape."""
        return self.shape.replace("…", f"{self.stem}{_printed(self.style, value)}", 1)


_FORM = re.compile(
    r"(?P<open>\(?)(?P<core>\d+(?:\.\d+)*|[A-Za-z]{1,8})(?P<suffix>\s+[a-z]{2,12})?(?P<close>[.):]|\s?[-–—])?"
)


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


def readings(text: str) -> tuple[Label, ...]:
    """Everything that an enumerator may mean, the commoner first: "C." is letter 3 and roman 100."""
    printed = text.strip().replace("\\", "")
    match = _FORM.fullmatch(printed)
    if not match:
        return ()
    core, suffix = match["core"], (match["suffix"] or "").strip()
    shape = f"{match['open']}…{match['close'] or ''}"

    def label(style: Style, value: int, stem: str = "") -> Label:
        return Label(printed, style, value, suffix, stem, shape)

    if core[0].isdigit():
        head, dot, last = core.rpartition(".")
        if len(last) > 6:
            return ()
        return (label(Style.DECIMAL, int(last), head + dot),) if dot else (label(Style.ARABIC, int(core)),)
    found: list[Label] = []
    upper = core.isupper()
    if not upper and not core.islower():
        return ()
    if len(core) == 1 or (len(set(core)) == 1 and core[0] not in "ixvIXV" and len(core) < 4):
        value = (ord(core[0].upper()) - ord("A") + 1) + 26 * (len(core) - 1)
        found.append(label(Style.UPPER if upper else Style.LOWER, value))
    value_as_roman = roman_value(core)
    if value_as_roman:
        found.append(label(Style.ROMAN if upper else Style.LOWER_ROMAN, value_as_roman))
    return tuple(found)
