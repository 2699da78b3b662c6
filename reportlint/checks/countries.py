"""CTY: names of States. Authority: UNTERM; Editorial Manual, country names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.facts.masthead import DocumentDate
from reportlint.facts.state_lists import ListEntry, ListRole, StateList, StateLists
from reportlint.facts.states import StateMention, StateMentions
from reportlint.knowledge.levels import Severity
from reportlint.knowledge.registers import Form, NameState, States
from reportlint.language.collation import letters_key, words_key
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage, Role, Structure

_MEMBER = "member"
_COLUMN = 60
_NEAR = 20
_SHORTEST_ORDERED = 3
_SHORTEST_OTHER = 5
_MOST_MISPLACED = 2
# A capitalised word before the name that does not begin the sentence: "Transparency International Moldavie".
_CAPITALISED_BEFORE = re.compile(r"[^\W\d_],? [A-ZÀ-ÝŒ][^\W\d_]{2,} \Z")
# Names of the same rank may occur in one report (the list form and the form in sentences).
_LENGTHS = {Form.SHORT: 0, Form.LIST: 1, Form.IN_TEXT: 1, Form.DATED: 1, Form.CUSTOMARY: 1, Form.FORMAL: 2}


@check("countries.name", variants=("early", "not_used"), fields=("date", "name", "proper"))
def name(
    structure: Structure, mentions: StateMentions, lists: StateLists, states: States, date: DocumentDate
) -> Iterator[Problem]:
    """Report a name that the United Nations did not use for the State at the date of the document.

    Names that may be part of another name are not reported: those next to a capitalised word, a possessive or a hyphen.
    """
    listed = [entry.mention for state_list in lists for entry in state_list.entries if entry.mention]
    for mention in dict.fromkeys((*mentions.states, *listed)):
        status = states.status(mention.match, date.day)
        if status.state is NameState.VALID or mention.in_organization or _part_of_another_name(structure, mention):
            continue
        proper = status.in_text
        fields: dict[str, object] = {"name": mention.name, "proper": proper}
        if status.since:
            fields["date"] = status.since
        variant = "early" if status.state is NameState.EARLY else "not_used"
        yield Problem(mention.span, fields, variant, fix=FixWords(mention.span, proper, safe=False))


def _part_of_another_name(structure: Structure, mention: StateMention) -> bool:
    """Return whether a name may be part of another name."""
    text = structure.passages[mention.passage].text
    start, end = mention.match.start, mention.match.end
    nearest = max(0, start - _COLUMN)
    if _CAPITALISED_BEFORE.search(text, nearest, start):
        return True
    if "\t" in text[nearest : end + _COLUMN]:
        # In columns, the name may continue on the next line.
        return not _fills_row(structure, mention)
    joined = text.startswith(("-", *structure.lexicon.words("lists", "possessive")), end)
    return mention.match.attributive or joined or text[max(0, start - 1) : start] in ("-", "/")


def _fills_row(structure: Structure, mention: StateMention) -> bool:
    """Return whether a name is all the text of a table row, and the adjacent rows have as many filled cells."""
    row = structure.passages[mention.passage]
    rest = row.text[: mention.match.start] + row.text[mention.match.end :]
    if row.role is not Role.ROW or any(map(str.isalpha, rest)):
        return False
    adjacent = structure.passages[max(0, row.index - 1) : row.index + 2]
    rows = [passage for passage in adjacent if passage.role is Role.ROW]
    return len({sum(map(bool, map(str.strip, passage.text.split("\t")))) for passage in rows}) == 1


@check(
    "countries.list_order", variants=("misplaced", "misplaced_last", "unordered"), fields=("before", "count", "name")
)
def list_order(lists: StateLists, states: States, lexicon: Lexicon) -> Iterator[Problem]:
    """Report a list of States that is not in alphabetical order in the language of the version.

    A list may be sorted letter by letter or word by word, by the list forms of the names or by the names as printed.
    Only lists of participants, lists of speakers and lists after a colon are checked, unless their introduction names
    another order.
    """
    for state_list in lists:
        entries = _ordered(state_list, states)
        if len(entries) < (_SHORTEST_ORDERED if state_list.role is not ListRole.OTHER else _SHORTEST_OTHER):
            continue
        if state_list.introduction.own_order or (state_list.role is ListRole.OTHER and not state_list.after_colon):
            continue
        misplaced = _fewest_misplaced(entries, states, lexicon)
        if not misplaced:
            continue
        if len(misplaced) > max(_MOST_MISPLACED, len(entries) // 8) or len(misplaced) * 2 >= len(entries):
            span = entries[misplaced[0]].span
            yield Problem(span, {"count": len(misplaced)}, "unordered", severity=Severity.INFO)
            continue
        yield _misplaced_problem(entries, misplaced, states, lexicon)


def _ordered(state_list: StateList, states: States) -> list[ListEntry]:
    """Return the entries whose order matters.

    Observer States and entities may be listed in alphabetical place or after all Member States, and entities also
    before them. A State listed twice is left out, because one of its two entries is bound to be out of order.
    """
    entries = [entry for entry in state_list.entries if entry.meant or (entry.body and entry.body.lists_with_states)]
    times = Counter(entry.meant for entry in entries if entry.meant)
    entries = [entry for entry in entries if entry.meant is None or times[entry.meant] == 1]
    while entries and not _is_member(entries[-1], states):
        entries.pop()
    while entries and entries[0].meant is None:
        entries.pop(0)
    return entries


def _is_member(entry: ListEntry, states: States) -> bool:
    return entry.meant is not None and states.rows[entry.meant].status == _MEMBER


def _fewest_misplaced(entries: Sequence[ListEntry], states: States, lexicon: Lexicon) -> list[int]:
    """Return the indexes of the misplaced entries under the sort key that leaves the fewest."""
    return min((_misplaced([key(entry) for entry in entries]) for key in _keys(states, lexicon)), key=len)


def _keys(states: States, lexicon: Lexicon) -> tuple[Callable[[ListEntry], tuple[str, ...]], ...]:
    """Return the accepted sort keys."""

    def list_form(entry: ListEntry) -> str:
        return states.list_name(entry.meant, lexicon.code) if entry.meant else entry.name

    return (
        lambda entry: (letters_key(list_form(entry)),),
        lambda entry: words_key(list_form(entry)),
        lambda entry: (letters_key(entry.name),),
        lambda entry: words_key(entry.name),
    )


def _misplaced(keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Return the indexes of the fewest entries to move: those outside a longest sorted run.

    The keys are read from the end, so that of two swapped neighbours the second is reported: it belongs before the
    first.
    """
    tails: list[tuple[str, ...]] = []  # descending: the best start of a run of each length
    starts: list[int] = []
    following: dict[int, int] = {}
    for index in range(len(keys) - 1, -1, -1):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            if tails[middle] < keys[index]:
                high = middle
            else:
                low = middle + 1
        following[index] = starts[low - 1] if low else -1
        if low == len(tails):
            tails.append(keys[index])
            starts.append(index)
        else:
            tails[low], starts[low] = keys[index], index
    kept = set()
    index = starts[-1] if starts else -1
    while index >= 0:
        kept.add(index)
        index = following[index]
    return [index for index in range(len(keys)) if index not in kept]


