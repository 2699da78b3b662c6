"""NUM: labels of one series are consecutive."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Document, Source, Span
from reportlint.document.on_access import MadeOnAccess
from reportlint.facts.agenda import Agenda
from reportlint.facts.announced_headings import Announcements
from reportlint.facts.completeness import Completeness
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.footnotes import FootnoteLabel, Footnotes
from reportlint.facts.masthead import Masthead
from reportlint.facts.references import CrossReferences
from reportlint.knowledge.levels import DocumentKind, Severity
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Label, Labelled, NumberedEntry, Role, Section, Series, Structure, Style, diagnose

_SEQUENCE = ("missing", "order", "repeated")
_SEQUENCE_FIELDS = ("expected", "following", "found", "label", "missing")
_TEXT = (Role.TEXT, Role.PARAGRAPH, Role.ITEM)
_MARKDOWN = "markdown"
_HUNDRED = 100
_MANY_GAPS = 2
_FEWEST_ITEMS = 3
_AFTER_ITEM = re.compile(r":\s+[^\W\d_]")
_BESIDE_TEXT = (Role.NOTE, Role.ROW)
_DIVISIONS = ("part", "chapter")
_COLUMN_GAP = re.compile(r" {2,}")
_BRACKETS = ("(…)", "…)")
_DECIMAL = Style.DECIMAL
_LETTERS = (Style.LOWER, Style.LOWER_ROMAN)
# Most labels of a series are in order, and neither their places nor their texts are needed.
_SPAN, _TEXT_AS_PRINTED, _LABEL_TEXT = attrgetter("span"), attrgetter("text"), attrgetter("label.text")
_FIRST_LABELS = {Style.UPPER: "A.", Style.ARABIC: "1.", Style.LOWER: "(a)", Style.LOWER_ROMAN: "(i)"}


def sequence_problems(
    values: Sequence[int],
    spans: Sequence[Span],
    printed: Callable[[int], str],
    as_printed: Sequence[str],
    lexicon: Lexicon,
    first: int = 1,
    lacks_stop: Callable[[str, int], bool] | None = None,
    is_heading: Callable[[int, int, int], bool] | None = None,
) -> Iterator[Problem]:
    """Yield the breaks in one series, each once and at its smallest cause.

    Args:
        values: the values of the labels, in order.
        spans: their places.
        printed: returns a value as a label of this series.
        as_printed: the labels as they are printed.
        lexicon: the lexicon of the draft.
        first: the value with which the series should begin.
        lacks_stop: returns whether the label given stands, without its full stop, before the label at the index given.
        is_heading: returns whether headings before the label at an index have the values from the first to the second.
    """
    for broken in diagnose(values, first):
        index = broken.index
        variant: str = broken.kind
        fields: dict[str, object] = {"found": as_printed[index]}
        if broken.missing:
            low, high = broken.missing
            if is_heading and is_heading(low, high, index):
                continue
            fields["missing"] = (
                printed(low)
                if low == high
                else lexicon.fill(lexicon.section("formats", "range"), {"first": printed(low), "last": printed(high)})
            )
            fields["following"] = len(values) - index
            bare = printed(low).rstrip(".")
            if low == high and lacks_stop and as_printed[index].endswith(".") and lacks_stop(bare, index):
                variant = "no_stop"
                fields["missing"] = bare
        else:
            fields["expected"] = printed(broken.expected)
        related = (Related("previous", spans[index - 1], {"label": as_printed[index - 1]}),) if index else ()
        yield Problem(spans[index], fields, variant, related)


def _lacks_stop(structure: Structure, label: str, start: int, end: int, roles: Sequence[Role] = _TEXT) -> bool:
    """Return whether a line in the passages from ``start`` up to ``end`` begins with ``label`` without a full stop.

    "3 The Committee …" does; "3 members" and the end of a date ("on / 3 July") do not.
    """
    label_alone = re.compile(rf"{re.escape(label)}\s+(?=\w)")
    for passage in structure.passages[start:end]:
        text = passage.text
        for offset in passage.block.line_starts if passage.role in roles else ():
            match = label_alone.match(text, offset)
            if match and text[match.end()].isupper() and text[:offset].rstrip()[-1:] in ("", ".", ";", ":"):
                return True
    return False


def _numbers_with(word: str, label: Label) -> Callable[[int], str]:
    """Return a function that prints a value like "Recommendation 6"."""
    return lambda value: f"{word} {label.like(value)}"


@check(
    "numbering.paragraphs",
    variants=(*_SEQUENCE, "no_stop"),
    fields=_SEQUENCE_FIELDS,
    related=("previous",),
)
def paragraphs(structure: Structure, lexicon: Lexicon, kind: KindOfDocument) -> Iterator[Problem]:
    """Report a paragraph number that is missing, repeated or out of order.

    The series may begin again at 1 in an annex or Part. A part of a report may begin at any number, and another draft
    at any but 2 or 3. Numbers such as "12 bis" do not count. Authority: Editorial Manual, Paragraphs and subparagraphs.
    """
    for series in map(_without_suffixes, structure.paragraphs):
        values = series.values
        if not values:
            continue
        first = values[0] if values[0] > 3 or len(values) == 1 or kind.is_part else min(values[0], 1)
        yield from sequence_problems(
            values,
            MadeOnAccess(_SPAN, series.entries),
            str,
            MadeOnAccess(_LABEL_TEXT, series.entries),
            lexicon,
            first,
            _lacks_stop_before(structure, series.entries),
            _is_heading_before(structure, series.entries),
        )
    yield from _decimals(structure, (series for series in structure.decimals if series.parent is None), lexicon)


def _without_suffixes(series: Series) -> Series:
    """Return a series without numbers such as "12 bis"."""
    passages = [passage for passage in series.passages if passage.label and not passage.label.suffix]
    return series if len(passages) == len(series.passages) else Series(tuple(passages), series.above)


def _lacks_stop_before(structure: Structure, entries: Sequence[NumberedEntry]) -> Callable[[str, int], bool]:
    """Return a function that looks for a label without its full stop between two entries.

    Before the first entry, it looks in the section of that entry.
    """

    def lacks_stop(label: str, index: int) -> bool:
        end = entries[index].passage
        section = structure.passages[end].section
        start = entries[index - 1].passage if index else section.passage if section else end
        return _lacks_stop(structure, label, start, end)

    return lacks_stop


def _is_heading_before(structure: Structure, entries: Sequence[NumberedEntry]) -> Callable[[int, int, int], bool]:
    """Return a function that tells whether missing labels are those of headings between two entries.

    Headings and paragraphs of plain text may share one series. Those with a single number share it only if decimal
    numbers divide each of them, because headings have series of their own beside that of the paragraphs.
    """
    divided = {series.entries[0].label.stem for series in structure.decimals}

    def is_heading(low: int, high: int, index: int) -> bool:
        like, start = entries[index].label, entries[index - 1].passage if index else -1
        between = slice(
            bisect_right(structure.sections, start, key=_passage),
            bisect_left(structure.sections, entries[index].passage, key=_passage),
        )
        values = [
            section.label.value
            for section in structure.sections[between]
            if section.label
            and (section.label.style, section.label.stem) == (like.style, like.stem)
            and (like.style is _DECIMAL or f"{section.label.bare}." in divided)
        ]
        return len(values) == high - low + 1 and values == list(range(low, high + 1))

    return is_heading


def _passage(section: Section) -> int:
    return section.passage


def _decimals(structure: Structure, all_series: Iterable[Series], lexicon: Lexicon) -> Iterator[Problem]:
    """Yield the breaks in numbers such as 4.1 and 4.2.

    A series may begin at any number. It counts as one only if two of its numbers are consecutive, or if it begins at 1
    as another series does that counts.
    """
    every = list(all_series)
    regular = {series for series in every if any(after == before + 1 for before, after in pairwise(series.values))}
    from_one = any(series.values[0] == 1 for series in regular)
    for series in every:
        values = series.values
        if series in regular or (from_one and values[0] == 1):
            yield from sequence_problems(
                values,
                MadeOnAccess(_SPAN, series.entries),
                series.entries[0].label.like,
                MadeOnAccess(_LABEL_TEXT, series.entries),
                lexicon,
                values[0],
                is_heading=_is_heading_before(structure, series.entries),
            )


@check(
    "numbering.sections",
    variants=(*_SEQUENCE, "contents", "no_stop", "skipped"),
    fields=_SEQUENCE_FIELDS,
    related=("heading", "previous"),
)
def sections(
    structure: Structure, announced: Announcements, lexicon: Lexicon, kind: KindOfDocument
) -> Iterator[Problem]:
    """Report a heading whose label breaks the sequence or skips a level, or differs from the table of contents.

    Authority: Editorial Manual, Headings.
    """
    problems = [*_broken_sequences(structure, lexicon, kind), *_skipped_levels(structure)]
    if kind.is_one_of(DocumentKind.REPORT):
        problems += _broken_items(structure, lexicon)
    yield from problems
    reported = {problem.span for problem in problems}
    for announcement in announced.by_title:
        entry, heading = announcement.entry.heading, announcement.section
        if not entry.label or not heading.label or heading.span in reported:
            continue
        if entry.label.style is heading.label.style and entry.label.value != heading.label.value:
            fields = {"found": entry.label.text, "expected": heading.label.text}
            yield Problem(entry.span, fields, "contents", (Related("heading", heading.span, fields),))


def _broken_sequences(structure: Structure, lexicon: Lexicon, kind: KindOfDocument) -> Iterator[Problem]:
    first_paragraph = structure.paragraphs[0].entries[0].label.value if structure.paragraphs else 1
    continues = kind.is_part or first_paragraph > 1  # another draft, or another Part of this report
    through_parts: dict[float, int] = {}
    opening = next((section for section in structure.sections if section.label), None)
    if opening is None or opening.kind not in _DIVISIONS:
        opening = None  # no fascicle that begins with a later Part or chapter
    groups = _siblings(structure)
    selected = _selected(groups) if kind.is_one_of(DocumentKind.DECISIONS) else set()
    for group in groups:
        if group[0].is_annex_itself or group[0].is_text or not selected.isdisjoint(group[0].lineage):
            continue
        labels = [section.label for section in group if section.label]
        parent = group[0].parent
        first = labels[0].value if labels[0].value > 3 or (continues and parent is None) else 1
        # A fascicle may begin with "Part II", "Section 3".
        if group[0] is opening or (opening and parent is opening and (continues or len(group) == 1)):
            first = labels[0].value
        if parent is not None and parent.is_part:
            # The numbering of chapters may continue from one Part to the next.
            if labels[0].value == through_parts.get(group[0].rank, 0) + 1:
                first = labels[0].value
            through_parts[group[0].rank] = labels[-1].value
        yield from sequence_problems(
            [label.value for label in labels],
            MadeOnAccess(_SPAN, group),
            labels[0].like,
            MadeOnAccess(_TEXT_AS_PRINTED, labels),
            lexicon,
            first,
            _lacks_stop_above(structure, group),
        )


def _broken_items(structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Yield the breaks in a series of headings such as "AGENDA ITEM 9: CLOSING OF THE SESSION", from the first item."""
    family = lexicon.phrases("agenda_item_label")
    items: list[tuple[int, str, Span]] = []
    for passage in structure.checked_passages(family):
        match = family.match_at(passage, 0) if passage.role not in _BESIDE_TEXT else None
        if match and match["items"].isdecimal() and _AFTER_ITEM.match(passage.text, match.end()):
            items.append((int(match["items"]), match.group(), passage.span(*match.span())))
    if len(items) < _FEWEST_ITEMS or items[0][0] != 1:
        return
    values, printed, spans = zip(*items, strict=True)
    word = printed[0].removesuffix("1")
    for problem in sequence_problems(values, spans, lambda number: f"{word}{number}", printed, lexicon):
        yield problem._replace(severity=Severity.WARNING)


