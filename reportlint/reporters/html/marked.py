"""The texts of a draft's blocks with the words of findings marked, and links from them to the findings."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reportlint.document import Block, Mark, MarkKind, Source
from reportlint.reporters.html.markup import number_link, phrase, safe, said
from reportlint.reporters.html.prose import Range, emphasis, woven
from reportlint.reporters.html.spots import Placed, Remark, Spot
from reportlint.reporters.sentences import Wording
from reportlint.structure import Passage, Role

_OTHER_SIDES_SHOWN = 10
_BULLET = "•"


class MarkedText:
    """Writes what stands in the blocks of a file. ``prefix`` keeps the ids of files apart."""

    def __init__(
        self, source: Source, passages: Sequence[Passage], placed: Placed, wording: Wording, prefix: str
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
        """What numbers the block: its enumerator or bullet."""
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
        text += "".join(self._numbers(one.spot) for one in self.placed.begun.get(passage.index, ()) if one.in_label)
        return f'<span class="label">{text} </span>'

    def text(self, passage: Passage, line_end: str = "") -> str:
        """The text of the block; ``line_end`` is put where a line of the file begins."""
        between = self._between(passage)
        for start in passage.block.line_starts[1:] if line_end else ():
            between[start] = line_end + between.get(start, "")
        return woven(passage.block, self.source, self._ranges(passage), between)

    def cells(self, passage: Passage) -> Iterator[str]:
        """The texts of the cells of a row."""
        block = passage.block
        cells = [mark for mark in block.marks if mark.kind is MarkKind.CELL]
        starts = [cell.start for cell in cells]

        def cell_at(offset: int) -> int:
            return max(0, bisect_right(starts, offset) - 1)

        ranges: dict[int, list[Range]] = defaultdict(list)
        for one in self._ranges(passage):
            for number in range(cell_at(one.start), cell_at(one.end - 1) + 1):
                ranges[number].append(one)
        between: dict[int, dict[int, str]] = defaultdict(dict)
        for offset, html in self._between(passage).items():
            between[cell_at(offset)][offset] = html
        for number, cell in enumerate(cells):
            yield woven(block, self.source, ranges[number], between[number], cell.start, cell.end)

    def _ranges(self, passage: Passage) -> Iterator[Range]:
        yield from emphasis(passage.block)
        for stretch in self.placed.words.get(passage.index, ()):
            yield Range(0, stretch.start, stretch.end, _opening(stretch.spot), "</mark>")

    def _between(self, passage: Passage) -> dict[int, str]:
        """What stands between the characters: marks of footnotes, and after the words of findings their numbers."""
        found: dict[int, str] = defaultdict(str)
        for mark in _note_marks(passage.block):
            found[mark.start] += f"<sup>{self._note_mark(mark)}</sup>"
        for stretch in self.placed.begun.get(passage.index, ()):
            if stretch.in_label:
                continue
            found[stretch.end] += self._numbers(stretch.spot)
        return found

    def _note_mark(self, mark: Mark) -> str:
        text = safe(mark.value)
        number = self.notes.get(mark.value)
        if number is None:
            return text
        own = f' id="{self.prefix}m{number}"' if self.first_marks[mark.value] is mark else ""
        return f'<a href="#{self.prefix}n{number}"{own}>{text}</a>'

    def _numbers(self, spot: Spot) -> str:
        """The numbers of the findings that speak of some words, as links to them."""
        links = [self._number(one, "finding", one.finding.severity.value) for one in spot.about]
        links += [self._number(one, "other_side", "other") for one in spot.other_side[:_OTHER_SIDES_SHOWN]]
        if (hidden := len(spot.other_side) - _OTHER_SIDES_SHOWN) > 0:
            links.append(f"<small>{said(self.wording.counted(self.wording.words['more_files'], hidden))}</small>")
        return f'<span class="numbers" id="s{spot.number}" lang="{self.wording.lexicon.code}">{"".join(links)}</span>'

    def _number(self, remark: Remark, role: str, kind: str) -> str:
        number = remark.number
        return number_link(number, kind, f"f{number}", phrase(self.wording, role, number=number))


def _opening(spot: Spot) -> str:
    return f'<mark class="{spot.kind}" data-spot="{spot.number}">'


def _note_marks(block: Block) -> Iterator[Mark]:
    return (mark for mark in block.marks if mark.kind is MarkKind.FOOTNOTE)
