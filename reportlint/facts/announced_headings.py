"""Entries of tables of contents, paired with the headings they announce."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from reportlint.structure import ContentsEntry, Section, Structure

_WORD = re.compile(r"\w+")
# "(Agenda item 4 (a))" after a title.
_REMARK = re.compile(r"\((?:[^()]|\([^()]*\))*\)[\s.]*$")


class Announcement(NamedTuple):
    """An entry of a table of contents and the heading it announces."""

    entry: ContentsEntry
    section: Section


class Announcements(NamedTuple):
    """The pairs of entries and headings: those that share a title, and those that share only a number."""

    by_title: tuple[Announcement, ...] = ()
    by_number: tuple[Announcement, ...] = ()


def announcements(structure: Structure) -> Announcements:
    """Pair entries with headings: by title, if it is unique under its parent heading, then the rest by number."""
    by_title: list[Announcement] = []
    by_number: list[Announcement] = []
    for contents in structure.contents:
        headings = {entry.heading: entry for entry in contents.entries}
        titled = _pairs(headings, structure.sections, _title)
        paired = {section for pair in titled for section in pair}
        numbered = _pairs(headings, structure.sections, _number)
        by_title += (Announcement(headings[listed], section) for listed, section in titled)
        by_number += (
            Announcement(headings[listed], section)
            for listed, section in numbered
            if not paired.intersection((listed, section))
        )
    return Announcements(tuple(by_title), tuple(by_number))


def _pairs(
    left: Iterable[Section], right: Iterable[Section], key: Callable[[Section], Hashable]
) -> list[tuple[Section, Section]]:
    """Pair the headings that have the same key, if it is unique on both sides."""
    left_by_key, right_by_key = _unique(left, key), _unique(right, key)
    return [(section, right_by_key[value]) for value, section in left_by_key.items() if value in right_by_key]


def _unique(sections: Iterable[Section], key: Callable[[Section], Hashable]) -> dict[Hashable, Section]:
    keys = [(key(section), section) for section in sections]
    counts = Counter(value for value, _ in keys)
    return {value: section for value, section in keys if value and counts[value] == 1}


def _title(section: Section) -> Hashable:
    words = _words(section.title)
    return (words, section.parent and _words(section.parent.title)) if words else None


def _words(title: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_REMARK.sub("", title).casefold()))


def _number(section: Section) -> Hashable:
    return tuple(name.casefold() for name in section.path) if section.label else None