def _selected(groups: Iterable[Sequence[Section]]) -> set[Section]:
    """Return the headings that cite selected parts of another document, such as those of a budget.

    Their labels ascend, and several are left out.
    """
    selected: set[Section] = set()
    for group in groups:
        values = [section.label.value for section in group if section.label]
        steps = [after - before for before, after in pairwise([0, *values])]
        if min(steps) > 0 and sum(step > 1 for step in steps) >= _MANY_GAPS:
            selected.update(group)
    return selected


def _lacks_stop_above(structure: Structure, group: Sequence[Section]) -> Callable[[str, int], bool]:
    """Return a function that looks for a heading label without its full stop between two sections."""

    def lacks_stop(label: str, index: int) -> bool:
        parent = group[index].parent
        start = group[index - 1].passage if index else parent.passage if parent else 0
        return _lacks_stop(structure, label, start, group[index].passage, (Role.HEADING,))

    return lacks_stop


def _siblings(structure: Structure) -> list[list[Section]]:
    """Return the groups of labelled headings that are numbered together.

    The numbering may begin again below a heading without a label, or outside the last heading of the group.
    """
    groups: list[list[Section]] = []
    last: dict[tuple[Section | None, str, float, Style | None], list[Section]] = {}
    after_unlabelled = False
    previous: Section | None = None
    for section in structure.sections:
        label = section.label
        if label and not label.suffix and label.style is not _DECIMAL:
            # Annexes 1 and 2 of an instrument do not belong to the report's annexes I and II.
            style = label.style if section.is_annex_itself else None
            key = (section.parent, section.word.casefold(), section.rank, style)
            group = last.get(key, [])
            is_outside = after_unlabelled or bool(group and previous and not previous.within(group[-1]))
            if not group or (is_outside and label.value == 1 and len(group) > 1):
                last[key] = []
                groups.append(last[key])
            last[key].append(section)
        after_unlabelled, previous = not section.name, section
    return groups


