"""What is open at a block while a structure is built: its section, labelled text, numbered paragraph and lists."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlint.document.enumerators import Label, Style
from reportlint.structure.sections import Labelled, Section


class LabelledBlock(NamedTuple):
    """The label of a block in a series, and the index of the block."""

    label: Label
    block: int


class SeriesSoFar(NamedTuple):
    """The indexes of the blocks in a series so far, and of the block of the number to which the series belongs."""

    blocks: array[int]
    parent: int | None = None

    @classmethod
    def below(cls, parent: LabelledBlock | None) -> SeriesSoFar:
        """Return an empty series that belongs to a number, if there is one."""
        return cls(array("I"), parent.block if parent else None)


@dataclass(slots=True, eq=False)
class OpenSeries:
    """A series of numbered paragraphs: the indexes of its blocks, and the last number."""

    blocks: array[int]
    value: int

    def add(self, entry: LabelledBlock) -> None:
        self.blocks.append(entry.block)
        self.value = entry.label.value


@dataclass(slots=True, eq=False)
class OpenList:
    """A list, or a series of decimal numbers, with the style, shape and indentation of its labels.

    ``is_extract`` is true if it begins so late that its labels may be those of another list.
    """

    series: SeriesSoFar
    style: Style
    shape: str
    indent: int
    end: LabelledBlock
    is_extract: bool

    @classmethod
    def beginning(cls, entry: LabelledBlock, indent: int, parent: LabelledBlock | None) -> OpenList:
        """Return the list of one block, which belongs to a number if there is one."""
        label = entry.label
        run = cls(SeriesSoFar.below(parent), label.style, label.shape, indent, entry, label.value > 2)
        run.add(entry)
        return run

    @property
    def last(self) -> int:
        """The value of the last label."""
        return self.end.label.value

    def add(self, entry: LabelledBlock) -> None:
        self.series.blocks.append(entry.block)
        self.end = entry


@dataclass
class OpenParts:
    """The section, labelled text, paragraph, lists and decimal series open at the current block.

    ``restarts`` is true if a paragraph numbered 1 begins a new series. ``after_colon`` is true if the text before
    the current block ends in a colon, ``after_text`` if that text has no label. ``interrupted`` are the lists that the
    last headings without a label interrupt.
    """

    section: Section | None = None
    labelled: Labelled | None = None
    paragraph: LabelledBlock | None = None
    paragraph_indent: int = 0
    lists: list[OpenList] = field(default_factory=list)
    interrupted: list[OpenList] = field(default_factory=list)
    decimals: dict[str, OpenList] = field(default_factory=dict)
    restarts: bool = True
    after_colon: bool = False
    after_text: bool = False

    @property
    def in_text(self) -> bool:
        """Whether the text of a decision or resolution is open."""
        return self.section is not None and any(section.is_text for section in self.section.lineage)

    def end_lists(self, *, may_continue: bool = False) -> None:
        """Close the open lists. They can be resumed if they ``may_continue`` below the heading that comes now."""
        self.interrupted = (self.lists or self.interrupted) if may_continue else []
        self.lists = []

    def resume_lists(self, label: Label) -> None:
        """Open the interrupted list that a label continues, if there is one and no list has begun since."""
        for depth, run in enumerate([] if self.lists else self.interrupted, start=1):
            if (run.style, run.shape, run.last + 1) == (label.style, label.shape, label.value):
                self.lists = self.interrupted[:depth]

    def restart(self) -> None:
        """Let the next paragraph numbered 1, and the next decimal numbers, begin new series."""
        self.restarts = True
        self.decimals.clear()
