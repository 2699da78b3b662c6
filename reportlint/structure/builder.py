"""Builds the structure of a document from the labels of its blocks. Markup levels are ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from reportlint.document import Block, BlockKind, Document
from reportlint.document.enumerators import Label, Style, ends_sentence
from reportlint.language.lexicon import Lexicon
from reportlint.structure.contents import find_contents
from reportlint.structure.heading_shapes import LONG_HEADING, HeadingShapes
from reportlint.structure.headings import CAPTION_KINDS, Headings
from reportlint.structure.labels_ahead import LabelsAhead
from reportlint.structure.number_places import arabic_place, continues_numbering, lettered_place
from reportlint.structure.numbered_series import NumberedSeries
from reportlint.structure.open_parts import OpenParts
from reportlint.structure.openings import opens_decision
from reportlint.structure.section_building import SectionBuilder
from reportlint.structure.sections import Labelled, Passage, Role, Series, Structure, is_content

# In Python 3.11, looking up a member of an enumeration takes long, as does its hash.
_HEADING, _PARAGRAPH, _ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW
_NUMBERED, _HEADED, _TEXT, _FRONT, _CONTENTS = Role.PARAGRAPH, Role.HEADING, Role.TEXT, Role.FRONT, Role.CONTENTS
_ARABIC, _DECIMAL = Style.ARABIC, Style.DECIMAL
_T = TypeVar("_T")
_WITH_SECTIONS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM)
_ROLES = {
    BlockKind.FOOTNOTE: Role.NOTE,
    BlockKind.CODE: Role.CODE,
    BlockKind.QUOTATION: Role.QUOTATION,
    BlockKind.TABLE_ROW: Role.ROW,
}
"""The roles of the other blocks."""


def build_structure(document: Document, lexicon: Lexicon) -> Structure:
    """Build the structure of ``document`` using the label words of ``lexicon``."""
    return _Builder(document, lexicon).build()


class _Builder:
    """Goes through the blocks once: each has its role from its own form and from what is open before it."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document, self.lexicon = document, lexicon
        self.contents = find_contents(document, lexicon)
        self.in_contents = {index for contents in self.contents for index in contents.blocks}
        self.labels = LabelsAhead(document, self.in_contents)
        laid_out = document.by_line or any(len(block.line_starts) > 1 for block in document.blocks)
        self.shapes = HeadingShapes(Headings(lexicon), document.by_line, laid_out)
        self.parts = OpenParts()
        self.sections = SectionBuilder(self.shapes, self.parts)
        self.numbered = NumberedSeries(self.parts, self.labels)
        self.passages: list[Passage] = []
        self.body_start: int | None = None
        self.last_person = -1

    def build(self) -> Structure:
        part_fronts = frozenset(self._part_fronts())
        for index, block in enumerate(self.document.blocks):
            if index in part_fronts:
                self.passages.append(Passage(index, block, Role.FRONT, None, None, None, None, self.lexicon))
            else:
                self._read(index, block)
        passages = tuple(_drained(self.passages))
        self.numbered.resumable.clear()

        def series(blocks: Iterable[int], parent: int | None = None) -> Series:
            return Series(tuple(map(passages.__getitem__, blocks)), None if parent is None else passages[parent])

        return Structure(
            document=self.document,
            lexicon=self.lexicon,
            passages=passages,
            sections=tuple(self.sections.sections),
            labelled=tuple(self.sections.labelled),
            paragraphs=tuple(series(run.blocks) for run in _drained(self.numbered.paragraphs)),
            decimals=tuple(series(*run) for run in _drained(self.numbered.decimals)),
            lists=tuple(series(*run) for run in _drained(self.numbered.lists)),
            captions=tuple(self.sections.captions),
            body_start=len(passages) if self.body_start is None else self.body_start,
            contents=self.contents,
        )

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
        has_word = self.shapes.headings.word(self.document.blocks[index].text) is not None
        return bool(self.labels.readings(index)) or index in self.in_contents or has_word

    def _read(self, index: int, block: Block) -> None:
        """Add the passage of a block."""
        role, label = self._classify(index, block)
        opens = role is _FRONT and opens_decision(block.first_line, self.lexicon)
        if opens:
            role = _TEXT
        parts = self.parts
        if self.body_start is None and (opens or self._begins_body(block, role, label)):
            self.body_start = index
        paragraph = parts.paragraph.label if parts.paragraph else None
        self.passages.append(Passage(index, block, role, parts.section, label, paragraph, parts.labelled, self.lexicon))
        if block.text and role is not _CONTENTS and is_content(block):
            parts.after_colon = block.text.rstrip().endswith(":")
            parts.after_text = role is _TEXT

    def _begins_body(self, block: Block, role: Role, label: Label | None) -> bool:
        if role is _NUMBERED and block.printed is not None:
            return True  # even if it has no label of its own, as a paragraph numbered 1.1
        is_labelled = label is not None or self.parts.labelled is not None
        return role is Role.CONTENTS or (role in (Role.HEADING, Role.PARAGRAPH) and is_labelled)

    def _classify(self, index: int, block: Block) -> tuple[Role, Label | None]:
        """Return the role and label of a block, and open the section, paragraph or list that it begins."""
        if index in self.in_contents:
            return Role.CONTENTS, None
        if block.kind not in _WITH_SECTIONS:
            if block.kind is _ROW:
                self._read_caption(index, block)
            return _ROLES[block.kind], None
        role = self._read_labelled(index, block) if block.printed is None else None
        if role:
            return role, None
        labels = self.labels.readings(index)
        return self._read_heading(index, block, labels) or self._read_number(index, block, labels)

    def _read_labelled(self, index: int, block: Block) -> Role | None:
        """Return the role of a block such as "Recommendation 6" or "Table II"; ``None`` for any other block."""
        labelled = self.shapes.labelled(index, block, self._following(index))
        if labelled is None:
            return None
        if labelled.kind in CAPTION_KINDS:
            self.sections.add_caption(labelled, self._is_option)
            return Role.HEADING if block.kind is BlockKind.HEADING else None
        self.sections.add_labelled(labelled, block)
        whole = block.kind is BlockKind.HEADING or len(block.text) <= len(labelled.text) + 1
        return Role.HEADING if whole else Role.TEXT

    def _read_caption(self, index: int, block: Block) -> None:
        """Record the caption in the first row of a table, if it stands there."""
        labelled = self.shapes.labelled(index, block, self._following(index))
        if labelled and labelled.kind in CAPTION_KINDS:
            self.sections.add_caption(labelled, self._is_option)

    def _is_option(self, labelled: Labelled) -> bool:
        """Return whether a bracket opens before a label, as before the options of a negotiating text."""
        return self.document.blocks[labelled.passage].text.startswith("[")

    def _following(self, index: int) -> Block | None:
        """Return the block after that at ``index``, if there is one."""
        blocks = self.document.blocks
        return blocks[index + 1] if index + 1 < len(blocks) else None

    def _read_heading(self, index: int, block: Block, labels: tuple[Label, ...]) -> tuple[Role, Label | None] | None:
        """Return the role and label of a heading, or of a block that seems one; ``None`` for any other block."""
        shapes, is_heading = self.shapes, block.kind is _HEADING
        if is_heading and labels:
            in_list = self.parts.after_colon or self.last_person == index - 1
            if shapes.is_person(block, labels, in_list):
                self.last_person = index
                return _TEXT, None
        is_plain = block.kind is _PARAGRAPH and block.printed is None
        if (
            (is_heading and not continues_numbering(self.numbered, index, block, labels))
            or (is_plain and shapes.is_unmarked_heading(self.parts.section, index, block))
            or (labels and self._continues_headings(block, labels[0]))
        ):
            return _HEADED, self.sections.add_heading(index, block, labels)
        if is_plain and shapes.opens_annex(block):
            self.sections.add_heading(index, block, labels)
            return _TEXT, None
        return None

    def _continues_headings(self, block: Block, label: Label) -> bool:
        """Return whether a short paragraph has the number that follows those of the headings of a new part.

        "4. Other matters" after the headings 1 to 3 of an annex whose paragraphs are not numbered so.
        """
        if label.style is not _ARABIC or label.value == 1 or not self.parts.restarts:
            return False
        is_short = len(block.text) <= LONG_HEADING and not ends_sentence(block.text)
        return is_short and self.numbered.next_number != label.value and self.shapes.headings.is_due(label)

    def _read_number(self, index: int, block: Block, labels: tuple[Label, ...]) -> tuple[Role, Label | None]:
        """Return the role and label of a numbered paragraph, an item or a text without a label."""
        if not labels:
            begun = bool(self.numbered.paragraphs or self.sections.sections) or self.body_start is not None
            return (_TEXT if begun else _FRONT), None
        label = labels[0]
        if label.style is _DECIMAL:
            self.numbered.add_decimal(index, block, label)
            return _NUMBERED, label
        if label.style is not _ARABIC:
            self.parts.resume_lists(label)
            placement = lettered_place(self.numbered, index, block, labels)
        elif (found := arabic_place(self.numbered, index, block, label)) is not None:
            placement = found
        else:
            self.numbered.add_paragraph(index, block, label)
            return _NUMBERED, label
        self.numbered.add_item(index, block, placement)
        return Role.ITEM, placement.label


def _drained(values: list[_T]) -> Iterator[_T]:
    """Remove the values of a list and yield them, so that the list and what is made of it do not both take memory."""
    values.reverse()
    while values:
        yield values.pop()
