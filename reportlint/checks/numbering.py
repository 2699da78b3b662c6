"""NUM: labels that count together are consecutive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from reportlint.checks.problem import Problem, Related, check
from reportlint.document import Document, Span
from reportlint.facts.announcements import Announcements
from reportlint.facts.footnotes import FootnoteMark, Footnotes
from reportlint.facts.masthead import DocumentKind, Title
from reportlint.facts.references import CrossReferences
from reportlint.knowledge.scales import Severity
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Label, Labelled, NumberedEntry, Role, Section, Series, Structure, Style, diagnose

_MARKDOWN = "markdown"
_BRACKETS = ("(…)", "…)")
_LETTERS = (Style.LOWER, Style.LOWER_ROMAN)
_FIRST_LABELS = {Style.UPPER: "A.", Style.ARABIC: "1.", Style.LOWER: "(a)", Style.LOWER_ROMAN: "(i)"}


def sequence_problems(
    values: Sequence[int],
    spans: Sequence[Span],
    printed: Callable[[int], str],
    as_printed: Sequence[str],
    lexicon: Lexicon,
    first: int = 1,
) -> Iterator[Problem]:
    """The faults of one series, each once and at its smallest cause.

    ``printed`` gives how a value of the series would be printed; ``as_printed`` how each label is.
    """
    for broken in diagnose(values, first):
        index = broken.index
        fields: dict[str, object] = {"found": as_printed[index]}
        if broken.missing:
            low, high = broken.missing
            fields["missing"] = (
                printed(low)
                if low == high
                else lexicon.fill(lexicon.section("formats", "range"), {"first": printed(low), "last": printed(high)})
            )
            fields["following"] = len(values) - index
        else:
            fields["expected"] = printed(broken.expected)
        related = (Related("previous", spans[index - 1], {"label": as_printed[index - 1]}),) if index else ()
        yield Problem(spans[index], fields, broken.kind, related)


def _worded(word: str, label: Label) -> Callable[[int], str]:
    """How another value is printed in the manner of "Recommendation 6"."""
    return lambda value: f"{word} {label.like(value)}"


@check(
    "numbering.paragraphs",
    variants=("missing", "order", "repeated"),
    fields=("expected", "following", "found", "label", "missing"),
    related=("previous",),
)
def paragraphs(structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Paragraphs are numbered in one consecutive series. Authority: Editorial Manual, Paragraphs and subparagraphs.

    A series may begin again at 1 in an annex or Part; a draft that continues another may begin at any number
    but 2 or 3. "12 bis" counts as nothing.
    """
    for series in structure.paragraphs:
        entries = [entry for entry in series.entries if not entry.label.suffix]
        if not entries:
            continue
        values = [entry.label.value for entry in entries]
        first = values[0] if values[0] > 3 or len(values) == 1 else 1
        yield from sequence_problems(
            values,
            [entry.span for entry in entries],
            str,
            [entry.label.text for entry in entries],
            lexicon,
            first,
        )
    yield from _decimals((series for series in structure.decimals if series.parent is None), lexicon)


def _decimals(series: Iterable[Series], lexicon: Lexicon) -> Iterator[Problem]:
    """Faults of the numbers 4.1, 4.2 under one 4. A series may begin anywhere; it is one if two numbers follow on."""
    for one in series:
        values = one.values
        if any(after == before + 1 for before, after in pairwise(values)):
            yield from sequence_problems(
                values,
                [entry.span for entry in one.entries],
                one.entries[0].label.like,
                [entry.label.text for entry in one.entries],
                lexicon,
                values[0],
            )


@check(
    "numbering.sections",
    variants=("contents", "missing", "order", "repeated", "skipped"),
    fields=("expected", "following", "found", "label", "missing"),
    related=("heading", "previous"),
)
def sections(structure: Structure, announced: Announcements, lexicon: Lexicon) -> Iterator[Problem]:
    """Sibling headings are labelled consecutively, no level is skipped, and the table of contents has their labels.

    Authority: Editorial Manual, Headings.
    """
    problems = [*_sequences(structure, lexicon), *_skipped(structure)]
    yield from problems
    reported = {problem.span for problem in problems}
    for one in announced.by_title:
        entry, heading = one.entry.heading, one.section
        if not entry.label or not heading.label or heading.span in reported:
            continue
        if entry.label.style is heading.label.style and entry.label.value != heading.label.value:
            fields = {"found": entry.label.text, "expected": heading.label.text}
            yield Problem(entry.span, fields, "contents", (Related("heading", heading.span, fields),))


