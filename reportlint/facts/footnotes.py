"""Footnote marks in the text and the notes they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportlint.document import MarkKind, Span
from reportlint.language.lexicon import Lexicon
from reportlint.structure import MentionTable, Passage, Role, Structure, is_number

# In Python 3.11, looking up a member of an enumeration takes long.
_CODE, _NOTE, _MARK = Role.CODE, Role.NOTE, MarkKind.FOOTNOTE


class FootnoteLabel(NamedTuple):
    """The label of a footnote as printed, in a mark or before the note.

    ``first:last`` is the source range of the markup of the mark, or of the label of the note. Neither is in the text of
    the passage.
    """

    printed_in: Passage
    first: int
    last: int
    label: str

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)

    @property
    def passage(self) -> int:
        """The index of the passage."""
        return self.printed_in.index


class Footnotes(NamedTuple):
    """All numbered marks and notes, in order. Asterisks and letters are ignored."""

    marks: Sequence[FootnoteLabel] = ()
    notes: Sequence[FootnoteLabel] = ()

    def homes(self) -> dict[int, int]:
        """Return, for the passage of each note, the passage of its mark. Equal labels are paired in order."""
        homes: dict[int, int] = {}
        marks = iter(_by_label(self.marks))
        label, home = next(marks, ("", 0))
        for noted, passage in _by_label(self.notes):
            while label and label < noted:
                label, home = next(marks, ("", 0))
            if label == noted:
                homes[passage] = home
                label, home = next(marks, ("", 0))
        return homes


def _by_label(labels: Iterable[FootnoteLabel]) -> list[tuple[str, int]]:
    """Return the labels in alphabetical order, each with the index of its passage."""
    return sorted((each.label, each.passage) for each in labels)


def footnotes(structure: Structure, lexicon: Lexicon) -> Footnotes:
    """Collect footnote marks and notes.

    A superscript number after a unit or after 10 is an exponent ("km2"), not a mark.
    """
    units = frozenset(lexicon.section("units"))
    marks: MentionTable[FootnoteLabel, str] = MentionTable(FootnoteLabel)
    notes: MentionTable[FootnoteLabel, str] = MentionTable(FootnoteLabel)
    for passage in structure.passages:
        if passage.role is _CODE:
            continue
        label = passage.block.enumerator
        if passage.role is _NOTE and label and is_number(label.text):
            notes.add(passage, label.start, label.end, label.text)
        for mark in passage.block.marks_of(_MARK):
            if not is_number(mark.value):
                continue
            word = passage.text[max(0, mark.start - 4) : mark.start].split(" ")[-1]
            if word.strip("(") in units or word == "10":
                continue
            marks.add(passage, mark.first, mark.last, mark.value)
    return Footnotes(marks, notes)
