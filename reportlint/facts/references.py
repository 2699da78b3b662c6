"""References from one place of the draft to another, and the places they may lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.adoption import label_ranges, read_labels
from reportlint.facts.footnotes import Footnotes
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import roman_value
from reportlint.language.phrases import PhraseFamily
from reportlint.structure import Label, Labelled, Passage, Role, Section, Structure, Style, readings

# What is referred to, and the phrases of the lexicon for it.
_FAMILIES = {
    kind: f"{kind}_reference"
    for kind in (
        "paragraph", "section", "recommendation", "decision", "conclusion", "action", "annex", "appendix", "table",
        "figure", "footnote",
    )
} | {"item": "agenda_reference"}  # fmt: skip
# How far before a reference what owns it may be named: paragraphs are those of the instrument the sentence is about.
_REACH = {"paragraph": 300}
_USUAL_REACH = 70
_BEGINNING = 20


ABOVE, BELOW = -1, 1


class CrossReference(NamedTuple):
    """A mention of paragraphs, sections, annexes … by number or label.

    ``internal`` says that they are those of this draft, ``explicit`` that the words say so ("above", "of the present
    report"), ``direction`` which of ``ABOVE`` and ``BELOW`` it is (0 if neither); ``backwards`` is a range that ends
    before it begins.
    """

    kind: str
    text: str
    targets: tuple[str, ...]
    span: Span
    passage: int
    internal: bool
    explicit: bool = False
    direction: int = 0
    backwards: tuple[str, str] | None = None


class CrossReferences(NamedTuple):
    """All references of a draft, by kind and in order."""

    references: tuple[CrossReference, ...] = ()

    def of(self, kind: str) -> tuple[CrossReference, ...]:
        """Those of one kind that stay inside the draft."""
        return tuple(one for one in self.references if one.internal and one.kind == kind)


class Target(NamedTuple):
    """What a reference may lead to: its label (``None`` if it has none), its printed name, the passages it covers."""

    label: Label | None
    name: str
    span: Span
    first: int
    last: int


class Targets(NamedTuple):
    """All that can be referred to, for each kind by the number or label that a reference gives."""

    by_kind: Mapping[str, Mapping[str, tuple[Target, ...]]]

    def of(self, kind: str) -> Mapping[str, tuple[Target, ...]]:
        return self.by_kind.get(kind, {})


def cross_references(structure: Structure, lexicon: Lexicon) -> CrossReferences:
    """Find the references. A resolution, convention or symbol near one makes it lead to another document."""
    families = {kind: lexicon.phrases(name) for kind, name in _FAMILIES.items()}
    return CrossReferences(
        tuple(
            reference
            for kind, family in families.items()
            for passage in structure.speaking(family)
            if passage.role is not Role.FRONT
            for reference in _of_kind(passage, lexicon, kind, family)
        )
    )


def _of_kind(passage: Passage, lexicon: Lexicon, kind: str, family: PhraseFamily) -> Iterator[CrossReference]:
    text = passage.text
    end = 0
    for match in family.finditer(passage):
        slot = match.lastgroup or ""
        if slot == "resolutions" or passage.is_quoted(match.start()) or match.start() < end:
            continue
        if lexicon.phrases("reference_foreign").match_at(passage, match.start()):
            continue
        start, end = match.span()
        if slot in ("labels", "decimals"):
            targets = tuple(name for name, _, _ in read_labels(match[slot], lexicon))
        else:
            # Letters of subparagraphs, "12 (a)", are left aside.
            targets = tuple(map(str, lexicon.read_numbers(match[slot])))
        within = lexicon.phrases("chapter_section").match_at(passage, end)
        if within and lexicon.phrases("chapter").match_at(passage, start) and targets:
            end = within.end()
            under = (f"{targets[-1]}.{name}" for name, _, _ in read_labels(within["labels"], lexicon))
            targets = (*targets[:-1], *under)
        direction = _direction(passage, lexicon, end)
        explicit = direction != 0 or lexicon.phrases("reference_own").match_at(passage, end) is not None
        yield CrossReference(
            kind,
            text[start:end],
            targets,
            passage.span(start, end),
            passage.index,
            explicit or not _leads_elsewhere(passage, lexicon, start, end, _REACH.get(kind, _USUAL_REACH)),
            explicit,
            direction,
            _backwards(match[slot], slot, lexicon),
        )


def _direction(passage: Passage, lexicon: Lexicon, end: int) -> int:
    for direction, family in ((ABOVE, "reference_above"), (BELOW, "reference_below")):
        if lexicon.phrases(family).match_at(passage, end):
            return direction
    return 0


def _reach(passage: Passage, offset: int) -> int:
    """The beginning of the sentence around ``offset``; of the one before it, where the reference begins a sentence
    ("Paragraphs 33 to 35 dealt with …") and may go on about what that one named."""
    start = passage.sentence(offset)[0]
    return passage.sentence(max(0, start - 1))[0] if offset - start < _BEGINNING else start


def _leads_elsewhere(passage: Passage, lexicon: Lexicon, start: int, end: int, reach: int) -> bool:
    """Whether words after a reference, or up to ``reach`` characters before it, name another document.

    The annex that a table stands in is none, and neither is the reference's own word: "decisions. Decisions 1 to 6 …".
    """
    text = passage.text
    annexed = lexicon.phrases("reference_annexed").match_at(passage, end)
    before = text[max(_reach(passage, start), start - reach) : start]
    return (
        lexicon.phrases("reference_elsewhere").match_at(passage, annexed.end() if annexed else end) is not None
        or any(
            not text[start:end].casefold().startswith(found.group().casefold())
            for found in lexicon.phrases("reference_elsewhere_before").finditer(before)
        )
        or "/" in before
    )


def _backwards(text: str, slot: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """The first range that ends before it begins. "125–27" is 125 to 127."""
    if slot in ("labels", "decimals"):
        return next((found for found in label_ranges(text, lexicon) if _is_after(*found)), None)
    for first, last, is_dash in lexicon.number_ranges(text):
        if first > last and not (is_dash and len(str(first)) > len(str(last))):
            return str(first), str(last)
    return None


def _is_after(first: str, last: str) -> bool:
    """Whether a label comes after another by every way to read both: C is a letter and 100."""
    decimals = [label for name in (first, last) for label in readings(name) if label.style is Style.DECIMAL]
    if len(decimals) == 2:
        return decimals[0].stem == decimals[1].stem and decimals[0].value > decimals[1].value
    letters = len(first) == len(last) == 1
    romans = roman_value(first), roman_value(last)
    by_roman = romans[0] > romans[1] if romans[0] and romans[1] else None
    return by_roman is not False and (first > last if letters else by_roman is True)


def targets(structure: Structure, notes: Footnotes) -> Targets:
    """Collect what the draft has: its numbered paragraphs, sections, annexes, recommendations, tables, notes."""
    found: dict[str, dict[str, list[Target]]] = {}

    def add(kind: str, name: str, target: Target) -> None:
        found.setdefault(kind, {}).setdefault(name, []).append(target)

    ends = _paragraph_ends(structure)
    for series in structure.paragraphs:
        for entry in series.entries:
            target = Target(entry.label, entry.label.text, entry.span, entry.passage, ends[entry.passage])
            add("paragraph", str(entry.label.value), target)
    for series in structure.decimals:
        # Under a paragraph that introduces them; elsewhere they are the paragraphs themselves.
        for entry in series.entries if series.parent else ():
            target = Target(entry.label, entry.label.text, entry.span, entry.passage, entry.passage)
            add("recommendation", entry.label.bare, target)
    lasts = _section_ends(structure)
    for citation, sections in structure.sections_by_citation.items():
        for section in sections:
            add("section", citation, _section(section, lasts))
    for section in structure.sections:
        if section.is_annex_itself:
            kind = "annex" if section.rank == 0 else "appendix"
            add(kind, section.label.bare if section.label else "", _section(section, lasts))
    covered = _covered(structure)
    for one in (*structure.labelled, *structure.captions):
        target = Target(one.label, one.text, one.span, one.passage, covered.get(one, one.passage))
        add(one.kind, one.label.bare, target)
    for mark in notes.marks:
        label = readings(f"{mark.label}.")[0]
        add("footnote", mark.label, Target(label, mark.label, mark.span, mark.passage, mark.passage))
    return Targets({kind: {name: tuple(places) for name, places in named.items()} for kind, named in found.items()})


def _paragraph_ends(structure: Structure) -> dict[int, int]:
    """The last passage of each numbered paragraph, by its first."""
    ends: dict[int, int] = {}
    first = 0
    for passage in structure.passages:
        if passage.role is Role.PARAGRAPH:
            first = passage.index
        if passage.paragraph is structure.passages[first].label:
            ends[first] = passage.index
    return ends


def _section(section: Section, lasts: Mapping[Section, int]) -> Target:
    return Target(section.label, section.name, section.span, section.passage, lasts[section])


def _section_ends(structure: Structure) -> dict[Section, int]:
    """The last passage of each section."""
    lasts: dict[Section, int] = {}
    open_: list[Section] = []
    for section in structure.sections:
        while open_ and open_[-1] is not section.parent and section.rank <= open_[-1].rank:
            lasts[open_.pop()] = section.passage - 1
        open_.append(section)
    return lasts | dict.fromkeys(open_, len(structure.passages) - 1)


def _covered(structure: Structure) -> dict[Labelled, int]:
    """The last passage under each labelled heading."""
    return {passage.labelled: passage.index for passage in structure.passages if passage.labelled is not None}
