"""The numbered findings of a run, and the ranges of the drafts that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlint.document import Block, Document, Span
from reportlint.finding import Finding, Place
from reportlint.report import Run
from reportlint.reporters.sentences import is_about_whole_file, related_shown


class NumberedFinding(NamedTuple):
    """A finding with its number on the page and the family of its rule."""

    number: int
    finding: Finding
    family: str


@dataclass(eq=False, slots=True)
class Spot:
    """A range of the source of a draft.

    ``findings`` are those at this range, and ``related_to`` those that have it as a related place. ``has_words`` is
    true if some of its words are in the text of the draft, where they are marked.
    """

    number: int
    span: Span
    findings: list[NumberedFinding] = field(default_factory=list)
    related_to: list[NumberedFinding] = field(default_factory=list)
    has_words: bool = False

    @property
    def kind(self) -> str:
        """The highest severity of the findings at this range, or "other" if it is only a related place."""
        severities = (entry.finding.severity for entry in self.findings)
        highest = max(severities, key=lambda severity: severity.weight, default=None)
        return highest.value if highest else "other"


class Spots:
    """The findings of a run that are shown, and their spots, by file. All findings at one range share one spot."""

    def __init__(self, run: Run) -> None:
        self.findings: dict[str, list[NumberedFinding]] = {}
        self._spots: dict[str, dict[Span, Spot]] = defaultdict(dict)
        self._count = 0
        with_text = {file.path for file in run.files if file.has_text}
        shown = ((file, finding) for file in run.files for finding in file.shown)
        for number, (file, finding) in enumerate(shown, 1):
            entry = NumberedFinding(number, finding, file.rules.by_code[finding.code].family)
            self.findings.setdefault(file.path, []).append(entry)
            if file.path in with_text and not is_about_whole_file(finding):
                self._get_or_create(finding.place).findings.append(entry)
                for place in related_shown(finding):
                    self._get_or_create(place).related_to.append(entry)

    def _get_or_create(self, place: Place) -> Spot:
        by_span, span = self._spots[place.path], Span(place.start, place.end)
        if span not in by_span:
            self._count += 1
            by_span[span] = Spot(self._count, span)
        return by_span[span]

    def at(self, place: Place) -> Spot | None:
        """Return the spot of a place, or ``None`` if it has none."""
        return self._spots[place.path].get(Span(place.start, place.end))

    def in_file(self, path: str) -> Iterable[Spot]:
        """Return the spots of a file."""
        return self._spots[path].values()

    @property
    def paths(self) -> frozenset[str]:
        """The files that have findings or related places of findings."""
        return frozenset(path for path, spots in self._spots.items() if spots) | frozenset(self.findings)


class Stretch(NamedTuple):
    """The words of a spot in the text of one block, as offsets.

    ``in_enumerator`` is true if the spot overlaps the enumerator of the block.
    """

    start: int
    end: int
    spot: Spot
    in_enumerator: bool

    @property
    def in_label(self) -> bool:
        """Whether the spot is only in the enumerator of the block."""
        return self.in_enumerator and self.end == 0


@dataclass
class PlacedSpots:
    """Spots by the index of their blocks: ``words`` in every block, ``starts`` only in the block where each begins."""

    words: dict[int, list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    starts: dict[int, list[Stretch]] = field(default_factory=lambda: defaultdict(list))


def place_spots(document: Document, indexes: range, spots: Iterable[Spot]) -> PlacedSpots:
    """Find spots in the blocks of a file. A spot before the first of them belongs to it."""
    placed = PlacedSpots()
    blocks = document.blocks
    for spot in spots:
        first = index = max(document.block_at(spot.span.start) or 0, indexes.start)
        while index < indexes.stop and (index == first or blocks[index].start < spot.span.end):
            stretch = _stretch(blocks[index], spot)
            if index == first:
                placed.starts[index].append(stretch)
            if stretch.in_enumerator or stretch.start < stretch.end:
                spot.has_words = True
                placed.words[index].append(stretch)
            index += 1
    return placed


def _stretch(block: Block, spot: Spot) -> Stretch:
    start, end = block.part(spot.span)
    words = block.text[start:end]
    start += len(words) - len(words.lstrip())
    return Stretch(start, end, spot, bool(block.enumerator and block.enumerator.span.overlaps(spot.span)))
