"""What was understood of a draft, for editors (text) and programs (JSON, schema 1).

The data are collected once, with English keys; the text is made from them with the words of the language of
the messages.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
from reportlint.facts.footnotes import Footnotes
from reportlint.facts.masthead import DocumentDate, Masthead, MastheadLine, Title
from reportlint.facts.meetings import MeetingReference, Meetings, Session
from reportlint.facts.references import CrossReference, CrossReferences
from reportlint.facts.state_lists import ListEntry, StateLists
from reportlint.language.lexicon import Lexicon
from reportlint.report import FileReport
from reportlint.reporters.layout import printable_path, ranges, shorten_start, wrap
from reportlint.structure import Role, Section, Structure, Style
from reportlint.symbols.model import Malformed

_WIDTH = 80
_INDENT = "  "
_PLACES_SHOWN = 6
_NAME_WIDTH = 56
_BOUND_LENGTH = 30

# The references shown, by their keys.
_REFERENCES = {
    "paragraphs": "paragraph", "sections": "section", "recommendations": "recommendation", "decisions": "decision",
    "annexes": "annex", "tables": "table", "figures": "figure", "footnotes": "footnote",
}  # fmt: skip

Data = dict[str, Any]


def outline(file: FileReport, as_json: bool) -> str:
    """The outline of one file, which was read and is in a known language, as text or as a JSON object."""
    assert file.draft is not None
    assert file.language is not None
    rules = file.rules
    data = _Collector(file.path, file.language, rules.facts_for(file.draft.document, file.language), rules).data()
    if as_json:
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    lines = _Text(data, rules.lexicon(rules.options.message_language)).lines()
    return "".join(line.rstrip() + "\n" for line in lines)


class _Collector:
    """Collects the data of an outline from the facts of a draft."""

    def __init__(self, path: str, language: str, facts: Facts, rules: Rules) -> None:
        self.path, self.language, self.facts = path, language, facts
        self.structure = facts.get(Structure)
        self.writer = FindingWriter(rules, facts, language)

    def data(self) -> Data:
        title = self.facts.get(Title)
        return {
            "schema": 1,
            "path": self.path,
            "kind": title.kind.name.lower(),
            "language": self.language,
            "date": _iso(self.facts.get(DocumentDate).day),
            "masthead": self.masthead(self.facts.get(Masthead)),
            "title": {"text": title.text, **self.place(title.span)} if title.span else None,
            "sections": self.sections(),
            "paragraphs": _runs(self.numbered()),
            "recommendations": _named_runs((one.word, one.number) for one in self.structure.labelled),
            "agenda": self.agenda(self.facts.get(Agenda), self.facts.get(AgendaReferences)),
            "session": [
                {"first": _iso(one.first), "last": _iso(one.last), **self.place(one.span)}
                for one in self.facts.get(Session).periods
                if one.span
            ],
            "meetings": self.meetings(self.facts.get(Meetings)),
            "state_lists": self.state_lists(),
            "symbols": self.symbols(),
            "adoption": self.adoption(self.facts.get(Adoptions)),
            "references": self.references(self.facts.get(CrossReferences)),
            "footnotes": self.footnotes(self.facts.get(Footnotes)),
            "abbreviations": self.abbreviations(self.facts.get(Abbreviations)),
        }

    def place(self, span: Span) -> Data:
        found = self.writer.place(span)
        return {"line": found.line, "paragraph": found.paragraph, "where": found.where}

    def masthead(self, masthead: Masthead) -> Data:
        def line(found: MastheadLine | None) -> Data | None:
            return {"text": found.text, "value": found.value or None, **self.place(found.span)} if found else None

        symbol = None
        if masthead.symbol and masthead.symbol_span:
            symbol = {"text": masthead.symbol.text, **self.place(masthead.symbol_span)}
        day = None
        if masthead.date and masthead.date_span:
            day = {"date": _iso(masthead.date), **self.place(masthead.date_span)}
        return {
            "symbol": symbol,
            "distribution": line(masthead.distribution),
            "date": day,
            "version": line(masthead.version),
            "original": line(masthead.original),
            "event": [
                {"first": _iso(stretch[0][0]), "last": _iso(stretch[-1][1]), **self.place(span)}
                for dates, span in masthead.event
                if (stretch := dates.periods())
            ],
        }

    def numbered(self) -> Iterator[tuple[Section | None, Style, str, int, str]]:
        """The numbered paragraphs: section, style, stem, value, printed number."""
        for passage in self.structure.passages:
            if passage.role is Role.PARAGRAPH and passage.label:
                label = passage.label
                yield passage.section, label.style, label.stem, label.value, label.bare

    def sections(self) -> list[Data]:
        made: dict[int, Data] = {}
        top: list[Data] = []
        paragraphs: dict[int, list[tuple[Section | None, Style, str, int, str]]] = {}
        labelled: dict[int, list[tuple[str, int]]] = {}
        for entry in self.numbered():
            for section in entry[0].lineage if entry[0] else ():
                paragraphs.setdefault(section.passage, []).append(entry)
        for one in self.structure.labelled:
            for section in one.section.lineage if one.section else ():
                labelled.setdefault(section.passage, []).append((one.word, one.number))
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
            made[section.passage] = data
            (made[section.parent.passage]["sections"] if section.parent else top).append(data)
        return top

    def is_front(self, section: Section) -> bool:
        """Whether a heading belongs to masthead and title; where nothing is numbered, all headings are sections."""
        body = self.structure.body_start
        return section.label is None and not section.word and section.passage < body < len(self.structure.passages)

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
            "stated": [{"number": one.number, **self.place(one.span)} for one in meetings.counts],
            "references": [self.meeting(one) for one in meetings.references],
        }

    def meeting(self, reference: MeetingReference) -> Data:
        days = [_iso(day) for day in sorted(reference.days)]
        return {"numbers": list(reference.numbers), "dates": days, **self.place(reference.span)}

    def state_lists(self) -> list[Data]:
        return [
            {
                "role": found.role.value,
                "categories": sorted(found.introduction.categories),
                **self.place(found.entries[0].span),
                "count": len(found.entries),
                "entries": [_entry(entry) for entry in found.entries],
                "unknown": [entry.name for entry in found.unknown],
            }
            for found in self.facts.get(StateLists)
        ]

    def symbols(self) -> list[Data]:
        places: dict[str, list[Data]] = {}
        malformed: dict[str, str] = {}
        for citation in self.facts.get(Citations):
            places.setdefault(citation.text, []).append(self.place(citation.span))
            if isinstance(citation.candidate.value, Malformed):
                malformed[citation.text] = citation.candidate.value.corrected
        return [
            {
                "symbol": text,
                "well_formed": text not in malformed,
                "meant": malformed.get(text, text),
                "places": found,
            }
            for text, found in places.items()
        ]

    def adoption(self, adoptions: Adoptions) -> Data | None:
        adoption = adoptions.adoption
        not_adopted = [
            {"section": section.name or section.title, **self.place(span)} for section, span in adoptions.not_adopted
        ]
        if adoption is None:
            return {"place": None, "meeting": None, "sections": [], "not_adopted": not_adopted} if not_adopted else None
        return {
            "place": self.place(adoption.span),
            "meeting": self.meeting(adoption.meeting) if adoption.meeting else None,
            "sections": [label.name for label in adoption.sections],
            "not_adopted": not_adopted,
        }

    def references(self, references: CrossReferences) -> Data:
        def listed(found: Iterable[CrossReference]) -> list[Data]:
            return [{"targets": list(one.targets), **self.place(one.span)} for one in found]

        return {name: listed(references.of(kind)) for name, kind in _REFERENCES.items()}

    def footnotes(self, footnotes: Footnotes) -> Data:
        return {
            "marks": [{"label": one.label, **self.place(one.span)} for one in footnotes.marks],
            "notes": [{"label": one.label, "line": self.place(one.span)["line"]} for one in footnotes.notes],
        }

    def abbreviations(self, abbreviations: Abbreviations) -> Data:
        uses = Counter(use.short for use in abbreviations.uses)
        defined = [
            {"abbreviation": one.short, "name": one.name, "uses": uses[one.short], **self.place(one.span)}
            for one in abbreviations.definitions
        ]
        known = {one.short for one in abbreviations.definitions}
        return {
            "defined": defined,
            "undefined": [
                {"abbreviation": short, "uses": count} for short, count in sorted(uses.items()) if short not in known
            ],
        }


def _item(number: int, sub: str) -> Data:
    """An item of an agenda, written alike in every language of messages."""
    return {"item": f"{number} ({sub})" if sub else str(number), "number": number, "sub": sub or None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _runs(entries: Iterable[tuple[Section | None, Style, str, int, str]]) -> list[Data]:
    """Ranges of paragraph numbers; a number of another style ("4.1" after "3") begins a new one."""
    found: list[Data] = []
    previous: tuple[Style, str, int] | None = None
    for _, style, stem, value, printed in entries:
        if previous == (style, stem, value - 1):
            found[-1]["last"] = printed
        else:
            found.append({"first": printed, "last": printed})
        previous = (style, stem, value)
    return found


def _named_runs(entries: Iterable[tuple[str, int]]) -> list[Data]:
    """Ranges of labelled headings for each word, in the order in which the words come."""
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


def _bound(text: str) -> str:
    """A short expression kept on one line."""
    return text.replace(" ", "\u00a0") if len(text) <= _BOUND_LENGTH else text


class _Text:
    """Writes the data of an outline as lines of text."""

    def __init__(self, data: Data, lexicon: Lexicon) -> None:
        self.data, self.lexicon = data, lexicon
        self.words: dict[str, Any] = lexicon.section("outline")
        self.interface: dict[str, Any] = lexicon.section("interface")
        self.colon: str = lexicon.section("formats", "colon")

    def lines(self) -> Iterator[str]:
        data = self.data
        yield printable_path(data["path"])
        yield ""
        yield from self.row("kind", self.words["kinds"][data["kind"]])
        yield from self.row("language", self.language(data["language"]))
        yield from self.row("date", self.day(data["date"]))
        for name, part in (
            ("masthead", self.masthead()), ("title", self.title()), ("sections", self.sections()),
            ("agenda", self.agenda()), ("session", self.session()), ("meetings", self.meetings()),
            ("state_lists", self.state_lists()), ("symbols", self.symbols()), ("adoption", self.adoption()),
            ("references", self.references()), ("footnotes", self.footnotes()),
            ("abbreviations", self.abbreviations()),
        ):  # fmt: skip
            yield ""
            yield self.words[name]
            lines = list(part)
            yield from lines or (_INDENT + self.words["none"],)

    # -- small pieces

    def fill(self, word: str, **fields: object) -> str:
        return self.lexicon.fill(self.words[word], fields)

    def count(self, word: str, number: int, **fields: object) -> str:
        """The singular or plural form of a phrase."""
        return self.lexicon.fill(self.words[word][number != 1], {"count": number, **fields})

    def row(self, word: str, text: str, indent: str = "") -> Iterator[str]:
        return self.item(self.words[word] + self.colon + text, indent)

    def item(self, text: str, indent: str = _INDENT) -> Iterator[str]:
        return wrap(text, _WIDTH, first=indent, rest=indent + _INDENT * 2)

    def day(self, iso: str | None) -> str:
        return self.lexicon.format_date(date.fromisoformat(iso)) if iso else str(self.words["none"])

    def days(self, isos: Sequence[str]) -> str:
        return self.lexicon.format_list([self.day(iso) for iso in isos]) if isos else str(self.words["no_date"])

    def language(self, code: str) -> str:
        names = self.lexicon.section("masthead", "languages").get(code)
        return str(names[0]) if names else code

    def place(self, place: Data) -> str:
        line = f"{self.interface['line']} {place['line']}"
        # Where nothing else is known of a place, its label is the line.
        return _bound(line if place["where"] == line else f"{place['where']} ({line})")

    def at(self, place: Data) -> str:
        """A place in brackets, after what stands there."""
        line = f"{self.interface['line']} {place['line']}"
        return _bound(f"({line})" if place["where"] == line else f"({place['where']}, {line})")

    def places(self, places: Sequence[Data]) -> str:
        named = [self.place(place) for place in places[:_PLACES_SHOWN]]
        hidden = len(places) - len(named)
        if hidden:
            named.append(self.lexicon.fill(self.interface["more_places"][hidden != 1], {"count": hidden}))
        return ", ".join(named)

    def range(self, first: str, last: str) -> str:
        return (
            first
            if first == last
            else self.lexicon.fill(self.lexicon.section("formats", "range"), {"first": first, "last": last})
        )

    def numbers(self, values: Sequence[int]) -> str:
        return ", ".join(self.range(*run) for run in ranges([(value, str(value)) for value in values]))

    # -- the parts

    def masthead(self) -> Iterator[str]:
        masthead = self.data["masthead"]
        symbol, day = masthead["symbol"], masthead["date"]
        none = self.words["none"]
        yield from self.row("symbol", f"{symbol['text']} {self.at(symbol)}" if symbol else none, _INDENT)
        for name in ("distribution", "original", "version"):
            line = masthead[name]
            # Only a translation has the line that names its language.
            if line or name != "version":
                yield from self.row(name, f"{line['text']} {self.at(line)}" if line else none, _INDENT)
        yield from self.row("dated", f"{self.day(day['date'])} {self.at(day)}" if day else none, _INDENT)
        for event in masthead["event"]:
            yield from self.row("event", self.stretch(event), _INDENT)

    def stretch(self, period: Data) -> str:
        first, last = self.day(period["first"]), self.day(period["last"])
        text = first if first == last else self.fill("from_to", first=first, last=last)
        return f"{text} {self.at(period)}"

    def title(self) -> Iterator[str]:
        title = self.data["title"]
        if title:
            yield from self.item(f"{title['text']} {self.at(title)}")

    def sections(self) -> Iterator[str]:
        if self.data["paragraphs"] and not self.data["sections"]:
            yield from self.item(self.under(self.data))
        yield from self.tree(self.data["sections"], _INDENT)

    def tree(self, sections: Sequence[Data], indent: str) -> Iterator[str]:
        for section in sections:
            under = self.under(section)
            text = self.heading(section["label"], section["word"], section["title"])
            yield from self.item(f"{text} [{under}]" if under else text, indent)
            yield from self.tree(section["sections"], indent + _INDENT)

    def heading(self, label: str | None, word: str | None, title: str) -> str:
        if not label:
            return title or str(self.words["untitled"])
        if word:
            return f"{label}{self.colon}{title}" if title else label
        return f"{label}. {title}".strip()

    def under(self, section: Data) -> str:
        """The numbered paragraphs and recommendations under a section."""
        named = section["recommendations"]
        found = [_bound(f"{one['word']} {self.range(one['first'], one['last'])}") for one in named]
        runs = section["paragraphs"]
        if runs:
            text = ", ".join(self.range(run["first"], run["last"]) for run in runs)
            single = len(runs) == 1 and runs[0]["first"] == runs[0]["last"]
            found.insert(0, _bound(self.count("paragraphs", 1 if single else 2, ranges=text)))
        return ", ".join(found)

    def agenda(self) -> Iterator[str]:
        agenda = self.data["agenda"]
        if agenda is None:
            return
        if agenda["place"]:
            yield from self.item(self.place(agenda["place"]))
        for item in agenda["items"]:
            yield from self.agenda_item(item, _INDENT)
            for sub in item["items"]:
                yield from self.agenda_item(sub, _INDENT * 2)
        for unknown in agenda["unknown"]:
            item = self.fill("not_on_agenda", item=self.item_name(unknown))
            yield from self.item(item + self.colon + self.places(unknown["references"]))

    def item_name(self, item: Data) -> str:
        return self.lexicon.format_item(item["number"], item["sub"] or "")

    def agenda_item(self, item: Data, indent: str) -> Iterator[str]:
        yield from self.item(f"{self.item_name(item)}  {item['title']}", indent)
        if item["references"]:
            text = self.fill("referred", places=self.places(item["references"]))
            yield from self.item(text, indent + _INDENT * 2)

    def session(self) -> Iterator[str]:
        for period in self.data["session"]:
            yield from self.item(self.stretch(period))

    def meetings(self) -> Iterator[str]:
        meetings = self.data["meetings"]
        for stated in meetings["stated"]:
            yield from self.item(f"{self.fill('stated', number=stated['number'])} {self.at(stated)}")
        groups: dict[tuple[tuple[int, ...], tuple[str, ...]], list[Data]] = {}
        for reference in meetings["references"]:
            groups.setdefault((tuple(reference["numbers"]), tuple(reference["dates"])), []).append(reference)
        for (numbers, days), places in sorted(groups.items()):
            yield from self.item(f"{self.meeting(numbers, days)}{self.colon}{self.places(places)}")

    def meeting(self, numbers: Sequence[int], days: Sequence[str]) -> str:
        return self.count("meeting", len(numbers), numbers=self.numbers(numbers)) + ", " + self.days(days)

    def state_lists(self) -> Iterator[str]:
        for found in self.data["state_lists"]:
            kinds = [self.words["roles"][found["role"]]]
            kinds += [self.words["categories"].get(name, name) for name in found["categories"]]
            count = self.count("entries", found["count"])
            yield from self.item(f"{self.place(found)}{self.colon}{', '.join((count, *kinds))}")
            if found["unknown"]:
                text = self.words["unknown_entries"] + self.colon + ", ".join(found["unknown"])
                yield from self.item(text, _INDENT * 3)

    def symbols(self) -> Iterator[str]:
        for found in self.data["symbols"]:
            text = found["symbol"]
            if not found["well_formed"]:
                text += f" [{self.fill('malformed', symbol=found['meant'])}]"
            yield from self.item(f"{text}{self.colon}{self.places(found['places'])}")

    def adoption(self) -> Iterator[str]:
        adoption = self.data["adoption"]
        if adoption is None:
            return
        if adoption["place"]:
            yield from self.item(self.place(adoption["place"]))
            meeting = adoption["meeting"]
            if meeting:
                yield from self.item(self.meeting(meeting["numbers"], meeting["dates"]))
            sections = ", ".join(adoption["sections"]) or self.words["whole"]
            yield from self.row("adopted", sections, _INDENT)
        for section in adoption["not_adopted"]:
            yield from self.row("not_adopted", f"{section['section']} {self.at(section)}", _INDENT)

    def references(self) -> Iterator[str]:
        for kind, found in self.data["references"].items():
            for reference in found:
                targets = self.lexicon.format_list(reference["targets"])
                template = self.words["refers"][kind][len(reference["targets"]) != 1]
                text = self.lexicon.fill(template, {"targets": targets})
                yield from self.item(f"{self.place(reference)}{self.colon}{text}")

    def footnotes(self) -> Iterator[str]:
        for kind, found in self.data["footnotes"].items():
            if found:
                labels = [int(one["label"]) for one in found]
                yield from self.row(kind, self.numbers(labels), _INDENT)

    def abbreviations(self) -> Iterator[str]:
        found = self.data["abbreviations"]
        for one in found["defined"]:
            name = shorten_start(one["name"], _NAME_WIDTH)
            uses = self.count("uses", one["uses"])
            yield from self.item(f"{one['abbreviation']}{self.colon}{name} {self.at(one)}, {uses}")
        if found["undefined"]:
            listed = ", ".join(f"{one['abbreviation']} ({one['uses']})" for one in found["undefined"])
            yield from self.row("undefined", listed, _INDENT)