def _misplaced_problem(
    entries: Sequence[ListEntry], misplaced: Sequence[int], states: States, lexicon: Lexicon
) -> Problem:
    first = misplaced[0]
    entry = entries[first]
    key = min(_keys(states, lexicon), key=lambda key: len(_misplaced([key(item) for item in entries])))
    kept = [item for index, item in enumerate(entries) if index not in misplaced]
    later = next((item for item in kept if key(item) > key(entry)), None)
    if later is None:
        return Problem(entry.span, {"name": entry.name}, "misplaced_last")
    return Problem(entry.span, {"name": entry.name, "before": later.name}, "misplaced")


@check("countries.listed_twice", fields=("name",), related=("first",))
def listed_twice(lists: StateLists) -> Iterator[Problem]:
    """Report a State that is listed twice in one list."""
    for state_list in lists:
        seen: dict[str, ListEntry] = {}
        for entry in state_list.states:
            first = seen.setdefault(entry.meant or "", entry)
            # With a remark ("on behalf of …") a State may be named again in another capacity.
            if first is not entry and not (entry.has_remark or first.has_remark):
                yield Problem(entry.span, {"name": entry.name}, related=(Related("first", first.span),))


def _formal(lists: StateLists) -> Iterator[StateList]:
    """Return the lists that need full names; a sentence may shorten a name that was given in full before."""
    return (state_list for state_list in lists if state_list.after_colon or state_list.role is ListRole.ATTENDANCE)


@check("countries.mixed_names", fields=("full", "paragraph", "short"), related=("full",))
def mixed_names(structure: Structure, lists: StateLists, states: States, date: DocumentDate) -> Iterator[Problem]:
    """Report a State that one list calls by its short name and another by its full name; once for each State."""
    entries: dict[str, dict[int, ListEntry]] = {}
    for state_list in _formal(lists):
        for entry in state_list.states:
            mention = entry.mention
            if mention and states.status(mention.match, date.day).state is NameState.VALID:
                length = _LENGTHS[mention.match.form]
                entries.setdefault(mention.iso3, {}).setdefault(length, entry)
    for by_length in entries.values():
        if len(by_length) > 1:
            short, full = by_length[min(by_length)], by_length[max(by_length)]
            fields = {"short": short.name, "full": full.name}
            if paragraph := structure.number_at(full.span.start):
                fields["paragraph"] = paragraph
            yield Problem(short.span, fields, related=(Related("full", full.span, fields),))


