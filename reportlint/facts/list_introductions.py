"""Introductions: the passages that end with a colon, above what they introduce."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlint.structure import Passage, Role, Structure

_ASIDE = (Role.NOTE, Role.CODE, Role.QUOTATION)
_BEGINS = (Role.HEADING, Role.FRONT, Role.PARAGRAPH)


@dataclass(frozen=True)
class Introductions:
    """The introduction of each introduced passage.

    ``colons`` maps the index of a passage to the passage whose colon introduces it. All items of a list, and all
    rows of a table, share one introduction.
    """

    colons: dict[int, Passage] = field(default_factory=dict)


def introductions(structure: Structure) -> Introductions:
    """Pair each passage with its introduction, skipping notes, code and quotations."""
    colons: dict[int, Passage] = {}
    colon: Passage | None = None
    previous: Passage | None = None
    for passage in structure.passages:
        if passage.role in _ASIDE:
            continue
        continues = colon is previous or passage.role in (Role.ITEM, Role.ROW) or passage.block.bullet
        if passage.role in _BEGINS or not continues:
            colon = None
        if colon:
            colons[passage.index] = colon
        if passage.text.rstrip().endswith(":"):
            colon = passage
        previous = passage
    return Introductions(colons)
