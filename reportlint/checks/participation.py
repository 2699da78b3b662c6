"""PAR: who attended and who spoke."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.document import Span
from reportlint.facts.completeness import Completeness
from reportlint.facts.organizations import Organizations
from reportlint.facts.participation import Participation
from reportlint.facts.state_lists import ListEntry
from reportlint.facts.stated_counts import StatedCounts
from reportlint.structure import Structure

_FEWEST_PRESENT = 5
_FEWEST_LISTED = 3  # in lists of participants that a colon announces


@check("participation.two_categories", fields=("name", "paragraph"), related=("first",))
def two_categories(structure: Structure, participation: Participation) -> Iterator[Problem]:
    """Report a State listed under two exclusive categories of participants.

    Lists of the same category (the parts of a resumed session) are not compared.
    """
    seen: dict[str, tuple[ListEntry, frozenset[str]]] = {}
    for state_list in participation.attendance:
        categories = state_list.introduction.categories
        for entry in state_list.states:
            first, first_categories = seen.setdefault(entry.meant or "", (entry, categories))
            if first is not entry and first_categories != categories and first_categories and categories:
                fields = {"name": entry.name, **_paragraph(structure, first.span)}
                yield Problem(entry.span, fields, related=(Related("first", first.span, fields),))


def _paragraph(structure: Structure, span: Span) -> dict[str, str]:
    """Return the field ``paragraph`` for a place, or nothing if the place is not in a numbered paragraph."""
    number = structure.number_at(span.start)
    return {"paragraph": number} if number else {}


@check("participation.absent_speaker", fields=("name",), related=("attendance",))
def absent_speaker(
    participation: Participation, organizations: Organizations, completeness: Completeness
) -> Iterator[Problem]:
    """Report a State or organization that took the floor but is not in a list of participants.

    States are checked only if the draft lists the States that attended, and organizations only if it lists those.
    """
    if not completeness.has_attendance:
        return
    for observer in organizations.observers:
        if observer.absent and organizations.attendance:
            related = (Related("attendance", organizations.attendance.passage.block.head),)
            yield Problem(observer.span, {"name": observer.name}, related=related)
    if not participation.attendance:
        return
    attendance = participation.attendance[0]
    fewest = _FEWEST_LISTED if attendance.after_colon and attendance.complete else _FEWEST_PRESENT
    if len(participation.present) < fewest:
        return
    reported: set[str] = set()
    for speaker in participation.speakers:
        if speaker.iso3 not in participation.present and speaker.iso3 not in reported:
            reported.add(speaker.iso3)
            related = (Related("attendance", attendance.entries[0].span),)
            yield Problem(speaker.span, {"name": speaker.name}, related=related)


@check(
    "participation.speaker_category",
    variants=("inside", "outside"),
    fields=("name", "paragraph"),
    related=("attendance",),
)
def speaker_category(
    structure: Structure, participation: Participation, completeness: Completeness
) -> Iterator[Problem]:
    """Report a State that spoke as a party or member but attended as an observer, or the reverse; once for each State.

    Drafts are checked only if they list participants of both kinds. "The representative of" does not indicate either.
    """
    if not completeness.has_attendance:
        return
    reported: set[str] = set()
    for speaker in participation.speakers:
        attended = participation.sides.get(speaker.iso3)
        if attended and speaker.side and speaker.side is not attended.side and speaker.iso3 not in reported:
            reported.add(speaker.iso3)
            fields = {"name": speaker.name, **_paragraph(structure, attended.mention.span)}
            related = (Related("attendance", attended.mention.span, fields),)
            yield Problem(speaker.span, fields, speaker.side.value, related=related)


@check("participation.stated_count", fields=("count", "stated", "words"), related=("list",))
def stated_count(counts: StatedCounts) -> Iterator[Problem]:
    """Report a stated number of States or persons that differs from the number of names in the list that follows."""
    for count in counts:
        if count.number not in count.listed:
            fields = {"stated": count.mention.text.strip("()"), "words": count.words, "count": count.listed[0]}
            yield Problem(count.mention.span, fields, related=(Related("list", count.list_span),))
