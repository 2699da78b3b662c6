"""What tables of contents announce, beside the headings that follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from reportlint.structure import ContentsEntry, Section, Structure

_WORD = re.compile(r"\w+")
# "(Agenda item 4 (a))" behind a title.
_REMARK = re.compile(r"\((?:[^()]|\([^()]*\))*\)[\s.]*$")


class Announcement(NamedTuple):
    """An entry of a table of contents and the heading that it must mean."""

    entry: ContentsEntry
    section: Section


class Announcements(NamedTuple):
    """The headings that have the title of an entry, and those that have only its place in the numbering."""

    by_title: tuple[Announcement, ...] = ()
    by_number: tuple[Announcement, ...] = ()


def announcements(structure: Structure) -> Announcements:
    """Pair entries with headings: by a title that is there once under its heading, then by the number of the rest."""
    by_title: list[Announcement] = []
    by_number: list[Announcement] = []
    for contents in structure.contents:
        headings = {entry.heading: entry for entry in contents.entries}
        titled = _pairs(headings, structure.sections, _title)
        paired = {section for pair in titled for section in pair}
        numbered = _pairs(headings, structure.sections, _number)
        by_title += (Announcement(headings[one], other) for one, other in titled)
        by_number += (
            Announcement(headings[one], other) for one, other in numbered if not paired.intersection((one, other))
        )
    return Announcements(tuple(by_title), tuple(by_number))


def _pairs(
    some: Iterable[Section], others: Iterable[Section], key: Callable[[Section], Hashable]
) -> list[tuple[Section, Section]]:
    """The headings of both sides that have the same key, which no other heading of their side has."""
    one, other = _unique(some, key), _unique(others, key)
    return [(section, other[found]) for found, section in one.items() if found in other]


def _unique(sections: Iterable[Section], key: Callable[[Section], Hashable]) -> dict[Hashable, Section]:
    keys = [(key(section), section) for section in sections]
    counts = Counter(found for found, _ in keys)
    return {found: section for found, section in keys if found and counts[found] == 1}


def _title(section: Section) -> Hashable:
    own = _words(section.title)
    return (own, section.parent and _words(section.parent.title)) if own else None


def _words(title: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_REMARK.sub("", title).casefold()))


def _number(section: Section) -> Hashable:
    return tuple(name.casefold() for name in section.path) if section.label else None
