"""The structure of a draft: sections, numbered paragraphs, labelled headings, lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from reportlint.document import Block, BlockKind, Document, Span
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import PhraseFamily, lower_case
from reportlint.structure.labels import Label
from reportlint.structure.sequences import diagnose

# Annexes and appendices stand above Parts, these above the labels I, A, 1.
PART_RANK = 0.5


class Role(Enum):
    """What a passage is to a reader of the report."""

    FRONT = "front"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TEXT = "text"
    NOTE = "note"
    ROW = "row"
    QUOTATION = "quotation"
    CODE = "code"
    CONTENTS = "contents"


@dataclass(frozen=True, eq=False)
class Section:
    """A heading and what stands under it. ``rank`` is smaller for what stands above (annex, I, A, 1, a)."""

    label: Label | None
    word: str
    title: str
    rank: float
    passage: int
    span: Span
    parent: Section | None

    @cached_property
    def lineage(self) -> tuple[Section, ...]:
        """This section and those that it lies under, from the bottom up."""
        return (self, *(self.parent.lineage if self.parent else ()))

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The labels from the top down to this section, unlabelled headings left out."""
        above = self.parent.path if self.parent else ()
        return (*above, self.name) if self.name else above

    @cached_property
    def name(self) -> str:
        """How the section is cited: "II", "B", "Annex I"; empty for an unlabelled heading."""
        bare = self.label.bare if self.label else ""
        return f"{self.word} {bare}".strip()

    @property
    def is_part(self) -> bool:
        """Whether this is a Part, which citations of its sections do not name."""
        return bool(self.word) and self.rank == PART_RANK

    @property
    def is_annex(self) -> bool:
        return any(section.is_annex_itself for section in self.lineage)

    @property
    def is_annex_itself(self) -> bool:
        """Whether this is an annex or appendix, rather than a section of one."""
        return bool(self.word) and self.rank < PART_RANK

    def within(self, other: Section) -> bool:
        """Whether this is ``other`` or lies under it."""
        return other in self.lineage


class Labelled(NamedTuple):
    """A word with a number as a label: "Recommendation 6", "Table II". ``kind`` is the lexicon's name for the word."""

    kind: str
    word: str
    label: Label
    text: str
    span: Span
    passage: int
    section: Section | None

    @property
    def number(self) -> int:
        return self.label.value


@dataclass(frozen=True, eq=False)
class Passage:
    """A block in its place. ``paragraph`` is the numbered paragraph it belongs to, ``label`` its own enumerator."""

    index: int
    block: Block
    role: Role
    section: Section | None
    label: Label | None
    paragraph: Label | None
    labelled: Labelled | None
    lexicon: Lexicon

    @cached_property
    def text(self) -> str:
        return self.block.text

    @cached_property
    def folded(self) -> str:
        return lower_case(self.block.text)

    @property
    def speaks(self) -> bool:
        """Whether rules about wording look here: not at code, block quotes, contents (which repeat headings)."""
        return self.role not in (Role.CODE, Role.QUOTATION, Role.CONTENTS)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        return self.block.span(start, end)

    @cached_property
    def sentence_ends(self) -> tuple[int, ...]:
        return self.lexicon.sentence_ends(self.text)

    def sentence(self, offset: int) -> tuple[int, int]:
        """The sentence around an offset of the text."""
        index = min(bisect_right(self.sentence_ends, offset), len(self.sentence_ends) - 1)
        return (self.sentence_ends[index - 1] if index else 0), self.sentence_ends[index]

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """The quoted ranges of the text, quotation marks included."""
        if not any(mark in self.text for pair in self.lexicon.section("lists", "quotes") for mark in pair):
            return ()
        return tuple(match.span() for match in _quotes(self.lexicon).finditer(self.text))

    def is_quoted(self, offset: int) -> bool:
        """Whether the character at ``offset`` stands between quotation marks."""
        quotations = self.quotations
        index = bisect_right(quotations, (offset, len(self.text))) - 1
        return index >= 0 and offset < quotations[index][1]


