"""Many ranges, asked whether any of them touches another."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from reportlint.document.offsets import Span

_BITS = 32  # more than any offset has
_LAST = (1 << _BITS) - 1


class SpanIndex:
    """Ranges of a text. A question takes the time of a binary search, however many there are."""

    def __init__(self, spans: Iterable[Span]) -> None:
        # Numbers that hold a start and an end take half the memory of ranges.
        ordered = sorted(start << _BITS | max(end, start + 1) for start, end in spans)
        self._starts = array("Q", (each >> _BITS for each in ordered))
        # The farthest end of each range and those before it. An empty range counts as the character at its offset.
        self._ends = array("Q", accumulate((each & _LAST for each in ordered), max))

    def overlaps(self, span: Span) -> bool:
        """Return whether ``span`` shares a character with one of the ranges (see :meth:`Span.overlaps`)."""
        before = bisect_left(self._starts, max(span.end, span.start + 1))
        return before > 0 and self._ends[before - 1] > span.start