def _sequences(structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    # The continuation of another draft, or a Part of one.
    first_paragraph = structure.paragraphs[0].entries[0].label.value if structure.paragraphs else 1
    continues = first_paragraph > 1
    through_parts: dict[float, int] = {}
    for group in _siblings(structure):
        if group[0].is_annex_itself:
            continue
        labels = [section.label for section in group if section.label]
        parent = group[0].parent
        first = labels[0].value if labels[0].value > 3 or (continues and parent is None) else 1
        if parent is not None and parent.is_part:
            # Chapters may run on through the Parts.
            if labels[0].value == through_parts.get(group[0].rank, 0) + 1:
                first = labels[0].value
            through_parts[group[0].rank] = labels[-1].value
        yield from sequence_problems(
            [label.value for label in labels],
            [section.span for section in group],
            labels[0].like,
            [label.text for label in labels],
            lexicon,
            first,
        )


def _siblings(structure: Structure) -> list[list[Section]]:
    """The labelled headings that count together. Below a heading without a label they may begin again."""
    groups: list[list[Section]] = []
    last: dict[tuple[Section | None, str, float, Style | None], list[Section]] = {}
    after_unlabelled = False
    for section in structure.sections:
        label = section.label
        if label and not label.suffix and label.style is not Style.DECIMAL:
            # The annexes 1 and 2 of an instrument are none of the report's annexes I and II.
            style = label.style if section.is_annex_itself else None
            key = (section.parent, section.word.casefold(), section.rank, style)
            if key not in last or (after_unlabelled and label.value == 1 and len(last[key]) > 1):
                last[key] = []
                groups.append(last[key])
            last[key].append(section)
        after_unlabelled = not section.name
    return groups


def _skipped(structure: Structure) -> Iterator[Problem]:
    """A level left out, such as (a) directly under A. Once under each heading.

    1 directly under I is common practice, in published reports beside others with A between them.
    """
    seen: set[Section] = set()
    for section in structure.sections:
        above = section.parent
        if above is None or above in seen or section.label is None or above.label is None:
            continue
        if section.word or above.word or section.is_annex or Style.DECIMAL in (section.label.style, above.label.style):
            continue
        steps = section.label.style - above.label.style
        if steps > 1 and (above.label.style, section.label.style) != (Style.ROMAN, Style.ARABIC):
            seen.add(above)
            expected = _FIRST_LABELS[Style(above.label.style + 1)]
            yield Problem(section.span, {"found": section.label.text, "expected": expected}, "skipped")


@check("numbering.lone_subdivision", fields=("above", "expected", "found"), related=("above",))
def lone_subdivision(structure: Structure) -> Iterator[Problem]:
    """An A without a B: the only labelled section under a heading. Authority: Editorial Manual, Headings.

    The only section of the draft, and the title of an annex, are none.
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
    variants=("missing", "order", "repeated"),
    fields=("expected", "following", "found", "label", "missing"),
    related=("previous",),
)
def subparagraphs(structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """The labels of subparagraphs of one paragraph follow one another. Authority: as for paragraphs."""
    for series in structure.lists:
        entries = [entry for entry in series.entries if not entry.label.suffix]
        if len(entries) < 2:
            continue
        values = [entry.label.value for entry in entries]
        first = values[0] if values[0] > 2 else 1
        yield from sequence_problems(
            values,
            [entry.span for entry in entries],
            entries[0].label.like,
            [entry.label.text for entry in entries],
            lexicon,
            first,
        )
    yield from _decimals((series for series in structure.decimals if series.parent is not None), lexicon)


@check("numbering.subparagraph_style", variants=("custom", "mixed", "style"), fields=("expected", "found"))
def subparagraph_style(structure: Structure, lexicon: Lexicon, title: Title) -> Iterator[Problem]:
    """Letters and small roman numerals of subparagraphs stand in the brackets of the language: (a) or a).

    One that is the custom of the whole report is one finding, else each list is; of a list that mixes them, the first
    label that differs. Annexes reproduce instruments, and documents of other kinds are such.
    Authority: Editorial Manual, Paragraphs and subparagraphs.
    """
    if title.kind is DocumentKind.OTHER:
        return
    shape: str = lexicon.section("formats", "subparagraph")
    other = next(one for one in _BRACKETS if one != shape)
    deviating: list[tuple[NumberedEntry, str]] = []
    custom = True
    for series in structure.lists:
        section = structure.passages[series.entries[0].passage].section
        if series.entries[0].label.style not in _LETTERS or (section is not None and section.is_annex):
            continue
        shapes = [entry.label.shape for entry in series.entries]
        custom = custom and shape not in shapes
        if other in shapes:
            variant = "mixed" if shape in shapes else "style"
            deviating.append((series.entries[shapes.index(other)], variant))
    for entry, variant in deviating[:1] if custom else deviating:
        label = entry.label
        expected = label._replace(shape=shape).like(label.value)
        yield Problem(entry.span, {"found": label.text, "expected": expected}, "custom" if custom else variant)


@check(
    "numbering.annexes",
    variants=("lone", "missing", "order", "repeated"),
    fields=("expected", "following", "found", "label", "missing"),
    related=("previous",),
)
def annexes(structure: Structure, references: CrossReferences, lexicon: Lexicon) -> Iterator[Problem]:
    """Annexes, tables and figures are numbered consecutively; a single annex bears no number.

    Authority: United Nations practice for annexes (roman numerals where there are several).
    """
    for group in _siblings(structure):
        labels = [section.label for section in group if section.label and section.is_annex_itself]
        if not labels:
            continue
        yield from sequence_problems(
            [label.value for label in labels],
            [section.span for section in group],
            _worded(group[0].word, labels[0]),
            [section.name for section in group],
            lexicon,
            labels[0].value if labels[0].value > 3 else 1,
        )
    own = [one for one in structure.sections if one.is_annex_itself and one.parent is None]
    cited = {target for reference in references.of("annex") for target in reference.targets}
    if len(own) == 1 and own[0].label and own[0].label.value == 1 and cited <= {own[0].label.bare}:
        yield Problem(own[0].span, {"found": own[0].name, "expected": own[0].word}, "lone", severity=Severity.INFO)
    yield from _numbered(structure.captions, lexicon)


@check(
    "numbering.recommendations",
    variants=("missing", "order", "repeated"),
    fields=("expected", "following", "found", "label", "missing"),
    related=("previous",),
)
def recommendations(structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Numbered recommendations, decisions and conclusions run on through the report, or begin again in each section.

    Which of the two is inferred: a series begins again where the number 1 stands first in another section.
    """
    yield from _numbered(structure.labelled, lexicon)


