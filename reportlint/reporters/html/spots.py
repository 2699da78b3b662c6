"""The findings of a run, numbered, and the ranges of the drafts that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlint.document import Block, Document, Span
from reportlint.finding import Finding, Place
from reportlint.report import Run
from reportlint.reporters.sentences import is_of_whole_file, related_shown


class Remark(NamedTuple):
    """A finding with its number on the page and the family of its rule."""

    number: int
    finding: Finding
    family: str


@dataclass(eq=False, slots=True)
class Spot:
    """A range of a draft's source: ``about`` are the findings in these words, ``other_side`` those it contradicts.

    ``has_words``: some of its words are text of the draft, where they are marked.
    """

    number: int
    span: Span
    about: list[Remark] = field(default_factory=list)
    other_side: list[Remark] = field(default_factory=list)
    has_words: bool = False

    @property
    def kind(self) -> str:
        """The severity of the gravest finding in these words; "other" if they are only the other side of some."""
        gravest = max((one.finding.severity for one in self.about), key=lambda one: one.weight, default=None)
        return gravest.value if gravest else "other"


class Spots:
    """All findings of a run that are shown, and their spots, by file. A range has one spot, whatever speaks of it."""

    def __init__(self, run: Run) -> None:
        self.remarks: dict[str, list[Remark]] = {}
        self._spots: dict[str, dict[Span, Spot]] = defaultdict(dict)
        self._count = 0
        with_text = {file.path for file in run.files if file.has_text}
        shown = ((file, finding) for file in run.files for finding in file.shown)
        for number, (file, finding) in enumerate(shown, 1):
            remark = Remark(number, finding, file.rules.by_code[finding.code].family)
            self.remarks.setdefault(file.path, []).append(remark)
            if file.path in with_text and not is_of_whole_file(finding):
                self._make(finding.place).about.append(remark)
                for place in related_shown(finding):
                    self._make(place).other_side.append(remark)

    def _make(self, place: Place) -> Spot:
        of_file, span = self._spots[place.path], Span(place.start, place.end)
        if span not in of_file:
            self._count += 1
            of_file[span] = Spot(self._count, span)
        return of_file[span]

    def at(self, place: Place) -> Spot | None:
        return self._spots[place.path].get(Span(place.start, place.end))

    def of(self, path: str) -> Iterable[Spot]:
        return self._spots[path].values()

    @property
    def paths(self) -> frozenset[str]:
        """The files that findings speak of: those they stand in and those that contradict them."""
        return frozenset(path for path, spots in self._spots.items() if spots) | frozenset(self.remarks)


class Stretch(NamedTuple):
    """A spot's words in the text of one block; ``in_enumerator``: they begin before it, in what numbers the block."""

    start: int
    end: int
    spot: Spot
    in_enumerator: bool

    @property
    def in_label(self) -> bool:
        """Whether they are nothing but what numbers the block."""
        return self.in_enumerator and self.end == 0


@dataclass
class Placed:
    """Spots on the blocks of a document, by the index of the block: their words, and where each begins."""

    words: dict[int, list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    begun: dict[int, list[Stretch]] = field(default_factory=lambda: defaultdict(list))


def placed(document: Document, indexes: range, spots: Iterable[Spot]) -> Placed:
    """Find some spots in the blocks of a file. One before all its text belongs to the first of them."""
    found = Placed()
    blocks = document.blocks
    for spot in spots:
        first = index = max(document.block_at(spot.span.start) or 0, indexes.start)
        while index < indexes.stop and (index == first or blocks[index].start < spot.span.end):
            stretch = _stretch(blocks[index], spot)
            if index == first:
                found.begun[index].append(stretch)
            if stretch.in_enumerator or stretch.start < stretch.end:
                spot.has_words = True
                found.words[index].append(stretch)
            index += 1
    return found


def _stretch(block: Block, spot: Spot) -> Stretch:
    start, end = block.part(spot.span)
    words = block.text[start:end]
    start += len(words) - len(words.lstrip())
    return Stretch(start, end, spot, bool(block.enumerator and block.enumerator.span.overlaps(spot.span)))
