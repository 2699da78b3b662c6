"""REF: references inside the document lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.masthead import DocumentKind, Title
from reportlint.facts.references import CrossReferences
from reportlint.knowledge.scales import Severity
from reportlint.structure import Section, Structure

_MOST_NAMED = 3


@check("references.paragraphs")
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
    for reference in references.paragraphs:
        if not reference.explicit and title.kind is DocumentKind.OTHER:
            continue
        unknown = [number for number in reference.targets if int(number) not in numbers]
        # A number inside the series that is only missing is the sequence's own fault.
        beyond = next((number for number in unknown if int(number) > highest or int(number) == 0), None)
        if beyond:
            fields = {"number": beyond, "last": highest}
            yield Problem(reference.span, fields, related=(Related("last", last.span, fields),))


@check("references.sections")
def sections(structure: Structure, references: CrossReferences) -> Iterator[Problem]:
    """A reference to a section that does not exist, or only elsewhere than in the section it is made in."""
    labelled = [section for section in structure.sections if section.name]
    if not labelled:
        return
    for reference in references.sections:
        home = structure.passages[reference.passage].section
        for target in reference.targets:
            parts = tuple(target.split("."))
            matches = structure.sections_by_citation.get(target, [])
            if any(target in structure.citations(one) or _near(one, home) for one in matches):
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


def _near(section: Section, home: Section | None) -> bool:
    """Whether a section lies under one that the reference stands in."""
    while home is not None:
        if section.parent is home:
            return True
        home = home.parent
    return False


def _could_be_own(labelled: list[Section], parts: tuple[str, ...]) -> bool:
    """Whether the document labels its sections in the manner of the reference (roman for II, capitals for B)."""
    multi = len(parts[0]) > 1 or parts[0] in "IVX"
    names = [section.label.bare for section in labelled if section.label]
    return any((len(name) > 1 or name in "IVX") == multi for name in names)