def _is_roll(state_list: StateList) -> bool:
    return state_list.role is not ListRole.OTHER or state_list.after_colon


@check("countries.unknown", fields=("name", "nearest"))
def unknown(lists: StateLists, states: States, lexicon: Lexicon) -> Iterator[Problem]:
    """Report an entry in a list of States that is neither a State nor a body that may be listed with States."""
    for state_list in lists:
        bodies = [entry.body for entry in state_list.entries if entry.body]
        if not _is_roll(state_list) or not all(body.lists_with_states for body in bodies):
            continue
        for entry in state_list.unknown:
            nearest = states.nearest_state(entry.name, lexicon.code)
            if nearest:
                fields = {"name": entry.name, "nearest": nearest}
                yield Problem(entry.span, fields, fix=FixWords(entry.span, nearest, safe=False))
            elif state_list.introduction.of_states:
                yield Problem(entry.span, {"name": entry.name})


@check("countries.short_name", fields=("name", "proper"))
def short_name(lists: StateLists, states: States, lexicon: Lexicon, date: DocumentDate) -> Iterator[Problem]:
    """Report the accepted short name of a State in a list; once for each State."""
    reported: set[str] = set()
    for state_list in _formal(lists):
        for entry in state_list.states:
            mention = entry.mention
            if mention and mention.match.form is Form.SHORT and mention.iso3 not in reported:
                reported.add(mention.iso3)
                proper = states.list_name(mention.iso3, lexicon.code, date.day)
                yield Problem(entry.span, {"name": entry.name, "proper": proper})


@check("countries.form", variants=("in_list", "in_sentence"), fields=("name", "proper"))
def form(
    structure: Structure,
    mentions: StateMentions,
    lists: StateLists,
    states: States,
    lexicon: Lexicon,
    date: DocumentDate,
) -> Iterator[Problem]:
    """Report the form for sentences in a list after a colon, or the form for lists in a sentence that names one State.

    An enumeration in a sentence uses the form for lists, so sentences that name two States are not checked.
    """
    for state_list in lists:
        for entry in state_list.states if state_list.after_colon else ():
            mention = entry.mention
            if mention and mention.match.form is Form.IN_TEXT:
                status = states.status(mention.match, date.day)
                if status.state is NameState.VALID and mention.name == status.in_text != status.list_name:
                    yield _form_problem(mention, status.list_name, "in_list")
    for index, named in mentions.states_by_passage.items():
        passage = structure.passages[index]
        if passage.role not in (Role.PARAGRAPH, Role.ITEM, Role.TEXT):
            continue
        bodies = mentions.bodies_by_passage.get(index, ())
        offsets = [*(mention.match.start for mention in named), *(body.start for body in bodies)]
        names = Counter(map(passage.sentence, offsets))
        for mention in named:
            status = states.status(mention.match, date.day)
            if status.state is not NameState.VALID or not (mention.name == status.list_name != status.in_text):
                continue
            if names[passage.sentence(mention.match.start)] == 1 and _stands_alone(passage, mention, lexicon):
                yield _form_problem(mention, status.in_text, "in_sentence")


def _stands_alone(passage: Passage, mention: StateMention, lexicon: Lexicon) -> bool:
    """Return whether a sentence leads up to a name and continues after it: not in a title, not in an enumeration."""
    words = (alternation(lexicon.words("lists", name)) for name in ("before_name", "and"))
    before_name, and_ = (rf"(?<!\w)(?:{word})" for word in words)
    text, start, end = passage.text, mention.match.start, mention.match.end
    before = text[max(passage.sentence(start)[0], start - _NEAR) : start]
    if mention.in_brackets or not re.search(rf"{before_name}\s*\Z", before, re.IGNORECASE):
        return False
    joined = re.search(rf"(?:,|{and_})\s+(?:(?:{before_name})\s*)+\Z", before, re.IGNORECASE)
    return joined is None and re.match(rf"\s+{and_}\s", text[end:], re.IGNORECASE) is None


def _form_problem(mention: StateMention, proper: str, variant: str) -> Problem:
    fix = FixWords(mention.span, proper, safe=False)
    return Problem(mention.span, {"name": mention.name, "proper": proper}, variant, fix=fix)
