"""Parser for enumerators: "IV.", "B.", "37.", "(a)", "12 bis.", "4.1"."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from reportlint.language.numerals import letters, roman, roman_value


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
        return self.text.strip("().:\\ -–—*_")

    def like(self, value: int) -> str:
        """Return ``value`` as printed in the style and shape of this label."""
        return self.shape.replace("…", f"{self.stem}{_printed(self.style, value)}", 1)


_MOST_DIGITS = 6
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


def is_number(text: str) -> bool:
    """Return whether ``text`` is a number that a label can have: one to six decimal digits."""
    return text.isdecimal() and len(text) <= _MOST_DIGITS


def readings(text: str) -> tuple[Label, ...]:
    """Return all interpretations of an enumerator, the commoner first: "C." is letter 3 and Roman 100.

    The result is empty if ``text`` is not an enumerator.
    """
    printed = text.strip().replace("\\", "")
    match = _FORM.fullmatch(printed)
    if not match:
        return ()
    core, suffix = match["core"], (match["suffix"] or "").strip()
    shape = f"{match['open']}…{match['close'] or ''}"

    def label(style: Style, value: int, stem: str = "") -> Label:
        return Label(printed, style, value, suffix, stem, shape)

    if core[0].isdecimal():
        head, dot, last = core.rpartition(".")
        if len(last) > _MOST_DIGITS:
            return ()
        return (label(Style.DECIMAL, int(last), head + dot),) if dot else (label(Style.ARABIC, int(core)),)
    labels: list[Label] = []
    upper = core.isupper()
    if not upper and not core.islower():
        return ()
    if len(core) == 1 or (len(set(core)) == 1 and core[0] not in "ixvIXV" and len(core) < 4):
        value = (ord(core[0].upper()) - ord("A") + 1) + 26 * (len(core) - 1)
        labels.append(label(Style.UPPER if upper else Style.LOWER, value))
    value_as_roman = roman_value(core)
    if value_as_roman:
        labels.append(label(Style.ROMAN if upper else Style.LOWER_ROMAN, value_as_roman))
    return tuple(labels)
