"""The agenda of the session."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, groupby, takewhile
from typing import NamedTuple

from reportlint.document import MarkKind, Span
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, letters
from reportlint.language.phrases import PhraseFamily
from reportlint.structure import Label, Mention, Passage, Role, Series, Structure, Style, readings

_LEAD = re.compile(r"\s{0,8}(?P<label>\d{1,2}[.)]|\(?[a-z]\))\s+")
_AFTER_ITEM = re.compile(r"\s?[.:–—-]\s*(?=\S)")
_ITEM = re.compile(r"(?P<number>\d{1,2})(?:\s?\(?(?P<sub>[a-z])\))?")
_RUN_IN = re.compile(r":\s+(?=\(?1[.)]\s)")
_FEWEST = 2  # items of an agenda within a sentence
_CELL = re.compile(r"(?P<number>\d{1,2})?[. ]{0,2}(?:\(?(?P<sub>[a-z])\))?\.?")
# In Python 3.11, looking up a member of an enumeration takes long.
_HEADING, _QUOTATION, _CELL_MARK = Role.HEADING, Role.QUOTATION, MarkKind.CELL
_TABLES = (Role.QUOTATION, Role.ROW)


class AgendaItem(NamedTuple):
    """An agenda item ("4") or sub-item ("4 (a)") with its title."""

    number: int
    sub: str
    title: str
    passage: Passage
    start: int
    end: int

    @property
    def mention(self) -> Mention:
        return Mention(self.passage, self.start, self.end)

    @property
    def span(self) -> Span:
        return self.passage.span(self.start, self.end)


@dataclass(frozen=True)
class Agenda:
    """The items of the agenda; empty if the draft does not reproduce one.

    ``span`` is its beginning, which may be the number of the first item, outside the text of the passage.
    """

    items: tuple[AgendaItem, ...] = ()
    paragraph: Label | None = None
    span: Span | None = None

    @property
    def is_misnumbered(self) -> bool:
        """Whether the items, or the sub-items of an item, are not numbered consecutively (a finding of NUM003)."""
        return bool(self._misnumbered)

    def is_misnumbered_at(self, number: int) -> bool:
        """Return whether the items, or the sub-items of this item, are not numbered consecutively."""
        return not self._misnumbered.isdisjoint({0, number})

    @cached_property
    def _misnumbered(self) -> frozenset[int]:
        """The items whose sub-items are misnumbered; 0 stands for the items themselves."""
        misnumbered: set[int] = set()
        counts: dict[int, int] = {}
        for item in self.items:
            above = item.number if item.sub else 0
            counts[above] = place = counts.get(above, 0) + 1
            if item.sub != letters(place) if item.sub else item.number != place:
                misnumbered.add(above)
        return frozenset(misnumbered)

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

    This is the list below or within a sentence that reports the adoption of the agenda. Without one, it is the agenda
    in an annex, or else the first list below a sentence that mentions an agenda and ends with a colon. Different
    adopted agendas belong to different sessions, and references do not show which is meant: the result is then empty.
    """
    adopted = lexicon.phrases("agenda_adopted")
    to_come = lexicon.phrases("agenda_to_come")
    adopted_agendas: list[Agenda] = []
    other_agendas: list[Agenda] = []
    for intro, end, span, items in _listings(structure, lexicon):
        if not items or to_come.search(intro, 0, end):
            continue
        is_adopted = adopted.search(intro, 0, end)
        (adopted_agendas if is_adopted else other_agendas).append(Agenda(items, intro.paragraph, span))
    first, *others = adopted_agendas or [Agenda()]
    if any(other.titles != first.titles for other in others):
        return Agenda()
    return next(iter([*adopted_agendas, *_annexed(structure, lexicon), *other_agendas]), Agenda())


class _Listing(NamedTuple):
    """A possible agenda: the passage that introduces it, up to ``end``, the span of its beginning, and its items."""

    intro: Passage
    end: int
    span: Span
    items: tuple[AgendaItem, ...]


