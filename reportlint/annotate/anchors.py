"""Where comments stand: from ranges of the text view to the texts of the XML."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import NamedTuple

from reportlint.annotate.places import Places
from reportlint.document import Span
from reportlint.word import Entry, EntryPlace, View

_WORD = re.compile(r"\S+")
_SPOKEN = re.compile(r"[^\W_]+")  # a word without its punctuation
_FIRST_WORDS = 3
_IN_TEXT = (EntryPlace.BODY, EntryPlace.ROW)


class Anchor(NamedTuple):
    """The first and last text of a comment, by number, with the offset of its first character and of its end.

    ``is_elsewhere``: it cannot stand at its words.
    """

    first: int
    start: int
    last: int
    end: int
    is_elsewhere: bool = False


class AnchorFinder:
    """Finds the texts that hold a range of the view."""

    def __init__(self, view: View, main: str, places: Places) -> None:
        self.view = view
        self.nodes = sorted(node for node in view.nodes if node.part == main and places.texts[node.number].can_hold)
        self.starts = [node.span.start for node in self.nodes]
        self.entries = [entry for entry in view.entries if entry.lines or entry.label]
        self.entry_starts = [(entry.label or entry.lines[0]).start for entry in self.entries]
        self.note_marks = {
            raised.note: raised.span.start for entry in self.entries for raised in entry.raised if raised.note
        }

    def anchor(self, span: Span) -> Anchor | None:
        """Return where a comment on a range stands: at its words, or else at the nearest words of the text.

        The result is ``None`` if the text has no words.
        """
        index = bisect_right(self.entry_starts, span.start) - 1
        entry = self.entries[index] if index >= 0 else None
        if entry and entry.place in _IN_TEXT:
            line = next((line for line in entry.lines if line.start <= span.start <= line.end), None)
            if span.start == span.end and line:
                span = self._word_at(span.start, line)
            if anchor := self._within(span):
                return anchor
            if anchor := self._first_words(line or next(iter(entry.lines), None)):
                return anchor._replace(is_elsewhere=line is not None)  # an automatic label holds no comment
        return self._nearest(self._place_in_text(span.start, entry))

    def _place_in_text(self, offset: int, entry: Entry | None) -> int:
        """Return the place for a comment on a note, which is at its mark, on a header, or beside the text."""
        if entry and entry.place is EntryPlace.NOTE:
            return self.note_marks.get(self.view.text[slice(*entry.label)] if entry.label else "", 0)
        return 0 if entry and entry.place is EntryPlace.HEADER else offset

    def _nearest(self, offset: int) -> Anchor | None:
        """Return the last word before an offset, or else the first word after it."""
        index = bisect_right(self.starts, offset)
        for number in chain(range(index - 1, -1, -1), range(index, len(self.nodes))):
            words = [match.span() for match in _SPOKEN.finditer(self.view.text, *self.nodes[number].span)]
            before = [word for word in words if word[0] <= offset]
            if words and (anchor := self._within(Span(*(before[-1] if before else words[0])))):
                return anchor._replace(is_elsewhere=True)
        return None

    def _word_at(self, offset: int, line: Span) -> Span:
        """Return the word of a line that an offset touches; an empty range if it touches none."""
        words = (Span(*match.span()) for match in _WORD.finditer(self.view.text, *line))
        return next((word for word in words if word.start <= offset <= word.end), Span(offset, offset))

    def _first_words(self, line: Span | None) -> Anchor | None:
        words = list(_WORD.finditer(self.view.text, *line))[:_FIRST_WORDS] if line else []
        return self._within(Span(words[0].start(), words[-1].end())) if words else None

    def _within(self, span: Span) -> Anchor | None:
        """Return the texts of a range, or ``None`` if no text has a character of it."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        last = bisect_right(self.starts, span.end - 1) - 1
        if span.start < span.end and first < len(self.nodes) and self.nodes[first].span.end <= span.start:
            first += 1
        if span.start >= span.end or first > last:
            return None
        begin, end = self.nodes[first], self.nodes[last]
        return Anchor(
            begin.number, max(0, span.start - begin.span.start),
            end.number, min(span.end, end.span.end) - end.span.start,
        )  # fmt: skip