def _skipped_levels(structure: Structure) -> Iterator[Problem]:
    """Yield headings that skip a level, such as (a) directly under A; only the first under each heading.

    1 directly under I is not reported: published reports use it, even beside sections in which A comes between. Nor is
    a heading under one without a label, which may be the level between.
    """
    seen: set[Section] = set()
    unlabelled: Section | None = None
    for section in structure.sections:
        above = section.parent
        unlabelled = unlabelled if section.name else section
        if unlabelled and above and unlabelled.passage > above.passage:
            continue
        if above is None or above in seen or section.label is None or above.label is None:
            continue
        if section.word or above.word or section.is_annex or _DECIMAL in (section.label.style, above.label.style):
            continue
        steps = section.label.style - above.label.style
        if steps > 1 and (above.label.style, section.label.style) != (Style.ROMAN, Style.ARABIC):
            seen.add(above)
            expected = _FIRST_LABELS[Style(above.label.style + 1)]
            yield Problem(section.span, {"found": section.label.text, "expected": expected}, "skipped")


@check("numbering.lone_subdivision", fields=("above", "expected", "found"), related=("above",))
def lone_subdivision(structure: Structure) -> Iterator[Problem]:
    """Report an A without a B: the only labelled section under a heading.

    The only section of a draft and the title of an annex are not reported. Authority: Editorial Manual, Headings.
    """
    groups = _siblings(structure)
    divided = Counter(group[0].parent for group in groups)
    for group in groups:
        parent, label = group[0].parent, group[0].label
        if parent is None or parent.is_part or divided[parent] > 1 or len(group) > 1:
            continue
        if group[0].word or label is None or label.value != 1:
            continue
        fields = {"found": label.text, "expected": label.like(2), "above": parent.name}
        yield Problem(group[0].span, fields, related=(Related("above", parent.span, fields),))


