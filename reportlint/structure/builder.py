"""Builds the structure of a document from the labels of its blocks. Markup levels are ignored."""

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
    """The section, paragraph and lists open at the current block.

    ``restarts`` is true if a paragraph numbered 1 begins a new series. ``after_colon`` is true if the text before
    the current block ends in a colon.
    """

    section: Section | None = None
    labelled: Labelled | None = None
    paragraph: NumberedEntry | None = None
    paragraph_indent: int = 0
    open_lists: list[_List] = field(default_factory=list)
    open_decimals: dict[str, _List] = field(default_factory=dict)
    restarts: bool = True
    after_colon: bool = False


def build_structure(document: Document, lexicon: Lexicon) -> Structure:
    """Build the structure of ``document`` using the label words of ``lexicon``."""
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
        self.arabic_labels = [
            (index, label.value)
            for index, labels in enumerate(self.readings)
            for label in labels
            if label.style is Style.ARABIC
        ]
        self.arabic_position = 0
        self.headings = Headings(lexicon)
        # In flattened text most headings are glued to other blocks, so the remaining ones would seem out of order.
        self.laid_out = document.by_line or any(len(block.line_starts) > 1 for block in document.blocks)
        self.part_fronts = frozenset(self._part_fronts())

    def _part_fronts(self) -> Iterator[int]:
        """Yield the indexes of the blocks of the masthead and title of the second and later files of the draft.

        They end before the first label or, in a file without labels, with the first heading.
        """
        blocks = self.document.blocks
        for start, end in pairwise((*self.document.part_starts, len(blocks))):
            labelled = next((index for index in range(start, end) if self._is_labelled(index)), None)
            title = (index + 1 for index in range(start, end) if blocks[index].kind is BlockKind.HEADING)
            yield from range(start, next(title, start) if labelled is None else labelled)

    def _is_labelled(self, index: int) -> bool:
        text = self.document.blocks[index].text
        has_word = self.headings.word(text) is not None
        return bool(self.readings[index]) or index in self.in_contents or has_word

    def build(self) -> Structure:
        for index, block in enumerate(self.document.blocks):
            if index in self.part_fronts:
                self.passages.append(Passage(index, block, Role.FRONT, None, None, None, None, self.lexicon))
                continue
            role, label = self._classify(index, block)
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
                self.state.after_colon = block.text.rstrip().endswith(":")
        body_start = len(self.passages) if self.body_start is None else self.body_start
        return Structure(
            document=self.document,
            lexicon=self.lexicon,
            passages=tuple(self.passages),
            sections=tuple(self.sections),
            labelled=tuple(self.labelled),
            paragraphs=tuple(Series(tuple(entries)) for entries in self.series),
            decimals=tuple(Series(tuple(run.entries), run.parent) for run in self.decimals),
            lists=tuple(Series(tuple(item_list.entries), item_list.parent) for item_list in self.lists),
            captions=tuple(self.captions),
            body_start=body_start,
            contents=self.contents,
        )

    # -- one block ---------------------------------------------------------------------------------------------

    def _classify(self, index: int, block: Block) -> tuple[Role, Label | None]:
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
            labelled = self._labelled_heading(index, block)
            if labelled and labelled.kind in CAPTION_KINDS:
                self.captions.append(labelled)
                if block.kind is BlockKind.HEADING:
                    return Role.HEADING, None
            elif labelled:
                self.labelled.append(labelled)
                self._close_lists()
                self.state.paragraph, self.state.labelled = None, labelled
                whole = block.kind is BlockKind.HEADING or len(block.text) <= len(labelled.text) + 1
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

    def _close_lists(self) -> None:
        self.state.open_lists.clear()

    # -- headings ----------------------------------------------------------------------------------------------

    def _labelled_heading(self, index: int, block: Block) -> Labelled | None:
        """Return the label of a block such as "Recommendation 6" or "Table II"; ``None`` for any other block.

        The word and number must be the whole text, the beginning of a heading or caption, or a run-in label.
        """
        text = block.text
        if len(text) > 200 or block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM):
            return None
        numbered = self.headings.numbered(text)
        if not numbered:
            return None
        kind, match, label = numbered
        alone = match.end() == len(text) or block.kind is BlockKind.HEADING or _is_run_in(block, match)
        if kind in CAPTION_KINDS:
            # The title of a table or figure follows on the next line or after a full stop.
            alone = alone or match.end() in block.line_starts or text[match.end("number")] == "."
        if not alone:
            return None
        end = match.end("number")
        return Labelled(kind, match["word"], label, text[:end], block.span(0, end), index, self.headings.open)

    def _is_word_heading(self, block: Block) -> bool:
        """Return whether a paragraph without markup is a heading: "Part Two" or "Annex" alone on its first line.

        If each line is a paragraph, "Chapter II. Work done" also counts.
        """
        text = block.text
        if block.kind is not BlockKind.PARAGRAPH or block.enumerator or not self.laid_out:
            return False
        if len(block.line_starts) > _HEADING_LINES:
            return False
        word = self.headings.word(text) if text[:1].isupper() and len(text) <= _LONG_HEADING else None
        if word is None or ends_sentence(text):
            return False
        end = word[1].end()
        titled = self.document.by_line and not text[:end].rstrip()[-1].isalnum()
        return end == len(text) or end in block.line_starts or titled

    def _is_title_below(self, index: int, block: Block) -> bool:
        """Return whether a one-line paragraph is the title of a heading such as "Annex I" just above it."""
        above = self.state.section
        if above is None or above.passage != index - 1 or not above.word or above.title:
            return False
        is_line = self.document.by_line and block.kind is BlockKind.PARAGRAPH and not block.enumerator
        text = block.text
        return is_line and text[:1].isupper() and len(text) <= _LONG_HEADING and not ends_sentence(text)

    def _opens_annex(self, block: Block) -> bool:
        """Return whether a longer paragraph has "Annex II" as its first line, then a title and text."""
        if block.kind is not BlockKind.PARAGRAPH or block.enumerator or not self.laid_out or len(block.line_starts) < 2:
            return False
        word = self.headings.word(block.text[: block.line_starts[1]]) if block.text[:1].isupper() else None
        return bool(word and word[0] in ANNEXES and word[1]["number"] and word[1].end() == block.line_starts[1])

    def _is_person(self, labels: tuple[Label, ...]) -> bool:
        """Return whether a heading label is in fact an abbreviation ("M." in French) and no such label is due."""
        abbreviations = self.lexicon.section("abbreviations")
        return any(label.bare in abbreviations for label in labels) and not any(map(self.headings.is_due, labels))

    def _heading_is_item(self, block: Block, labels: tuple[Label, ...]) -> bool:
        """Return whether an apparent heading ("1. Opening", alone on its line) is a list item or numbered paragraph."""
        label = labels[0] if labels else None
        if label is None or label.style not in (Style.ARABIC, Style.LOWER, Style.LOWER_ROMAN):
            return False
        if self.state.after_colon and label.value == 1:
            return True
        if any(
            item_list.style is label.style and item_list.last + 1 == label.value for item_list in self.state.open_lists
        ):
            return True
        return (
            label.style is Style.ARABIC
            and bool(self.series)
            and self.series[-1][-1].label.value + 1 == label.value
            and (len(block.text) > _LONG_HEADING or block.text.endswith("."))
        )

    def _heading(self, index: int, block: Block, labels: tuple[Label, ...]) -> tuple[Role, Label | None]:
        self._close_lists()
        state = self.state
        state.labelled = None
        lines = block.line_starts
        text = block.text[: lines[_HEADING_LINES]].rstrip() if len(lines) > _HEADING_LINES else block.text
        section = self.headings.read(text, labels, index, block.head, block.span)
        self.sections.append(section)
        state.section = section
        state.paragraph = None
        if (section.label or section.word) and section.rank < Style.ROMAN:
            state.restarts = True
            state.open_decimals.clear()
        return Role.HEADING, section.label

    # -- numbered paragraphs and lists -------------------------------------------------------------------------

    def _arabic(self, index: int, block: Block, label: Label) -> tuple[Role, Label]:
        entry = NumberedEntry(label, index, block.head)
        if self._belongs_to_list(index, block, label):
            return Role.ITEM, label
        state = self.state
        begins_anew = state.restarts and label.value == 1
        interrupts = (
            label.value == 1
            and state.section is not None
            and self._fresh_heading()
            and self._next_arabic_fits(index, 2)
        )
        if begins_anew:
            self.resumable.clear()
        if not self.series or begins_anew or interrupts:
            self.resumable = [*self.resumable, self.series[-1]] if self.series and not begins_anew else []
            self.series.append([])
        elif self.series[-1][-1].label.value + 1 != label.value:
            # The numbered paragraphs of a resolution may interrupt those of the report, which continue here.
            outer = next((series for series in self.resumable if series[-1].label.value + 1 == label.value), None)
            if outer is not None:
                self.resumable.remove(outer)
                self.series.remove(outer)
                self.series.append(outer)
        self.series[-1].append(entry)
        self._close_lists()
        state.restarts = False
        state.paragraph, state.paragraph_indent, state.labelled = entry, block.indent, None
        return Role.PARAGRAPH, label

    def _decimal(self, index: int, block: Block, label: Label) -> tuple[Role, Label]:
        """Add a decimal label to its series: 4.2 continues 4.1, and 4.1.2 continues 4.1.1, across headings."""
        self._close_lists()
        state = self.state
        entry = NumberedEntry(label, index, block.head)
        lasts = [run.entries[-1] for run in state.open_decimals.values()] + [series[-1] for series in self.series[-1:]]
        above = next((last for last in lasts if f"{last.label.bare}." == label.stem), None)
        # The series under the previous number are complete.
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
        """Return whether a heading follows the last numbered paragraph."""
        last = self.series[-1][-1].passage if self.series and self.series[-1] else -1
        return self.state.section is not None and self.state.section.passage > last

    def _upcoming(self, index: int) -> Iterator[int]:
        """Return the next Arabic values after the block at ``index``, at most ``_LOOK_AHEAD``.

        ``index`` must not decrease from one call to the next.
        """
        while self.arabic_position < len(self.arabic_labels) and self.arabic_labels[self.arabic_position][0] <= index:
            self.arabic_position += 1
        return (value for _, value in self.arabic_labels[self.arabic_position : self.arabic_position + _LOOK_AHEAD])

    def _next_arabic_fits(self, index: int, value: int) -> bool:
        """Return whether the next Arabic label after the block is ``value`` or 1, or there is none."""
        following = next(self._upcoming(index), None)
        return following is None or following in (1, value)

    def _belongs_to_list(self, index: int, block: Block, label: Label) -> bool:
        """Return whether "6." is a list item in the current paragraph rather than the next paragraph; add it if so."""
        state = self.state
        open_list = next((candidate for candidate in state.open_lists if candidate.style is Style.ARABIC), None)
        series = self.series[-1] if self.series else None
        next_paragraph = series[-1].label.value + 1 if series else 1
        if state.labelled is not None and open_list is None and label.value != next_paragraph:
            return label.value == 1 and self._open_list(index, block, label)
        if open_list is None:
            if series is None or label.value != 1:
                return False
            if self._fresh_heading() and (state.restarts or not state.after_colon):
                return False
            if not (state.after_colon or self._next_arabic_fits(index, 2)):
                return False
            return self._open_list(index, block, label)
        as_item, as_paragraph = open_list.last + 1 == label.value, next_paragraph == label.value
        if label.value == 1 and not as_paragraph and self._next_arabic_fits(index, 2):
            state.open_lists.clear()
            return self._open_list(index, block, label)
        if as_item and as_paragraph:
            is_item = self._ambiguous_is_item(index, block, open_list, label.value)
        elif as_item or as_paragraph:
            is_item = as_item
        else:
            is_item = abs(label.value - open_list.last - 1) < abs(label.value - next_paragraph)
        if is_item:
            del state.open_lists[state.open_lists.index(open_list) + 1 :]
            open_list.entries.append(NumberedEntry(label, index, block.head))
        return is_item

    def _ambiguous_is_item(self, index: int, block: Block, open_list: _List, value: int) -> bool:
        if block.indent != open_list.indent and block.indent == self.state.paragraph_indent:
            return False
        if block.indent == open_list.indent and block.indent != self.state.paragraph_indent:
            return True
        if block.text.rstrip().endswith(":") and next(self._upcoming(index), None) == 1:
            return False  # a paragraph that introduces an Arabic list is not an item of one
        return value in self._upcoming(index)

    def _open_list(self, index: int, block: Block, label: Label) -> bool:
        item_list = _List(
            [NumberedEntry(label, index, block.head)], label.style, label.shape, block.indent, self.state.paragraph
        )
        self.state.open_lists.append(item_list)
        self.lists.append(item_list)
        return True

    def _lettered(self, index: int, block: Block, labels: tuple[Label, ...]) -> tuple[Role, Label]:
        open_lists = self.state.open_lists
        first = next((label for label in reversed(labels) if label.value == 1), None)
        if (
            first is not None
            and len(labels) > 1
            and self.state.after_colon
            and not self._next_label_follows(index, labels[0])
        ):
            self._open_list(index, block, first)
            return Role.ITEM, first
        for position in range(len(open_lists) - 1, -1, -1):
            open_list = open_lists[position]
            for label in labels:
                if (
                    open_list.style is label.style
                    and open_list.last + 1 == label.value
                    and open_list.shape == label.shape
                ):
                    return self._append(index, block, label, position)
        if first is not None and not self.state.after_colon and self._continues_letters(labels):
            first = None
        same_style = next(
            (position for position, open_list in enumerate(open_lists) if open_list.style is labels[0].style), None
        )
        if first is not None and not self._is_misprint(index, first):
            deeper = open_lists and all(open_list.style is not first.style for open_list in open_lists)
            if not deeper:
                del open_lists[(same_style if same_style is not None else len(open_lists)) :]
            self._open_list(index, block, first)
            return Role.ITEM, first
        if same_style is not None:
            return self._append(index, block, labels[0], same_style)
        other_style = next(
            (
                position
                for position, open_list in enumerate(open_lists)
                if any(open_list.style is label.style for label in labels)
            ),
            None,
        )
        if other_style is not None:
            label = next(label for label in labels if label.style is open_lists[other_style].style)
            return self._append(index, block, label, other_style)
        self._open_list(index, block, labels[0])
        return Role.ITEM, labels[0]

    def _next_label_follows(self, index: int, label: Label) -> bool:
        """Return whether the next enumerator follows ``label``: "j)" shows that "i)" is a letter."""
        following = next((labels for labels in self.readings[index + 1 : index + 8] if labels), ())
        return any(other.style is label.style and other.value == label.value + 1 for other in following)

    def _continues_letters(self, labels: tuple[Label, ...]) -> bool:
        """Return whether "i)" near the ninth letter of an open list is that letter, not the first Roman numeral."""
        letters = [label for label in labels if label.style is Style.LOWER and label.value > 1]
        return any(
            open_list.style is Style.LOWER and open_list.shape == label.shape and abs(open_list.last - label.value) <= 1
            for label in letters
            for open_list in self.state.open_lists
        )

    def _append(self, index: int, block: Block, label: Label, position: int) -> tuple[Role, Label]:
        del self.state.open_lists[position + 1 :]
        self.state.open_lists[position].entries.append(NumberedEntry(label, index, block.head))
        return Role.ITEM, label

    def _is_misprint(self, index: int, label: Label) -> bool:
        """Return whether a second "a)" is a misprint for "b)": the open list is at a) and continues with c)."""
        open_list = next((candidate for candidate in self.state.open_lists if candidate.style is label.style), None)
        if open_list is None or open_list.last != 1 or open_list.shape != label.shape:
            return False
        following = next((labels for labels in self.readings[index + 1 : index + 8] if labels), ())
        return any(other.style is label.style and other.value == 3 for other in following)


def _is_run_in(block: Block, match: re.Match[str]) -> bool:
    """Return whether a label is set off at the beginning of its paragraph: in bold or italics, or by a colon."""
    marked = any(
        mark.kind in (MarkKind.STRONG, MarkKind.EMPHASIS) and mark.start == 0 and mark.end >= match.end("number")
        for mark in block.marks
    )
    return marked or block.text[match.end("number") :].lstrip()[:1] == ":"
