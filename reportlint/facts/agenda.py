"""The agenda of the session."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile
from typing import NamedTuple

from reportlint.document import MarkKind, Span
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import letters
from reportlint.structure import Label, Passage, Role, Series, Structure, Style, readings

_LEAD = re.compile(r"\s{0,8}(?P<label>\d{1,2}[.)]|\(?[a-z]\))\s+")
_CELL = re.compile(r"(?P<number>\d{1,2})?[. ]{0,2}(?:\(?(?P<sub>[a-z])\))?\.?")


class AgendaItem(NamedTuple):
    """An agenda item ("4") or sub-item ("4 (a)") with its title."""

    number: int
    sub: str
    title: str
    span: Span


@dataclass(frozen=True)
class Agenda:
    """The items of the agenda; empty if the draft does not reproduce one."""

    items: tuple[AgendaItem, ...] = ()
    paragraph: Label | None = None
    span: Span | None = None

    @cached_property
    def is_misnumbered(self) -> bool:
        """Whether the items, or the sub-items of an item, are not numbered consecutively."""
        tops = [item.number for item in self.items if not item.sub]
        subs: dict[int, list[str]] = {}
        for item in self.items:
            if item.sub:
                subs.setdefault(item.number, []).append(item.sub)
        return tops != list(range(1, len(tops) + 1)) or any(
            labels != [letters(place) for place in range(1, len(labels) + 1)] for labels in subs.values()
        )

    @cached_property
    def by_name(self) -> dict[tuple[int, str], AgendaItem]:
        return {(item.number, item.sub): item for item in self.items}

    @property
    def titles(self) -> list[str]:
        return [item.title.strip(" .;:").casefold() for item in self.items]

    def has(self, number: int, sub: str = "") -> bool:
        return (number, sub) in self.by_name


def agenda(structure: Structure, lexicon: Lexicon) -> Agenda:
    """Find the agenda reproduced in the draft.

    This is the list below a sentence that reports the adoption of the agenda. Without one, it is the agenda in an
    annex, or else the first list below a sentence that mentions an agenda and ends with a colon. Different adopted
    agendas belong to different sessions, and references do not show which is meant: the result is then empty.
    """
    adopted, listed = lexicon.phrases("agenda_adopted"), lexicon.phrases("agenda_listed")
    to_come = lexicon.phrases("agenda_to_come")
    adopted_agendas: list[Agenda] = []
    other_agendas: list[Agenda] = []
    for first, items in _listings(structure):
        intro = _introduction(structure, first)
        if intro is None or not items or not listed.search(intro):
            continue
        if to_come.search(intro):
            continue
        span = structure.passages[first].block.head
        is_adopted = adopted.search(intro)
        (adopted_agendas if is_adopted else other_agendas).append(Agenda(items, intro.paragraph, span))
    if any(candidate.titles != adopted_agendas[0].titles for candidate in adopted_agendas):
        return Agenda()
    return next(iter([*adopted_agendas, *_annexed(structure, lexicon), *other_agendas]), Agenda())


def _listings(structure: Structure) -> Iterator[tuple[int, tuple[AgendaItem, ...]]]:
    """Yield possible agendas (lists that begin with 1, block quotes, tables) with the index of the first passage."""
    for series in structure.lists:
        first = series.entries[0]
        if first.label.style is Style.ARABIC and first.label.value == 1:
            yield first.passage, tuple(_items(structure, series))
    for role, run in groupby(structure.passages, key=lambda passage: passage.role):
        if role in (Role.QUOTATION, Role.ROW):
            passages = list(run)
            lines = (line for passage in passages for line in (_lines if role is Role.QUOTATION else _cells)(passage))
            yield passages[0].index, tuple(_numbered(lines))


def _annexed(structure: Structure, lexicon: Lexicon) -> Iterator[Agenda]:
    """Yield the agenda below each annex heading that consists of nothing but the word for it."""
    family = lexicon.phrases("agenda_heading")
    for section in structure.sections:
        match = family.search(section.title) if section.is_annex else None
        if match is None or match.end() < len(section.title.rstrip(" .*")):
            continue
        body = takewhile(lambda passage: passage.role is not Role.HEADING, structure.passages[section.passage + 1 :])
        items = tuple(_numbered(line for passage in body for line in _lines(passage)))
        if items:
            yield Agenda(items, None, structure.passages[section.passage].span())


_Line = tuple[int | None, str, Passage, int, int]


def _lines(passage: Passage) -> Iterator[_Line]:
    """Yield the enumerated lines of a passage, with the range from each enumerator to the next."""
    text, starts = passage.text, passage.block.line_starts
    current: tuple[Label, int] | None = None
    for index, start in enumerate(starts):
        lead = _LEAD.match(text, start)
        printed = passage.block.enumerator.text if index == 0 and passage.block.enumerator else None
        labels = readings(printed or (lead["label"] if lead else ""))
        if labels:
            if current:
                yield from _line(*current, passage, start)
            current = labels[0], start if printed or lead is None else lead.end()
    if current:
        yield from _line(*current, passage, len(text))


def _line(label: Label, start: int, passage: Passage, end: int) -> Iterator[_Line]:
    if label.style is Style.ARABIC:
        yield label.value, "", passage, start, end
    elif label.style is Style.LOWER:
        yield None, label.bare, passage, start, end


def _cells(passage: Passage) -> Iterator[_Line]:
    """Yield a table row that has the number of an item in its first cell and the title in the second."""
    cells = [mark for mark in passage.block.marks if mark.kind is MarkKind.CELL and mark.end > mark.start]
    match = _CELL.fullmatch(passage.text, cells[0].start, cells[0].end) if len(cells) > 1 else None
    if match and (match["number"] or match["sub"]):
        number = int(match["number"]) if match["number"] else None
        yield number, match["sub"] or "", passage, cells[1].start, cells[1].end


def _numbered(lines: Iterable[_Line]) -> Iterator[AgendaItem]:
    """Yield the items of numbered lines, up to the beginning of another list. The first item must be 1."""
    number: int | None = None
    for value, sub, passage, start, end in lines:
        if (number is None) != (value == 1):
            return
        number = value or number
        text = passage.text[start:end].rstrip()
        title = text.lstrip()
        if number:
            yield AgendaItem(number, sub, title, passage.span(start + len(text) - len(title), start + len(text)))


def _introduction(structure: Structure, first: int) -> Passage | None:
    for passage in reversed(structure.passages[:first]):
        if passage.role in (Role.NOTE, Role.CODE) or not passage.text:
            continue
        if passage.role in (Role.HEADING, Role.QUOTATION, Role.ROW):
            return None
        return passage if passage.text.rstrip().endswith(":") else None
    return None


def _items(structure: Structure, series: Series) -> Iterator[AgendaItem]:
    ends = [entry.passage for entry in series.entries[1:]]
    for index, entry in enumerate(series.entries):
        passage = structure.passages[entry.passage]
        yield AgendaItem(entry.label.value, "", passage.text, passage.span())
        limit = ends[index] if index < len(ends) else None
        for sub in _passages_until(structure, entry.passage + 1, limit):
            if sub.role is not Role.ITEM or sub.label is None or sub.label.style is Style.ARABIC:
                if limit is None:
                    break
                continue
            if sub.label.style is Style.LOWER:
                yield AgendaItem(entry.label.value, sub.label.bare, sub.text, sub.span())


def _passages_until(structure: Structure, start: int, limit: int | None) -> tuple[Passage, ...]:
    return structure.passages[start:limit]
