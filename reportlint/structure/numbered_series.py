"""The series of numbered paragraphs, decimal numbers and list items of a document."""

from __future__ import annotations

from array import array

from reportlint.document import Block
from reportlint.document.enumerators import Label
from reportlint.structure.labels_ahead import LabelsAhead
from reportlint.structure.lists import Frame, Item, Placement
from reportlint.structure.open_parts import LabelledBlock, OpenList, OpenParts, OpenSeries, SeriesSoFar


class NumberedSeries:
    """The series so far.

    ``paragraphs`` are the series of numbered paragraphs, the current one last. ``resumable`` are those that a
    later number may continue. ``last`` is the last numbered paragraph, if there is one.
    """

    def __init__(self, parts: OpenParts, ahead: LabelsAhead) -> None:
        self.parts, self.ahead = parts, ahead
        self.paragraphs: list[OpenSeries] = []
        self.resumable: list[OpenSeries] = []
        self.last: LabelledBlock | None = None
        self.decimals: list[SeriesSoFar] = []
        self.lists: list[SeriesSoFar] = []

    @property
    def next_number(self) -> int:
        """The number that the next paragraph should have."""
        return self.last.label.value + 1 if self.last else 1

    @property
    def is_under_heading(self) -> bool:
        """Whether a heading follows the last numbered paragraph."""
        section = self.parts.section
        return section is not None and section.passage > (self.last.block if self.last else -1)

    def frames(self) -> tuple[Frame, ...]:
        """Return the open lists, inside the paragraphs if there are any."""
        lists = tuple(Frame(run.style, run.shape, run.last, run.indent) for run in self.parts.lists)
        if self.last is None:
            return lists
        label = self.last.label
        return (Frame(label.style, label.shape, label.value, self.parts.paragraph_indent, True), *lists)

    def item(self, block: Block, labels: tuple[Label, ...]) -> Item:
        """Return a labelled block as an item to be placed."""
        return Item(labels, block.indent, self.parts.after_colon, self.parts.after_text)

    def add_item(self, index: int, block: Block, placement: Placement) -> None:
        """Add a label to the list where it was placed, and close the deeper lists."""
        lists, label = self.parts.lists, placement.label
        depth = placement.depth - (1 if self.paragraphs else 0)
        if placement.opens:
            del lists[depth:]
            run = OpenList.beginning(LabelledBlock(label, index), block.indent, self.parts.paragraph)
            lists.append(run)
            self.lists.append(run.series)
        else:
            del lists[depth + 1 :]
            lists[depth].add(LabelledBlock(label, index))
            lists[depth].shape = label.shape

    def add_paragraph(self, index: int, block: Block, label: Label) -> None:
        """Add a numbered paragraph to the current series, to one that it continues, or to a new one."""
        entry = LabelledBlock(label, index)
        if self._begins_series(index, label):
            self._begin_series(label)
        elif self.next_number != label.value and not self.parts.in_text:
            self._resume_series(label.value)
        self.paragraphs[-1].add(entry)
        self.last = entry
        parts = self.parts
        parts.end_lists()
        parts.restarts = False
        parts.paragraph, parts.paragraph_indent, parts.labelled = entry, block.indent, None

    def _begins_series(self, index: int, label: Label) -> bool:
        if not self.paragraphs:
            return True
        if label.value != 1:
            return False
        return self.parts.restarts or (self.is_under_heading and self.ahead.next_arabic_fits(index, 2))

    def _begin_series(self, first: Label) -> None:
        """Begin a series. In a decision, or without a new part of the report, that before it may be continued."""
        begins_anew = self.parts.restarts and first.value == 1
        in_text = self.parts.in_text
        if begins_anew and not in_text:
            self.resumable.clear()
        elif self.paragraphs:
            self.resumable.append(self.paragraphs[-1])
        self.paragraphs.append(OpenSeries(array("I"), first.value))

    def _resume_series(self, value: int) -> None:
        """Make a series that ``value`` continues the current one.

        The numbered paragraphs of a resolution may interrupt those of the report, which continue after them.
        """
        outer = next((series for series in self.resumable if series.value + 1 == value), None)
        if outer is not None:
            self.resumable.remove(outer)
            self.paragraphs.remove(outer)
            self.paragraphs.append(outer)

    def add_decimal(self, index: int, block: Block, label: Label) -> None:
        """Add a decimal label to its series: 4.2 continues 4.1, and 4.1.2 continues 4.1.1, across headings."""
        parts = self.parts
        parts.end_lists()
        entry = LabelledBlock(label, index)
        lasts = [run.end for run in parts.decimals.values()] + ([self.last] if self.last else [])
        above = next((last for last in lasts if f"{last.label.bare}." == label.stem), None)
        # The series under the previous number are complete.
        parts.decimals = {
            stem: run for stem, run in parts.decimals.items() if stem == label.stem or not stem.startswith(label.stem)
        }
        run = parts.decimals.get(label.stem)
        if run is None or (label.value == 1 and run.last > 1):
            run = OpenList.beginning(entry, block.indent, above)
            parts.decimals[label.stem] = run
            self.decimals.append(run.series)
        else:
            run.add(entry)
        parts.paragraph, parts.labelled = entry, None
