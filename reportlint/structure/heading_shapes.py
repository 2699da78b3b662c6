"""Recognizes headings by the words of their blocks: "Annex II", "Recommendation 6", "Table 1"."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from reportlint.document import Block, BlockKind, MarkKind
from reportlint.document.enumerators import Label, Style, ends_sentence
from reportlint.structure.headings import CAPTION_KINDS, Headings
from reportlint.structure.sections import ANNEXES, Labelled, Section

LONG_HEADING = 150
"""A heading is seldom longer."""

_TITLE_MARKS = (":", "–", "—", "-")  # between a word such as "Annex 2" and a title on its line
_HEADING_LINES = 4
_LONGEST_LABELLED = 200
_ALPHABET = 26
_LONGEST_NAME = 80
_INITIAL = re.compile(r"[^\W\d_]{1,4}\.[\s-]")
# In Python 3.11, looking up a member of an enumeration takes long.
_CELL, _UPPER = MarkKind.CELL, Style.UPPER


@dataclass(frozen=True)
class HeadingShapes:
    """The shapes of headings in a document.

    ``by_line`` is true if each line is a paragraph. In flattened text (``laid_out`` is false) most headings are glued
    to other blocks, so the remaining ones would seem out of order.
    """

    headings: Headings
    by_line: bool
    laid_out: bool

    def labelled(self, index: int, block: Block, following: Block | None) -> Labelled | None:
        """Return the label of a block such as "Recommendation 6" or "Table II"; ``None`` for any other block.

        The word and number must be the whole text, the beginning of a heading or caption, or a run-in label. That may
        stand in the first row of a table if ``following`` shows that the row has only a caption.
        """
        text = block.text
        numbered = self.headings.numbered(text)
        if not numbered:
            return None
        kind, match, label = numbered
        above_table = following is not None and _cells(block) <= 1 < _cells(following)
        if block.kind is BlockKind.TABLE_ROW and not above_table:
            return None
        if len(text) > _LONGEST_LABELLED and match.end() not in block.line_starts:
            return None
        end = match.end("number")
        alone = match.end() == len(text) or block.kind is BlockKind.HEADING or _is_run_in(block, end)
        if kind in CAPTION_KINDS:
            # The title of a table or figure follows on the next line or after a full stop.
            alone = alone or match.end() in block.line_starts or text[end] == "."
            alone = alone or (above_table and text[end:].lstrip()[:1].isupper())
        if not alone:
            return None
        start = match.start("word")
        word, (first, last) = sys.intern(match["word"]), block.span(start, end)
        return Labelled(kind, word, label, text[start:end], first, last - first, index, self.headings.outside_texts)

    def is_unmarked_heading(self, above: Section | None, index: int, block: Block) -> bool:
        """Return whether a paragraph without a label or markup is a heading by its words or as a title below one."""
        return self._is_word_heading(block) or self._is_title_below(above, index, block)

    def _is_word_heading(self, block: Block) -> bool:
        """Return whether a paragraph is a heading by its words: "Part Two" or "Annex" alone on its first line.

        If each line is a paragraph, "Chapter II. Work done" also counts, and everywhere "Annex 2: Programme" alone.
        """
        text = block.text
        if not self.laid_out or len(text) > LONG_HEADING or len(block.line_starts) > _HEADING_LINES:
            return False
        word = self.headings.word(text) if text.lstrip("[")[:1].isupper() else None
        if word is None or ends_sentence(text):
            return False
        end = word[1].end()
        mark = text[:end].rstrip()[-1]
        is_annex_line = word[0] in ANNEXES and mark in _TITLE_MARKS and len(block.line_starts) == 1
        titled = (self.by_line and not mark.isalnum()) or is_annex_line
        return not text[end:].strip(" *") or end in block.line_starts or titled

    def opens_annex(self, block: Block) -> bool:
        """Return whether a longer paragraph without a label begins with "Annex II", then a title and text.

        "Annex II" is its first line, or "Annex II. Title" the beginning of its only line.
        """
        if not self.laid_out:
            return False
        if len(block.line_starts) < 2:
            return self._begins_with_annex(block.text)
        word = self.headings.word(block.text[: block.line_starts[1]]) if block.text[:1].isupper() else None
        return bool(word and word[0] in ANNEXES and word[1]["number"] and word[1].end() == block.line_starts[1])

    def _begins_with_annex(self, text: str) -> bool:
        word = self.headings.word(text[:LONG_HEADING]) if text[:1].isupper() else None
        if word is None or word[0] not in ANNEXES or not word[1]["number"]:
            return False
        end = word[1].end()
        return not text[:end].rstrip()[-1].isalnum() and text[end : end + 1].isupper()

    def _is_title_below(self, above: Section | None, index: int, block: Block) -> bool:
        """Return whether a one-line paragraph is the title of a heading such as "Annex I" just above it."""
        if above is None or above.passage != index - 1 or not above.word or above.title:
            return False
        text = block.text
        return self.by_line and text[:1].isupper() and len(text) <= LONG_HEADING and not ends_sentence(text)

    def is_person(self, block: Block, labels: tuple[Label, ...], in_list: bool) -> bool:
        """Return whether a heading label is in fact the initial of a person or an abbreviation ("M.", "S. Exc.").

        Another initial or abbreviation follows, and no such label is due; or a function in brackets stands at the end,
        in a list of persons.
        """
        if not any(label.style is _UPPER and label.value <= _ALPHABET for label in labels):
            return False
        if not any(map(self.headings.is_due, labels)):
            abbreviations = self.headings.lexicon.section("abbreviations")
            initial = _INITIAL.match(block.text) and block.text[0].isupper()
            if initial or any(label.bare in abbreviations for label in labels):
                return True
        return in_list and block.text.endswith(")") and len(block.text) <= _LONGEST_NAME

    def titles(self, block: Block) -> list[tuple[int, int]]:
        """Return the ranges of the headings in a block: a line such as "Section I" begins another below "Annex II".

        Each is at most ``_HEADING_LINES`` long.
        """
        lines = [*block.line_starts, len(block.text) + 1]
        first = [0]
        for number, start in enumerate(block.line_starts[1:] if self.laid_out else (), start=1):
            word = self.headings.word(block.text[start:]) if block.text[start : start + 1].isupper() else None
            if word and word[1]["number"] and start + word[1].end() in (lines[number + 1], len(block.text)):
                first.append(number)
        ends = [
            min(after, line + _HEADING_LINES) for line, after in zip(first, [*first[1:], len(lines) - 1], strict=True)
        ]
        return [(lines[line], lines[end] - 1) for line, end in zip(first, ends, strict=True)]


def _cells(block: Block) -> int:
    """Return the number of cells with text in a table row; 0 for any other block."""
    return sum(mark.kind is _CELL and mark.start < mark.end for mark in block.marks)


def _is_run_in(block: Block, end: int) -> bool:
    """Return whether a label up to ``end`` is set off from its paragraph: in bold or italics, or by a colon."""
    marked = any(
        mark.kind in (MarkKind.STRONG, MarkKind.EMPHASIS) and mark.start == 0 and mark.end >= end
        for mark in block.marks
    )
    return marked or block.text[end:].lstrip()[:1] == ":"
