"""Lists of States displayed as lines, bullets, columns or table cells."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reportlint.facts.list_introductions import Introductions
from reportlint.facts.state_lists import (
    ENOUGH_KNOWN,
    Listed,
    ListEntry,
    ListRole,
    StateList,
    last_sentence,
    listed_state,
    read_introduction,
    too_many_unknown,
    with_meaning,
)
from reportlint.facts.states import Naming, StateMention, StateMentions
from reportlint.knowledge.registers import States
from reportlint.language.collation import letters_key
from reportlint.language.lexicon import Lexicon
from reportlint.structure import MentionTable, Passage, PassageMentions, Role, Structure

_ASIDE = (Role.NOTE, Role.CODE, Role.QUOTATION)
_DISPLAYED = (Role.TEXT, Role.ITEM, Role.ROW)
_TEXT, _ROW = Role.TEXT, Role.ROW
_LONGEST_NAME = 60
_LONGEST_CAPTION = 120
_PUNCTUATION = (",", ";", ".")
_MOST_CELLS = 300  # for which all page breaks are tried
_ENOUGH_ANNOUNCED = 2  # names below the announcement of participants or speakers
_UNKNOWN_NAME = re.compile(r"[^\W\d_][^,;:.()\d]+")
_Kind = tuple[Role, bool, int]


def displayed_lists(
    structure: Structure, lexicon: Lexicon, mentions: StateMentions, states: States, introductions: Introductions
) -> Iterator[StateList]:
    """Find runs of passages of the same kind in which every line or cell contains a name and nothing else."""
    reader = _LineReader(lexicon, states)
    captions = _Captions(lexicon)
    run = _Cells()
    kind: _Kind | None = None
    first: Passage | None = None
    for passage in structure.passages:
        if passage.role in _ASIDE:
            continue
        parts = reader.parts(passage, mentions.states)
        passage_kind = (passage.role, passage.block.bullet, passage.block.indent)
        if first and (not parts or parts[0].caption or passage_kind != kind):
            yield from _list_of(run, first, lexicon, states, introductions, captions)
            run, first = _Cells(), None
        if not any(any(part.cells.namings) for part in parts):
            captions.read(passage)
        for part in parts:
            if part.caption:
                if first:
                    yield from _list_of(run, first, lexicon, states, introductions, captions)
                    run, first = _Cells(), None
                captions.read_line(part.caption)
            if part.cells.namings:
                first, kind = first or passage, passage_kind
                run.extend(part.cells)
    if first:
        yield from _list_of(run, first, lexicon, states, introductions, captions)


class _Captions:
    """The lines above a list that say what it is: a title of the attendance list, and the caption of a part of it.

    A title applies until the next heading or numbered paragraph, a caption only to the list below it. Few lines stand
    above a list, so titles are looked for only when a list follows.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.titles = lexicon.phrases("attendance_title")
        self.title = self.caption = ""
        self.further: list[str] = []  # the lines after these

    def read(self, passage: Passage) -> None:
        """Read a passage that is no part of a list."""
        if passage.role is not _TEXT:
            self.title = self.caption = ""
            self.further.clear()
        else:
            self.read_line(passage.text if len(passage.text) <= _LONGEST_CAPTION else "")

    def read_line(self, text: str) -> None:
        """Read a line that is no part of a list."""
        self.further.append(text)

    def above(self, first: Passage) -> str:
        """Return the words above a list that begins in ``first``."""
        for line in self.further:
            if self.titles.search(line):
                self.title, self.caption = line, ""
            else:
                self.caption = line
        self.further.clear()
        headings = [section.title for section in first.section.lineage] if first.section else []
        words = [self.caption, self.title, *headings]
        # The innermost words come last, because the last category of participants counts.
        return ". ".join(word for word in reversed(words) if word)


