"""REF: references lead to a place that the document has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.completeness import Completeness
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.references import ABOVE, CrossReference, CrossReferences, Target, Targets
from reportlint.knowledge.levels import Severity
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Label, Role, Section, Structure, readings

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
    highest = last.label.value
    for reference in references.of("paragraph"):
        if not reference.explicit and kind.is_legal_text:
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
    if not labelled:
        return
    for reference in references.of("section"):
        home = reference.passage.section
        for target in reference.targets:
            parts = tuple(target.split("."))
            matches = structure.sections_by_citation.get(target, [])
            if any(
                target in structure.citations(match) or (home and match.parent in home.lineage) for match in matches
            ):
                continue
            if completeness.may_get_section(target):
                continue
            fields: dict[str, object] = {_word(reference.text, target, structure.lexicon): target}
            if not matches:
                if not _is_labelled_like(labelled, parts):
                    continue
                yield Problem(reference.span, fields, "unknown")
            else:
                actual = sorted({path for match in matches for path in structure.citations(match)})[:_MOST_NAMED]
                fields["actual"] = actual
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


def _is_labelled_like(labelled: list[Section], parts: tuple[str, ...]) -> bool:
    """Return whether sections are labelled in the style of the reference: Roman numerals for II, capitals for B."""
    is_roman = len(parts[0]) > 1 or parts[0] in "IVX"
    names = [section.label.bare for section in labelled if section.label]
    return any((len(name) > 1 or name in "IVX") == is_roman for name in names)


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
    for reference in references.references:
        named = targets.of(reference.kind)
        if not reference.internal or reference.kind in _CHECKED_ELSEWHERE or not named:
            continue
        if not reference.explicit and kind.is_legal_text:
            continue
        unknown = [number for number in reference.targets if number not in named]
        known = [target for places in named.values() for target in places] if unknown else []
        last = next(filter(None, (_last_before(number, known) for number in unknown)), None)
        if last and (last.label or reference.explicit):
            fields = {"reference": reference.text, "last": last.name}
            yield Problem(reference.span, fields, "last", (Related("last", last.span, fields),))
    for reference in references.of("adopted"):
        last = _last_decision(reference.targets[0], targets.of("adopted"))
        if last:
            fields = {"reference": reference.text, "last": last.name}
            yield Problem(reference.span, fields, "last", (Related("last", last.span, fields),))
    for reference in references.of("bare_appendix"):
        if not targets.of("appendix"):
            yield Problem(reference.span, {"reference": reference.text}, "none")


def _last_decision(number: str, named: Mapping[str, tuple[Target, ...]]) -> Target | None:
    """Return the last decision of a session that the draft reproduces if ``number`` ("6/5") comes after it.

    The decisions must be complete from the first.
    """
    session, _, serial = number.partition("/")
    known = {
        int(name.partition("/")[2]): places[0]
        for name, places in named.items()
        if name.partition("/")[0] == session and name.partition("/")[2].isdecimal()
    }
    is_complete = bool(known) and len(known) == max(known)
    return known[max(known)] if is_complete and int(serial) > max(known) else None


def _last_before(number: str, known: Sequence[Target]) -> Target | None:
    """Return the last target if ``number`` comes after it, or is 0. Any number comes after targets without a label."""
    if not any(target.label for target in known):
        return known[-1]
    for label in readings(f"{number}."):
        alike = [
            (target.label.value, target) for target in known if target.label and _in_one_series(target.label, label)
        ]
        if alike:
            highest, last = max(alike, key=lambda pair: pair[0])
            return last if label.value > highest or label.value == 0 else None
    return None


def _in_one_series(label: Label, other: Label) -> bool:
    return label.style is other.style and label.stem == other.stem


@check("references.direction", variants=("above", "below"), fields=("reference",), related=("target",))
def direction(
    structure: Structure, references: CrossReferences, targets: Targets, kind: KindOfDocument
) -> Iterator[Problem]:
    """Report a reference to something "above" that comes later, or "below" that comes earlier.

    References in notes are skipped, because a note has no place in the text. Legal texts may number the paragraphs of
    each article from 1: there, only "above" counts, in a decision that numbers its own paragraphs.
    """
    for reference in references.references:
        if not reference.direction or reference.passage.role is Role.NOTE:
            continue
        if reference.kind == "paragraph" and kind.is_legal_text:
            yield from _later_in_decision(structure, reference)
            continue
        places = [targets.of(reference.kind).get(number, ()) for number in reference.targets]
        if not all(places) or not places:
            continue
        all_targets = [target for same_label in places for target in same_label]
        if reference.direction == ABOVE:
            is_wrong = all(target.first > reference.passage.index for target in all_targets)
        else:
            is_wrong = all(target.last < reference.passage.index for target in all_targets)
        if is_wrong:
            fields = {"reference": reference.text}
            variant = "above" if reference.direction == ABOVE else "below"
            yield Problem(reference.span, fields, variant, (Related("target", all_targets[0].span, fields),))


def _later_in_decision(structure: Structure, reference: CrossReference) -> Iterator[Problem]:
    """Report "paragraph 5 above" in paragraph 3 of a decision."""
    found = structure.decision_at(reference.passage)
    if found is None or reference.direction != ABOVE:
        return
    meant = [entry for entry in found[1].entries if entry.label.bare in reference.targets]
    if meant and all(entry.passage > reference.passage.index for entry in meant):
        fields = {"reference": reference.text}
        yield Problem(reference.span, fields, "above", (Related("target", meant[0].span, fields),))


@check("references.ranges", fields=("first", "last", "reference"))
def ranges(references: CrossReferences) -> Iterator[Problem]:
    """Report a range that ends before it begins, such as "paragraphs 12 to 10", in this or another document."""
    for reference in references.references:
        if reference.backwards:
            first, last = reference.backwards
            yield Problem(reference.span, {"reference": reference.text, "first": first, "last": last})
