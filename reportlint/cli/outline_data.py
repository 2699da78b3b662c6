"""The data of an outline: what the facts say of a draft, with English keys (schema 1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from reportlint.document import Span
from reportlint.engine.fact_store import Facts
from reportlint.engine.finding_writer import FindingWriter
from reportlint.engine.rules import Rules
from reportlint.facts.abbreviations import Abbreviations
from reportlint.facts.adoption import Adoptions
from reportlint.facts.agenda import Agenda
from reportlint.facts.agenda_references import AgendaReferences
from reportlint.facts.citations import Citations
from reportlint.facts.document_dates import DocumentDate
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.event import Event
from reportlint.facts.footnotes import Footnotes
from reportlint.facts.masthead import Masthead, MastheadLine
from reportlint.facts.meetings import MeetingReference, Meetings
from reportlint.facts.owners import Owners
from reportlint.facts.references import CrossReference, CrossReferences
from reportlint.facts.session import Session
from reportlint.facts.state_lists import ListEntry, StateLists
from reportlint.facts.title import Title
from reportlint.report import FileReport
from reportlint.reporters.layout import ranges
from reportlint.structure import Mention, Role, Section, Structure, Style
from reportlint.symbols.model import Malformed

# The kinds of reference in an outline, by their keys.
_REFERENCES = {
    "paragraphs": "paragraph", "sections": "section", "recommendations": "recommendation", "decisions": "decision",
    "annexes": "annex", "tables": "table", "figures": "figure", "footnotes": "footnote",
}  # fmt: skip

Data = dict[str, Any]


def outline_data(file: FileReport) -> Data:
    """Return the outline of a file that was read and whose language is known."""
    assert file.draft is not None
    assert file.language is not None
    facts = file.rules.facts_for(file.draft.document, file.language)
    return _Collector(file.path, file.language, facts, file.rules).data()


class _Collector:
    """Collects the data of an outline from the facts of a draft."""

    def __init__(self, path: str, language: str, facts: Facts, rules: Rules) -> None:
        self.path, self.language, self.facts = path, language, facts
        self.structure = facts.get(Structure)
        self.writer = FindingWriter(rules, facts, language)

    def data(self) -> Data:
        title, document = self.facts.get(Title), self.facts.get(KindOfDocument)
        return {
            "schema": 1,
            "path": self.path,
            "kind": document.kind.value,
            "kind_evidence": self.mention(document.evidence),
            "language": self.language,
            "date": _iso(self.facts.get(DocumentDate).day),
            "masthead": self.masthead(self.facts.get(Masthead)),
            "title": {"text": title.text, **self.place(title.span)} if title.span else None,
            "sections": self.sections(),
            "paragraphs": _runs(self.numbered()),
            "recommendations": _named_runs((heading.word, heading.number) for heading in self.structure.labelled),
            "event": self.event(self.facts.get(Event), self.facts.get(Title), self.facts.get(Owners)),
            "agenda": self.agenda(self.facts.get(Agenda), self.facts.get(AgendaReferences)),
            "session": [
                {"first": _iso(period.first), "last": _iso(period.last), **self.place(period.span)}
                for period in self.facts.get(Session).periods
                if period.span
            ],
            "meetings": self.meetings(self.facts.get(Meetings)),
            "state_lists": self.state_lists(),
            "symbols": self.symbols(),
            "adoption": self.adoption(self.facts.get(Adoptions)),
            "references": self.references(self.facts.get(CrossReferences)),
            "footnotes": self.footnotes(self.facts.get(Footnotes)),
            "abbreviations": self.abbreviations(self.facts.get(Abbreviations)),
        }

    def mention(self, mention: Mention | None) -> Data | None:
        return {"text": mention.text, **self.place(mention.span)} if mention else None

    def place(self, span: Span) -> Data:
        place = self.writer.place(span)
        return {"line": place.line, "paragraph": place.paragraph, "where": place.where}

    def masthead(self, masthead: Masthead) -> Data:
        def data(line: MastheadLine | None) -> Data | None:
            return {"text": line.text, "value": line.value or None, **self.place(line.span)} if line else None

        symbol = None
        if masthead.symbol and masthead.symbol_mention:
            symbol = {"text": masthead.symbol.text, **self.place(masthead.symbol_mention.span)}
        day = None
        if masthead.date and masthead.date_mention:
            day = {"date": _iso(masthead.date), **self.place(masthead.date_mention.span)}
        return {
            "symbol": symbol,
            "distribution": data(masthead.distribution),
            "date": day,
            "version": data(masthead.version),
            "original": data(masthead.original),
            "sole": data(masthead.sole),
            "event": [
                {"first": _iso(stretch[0][0]), "last": _iso(stretch[-1][1]), **self.place(dates.span)}
                for dates in masthead.event
                if (stretch := list(dates.dates.periods()))
            ],
        }

    def numbered(self) -> Iterator[tuple[Section | None, Style, str, int, str]]:
        """Yield section, style, stem, value and printed number of each numbered paragraph."""
        for passage in self.structure.passages:
            if passage.role is Role.PARAGRAPH and passage.label:
                label = passage.label
                yield passage.section, label.style, label.stem, label.value, label.bare

    def sections(self) -> list[Data]:
        by_passage: dict[int, Data] = {}
        top: list[Data] = []
        paragraphs: dict[int, list[tuple[Section | None, Style, str, int, str]]] = {}
        labelled: dict[int, list[tuple[str, int]]] = {}
        for entry in self.numbered():
            for section in entry[0].lineage if entry[0] else ():
                paragraphs.setdefault(section.passage, []).append(entry)
        for heading in self.structure.labelled:
            for section in heading.section.lineage if heading.section else ():
                labelled.setdefault(section.passage, []).append((heading.word, heading.number))
        for section in self.structure.sections:
            if self.is_front(section):
                continue
            data = {
                "label": section.name or None,
                "word": section.word or None,
                "title": section.title.strip(),
                "line": self.place(section.span)["line"],
                "paragraphs": _runs(paragraphs.get(section.passage, ())),
                "recommendations": _named_runs(labelled.get(section.passage, ())),
                "sections": [],
            }
            by_passage[section.passage] = data
            (by_passage[section.parent.passage]["sections"] if section.parent else top).append(data)
        return top

    def is_front(self, section: Section) -> bool:
        """Return whether a heading belongs to masthead and title. If nothing is numbered, all headings are sections."""
        body = self.structure.body_start
        return section.label is None and not section.word and section.passage < body < len(self.structure.passages)

    def event(self, event: Event, title: Title, owners: Owners) -> Data:
        """Return body, number and place of the session reported on, each where it is stated first.

        ``numbers`` has several if the title says that the report covers several sessions.
        ``is_of_another_body`` is true if the dates in the masthead are those of a body that receives the report.
        """
        named = owners.names_in(*title.mention)[:1] if title.mention and event.statements else ()
        ordinals = [statement.ordinal for statement in event.statements if statement.ordinal]
        places = [statement.place for statement in event.statements if statement.place]
        return {
            "is_of_another_body": event.parent_dates,
            "body": self.mention(named[0].mention) if named else None,
            "number": next(({"number": number, **self.place(at.span)} for number, at in ordinals if at), None),
            "numbers": sorted(event.numbers),
            "place": next(({"text": name, **self.place(at.span)} for name, at in places if at), None),
        }

    def agenda(self, agenda: Agenda, references: AgendaReferences) -> Data | None:
        cited: dict[tuple[int, str], list[Data]] = {}
        for reference in references:
            title = reference.title.text if reference.title else None
            cited.setdefault((reference.number, reference.sub), []).append(
                {"title": title, **self.place(reference.span)}
            )
        if not agenda.items and not cited:
            return None
        items: list[Data] = []
        for item in agenda.items:
            data = {
                **_item(item.number, item.sub),
                "title": item.title,
                **self.place(item.span),
                "references": cited.pop((item.number, item.sub), []),
            }
            if item.sub and items:
                items[-1]["items"].append(data)
            else:
                items.append({**data, "items": []})
        return {
            "place": self.place(agenda.span) if agenda.span else None,
            "items": items,
            "unknown": [
                {**_item(number, sub), "references": places} for (number, sub), places in sorted(cited.items())
            ],
        }

    def meetings(self, meetings: Meetings) -> Data:
        return {
            "stated": [{"number": count.number, **self.place(count.span)} for count in meetings.counts],
            "references": [self.meeting(reference) for reference in meetings.references],
        }

    def meeting(self, reference: MeetingReference) -> Data:
        days = [_iso(day) for day in sorted(reference.days)]
        numbers = list(reference.numbers)
        return {"numbers": numbers, "resumed": reference.is_resumed, "dates": days, **self.place(reference.span)}

    def state_lists(self) -> list[Data]:
        return [
            {
                "role": states.role.value,
                "categories": sorted(states.introduction.categories),
                **self.place(states.entries[0].span),
                "count": len(states.entries),
                "entries": [_entry(entry) for entry in states.entries],
                "unknown": [entry.name for entry in states.unknown],
            }
            for states in self.facts.get(StateLists)
        ]

    def symbols(self) -> list[Data]:
        places_by_text: dict[str, list[Data]] = {}
        malformed: dict[str, str] = {}
        for citation in self.facts.get(Citations):
            places_by_text.setdefault(citation.text, []).append(self.place(citation.span))
            if isinstance(citation.value, Malformed):
                malformed[citation.text] = citation.value.corrected
        return [
            {
                "symbol": text,
                "well_formed": text not in malformed,
                "meant": malformed.get(text, text),
                "places": places,
            }
            for text, places in places_by_text.items()
        ]

    def adoption(self, adoptions: Adoptions) -> Data | None:
        adoption = adoptions.adoption
        not_adopted = [
            {"section": section.name or section.title, **self.place(mention.span)}
            for section, mention in adoptions.not_adopted
        ]
        if adoption is None:
            nothing: Data = {"place": None, "meeting": None, "dates": [], "sections": []}
            return {**nothing, "not_adopted": not_adopted} if not_adopted else None
        meeting = adoption.meeting or adoption.before
        return {
            "place": self.place(adoption.span),
            "meeting": self.meeting(meeting) if meeting else None,
            "dates": [_iso(day) for day in sorted(adoption.days)],
            "sections": [label.name for label in adoption.sections],
            "not_adopted": not_adopted,
        }

    def references(self, references: CrossReferences) -> Data:
        def listed(items: Iterable[CrossReference]) -> list[Data]:
            return [{"targets": list(item.targets), **self.place(item.span)} for item in items]

        return {name: listed(references.of(kind)) for name, kind in _REFERENCES.items()}

    def footnotes(self, footnotes: Footnotes) -> Data:
        return {
            "marks": [{"label": mark.label, **self.place(mark.span)} for mark in footnotes.marks],
            "notes": [{"label": note.label, "line": self.place(note.span)["line"]} for note in footnotes.notes],
        }

    def abbreviations(self, abbreviations: Abbreviations) -> Data:
        uses = Counter(use.short for use in abbreviations.uses)
        defined = [
            {"abbreviation": term.short, "name": term.name, "uses": uses[term.short], **self.place(term.span)}
            for term in abbreviations.definitions
        ]
        known = {term.short for term in abbreviations.definitions}
        return {
            "defined": defined,
            "undefined": [
                {"abbreviation": short, "uses": count} for short, count in sorted(uses.items()) if short not in known
            ],
        }


def _item(number: int, sub: str) -> Data:
    """Return the number of an agenda item, written the same way in every message language."""
    return {"item": f"{number} ({sub})" if sub else str(number), "number": number, "sub": sub or None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _runs(entries: Iterable[tuple[Section | None, Style, str, int, str]]) -> list[Data]:
    """Return ranges of paragraph numbers. A number of another style ("4.1" after "3") starts a new range."""
    runs: list[Data] = []
    previous: tuple[Style, str, int] | None = None
    for _, style, stem, value, printed in entries:
        if previous == (style, stem, value - 1):
            runs[-1]["last"] = printed
        else:
            runs.append({"first": printed, "last": printed})
        previous = (style, stem, value)
    return runs


def _named_runs(entries: Iterable[tuple[str, int]]) -> list[Data]:
    """Return ranges of labelled headings for each word, in the order in which the words first occur."""
    by_word: dict[str, list[tuple[int, str]]] = {}
    for word, number in entries:
        by_word.setdefault(word, []).append((number, str(number)))
    return [
        {"word": word, "first": first, "last": last}
        for word, numbers in by_word.items()
        for first, last in ranges(numbers)
    ]


def _entry(entry: ListEntry) -> Data:
    return {"name": entry.name, "state": entry.meant, "organization": entry.body is not None}
