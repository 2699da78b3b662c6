"""CTY: names of States. Authority: UNTERM; Editorial Manual, country names."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from reportlint.checks.list_entry_fixes import ListFixes
from reportlint.checks.name_fixes import Usage, bracket_usages, name_fix
from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.checks.state_order import Order, order_of
from reportlint.document import Span
from reportlint.document.on_access import MadeOnAccess
from reportlint.facts.citations import Citations
from reportlint.facts.document_dates import NameDates
from reportlint.facts.masthead import Masthead
from reportlint.facts.state_lists import ListEntry, ListRole, StateList, StateLists
from reportlint.facts.states import Naming, StateMention, StateMentions
from reportlint.facts.written_dates import Calendar
from reportlint.knowledge.levels import Severity
from reportlint.knowledge.registers import Form, NameState, States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention, Passage, Role, Structure

_COLUMN = 60
_NEAR = 20
_FORMAL_SHARE = 5  # one in this many names of a list may be a formal name among short ones
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/])")
_TOWN_BEFORE = re.compile(r"(?<!\w)(?P<word>[^\W\d_]{2,})(?:, | \()\Z")
_FIRST_WORD = re.compile(r"\w")
_OPENING_BRACKET = re.compile(r" ?\(")
_LONGEST_TREATY = 150  # characters of the title of a treaty before the name of its last party
_LEAD_WORDS = 3  # most words and marks between a place and a date: ", from the"
# A word before the name that does not begin the sentence: "Transparency International Moldavie".
_WORD_BEFORE = re.compile(r"(?:[^\W\d_],? |[(\[])(?P<word>[^\W\d_]{3,}) \Z")
# The categories of participants of which a list is kept.
_REGISTERED = frozenset(("member", "signatory"))
# In Python 3.11, looking up a member of an enumeration takes long.
_VALID, _SHORT, _IN_TEXT, _FORMAL = NameState.VALID, Form.SHORT, Form.IN_TEXT, Form.FORMAL
_ATTENDANCE, _OTHER = ListRole.ATTENDANCE, ListRole.OTHER
_PROSE = (Role.PARAGRAPH, Role.ITEM, Role.TEXT)
# Names of the same rank may occur in one report (the list form and the form in sentences).
_LENGTHS = {Form.SHORT: 0, Form.LIST: 1, Form.IN_TEXT: 1, Form.DATED: 1, Form.CUSTOMARY: 1, Form.FORMAL: 2}


@check(
    "countries.name",
    variants=("early", "not_used"),
    fields=("after", "before", "date", "name", "proper"),
    related=("again",),
)
def name(
    structure: Structure,
    mentions: StateMentions,
    lists: StateLists,
    states: States,
    lexicon: Lexicon,
    dates: NameDates,
    calendar: Calendar,
    masthead: Masthead,
    citations: Citations,
) -> Iterator[Problem]:
    """Report a name that the United Nations used for the State neither at the date of the document nor at the session.

    A name that sentences repeat is reported once, each entry of a roll by itself. Names that may be part of another
    name are not reported: those next to a capitalised word, a possessive or a hyphen. A name that was right in a year
    that the sentence mentions is an info; it is not reported as the place of an event of that time ("in Ankara, Turkey,
    on 3 May 2016"). In the document of another organization, every name is an info.
    """

    def is_valid(naming: Naming) -> bool:
        return states.status_over(naming.known, dates.days).state is _VALID

    fixes = ListFixes(states, lexicon, structure.document.source)
    usages = bracket_usages(mentions, states, dates.days)
    repeated: dict[tuple[str, str, Severity | None], _Repeated] = {}
    listed = {
        state: (state_list, entry)
        for state_list in lists
        for entry in state_list.entries
        if (naming := entry.content.naming) and not is_valid(naming) and (state := entry.state)
    }
    wrong = (mention for mention in mentions.states if not is_valid(mention.naming))
    for mention, state_list, entry in _with_entries(wrong, listed):
        if mention.in_organization or _part_of_another_name(structure, mention):
            continue
        if _is_place_of_event(mention, states, calendar):
            continue
        status = states.status_over(mention.known, dates.days)
        usage = usages[mention.of_person] if mention.in_brackets else Usage.IN_TEXT
        group = status.list_name if state_list else status.in_text
        proper = status.list_name if usage is Usage.LIST else group
        fields: dict[str, object] = {"name": mention.name, "proper": proper}
        if status.since:
            fields["date"] = status.since
        if state_list and entry:
            order = order_of(state_list, states, lexicon, dates.days)
            fields |= _right_place(order, entry, proper)
            fix = fixes.renamed(state_list, order, entry, proper)
        else:
            is_certain = usage is not Usage.UNKNOWN or status.list_name == status.in_text
            is_address = not mention.of_person and _may_end_address(mention)
            fix = name_fix(mention, proper, states, lexicon)
            fix = fix.safe_if(is_certain and not is_address)
        variant = "early" if status.state is NameState.EARLY else "not_used"
        is_past = _is_past(mention, states)
        severity = Severity.INFO if is_past or masthead.is_of_others else None
        in_title = _in_title_of_treaty(mention, lexicon) or _in_title_of_document(mention, citations)
        fix = fix.safe_if(not severity and not in_title)
        problem = Problem(mention.span, fields, variant, severity=severity, fix=fix)
        if state_list and _is_roll(state_list):
            yield problem
        elif known := repeated.get(key := (mention.name, group, severity)):
            known.add(problem.span, fix)
        else:
            repeated[key] = _Repeated(problem, fix)
    for each in repeated.values():
        yield each.problem()


def _with_entries(
    mentions: Iterable[StateMention], listed: dict[StateMention, tuple[StateList, ListEntry]]
) -> Iterator[tuple[StateMention, StateList | None, ListEntry | None]]:
    """Yield mentions with their list and entry, if they are listed, and then the mentions that are only listed.

    The mentions that occur in both are removed from ``listed``.
    """
    for mention in mentions:
        yield mention, *listed.pop(mention, (None, None))
    for mention, found in listed.items():
        yield mention, *found


class _Repeated:
    """A wrong name that sentences repeat: its first problem, and the places and fixes of the others.

    Places are kept in arrays, because a table may repeat a name in each of its rows.
    """

    def __init__(self, first: Problem, fix: FixWords) -> None:
        self.first, self.fix = first, fix
        self.is_safe = fix.safe
        self.others = array("I")
        self.replaced = array("I")
        self.replacements: list[tuple[str, bool]] = []
        for each in fix.also:
            self._replace_also(each)

    def add(self, span: Span, fix: FixWords) -> None:
        """Add another place, and the fix there."""
        self.others.extend(span)
        self.is_safe = self.is_safe and fix.safe
        for each in (fix, *fix.also):
            self._replace_also(each)

    def _replace_also(self, fix: FixWords) -> None:
        self.replaced.extend(fix.span)
        self.replacements.append(_shared_words(fix.text, fix.typed))

    def problem(self) -> Problem:
        """Return the problem for all places."""
        also = MadeOnAccess(self._replacement, range(len(self.replacements)))
        again = MadeOnAccess(self._again, range(len(self.others) // 2))
        return self.first._replace(related=again, fix=self.fix._replace(safe=self.is_safe, also=also))

    def _replacement(self, index: int) -> FixWords:
        text, typed = self.replacements[index]
        return FixWords(_span_at(self.replaced, index), text, typed=typed)

    def _again(self, index: int) -> Related:
        return Related("again", _span_at(self.others, index))


def _span_at(places: array[int], index: int) -> Span:
    """Return one of the ranges whose starts and ends are in an array."""
    return Span(places[2 * index], places[2 * index + 1])


@lru_cache(maxsize=64)
def _shared_words(text: str, typed: bool) -> tuple[str, bool]:
    """Return a replacement without its place, which is the same for many places."""
    return text, typed


def _right_place(order: Order | None, entry: ListEntry, proper: str) -> dict[str, str]:
    """Return the field with the place of an entry under its proper name; nothing if it already stands there."""
    if order is None or not order.is_sorted or order.is_in_place(right := entry.renamed(proper)):
        return {}
    following = order.entry_after(right)
    return {"before": following.name} if following else {"after": [*order.in_place][-1].name}


def _is_past(mention: StateMention, states: States) -> bool:
    """Return whether the sentence mentions a year in which the name was right."""
    start, end = mention.passage.sentence(mention.start)
    years = _YEAR.findall(mention.passage.text, start, end)
    return any(states.was_right_in(mention.known, int(year)) for year in years)


def _may_end_address(mention: StateMention) -> bool:
    """Return whether a name follows a town or another capitalised word, with a comma or a bracket between them."""
    passage, start, _ = mention.mention
    town = _TOWN_BEFORE.search(passage.text, max(0, start - _NEAR), start)
    return town is not None and town["word"][0].isupper()


def _in_title_of_treaty(mention: StateMention, lexicon: Lexicon) -> bool:
    """Return whether the title of a treaty stands directly before a name: "Agreement between Greece and"."""
    start = mention.start
    return _treaty(lexicon).search(mention.passage.text, max(0, start - _LONGEST_TREATY), start) is not None


def _in_title_of_document(mention: StateMention, citations: Citations) -> bool:
    """Return whether a document symbol begins the passage of a name or follows the name in brackets."""
    passage, symbols = mention.passage, citations.citations.in_passage(mention.passage)
    first = _FIRST_WORD.search(passage.text)
    bracket = _OPENING_BRACKET.match(passage.text, mention.end)
    places = [first.start() if first else 0, *([bracket.end()] if bracket else [])]
    return any(symbols.position_at(place) is not None for place in places)


@lru_cache(maxsize=8)
def _treaty(lexicon: Lexicon) -> re.Pattern[str]:
    openings = alternation(lexicon.section("treaty_openings"))
    return re.compile(rf"(?<!\w)(?:{openings})(?!\w)[^,;:.()]*\Z")


def _is_place_of_event(mention: StateMention, states: States, calendar: Calendar) -> bool:
    """Return whether a name follows a town and is followed by a date on which it was right."""
    passage, _, end = mention.mention
    if not _may_end_address(mention):
        return False
    dated = next(calendar.within(Mention(passage, end, min(len(passage.text), end + _COLUMN))), None)
    if dated is None or len(passage.text[end : dated.mention.start].split()) > _LEAD_WORDS:
        return False
    return any(day.year is not None and states.was_right_in(mention.known, day.year) for day in dated.dates.days_named)


def _part_of_another_name(structure: Structure, mention: StateMention) -> bool:
    """Return whether a name may be part of another name."""
    text, (_, start, end) = mention.passage.text, mention.mention
    nearest = max(0, start - _COLUMN)
    before = _WORD_BEFORE.search(text, nearest, start)
    if before and before["word"][0].isupper():
        return True
    if "\t" in text[nearest : end + _COLUMN]:
        # In columns, the name may continue on the next line.
        return not _fills_row(structure, mention)
    joined = text.startswith(("-", *structure.lexicon.words("lists", "possessive")), end)
    return mention.naming.attributive or joined or text[max(0, start - 1) : start] in ("-", "/")


def _fills_row(structure: Structure, mention: StateMention) -> bool:
    """Return whether a name is all the text of a table row, and the adjacent rows have as many filled cells."""
    row = mention.passage
    rest = row.text[: mention.start] + row.text[mention.end :]
    if row.role is not Role.ROW or any(map(str.isalpha, rest)):
        return False
    adjacent = structure.passages[max(0, row.index - 1) : row.index + 2]
    rows = [passage for passage in adjacent if passage.role is Role.ROW]
    return len({sum(map(bool, map(str.strip, passage.text.split("\t")))) for passage in rows}) == 1


@check(
    "countries.list_order", variants=("misplaced", "misplaced_last", "unordered"), fields=("before", "count", "name")
)
def list_order(
    structure: Structure, lists: StateLists, states: States, lexicon: Lexicon, dates: NameDates
) -> Iterator[Problem]:
    """Report a list of States that is not in alphabetical order in the language of the version."""
    fixes = ListFixes(states, lexicon, structure.document.source)
    for state_list in lists:
        order = order_of(state_list, states, lexicon, dates.days)
        if order is None or not order.misplaced:
            continue
        entry = order.entries[order.misplaced[0]]
        if not order.is_sorted:
            yield Problem(entry.span, {"count": len(order.misplaced)}, "unordered", severity=Severity.INFO)
            continue
        fix = fixes.moved(state_list, order)
        if following := order.entry_after(entry):
            yield Problem(entry.span, {"name": entry.name, "before": following.name}, "misplaced", fix=fix)
        else:
            yield Problem(entry.span, {"name": entry.name}, "misplaced_last", fix=fix)


@check("countries.listed_twice", fields=("name",), related=("first",))
def listed_twice(lexicon: Lexicon, lists: StateLists) -> Iterator[Problem]:
    """Report a State that is listed twice in one list."""
    fields: dict[str, dict[str, str]] = {}
    for state_list in lists:
        if not _is_roll(state_list) and not _is_enumeration(lexicon, state_list):
            continue
        seen: dict[str, tuple[ListEntry, tuple[Related, ...]]] = {}
        for entry in state_list.states:
            first, related = seen.get(entry.meant or "", (None, ()))
            if first is None:
                seen[entry.meant or ""] = entry, (Related("first", entry.span),)
            # With a remark ("on behalf of …") a State may be named again in another capacity.
            elif not (entry.has_remark or first.has_remark):
                yield Problem(entry.span, fields.setdefault(entry.name, {"name": entry.name}), related=related)


def _is_enumeration(lexicon: Lexicon, state_list: StateList) -> bool:
    """Return whether States named in a sentence are one enumeration: three names, and one conjunction among them.

    "Chad and Mali and Chad and Niger" names two pairs.
    """
    states = [entry.mention for entry in state_list.entries if entry.naming]
    text, conjunction = state_list.mention.passage.text, _conjunction(lexicon)
    gaps = (text[left.end : right.start] for left, right in pairwise(states))
    return len(states) > 2 and sum(conjunction.search(gap) is not None for gap in gaps) <= 1


@lru_cache(maxsize=8)
def _conjunction(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(lexicon.words('lists', 'and'))})(?!\w)", re.IGNORECASE)


class _Names(NamedTuple):
    """The entries of one State in the lists that need full names, in order, with the list of each."""

    listed: list[tuple[StateList, ListEntry]]

    @property
    def shortened(self) -> ListEntry | None:
        """The short name that must be the full one.

        A report may give the full name once and the short name afterwards, except in lists of those who take part, and
        unless the full name comes back.
        """
        lengths = [_LENGTHS[entry.naming.known.form] for _, entry in self.listed if entry.naming]
        full = max(lengths)
        last = len(lengths) - 1 - lengths[::-1].index(full)
        return next(
            (
                entry
                for index, (state_list, entry) in enumerate(self.listed)
                if lengths[index] < full and (index < last or _is_register(state_list))
            ),
            None,
        )

    @property
    def full(self) -> ListEntry:
        """The first of the longest names."""
        return max((entry for _, entry in self.listed), key=_length)

    def fix(self, fixes: ListFixes, states: States, lexicon: Lexicon, days: tuple[date, ...]) -> FixWords | None:
        """Return the replacement of :attr:`shortened`, or of :attr:`full` if the short name is that for lists."""
        wrong = self.shortened
        if wrong is None or wrong.naming is None:
            return None
        proper = states.status_over(wrong.naming.known, days).list_name
        if wrong.name == proper:
            wrong = self.full
        state_list = next(state_list for state_list, entry in self.listed if entry is wrong)
        order = order_of(state_list, states, lexicon, days)
        return fixes.renamed(state_list, order, wrong, proper)._replace(safe=False)


def _length(entry: ListEntry) -> int:
    return _LENGTHS[entry.naming.known.form] if entry.naming else 0


def _in_formal_lists(lists: StateLists, states: States, dates: NameDates) -> Iterator[_Names]:
    """Yield the entries of each State in lists after a colon and lists of participants.

    A sentence may shorten a name that was given in full before.
    """
    by_state: dict[str, list[tuple[StateList, ListEntry]]] = {}
    for state_list in lists:
        if not state_list.after_colon and state_list.role is not _ATTENDANCE:
            continue
        for entry in state_list.states:
            naming = entry.naming
            if naming and states.status_over(naming.known, dates.days).state is _VALID:
                by_state.setdefault(naming.known.iso3, []).append((state_list, entry))
    return map(_Names, by_state.values())


def _is_register(state_list: StateList) -> bool:
    """Return whether a list is one of participants, speakers, members or signatories."""
    return state_list.role is not _OTHER or not _REGISTERED.isdisjoint(state_list.introduction.categories)


@check("countries.mixed_names", fields=("full", "paragraph", "short"), related=("full",))
def mixed_names(
    structure: Structure, lists: StateLists, states: States, lexicon: Lexicon, dates: NameDates
) -> Iterator[Problem]:
    """Report a State that one list calls by its short name and another by its full name; once for each State.

    The fix gives both the name that lists use.
    """
    fixes = ListFixes(states, lexicon, structure.document.source)
    for names in _in_formal_lists(lists, states, dates):
        short, full = names.shortened, names.full
        if short:
            fields = {"short": short.name, "full": full.name}
            if paragraph := structure.number_at(full.span.start):
                fields["paragraph"] = paragraph
            fix = names.fix(fixes, states, lexicon, dates.days)
            yield Problem(short.span, fields, related=(Related("full", full.span, fields),), fix=fix)


def _is_roll(state_list: StateList) -> bool:
    return state_list.role is not _OTHER or state_list.after_colon


@check("countries.unknown", fields=("after", "before", "name", "nearest"))
def unknown(
    structure: Structure, lists: StateLists, states: States, lexicon: Lexicon, dates: NameDates
) -> Iterator[Problem]:
    """Report an entry in a list of States that is neither a State nor a body that may be listed with States."""
    fixes = ListFixes(states, lexicon, structure.document.source)
    for state_list in lists:
        bodies = [entry.body for entry in state_list.entries if entry.body]
        if not _is_roll(state_list) or not all(body.lists_with_states for body in bodies):
            continue
        for entry in state_list.unknown:
            nearest = states.nearest_state(entry.name, lexicon.code)
            if nearest is None and state_list.introduction.of_states:
                nearest = states.state_cut_short(entry.name, lexicon.code)
            if nearest:
                order = order_of(state_list, states, lexicon, dates.days)
                place = _right_place(order, entry, nearest)
                fields = {"name": entry.name, "nearest": nearest, **place}
                meant = _as_meant(entry, nearest, states, lexicon)
                yield Problem(entry.span, fields, fix=fixes.renamed(state_list, order, meant, nearest))
            elif state_list.introduction.of_states:
                yield Problem(entry.span, {"name": entry.name})


def _as_meant(entry: ListEntry, name: str, states: States, lexicon: Lexicon) -> ListEntry:
    """Return an unknown entry with the State that it names wrongly."""
    match = states.whole(name, lexicon.code)
    return entry.meaning(match.iso3) if match else entry


@check("countries.short_name", fields=("name", "proper"))
def short_name(
    structure: Structure, lists: StateLists, states: States, lexicon: Lexicon, dates: NameDates
) -> Iterator[Problem]:
    """Report the accepted short name of a State in a list; once for each State.

    After a list with the full name, only lists of those who take part need it again.
    """
    fixes = ListFixes(states, lexicon, structure.document.source)
    for names in _in_formal_lists(lists, states, dates):
        given = False
        for state_list, entry in names.listed:
            naming = entry.naming
            if naming is None or naming.known.form is not _SHORT:
                given = True
            elif not given or _is_register(state_list):
                proper = states.status_over(naming.known, dates.days).list_name
                order = order_of(state_list, states, lexicon, dates.days)
                fix = fixes.renamed(state_list, order, entry, proper)._replace(safe=False)
                yield Problem(entry.span, {"name": entry.name, "proper": proper}, fix=fix)
                break


@check("countries.form", variants=("formal", "in_list", "in_sentence"), fields=("name", "proper"))
def form(
    structure: Structure,
    mentions: StateMentions,
    lists: StateLists,
    states: States,
    lexicon: Lexicon,
    dates: NameDates,
) -> Iterator[Problem]:
    """Report a form of a name that is right elsewhere.

    These are the form for sentences in a list after a colon, a formal name in a list of short names, and the form for
    lists in a sentence that names one State. An enumeration in a sentence uses the form for lists, so sentences that
    name two States are not checked.
    """
    fixes = ListFixes(states, lexicon, structure.document.source)
    for state_list in lists:
        for entry in state_list.states if state_list.after_colon else ():
            is_for_text = entry.naming is not None and entry.naming.known.form is _IN_TEXT
            if is_for_text and (mention := entry.state):
                status = states.status_over(mention.known, dates.days)
                if status.state is _VALID and mention.name == status.in_text != status.list_name:
                    order = order_of(state_list, states, lexicon, dates.days)
                    fix = fixes.renamed(state_list, order, entry, status.list_name)
                    yield _form_problem(mention, status.list_name, "in_list", fix)
        for entry in _formal_names(state_list, states, dates):
            if mention := entry.state:
                proper = states.status_over(mention.known, dates.days).list_name
                order = order_of(state_list, states, lexicon, dates.days)
                fix = fixes.renamed(state_list, order, entry, proper)
                yield _form_problem(mention, proper, "formal", fix._replace(safe=False))
    for named in mentions.states.by_passage():
        passage = named.passage
        if passage.role not in _PROSE:
            continue
        names: Counter[tuple[int, int]] = Counter()
        for mention in named:
            status = states.status_over(mention.known, dates.days)
            if status.state is not _VALID or not mention.name == status.list_name != status.in_text:
                continue
            names = names or _names_in_sentences(passage, mentions)
            if names[passage.sentence(mention.start)] == 1 and _stands_alone(passage, mention, lexicon):
                fix = name_fix(mention, status.in_text, states, lexicon)
                yield _form_problem(mention, status.in_text, "in_sentence", fix)


def _names_in_sentences(passage: Passage, mentions: StateMentions) -> Counter[tuple[int, int]]:
    """Return the number of names of States and organizations in each sentence of a passage."""
    states, bodies = mentions.states.in_passage(passage), mentions.bodies.in_passage(passage)
    offsets = chain((state.start for state in states), (body.start for body in bodies))
    return Counter(map(passage.sentence, offsets))


def _formal_names(state_list: StateList, states: States, dates: NameDates) -> list[ListEntry]:
    """Return the entries with formal names in a list of participants, or after a colon, whose other names are short.

    A formal name that lists once had ("Czech Republic") is not among them.
    """
    if not state_list.after_colon and state_list.role is not _ATTENDANCE:
        return []
    formal = [
        entry
        for entry in state_list.states
        if (naming := entry.naming)
        and naming.known.form is _FORMAL
        and (status := states.status_over(naming.known, dates.days)).state is _VALID
        and naming.known.name != status.list_name
        and not states.was_list_name(naming.known)
    ]
    return formal if len(formal) * _FORMAL_SHARE <= len(state_list.entries) else []


def _stands_alone(passage: Passage, mention: StateMention, lexicon: Lexicon) -> bool:
    """Return whether a sentence leads up to a name and continues after it: not in a title, not in an enumeration."""
    words = (alternation(lexicon.words("lists", name)) for name in ("before_name", "and"))
    before_name, and_ = (rf"(?<!\w)(?:{word})" for word in words)
    text, start, end = passage.text, mention.start, mention.end
    before = text[max(passage.sentence(start)[0], start - _NEAR) : start]
    if mention.in_brackets or not re.search(rf"{before_name}\s*\Z", before, re.IGNORECASE):
        return False
    joined = re.search(rf"(?:,|{and_})\s+(?:(?:{before_name})\s*)+\Z", before, re.IGNORECASE)
    return joined is None and re.match(rf"\s+{and_}\s", text[end:], re.IGNORECASE) is None


def _form_problem(mention: StateMention, proper: str, variant: str, fix: FixWords) -> Problem:
    return Problem(mention.span, {"name": mention.name, "proper": proper}, variant, fix=fix)
