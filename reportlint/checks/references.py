"""REF: references lead to a place that the document has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.completeness import Completeness
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.references import ABOVE, CrossReference, CrossReferences, Target, Targets
from reportlint.knowledge.levels import Severity
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Role, Structure, Style, readings

_MOST_NAMED = 3
# Kinds of references that other rules check.
_CHECKED_ELSEWHERE = ("paragraph", "section", "item", "adopted", "bare_appendix")


@check(
    "references.paragraphs", variants=("decision", "document"), fields=("decision", "last", "number"), related=("last",)
)
def paragraphs(
    structure: Structure, references: CrossReferences, kind: KindOfDocument, completeness: Completeness
) -> Iterator[Problem]:
    """Report a reference to a paragraph that this document does not have.

    A draft may still get it, and another part of a report may have it, unless it is said to stand above.

    Legal texts cite articles and instruments without naming them; there, only references that say "above" or "of the
    present document" count. In a decision that numbers its own paragraphs, these mean its paragraphs. Authority:
    Editorial Manual, instructions (cross-references are checked again in the last draft).
    """
    last = structure.last_paragraph
    if last is None:
        return
    numbers = structure.paragraph_numbers
    highest, is_legal_text = last.label.value, kind.is_legal_text
    for reference in references.of("paragraph"):
        if is_legal_text and not reference.explicit:
            continue
        unknown = [number for number in reference.targets if int(number) not in numbers]
        # A number missing within the series is reported by NUM001.
        is_settled = completeness.is_complete or (reference.direction == ABOVE and not completeness.is_draft)
        end = highest if is_settled else inf
        beyond = next((number for number in unknown if int(number) > end or int(number) == 0), None)
        if beyond:
            fields: dict[str, object] = {"number": beyond, "last": highest}
            yield Problem(reference.span, fields, "document", (Related("last", last.span, fields),))
        elif reference.direction == ABOVE and is_settled:
            yield from _beyond_decision(structure, reference)


def _beyond_decision(structure: Structure, reference: CrossReference) -> Iterator[Problem]:
    """Report "paragraph 7 above" in a decision that ends at paragraph 4."""
    found = structure.decision_at(reference.passage)
    last = found[1].last if found else None
    if found is None or last is None:
        return
    beyond = next((number for number in reference.targets if int(number) > last.label.value), None)
    if beyond:
        fields = {"decision": found[0].name, "number": beyond, "last": last.label.value}
        yield Problem(reference.span, fields, "decision", (Related("last", last.span, fields),))


@check(
    "references.sections",
    variants=("elsewhere", "unknown"),
    fields=("actual", "chapter", "section"),
    related=("actual",),
)
def sections(structure: Structure, references: CrossReferences, completeness: Completeness) -> Iterator[Problem]:
    """Report a reference to a section that does not exist, or that exists only in another section.

    A section that comes after those written so far is not reported in a draft.
    Messages call it a chapter if the reference does.
    """
    labelled = [section for section in structure.sections if section.name]
    targets = {target for reference in references.of("section") for target in reference.targets}
    if not labelled or not targets:
        return
    styles = {_is_roman(section.label.bare) for section in labelled if section.label}
    cited_in_full = targets.intersection(path for section in labelled for path in structure.citations(section))
    cited_below = {
        (target, match.parent) for target in targets for match in structure.sections_by_citation.get(target, ())
    }
    paths: dict[str, list[str]] = {}  # of the sections with a citation
    for reference in references.of("section"):
        home = reference.passage.section
        for target in reference.targets:
            if target in cited_in_full:
                continue
            if home and any((target, above) in cited_below for above in home.lineage):
                continue
            matches = structure.sections_by_citation.get(target, [])
            if completeness.may_get_section(target):
                continue
            fields: dict[str, object] = {_word(reference.text, target, structure.lexicon): target}
            if not matches:
                if _is_roman(target.split(".")[0]) not in styles:
                    continue  # the sections are labelled in another style
                yield Problem(reference.span, fields, "unknown")
            else:
                if target not in paths:
                    all_paths = {path for match in matches for path in structure.citations(match)}
                    paths[target] = sorted(all_paths)[:_MOST_NAMED]
                fields["actual"] = paths[target]
                yield Problem(
                    reference.span,
                    fields,
                    "elsewhere",
                    (Related("actual", matches[0].span, fields),),
                    Severity.WARNING if len(matches) == 1 else Severity.INFO,
                )
            break


def _word(text: str, target: str, lexicon: Lexicon) -> str:
    """Return "chapter" or "section", as a reference calls ``target``.

    Of "chap. I, sect. C", the target "I.C" is a section.
    """
    names_chapter = lexicon.phrases("chapter").search(text) is not None
    names_section = lexicon.phrases("chapter_section").search(text) is not None
    return "chapter" if names_chapter and not (names_section and "." in target) else "section"


def _is_roman(label: str) -> bool:
    """Return whether a label is a Roman numeral, not a capital letter."""
    return len(label) > 1 or label in "IVX"


@check("references.targets", variants=("last", "none"), fields=("last", "reference"), related=("last",))
def unknown_targets(
    references: CrossReferences, targets: Targets, kind: KindOfDocument, completeness: Completeness
) -> Iterator[Problem]:
    """Report a reference to a recommendation, annex, table, figure or footnote that this document does not have.

    A number missing within a series is reported by the NUM rules. If the document has none of the kind, the reference
    is to another document. If those it has bear no number ("Annex"), only references that say "above" or "to the
    present report" count. A draft may still get what comes after the last.
    """
    if not completeness.is_complete:
        return
    lasts: dict[str, _Lasts] = {}
    decisions: dict[str, Target | None] = {}  # the last of each session
    for reference in references.where(lambda each: each.internal and each.kind not in _CHECKED_ELSEWHERE):
        named = targets.of(reference.kind)
        if not named or (not reference.explicit and kind.is_legal_text):
            continue
        unknown = [number for number in reference.targets if number not in named]
        if unknown and reference.kind not in lasts:
            lasts[reference.kind] = _Lasts(target for places in named.values() for target in places)
        last = next(filter(None, (lasts[reference.kind].before(number) for number in unknown)), None)
        if last and (last.label or reference.explicit):
            fields = {"reference": reference.text, "last": last.name}
            yield Problem(reference.span, fields, "last", (Related("last", last.span, fields),))
    for reference in references.of("adopted"):
        session, _, serial = reference.targets[0].partition("/")
        if session not in decisions:
            decisions[session] = _last_decision(session, targets.of("adopted"))
        last = decisions[session]
        if last and int(serial) > int(last.name.partition("/")[2]):
            fields = {"reference": reference.text, "last": last.name}
            yield Problem(reference.span, fields, "last", (Related("last", last.span, fields),))
    for reference in references.of("bare_appendix"):
        if not targets.of("appendix"):
            yield Problem(reference.span, {"reference": reference.text}, "none")


def _last_decision(session: str, named: Mapping[str, Sequence[Target]]) -> Target | None:
    """Return the last decision of a session that the draft reproduces, if it has all from the first."""
    known = {
        int(name.partition("/")[2]): places[0]
        for name, places in named.items()
        if name.partition("/")[0] == session and name.partition("/")[2].isdecimal()
    }
    is_complete = bool(known) and len(known) == max(known)
    return known[max(known)] if is_complete else None


class _Lasts:
    """The last target of each series of labels among the targets of one kind."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self.by_series: dict[tuple[Style, str], tuple[int, Target]] = {}
        last = None
        for target in targets:
            label, last = target.label, target
            if label and label.value > self.by_series.get((label.style, label.stem), (-1, None))[0]:
                self.by_series[label.style, label.stem] = label.value, target
        self.unlabelled = None if self.by_series else last

    def before(self, number: str) -> Target | None:
        """Return the last target if ``number`` comes after it, or is 0.

        Any number comes after targets without a label.
        """
        if self.unlabelled:
            return self.unlabelled
        for label in readings(f"{number}."):
            if (label.style, label.stem) in self.by_series:
                highest, last = self.by_series[label.style, label.stem]
                return last if label.value > highest or label.value == 0 else None
        return None


