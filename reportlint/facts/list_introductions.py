"""Introductions: the passages that end with a colon, above what they introduce."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlint.structure import Passage, Role, Structure

_ASIDE = (Role.NOTE, Role.CODE, Role.QUOTATION)
_WITHIN = (Role.ITEM, Role.ROW)
_BEGINS = (Role.HEADING, Role.FRONT, Role.PARAGRAPH)


@dataclass(frozen=True)
class Introductions:
    """The introduction of each introduced passage: the passage whose colon introduces it.

    All items of a list, and all rows of a table, share one introduction. ``indexes`` are those of the introduced
    passages, in order; ``introductions`` has the introduction of each.
    """

    indexes: array[int]
    introductions: Sequence[Passage]

    def above(self, passage: Passage) -> Passage | None:
        """Return the introduction of a passage, if it has one."""
        position = bisect_left(self.indexes, passage.index)
        found = position < len(self.indexes) and self.indexes[position] == passage.index
        return self.introductions[position] if found else None

    def __iter__(self) -> Iterator[tuple[int, Passage]]:
        """Yield the index of each introduced passage with its introduction. Equal introductions follow each other."""
        return zip(self.indexes, self.introductions, strict=True)


def introductions(structure: Structure) -> Introductions:
    """Pair each passage with its introduction, skipping notes, code and quotations."""
    indexes, found = array("I"), list[Passage]()
    colon: Passage | None = None
    previous: Passage | None = None
    for passage in structure.passages:
        if passage.role in _ASIDE:
            continue
        continues = colon is previous or passage.role in _WITHIN or passage.block.bullet
        if passage.role in _BEGINS or not continues:
            colon = None
        if colon:
            indexes.append(passage.index)
            found.append(colon)
        if passage.text.rstrip().endswith(":"):
            colon = passage
        previous = passage
    return Introductions(indexes, found)
