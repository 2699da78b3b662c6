"""Footnote marks in the text and the notes they refer to."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from reportlint.document import MarkKind, Span
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Role, Structure, is_number


class FootnoteMark(NamedTuple):
    """A footnote mark: its label as printed and the span of its markup, which is not in the text of the passage."""

    label: str
    span: Span
    passage: int


class FootnoteText(NamedTuple):
    """A note: its label and the span of the label, which is not in the text of the passage."""

    label: str
    span: Span
    passage: int


class Footnotes(NamedTuple):
    """All numbered marks and notes, in order. Asterisks and letters are ignored."""

    marks: tuple[FootnoteMark, ...] = ()
    notes: tuple[FootnoteText, ...] = ()

    def homes(self) -> dict[int, int]:
        """Return, for the passage of each note, the passage of its mark. Equal labels are paired in order."""
        marks: dict[str, deque[int]] = {}
        for mark in self.marks:
            marks.setdefault(mark.label, deque()).append(mark.passage)
        return {note.passage: places.popleft() for note in self.notes if (places := marks.get(note.label))}


def footnotes(structure: Structure, lexicon: Lexicon) -> Footnotes:
    """Collect footnote marks and notes.

    A superscript number after a unit or after 10 is an exponent ("km2"), not a mark.
    """
    units = frozenset(lexicon.section("units"))
    marks: list[FootnoteMark] = []
    notes: list[FootnoteText] = []
    for passage in structure.passages:
        if passage.role is Role.CODE:
            continue
        if passage.role is Role.NOTE and passage.block.enumerator:
            label = passage.block.enumerator.text
            if is_number(label):
                notes.append(FootnoteText(label, passage.block.enumerator.span, passage.index))
        for mark in passage.block.marks:
            if mark.kind is not MarkKind.FOOTNOTE or not is_number(mark.value):
                continue
            word = passage.text[max(0, mark.start - 4) : mark.start].split(" ")[-1]
            if word.strip("(") in units or word == "10":
                continue
            marks.append(FootnoteMark(mark.value, mark.span, passage.index))
    return Footnotes(tuple(marks), tuple(notes))
