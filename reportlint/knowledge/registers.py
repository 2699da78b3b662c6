"""The registers of States and of organizations.

The functions here build a register from parsed data and do not read files. Names of States change over time, so a name
is judged at the date of the document that uses it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from reportlint.knowledge.name_index import Name, NameIndex, WordPlaces

GRACE = timedelta(days=60)
"""How long both names are accepted before and after a change: documents are drafted before they are dated."""

_SHORT = "_short"
"""The end of the names of the columns with names for lists; the beginning is the code of a language."""


_ENDING = 3  # letters at the end of a name by which it is found
_SHORTEST_CUT = 4  # letters that are left of a name whose end is missing
_LONGEST_ENDING = 3  # letters that may be missing


class Form(Enum):
    """The form of a State's name."""

    LIST = "list"
    IN_TEXT = "in_text"
    FORMAL = "formal"
    SHORT = "short"
    CUSTOMARY = "customary"
    DATED = "dated"


class NameState(Enum):
    """The state of a name on a given day."""

    VALID = "valid"
    CUSTOMARY = "customary"
    DATED = "dated"
    EARLY = "early"


# In Python 3.11, looking up a member of an enumeration takes long.
_LIST, _IN_TEXT, _FORMAL = Form.LIST, Form.IN_TEXT, Form.FORMAL


class NameStatus(NamedTuple):
    """The status of a name: its state, the names to use instead, and the day of the change, if any."""

    state: NameState
    list_name: str
    in_text: str
    since: date | None = None


