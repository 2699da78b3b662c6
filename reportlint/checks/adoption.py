"""ADP: the adoption of the report agrees with the report."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.adoption import Adoptions
from reportlint.facts.agenda import Agenda
from reportlint.facts.agenda_references import AgendaReferences
from reportlint.facts.masthead import DocumentKind, Masthead, Title, front_lines
from reportlint.facts.meetings import Meetings, Session
from reportlint.language.lexicon import Ordinal
from reportlint.structure import Section, Structure


@check("adoption.missing")
def missing(structure: Structure, adoptions: Adoptions, title: Title) -> Iterator[Problem]:
    """A report without a statement that it was adopted. Placed at the heading about it, else at the last one.

    An officer's report, and that of a Main Committee to the Assembly, is nobody's to adopt.
    """
    if title.kind is not DocumentKind.REPORT or adoptions.adoption is not None or not structure.paragraphs:
        return
    if structure.lexicon.phrases("report_not_adopted").search(title.text):
        return
    own = [one for one in structure.sections if not one.is_annex]
    family = structure.lexicon.phrases("adoption_title")
    named = [one for one in own if family.search(one.title)]
    heading = next(reversed(named or own), None)
    if heading is not None:
        yield Problem(structure.passages[heading.passage].span())
    elif title.span is not None:
        yield Problem(title.span)


def _top_sections(structure: Structure) -> list[Section]:
    """The sections of the report itself: the highest labelled level outside annexes."""
    own = [section for section in structure.sections if section.name and not section.is_annex]
    top = min((section.rank for section in own), default=None)
    return [section for section in own if section.rank == top]


@check("adoption.unknown_section", fields=("section",))
def unknown_section(structure: Structure, adoptions: Adoptions) -> Iterator[Problem]:
    """A section is said to be adopted that the report does not have."""
    adoption = adoptions.adoption
    if adoption is None or not structure.sections:
        return
    paths = {path for section in structure.sections for path in structure.citations(section)}
    unknown = [label for label in adoption.sections if label.name not in paths]
    if unknown:
        names = [label.name for label in unknown]
        yield Problem(unknown[0].span, {"section": names})


@check("adoption.section_left_out", variants=("both", "left_out"), fields=("section",), related=("section",))
def section_left_out(structure: Structure, adoptions: Adoptions) -> Iterator[Problem]:
    """A section neither adopted nor declared not adopted, or both. The section that records the adoption need not
    be named."""
    adoption = adoptions.adoption
    if adoption is None or not adoption.sections or adoption.labels_span is None:
        return
    tops = _top_sections(structure)
    named = {label.name for label in adoption.sections}
    if not named & {section.name.rpartition(" ")[2] for section in tops}:
        return  # the labels name another level
    excluded = dict(adoptions.not_adopted)
    home = structure.passages[adoption.passage].section
    for section in tops:
        name = structure.intended_label(section)
        fields = {"section": name}
        if name in named and section in excluded:
            label = next(label for label in adoption.sections if label.name == name)
            yield Problem(label.span, fields, "both", (Related("section", excluded[section], fields),))
        elif name not in named and section not in excluded and not (home and home.within(section)):
            yield Problem(adoption.labels_span, fields, "left_out", (Related("section", section.span, fields),))


@check(
    "adoption.meeting",
    variants=("not_held", "not_last"),
    fields=("count", "last", "meeting"),
    related=("count", "last"),
)
def meeting(adoptions: Adoptions, meetings: Meetings) -> Iterator[Problem]:
    """The report was adopted at a meeting that did not take place, or not at the last one."""
    adoption = adoptions.adoption
    if adoption is None or adoption.meeting is None:
        return
    number = max(adoption.meeting.numbers)
    stated = meetings.counts[0] if meetings.counts and not meetings.run_through else None
    if stated is not None and number > stated.number:
        fields: dict[str, object] = {"meeting": Ordinal(number), "count": stated.number}
        yield Problem(adoption.meeting.span, fields, "not_held", (Related("count", stated.span, fields),))
        return
    # A reference beyond the number of meetings held is no later meeting.
    highest = meetings.highest_within(stated.number if stated else None)
    if highest is not None and max(highest.numbers) > number:
        fields = {"meeting": Ordinal(number), "last": Ordinal(max(highest.numbers))}
        yield Problem(adoption.meeting.span, fields, "not_last", (Related("last", highest.span, fields),))
    elif stated is not None and number < stated.number:
        fields = {"meeting": Ordinal(number), "last": Ordinal(stated.number)}
        yield Problem(adoption.meeting.span, fields, "not_last", (Related("last", stated.span, fields),))


@check(
    "adoption.date",
    variants=("other_date", "outside"),
    fields=("date", "end", "meeting", "other", "start"),
    related=("other", "session"),
)
def date(adoptions: Adoptions, meetings: Meetings, session: Session) -> Iterator[Problem]:
    """The date of adoption lies outside the session, or is not the date given elsewhere for that meeting."""
    adoption = adoptions.adoption
    if adoption is None or not adoption.days or adoption.days_span is None:
        return
    day = max(adoption.days)
    if session.periods and not session.holds(day):
        nearest = session.nearest(day)
        if nearest:
            fields: dict[str, object] = {"date": day, "start": nearest.first, "end": nearest.last}
            related = (Related("session", nearest.span, fields),) if nearest.span else ()
            yield Problem(adoption.days_span, fields, "outside", related)
        return
    numbers = set(adoption.meeting.numbers) if adoption.meeting else set()
    for other in meetings.dated():
        same = numbers & set(other.numbers)
        if other is not adoption.meeting and same and not other.days & adoption.days:
            fields = {"meeting": Ordinal(max(same)), "date": day, "other": sorted(other.days)}
            yield Problem(adoption.days_span, fields, "other_date", (Related("other", other.place, fields),))
            return


@check("adoption.item", variants=("no_item", "no_section"), related=("adoption", "agenda"))
def item(
    structure: Structure, adoptions: Adoptions, agenda: Agenda, references: AgendaReferences, title: Title
) -> Iterator[Problem]:
    """The agenda has an item on the adoption of the report and the report no section on it, or the reverse.

    A section on the closure or without a title may record the adoption, and any section that is said to be about the
    item; an item on the outcome or the conclusions may stand for the report.
    """
    adoption = adoptions.adoption
    if title.kind is not DocumentKind.REPORT or adoption is None or not agenda.items:
        return
    about, near = structure.lexicon.phrases("adoption_title"), structure.lexicon.phrases("adoption_title_near")
    own = [section for section in structure.sections if not section.is_annex]
    items = [one for one in agenda.items if about.search(one.title)]
    headings = [one for one in own if about.search(one.title)]
    if items and not headings:
        home = structure.passages[adoption.passage].section
        numbers = {one.number for one in items}
        named = any(one.number in numbers and structure.passages[one.passage].section is home for one in references)
        closing = home and (not home.title or near.search(home.title))
        if own and not named and not closing:
            yield Problem(items[-1].span, variant="no_section", related=(Related("adoption", adoption.span),))
    elif headings and not items and not any(near.search(one.title) for one in agenda.items):
        heading = structure.passages[headings[-1].passage].span()
        related = (Related("agenda", agenda.span),) if agenda.span else ()
        yield Problem(heading, variant="no_item", related=related)


@check("adoption.later", fields=("adopted", "date"), related=("adoption",))
def later(structure: Structure, adoptions: Adoptions, masthead: Masthead, title: Title) -> Iterator[Problem]:
    """The masthead's date lies before the adoption. Drafts and advance texts are dated before it by nature."""
    adoption = adoptions.adoption
    if title.kind is not DocumentKind.REPORT or adoption is None or not adoption.days or adoption.days_span is None:
        return
    day = min(adoption.days)
    if masthead.date is None or masthead.date_span is None or masthead.date >= day or not masthead.stands:
        return
    if masthead.symbol and (masthead.symbol.is_limited or masthead.symbol.nature == "CRP"):
        return
    advance = structure.lexicon.phrases("advance_text")
    lines = (passage.text[start:end] for passage, start, end in front_lines(structure))
    if any(advance.search(line) for line in lines):
        return
    fields = {"date": masthead.date, "adopted": day}
    yield Problem(masthead.date_span, fields, related=(Related("adoption", adoption.days_span, fields),))