class _Cells:
    """Cells with one name each: their passages, their places (start, end and column), and the States that they name.

    Most cells are short lines that belong to no list, so entries are made only of those that may be a list.
    """

    __slots__ = ("namings", "passages", "places")

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.places = array("I")
        self.namings: list[Naming | None] = []

    def add(self, passage: Passage, start: int, end: int, column: int, naming: Naming | None) -> None:
        self.passages.append(passage)
        self.places.extend((start, end, column))
        self.namings.append(naming)

    def extend(self, other: _Cells) -> None:
        self.passages += other.passages
        self.places += other.places
        self.namings += other.namings

    @property
    def columns(self) -> array[int]:
        return self.places[2::3]

    def entries(self) -> Iterator[ListEntry]:
        """Yield the entry of each cell."""
        places = iter(self.places)
        for passage, naming, start, end, _ in zip(self.passages, self.namings, places, places, places, strict=True):
            content = listed_state(naming) if naming else Listed(passage.text[start:end])
            yield ListEntry(passage, start, end, content)


class _Part(NamedTuple):
    """The names in some lines of a passage, and the caption on the line above them, if there is one."""

    caption: str
    cells: _Cells


class _LineReader:
    """Reads passages whose lines or cells contain names and nothing else."""

    def __init__(self, lexicon: Lexicon, states: States) -> None:
        self.lexicon, self.states = lexicon, states
        self.conjunctions = sorted(lexicon.words("lists", "and"), key=len, reverse=True)

    def parts(self, passage: Passage, states: MentionTable[StateMention, Naming]) -> list[_Part]:
        """Return the parts of a passage, or nothing if it contains anything but names and captions."""
        if passage.role not in _DISPLAYED:
            return []
        named = states.in_passage(passage)
        if not named and len(passage.text) > _LONGEST_NAME:
            return []
        number = len(passage.block.line_starts)
        parts: list[_Part] = []
        caption, begun = "", 0
        for index, (start, stop) in enumerate(_lines(passage, 0, number) if number > 1 else ()):
            text = passage.text[start:stop].strip()
            if self._is_caption(text):
                if not self._add(parts, caption, begun, index, named):
                    return []
                caption, begun = text, index + 1
        return parts if self._add(parts, caption, begun, number, named) else []

    def _is_caption(self, text: str) -> bool:
        """Return whether a line among names says whose names they are: "States represented by observers"."""
        if "\t" in text or not text[:1].isupper() or self.states.whole(text, self.lexicon.code):
            return False
        return text[-1:].isalpha() and bool(read_introduction(text, self.lexicon).categories)

    def _bare(self, text: str) -> str:
        """Return a cell without the punctuation and conjunction at its end."""
        words = text.rstrip()
        for conjunction in self.conjunctions:
            start = len(words) - len(conjunction)
            if words[start - 1 : start].isspace() and words[start:].casefold() == conjunction:
                words = words[:start].rstrip()
                break
        return words[:-1].rstrip() if words.endswith(_PUNCTUATION) else words

    def _add(
        self, parts: list[_Part], caption: str, first: int, last: int, named: PassageMentions[StateMention]
    ) -> bool:
        """Add the part that consists of some lines. Return whether they contain nothing but names."""
        cells = self._cells(first, last, named)
        if cells is not None and (cells.namings or caption):
            parts.append(_Part(caption, cells))
        return cells is not None

    def _cells(self, first: int, last: int, named: PassageMentions[StateMention]) -> _Cells | None:
        """Return the cells of some lines, column by column, or ``None`` if they contain anything but names."""
        passage, text = named.passage, named.passage.text
        cells = _Cells()
        for number, column in enumerate(_columns(passage, first, last)):
            index = 0
            while index < len(column):
                start, end = column[index], column[index + 1]
                if passage.role is _ROW and not any(map(str.isalpha, text[start:end])):
                    index += 2  # figures beside the names
                    continue
                name = self._bare(text[start:end])
                end = start + len(name)
                known, taken = self.states.whole(name, self.lexicon.code), 2
                if index + 2 < len(column):  # a name that continues on the next line
                    both = f"{text[slice(*column[index : index + 2])]} {text[slice(*column[index + 2 : index + 4])]}"
                    longer = self.states.whole(self._bare(both), self.lexicon.code)
                    known, taken = (longer, 4) if longer else (known, 2)
                index += taken
                naming: Naming | None = None
                if known:
                    position = named.position_at(start)
                    if position is not None and named[position].end == end:
                        naming = named[position].naming
                    else:
                        naming = Naming(known, name if taken == 2 else known.name)
                elif len(name) > _LONGEST_NAME or not name[:1].isupper() or not _UNKNOWN_NAME.fullmatch(name):
                    return None
                cells.add(passage, start, end, number, naming)
        return cells


