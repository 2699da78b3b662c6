"""Cross-references, and the places in the draft that they may refer to."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from reportlint.document import Span
from reportlint.document.cached import cached_property
from reportlint.document.on_access import MadeOnAccess
from reportlint.facts.adoption import label_ranges, read_labels
from reportlint.facts.footnotes import FootnoteLabel, Footnotes
from reportlint.facts.owners import Owners, Whose
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import roman_value
from reportlint.language.phrases import Match, PhraseFamily
from reportlint.structure import (
    Label,
    Labelled,
    Mention,
    MentionTable,
    Passage,
    Role,
    Section,
    Series,
    Structure,
    Style,
    readings,
)

# The phrase family of the lexicon for each kind of target.
_FAMILIES = {
    kind: f"{kind}_reference"
    for kind in (
        "paragraph", "section", "recommendation", "decision", "conclusion", "action", "annex", "appendix", "table",
        "figure", "footnote",
    )
} | {"item": "agenda_reference"}  # fmt: skip
ABOVE, BELOW = -1, 1
_FEW = 4  # targets of a reference of which equal ones are shared
_LABEL_END = re.compile(r"\s*[.:–—-]\s*(?=(?P<title>\w))|\s*$")
# In Python 3.11, looking up a member of an enumeration takes long.
_FRONT, _PARAGRAPH, _REPORT = Role.FRONT, Role.PARAGRAPH, Whose.REPORT


class Referred(NamedTuple):
    """What a reference says.

    ``home`` is the passage with the mark of the note that holds the reference, if a note does. ``internal`` is true if
    it refers to this draft, ``explicit`` if the words say so ("above", "of the present report"). ``direction`` is
    ``ABOVE``, ``BELOW`` or 0. ``backwards`` is the first range whose end is before its beginning. ``lead`` is the
    number of characters of its text before its place: to one decision of several ("decisions 6/1 and 6/2").
    """

    kind: str
    targets: tuple[str, ...]
    internal: bool
    explicit: bool = False
    direction: int = 0
    backwards: tuple[str, str] | None = None
    home: Passage | None = None
    lead: int = 0


class CrossReference(NamedTuple):
    """A reference to paragraphs, sections, annexes … by number or label, at ``start:end`` of the text of a passage."""

    printed_in: Passage
    start: int
    end: int
    referred: Referred

    @property
    def kind(self) -> str:
        return self.referred.kind

    @property
    def targets(self) -> tuple[str, ...]:
        return self.referred.targets

    @property
    def internal(self) -> bool:
        return self.referred.internal

    @property
    def explicit(self) -> bool:
        return self.referred.explicit

    @property
    def direction(self) -> int:
        return self.referred.direction

    @property
    def backwards(self) -> tuple[str, str] | None:
        return self.referred.backwards

    @property
    def text(self) -> str:
        """The reference as printed."""
        return self.printed_in.text[self.start - self.referred.lead : self.end]

    @property
    def mention(self) -> Mention:
        return Mention(self.printed_in, self.start, self.end)

    @property
    def span(self) -> Span:
        return self.printed_in.span(self.start, self.end)

    @property
    def passage(self) -> Passage:
        """The passage of the running text from which the words refer: for a note, that of its mark."""
        return self.referred.home or self.printed_in


class CrossReferences:
    """All cross-references of a draft, by kind and in order."""

    def __init__(self, found: Iterable[tuple[Mention, Referred]]) -> None:
        self._tables: dict[str, MentionTable[CrossReference, Referred]] = {}
        for mention, referred in found:
            table = self._tables.get(referred.kind)
            if table is None:
                table = self._tables[referred.kind] = MentionTable(CrossReference)
            table.add(*mention, referred)

    @property
    def references(self) -> Iterator[CrossReference]:
        """All references, of each kind in order."""
        return chain.from_iterable(self._tables.values())

    def of(self, kind: str) -> Iterator[CrossReference]:
        """Return the internal references of one kind."""
        table = self._tables.get(kind)
        return table.where(lambda referred: referred.internal) if table else iter(())

    def where(self, wanted: Callable[[Referred], bool]) -> Iterator[CrossReference]:
        """Yield the references whose content ``wanted`` accepts."""
        return (reference for table in self._tables.values() for reference in table.where(wanted))


class Target(NamedTuple):
    """A possible target of references.

    ``label`` is ``None`` if it has none, ``name`` is the printed name, ``span`` that of the label, which is not in the
    text, or of the heading. ``first`` and ``last`` are the indices of the
    passages it covers.
    """

    label: Label | None
    name: str
    span: Span
    first: int
    last: int


_Place = Section | Labelled | Passage | Mention | FootnoteLabel


class _NamedTargets(Mapping[str, Sequence[Target]]):
    """The targets of a kind by number or label. Each is created from its place in the draft when it is accessed."""

    def __init__(self, places: Iterable[tuple[str, _Place]], target: Callable[[_Place], Target]) -> None:
        self._target = target
        self._places: dict[str, list[_Place]] = {}
        for name, place in places:
            if name in self._places:
                self._places[name].append(place)
            else:
                self._places[name] = [place]

    def __getitem__(self, name: str) -> Sequence[Target]:
        return MadeOnAccess(self._target, self._places[name])

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Targets:
    """All possible targets, by kind and by the number or label that a reference gives.

    The targets of a kind are collected when they are first needed: a draft has many paragraphs and may cite none.
    """

    def __init__(self, structure: Structure, notes: Footnotes, owners: Owners) -> None:
        self._structure, self._notes, self._owners = structure, notes, owners
        self._by_kind: dict[str, _NamedTargets] = {}

    def of(self, kind: str) -> Mapping[str, Sequence[Target]]:
        """Return the targets of one kind by number or label."""
        known = self._by_kind.get(kind)
        if known is None:
            target = self._paragraph if kind == "paragraph" else self._target
            known = self._by_kind[kind] = _NamedTargets(self._of_kind(kind), target)
        return known

    def _of_kind(self, kind: str) -> Iterator[tuple[str, _Place]]:
        if kind == "adopted":
            yield from ((mention.text, mention) for mention in self._owners.decisions)
        elif kind == "paragraph":
            yield from self._numbered(self._structure.paragraphs, lambda label: str(label.value))
        elif kind == "section":
            for citation, sections in self._structure.sections_by_citation.items():
                yield from ((citation, section) for section in sections)
        elif kind == "footnote":
            yield from ((mark.label, mark) for mark in self._notes.marks)
        elif kind == "recommendation":
            # Decimals without an introductory paragraph number the paragraphs themselves.
            below = (series for series in self._structure.decimals if series.parent)
            yield from self._numbered(below, lambda label: label.bare)
        for section in self._structure.sections:
            if section.is_annex_itself and section.kind == kind:
                yield section.label.bare if section.label else "", section
        for labelled in self._labelled.get(kind, ()):
            yield labelled.label.bare, labelled

    def _numbered(self, all_series: Iterable[Series], name: Callable[[Label], str]) -> Iterator[tuple[str, Passage]]:
        for series in all_series:
            for entry in series.entries:
                yield name(entry.label), self._structure.passages[entry.passage]

    def _target(self, place: _Place) -> Target:
        match place:
            case Section():
                return Target(place.label, place.name, place.span, place.passage, self._last_of(place))
            case Labelled():
                last = self._covered.get(place, place.passage)
                return Target(place.label, place.text, place.span, place.passage, last)
            case Passage():
                text = place.label.text if place.label else ""
                return Target(place.label, text, place.block.head, place.index, place.index)
            case Mention():
                return Target(None, place.text, place.span, place.passage.index, place.passage.index)
            case FootnoteLabel():
                label = readings(f"{place.label}.")[0]
                return Target(label, place.label, place.span, place.passage, place.passage)

    def _paragraph(self, place: _Place) -> Target:
        target = self._target(place)
        return target._replace(last=self._last_of_paragraph[target.first])

    @cached_property
    def _last_of_paragraph(self) -> array[int]:
        """The last passage of each numbered paragraph, by the index of its first passage."""
        passages = self._structure.passages
        lasts = array("I", bytes(array("I").itemsize * len(passages)))
        first = 0
        for passage in passages:
            if passage.role is _PARAGRAPH:
                first = passage.index
            if passage.paragraph is passages[first].label:
                lasts[first] = passage.index
        return lasts

    def _last_of(self, section: Section) -> int:
        """Return the last passage of a section."""
        sections = self._structure.sections
        position = bisect_left(sections, section.passage, key=lambda each: each.passage)
        while sections[position] is not section:  # some titles may stand in one passage
            position += 1
        return self._lasts[position]

    @cached_property
    def _lasts(self) -> array[int]:
        """The last passage of each section, in their order."""
        sections = self._structure.sections
        lasts = array("I", [len(self._structure.passages) - 1]) * len(sections)
        open_: list[int] = []
        for position, section in enumerate(sections):
            while open_ and not section.within(sections[open_[-1]]):
                lasts[open_.pop()] = section.passage - 1
            open_.append(position)
        return lasts

    @cached_property
    def _labelled(self) -> dict[str, list[Labelled]]:
        """The labelled headings and captions by kind."""
        by_kind: dict[str, list[Labelled]] = {}
        for labelled in (*self._structure.labelled, *self._structure.captions):
            by_kind.setdefault(labelled.kind, []).append(labelled)
        return by_kind

    @cached_property
    def _covered(self) -> dict[Labelled, int]:
        """The last passage below each labelled heading."""
        passages = self._structure.passages
        return {passage.labelled: passage.index for passage in passages if passage.labelled is not None}


def cross_references(structure: Structure, lexicon: Lexicon, owners: Owners, notes: Footnotes) -> CrossReferences:
    """Find the cross-references, those to other documents too (:meth:`Owners.of_place`)."""
    families = {kind: lexicon.phrases(name) for kind, name in _FAMILIES.items()}
    homes = notes.homes()

    def from_home(passage: Passage, referred: Referred) -> Referred:
        home = homes.get(passage.index)
        return referred if home is None else referred._replace(home=structure.passages[home])

    found = (
        (mention, from_home(mention.passage, referred))
        for kind, family in families.items()
        for passage in structure.checked_passages(family)
        if passage.role is not _FRONT
        for mention, referred in _of_kind(passage, lexicon, kind, family, owners)
    )
    return CrossReferences(chain(found, _bare_appendices(structure, lexicon, owners)))


def _of_kind(
    passage: Passage, lexicon: Lexicon, kind: str, family: PhraseFamily, owners: Owners
) -> Iterator[tuple[Mention, Referred]]:
    text = passage.text
    end = 0
    for match in family.finditer(passage):
        slot = match.lastgroup or ""
        if passage.is_quoted(match.start()) or match.start() < end:
            continue
        if slot == "resolutions":
            yield from _adopted(passage, lexicon, match, owners)
            continue
        if lexicon.phrases("reference_foreign").match_at(passage, match.start()):
            continue
        if kind == "section" and _is_title_label(text, match):
            continue
        start, end = match.span()
        if slot in ("labels", "decimals"):
            targets = _distinct(name for name, _, _ in read_labels(match[slot], lexicon))
        else:
            # Letters of subparagraphs ("12 (a)") are ignored.
            targets = _distinct(map(str, lexicon.read_numbers(match[slot])))
        within = lexicon.phrases("chapter_section").match_at(passage, end)
        if within is None or not lexicon.phrases("chapter").match_at(passage, start):
            within = lexicon.phrases("section_subsection").match_at(passage, end)
        above = lexicon.phrases("subsection_section").match_at(passage, end)
        if within and targets:
            end = within.end()
            sections = (f"{targets[-1]}.{name}" for name, _, _ in read_labels(within["labels"], lexicon))
            targets = (*targets[:-1], *sections)
        elif above and lexicon.phrases("subsection").match_at(passage, start):
            end = above.end()
            *_, (parent, _, _) = read_labels(above["labels"], lexicon)
            targets = tuple(f"{parent}.{name}" for name in targets)
        direction = _direction(passage, lexicon, end)
        owner = owners.of_place(passage, kind, start, end)
        explicit = direction != 0 or owner.whose is _REPORT
        backwards = _backwards(match[slot], slot, lexicon)
        referred = Referred(kind, targets, explicit or not owner.is_other, explicit, direction, backwards)
        yield Mention(passage, start, end), _shared(referred) if len(targets) <= _FEW else referred


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names with equal ones as one object: a long reference may name very many."""
    known: dict[str, str] = {}
    return tuple(known.setdefault(name, name) for name in names)


