"""The text of an outline, in the words of the message language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from reportlint.language.lexicon import Lexicon
from reportlint.reporters.layout import printable_path, ranges, shorten, shorten_start, wrap

_WIDTH = 80
_INDENT = "  "
_PLACES_SHOWN = 6
_NAME_WIDTH = 56
_BOUND_LENGTH = 30
_EVIDENCE_WIDTH = 30

Data = dict[str, Any]


def outline_lines(data: Data, lexicon: Lexicon) -> Iterator[str]:
    """Yield the lines of an outline."""
    return _Text(data, lexicon).lines()


def _bound(text: str) -> str:
    """Return a short expression with no-break spaces, so that it stays on one line."""
    return text.replace(" ", "\u00a0") if len(text) <= _BOUND_LENGTH else text


class _Text:
    """Formats the data of an outline."""

    def __init__(self, data: Data, lexicon: Lexicon) -> None:
        self.data, self.lexicon = data, lexicon
        self.words: dict[str, Any] = lexicon.section("outline")
        self.interface: dict[str, Any] = lexicon.section("interface")
        self.colon: str = lexicon.section("formats", "colon")

    def lines(self) -> Iterator[str]:
        data = self.data
        yield printable_path(data["path"])
        yield ""
        yield from self.row("kind", self.kind())
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

    def kind(self) -> str:
        kind: str = self.words["kinds"][self.data["kind"]]
        evidence = self.data["kind_evidence"]
        if not evidence:
            return kind
        words = self.lexicon.fill(self.words["evidence"], {"words": shorten(evidence["text"], _EVIDENCE_WIDTH)})
        return f"{kind} ({words}, {self.place(evidence)})"

    def fill(self, word: str, **fields: object) -> str:
        return self.lexicon.fill(self.words[word], fields)

    def count(self, word: str, number: int, **fields: object) -> str:
        """Return the form of a phrase for a number."""
        return self.lexicon.fill(self.lexicon.plural(self.words[word], number), {"count": number, **fields})

    def row(self, word: str, text: str, indent: str = "") -> Iterator[str]:
        return self.item(self.words[word] + self.colon + text, indent)

    def item(self, text: str, indent: str = _INDENT) -> Iterator[str]:
        return wrap(text, _WIDTH, first=indent, rest=indent + _INDENT * 2)

    def day(self, iso: str | None) -> str:
        return self.lexicon.format_date(date.fromisoformat(iso)) if iso else str(self.words["none"])

    def days(self, isos: Sequence[str]) -> str:
        return self.lexicon.format_list([self.day(iso) for iso in isos]) if isos else str(self.words["no_date"])

    def language(self, code: str) -> str:
        names = self.lexicon.mapping("masthead", "languages").get(code)
        return str(names[0]) if names else code

    def place(self, place: Data) -> str:
        line = f"{self.interface['line']} {place['line']}"
        # The label of a place without any better name is its line.
        return _bound(line if place["where"] == line else f"{place['where']} ({line})")

    def at(self, place: Data) -> str:
        """Return a place in brackets, to follow the words at that place."""
        line = f"{self.interface['line']} {place['line']}"
        return _bound(f"({line})" if place["where"] == line else f"({place['where']}, {line})")

    def places(self, places: Sequence[Data]) -> str:
        named = [self.place(place) for place in places[:_PLACES_SHOWN]]
        hidden = len(places) - len(named)
        if hidden:
            named.append(
                self.lexicon.fill(self.lexicon.plural(self.interface["more_places"], hidden), {"count": hidden})
            )
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
            # Only translations have the line that names their language.
            if line or name != "version":
                yield from self.row(name, f"{line['text']} {self.at(line)}" if line else none, _INDENT)
        yield from self.row("dated", f"{self.day(day['date'])} {self.at(day)}" if day else none, _INDENT)
        if masthead["sole"]:
            yield from self.row("sole", f"{masthead['sole']['text']} {self.at(masthead['sole'])}", _INDENT)
        for event in masthead["event"]:
            word = "other_event" if self.data["event"]["is_of_another_body"] else "event"
            yield from self.row(word, self.stretch(event), _INDENT)

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
        """Return the numbered paragraphs and recommendations of a section, as ranges."""
        parts = [
            _bound(f"{named['word']} {self.range(named['first'], named['last'])}")
            for named in section["recommendations"]
        ]
        runs = section["paragraphs"]
        if runs:
            text = ", ".join(self.range(run["first"], run["last"]) for run in runs)
            single = len(runs) == 1 and runs[0]["first"] == runs[0]["last"]
            parts.insert(0, _bound(self.count("paragraphs", 1 if single else 2, ranges=text)))
        return ", ".join(parts)

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
        event = self.data["event"]
        for name, key in (("body", "text"), ("number", "number"), ("place", "text")):
            if event[name]:
                yield from self.row(name, f"{event[name][key]} {self.at(event[name])}", _INDENT)
            elif name == "number" and event["numbers"]:
                yield from self.row(name, f"{self.numbers(event['numbers'])} {self.at(self.data['title'])}", _INDENT)
        for period in self.data["session"]:
            yield from self.item(self.stretch(period))

    def meetings(self) -> Iterator[str]:
        meetings = self.data["meetings"]
        for stated in meetings["stated"]:
            yield from self.item(f"{self.fill('stated', number=stated['number'])} {self.at(stated)}")
        groups: dict[tuple[tuple[int, ...], bool, tuple[str, ...]], list[Data]] = {}
        for reference in meetings["references"]:
            key = tuple(reference["numbers"]), reference["resumed"], tuple(reference["dates"])
            groups.setdefault(key, []).append(reference)
        for key, places in sorted(groups.items()):
            yield from self.item(f"{self.meeting(*key)}{self.colon}{self.places(places)}")

    def meeting(self, numbers: Sequence[int], resumed: bool, days: Sequence[str]) -> str:
        word = "resumed_meeting" if resumed else "meeting"
        return self.count(word, len(numbers), numbers=self.numbers(numbers)) + ", " + self.days(days)

    def state_lists(self) -> Iterator[str]:
        for states in self.data["state_lists"]:
            kinds = [self.words["roles"][states["role"]]]
            kinds += [self.words["categories"].get(name, name) for name in states["categories"]]
            count = self.count("entries", states["count"])
            yield from self.item(f"{self.place(states)}{self.colon}{', '.join((count, *kinds))}")
            if states["unknown"]:
                text = self.words["unknown_entries"] + self.colon + ", ".join(states["unknown"])
                yield from self.item(text, _INDENT * 3)

    def symbols(self) -> Iterator[str]:
        for symbol in self.data["symbols"]:
            text = symbol["symbol"]
            if not symbol["well_formed"]:
                text += f" [{self.fill('malformed', symbol=symbol['meant'])}]"
            yield from self.item(f"{text}{self.colon}{self.places(symbol['places'])}")

    def adoption(self) -> Iterator[str]:
        adoption = self.data["adoption"]
        if adoption is None:
            return
        if adoption["place"]:
            yield from self.item(self.place(adoption["place"]))
            meeting = adoption["meeting"]
            if meeting:
                yield from self.item(
                    self.meeting(meeting["numbers"], meeting["resumed"], adoption["dates"] or meeting["dates"])
                )
            elif adoption["dates"]:
                yield from self.item(self.days(adoption["dates"]))
            sections = ", ".join(adoption["sections"]) or self.words["whole"]
            yield from self.row("adopted", sections, _INDENT)
        for section in adoption["not_adopted"]:
            yield from self.row("not_adopted", f"{section['section']} {self.at(section)}", _INDENT)

    def references(self) -> Iterator[str]:
        for kind, references in self.data["references"].items():
            for reference in references:
                targets = self.lexicon.format_list(reference["targets"])
                template = self.lexicon.plural(self.words["refers"][kind], len(reference["targets"]))
                text = self.lexicon.fill(template, {"targets": targets})
                yield from self.item(f"{self.place(reference)}{self.colon}{text}")

    def footnotes(self) -> Iterator[str]:
        for kind, notes in self.data["footnotes"].items():
            if notes:
                labels = [int(note["label"]) for note in notes]
                yield from self.row(kind, self.numbers(labels), _INDENT)

    def abbreviations(self) -> Iterator[str]:
        abbreviations = self.data["abbreviations"]
        for term in abbreviations["defined"]:
            name = shorten_start(term["name"], _NAME_WIDTH)
            uses = self.count("uses", term["uses"])
            yield from self.item(f"{term['abbreviation']}{self.colon}{name} {self.at(term)}, {uses}")
        if abbreviations["undefined"]:
            listed = ", ".join(f"{term['abbreviation']} ({term['uses']})" for term in abbreviations["undefined"])
            yield from self.row("undefined", listed, _INDENT)