def _lines(passage: Passage, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of some lines."""
    starts = passage.block.line_starts
    for index in range(first, last):
        yield starts[index], starts[index + 1] - 1 if index + 1 < len(starts) else len(passage.text)


def _columns(passage: Passage, first: int, last: int) -> list[array[int]]:
    """Return the starts and ends of the cells of each column of some lines. Lines without tabs have one column."""
    columns: list[array[int]] = []
    for start, stop in _lines(passage, first, last):
        position = start
        for number, cell in enumerate(passage.text[start:stop].split("\t")):
            if number == len(columns):
                columns.append(array("I"))
            if words := cell.strip():
                begin = position + cell.index(words)
                columns[number].append(begin)
                columns[number].append(begin + len(words))
            position += len(cell) + 1
    return columns


def _in_order(cells: _Cells, first: Passage) -> list[ListEntry]:
    """Return the entries in reading order: columns page by page, whole columns, or lines.

    The order with the fewest breaks in the alphabet is taken. If none is without breaks, the columns may continue on a
    new page, which can begin with any line.
    """
    entries, columns = list(cells.entries()), cells.columns
    if not any(columns):
        return entries
    lines = sorted(range(len(entries)), key=lambda number: (entries[number].passage.index, entries[number].start))
    orders: list[Sequence[int]] = [range(len(entries)), sorted(lines, key=columns.__getitem__), lines]

    def breaks(order: Sequence[int]) -> int:
        names = (letters_key(entries[number].name) for number in order)
        return sum(left > right for left, right in pairwise(names))

    if first.role is not _ROW and len(entries) <= _MOST_CELLS and min(map(breaks, orders)):
        for page in range(1, len(lines)):
            if not columns[lines[page]]:
                above, below = (sorted(part, key=columns.__getitem__) for part in (lines[:page], lines[page:]))
                orders.append([*above, *below])
    return [entries[number] for number in min(orders, key=breaks)]


def _list_of(
    cells: _Cells,
    first: Passage,
    lexicon: Lexicon,
    states: States,
    introductions: Introductions,
    captions: _Captions,
) -> Iterator[StateList]:
    """Yield the list of a run of cells, if it is one. Unknown names count only between known names."""
    known_states = sum(naming is not None for naming in cells.namings)
    if known_states < _ENOUGH_ANNOUNCED:
        return  # true of most runs
    above = introductions.above(first)
    announced = last_sentence(above) if above else ""
    role = ListRole.OTHER
    if above and lexicon.phrases("speakers").search(announced):
        role = ListRole.SPEAKERS
    elif above and lexicon.phrases("attendance").search(announced):
        role = ListRole.ATTENDANCE
    introduction = announced or captions.above(first)
    if not above and lexicon.phrases("attendance_title").search(introduction):
        role = ListRole.ATTENDANCE
    if first.role is _ROW and role is ListRole.OTHER:
        return  # other tables of States may be in any order and repeat names
    if known_states < (ENOUGH_KNOWN if role is ListRole.OTHER else _ENOUGH_ANNOUNCED):
        return
    if (first.role is _ROW or any(cells.columns)) and len(cells.namings) >= 2 * known_states:
        return  # a table of persons or bodies with their States
    run = _in_order(cells, first)
    known = array("I", (index for index, entry in enumerate(run) if entry.content.naming))
    entries = run[known[0] : known[-1] + 1]
    if too_many_unknown(len(known), len(entries) - len(known)):
        return
    yield StateList(
        tuple(with_meaning(entry, states, lexicon) for entry in entries),
        entries[0].mention,
        role,
        read_introduction(introduction, lexicon),
        after_colon=above is not None,
        complete=first.role is _ROW or len(entries) == len(run),
    )