@lru_cache(maxsize=256)
def _shared(referred: Referred) -> Referred:
    """Return an equal value if one was read recently."""
    return referred


def _is_title_label(text: str, match: Match) -> bool:
    """Return whether a section is named at the head of a title or alone in its line: "Section A. The state of reefs".

    Such words label a part of a text under discussion. They refer to nothing.
    """
    if match.start():
        return False
    after = _LABEL_END.match(text, match.end())
    return after is not None and (after["title"] is None or after["title"].isupper())


def _adopted(passage: Passage, lexicon: Lexicon, match: Match, owners: Owners) -> Iterator[tuple[Mention, Referred]]:
    """Yield the decisions that the body adopted at this session, if the draft reproduces decisions by number."""
    adopted = lexicon.phrases("decision_adopted")
    start = passage.sentence(match.start())[0]
    if not owners.decisions or not adopted.search(passage, start, match.start()):
        return
    if owners.of_report(passage, match.end()).is_other:
        return
    left = match.start("resolutions")
    for number in re.finditer(r"\d+/\d+", match["resolutions"]):
        mention = Mention(passage, left + number.start(), left + number.end())
        lead = mention.start - match.start()
        yield mention, Referred("adopted", (number.group(),), internal=True, lead=lead)


def _bare_appendices(structure: Structure, lexicon: Lexicon, owners: Owners) -> Iterator[tuple[Mention, Referred]]:
    """Yield the references to an appendix without a number that say whose it is."""
    family = lexicon.phrases("bare_appendix_reference")
    for passage in structure.checked_passages(family):
        for match in family.finditer(passage):
            if passage.role in (Role.FRONT, Role.HEADING) or passage.is_quoted(match.start()):
                continue
            owner = owners.of_place(passage, "appendix", *match.span())
            if owner.whose is _REPORT or _direction(passage, lexicon, match.end()):
                yield Mention(passage, *match.span()), Referred("bare_appendix", (), True, True)


