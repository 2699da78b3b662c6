"""REF: references inside the document lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.masthead import DocumentKind, Title
from reportlint.facts.references import ABOVE, CrossReferences, Target, Targets
from reportlint.knowledge.scales import Severity
from reportlint.structure import Label, Role, Section, Structure, readings

_MOST_NAMED = 3
# Kinds of references that have a rule of their own.
_OWN_RULES = ("paragraph", "section", "item")


@check("references.paragraphs", fields=("last", "number"), related=("last",))
def paragraphs(structure: Structure, references: CrossReferences, title: Title) -> Iterator[Problem]:
    """A reference to a paragraph of this document that it does not have. Authority: Editorial Manual, instructions
    (cross-references are checked again in the last draft).

    Outside reports, where articles and instruments are cited without their names, only references that say
    "above" or "of the present document" count.
    """
    last = structure.last_paragraph
    if last is None:
        return
    numbers = structure.paragraph_numbers
    highest = last.label.value
    for reference in references.of("paragraph"):
        if not reference.explicit and title.kind is DocumentKind.OTHER:
            continue
        unknown = [number for number in reference.targets if int(number) not in numbers]
        # A number inside the series that is only missing is the sequence's own fault.
        beyond = next((number for number in unknown if int(number) > highest or int(number) == 0), None)
        if beyond:
            fields = {"number": beyond, "last": highest}
            yield Problem(reference.span, fields, related=(Related("last", last.span, fields),))


@check(
    "references.sections",
    variants=("elsewhere", "several", "unknown"),
    fields=("actual", "section"),
    related=("actual",),
)
def sections(structure: Structure, references: CrossReferences) -> Iterator[Problem]:
    """A reference to a section that does not exist, or only elsewhere than in the section it is made in."""
    labelled = [section for section in structure.sections if section.name]
    if not labelled:
        return
    for reference in references.of("section"):
        home = structure.passages[reference.passage].section
        for target in reference.targets:
            parts = tuple(target.split("."))
            matches = structure.sections_by_citation.get(target, [])
            if any(target in structure.citations(one) or (home and one.parent in home.lineage) for one in matches):
                continue
            if not matches:
                if not _could_be_own(labelled, parts):
                    continue
                yield Problem(reference.span, {"section": target}, "unknown")
            else:
                actual = sorted({path for one in matches for path in structure.citations(one)})[:_MOST_NAMED]
                variant = "elsewhere" if len(matches) == 1 else "several"
                yield Problem(
                    reference.span,
                    {"section": target, "actual": actual},
                    variant,
                    (Related("actual", matches[0].span, {"section": target, "actual": actual}),),
                    Severity.WARNING if len(matches) == 1 else Severity.INFO,
                )
            break


@check("references.targets", fields=("last", "reference"), related=("last",))
def unknown_targets(references: CrossReferences, targets: Targets, title: Title) -> Iterator[Problem]:
    """A reference to a recommendation, annex, table, figure or footnote that this document does not have.

    A number inside the series that is only missing is the sequence's own fault. What the document has none of is
    another document's, unless the words place it here.
    """
    for reference in references.references:
        named = targets.of(reference.kind)
        if not reference.internal or reference.kind in _OWN_RULES or not named:
            continue
        if not reference.explicit and title.kind is DocumentKind.OTHER:
            continue
        unknown = [number for number in reference.targets if number not in named]
        known = [target for places in named.values() for target in places] if unknown else []
        last = next(filter(None, (_passed(number, known) for number in unknown)), None)
        if last and (last.label or reference.explicit):
            fields = {"reference": reference.text, "last": last.name}
            yield Problem(reference.span, fields, related=(Related("last", last.span, fields),))


def _passed(number: str, known: Sequence[Target]) -> Target | None:
    """The last of the targets, if ``number`` comes after it; one without a number comes before all."""
    if not any(target.label for target in known):
        return known[-1]
    for label in readings(f"{number}."):
        alike = [(one.label.value, one) for one in known if one.label and _count_together(one.label, label)]
        if alike:
            highest, last = max(alike, key=lambda pair: pair[0])
            return last if label.value > highest or label.value == 0 else None
    return None


def _count_together(one: Label, other: Label) -> bool:
    return one.style is other.style and one.stem == other.stem


@check("references.direction", variants=("above", "below"), fields=("reference",), related=("target",))
def direction(structure: Structure, references: CrossReferences, targets: Targets, title: Title) -> Iterator[Problem]:
    """What is said to be above comes later, or what is said to be below stands before.

    Notes stand at no place of the text; outside reports paragraphs may be numbered afresh in every article.
    """
    for reference in references.references:
        if not reference.direction or structure.passages[reference.passage].role is Role.NOTE:
            continue
        if reference.kind == "paragraph" and title.kind is DocumentKind.OTHER:
            continue
        places = [targets.of(reference.kind).get(number, ()) for number in reference.targets]
        if not all(places) or not places:
            continue
        found = [target for one in places for target in one]
        if reference.direction == ABOVE:
            wrong = all(target.first > reference.passage for target in found)
        else:
            wrong = all(target.last < reference.passage for target in found)
        if wrong:
            fields = {"reference": reference.text}
            variant = "above" if reference.direction == ABOVE else "below"
            yield Problem(reference.span, fields, variant, (Related("target", found[0].span, fields),))


@check("references.ranges", fields=("first", "last", "reference"))
def ranges(references: CrossReferences) -> Iterator[Problem]:
    """A range that ends before it begins, in this document or another: "paragraphs 12 to 10"."""
    for reference in references.references:
        if reference.backwards:
            first, last = reference.backwards
            yield Problem(reference.span, {"reference": reference.text, "first": first, "last": last})


def _could_be_own(labelled: list[Section], parts: tuple[str, ...]) -> bool:
    """Whether the document labels its sections in the manner of the reference (roman for II, capitals for B)."""
    multi = len(parts[0]) > 1 or parts[0] in "IVX"
    names = [section.label.bare for section in labelled if section.label]
    return any((len(name) > 1 or name in "IVX") == multi for name in names)