@lru_cache(maxsize=8)
def _quotes(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(lexicon.slots["quoted"])


class NumberedEntry(NamedTuple):
    """A label in a series, with the passage that bears it."""

    label: Label
    passage: int
    span: Span


class Series(NamedTuple):
    """Labels that count together: the paragraphs of a report, the items of one list."""

    entries: tuple[NumberedEntry, ...]
    parent: NumberedEntry | None = None

    @property
    def values(self) -> list[int]:
        return [entry.label.value for entry in self.entries]


class ContentsEntry(NamedTuple):
    """One line of a table of contents: the heading that it announces, its range of paragraphs, its page as printed."""

    heading: Section
    title: Span
    paragraphs: tuple[int, int] | None
    page: str


class Contents(NamedTuple):
    """A table of contents: the blocks it takes and its entries."""

    blocks: range
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, eq=False)
class Structure:
    """All that the labels of a document say of its order.

    ``paragraphs`` are the series of numbered paragraphs (more than one where annexes or Parts begin again);
    ``decimals`` those numbered 4.1, 4.2, a series for each number before the last point, with the paragraph that
    bears that number, if there is one; ``lists`` every list of enumerated items inside a paragraph; ``captions``
    the numbers of tables and figures.
    """

    document: Document
    lexicon: Lexicon
    passages: tuple[Passage, ...]
    sections: tuple[Section, ...]
    labelled: tuple[Labelled, ...]
    paragraphs: tuple[Series, ...]
    decimals: tuple[Series, ...]
    lists: tuple[Series, ...]
    captions: tuple[Labelled, ...]
    body_start: int
    contents: tuple[Contents, ...] = ()

    @cached_property
    def paragraph_numbers(self) -> frozenset[int]:
        return frozenset(entry.label.value for series in self.paragraphs for entry in series.entries)

    @property
    def last_paragraph(self) -> NumberedEntry | None:
        """The numbered paragraph with the highest number, misprinted ones aside."""
        entries: list[NumberedEntry] = []
        for series in self.paragraphs:
            values = series.values
            misprinted = {broken.index for broken in diagnose(values, values[0]) if broken.kind == "order"}
            entries += (entry for index, entry in enumerate(series.entries) if index not in misprinted)
        return max(entries, key=lambda entry: entry.label.value, default=None)

    @cached_property
    def _intended(self) -> dict[Section, str]:
        """What misprinted section labels should be, by their place among their siblings."""
        siblings: dict[tuple[Section | None, str, float], list[Section]] = {}
        for section in self.sections:
            if section.label:
                siblings.setdefault((section.parent, section.word, section.rank), []).append(section)
        found: dict[Section, str] = {}
        for group in siblings.values():
            labels = [section.label for section in group if section.label]
            for broken in diagnose([label.value for label in labels], labels[0].value):
                if not broken.missing:
                    found[group[broken.index]] = labels[broken.index].like(broken.expected).strip("().: ")
        return found

    @cached_property
    def sections_by_citation(self) -> dict[str, list[Section]]:
        """The sections by every way to cite them, in full ("II.B") or by the end of it ("B")."""
        found: dict[str, list[Section]] = {}
        for section in self.sections:
            if section.name:
                endings = {
                    ".".join(parts[start:])
                    for parts in (path.split(".") for path in self.citations(section))
                    for start in range(len(parts))
                }
                for ending in endings:
                    found.setdefault(ending, []).append(section)
        return found

    def intended_label(self, section: Section) -> str:
        """The label that the section's place demands; that is the printed one unless it is misprinted."""
        return self._intended.get(section) or (section.label.bare if section.label else "")

    def citations(self, section: Section) -> set[str]:
        """How a section may be cited ("II.B"), by its printed label and by the one that its place demands.

        Parts are left out: citations are by section.
        """
        above = self.citations(section.parent) if section.parent and not section.parent.is_part else {""}
        own = {section.label.bare if section.label else "", self._intended.get(section, "")} - {""}
        if section.is_part or not own:
            return above - {""}
        return {f"{path}.{name}".lstrip(".") for path in above for name in own}

    def speaking(self, *families: PhraseFamily) -> tuple[Passage, ...]:
        """The passages that rules about wording look at; where families are named, only those that may hold a phrase
        of one of them."""
        passages, text, starts = self._speaking
        needles = {word for family in families for word in family.needles}
        if not families or "" in needles:
            return passages
        found: set[int] = set()
        for word in needles:
            at = text.find(word)
            while at >= 0:
                index = bisect_right(starts, at) - 1
                found.add(index)
                at = text.find(word, starts[index + 1])
        return tuple(passages[index] for index in sorted(found))

    @cached_property
    def _speaking(self) -> tuple[tuple[Passage, ...], str, list[int]]:
        """The passages, all their small letters together, and where those of each begin in them."""
        passages = tuple(passage for passage in self.passages if passage.speaks)
        starts = list(accumulate((len(passage.text) + 1 for passage in passages), initial=0))
        return passages, "\n".join(passage.folded for passage in passages), starts

    def front(self) -> Iterable[Passage]:
        """Masthead and title: what stands before the first section or numbered paragraph."""
        return self.passages[: self.body_start]

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that a character of the source belongs to."""
        index = self.document.block_at(offset)
        return self.passages[index] if index is not None else None

    def number_at(self, offset: int) -> str | None:
        """The number of the paragraph that a character belongs to, as a citation gives it; ``None`` outside."""
        passage = self.passage_at(offset)
        if passage is None or passage.role is Role.NOTE or passage.paragraph is None:
            return None
        return passage.paragraph.bare


def is_content(block: Block) -> bool:
    """Whether a block is part of the running report rather than a note or furniture."""
    return block.kind not in (BlockKind.FOOTNOTE, BlockKind.CODE, BlockKind.QUOTATION)
