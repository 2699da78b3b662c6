"""Makes the structure of a document from the labels of its blocks, never from markup levels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from reportlint.document import Block, BlockKind, Document, MarkKind
from reportlint.language.lexicon import Lexicon
from reportlint.readers.enumerators import ends_sentence
from reportlint.structure.contents import find_contents
from reportlint.structure.headings import ANNEXES, CAPTION_KINDS, Headings
from reportlint.structure.labels import Label, Style, readings
from reportlint.structure.sections import (
    Labelled,
    NumberedEntry,
    Passage,
    Role,
    Section,
    Series,
    Structure,
    is_content,
)

_LOOK_AHEAD = 40
_LONG_HEADING = 150
_HEADING_LINES = 4


@dataclass
class _List:
    entries: list[NumberedEntry]
    style: Style
    shape: str
    indent: int
    parent: NumberedEntry | None

    @property
    def last(self) -> int:
        return self.entries[-1].label.value


@dataclass
class _State:
    """What is open while the blocks go by."""

    section: Section | None = None
    labelled: Labelled | None = None
    paragraph: NumberedEntry | None = None
    paragraph_indent: int = 0
    open_lists: list[_List] = field(default_factory=list)
    open_decimals: dict[str, _List] = field(default_factory=dict)
    begins_again: bool = True
    colon: bool = False


def build_structure(document: Document, lexicon: Lexicon) -> Structure:
    """Read the labels of ``document`` with the words of ``lexicon``."""
    return _Builder(document, lexicon).build()


class _Builder:
    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document, self.lexicon = document, lexicon
        self.state = _State()
        self.passages: list[Passage] = []
        self.sections: list[Section] = []
        self.labelled: list[Labelled] = []
        self.series: list[list[NumberedEntry]] = []
        self.resumable: list[list[NumberedEntry]] = []
        self.decimals: list[_List] = []
        self.lists: list[_List] = []
        self.captions: list[Labelled] = []
        self.body_start: int | None = None
        self.contents = find_contents(document, lexicon)
        self.in_contents = {index for contents in self.contents for index in contents.blocks}
        self.readings = [
            readings(block.enumerator.text)
            if block.enumerator and is_content(block) and index not in self.in_contents
            else ()
            for index, block in enumerate(document.blocks)
        ]
        self.arabic = [
            (index, label.value)
            for index, found in enumerate(self.readings)
            for label in found
            if label.style is Style.ARABIC
        ]
        self.arabic_at = 0
        self.headings = Headings(lexicon)
        # In flattened text most headings are glued to other blocks: one that is not would seem out of order.
        self.laid_out = document.by_line or any(len(block.line_starts) > 1 for block in document.blocks)

        self.fronts = frozenset(self._fronts())

    def _fronts(self) -> Iterator[int]:
        """The blocks of mastheads and titles with which further files of the draft begin.

        They go as far as the first label, or where there is none as far as the first heading.
        """
        blocks = self.document.blocks
        for start, end in pairwise((*self.document.part_starts, len(blocks))):
            labelled = next((index for index in range(start, end) if self._is_labelled(index)), None)
            title = (index + 1 for index in range(start, end) if blocks[index].kind is BlockKind.HEADING)
            yield from range(start, next(title, start) if labelled is None else labelled)

    def _is_labelled(self, index: int) -> bool:
        text = self.document.blocks[index].text
        named = self.headings.word(text) is not None
        return bool(self.readings[index]) or index in self.in_contents or named

    def build(self) -> Structure:
        for index, block in enumerate(self.document.blocks):
            if index in self.fronts:
                self.passages.append(Passage(index, block, Role.FRONT, None, None, None, None, self.lexicon))
                continue
            role, label = self._place(index, block)
            begins = role in (Role.HEADING, Role.PARAGRAPH) and (label or self.state.labelled)
            if self.body_start is None and (begins or role is Role.CONTENTS):
                self.body_start = index
            paragraph = self.state.paragraph
            self.passages.append(
                Passage(
                    index,
                    block,
                    role,
                    self.state.section,
                    label,
                    paragraph.label if paragraph else None,
                    self.state.labelled,
                    self.lexicon,
                )
            )
            if is_content(block) and block.text and role is not Role.CONTENTS:
                self.state.colon = block.text.rstrip().endswith(":")
        body_start = len(self.passages) if self.body_start is None else self.body_start
        return Structure(
            document=self.document,
            lexicon=self.lexicon,
            passages=tuple(self.passages),
            sections=tuple(self.sections),
            labelled=tuple(self.labelled),
            paragraphs=tuple(Series(tuple(entries)) for entries in self.series),
            decimals=tuple(Series(tuple(found.entries), found.parent) for found in self.decimals),
            lists=tuple(Series(tuple(found.entries), found.parent) for found in self.lists),
            captions=tuple(self.captions),
            body_start=body_start,
            contents=self.contents,
        )

    # -- one block ---------------------------------------------------------------------------------------------

    def _place(self, index: int, block: Block) -> tuple[Role, Label | None]:
        if index in self.in_contents:
            return Role.CONTENTS, None
        match block.kind:
            case BlockKind.FOOTNOTE:
                return Role.NOTE, None
            case BlockKind.CODE:
                return Role.CODE, None
            case BlockKind.QUOTATION:
                return Role.QUOTATION, None
            case BlockKind.TABLE_ROW:
                return Role.ROW, None
        labels = self.readings[index]
        if block.enumerator is None:
            named = self._labelled_heading(index, block)
            if named and named.kind in CAPTION_KINDS:
                self.captions.append(named)
                if block.kind is BlockKind.HEADING:
                    return Role.HEADING, None
            elif named:
                self.labelled.append(named)
                self._close_all()
                self.state.paragraph, self.state.labelled = None, named
                whole = block.kind is BlockKind.HEADING or len(block.text) <= len(named.text) + 1
                return Role.HEADING if whole else Role.TEXT, None
        if block.kind is BlockKind.HEADING and self._is_person(labels):
            return Role.TEXT, None
        is_title = block.kind is BlockKind.HEADING and not self._heading_is_item(block, labels)
        if is_title or self._is_word_heading(block) or self._is_title_below(index, block):
            return self._heading(index, block, labels)
        if self._opens_annex(block):
            self._heading(index, block, labels)
            return Role.TEXT, None
        if not labels:
            return (Role.TEXT if self.series or self.sections else Role.FRONT), None
        label = labels[0]
        if label.style is Style.ARABIC:
            return self._arabic(index, block, label)
        if label.style is Style.DECIMAL:
            return self._decimal(index, block, label)
        return self._lettered(index, block, labels)

    def _close_all(self) -> None:
        self.state.open_lists.clear()

    # -- headings ----------------------------------------------------------------------------------------------

    def _labelled_heading(self, index: int, block: Block) -> Labelled | None:
        """A heading or whole line that is only a word and a number, or a heading or caption that begins with them."""
        text = block.text
        if len(text) > 200 or block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM):
            return None
        found = self.headings.numbered(text)
        if not found:
            return None
        kind, match, label = found
        alone = match.end() == len(text) or block.kind is BlockKind.HEADING or _is_run_in(block, match)
        if kind in CAPTION_KINDS:
            # The title of a table or figure follows on the next line, or after a stop.
            alone = alone or match.end() in block.line_starts or text[match.end("number")] == "."
        if not alone:
            return None
        end = match.end("number")
        return Labelled(kind, match["word"], label, text[:end], block.span(0, end), index, self.headings.open)

    def _is_word_heading(self, block: Block) -> bool:
        """Whether a paragraph without markup is a heading: "Part Two" or "Annex" on a line of its own, then a title.

        Where each line is a paragraph, "Chapter II. Work done" is one too.
        """
        text = block.text
        if block.kind is not BlockKind.PARAGRAPH or block.enumerator or not self.laid_out:
            return False
        if len(block.line_starts) > _HEADING_LINES:
            return False
        found = self.headings.word(text) if text[:1].isupper() and len(text) <= _LONG_HEADING else None
        if found is None or ends_sentence(text):
            return False
        end = found[1].end()
        titled = self.document.by_line and not text[:end].rstrip()[-1].isalnum()
        return end == len(text) or end in block.line_starts or titled

    def _is_title_below(self, index: int, block: Block) -> bool:
        """Whether a line that is a paragraph is the title of the heading "Annex I" above it."""
        above = self.state.section
        if above is None or above.passage != index - 1 or not above.word or above.title:
            return False
        line = self.document.by_line and block.kind is BlockKind.PARAGRAPH and not block.enumerator
        text = block.text
        return line and text[:1].isupper() and len(text) <= _LONG_HEADING and not ends_sentence(text)

    def _opens_annex(self, block: Block) -> bool:
        """Whether the first line of a longer paragraph is "Annex II", with a title and more in the next lines."""
        if block.kind is not BlockKind.PARAGRAPH or block.enumerator or not self.laid_out or len(block.line_starts) < 2:
            return False
        found = self.headings.word(block.text[: block.line_starts[1]]) if block.text[:1].isupper() else None
        return bool(found and found[0] in ANNEXES and found[1]["number"] and found[1].end() == block.line_starts[1])

    def _is_person(self, labels: tuple[Label, ...]) -> bool:
        """Whether what seems the label of a heading is an abbreviation, as "M." in French, and no such label is due."""
        known = self.lexicon.section("abbreviations")
        return any(label.bare in known for label in labels) and not any(map(self.headings.is_due, labels))

    def _heading_is_item(self, block: Block, labels: tuple[Label, ...]) -> bool:
        """Whether what looks like a heading ("1. Opening", alone on its line) is an item of an open list."""
        label = labels[0] if labels else None
        if label is None or label.style not in (Style.ARABIC, Style.LOWER, Style.LOWER_ROMAN):
            return False
        if self.state.colon and label.value == 1:
            return True
        if any(opened.style is label.style and opened.last + 1 == label.value for opened in self.state.open_lists):
            return True
        return (
            label.style is Style.ARABIC
            and bool(self.series)
            and self.series[-1][-1].label.value + 1 == label.value
            and (len(block.text) > _LONG_HEADING or block.text.endswith("."))
        )

    def _heading(self, index: int, block: Block, labels: tuple[Label, ...]) -> tuple[Role, Label | None]:
        self._close_all()
        state = self.state
        state.labelled = None
        lines = block.line_starts
        text = block.text[: lines[_HEADING_LINES]].rstrip() if len(lines) > _HEADING_LINES else block.text
        section = self.headings.read(text, labels, index, block.head, block.span)
        self.sections.append(section)
        state.section = section
        state.paragraph = None
        if (section.label or section.word) and section.rank < Style.ROMAN:
            state.begins_again = True
            state.open_decimals.clear()
        return Role.HEADING, section.label

    # -- numbered paragraphs and lists -------------------------------------------------------------------------

    def _arabic(self, index: int, block: Block, label: Label) -> tuple[Role, Label]:
        entry = NumberedEntry(label, index, block.head)
        if self._belongs_to_list(index, block, label):
            return Role.ITEM, label
        state = self.state
        begins = state.begins_again and label.value == 1
        restart = label.value == 1 and state.section is not None and self._fresh_heading() and self._goes_on(index, 2)
        if begins:
            self.resumable.clear()
        if not self.series or begins or restart:
            self.resumable = [*self.resumable, self.series[-1]] if self.series and not begins else []
            self.series.append([])
        elif self.series[-1][-1].label.value + 1 != label.value:
            # Numbered paragraphs of a resolution stand between two paragraphs of the report.
            outer = next((one for one in self.resumable if one[-1].label.value + 1 == label.value), None)
            if outer is not None:
                self.resumable.remove(outer)
                self.series.remove(outer)
                self.series.append(outer)
        self.series[-1].append(entry)
        self._close_all()
        state.begins_again = False
        state.paragraph, state.paragraph_indent, state.labelled = entry, block.indent, None
        return Role.PARAGRAPH, label

    def _decimal(self, index: int, block: Block, label: Label) -> tuple[Role, Label]:
        """4.2 goes on with 4.1, and 4.1.2 with 4.1.1, whatever headings stand between."""
        self._close_all()
        state = self.state
        entry = NumberedEntry(label, index, block.head)
        lasts = [run.entries[-1] for run in state.open_decimals.values()] + [one[-1] for one in self.series[-1:]]
        above = next((last for last in lasts if f"{last.label.bare}." == label.stem), None)
        # What was counted under the number before is done.
        state.open_decimals = {
            stem: run
            for stem, run in state.open_decimals.items()
            if stem == label.stem or not stem.startswith(label.stem)
        }
        run = state.open_decimals.get(label.stem)
        if run is None or (label.value == 1 and run.last > 1):
            run = _List([], label.style, label.shape, block.indent, above)
            state.open_decimals[label.stem] = run
            self.decimals.append(run)
        run.entries.append(entry)
        state.paragraph, state.labelled = entry, None
        return Role.PARAGRAPH, label

    def _fresh_heading(self) -> bool:
        """Whether a heading came after the last numbered paragraph."""
        last = self.series[-1][-1].passage if self.series and self.series[-1] else -1
        return self.state.section is not None and self.state.section.passage > last

    def _upcoming(self, index: int) -> Iterator[int]:
        """The next arabic values after a block."""
        while self.arabic_at < len(self.arabic) and self.arabic[self.arabic_at][0] <= index:
            self.arabic_at += 1
        return (value for _, value in self.arabic[self.arabic_at : self.arabic_at + _LOOK_AHEAD])

    def _goes_on(self, index: int, value: int) -> bool:
        following = next(self._upcoming(index), None)
        return following is None or following in (1, value)

    def _belongs_to_list(self, index: int, block: Block, label: Label) -> bool:
        """Decide whether "6." is the next paragraph or an item of a list inside the current one; add it if so."""
        state = self.state
        open_list = next((found for found in state.open_lists if found.style is Style.ARABIC), None)
        series = self.series[-1] if self.series else None
        next_paragraph = series[-1].label.value + 1 if series else 1
        if state.labelled is not None and open_list is None and label.value != next_paragraph:
            return label.value == 1 and self._open(index, block, label)
        if open_list is None:
            if series is None or label.value != 1:
                return False
            if self._fresh_heading() and (state.begins_again or not state.colon):
                return False
            if not (state.colon or self._goes_on(index, 2)):
                return False
            return self._open(index, block, label)
        as_item, as_paragraph = open_list.last + 1 == label.value, next_paragraph == label.value
        if label.value == 1 and not as_paragraph and self._goes_on(index, 2):
            state.open_lists.clear()
            return self._open(index, block, label)
        if as_item and as_paragraph:
            chosen = self._ambiguous_is_item(index, block, open_list, label.value)
        elif as_item or as_paragraph:
            chosen = as_item
        else:
            chosen = abs(label.value - open_list.last - 1) < abs(label.value - next_paragraph)
        if chosen:
            del state.open_lists[state.open_lists.index(open_list) + 1 :]
            open_list.entries.append(NumberedEntry(label, index, block.head))
        return chosen

    def _ambiguous_is_item(self, index: int, block: Block, open_list: _List, value: int) -> bool:
        if block.indent != open_list.indent and block.indent == self.state.paragraph_indent:
            return False
        if block.indent == open_list.indent and block.indent != self.state.paragraph_indent:
            return True
        if block.text.rstrip().endswith(":") and next(self._upcoming(index), None) == 1:
            return False  # what introduces such a list is no item of one
        return value in self._upcoming(index)

    def _open(self, index: int, block: Block, label: Label) -> bool:
        found = _List(
            [NumberedEntry(label, index, block.head)], label.style, label.shape, block.indent, self.state.paragraph
        )
        self.state.open_lists.append(found)
        self.lists.append(found)
        return True

    def _lettered(self, index: int, block: Block, labels: tuple[Label, ...]) -> tuple[Role, Label]:
        open_lists = self.state.open_lists
        first = next((label for label in reversed(labels) if label.value == 1), None)
        if first is not None and len(labels) > 1 and self.state.colon and not self._goes_on_as(index, labels[0]):
            self._open(index, block, first)
            return Role.ITEM, first
        for position in range(len(open_lists) - 1, -1, -1):
            found = open_lists[position]
            for label in labels:
                if found.style is label.style and found.last + 1 == label.value and found.shape == label.shape:
                    return self._append(index, block, label, position)
        if first is not None and not self.state.colon and self._is_letter_again(labels):
            first = None
        alike = next((p for p, found in enumerate(open_lists) if found.style is labels[0].style), None)
        if first is not None and not self._repeats(index, first):
            deeper = open_lists and all(found.style is not first.style for found in open_lists)
            if not deeper:
                del open_lists[(alike if alike is not None else len(open_lists)) :]
            self._open(index, block, first)
            return Role.ITEM, first
        if alike is not None:
            return self._append(index, block, labels[0], alike)
        romans = next(
            (p for p, found in enumerate(open_lists) if any(found.style is label.style for label in labels)),
            None,
        )
        if romans is not None:
            label = next(label for label in labels if label.style is open_lists[romans].style)
            return self._append(index, block, label, romans)
        self._open(index, block, labels[0])
        return Role.ITEM, labels[0]

    def _goes_on_as(self, index: int, label: Label) -> bool:
        """Whether the next enumerator follows ``label``: "j)" says that "i)" was a letter."""
        following = next((found for found in self.readings[index + 1 : index + 8] if found), ())
        return any(other.style is label.style and other.value == label.value + 1 for other in following)

    def _is_letter_again(self, labels: tuple[Label, ...]) -> bool:
        """Whether "i)" near the ninth letter of an open list is that letter rather than the first roman."""
        letters = [label for label in labels if label.style is Style.LOWER and label.value > 1]
        return any(
            found.style is Style.LOWER and found.shape == label.shape and abs(found.last - label.value) <= 1
            for label in letters
            for found in self.state.open_lists
        )

    def _append(self, index: int, block: Block, label: Label, position: int) -> tuple[Role, Label]:
        del self.state.open_lists[position + 1 :]
        self.state.open_lists[position].entries.append(NumberedEntry(label, index, block.head))
        return Role.ITEM, label

    def _repeats(self, index: int, label: Label) -> bool:
        """Whether a second "a)" is a slip for "b)": the open list stands at a) and goes on with c)."""
        found = next((found for found in self.state.open_lists if found.style is label.style), None)
        if found is None or found.last != 1 or found.shape != label.shape:
            return False
        following = next((found for found in self.readings[index + 1 : index + 8] if found), ())
        return any(other.style is label.style and other.value == 3 for other in following)


def _is_run_in(block: Block, match: re.Match[str]) -> bool:
    """Whether a label stands out at the beginning of its paragraph: in bold or italics, or before a colon."""
    marked = any(
        mark.kind in (MarkKind.STRONG, MarkKind.EMPHASIS) and mark.start == 0 and mark.end >= match.end("number")
        for mark in block.marks
    )
    return marked or block.text[match.end("number") :].lstrip()[:1] == ":"
