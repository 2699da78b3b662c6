"""The text of blocks as HTML, with the words of findings marked and linked to their notes."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reportlint.document import Block, Mark, MarkKind, Source
from reportlint.reporters.html.finding_spots import NumberedFinding, PlacedSpots, Spot
from reportlint.reporters.html.markup import number_link, phrase, safe, safe_wording
from reportlint.reporters.html.prose import Range, emphasis_ranges, weave
from reportlint.reporters.sentences import Wording
from reportlint.structure import Passage, Role

_RELATED_SHOWN = 10
_BULLET = "•"


class MarkedText:
    """Converts the text of the blocks of one file. ``prefix`` makes its element ids unique on the page."""

    def __init__(
        self, source: Source, passages: Sequence[Passage], placed: PlacedSpots, wording: Wording, prefix: str
    ) -> None:
        self.source, self.placed, self.wording, self.prefix = source, placed, wording, prefix
        self.notes: dict[str, int] = {}
        for passage in passages:
            if passage.role is Role.NOTE and passage.block.enumerator:
                self.notes.setdefault(passage.block.enumerator.text, len(self.notes) + 1)
        self.first_marks: dict[str, Mark] = {}
        for passage in passages:
            for mark in _note_marks(passage.block):
                self.first_marks.setdefault(mark.value, mark)

    def label(self, passage: Passage) -> str:
        """Return the label of a block: its enumerator or bullet."""
        block = passage.block
        if block.enumerator is None:
            return f'<span class="label">{_BULLET} </span>' if block.bullet else ""
        text = safe(block.enumerator.text)
        if passage.role is Role.NOTE and block.enumerator.text in self.first_marks:
            number = self.notes[block.enumerator.text]
            text = f'<a href="#{self.prefix}m{number}" id="{self.prefix}n{number}">{text}</a>'
        for stretch in self.placed.words.get(passage.index, ()):
            if stretch.in_enumerator:
                text = f"{_opening(stretch.spot)}{text}</mark>"
        starts = self.placed.starts.get(passage.index, ())
        text += "".join(self._numbers(stretch.spot) for stretch in starts if stretch.in_label)
        return f'<span class="label">{text} </span>'

    def text(self, passage: Passage, line_end: str = "") -> str:
        """Return the text of a block, with ``line_end`` inserted before each further line of the file."""
        insertions = self._insertions(passage)
        for start in passage.block.line_starts[1:] if line_end else ():
            insertions[start] = line_end + insertions.get(start, "")
        return weave(passage.block, self.source, self._ranges(passage), insertions)

    def cells(self, passage: Passage) -> Iterator[str]:
        """Yield the text of each cell of a table row."""
        block = passage.block
        cells = [mark for mark in block.marks if mark.kind is MarkKind.CELL]
        starts = [cell.start for cell in cells]

        def cell_at(offset: int) -> int:
            return max(0, bisect_right(starts, offset) - 1)

        ranges: dict[int, list[Range]] = defaultdict(list)
        for tagged in self._ranges(passage):
            for number in range(cell_at(tagged.start), cell_at(tagged.end - 1) + 1):
                ranges[number].append(tagged)
        insertions: dict[int, dict[int, str]] = defaultdict(dict)
        for offset, html in self._insertions(passage).items():
            insertions[cell_at(offset)][offset] = html
        for number, cell in enumerate(cells):
            yield weave(block, self.source, ranges[number], insertions[number], cell.start, cell.end)

    def _ranges(self, passage: Passage) -> Iterator[Range]:
        yield from emphasis_ranges(passage.block)
        for stretch in self.placed.words.get(passage.index, ()):
            yield Range(0, stretch.start, stretch.end, _opening(stretch.spot), "</mark>")

    def _insertions(self, passage: Passage) -> dict[int, str]:
        """Return the HTML to insert, by offset: footnote marks, and the numbers of findings after their words."""
        insertions: dict[int, str] = defaultdict(str)
        for mark in _note_marks(passage.block):
            insertions[mark.start] += f"<sup>{self._note_mark(mark)}</sup>"
        for stretch in self.placed.starts.get(passage.index, ()):
            if stretch.in_label:
                continue
            insertions[stretch.end] += self._numbers(stretch.spot)
        return insertions

    def _note_mark(self, mark: Mark) -> str:
        text = safe(mark.value)
        number = self.notes.get(mark.value)
        if number is None:
            return text
        anchor = f' id="{self.prefix}m{number}"' if self.first_marks[mark.value] is mark else ""
        return f'<a href="#{self.prefix}n{number}"{anchor}>{text}</a>'

    def _numbers(self, spot: Spot) -> str:
        """Return the numbers of the findings about some words, as links to their notes."""
        links = [self._number(entry, "finding", entry.finding.severity.value) for entry in spot.findings]
        links += [self._number(entry, "other_side", "other") for entry in spot.related_to[:_RELATED_SHOWN]]
        if (hidden := len(spot.related_to) - _RELATED_SHOWN) > 0:
            more = self.wording.plural(self.wording.words["more_files"], hidden)
            links.append(f"<small>{safe_wording(more)}</small>")
        return f'<span class="numbers" id="s{spot.number}" lang="{self.wording.lexicon.code}">{"".join(links)}</span>'

    def _number(self, finding: NumberedFinding, role: str, kind: str) -> str:
        number = finding.number
        return number_link(number, kind, f"f{number}", phrase(self.wording, role, number=number))


def _opening(spot: Spot) -> str:
    return f'<mark class="{spot.kind}" data-spot="{spot.number}">'


def _note_marks(block: Block) -> Iterator[Mark]:
    return (mark for mark in block.marks if mark.kind is MarkKind.FOOTNOTE)