@check("references.direction", variants=("above", "below"), fields=("reference",), related=("target",))
def direction(
    structure: Structure, references: CrossReferences, targets: Targets, kind: KindOfDocument
) -> Iterator[Problem]:
    """Report a reference to something "above" that comes later, or "below" that comes earlier.

    References in notes are skipped, because a note has no place in the text. Legal texts may number the paragraphs of
    each article from 1: there, only "above" counts, in a decision that numbers its own paragraphs.
    """
    extents: dict[tuple[str, str], tuple[int, int]] = {}  # the first and last passage of all targets of one label
    for reference in references.where(lambda each: each.direction != 0):
        if reference.passage.role is Role.NOTE:
            continue
        if reference.kind == "paragraph" and kind.is_legal_text:
            yield from _later_in_decision(structure, reference)
            continue
        places = [targets.of(reference.kind).get(number, ()) for number in reference.targets]
        if not all(places) or not places:
            continue
        for number, same_label in zip(reference.targets, places, strict=True):
            if (reference.kind, number) not in extents:
                extent = min(target.first for target in same_label), max(target.last for target in same_label)
                extents[reference.kind, number] = extent
        firsts, ends = zip(*(extents[reference.kind, number] for number in reference.targets), strict=True)
        index = reference.passage.index
        if min(firsts) > index if reference.direction == ABOVE else max(ends) < index:
            fields = {"reference": reference.text}
            variant = "above" if reference.direction == ABOVE else "below"
            yield Problem(reference.span, fields, variant, (Related("target", places[0][0].span, fields),))


def _later_in_decision(structure: Structure, reference: CrossReference) -> Iterator[Problem]:
    """Report "paragraph 5 above" in paragraph 3 of a decision."""
    found = structure.decision_at(reference.passage)
    if found is None or reference.direction != ABOVE:
        return
    meant = sorted(
        (entry for target in set(reference.targets) for entry in found[1].by_label.get(target, ())),
        key=lambda entry: entry.passage,
    )
    if meant and all(entry.passage > reference.passage.index for entry in meant):
        fields = {"reference": reference.text}
        yield Problem(reference.span, fields, "above", (Related("target", meant[0].span, fields),))


@check("references.ranges", fields=("first", "last", "reference"))
def ranges(references: CrossReferences) -> Iterator[Problem]:
    """Report a range that ends before it begins, such as "paragraphs 12 to 10", in this or another document."""
    for reference in references.where(lambda each: each.backwards is not None):
        if reference.backwards:
            first, last = reference.backwards
            yield Problem(reference.span, {"reference": reference.text, "first": first, "last": last})
