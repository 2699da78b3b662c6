"""Decides where a label belongs: among the numbered paragraphs, in an open list or in a new one."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from reportlint.document import Block
from reportlint.document.enumerators import Label, Style
from reportlint.structure.heading_shapes import LONG_HEADING
from reportlint.structure.lists import Placement, place
from reportlint.structure.numbered_series import NumberedSeries
from reportlint.structure.open_parts import OpenList

_UNDECIDED = 1.5
# In Python 3.11, looking up a member of an enumeration takes long.
_ARABIC = Style.ARABIC
_NUMBERED = (Style.ARABIC, Style.LOWER, Style.LOWER_ROMAN)


def continues_numbering(numbered: NumberedSeries, index: int, block: Block, labels: tuple[Label, ...]) -> bool:
    """Return whether an apparent heading ("1. Opening", alone on its line) is a list item or numbered paragraph."""
    label = labels[0] if labels else None
    if label is None or label.style not in _NUMBERED:
        return False
    if numbered.parts.after_colon and label.value == 1:
        return True
    alike = [run for run in numbered.parts.lists if run.style is label.style]
    if any(run.last + 1 == label.value or _continues_extract(run, label) for run in alike):
        return True
    if _opens_extract(numbered, index, label):
        return True
    if label.style is not _ARABIC or numbered.last is None or numbered.next_number != label.value:
        return False
    if numbered.last.label.shape == label.shape and numbered.ahead.is_heading(numbered.last.block):
        return True  # like the paragraph before it
    return len(block.text) > LONG_HEADING or block.text.endswith(".")


def lettered_place(numbered: NumberedSeries, index: int, block: Block, labels: tuple[Label, ...]) -> Placement:
    """Return the place of "(a)" or "(i)" among the open lists."""
    return place(numbered.frames(), numbered.item(block, labels), lambda: numbered.ahead.items(index))


def arabic_place(numbered: NumberedSeries, index: int, block: Block, label: Label) -> Placement | None:
    """Return the place of "6." among the lists of the current paragraph; ``None`` if it is the next paragraph."""
    parts, last = numbered.parts, numbered.last
    if _opens_extract(numbered, index, label):
        return Placement(label, len(numbered.frames()), True)
    other_shape = last and parts.paragraph and label.shape != last.label.shape
    if other_shape and (label.value != numbered.next_number or any(run.shape == label.shape for run in parts.lists)):
        # "(1)" and "1)" are items of lists where the paragraphs are numbered "1.".
        placement = lettered_place(numbered, index, block, (label,))
        return placement if placement.depth or placement.opens else None
    open_list = next((run for run in parts.lists if run.style is _ARABIC), None)
    if open_list is None:
        return Placement(label, len(numbered.frames()), True) if _opens_list(numbered, index, label) else None
    bias = _bias(numbered, index, block, label, open_list)
    placement = place(numbered.frames(), numbered.item(block, (label,)), lambda: numbered.ahead.items(index), bias)
    is_paragraph = placement.depth == 0 and not placement.opens and last is not None
    return None if is_paragraph else placement


def _opens_extract(numbered: NumberedSeries, index: int, label: Label) -> bool:
    """Return whether a number begins an extract of another list below a colon: "(9) All items except: 4. … 8. …".

    The paragraphs have labels of another shape and go on after it.
    """
    last = numbered.last
    if not numbered.parts.after_colon or label.style is not _ARABIC or label.value <= 2:
        return False
    if last is None or numbered.parts.paragraph is None or label.shape == last.label.shape:
        return False
    ahead = (item.readings[0] for item in numbered.ahead.items(index))
    following = next((other for other in ahead if other.shape == last.label.shape), None)
    return following is not None and following.value == numbered.next_number


def _continues_extract(run: OpenList, label: Label) -> bool:
    return run.is_extract and run.style is _ARABIC and run.shape == label.shape and label.value > run.last


def _opens_list(numbered: NumberedSeries, index: int, label: Label) -> bool:
    """Return whether a number begins a list in the current paragraph rather than a new series of paragraphs."""
    parts = numbered.parts
    if label.value != 1 or (numbered.last and numbered.next_number == 1):
        return False
    if parts.labelled is not None and "/" not in parts.labelled.label.text:
        return numbered.next_number != 1
    if numbered.last is None or (numbered.is_under_heading and (parts.restarts or not parts.after_colon)):
        return False
    return parts.after_colon or numbered.ahead.next_arabic_fits(index, 2)


def _bias(
    numbered: NumberedSeries, index: int, block: Block, label: Label, open_list: OpenList
) -> Callable[[Placement], float]:
    """Return the costs of places that depend on what follows far below and on the indentation."""
    as_item, as_paragraph = open_list.last + 1 == label.value, numbered.next_number == label.value
    may_restart = label.value == 1 and not as_paragraph and numbered.ahead.next_arabic_fits(index, 2)
    undecided = as_item == as_paragraph
    is_item = undecided and _is_rather_item(numbered, index, block, open_list)

    def bias(placement: Placement) -> float:
        if placement.opens:
            return 0 if may_restart or label.shape != open_list.shape else inf
        is_paragraph = placement.depth == 0 and numbered.last is not None
        return _UNDECIDED if undecided and is_item == is_paragraph else 0

    return bias


def _is_rather_item(numbered: NumberedSeries, index: int, block: Block, open_list: OpenList) -> bool:
    """Return whether a number that fits the list and the paragraphs alike is an item: the paragraph comes later."""
    of_list, of_paragraph = open_list.indent, numbered.parts.paragraph_indent
    if of_list != of_paragraph and block.indent in (of_list, of_paragraph):
        return block.indent == of_list
    if block.text.rstrip().endswith(":") and numbered.ahead.next_arabic(index) == 1:
        return False  # a paragraph that introduces an Arabic list is not an item of one
    return numbered.next_number in numbered.ahead.arabic(index)
