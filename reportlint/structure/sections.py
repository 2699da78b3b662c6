"""The structure of a draft: sections, numbered paragraphs, labelled headings and lists."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from itertools import accumulate, compress, islice, pairwise
from typing import NamedTuple

from reportlint.document import Block, BlockKind, Document, Span
from reportlint.document.cached import cached_property
from reportlint.document.enumerators import Label
from reportlint.document.on_access import MadeOnAccess
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import PhraseFamily, lower_case
from reportlint.structure.sequences import diagnose

ANNEXES = ("annex", "appendix")
# Of texts up to this length, nothing is kept: a draft may have very many of them.
_SHORT = 40
_LONG = 200_000  # characters of a text whose different words would take much memory
_SOME = 1_000  # texts that exist at a time
_ONE_LINE = ((False,), (True,))  # what most passages have as their lines in capitals
# Headings such as "Decision 6/1" begin a text with numbers and sections of its own.
TEXTS = ("decision", "resolution", "draft_decision", "draft_resolution")


class Role(Enum):
    """The function of a passage in the report."""

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


# In Python 3.11, looking up a member of an enumeration takes long.
_NOTE = Role.NOTE
_NOT_CHECKED = (Role.CODE, Role.QUOTATION, Role.CONTENTS)
_APART = (BlockKind.FOOTNOTE, BlockKind.CODE, BlockKind.QUOTATION)


@dataclass(slots=True, eq=False)
class Section:
    """A heading and the text under it. It never changes.

    ``label`` is its number or letter, if it has one; ``word`` its heading word ("Annex", "Part"), otherwise empty.
    ``kind`` is the lexicon key of the word ("annex", "part"), or "decision" or "resolution" for the text of one.
    ``rank`` is lower for higher levels (annex, I, A, 1, a). ``passage`` is the index of the heading; ``start`` and
    ``length`` are the place of its label in the source, or of its first line if it has none. ``scope`` is the innermost
    Part, annex or decision that this is or belongs to: its numbers begin anew. It is ``None`` for the report itself.
    """

    label: Label | None
    word: str
    title: str
    rank: float
    passage: int
    start: int
    length: int
    parent: Section | None
    kind: str = ""
    scope: Section | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        begins_anew = self.is_part or self.is_annex_itself or self.is_text
        self.scope = self if begins_anew else self.parent and self.parent.scope

    @property
    def span(self) -> Span:
        """The source range of the label, or of the first line if there is none."""
        return Span(self.start, self.start + self.length)

    @property
    def name(self) -> str:
        """The name by which the section is cited ("II", "B", "Annex I"); empty for an unlabelled heading."""
        return f"{self.word} {self.label.bare if self.label else ''}".strip() if self.word or self.label else ""

    @property
    def lineage(self) -> tuple[Section, ...]:
        """This section and its ancestors, from the bottom up."""
        lineage = []
        section: Section | None = self
        while section:
            lineage.append(section)
            section = section.parent
        return tuple(lineage)

    @property
    def cited_under(self) -> Section | None:
        """The section that citations name before this one: not those whose numbers its label repeats ("3.5.2")."""
        above = self.parent
        while above and above.label and self.label and self.label.bare.startswith(f"{above.label.bare}."):
            above = above.parent
        return above

    @property
    def path(self) -> tuple[str, ...]:
        """The names of the ancestors and of this section, from the top down, without unlabelled headings."""
        above = self.cited_under
        names = above.path if above else ()
        return (*names, self.name) if self.name else names

    @property
    def is_part(self) -> bool:
        """Whether this is a Part. Citations of its sections do not name it."""
        return self.kind == "part"

    @property
    def is_annex(self) -> bool:
        """Whether this is an annex or appendix, or a section of one."""
        section: Section | None = self
        while section and section.kind not in ANNEXES:
            section = section.parent
        return section is not None

    @property
    def is_annex_itself(self) -> bool:
        """Whether this is itself an annex or appendix, not merely a section of one."""
        return self.kind in ANNEXES

    @property
    def is_text(self) -> bool:
        """Whether this is the text of a decision or resolution, which has numbers and sections of its own."""
        return self.kind in TEXTS

    def within(self, other: Section) -> bool:
        """Return whether this is ``other`` or one of its descendants."""
        section: Section | None = self
        while section and section is not other:
            section = section.parent
        return section is other


class Labelled(NamedTuple):
    """A label that consists of a word and a number: "Recommendation 6", "Table II".

    ``kind`` is its lexicon key; ``start`` and ``length`` are its place in the source.
    """

    kind: str
    word: str
    label: Label
    text: str
    start: int
    length: int
    passage: int
    section: Section | None

    @property
    def span(self) -> Span:
        """The source range."""
        return Span(self.start, self.start + self.length)

    @property
    def number(self) -> int:
        return self.label.value


@dataclass(slots=True, eq=False)
class _Kept:
    """What a passage keeps about its text: the text in lower case, and the results of its properties.

    Short passages keep nothing and share one object, in which ``folded`` is ``None``.
    """

    lexicon: Lexicon
    folded: str | None = None
    sentence_ends: tuple[int, ...] | None = None
    quotations: tuple[tuple[int, int], ...] | None = None
    capital_lines: tuple[bool, ...] | None = None


_nothing_kept = lru_cache(maxsize=8)(_Kept)


@dataclass(slots=True, eq=False, init=False)
class Passage:
    """A block in its context.

    ``label`` is the enumerator of the block, ``paragraph`` the label of the numbered paragraph it belongs to, and
    ``labelled`` the labelled text it belongs to ("Recommendation 6"); it belongs to at most one of the two. Each is
    ``None`` where there is none. A passage never changes. It is not frozen, because setting the fields of frozen
    objects takes long and a draft has many passages.
    """

    index: int
    block: Block
    role: Role
    section: Section | None
    label: Label | None
    text: str
    _part_of: Label | Labelled | None
    _kept: _Kept

    def __init__(
        self,
        index: int,
        block: Block,
        role: Role,
        section: Section | None,
        label: Label | None,
        paragraph: Label | None,
        labelled: Labelled | None,
        lexicon: Lexicon,
    ) -> None:
        self.index, self.block, self.role, self.section, self.label = index, block, role, section, label
        self._part_of = paragraph or labelled
        self.text = text = block.text
        self._kept = _Kept(lexicon, lower_case(text)) if len(text) > _SHORT else _nothing_kept(lexicon)

    @property
    def paragraph(self) -> Label | None:
        """The label of the numbered paragraph to which the passage belongs, if any."""
        return self._part_of if isinstance(self._part_of, Label) else None

    @property
    def labelled(self) -> Labelled | None:
        """The labelled text to which the passage belongs, if any."""
        return self._part_of if isinstance(self._part_of, Labelled) else None

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon of the language of the draft."""
        return self._kept.lexicon

    @property
    def folded(self) -> str:
        """The text in lower case, with unchanged offsets."""
        folded = self._kept.folded
        return lower_case(self.text) if folded is None else folded

    @property
    def is_checked(self) -> bool:
        """Whether wording rules check this passage. They skip code, block quotations and tables of contents."""
        return self.role not in _NOT_CHECKED

    @property
    def number(self) -> str | None:
        """The number of the numbered paragraph, as cited; ``None`` in a footnote and outside numbered paragraphs."""
        paragraph = self.paragraph
        return paragraph.bare if paragraph and self.role is not _NOTE else None

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the source range of ``text[start:end]``."""
        return self.block.span(start, end)

    @property
    def sentence_ends(self) -> tuple[int, ...]:
        """The offsets in the text at which its sentences end."""
        kept = self._kept
        if kept.folded is None:
            return kept.lexicon.sentence_ends(self.text)
        if kept.sentence_ends is None:
            kept.sentence_ends = kept.lexicon.sentence_ends(self.text)
        return kept.sentence_ends

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return the range of the sentence that holds ``offset`` of the text."""
        ends = self.sentence_ends
        index = min(bisect_right(ends, offset), len(ends) - 1)
        return (ends[index - 1] if index else 0), ends[index]

    @property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """The quoted ranges of the text, including their quotation marks."""
        kept = self._kept
        if kept.folded is None:
            return _quotations_in(self.text, kept.lexicon)
        if kept.quotations is None:
            kept.quotations = _quotations_in(self.text, kept.lexicon)
        return kept.quotations

    @property
    def capital_lines(self) -> tuple[bool, ...]:
        """Whether each line of the text is set in capitals."""
        kept = self._kept
        if kept.folded is None:
            return _capital_lines_of(self.block)
        if kept.capital_lines is None:
            kept.capital_lines = _capital_lines_of(self.block)
        return kept.capital_lines

    def is_quoted(self, offset: int) -> bool:
        """Return whether the character at ``offset`` is in a quotation, quotation marks included."""
        quotations = self.quotations
        if not quotations:
            return False
        index = bisect_right(quotations, (offset, len(self.text))) - 1
        return index >= 0 and offset < quotations[index][1]

    def may_be_quoted(self, offset: int) -> bool:
        """Return whether a quotation that begins or ends in another passage may hold the character at ``offset``.

        A quotation mark that is not closed stands before it, or one that is not opened after it.
        """
        text = self.text
        return any(
            self._has_single(opening, 0, offset) or self._has_single(closing, offset, len(text))
            for opening, closing in self.lexicon.section("lists", "quotes")
            if opening != closing and (opening in text or closing in text)
        )

    def _has_single(self, mark: str, start: int, end: int) -> bool:
        """Return whether a quotation mark stands in a range of the text and belongs to no quotation of the text."""
        places = (match.start() for match in re.finditer(re.escape(mark), self.text[start:end]))
        return any(not self.is_quoted(start + place) for place in places)


