"""The labels read so far: they tell whether a line begins with the next label of a series. Used by both readers."""

from __future__ import annotations

from collections.abc import Iterable

from reportlint.document.enumerators import Shape, Style, continues, readings, skeleton, split

_FIRST_LOW = ("a.", "i.")
_LONGEST_LABEL = 48
_MOST_STEPS = 3
_SURE_RUN = 2
_DOTTED, _NUMBER, _LOW = Shape.DOTTED, Shape.NUMBER, Shape.LOW


class RunningLabels:
    """The last label of each shape, and the last and the highest number of a paragraph.

    ``numbers`` are the last label of each shape with Arabic figures, ``runs`` how many such labels came in sequence.
    """

    def __init__(self) -> None:
        self.last: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.runs: dict[str, int] = {}
        self.last_number = self.highest = 0

    def may_be(self, label: str, shape: Shape) -> bool:
        """Return whether an enumerator is plausible here: "c." needs "b.", and a year the number before it.

        "0.4" is the number of a version.
        """
        if shape is _DOTTED and label.startswith("0."):
            return False
        if shape is _NUMBER and label[:4].isdecimal():
            return int(label[:4]) - 1 in (self.last_number, self.highest)
        return shape is not _LOW or label in _FIRST_LOW or skeleton(label) in self.last

    def remember(self, label: str) -> None:
        """Record a label, to recognize the next in its series."""
        shape = skeleton(label)
        self.last[shape] = label
        if "1" in shape:
            before = self.numbers.get(shape)
            self.runs[shape] = self.runs[shape] + 1 if before and continues(before, label) else 1
            self.numbers[shape] = label
        if shape == "1.":
            self.last_number = readings(label)[0].value
            self.highest = max(self.highest, self.last_number)

    def forget(self) -> None:
        """Forget all labels but the numbers of paragraphs: a heading closes the lists."""
        self.last.clear()

    def is_due(self, label: str, in_item: bool) -> bool:
        """Return whether a label is the next number of the paragraphs or, ``in_item``, the next label of its shape.

        The next number of the paragraphs is no coincidence in any context.
        """
        shape = skeleton(label)
        if shape == "1." and any(continues(f"{number}.", label) for number in (self.last_number, self.highest)):
            return True
        before = self.last.get(shape) if in_item else None
        return before is not None and continues(before, label)

    def continues_run(self, label: str) -> bool:
        """Return whether a label such as "(35)" or "11.12" continues a run of numbers, across headings too."""
        shape = skeleton(label)
        return self.runs.get(shape, 0) >= _SURE_RUN and continues(self.numbers[shape], label)

    def continues_chapter(self, label: str) -> bool:
        """Return whether a decimal number is one of the next in its chapter, as "115.25" is after "115.24"."""
        before, now = readings(self.last.get(skeleton(label), "")), readings(label)
        return bool(before and now) and (
            now[0].style is Style.DECIMAL
            and before[0].stem == now[0].stem
            and 0 < now[0].value - before[0].value <= _MOST_STEPS
        )


def begins_list(label: str, following: Iterable[str]) -> bool:
    """Return whether ``label`` is the first of a list: one of the ``following`` lines begins with the second."""
    if not any(reading.value == 1 for reading in readings(label)):
        return False
    for line in following:
        head = line[:_LONGEST_LABEL]
        enumerator = split(head)
        if enumerator and continues(label, head[: enumerator.end]):
            return True
    return False
