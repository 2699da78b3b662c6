"""What is open at a block while a structure is built: its section, labelled text, numbered paragraph and lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlint.document.enumerators import Label, Style
from reportlint.structure.sections import Labelled, NumberedEntry, Section


@dataclass
class OpenList:
    """A list, or a series of decimal numbers, with the style, shape and indentation of its labels."""

    entries: list[NumberedEntry]
    style: Style
    shape: str
    indent: int
    parent: NumberedEntry | None

    @property
    def last(self) -> int:
        return self.entries[-1].label.value

    @property
    def is_extract(self) -> bool:
        """Whether the list begins so late that its labels may be those of another list."""
        return self.entries[0].label.value > 2


@dataclass
class OpenParts:
    """The section, labelled text, paragraph, lists and decimal series open at the current block.

    ``restarts`` is true if a paragraph numbered 1 begins a new series. ``after_colon`` is true if the text before
    the current block ends in a colon, ``after_text`` if that text has no label. ``interrupted`` are the lists that the
    last headings without a label interrupt.
    """

    section: Section | None = None
    labelled: Labelled | None = None
    paragraph: NumberedEntry | None = None
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