@check(
    "numbering.subparagraphs",
    variants=(*_SEQUENCE, "no_stop"),
    fields=_SEQUENCE_FIELDS,
    related=("previous",),
)
def subparagraphs(structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Report a label of a list or of subparagraphs that is missing, repeated or out of order.

    Authority: Editorial Manual, Paragraphs and subparagraphs.
    """
    for series in map(_without_suffixes, structure.lists):
        values = series.values
        if len(values) < 2:
            continue
        first = values[0] if values[0] > 2 else 1
        if first > 1 and all(after - before > 1 for before, after in pairwise(values)):
            continue  # selected items of another list, which keep their labels
        yield from sequence_problems(
            values,
            MadeOnAccess(_SPAN, series.entries),
            series.entries[0].label.like,
            MadeOnAccess(_LABEL_TEXT, series.entries),
            lexicon,
            first,
            _lacks_stop_before(structure, series.entries),
        )
    yield from _decimals(structure, (series for series in structure.decimals if series.parent is not None), lexicon)


@check(
    "numbering.subparagraph_style",
    variants=("custom", "mixed", "style"),
    fields=("expected", "found"),
    related=("other",),
)
def subparagraph_style(
    structure: Structure, lexicon: Lexicon, kind: KindOfDocument, agenda: Agenda, masthead: Masthead
) -> Iterator[Problem]:
    """Report letters and small roman numerals of subparagraphs not printed as in the draft's language: (a) or a).

    There is one finding for letters and one for numerals: about the lists that differ from most others, or about the
    first list if most have the other form. A list that mixes both is reported at the first label that differs. Annexes
    are skipped because they reproduce instruments, and so are instruments themselves, the agenda, and titles. In the
    document of another organization, only lists that differ from most others are reported.
    Authority: Editorial Manual, Paragraphs and subparagraphs.
    """
    if kind.is_legal_text:
        return
    shape: str = lexicon.section("formats", "subparagraph")
    source = structure.document.source
    other = next(brackets for brackets in _BRACKETS if brackets != shape)
    usual: Counter[Style] = Counter()
    deviating: dict[Style, list[list[NumberedEntry]]] = {style: [] for style in _LETTERS}
    for series in _lists_of_subparagraphs(structure, agenda):
        wrong = [entry for entry in series.entries if entry.label.shape == other]
        is_right = any(entry.label.shape == shape for entry in series.entries)
        if wrong and is_right:
            yield _other_style([wrong], shape, "mixed", source)
        elif wrong:
            deviating[wrong[0].label.style].append(wrong)
        if is_right:
            usual[series.entries[0].label.style] += 1
    for style, lists in deviating.items():
        if lists and len(lists) > usual[style] and not (usual.total() and len(lists) == 1):
            if not masthead.is_of_others:
                yield _other_style(lists, shape, "custom", source)
        elif lists:
            yield _other_style(lists, shape, "style", source)


def _lists_of_subparagraphs(structure: Structure, agenda: Agenda) -> Iterator[Series]:
    """Yield the lists with letters or small roman numerals outside annexes, the agenda and titles."""
    items = agenda.items
    for series in structure.lists:
        passage = structure.passages[series.entries[0].passage]
        if series.entries[0].label.style not in _LETTERS:
            continue
        if items and items[0].span.start <= series.entries[0].span.start < items[-1].span.end:
            continue
        if passage.section is not None and passage.section.is_annex:
            continue
        if len(series.entries) == 1 and passage.text[-1:].isalnum():
            continue  # a title
        yield series


def _other_style(lists: Sequence[Sequence[NumberedEntry]], shape: str, variant: str, source: Source) -> Problem:
    """Return the problem for the labels of lists that are to have another shape."""
    first, *others = (entries[0] for entries in lists)
    fields = {"found": first.label.text, "expected": _in_shape(first.label, shape)}
    shown = others if variant == "style" else ()
    related = tuple(Related("other", other.span, fields) for other in shown)
    edits = [_label_fix(entry, shape, source) for entries in lists for entry in entries]
    whole = [edit for edit in edits if edit]
    fix = whole[0]._replace(also=tuple(whole[1:])) if len(whole) == len(edits) else None
    return Problem(first.span, fields, variant, related, fix=fix)


def _in_shape(label: Label, shape: str) -> str:
    return label._replace(shape=shape).like(label.value)


def _label_fix(entry: NumberedEntry, shape: str, source: Source) -> FixWords | None:
    """Return the replacement of a label; ``None`` if it is not written in the plain form.

    If two spaces or more follow the label, the text after it keeps its column.
    """
    label, (start, end) = entry.label, entry.span
    if source.text[start:end] != label.text or label.text != label.like(label.value):
        return None
    right = _in_shape(label, shape)
    match = _COLUMN_GAP.match(source.text, end)
    if match is None:
        return FixWords(entry.span, right)
    spaces = len(match.group()) + len(label.text) - len(right)
    return FixWords(Span(start, match.end()), right + " " * max(1, spaces))


@check(
    "numbering.annexes",
    variants=(*_SEQUENCE, "lone"),
    fields=_SEQUENCE_FIELDS,
    related=("previous",),
)
def annexes(
    structure: Structure, references: CrossReferences, lexicon: Lexicon, kind: KindOfDocument
) -> Iterator[Problem]:
    """Report an annex, table or figure number that breaks the sequence, and a single annex with a number.

    Authority: United Nations practice for annexes (roman numerals where there are several).
    """
    for group in _siblings(structure):
        labels = [section.label for section in group if section.label and section.is_annex_itself]
        if not labels:
            continue
        yield from sequence_problems(
            [label.value for label in labels],
            MadeOnAccess(_SPAN, group),
            _numbers_with(group[0].word, labels[0]),
            MadeOnAccess(attrgetter("name"), group),
            lexicon,
            labels[0].value if labels[0].value > 3 or kind.is_part else 1,
        )
    top_annexes = [section for section in structure.sections if section.is_annex_itself and section.parent is None]
    cited = {target for reference in references.of("annex") for target in reference.targets}
    if len(top_annexes) == 1:
        annex, label = top_annexes[0], top_annexes[0].label
        if label and label.value == 1 and cited <= {label.bare} and not kind.is_part:
            yield Problem(annex.span, {"found": annex.name, "expected": annex.word}, "lone", severity=Severity.INFO)
    yield from _broken_series(structure.captions, lexicon, kind)


@check(
    "numbering.recommendations",
    variants=_SEQUENCE,
    fields=_SEQUENCE_FIELDS,
    related=("previous",),
)
def recommendations(structure: Structure, lexicon: Lexicon, kind: KindOfDocument) -> Iterator[Problem]:
    """Report the number of a recommendation, decision or conclusion that is missing, repeated or out of order.

    The numbers run through the report or begin again in each section: a 1 in another section than the label before it
    begins a new series. In a part of a report, they may begin at any number.
    """
    yield from _broken_series(structure.labelled, lexicon, kind)


def _broken_series(all_labelled: Iterable[Labelled], lexicon: Lexicon, kind: KindOfDocument) -> Iterator[Problem]:
    """Yield the breaks in the series that the labels of each kind form."""
    kinds: dict[tuple[str, Style, str, str], list[list[Labelled]]] = {}
    for labelled in all_labelled:
        series = (labelled.kind, labelled.label.style, labelled.label.stem, labelled.label.shape)
        runs = kinds.setdefault(series, [])
        begins = labelled.number == 1 and runs and runs[-1][-1].section is not labelled.section
        if "/" in labelled.label.text:
            # The texts after their list, and the decisions without a text of principle: 6/101, 6/102.
            begins = runs and (labelled.number == runs[-1][0].number or labelled.number % _HUNDRED == 1)
        if not runs or begins:
            runs.append([])
        runs[-1].append(labelled)
    for runs in kinds.values():
        for run in runs:
            numbers = [labelled.number for labelled in run]
            may_begin_later = kind.is_part and run is runs[0]
            first = numbers[0] if numbers[0] > 3 or may_begin_later or "/" in run[0].label.text else 1
            yield from sequence_problems(
                numbers,
                MadeOnAccess(_SPAN, run),
                _numbers_with(run[0].word, run[0].label),
                MadeOnAccess(_TEXT_AS_PRINTED, run),
                lexicon,
                first,
            )


@check("numbering.repeated_footnotes", fields=("mark",), related=("first",))
def repeated_footnotes(structure: Structure, notes: Footnotes) -> Iterator[Problem]:
    """Report a footnote indicator that is used twice.

    Indicators in tables, which are repeated on purpose, and those repeated with their notes in an annex do not count.
    If a note has no indicator, nothing is reported: the repeated indicator is a misprint for it (NUM007).
    Authority: Editorial Manual, Footnotes.
    """
    left = Counter(note.label for note in notes.notes)
    marked = {mark.label for mark in notes.marks}
    if not left or left.keys() - marked:
        return
    first: dict[str, int] = {}
    for position, mark in enumerate(notes.marks):
        if structure.passages[mark.passage].role is Role.ROW or mark.label not in left:
            continue
        left[mark.label] -= 1
        if left[mark.label] == -1:
            earlier = notes.marks[first[mark.label]]
            yield Problem(mark.span, {"mark": mark.label}, related=(Related("first", earlier.span),))
        first.setdefault(mark.label, position)


@check(
    "numbering.footnotes",
    variants=("gap", "mark_without_note", "mismatch", "note_without_mark"),
    fields=(*_SEQUENCE_FIELDS, "mark", "note"),
    related=("note", "previous"),
)
def footnotes(notes: Footnotes, document: Document, lexicon: Lexicon, completeness: Completeness) -> Iterator[Problem]:
    """Report a footnote indicator without a note, a note without an indicator, and a gap in the numbering.

    An unmatched indicator and an unmatched note at the same position in their order are reported as one mismatch. A
    draft may still get the notes that come after the last.
    Authority: Editorial Manual, Footnotes.
    """
    if document.format != _MARKDOWN and not (notes.notes and notes.marks):
        return  # in laid-out text, indicators may be plain figures and notes may be missing
    lone_marks = list(_first_without(notes.marks, notes.notes))
    lone_notes = list(_first_without(notes.notes, notes.marks))
    for mark, note in zip(lone_marks, lone_notes, strict=False):
        fields = {"mark": mark.label, "note": note.label}
        yield Problem(mark.span, fields, "mismatch", (Related("note", note.span, fields),))
    for mark in lone_marks[len(lone_notes) :]:
        if not completeness.may_get_note(mark.label):
            yield Problem(mark.span, {"mark": mark.label}, "mark_without_note")
    for note in lone_notes[len(lone_marks) :]:
        yield Problem(note.span, {"note": note.label}, "note_without_mark")
    if lone_marks or lone_notes:
        return
    firsts = list(_first_without(notes.marks, ()))
    if any(int(later.label) < int(before.label) for before, later in pairwise(firsts)):
        return  # the numbering begins again in an annex
    numbers = [int(mark.label) for mark in firsts]
    spans, labels = MadeOnAccess(attrgetter("span"), firsts), MadeOnAccess(attrgetter("label"), firsts)
    for problem in sequence_problems(numbers, spans, str, labels, lexicon):
        if problem.variant == "missing":
            yield Problem(problem.span, problem.fields, "gap", problem.related)


def _first_without(labels: Iterable[FootnoteLabel], others: Iterable[FootnoteLabel]) -> Iterator[FootnoteLabel]:
    """Yield the first occurrence of each label that is not among ``others``."""
    seen = {other.label for other in others}
    for each in labels:
        if each.label not in seen:
            seen.add(each.label)
            yield each