def _numbered(all_labelled: Iterable[Labelled], lexicon: Lexicon) -> Iterator[Problem]:
    """Faults of the series that labels of each kind make."""
    kinds: dict[tuple[str, Style, str], list[list[Labelled]]] = {}
    for labelled in all_labelled:
        runs = kinds.setdefault((labelled.kind, labelled.label.style, labelled.label.stem), [])
        begins = labelled.number == 1 and runs and runs[-1][-1].section is not labelled.section
        if not runs or begins:
            runs.append([])
        runs[-1].append(labelled)
    for runs in kinds.values():
        for run in runs:
            numbers = [labelled.number for labelled in run]
            first = numbers[0] if numbers[0] > 3 else 1
            yield from sequence_problems(
                numbers,
                [labelled.span for labelled in run],
                _worded(run[0].word, run[0].label),
                [labelled.text for labelled in run],
                lexicon,
                first,
            )


@check("numbering.repeated_footnotes", fields=("mark",), related=("first",))
def repeated_footnotes(structure: Structure, notes: Footnotes) -> Iterator[Problem]:
    """One footnote indicator stands twice. Authority: Editorial Manual, Footnotes.

    Indicators may come again with their notes in an annex; those of tables are repeated on purpose. Where a note has
    no indicator, a repeated one is that note's, misprinted.
    """
    left = Counter(note.label for note in notes.notes)
    marked = {mark.label for mark in notes.marks}
    if not left or left.keys() - marked:
        return
    first: dict[str, FootnoteMark] = {}
    for mark in notes.marks:
        if structure.passages[mark.passage].role is Role.ROW or mark.label not in left:
            continue
        left[mark.label] -= 1
        if left[mark.label] == -1:
            earlier = first[mark.label]
            yield Problem(mark.span, {"mark": mark.label}, related=(Related("first", earlier.span),))
        first.setdefault(mark.label, mark)


@check(
    "numbering.footnotes",
    variants=("gap", "mark_without_note", "mismatch", "note_without_mark"),
    fields=("following", "found", "label", "mark", "missing", "note"),
    related=("note", "previous"),
)
def footnotes(notes: Footnotes, document: Document, lexicon: Lexicon) -> Iterator[Problem]:
    """Each footnote mark has its note and each note its mark, without a gap. Authority: Editorial Manual, Footnotes.

    A mark and a note that both lack their partner and stand in the same place of the order are one fault.
    """
    if document.format != _MARKDOWN and not (notes.notes and notes.marks):
        return  # in laid-out text marks may be plain figures, and notes may be missing
    marks = {mark.label: mark for mark in reversed(notes.marks)}
    texts = {note.label: note for note in reversed(notes.notes)}
    lone_marks = [mark for mark in notes.marks if mark.label not in texts and marks[mark.label] is mark]
    lone_notes = [note for note in notes.notes if note.label not in marks and texts[note.label] is note]
    for mark, note in zip(lone_marks, lone_notes, strict=False):
        fields = {"mark": mark.label, "note": note.label}
        yield Problem(mark.span, fields, "mismatch", (Related("note", note.span, fields),))
    for mark in lone_marks[len(lone_notes) :]:
        yield Problem(mark.span, {"mark": mark.label}, "mark_without_note")
    for note in lone_notes[len(lone_marks) :]:
        yield Problem(note.span, {"note": note.label}, "note_without_mark")
    if lone_marks or lone_notes:
        return
    firsts = list(dict.fromkeys(mark.label for mark in notes.marks))
    if any(int(label) < int(before) for before, label in pairwise(firsts)):
        return  # notes that begin again in an annex
    for problem in sequence_problems(
        [int(label) for label in firsts], [marks[label].span for label in firsts], str, firsts, lexicon
    ):
        if problem.variant == "missing":
            yield Problem(problem.span, problem.fields, "gap", problem.related)
