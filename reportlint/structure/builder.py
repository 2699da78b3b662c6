"""Builds the structure of a document from the labels of its blocks. Markup levels are ignored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from math import inf

from reportlint.document import Block, BlockKind, Document, MarkKind, Span
from reportlint.document.enumerators import Label, Style, ends_sentence, readings
from reportlint.language.lexicon import Lexicon
from reportlint.structure.contents import find_contents
from reportlint.structure.headings import CAPTION_KINDS, Headings
from reportlint.structure.lists import Frame, Item, Placement, place
from reportlint.structure.openings import opens_decision
from reportlint.structure.sections import (
    ANNEXES,
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
_ITEMS_AHEAD = 6
_UNDECIDED = 1.5
_LONG_HEADING = 150
_HEADING_LINES = 4
_ALPHABET = 26
_LONGEST_NAME = 80
_INITIAL = re.compile(r"[^\W\d_]{1,4}\.[\s-]")


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
    the current block ends in a colon, ``after_text`` if that text has no label.
    """

    section: Section | None = None
    labelled: Labelled | None = None
    paragraph: NumberedEntry | None = None
    paragraph_indent: int = 0
    open_lists: list[_List] = field(default_factory=list)
    open_decimals: dict[str, _List] = field(default_factory=dict)
    restarts: bool = True
    after_colon: bool = False
    after_text: bool = False


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
        self.last_person = -1
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
            opens = role is Role.FRONT and self._opens_decision(block)
            role = Role.TEXT if opens else role
            # A paragraph numbered 1.1 has no label of its own.
            is_numbered = role is Role.PARAGRAPH and block.enumerator is not None
            is_labelled = role in (Role.HEADING, Role.PARAGRAPH) and (label or self.state.labelled)
            begins = is_numbered or is_labelled
            if self.body_start is None and (begins or opens or role is Role.CONTENTS):
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
                self.state.after_text = role is Role.TEXT
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
                if "/" in labelled.label.text:
                    self._begin_text(labelled, block)
                whole = block.kind is BlockKind.HEADING or len(block.text) <= len(labelled.text) + 1
                return Role.HEADING if whole else Role.TEXT, None
        if block.kind is BlockKind.HEADING and labels and self._is_person(index, block, labels):
            self.last_person = index
            return Role.TEXT, None
        is_title = block.kind is BlockKind.HEADING and not self._heading_is_item(block, labels)
        if is_title or self._is_word_heading(block) or self._is_title_below(index, block):
            return self._heading(index, block, labels)
        if self._opens_annex(block):
            self._heading(index, block, labels)
            return Role.TEXT, None
        if not labels:
            begun = bool(self.series or self.sections) or self.body_start is not None
            return (Role.TEXT if begun else Role.FRONT), None
        label = labels[0]
        if label.style is Style.ARABIC:
            return self._arabic(index, block, label)
        if label.style is Style.DECIMAL:
            return self._decimal(index, block, label)
        return self._lettered(index, block, labels)

    def _opens_decision(self, block: Block) -> bool:
        """Return whether the first line of a block opens a decision."""
        return opens_decision(block.text[slice(*(*block.line_starts, None)[:2])], self.lexicon)

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
        return Labelled(kind, match["word"], label, text[:end], block.span(0, end), index, self.headings.outside_texts)

    def _begin_text(self, labelled: Labelled, block: Block) -> None:
        """Open the section of a decision or resolution."""
        title = block.text[len(labelled.text) :].lstrip(" .:–—-")
        section = self.headings.begin_text(
            labelled.kind, labelled.word, labelled.label, title, labelled.passage, labelled.span
        )
        self.sections.append(section)
        self.state.section = section
        self.state.restarts = True
        self.state.open_decimals.clear()

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

    def _is_person(self, index: int, block: Block, labels: tuple[Label, ...]) -> bool:
        """Return whether a heading label is in fact the initial of a person or an abbreviation ("M.", "S. Exc.").

        Another initial or abbreviation follows, and no such label is due; or a function in brackets stands at the end,
        in a list of persons.
        """
        if not any(label.style is Style.UPPER and label.value <= _ALPHABET for label in labels):
            return False
        if not any(map(self.headings.is_due, labels)):
            abbreviations = self.lexicon.section("abbreviations")
            initial = _INITIAL.match(block.text) and block.text[0].isupper()
            if initial or any(label.bare in abbreviations for label in labels):
                return True
        in_list = self.state.after_colon or self.last_person == index - 1
        return in_list and block.text.endswith(")") and len(block.text) <= _LONGEST_NAME

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
        label: Label | None = None
        for number, (start, end) in enumerate(self._titles(block)):
            head = block.span(start, end) if number else block.head
            section = self.headings.read(
                block.text[start:end], () if number else labels, index, head, partial(_span_from, block, start)
            )
            label = label if number else section.label
            self.sections.append(section)
            state.section = section
            if (section.label or section.word) and section.rank < Style.ROMAN:
                state.restarts = True
                state.open_decimals.clear()
        state.paragraph = None
        return Role.HEADING, label

    def _titles(self, block: Block) -> list[tuple[int, int]]:
        """Return the ranges of the headings in a block: a line such as "Section I" begins another below "Annex II".

        Each is at most ``_HEADING_LINES`` long.
        """
        lines = [*block.line_starts, len(block.text) + 1]
        first = [0]
        for number, start in enumerate(block.line_starts[1:] if self.laid_out else (), start=1):
            word = self.headings.word(block.text[start:]) if block.text[start].isupper() else None
            if word and word[1]["number"] and start + word[1].end() in (lines[number + 1], len(block.text)):
                first.append(number)
        ends = [
            min(after, line + _HEADING_LINES) for line, after in zip(first, [*first[1:], len(lines) - 1], strict=True)
        ]
        return [(lines[line], lines[end] - 1) for line, end in zip(first, ends, strict=True)]

    # -- numbered paragraphs and lists -------------------------------------------------------------------------

    def _arabic(self, index: int, block: Block, label: Label) -> tuple[Role, Label]:
        entry = NumberedEntry(label, index, block.head)
        if placement := self._arabic_place(index, block, label):
            self._put(index, block, placement)
            return Role.ITEM, label
        state = self.state
        begins_anew = state.restarts and label.value == 1
        interrupts = (
            label.value == 1
            and state.section is not None
            and self._fresh_heading()
            and self._next_arabic_fits(index, 2)
        )
        in_text = state.section is not None and any(section.is_text for section in state.section.lineage)
        if begins_anew and not in_text:
            self.resumable.clear()
        if not self.series or begins_anew or interrupts:
            if self.series and (in_text or not begins_anew):
                self.resumable.append(self.series[-1])
            self.series.append([])
        elif self.series[-1][-1].label.value + 1 != label.value and not in_text:
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

    def _arabic_place(self, index: int, block: Block, label: Label) -> Placement | None:
        """Return the place of "6." among the lists of the current paragraph; ``None`` if it is the next paragraph."""
        state = self.state
        frames = self._frames()
        next_paragraph = self.series[-1][-1].label.value + 1 if self.series else 1
        other_shape = self.series and state.paragraph and label.shape != self.series[-1][-1].label.shape
        if other_shape and (label.value != next_paragraph or any(run.shape == label.shape for run in state.open_lists)):
            # "(1)" and "1)" are items of lists where the paragraphs are numbered "1.".
            placement = place(frames, self._item(index, block, (label,)), lambda: self._following(index))
            return placement if placement.depth or placement.opens else None
        if not any(open_list.style is Style.ARABIC for open_list in state.open_lists):
            in_label = state.labelled is not None and "/" not in state.labelled.label.text
            if label.value != 1 or (self.series and next_paragraph == 1):
                return None
            if not (next_paragraph != 1 if in_label else self._may_open_list(index)):
                return None
            return Placement(label, len(frames), True)

        bias = self._arabic_bias(index, block, label, next_paragraph)
        placement = place(frames, self._item(index, block, (label,)), lambda: self._following(index), bias)
        is_paragraph = placement.depth == 0 and not placement.opens and bool(self.series)
        return None if is_paragraph else placement

    def _may_open_list(self, index: int) -> bool:
        """Return whether a 1 may begin a list in the current paragraph rather than a new series of paragraphs."""
        state = self.state
        if not self.series or (self._fresh_heading() and (state.restarts or not state.after_colon)):
            return False
        return state.after_colon or self._next_arabic_fits(index, 2)

    def _arabic_bias(self, index: int, block: Block, label: Label, next_paragraph: int) -> Callable[[Placement], float]:
        """Return the costs of places that depend on what follows far below and on the indentation."""
        open_list = next(candidate for candidate in self.state.open_lists if candidate.style is Style.ARABIC)
        as_item, as_paragraph = open_list.last + 1 == label.value, next_paragraph == label.value
        may_restart = label.value == 1 and not as_paragraph and self._next_arabic_fits(index, 2)
        undecided = as_item == as_paragraph
        is_item = undecided and self._ambiguous_is_item(index, block, open_list, next_paragraph)

        def bias(placement: Placement) -> float:
            if placement.opens:
                return 0 if may_restart or label.shape != open_list.shape else inf
            is_paragraph = placement.depth == 0 and bool(self.series)
            return _UNDECIDED if undecided and is_item == is_paragraph else 0

        return bias

    def _ambiguous_is_item(self, index: int, block: Block, open_list: _List, next_paragraph: int) -> bool:
        """Return whether a number that fits the list and the paragraphs alike is an item: the paragraph comes later."""
        if block.indent != open_list.indent and block.indent == self.state.paragraph_indent:
            return False
        if block.indent == open_list.indent and block.indent != self.state.paragraph_indent:
            return True
        if block.text.rstrip().endswith(":") and next(self._upcoming(index), None) == 1:
            return False  # a paragraph that introduces an Arabic list is not an item of one
        return next_paragraph in self._upcoming(index)

    def _lettered(self, index: int, block: Block, labels: tuple[Label, ...]) -> tuple[Role, Label]:
        placement = place(self._frames(), self._item(index, block, labels), lambda: self._following(index))
        self._put(index, block, placement)
        return Role.ITEM, placement.label

    def _frames(self) -> tuple[Frame, ...]:
        """Return the open lists, inside the paragraphs if there are any."""
        state = self.state
        lists = (Frame(run.style, run.shape, run.last, run.indent) for run in state.open_lists)
        if not self.series:
            return tuple(lists)
        last = self.series[-1][-1].label
        return (Frame(last.style, last.shape, last.value, state.paragraph_indent, True), *lists)

    def _item(self, index: int, block: Block, labels: tuple[Label, ...]) -> Item:
        return Item(labels, block.indent, self.state.after_colon, self.state.after_text)

    def _following(self, index: int) -> list[Item]:
        """Return the labelled blocks that follow, up to a heading and at most ``_ITEMS_AHEAD``."""
        items: list[Item] = []
        after_colon, after_text = self.document.blocks[index].text.rstrip().endswith(":"), False
        for number in range(index + 1, min(len(self.document.blocks), index + _LOOK_AHEAD)):
            block, labels = self.document.blocks[number], self.readings[number]
            if not is_content(block) or number in self.in_contents:
                continue
            style = labels[0].style if labels else None
            if style is Style.DECIMAL or (block.kind is BlockKind.HEADING and (style is None or style < Style.ARABIC)):
                break
            if labels:
                items.append(Item(labels, block.indent, after_colon, after_text))
                if len(items) == _ITEMS_AHEAD:
                    break
            after_text = not labels
            after_colon = block.text.rstrip().endswith(":") if block.text else after_colon
        return items

    def _put(self, index: int, block: Block, placement: Placement) -> None:
        """Add the label of a block to the list where it was placed, and close the deeper lists."""
        state, label = self.state, placement.label
        depth = placement.depth - (1 if self.series else 0)
        entry = NumberedEntry(label, index, block.head)
        if placement.opens:
            del state.open_lists[depth:]
            run = _List([entry], label.style, label.shape, block.indent, state.paragraph)
            state.open_lists.append(run)
            self.lists.append(run)
        else:
            del state.open_lists[depth + 1 :]
            state.open_lists[depth].entries.append(entry)
            state.open_lists[depth].shape = label.shape


def _span_from(block: Block, origin: int, start: int, end: int) -> Span:
    return block.span(origin + start, origin + end)


def _is_run_in(block: Block, match: re.Match[str]) -> bool:
    """Return whether a label is set off at the beginning of its paragraph: in bold or italics, or by a colon."""
    marked = any(
        mark.kind in (MarkKind.STRONG, MarkKind.EMPHASIS) and mark.start == 0 and mark.end >= match.end("number")
        for mark in block.marks
    )
    return marked or block.text[match.end("number") :].lstrip()[:1] == ":"