class Sense(NamedTuple):
    """One sense of a name: its form and the period in which it is right.

    ``since`` is the first day. ``until`` is the last day of a dated name; ``tolerated``, if given, replaces the grace
    period after it.
    """

    form: Form
    since: date | None = None
    until: date | None = None
    tolerated: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether the name is right in this sense on a given day, including the grace period."""
        if self.form is Form.CUSTOMARY:
            return False
        if self.since and on < self.since - GRACE:
            return False
        return self.until is None or on <= (self.tolerated or self.until + GRACE)


class StateNames(NamedTuple):
    """The present names of a State in one language. ``formal`` has no article; it may be empty.

    ``article`` is the article that ``in_text`` has in sentences, "" if it has none, and ``None`` if it is not known.
    ``earlier`` holds each dated name with the form that it had and its sense.
    """

    list: str
    in_text: str
    formal: str
    article: str | None
    earlier: tuple[tuple[str, Form, Sense], ...] = ()


class State(NamedTuple):
    """A State. ``status`` is ``member``, ``observer`` or ``nonmember-state``."""

    iso3: str
    status: str
    names: Mapping[str, StateNames]


@dataclass(slots=True, eq=False)
class StateName:
    """A name of a State in one language, with its senses. The register has one object for each name."""

    iso3: str
    name: str
    language: str
    senses: tuple[Sense, ...]

    @property
    def form(self) -> Form:
        return self.senses[0].form


class NameMatch(NamedTuple):
    """A State named at ``start:end`` of a text, without the article.

    ``attributive``: a capitalised word follows directly, so the name may be part of another name.
    """

    start: int
    end: int
    known: StateName
    attributive: bool = False

    @property
    def iso3(self) -> str:
        return self.known.iso3


@dataclass(frozen=True, eq=False)
class States:
    """The register of States."""

    rows: Mapping[str, State]
    undated: date
    _entries: Mapping[str, Mapping[str, StateName]] = field(repr=False)
    _searched: Mapping[str, tuple[Name[StateName | None], ...]] = field(repr=False)
    _indexes: dict[str, NameIndex[StateName | None]] = field(default_factory=dict, repr=False)
    _folded: dict[str, dict[str, list[tuple[str, StateName]]]] = field(default_factory=dict, repr=False)
    _upper: dict[str, dict[str, StateName]] = field(default_factory=dict, repr=False)

    def find(self, text: str, language: str, places: WordPlaces | None = None) -> Iterator[NameMatch]:
        """Yield every State named in ``text``: leftmost, longest, whole words. Masked names are skipped.

        ``text`` must have plain apostrophes and hyphens and single spaces. Languages without capital letters (Arabic,
        Chinese) yield nothing. ``places`` are those of :meth:`words` in the text, if they are known.
        """
        for match in self._index(language).find(text, places):
            if match.value is not None:
                yield NameMatch(match.start, match.end, match.value, match.attributive)

    def words(self, language: str) -> Set[str]:
        """Return the first capitalised words of the names that :meth:`find` looks for."""
        return self._index(language).words

    def whole(self, text: str, language: str) -> StateName | None:
        """Return the name of a State that is exactly ``text``, ignoring masks and neighbouring words.

        A text in capitals matches the name that has the same letters, with or without their accents.
        """
        entry = self._entries.get(language, {}).get(text)
        if entry is None and text.isupper():
            entry = self._in_capitals(language).get(_capitals(text))
        return entry

    def _in_capitals(self, language: str) -> Mapping[str, StateName]:
        """Return the entries keyed by their names in capitals without accents. The first of equal names counts."""
        if language not in self._upper:
            upper: dict[str, StateName] = {}
            for name, entry in self._entries.get(language, {}).items():
                upper.setdefault(_capitals(name), entry)
            self._upper[language] = upper
        return self._upper[language]

    def list_name(self, iso3: str, language: str, on: date | None = None) -> str:
        """Return the name for lists on a given day; the present name if ``on`` is ``None``."""
        return self._name(iso3, language, on, _LIST)

    def in_text(self, iso3: str, language: str, on: date | None = None) -> str:
        """Return the name for sentences on a given day, without the article; the present name if ``on`` is ``None``."""
        return self._name(iso3, language, on, _IN_TEXT)

    def article(self, iso3: str, language: str, name: str) -> str | None:
        """Return the article that a name has in sentences: "" if it has none, ``None`` if it is not known."""
        names = self.rows[iso3].names[language]
        return names.article if name == names.in_text else None

    def status(self, name: StateName, on: date | None) -> NameStatus:
        """Return the status of a name on a given day.

        If ``on`` is ``None``, names are judged at the register's ``undated`` day, and no name is too early.
        """
        day = on or self.undated
        names = (self.list_name(name.iso3, name.language, on), self.in_text(name.iso3, name.language, on))
        if any(sense.holds(day) for sense in name.senses):
            return NameStatus(NameState.VALID, *names)
        early = [sense.since for sense in name.senses if sense.since and day < sense.since and not sense.until]
        if early:
            return NameStatus(NameState.VALID if on is None else NameState.EARLY, *names, min(early))
        ends = [sense.until for sense in name.senses if sense.until]
        if ends:
            return NameStatus(NameState.DATED, *names, self._successor_since(name, max(ends)))
        return NameStatus(NameState.CUSTOMARY, *names)

    def status_over(self, name: StateName, days: tuple[date, ...]) -> NameStatus:
        """Return the status of a name that is right if it was right on one of ``days``.

        The names to use instead are those of the first day. Without days, names are judged at the ``undated`` day.
        """
        return _status_over(self, name.name, name.language, days)

    def was_right_in(self, name: StateName, year: int) -> bool:
        """Return whether a dated name was right on the first day of ``year``."""
        return any(sense.until and sense.holds(date(year, 1, 1)) for sense in name.senses)

    def was_list_name(self, name: StateName) -> bool:
        """Return whether a name was the State's name for lists until some day."""
        return any(sense.form is Form.DATED for sense in name.senses)

    def _successor_since(self, name: StateName, until: date) -> date:
        """Return the first day of the present name of a State whose earlier name ended on ``until``."""
        present = self._entries[name.language][self.rows[name.iso3].names[name.language].list]
        changes = [sense.since for sense in present.senses if sense.since and sense.since >= until]
        return min(changes, default=until + timedelta(days=1))

    def nearest_state(self, text: str, language: str) -> str | None:
        """Return the list name of the State that ``text`` misspells: the same first letter, few changes.

        A short name may have one changed letter, one of six letters two, one of twelve letters three; two letters that
        have changed places count as one change. Return ``None`` if no name is close enough or two States are equally
        close.
        """
        folded = _fold(text)
        allowed = min(3, 1 + len(folded) // 6)
        distances: dict[str, int] = {}
        for name, entry in self._by_first_letter(language).get(folded[:1], ()):
            if abs(len(name) - len(folded)) <= allowed:
                distance = 1 if _letters_exchanged(folded, name) else _distance(folded, name, allowed)
                if distance <= min(allowed, distances.get(entry.iso3, allowed)):
                    distances[entry.iso3] = distance
        best = [iso3 for iso3, distance in distances.items() if distance == min(distances.values())]
        return self.list_name(best[0], language) if len(best) == 1 else None

    def state_cut_short(self, text: str, language: str) -> str | None:
        """Return the list name of the State of which ``text`` is the name without up to three letters at its end.

        Four letters must be left. Return ``None`` if the names of two States begin with them.
        """
        folded = _fold(text)
        if len(folded) < _SHORTEST_CUT:
            return None
        names = self._by_first_letter(language).get(folded[0], ())
        begun = {entry.iso3 for name, entry in names if name.startswith(folded)}
        if len(begun) != 1:
            return None
        (iso3,) = begun
        whole = self.list_name(iso3, language)
        ending = _fold(whole).removeprefix(folded)
        return whole if ending.isalpha() and len(ending) <= _LONGEST_ENDING else None

    def _by_first_letter(self, language: str) -> Mapping[str, Sequence[tuple[str, StateName]]]:
        """Return the folded names and their entries, keyed by their first letter."""
        if language not in self._folded:
            names: dict[str, list[tuple[str, StateName]]] = {}
            for name, entry in self._entries.get(language, {}).items():
                folded = _fold(name)
                names.setdefault(folded[:1], []).append((folded, entry))
            self._folded[language] = names
        return self._folded[language]

    def _name(self, iso3: str, language: str, on: date | None, form: Form) -> str:
        names = self.rows[iso3].names[language]
        if on is not None:
            # The name in use on the day is the name whose use ended soonest after it.
            in_use = [
                (sense.until, name_form is not form, name)
                for name, name_form, sense in names.earlier
                if sense.until and on < sense.until and name_form in (form, _LIST)
            ]
            if in_use:
                return min(in_use)[2]
        return names.list if form is _LIST else names.in_text

    def _index(self, language: str) -> NameIndex[StateName | None]:
        if language not in self._indexes:
            self._indexes[language] = NameIndex(self._searched.get(language, ()))
        return self._indexes[language]


@lru_cache(maxsize=1024)
def _status_over(states: States, name: str, language: str, days: tuple[date, ...]) -> NameStatus:
    entry = states._entries[language][name]
    first, *others = days or (None,)
    of_first = states.status(entry, first)
    if of_first.state is NameState.VALID:
        return of_first  # true of most names
    statuses = (states.status(entry, day) for day in others)
    return next((status for status in statuses if status.state is NameState.VALID), of_first)


class BodyNames(NamedTuple):
    """The name and abbreviation of a body in one language; the abbreviation may be empty."""

    name: str
    abbreviation: str = ""


_Endings = dict[str, list[tuple[str, BodyNames]]]


class Body(NamedTuple):
    """An organization or another body. ``lists_with_states``: it may appear in a list of States."""

    kind: str
    names: Mapping[str, BodyNames]
    lists_with_states: bool = False


class BodyMatch(NamedTuple):
    """A body named at ``start:end`` of a text, by its name or by its abbreviation (``abbreviated``)."""

    start: int
    end: int
    body: Body
    abbreviated: bool


@dataclass(frozen=True)
class Bodies:
    """The register of organizations.

    ``well_known``: abbreviations that need not be spelled out, by language or under "all".
    ``masks``: names that contain a State's name but do not mention the State, by language.
    """

    rows: tuple[Body, ...]
    well_known: Mapping[str, frozenset[str]]
    masks: Mapping[str, tuple[str, ...]]
    _indexes: dict[str, NameIndex[tuple[Body, bool]]] = field(default_factory=dict, repr=False)
    _endings: dict[str, _Endings] = field(default_factory=dict, repr=False)

    def find(self, text: str, language: str, places: WordPlaces | None = None) -> Iterator[BodyMatch]:
        """Yield every body named in ``text``: leftmost, longest, whole words. ``places``: as for States."""
        for match in self._index(language).find(text, places):
            yield BodyMatch(match.start, match.end, *match.value)

    def words(self, language: str) -> Set[str]:
        """Return the first capitalised words of the names."""
        return self._index(language).words

    def _index(self, language: str) -> NameIndex[tuple[Body, bool]]:
        if language not in self._indexes:
            self._indexes[language] = NameIndex(_body_names(self.rows, language))
        return self._indexes[language]

    def by_name(self, text: str, language: str) -> Body | None:
        """Return the body whose name is exactly ``text``."""
        return next((b for b in self.rows if language in b.names and b.names[language].name == text), None)

    def by_abbreviation(self, text: str, language: str) -> Sequence[Body]:
        """Return the bodies whose abbreviation is ``text`` (bodies may share one)."""
        return self._abbreviated.get((text, language), ())

    @cached_property
    def _abbreviated(self) -> Mapping[tuple[str, str], Sequence[Body]]:
        abbreviated: dict[tuple[str, str], list[Body]] = {}
        for body in self.rows:
            for language, names in body.names.items():
                if names.abbreviation:
                    abbreviated.setdefault((names.abbreviation, language), []).append(body)
        return abbreviated

    def ending(self, text: str, language: str) -> Iterator[BodyNames]:
        """Yield the names of the bodies whose name, in any case, ends ``text``."""
        folded = text.casefold()
        endings = self._by_ending(language)
        for length in range(1, _ENDING + 1):  # a name may be shorter than an ending
            for name, names in endings.get(folded[-length:], ()):
                if folded.endswith(name):
                    yield names

    def _by_ending(self, language: str) -> _Endings:
        """Return the names in lower case, keyed by their last letters."""
        if language not in self._endings:
            endings: _Endings = {}
            for body in self.rows:
                if names := body.names.get(language):
                    folded = names.name.casefold()
                    endings.setdefault(folded[-_ENDING:], []).append((folded, names))
            self._endings[language] = endings
        return self._endings[language]

    def is_well_known(self, abbreviation: str, language: str) -> bool:
        """Return whether an abbreviation need not be spelled out."""
        return any(abbreviation in self.well_known.get(key, ()) for key in ("all", language))


def load_states(
    rows: Iterable[Mapping[str, str]],
    names: Mapping[str, Any],
    masks: Mapping[str, Iterable[str]] | None = None,
    languages: Sequence[str] | None = None,
) -> States:
    """Build the register of States from data known to be valid.

    Args:
        rows: the rows of ``states.csv``.
        names: the data of ``states-names.yaml``.
        masks: names that do not mention a State, by language (:attr:`Bodies.masks`).
        languages: the languages that the register will be used for; ``None``: all that ``rows`` has names in.
    """
    rows = tuple(rows)
    if languages is None:
        languages = languages_of(rows[0] if rows else ())
    collected = tuple(map(_Collected, languages))
    extras = names["states"]
    states = {row["iso3"]: _state(row, _extras(extras.get(row["iso3"]), languages), collected) for row in rows}
    searched: dict[str, tuple[Name[StateName | None], ...]] = {}
    for each in collected:
        if _has_capitals(each.entries):
            language_names = list(each.searched())
            language_names += [Name(mask, None) for mask in (masks or {}).get(each.language, ())]
            searched[each.language] = tuple(language_names)
    entries = {each.language: each.entries for each in collected}
    return States(states, date.fromisoformat(names["undated"]), entries, searched)


def load_bodies(data: Mapping[str, Any]) -> Bodies:
    """Build the register of organizations from the data of ``bodies.yaml``, known to be valid.

    The name of every body is also a mask, so that "Lake Chad Basin Commission" does not mention Chad.
    """
    rows = tuple(_body(entry) for entry in data["bodies"])
    masks = {language: list(words) for language, words in (data.get("masks") or {}).items()}
    for body in rows:
        for language, names in body.names.items():
            masks.setdefault(language, []).append(names.name)
    well_known = {key: frozenset(words) for key, words in (data.get("well_known") or {}).items()}
    return Bodies(rows, well_known, {language: tuple(words) for language, words in masks.items()})


def languages_of(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the languages in which a row of ``states.csv`` with these columns has names."""
    return tuple(column.removesuffix(_SHORT) for column in columns if column.endswith(_SHORT))


def in_language(row: Mapping[str, str], language: str) -> Mapping[str, str]:
    """Return a row of ``states.csv`` without empty columns and the columns of other languages."""
    others = tuple(f"{code}_" for code in languages_of(row) if code != language)
    return {column: text for column, text in row.items() if text and not column.startswith(others)}


def _has_capitals(names: Iterable[str]) -> bool:
    return any(letter.isupper() for name in names for letter in name)


class _Extra(NamedTuple):
    """An entry of ``states-names.yaml``."""

    name: str
    sense: Sense
    as_form: Form
    after: tuple[str, ...]
    person: bool
    lists_only: bool


@dataclass
class _Collected:
    """The names of all States in one language. A name may have several senses, but all for the same State."""

    language: str
    entries: dict[str, StateName] = field(default_factory=dict)
    options: dict[str, tuple[tuple[str, ...], bool]] = field(default_factory=dict)
    lists_only: set[str] = field(default_factory=set)

    def add(self, iso3: str, name: str, sense: Sense) -> None:
        if not name:
            return
        entry = self.entries.get(name)
        senses = (*entry.senses, sense) if entry else (sense,)
        self.entries[name] = StateName(iso3, name, self.language, senses)

    def add_extra(self, iso3: str, extra: _Extra) -> None:
        self.add(iso3, extra.name, extra.sense)
        self.options[extra.name] = (extra.after, extra.person)
        if extra.lists_only:
            self.lists_only.add(extra.name)

    def searched(self) -> Iterator[Name[StateName | None]]:
        """Yield the names to find in sentences."""
        for name, entry in self.entries.items():
            if name not in self.lists_only:
                yield Name(name, entry, *self.options.get(name, ()))


class _Present(NamedTuple):
    """The senses of the present names of a State, by their forms."""

    as_listed: Sense
    in_text: Sense
    formal: Sense

    @classmethod
    def since(cls, day: date | None) -> _Present:
        """Return the senses of names in use since a day; ``None``: for long."""
        return cls(Sense(_LIST, day), Sense(_IN_TEXT, day), Sense(_FORMAL, day))


_PRESENT = _Present.since(None)


_STATUS = {
    "customary": Form.CUSTOMARY,
    "outdated": Form.DATED,
    "short": Form.SHORT,
    "accepted": Form.LIST,
    "in_text": Form.IN_TEXT,
}


def _state(row: Mapping[str, str], extras: _Extras, collected: Iterable[_Collected]) -> State:
    names: dict[str, StateNames] = {}
    for each in collected:
        if row.get(f"{each.language}_short"):
            names[each.language] = _state_names(row, extras, each)
    return State(row["iso3"], row["status"], names)


def _state_names(row: Mapping[str, str], extras: _Extras, collected: _Collected) -> StateNames:
    """Collect the names of a State in one language, and return the present ones."""
    iso3, language = row["iso3"], collected.language
    present = _PRESENT
    if extras.current_from and language in (extras.changed or (language,)):
        present = _Present.since(extras.current_from)
    short = row[f"{language}_short"]
    in_text = row.get(f"{language}_intext") or short
    with_article = row.get(f"{language}_formal") or ""
    formal = without_article(with_article)
    article = row.get(f"{language}_article") or ""
    collected.add(iso3, short, present.as_listed)
    if article:
        collected.add(iso3, f"{short} ({article})", present.as_listed)
    if in_text != short:
        collected.add(iso3, in_text, present.in_text)
    if formal not in (short, in_text):
        collected.add(iso3, formal, present.formal)
    of_language = extras.names.get(language, ())
    for extra in of_language:
        collected.add_extra(iso3, extra)
    earlier = tuple((extra.name, extra.as_form, extra.sense) for extra in of_language if extra.sense.until)
    of_formal = with_article.removesuffix(formal).strip() if formal == in_text else None
    in_sentences = article if in_text == short else of_formal
    return StateNames(short, in_text, formal, in_sentences, earlier)


class _Extras(NamedTuple):
    """The entry of a State: the day its present names began, the languages that changed, and its extra names.

    No language stands for all of them.
    """

    current_from: date | None = None
    changed: Sequence[str] = ()
    names: Mapping[str, Sequence[_Extra]] = MappingProxyType({})


_NO_EXTRAS = _Extras()


def _extras(data: Mapping[str, Any] | None, languages: Sequence[str]) -> _Extras:
    """Read the entry of a State, with extra names in these languages only."""
    if not data:
        return _NO_EXTRAS
    names: dict[str, list[_Extra]] = {}
    for item in data.get("names") or ():
        stated = item["language"]
        for language in [stated] if isinstance(stated, str) else stated:
            if language in languages:
                names.setdefault(language, []).append(_extra(item))
    return _Extras(_date(data.get("current_from")), data.get("languages") or (), names)


def _extra(item: Mapping[str, Any]) -> _Extra:
    stated = item.get("form")
    as_form = Form(stated) if stated else _LIST
    form = as_form if item["status"] == "accepted" else _STATUS[item["status"]]
    sense = Sense(form, _date(item.get("from")), _date(item.get("until")), _date(item.get("tolerated_until")))
    after = tuple(item.get("after") or ())
    return _Extra(item["name"], sense, as_form, after, bool(item.get("person")), bool(item.get("lists_only")))


def _body(data: Mapping[str, Any]) -> Body:
    names = {
        language: BodyNames(value["name"], value.get("abbreviation") or "")
        for language, value in data.items()
        if isinstance(value, dict)
    }
    return Body(data["kind"], names, bool(data.get("lists_with_states")))


def _body_names(rows: Iterable[Body], language: str) -> Iterator[Name[tuple[Body, bool]]]:
    for body in rows:
        names = body.names.get(language)
        if names:
            yield Name(names.name, (body, False))
            if names.abbreviation and names.abbreviation != names.name:
                yield Name(names.abbreviation, (body, True))


def without_article(name: str) -> str:
    """Return a formal name without its article, which is lower-case in all of these languages."""
    for start, letter in enumerate(name):
        if letter.isupper():
            return name[start:]
    return name


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _capitals(text: str) -> str:
    upper = text.upper()
    if upper.isascii():
        return upper
    plain = unicodedata.normalize("NFD", upper)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _letters_exchanged(first: str, second: str) -> bool:
    """Return whether two words differ by two letters that have changed places ("Lybia", "Libya")."""
    if len(first) != len(second):
        return False
    changed = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    return len(changed) == 2 and changed[0] == changed[1][::-1]


def _distance(first: str, second: str, most: int) -> int:
    """Return the edit distance of two words: the number of letters added, dropped or changed.

    If it is more than ``most``, the result is ``most + 1``.
    """
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        # Other cells cannot be part of a way with so few changes.
        start, end = max(1, i - most), min(len(second), i + most)
        previous, row[start - 1] = row[start - 1], i if start == 1 else most + 1
        for j in range(start, end + 1):
            above = row[j] if j < i + most else most + 1
            previous, row[j] = row[j], min(above + 1, row[j - 1] + 1, previous + (letter != second[j - 1]))
        if min(row[start - 1 : end + 1]) > most:
            return most + 1
    return min(row[-1], most + 1)
