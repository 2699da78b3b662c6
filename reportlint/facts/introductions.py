"""What introduces a passage: the words before a colon above it."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlint.structure import Passage, Role, Structure

_ASIDE = (Role.NOTE, Role.CODE, Role.QUOTATION)
_BEGINS = (Role.HEADING, Role.FRONT, Role.PARAGRAPH)


@dataclass(frozen=True)
class Introductions:
    """``colons``: the passage whose colon introduces another, by the index of that; the items of a list and the rows
    of a table share it."""

    colons: dict[int, Passage] = field(default_factory=dict)


def introductions(structure: Structure) -> Introductions:
    """Read them from the first passage to the last, notes and quotations aside."""
    colons: dict[int, Passage] = {}
    colon: Passage | None = None
    previous: Passage | None = None
    for passage in structure.passages:
        if passage.role in _ASIDE:
            continue
        goes_on = colon is previous or passage.role in (Role.ITEM, Role.ROW) or passage.block.bullet
        if passage.role in _BEGINS or not goes_on:
            colon = None
        if colon:
            colons[passage.index] = colon
        if passage.text.rstrip().endswith(":"):
            colon = passage
        previous = passage
    return Introductions(colons)