def _capital_lines_of(block: Block) -> tuple[bool, ...]:
    text, starts = block.text, block.line_starts
    if len(starts) == 1:
        return _ONE_LINE[text.isupper()]
    return tuple(text[start:end].isupper() for start, end in pairwise((*starts, len(text))))


def _quotations_in(text: str, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    has_marks = any(mark in text for mark in _quotation_marks(lexicon))
    return tuple(match.span() for match in _quotes(lexicon).finditer(text)) if has_marks else ()


@lru_cache(maxsize=8)
def _quotation_marks(lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark for pair in lexicon.section("lists", "quotes") for mark in pair))


@lru_cache(maxsize=8)
def _quotes(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(lexicon.slots["quoted"])


class NumberedEntry(NamedTuple):
    """A label in a series, with the index of its passage and its block."""

    label: Label
    passage: int
    block: Block

    @property
    def span(self) -> Span:
        """The source range of the label."""
        return self.block.head


def _entry_of(passage: Passage) -> NumberedEntry:
    """Return the entry that a labelled passage is in its series."""
    assert passage.label is not None
    return NumberedEntry(passage.label, passage.index, passage.block)


@dataclass(slots=True, eq=False)
class Series:
    """Labels in one numbering sequence: the paragraphs of a report, or the items of a list. It never changes.

    ``passages`` are those with the labels; ``above`` is the passage to which a list or decimal series belongs, if any.
    """

    passages: tuple[Passage, ...]
    above: Passage | None = None
    _by_label: dict[str, list[NumberedEntry]] | None = field(default=None, init=False, repr=False)

    @property
    def entries(self) -> Sequence[NumberedEntry]:
        """The labels in order. Each is created when it is accessed: a draft may consist of lists."""
        return MadeOnAccess(_entry_of, self.passages)

    @property
    def parent(self) -> NumberedEntry | None:
        """The entry to which a list or decimal series belongs, if any."""
        return _entry_of(self.above) if self.above else None

    @property
    def values(self) -> list[int]:
        """The numbers, or the positions of the letters in the alphabet."""
        return [passage.label.value for passage in self.passages if passage.label]

    @property
    def by_label(self) -> dict[str, list[NumberedEntry]]:
        """The entries by their labels without punctuation."""
        if self._by_label is None:
            self._by_label = {}
            for entry in self.entries:
                self._by_label.setdefault(entry.label.bare, []).append(entry)
        return self._by_label

    @property
    def last(self) -> NumberedEntry | None:
        """The entry with the highest number, not counting misprints."""
        values = self.values
        misprinted = {broken.index for broken in diagnose(values, values[0]) if broken.kind == "order"}
        indexes = (index for index in range(len(values)) if index not in misprinted)
        highest = max(indexes, key=values.__getitem__, default=None)
        return None if highest is None else self.entries[highest]


class ContentsEntry(NamedTuple):
    """One entry of a table of contents: its heading, the source range of its title, its paragraphs and its page.

    ``paragraphs`` is ``(first, last)`` or ``None``; ``page`` is as printed, or empty.
    """

    heading: Section
    title: Span
    paragraphs: tuple[int, int] | None
    page: str


class Contents(NamedTuple):
    """A table of contents: the indexes of its blocks, and its entries."""

    blocks: range
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, eq=False)
class Structure:
    """The structure of a document, derived from its labels.

    ``paragraphs`` are the series of numbered paragraphs; there are several where annexes or Parts restart the
    numbering. ``decimals`` are the series of paragraphs numbered 4.1, 4.2, one for each number before the last
    point; their parent is the paragraph with that number, if there is one. ``lists`` are all lists of enumerated
    items inside paragraphs. ``labelled`` are the labelled headings ("Recommendation 6"), ``captions`` those of
    tables and figures. ``body_start`` is the index of the first labelled heading, numbered paragraph or
    table of contents; the masthead and title precede it.
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
        """The numbers of all numbered paragraphs."""
        return frozenset(value for series in self.paragraphs for value in series.values)

    @property
    def last_paragraph(self) -> NumberedEntry | None:
        """The numbered paragraph with the highest number, not counting misprints."""
        return max(
            (last for series in self.paragraphs if (last := series.last)),
            key=lambda entry: entry.label.value,
            default=None,
        )

    def decision_at(self, passage: Passage) -> tuple[Section, Series] | None:
        """Return the decision or resolution to which a passage belongs, and the series of its numbered paragraphs.

        ``None`` before the first of these paragraphs, and in the annexes of the decision.
        """
        index = bisect_right(self._series_starts, passage.index) - 1
        text = passage.section.scope if passage.section else None
        if index < 0 or text is None or not text.is_text:
            return None
        series = self.paragraphs[self._series_order[index]]
        first = self.passages[series.entries[0].passage].section
        return (text, series) if first is not None and first.scope is text else None

    @cached_property
    def _series_order(self) -> list[int]:
        """The indices of the series of paragraphs, in the order of their first entries."""
        return sorted(range(len(self.paragraphs)), key=lambda index: self.paragraphs[index].entries[0].passage)

    @cached_property
    def _series_starts(self) -> list[int]:
        return [self.paragraphs[index].entries[0].passage for index in self._series_order]

    @cached_property
    def _intended(self) -> dict[Section, str]:
        """The correct labels of misprinted sections, inferred from their position among their siblings."""
        siblings: dict[tuple[Section | None, str, float], list[Section]] = {}
        for section in self.sections:
            if section.label:
                siblings.setdefault((section.parent, section.word, section.rank), []).append(section)
        intended: dict[Section, str] = {}
        for group in siblings.values():
            labels = [section.label for section in group if section.label]
            for broken in diagnose([label.value for label in labels], labels[0].value):
                if not broken.missing:
                    intended[group[broken.index]] = labels[broken.index].like(broken.expected).strip("().: ")
        return intended

    @cached_property
    def sections_by_citation(self) -> dict[str, list[Section]]:
        """The sections by citation, in full ("II.B") or by any trailing part ("B")."""
        by_citation: dict[str, list[Section]] = {}
        for section in self.sections:
            if section.name:
                endings = {
                    ".".join(parts[start:])
                    for parts in (path.split(".") for path in self.citations(section))
                    for start in range(len(parts))
                }
                for ending in endings:
                    by_citation.setdefault(ending, []).append(section)
        return by_citation

    def intended_label(self, section: Section) -> str:
        """Return the label that the position of the section calls for: the printed one, unless it is misprinted."""
        return self._intended.get(section) or (section.label.bare if section.label else "")

    @cached_property
    def _citations_above(self) -> dict[Section, Set[str]]:
        """The citations of the sections that others are cited under."""
        return {}

    def citations(self, section: Section) -> Set[str]:
        """Return the full citations of a section ("II.B"), by its printed and by its intended label.

        Citations do not name Parts.
        """
        # A parent without a label, such as a lone "Annex", is not part of citations.
        parent = section.cited_under
        above: Set[str] = {""}
        if parent and not parent.is_part:
            known = self._citations_above.get(parent)
            if known is None:
                known = self._citations_above[parent] = self.citations(parent)
            above = known or above
        names = {section.label.bare if section.label else "", self._intended.get(section, "")} - {""}
        if section.is_part or not names:
            return above - {""}
        return {f"{path}.{name}".lstrip(".") for path in above for name in names}

    def checked_passages(self, *families: PhraseFamily) -> tuple[Passage, ...]:
        """Return the passages that wording rules check.

        With ``families``, return only the passages that may contain a phrase of one of them. This is a fast
        prefilter: it never leaves out a passage that contains a phrase.
        """
        if not families:
            return self._checked[0]
        return self.checked_passages_holding({word for family in families for word in family.needles})

    def checked_passages_holding(self, words: Collection[str]) -> tuple[Passage, ...]:
        """Return the passages that wording rules check and that contain one of these texts, in lower case."""
        passages, _, _ = self._checked
        if "" in words:
            return passages
        found = [indexes for word in words if (indexes := self._checked_with(word))]
        if len(found) < 2:
            return tuple(passages[index] for indexes in found for index in indexes)
        holds = bytearray(len(passages))  # for each passage whether it contains one of the texts
        for indexes in found:
            for index in indexes:
                holds[index] = True
        return tuple(compress(passages, holds))

    def _checked_with(self, word: str) -> Sequence[int]:
        """Return the positions, among the passages that wording rules check, of those that contain a text."""
        known = self._words.get(word)
        if known is None:
            _, text, starts = self._checked
            known = self._words[word] = array("I")
            is_absent = word not in self._different_words and word.split() == [word]
            offset = -1 if is_absent else text.find(word)
            while offset >= 0:
                known.append(bisect_right(starts, offset) - 1)
                offset = text.find(word, starts[known[-1] + 1])
        return known

    @cached_property
    def _different_words(self) -> str:
        """The different words of the texts that wording rules check; of a long text, the text itself.

        Most words that are asked for do not occur, which this shows faster than the text.
        """
        passages, text, starts = self._checked
        if len(text) > _LONG:
            return text
        words: set[str] = set()
        for first in range(0, len(passages), _SOME):  # all words, with those that are repeated, take much memory
            words.update(text[starts[first] : starts[min(first + _SOME, len(passages))]].split())
        return "\n".join(words)

    @cached_property
    def _words(self) -> dict[str, array[int]]:
        """The positions of the passages that contain the texts asked for."""
        return {}

    def checked_passages_with(self, pattern: re.Pattern[str]) -> Iterator[Passage]:
        """Yield the passages that wording rules check in which a pattern matches, in lower case.

        All texts are searched as one, which is faster than one by one. Neither a match nor what it looks at
        beside it may hold a line end, which stands between two texts.
        """
        passages, text, starts = self._checked
        match = pattern.search(text)
        while match:
            index = bisect_right(starts, match.start()) - 1
            yield passages[index]
            match = pattern.search(text, starts[index + 1])

    def sections_titled(self, family: PhraseFamily) -> list[Section]:
        """Return the sections whose titles contain a phrase."""
        headings = {passage.index for passage in self.checked_passages(family)}
        return [section for section in self.sections if section.passage in headings and family.search(section.title)]

    def checked_text(self) -> str:
        """Return the texts of the passages that wording rules check, one on each line."""
        return "\n".join(passage.text for passage in self._checked[0])

    def checked_at(self, offset: int) -> tuple[Passage, int]:
        """Return the passage at an offset of :meth:`checked_text`, and the offset in the text of that passage."""
        passages, _, starts = self._checked
        index = bisect_right(starts, offset) - 1
        return passages[index], offset - starts[index]

    @cached_property
    def _checked(self) -> tuple[tuple[Passage, ...], str, array[int]]:
        """The passages that wording rules check, their lower-case texts joined, and the offset of each text in that."""
        passages = self.passages
        if not all(passage.is_checked for passage in passages):
            passages = tuple(passage for passage in passages if passage.is_checked)
        starts = array("I", accumulate((len(passage.text) + 1 for passage in passages), initial=0))
        folded = (passage.folded for passage in passages)
        # At most a thousand of the texts exist at a time: together, those of short passages take much memory.
        thousands = ("\n".join(some) for some in iter(lambda: [*islice(folded, _SOME)], []))
        return passages, "\n".join(thousands), starts

    def front(self) -> Iterable[Passage]:
        """Return the masthead and title: the passages before ``body_start``."""
        return self.passages[: self.body_start]

    def passage_at(self, offset: int) -> Passage | None:
        """Return the passage that holds the source character at ``offset``; ``None`` in a running head."""
        if self.document.is_running_head(offset):
            return None
        index = self.document.block_at(offset)
        return self.passages[index] if index is not None else None

    def number_at(self, offset: int) -> str | None:
        """Return the number of the paragraph that holds the source character at ``offset``, as cited.

        Return ``None`` in a footnote and outside numbered paragraphs.
        """
        passage = self.passage_at(offset)
        return passage.number if passage else None


def is_content(block: Block) -> bool:
    """Return whether a block is part of the running text: not a footnote, code or block quotation."""
    return block.kind not in _APART
