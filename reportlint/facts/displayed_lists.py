"""Lists of States displayed as lines, bullets, columns or table cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportlint.facts.list_introductions import Introductions
from reportlint.facts.state_lists import (
    ENOUGH_KNOWN,
    ListEntry,
    ListRole,
    StateList,
    last_sentence,
    read_introduction,
    too_many_unknown,
    unknown_entry,
)
from reportlint.facts.states import StateMention, StateMentions
from reportlint.knowledge.registers import States
from reportlint.language.collation import letters_key
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage, Role, Structure

_ASIDE = (Role.NOTE, Role.CODE, Role.QUOTATION)
_DISPLAYED = (Role.TEXT, Role.ITEM, Role.ROW)
_LONGEST_NAME = 60
_UNKNOWN_NAME = re.compile(r"[A-ZÀ-ÝŒ][^,;:.()\d]+")
_Kind = tuple[Role, bool, int]
_Cell = tuple[int, ListEntry]


def displayed_lists(
    structure: Structure, lexicon: Lexicon, mentions: StateMentions, states: States, introductions: Introductions
) -> Iterator[StateList]:
    """Find runs of passages of the same kind in which every line or cell contains a name and nothing else."""
    ending = re.compile(rf"\s*[,;.]?(?:\s(?:{alternation(lexicon.words('lists', 'and'))}))?\s*\Z", re.IGNORECASE)
    run: list[_Cell] = []
    kind: _Kind | None = None
    first: Passage | None = None
    for passage in structure.passages:
        if passage.role in _ASIDE:
            continue
        entries = _entries(passage, mentions.states_by_passage.get(passage.index, []), states, lexicon, ending)
        passage_kind = (passage.role, passage.block.bullet, passage.block.indent)
        if first and (not entries or passage_kind != kind):
            yield from _list_of(_in_order(run), first, lexicon, introductions)
            run, first = [], None
        if entries:
            first, kind = first or passage, passage_kind
            run += entries
    if first:
        yield from _list_of(_in_order(run), first, lexicon, introductions)


def _entries(
    passage: Passage, named: list[StateMention], states: States, lexicon: Lexicon, ending: re.Pattern[str]
) -> list[_Cell]:
    """Return the entries in a passage, column by column, or nothing if it contains anything else."""
    if passage.role not in _DISPLAYED or not (named or len(passage.text) <= _LONGEST_NAME):
        return []
    by_start = {mention.match.start: mention for mention in named}
    cells: list[_Cell] = []
    for number, column in enumerate(_columns(passage)):
        index = 0
        while index < len(column):
            start, end = column[index]
            if passage.role is Role.ROW and not any(map(str.isalpha, passage.text[start:end])):
                index += 1  # figures beside the names
                continue
            end = start + len(ending.sub("", passage.text[start:end]))
            known, lines = states.whole(passage.text[start:end], lexicon.code), 1
            if index + 1 < len(column):  # a name that continues on the next line
                both = f"{passage.text[slice(*column[index])]} {passage.text[slice(*column[index + 1])]}"
                longer = states.whole(ending.sub("", both), lexicon.code)
                known, lines = (longer, 2) if longer else (known, 1)
            index += lines
            name, span = passage.text[start:end], passage.span(start, end)
            if known:
                mention = by_start.get(start)
                if mention is None or mention.match.end != end:
                    match = known._replace(start=start, end=end)
                    mention = StateMention(match, span, passage.index, False, False, known.name)
                cells.append((number, ListEntry(known.name, span, mention, meant=known.iso3)))
            elif len(name) <= _LONGEST_NAME and _UNKNOWN_NAME.fullmatch(name):
                cells.append((number, unknown_entry(name, span, states, lexicon)))
            else:
                return []
    return cells


def _columns(passage: Passage) -> list[list[tuple[int, int]]]:
    """Return the ranges of the cells of each column. A passage without tabs has one column, of lines."""
    columns: list[list[tuple[int, int]]] = []
    bounds = (*passage.block.line_starts, len(passage.text) + 1)
    for start, stop in pairwise(bounds):
        position = start
        for number, cell in enumerate(passage.text[start : stop - 1].split("\t")):
            lead = len(cell) - len(cell.lstrip())
            if number == len(columns):
                columns.append([])
            if cell.strip():
                columns[number].append((position + lead, position + lead + len(cell.strip())))
            position += len(cell) + 1
    return columns


def _in_order(cells: Sequence[_Cell]) -> list[ListEntry]:
    """Return the entries in reading order: columns page by page, whole columns, or lines.

    The order with the fewest breaks in the alphabet is taken.
    """
    orders = (
        list(cells),
        sorted(cells, key=lambda cell: (cell[0], cell[1].span)),
        sorted(cells, key=lambda cell: cell[1].span),
    )
    return [entry for _, entry in min(orders, key=_breaks)]


def _breaks(cells: Sequence[_Cell]) -> int:
    return sum(letters_key(left.name) > letters_key(right.name) for (_, left), (_, right) in pairwise(cells))


def _list_of(
    run: list[ListEntry], first: Passage, lexicon: Lexicon, introductions: Introductions
) -> Iterator[StateList]:
    """Yield the list of a run, if it is one. Unknown names count only between known names."""
    known = [index for index, entry in enumerate(run) if entry.mention]
    if len(known) < ENOUGH_KNOWN:
        return
    if first.role is Role.ROW and len(run) >= 2 * len(known):
        return  # a table of persons or bodies with their States
    entries = run[known[0] : known[-1] + 1]
    if too_many_unknown(len(known), len(entries) - len(known)):
        return
    above = introductions.colons.get(first.index)
    title = first.section.title if first.section else ""
    introduction = last_sentence(above) if above else title
    role = ListRole.OTHER
    if above and lexicon.phrases("speakers").search(introduction):
        role = ListRole.SPEAKERS
    elif lexicon.phrases("attendance" if above else "attendance_title").search(introduction):
        role = ListRole.ATTENDANCE
    head = entries[0].mention
    # Other tables of States do not count: they may be in any order and repeat names.
    if head and not (first.role is Role.ROW and role is ListRole.OTHER):
        yield StateList(
            tuple(entries),
            head.passage,
            head.match.start,
            head.match.end,
            role,
            read_introduction(introduction, lexicon),
            after_colon=above is not None,
            complete=first.role is Role.ROW or len(entries) == len(run),
        )
