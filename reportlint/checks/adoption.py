"""ADP: the adoption of the report."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.adoption import Adoptions
from reportlint.facts.agenda import Agenda
from reportlint.facts.agenda_references import AgendaReferences
from reportlint.facts.completeness import Completeness
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.front import FrontLines
from reportlint.facts.masthead import Masthead
from reportlint.facts.meetings import Meetings
from reportlint.facts.past_dates import is_advance_text
from reportlint.facts.session import Session
from reportlint.facts.title import Title
from reportlint.language.lexicon import Lexicon, Ordinal
from reportlint.structure import Section, Structure


@check("adoption.missing")
def missing(
    structure: Structure,
    adoptions: Adoptions,
    title: Title,
    kind: KindOfDocument,
    masthead: Masthead,
) -> Iterator[Problem]:
    """Report the lack of a statement that the report was adopted.

    The finding is placed at the heading on the adoption, or else at the last heading, or else at the title. Reports of
    officers and those of the Main Committees to the General Assembly are not adopted by a body. An excerpt need not say
    it, nor the reports of other organizations without a heading on the adoption.
    """
    if adoptions.adoption is not None or not structure.paragraphs:
        return
    if not structure.lexicon.phrases("adoption").phrases or not kind.is_certain:
        return
    if _is_adopted_by_nobody(title.text, structure.lexicon):
        return
    sections = [section for section in structure.sections if not section.is_annex]
    titled = structure.sections_titled(structure.lexicon.phrases("adoption_title"))
    on_adoption = [section for section in titled if not section.is_annex]
    if masthead.is_of_others and not on_adoption:
        return
    section = next(reversed(on_adoption or sections), None)
    if section is not None:
        yield Problem(structure.passages[section.passage].span())
    elif title.span is not None:
        yield Problem(title.span)


def _is_adopted_by_nobody(title: str, lexicon: Lexicon) -> bool:
    """Return whether a title is that of a report that no body adopts.

    The report of a body on its workshop is not: the body is named before the workshop.
    """
    match = lexicon.phrases("report_not_adopted").search(title)
    if match is None:
        return False
    body = lexicon.phrases("organ").search(title, match.start(), match.end())
    return body is None or body.end() == match.end() or not lexicon.phrases("session_named").search(title)


def _top_sections(structure: Structure) -> list[Section]:
    """Return the sections of the report itself: the highest labelled level outside annexes."""
    labelled = [section for section in structure.sections if section.name and not section.is_annex]
    top = min((section.rank for section in labelled), default=None)
    return [section for section in labelled if section.rank == top]


@check("adoption.unknown_section", fields=("section",))
def unknown_section(structure: Structure, adoptions: Adoptions, completeness: Completeness) -> Iterator[Problem]:
    """Report sections that the text lists as adopted but the report does not have; a draft may still get them."""
    adoption = adoptions.adoption
    if adoption is None or not structure.sections:
        return
    paths = {path for section in structure.sections for path in structure.citations(section)}
    unknown = (
        label for label in adoption.sections if label.name not in paths and not completeness.may_get_section(label.name)
    )
    first = next(unknown, None)
    if first:
        names = [first.name, *(sys.intern(label.name) for label in unknown)]
        yield Problem(first.mention.span, {"section": names})


@check("adoption.section_left_out", variants=("both", "left_out"), fields=("section",), related=("section",))
def section_left_out(structure: Structure, adoptions: Adoptions) -> Iterator[Problem]:
    """Report a section that is listed neither as adopted nor as not adopted, or as both.

    The section that records the adoption need not be listed.
    """
    adoption = adoptions.adoption
    if adoption is None or not adoption.labels:
        return
    tops = _top_sections(structure)
    named = {label.name for label in adoption.sections}
    if not named & {section.name.rpartition(" ")[2] for section in tops}:
        return  # the labels are those of another level
    excluded = dict(adoptions.not_adopted)
    home = adoption.mention.passage.section
    for section in tops:
        name = structure.intended_label(section)
        fields = {"section": name}
        if name in named and section in excluded:
            label = next(label for label in adoption.sections if label.name == name)
            yield Problem(label.mention.span, fields, "both", (Related("section", excluded[section].span, fields),))
        elif name not in named and section not in excluded and not (home and home.within(section)):
            yield Problem(adoption.labels[0].span, fields, "left_out", (Related("section", section.span, fields),))


@check(
    "adoption.meeting",
    variants=("not_held", "not_last"),
    fields=("count", "last", "meeting"),
    related=("count", "last"),
)
def meeting(adoptions: Adoptions, meetings: Meetings, completeness: Completeness) -> Iterator[Problem]:
    """Report an adoption at a meeting that was not held, or before the last meeting.

    A report that is only entrusted to somebody may be taken up before the last meeting, and a meeting held jointly with
    other bodies may follow the adoption.

    In a draft, the number of meetings stated may be that of the programme of work.
    """
    adoption = adoptions.adoption
    if adoption is None or adoption.meeting is None:
        return
    number = max(adoption.meeting.numbers)
    stated = meetings.counts[0] if meetings.counts and not meetings.run_through else None
    if stated is not None and number > stated.number:
        fields: dict[str, object] = {"meeting": Ordinal(number), "count": stated.number}
        yield Problem(adoption.meeting.span, fields, "not_held", (Related("count", stated.span, fields),))
        return
    # A reference beyond the number of meetings held is not a later meeting.
    highest = meetings.without_joint().highest_within(stated.number if stated else None)
    if adoption.is_partial or adoption.is_entrusted:
        return
    if highest is not None and max(highest.numbers) > number:
        fields = {"meeting": Ordinal(number), "last": Ordinal(max(highest.numbers))}
        yield Problem(adoption.meeting.span, fields, "not_last", (Related("last", highest.span, fields),))
    elif completeness.is_complete and stated is not None and number < stated.number:
        fields = {"meeting": Ordinal(number), "last": Ordinal(stated.number)}
        yield Problem(adoption.meeting.span, fields, "not_last", (Related("last", stated.span, fields),))


@check(
    "adoption.date",
    variants=("other_date", "outside"),
    fields=("date", "end", "meeting", "other", "start"),
    related=("other", "session"),
)
def date(adoptions: Adoptions, meetings: Meetings, session: Session) -> Iterator[Problem]:
    """Report a date of adoption outside the session, or different from the date of that meeting elsewhere."""
    adoption = adoptions.adoption
    if adoption is None or not adoption.days or adoption.days_mention is None:
        return
    day = max(adoption.days)
    if session.periods and not session.holds(day):
        nearest = session.nearest(day)
        if nearest:
            fields: dict[str, object] = {"date": day, "start": nearest.first, "end": nearest.last}
            related = (Related("session", nearest.span, fields),) if nearest.span else ()
            yield Problem(adoption.days_mention.span, fields, "outside", related)
        return
    numbers = set(adoption.meeting.numbers) if adoption.meeting else set()
    for other in meetings.dated():
        same = numbers & set(other.numbers)
        if other is not adoption.meeting and same and not other.days & adoption.days:
            fields = {"meeting": Ordinal(max(same)), "date": day, "other": sorted(other.days)}
            yield Problem(adoption.days_mention.span, fields, "other_date", (Related("other", other.place, fields),))
            return


@check("adoption.item", variants=("no_item", "no_section"), related=("adoption", "agenda"))
def item(structure: Structure, adoptions: Adoptions, agenda: Agenda, references: AgendaReferences) -> Iterator[Problem]:
    """Report an agenda item on the adoption of the report for which the report has no section, or the reverse.

    The adoption may be recorded in a section on the closure, a section without a title, or a section that refers to
    the item. An item on the outcome or the conclusions may cover the adoption of the report.
    """
    adoption = adoptions.adoption
    if adoption is None or not agenda.items or agenda.is_misnumbered:
        return
    about, near = structure.lexicon.phrases("adoption_title"), structure.lexicon.phrases("adoption_title_near")
    sections = [section for section in structure.sections if not section.is_annex]
    items = [item for item in agenda.items if about.search(item.title)]
    headings = [section for section in structure.sections_titled(about) if not section.is_annex]
    if items and not headings:
        home = adoption.mention.passage.section
        numbers = {item.number for item in items}
        refers_to_item = any(
            reference.number in numbers and reference.mention.passage.section is home for reference in references
        )
        closing = home and (not home.title or near.search(home.title))
        if sections and not refers_to_item and not closing:
            yield Problem(items[-1].span, variant="no_section", related=(Related("adoption", adoption.span),))
    elif headings and not items and not any(near.search(item.title) for item in agenda.items):
        heading = structure.passages[headings[-1].passage].span()
        related = (Related("agenda", agenda.span),) if agenda.span else ()
        yield Problem(heading, variant="no_item", related=related)


@check("adoption.later", fields=("adopted", "date"), related=("adoption",))
def later(adoptions: Adoptions, masthead: Masthead, front: FrontLines, lexicon: Lexicon) -> Iterator[Problem]:
    """Report a masthead dated before the adoption. Drafts and advance versions are not checked."""
    adoption = adoptions.adoption
    if adoption is None or not adoption.days or adoption.days_mention is None:
        return
    day = min(adoption.days)
    if masthead.date is None or masthead.date_mention is None or masthead.date >= day or not masthead.stands:
        return
    if is_advance_text(front, masthead, lexicon):
        return
    fields = {"date": masthead.date, "adopted": day}
    yield Problem(
        masthead.date_mention.span, fields, related=(Related("adoption", adoption.days_mention.span, fields),)
    )
