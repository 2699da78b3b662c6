"""PAR: who attended and who spoke."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.organizations import Organizations
from reportlint.facts.participation import Participation
from reportlint.facts.state_lists import ListEntry
from reportlint.facts.stated_counts import StatedCounts
from reportlint.structure import Structure

_FEWEST_PRESENT = 5


@check("participation.two_categories", fields=("name", "paragraph"), related=("first",))
def two_categories(structure: Structure, participation: Participation) -> Iterator[Problem]:
    """A State in two exclusive categories of those present. Lists of the same category (the parts of a resumed
    session) are not compared."""
    seen: dict[str, tuple[ListEntry, frozenset[str]]] = {}
    for one in participation.attendance:
        categories = one.introduction.categories
        for entry in one.states:
            first = seen.setdefault(entry.meant or "", (entry, categories))
            if first[0] is not entry and first[1] != categories and first[1] and categories:
                paragraph = structure.number_at(first[0].span.start) or "–"
                fields = {"name": entry.name, "paragraph": paragraph}
                yield Problem(entry.span, fields, related=(Related("first", first[0].span, fields),))


@check("participation.absent_speaker", fields=("name",), related=("attendance",))
def absent_speaker(participation: Participation, organizations: Organizations) -> Iterator[Problem]:
    """A State or organization took the floor and is in no list of those present.

    Asked of States only where States present are listed, and of organizations only where those are.
    """
    for observer in organizations.observers:
        if observer.absent and organizations.attendance:
            related = (Related("attendance", organizations.attendance),)
            yield Problem(observer.span, {"name": observer.name}, related=related)
    if len(participation.present) < _FEWEST_PRESENT or not participation.attendance:
        return
    attendance = participation.attendance[0]
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
def speaker_category(structure: Structure, participation: Participation) -> Iterator[Problem]:
    """A State spoke as a party or member and attended as an observer, or the reverse; once for each State.

    Asked only where the draft lists those present on both sides. "The representative of" says nothing of the side.
    """
    reported: set[str] = set()
    for speaker in participation.speakers:
        attended = participation.sides.get(speaker.iso3)
        if attended and speaker.side and speaker.side is not attended.side and speaker.iso3 not in reported:
            reported.add(speaker.iso3)
            fields = {"name": speaker.name, "paragraph": structure.number_at(attended.span.start) or "–"}
            related = (Related("attendance", attended.span, fields),)
            yield Problem(speaker.span, fields, speaker.side.value, related=related)


@check("participation.stated_count", fields=("count", "stated"), related=("list",))
def stated_count(counts: StatedCounts) -> Iterator[Problem]:
    """A number of States or persons that the list behind it does not have."""
    for one in counts:
        if one.number not in one.listed:
            fields = {"stated": one.stated, "count": one.listed[0]}
            yield Problem(one.span, fields, related=(Related("list", one.list_span),))