def _listings(structure: Structure, lexicon: Lexicon) -> Iterator[_Listing]:
    """Yield possible agendas, in order: numbered lists, block quotes, tables, lines, and lists in a sentence."""
    listings: list[_Listing] = []
    seen: set[int] = set()
    listed = lexicon.phrases("agenda_listed")
    for first, unread in chain(_lists(structure), _quoted_or_tabled(structure)):
        intro = _introduction(structure, first)
        if intro:
            seen.add(intro.index)
            if listed.search(intro):  # true of few lists and tables: the items of others are not read
                span = structure.passages[first].block.head
                listings.append(_Listing(intro, len(intro.text), span, tuple(unread)))
    below = _Below(structure, lexicon)
    for passage in structure.checked_passages(listed):
        if passage.role in (Role.HEADING, Role.NOTE) or passage.index in seen:
            continue
        if _ends_with_colon(passage):
            items = below.items(passage.index) if listed.search(passage) else ()
            listings += [_Listing(passage, len(passage.text), items[0].span, items)] if items else []
        elif begin := _RUN_IN.search(passage.text):
            items = tuple(_numbered(_run_in(passage, begin.end())))
            if len(items) >= _FEWEST and listed.search(passage, 0, begin.end()):
                listings.append(_Listing(passage, begin.end(), items[0].span, items))
    return iter(sorted(listings, key=lambda listing: listing.intro.index))


def _lists(structure: Structure) -> Iterator[tuple[int, Iterator[AgendaItem]]]:
    """Yield the lists that begin with 1, with the index of the first passage."""
    for series in structure.lists:
        first = series.entries[0]
        if first.label.style is Style.ARABIC and first.label.value == 1:
            yield first.passage, _items(structure, series)


def _quoted_or_tabled(structure: Structure) -> Iterator[tuple[int, Iterator[AgendaItem]]]:
    """Yield the numbered lines of block quotes and tables, with the index of the first passage."""
    for role, run in groupby(structure.passages, key=lambda passage: passage.role):
        if role in _TABLES:
            passages = list(run)
            lines = (
                line
                for passage in passages
                for line in (_lines(passage, structure.lexicon) if role is _QUOTATION else _cells(passage))
            )
            yield passages[0].index, _numbered(lines)


class _Below:
    """The items in the numbered lines below a sentence, up to the next heading or paragraph.

    The text between sentences and the same lines is read once, and so are the lines.
    """

    def __init__(self, structure: Structure, lexicon: Lexicon) -> None:
        self._passages, self._lexicon = structure.passages, lexicon
        self._next: dict[int, int] = {}  # by passage: the first from there that has lines or ends them
        self._items: dict[int, tuple[AgendaItem, ...]] = {}

    def items(self, intro: int) -> tuple[AgendaItem, ...]:
        """Return the items below the passage with an index."""
        end = intro + 1
        while end < len(self._passages) and end not in self._next:
            if self._ends(end) or next(self._lines(end), None):
                self._next[end] = end
            else:
                end += 1
        first = self._next.get(end, end)
        self._next.update(dict.fromkeys(range(intro + 1, end), first))
        if first not in self._items:
            self._items[first] = tuple(_numbered(self._lines_from(first)))
        return self._items[first]

    def _ends(self, index: int) -> bool:
        return self._passages[index].role in (Role.HEADING, Role.PARAGRAPH, Role.ROW, Role.QUOTATION)

    def _lines(self, index: int) -> Iterator[_Line]:
        passage = self._passages[index]
        return iter(()) if passage.role is Role.NOTE else _lines(passage, self._lexicon)

    def _lines_from(self, index: int) -> Iterator[_Line]:
        while index < len(self._passages) and not self._ends(index):
            yield from self._lines(index)
            index += 1


def _run_in(passage: Passage, start: int) -> Iterator[_Line]:
    """Yield the items of an agenda within its sentence: "the following agenda: 1. …; 2. …".

    Each ends where the next number is; the last ends with its sentence.
    """
    text = passage.text
    number, current = 0, (0, start)
    for match in _inner(passage.lexicon).finditer(text, start):
        if int(match["number"]) != number + 1:
            continue
        if number:
            yield current[0], "", passage, current[1], match.start()
        number, current = number + 1, (number + 1, match.end())
    if number:
        yield current[0], "", passage, current[1], passage.sentence(current[1])[1]


