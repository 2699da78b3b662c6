"""The labels of all blocks of a document, and those that follow a block."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Container, Sequence

from reportlint.document import BlockKind, Document
from reportlint.document.enumerators import Label, Style, readings
from reportlint.structure.lists import Item
from reportlint.structure.sections import is_content

_LOOK_AHEAD = 40
_ITEMS_AHEAD = 6
_ARABIC = Style.ARABIC


class LabelsAhead:
    """The labels of a document."""

    def __init__(self, document: Document, in_contents: Container[int]) -> None:
        self.blocks = document.blocks
        self.in_contents = in_contents
        self._arabic_blocks, self._arabic_values = array("I"), array("I")
        for index, block in enumerate(self.blocks):
            for label in self.readings(index) if block.printed is not None else ():
                if label.style is _ARABIC:
                    self._arabic_blocks.append(index)
                    self._arabic_values.append(label.value)

    def readings(self, index: int) -> tuple[Label, ...]:
        """Return all readings of the label of the block at ``index``; nothing if the block has no label."""
        block = self.blocks[index]
        if block.printed is None or not is_content(block) or index in self.in_contents:
            return ()
        return readings(block.printed)

    def is_heading(self, index: int) -> bool:
        """Return whether the block at ``index`` looks like a heading."""
        return self.blocks[index].kind is BlockKind.HEADING

    def arabic(self, index: int) -> Sequence[int]:
        """Return the next Arabic values after the block at ``index``, at most ``_LOOK_AHEAD``."""
        first = bisect_right(self._arabic_blocks, index)
        return self._arabic_values[first : first + _LOOK_AHEAD]

    def next_arabic(self, index: int) -> int | None:
        """Return the next Arabic value after the block at ``index``, if there is one."""
        first = bisect_right(self._arabic_blocks, index)
        return self._arabic_values[first] if first < len(self._arabic_values) else None

    def next_arabic_fits(self, index: int, value: int) -> bool:
        """Return whether the next Arabic label after the block is ``value`` or 1, or there is none."""
        return self.next_arabic(index) in (None, 1, value)

    def items(self, index: int) -> list[Item]:
        """Return the labelled blocks that follow, up to a heading and at most ``_ITEMS_AHEAD``."""
        items: list[Item] = []
        after_colon, after_text = self.blocks[index].text.rstrip().endswith(":"), False
        for number in range(index + 1, min(len(self.blocks), index + _LOOK_AHEAD)):
            block, labels = self.blocks[number], self.readings(number)
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