def _direction(passage: Passage, lexicon: Lexicon, end: int) -> int:
    for direction, family in ((ABOVE, "reference_above"), (BELOW, "reference_below")):
        if lexicon.phrases(family).match_at(passage, end):
            return direction
    return 0


def _backwards(text: str, slot: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Return the first range whose end is before its beginning. "125–27" means 125 to 127 and does not count."""
    if slot in ("labels", "decimals"):
        return next((bounds for bounds in label_ranges(text, lexicon) if _is_after(*bounds)), None)
    for first, last, is_dash in lexicon.number_ranges(text):
        if first > last and not (is_dash and len(str(first)) > len(str(last))):
            return str(first), str(last)
    return None


def _is_after(first: str, last: str) -> bool:
    """Return whether label ``first`` comes after ``last`` in every reading. "C" is a letter and 100."""
    decimals = [label for name in (first, last) for label in readings(name) if label.style is Style.DECIMAL]
    if len(decimals) == 2:
        return decimals[0].stem == decimals[1].stem and decimals[0].value > decimals[1].value
    letters = len(first) == len(last) == 1
    romans = roman_value(first), roman_value(last)
    by_roman = romans[0] > romans[1] if romans[0] and romans[1] else None
    return by_roman is not False and (first > last if letters else by_roman is True)


def targets(structure: Structure, notes: Footnotes, owners: Owners) -> Targets:
    """Return the numbered paragraphs, sections, annexes, recommendations, tables, notes … of the draft."""
    return Targets(structure, notes, owners)