@lru_cache(maxsize=8)
def _inner(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of the number of an item within a sentence: "; 2. ", "; and (3) "."""
    joiners = alternation(lexicon.words("lists", "and"))
    return re.compile(rf"(?<=[:;,.]\s)(?:(?i:{joiners})\s)?\(?(?P<number>\d{{1,2}})[.)]\s+(?=[^\W\d])")


def _annexed(structure: Structure, lexicon: Lexicon) -> Iterator[Agenda]:
    """Yield the agenda below each heading in an annex that consists of nothing but the word for it.

    The heading may also be the first line of the text.
    """
    family = lexicon.phrases("agenda_heading")
    for section in structure.sections:
        if not section.is_annex:
            continue
        following = (structure.passages[index] for index in range(section.passage + 1, len(structure.passages)))
        body = list(takewhile(lambda passage: passage.role is not _HEADING, following))
        if not _is_whole(section.title, family) and not (body and _begins_with_line(body[0], family)):
            continue
        items = tuple(_numbered(line for passage in body for line in _lines(passage, lexicon)))
        if items:
            yield Agenda(items, None, structure.passages[section.passage].span())


def _is_whole(line: str, family: PhraseFamily) -> bool:
    """Return whether a line consists of nothing but a match, except marks at its end."""
    match = family.search(line)
    return match is not None and match.end() >= len(line.rstrip(" .*\n"))


def _begins_with_line(passage: Passage, family: PhraseFamily) -> bool:
    starts = passage.block.line_starts
    return len(starts) > 1 and _is_whole(passage.text[: starts[1]], family)


_Line = tuple[int | None, str, Passage, int, int]


def _lines(passage: Passage, lexicon: Lexicon) -> Iterator[_Line]:
    """Yield the enumerated lines of a passage, with the range from each enumerator to the next."""
    text, starts = passage.text, passage.block.line_starts
    current: tuple[Label, int] | None = None
    for index, start in enumerate(starts):
        printed = passage.block.enumerator.text if index == 0 and passage.block.enumerator else None
        labels = readings(printed or "")[:1]
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        label, begin = (labels, start) if labels else _label(text, start, end, lexicon)
        if label:
            if current:
                yield from _line(*current, passage, start)
            current = label[0], begin
    if current:
        yield from _line(*current, passage, len(text))


def _label(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[tuple[Label, ...], int]:
    """Return the label with which a line begins, if any ("2.", "(a)", "Item 2:"), and the offset of its title."""
    named = lexicon.phrases("agenda_item_label").match_at(text[start:end], 0)
    mark = _AFTER_ITEM.match(text, start + named.end(), end) if named else None
    item = _ITEM.fullmatch(named["items"]) if named and mark else None
    if item and mark:
        return readings(f"({item['sub']})" if item["sub"] else f"{item['number']}.")[:1], mark.end()
    lead = _LEAD.match(text, start)
    return (readings(lead["label"])[:1], lead.end()) if lead else ((), start)


def _line(label: Label, start: int, passage: Passage, end: int) -> Iterator[_Line]:
    if label.style is Style.ARABIC:
        yield label.value, "", passage, start, end
    elif label.style is Style.LOWER:
        yield None, label.bare, passage, start, end


def _cells(passage: Passage) -> Iterator[_Line]:
    """Yield a table row that has the number of an item in its first cell and the title in the second."""
    cells = [mark for mark in passage.block.marks_of(_CELL_MARK) if mark.end > mark.start]
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
            stop = start + len(text)
            yield AgendaItem(number, sub, title, passage, stop - len(title), stop)


def _introduction(structure: Structure, first: int) -> Passage | None:
    for index in reversed(range(first)):
        passage = structure.passages[index]
        if passage.role in (Role.NOTE, Role.CODE) or not passage.text:
            continue
        if passage.role in (Role.HEADING, Role.QUOTATION, Role.ROW):
            return None
        start, end = passage.sentence(len(passage.text.rstrip()) - 1)
        is_below = structure.lexicon.phrases("agenda_below").search(passage, start, end)
        return passage if is_below or _ends_with_colon(passage) else None
    return None


def _ends_with_colon(passage: Passage) -> bool:
    return passage.text.rstrip().endswith(":")


def _items(structure: Structure, series: Series) -> Iterator[AgendaItem]:
    ends = [entry.passage for entry in series.entries[1:]]
    for index, entry in enumerate(series.entries):
        passage = structure.passages[entry.passage]
        yield AgendaItem(entry.label.value, "", passage.text, *Mention.of(passage))
        limit = ends[index] if index < len(ends) else None
        for sub in _passages_until(structure, entry.passage + 1, limit):
            if sub.role is not Role.ITEM or sub.label is None or sub.label.style is Style.ARABIC:
                if limit is None:
                    break
                continue
            if sub.label.style is Style.LOWER:
                yield AgendaItem(entry.label.value, sub.label.bare, sub.text, *Mention.of(sub))


def _passages_until(structure: Structure, start: int, limit: int | None) -> Iterator[Passage]:
    end = len(structure.passages) if limit is None else limit
    return (structure.passages[index] for index in range(start, end))
