"""CTY: names of States. Authority: UNTERM; Editorial Manual, country names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.facts.masthead import DocumentDate
from reportlint.facts.state_lists import ListEntry, ListRole, StateList, StateLists
from reportlint.facts.states import StateMention, StateMentions
from reportlint.knowledge.registers import Form, NameState, States
from reportlint.knowledge.scales import Severity
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
# "Transparency International Moldavie": a capitalised word before, which does not begin the sentence.
_CAPITALISED_BEFORE = re.compile(r"[^\W\d_],? [A-ZÀ-ÝŒ][^\W\d_]{2,} \Z")
# Names of the same length rank may stand side by side (list form and form in a sentence).
_LENGTHS = {Form.SHORT: 0, Form.LIST: 1, Form.IN_TEXT: 1, Form.DATED: 1, Form.CUSTOMARY: 1, Form.FORMAL: 2}


@check("countries.name", variants=("customary", "dated", "early"), fields=("date", "name", "proper"))
def name(
    structure: Structure, mentions: StateMentions, lists: StateLists, states: States, date: DocumentDate
) -> Iterator[Problem]:
    """A name that is not the United Nations' name of the State at the document's date.

    Silent where the name may be part of another name: before another capitalised word, a possessive or a hyphen.
    """
    listed = [entry.mention for one in lists for entry in one.entries if entry.mention]
    for mention in dict.fromkeys((*mentions.states, *listed)):
        status = states.status(mention.match, date.day)
        if status.state is NameState.VALID or mention.in_organization or _part_of_another_name(structure, mention):
            continue
        proper = status.in_text
        fields: dict[str, object] = {"name": mention.name, "proper": proper}
        if status.since:
            fields["date"] = status.since
        variant = "customary" if status.state is NameState.CUSTOMARY or not status.since else status.state.value
        yield Problem(mention.span, fields, variant, fix=FixWords(mention.span, proper, safe=False))


def _part_of_another_name(structure: Structure, mention: StateMention) -> bool:
    text = structure.passages[mention.passage].text
    start, end = mention.match.start, mention.match.end
    nearest = max(0, start - _COLUMN)
    if _CAPITALISED_BEFORE.search(text, nearest, start):
        return True
    if "\t" in text[nearest : end + _COLUMN]:
        # Columns: the name may go on in the next line of its own.
        return not _fills_row(structure, mention)
    joined = text.startswith(("-", *structure.lexicon.words("lists", "possessive")), end)
    return mention.match.attributive or joined or text[max(0, start - 1) : start] in ("-", "/")


def _fills_row(structure: Structure, mention: StateMention) -> bool:
    """Whether a name is all the words of a row of a table, and the rows around it have as many cells."""
    row = structure.passages[mention.passage]
    beside = row.text[: mention.match.start] + row.text[mention.match.end :]
    if row.role is not Role.ROW or any(map(str.isalpha, beside)):
        return False
    near = structure.passages[max(0, row.index - 1) : row.index + 2]
    return len({sum(map(bool, map(str.strip, one.text.split("\t")))) for one in near if one.role is Role.ROW}) == 1


@check(
    "countries.list_order", variants=("misplaced", "misplaced_last", "unordered"), fields=("before", "count", "name")
)
def list_order(lists: StateLists, states: States, lexicon: Lexicon) -> Iterator[Problem]:
    """A list of States out of alphabetical order in the language of the version.

    Letter by letter or word by word, as the list form of the name or as printed: a list that is in order in one
    of these ways is in order. Only lists of those present, of speakers, and lists behind a colon are ordered,
    unless their introduction names another order.
    """
    for one in lists:
        entries = _ordered(one, states)
        if len(entries) < (_SHORTEST_ORDERED if one.role is not ListRole.OTHER else _SHORTEST_OTHER):
            continue
        if one.introduction.own_order or (one.role is ListRole.OTHER and not one.after_colon):
            continue
        misplaced = _fewest_misplaced(entries, states, lexicon)
        if not misplaced:
            continue
        if len(misplaced) > max(_MOST_MISPLACED, len(entries) // 8) or len(misplaced) * 2 >= len(entries):
            span = entries[misplaced[0]].span
            yield Problem(span, {"count": len(misplaced)}, "unordered", severity=Severity.INFO)
            continue
        yield _misplaced_problem(entries, misplaced, states, lexicon)


def _ordered(one: StateList, states: States) -> list[ListEntry]:
    """The entries whose order counts.

    Observer States and entities may stand in their place or behind all Members, entities before them too; what
    is listed twice is out of place once anyway.
    """
    entries = [entry for entry in one.entries if entry.meant or (entry.body and entry.body.lists_with_states)]
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
    return min((_misplaced([key(entry) for entry in entries]) for key in _keys(states, lexicon)), key=len)


def _keys(states: States, lexicon: Lexicon) -> tuple[Callable[[ListEntry], tuple[str, ...]], ...]:
    def meant(entry: ListEntry) -> str:
        return states.list_name(entry.meant, lexicon.code) if entry.meant else entry.name

    return (
        lambda entry: (letters_key(meant(entry)),),
        lambda entry: words_key(meant(entry)),
        lambda entry: (letters_key(entry.name),),
        lambda entry: words_key(entry.name),
    )


def _misplaced(keys: Sequence[tuple[str, ...]]) -> list[int]:
    """The fewest entries to move: those outside a longest run in order.

    Read from the end, so that of two neighbours exchanged the second is named: it belongs before the first.
    """
    tails: list[tuple[str, ...]] = []  # descending: the best beginning of a run of each length
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
    key = min(_keys(states, lexicon), key=lambda key: len(_misplaced([key(one) for one in entries])))
    kept = [one for index, one in enumerate(entries) if index not in misplaced]
    later = next((one for one in kept if key(one) > key(entry)), None)
    if later is None:
        return Problem(entry.span, {"name": entry.name}, "misplaced_last")
    return Problem(entry.span, {"name": entry.name, "before": later.name}, "misplaced")


@check("countries.listed_twice", fields=("name",), related=("first",))
def listed_twice(lists: StateLists) -> Iterator[Problem]:
    """A State twice in one list."""
    for one in lists:
        seen: dict[str, ListEntry] = {}
        for entry in one.states:
            first = seen.setdefault(entry.meant or "", entry)
            # With a remark ("on behalf of …") a State may be named again in another capacity.
            if first is not entry and not (entry.has_remark or first.has_remark):
                yield Problem(entry.span, {"name": entry.name}, related=(Related("first", first.span),))


def _formal(lists: StateLists) -> Iterator[StateList]:
    """The lists that give names in full; a sentence may shorten what was given in full before."""
    return (one for one in lists if one.after_colon or one.role is ListRole.ATTENDANCE)


@check("countries.mixed_names", fields=("full", "paragraph", "short"), related=("full",))
def mixed_names(structure: Structure, lists: StateLists, states: States, date: DocumentDate) -> Iterator[Problem]:
    """Two lists of one report call a State by its full and by its short name; once for each State."""
    found: dict[str, dict[int, ListEntry]] = {}
    for one in _formal(lists):
        for entry in one.states:
            mention = entry.mention
            if mention and states.status(mention.match, date.day).state is NameState.VALID:
                length = _LENGTHS[mention.match.form]
                found.setdefault(mention.iso3, {}).setdefault(length, entry)
    for by_length in found.values():
        if len(by_length) > 1:
            short, full = by_length[min(by_length)], by_length[max(by_length)]
            paragraph = structure.number_at(full.span.start) or "–"
            fields = {"short": short.name, "full": full.name, "paragraph": paragraph}
            yield Problem(short.span, fields, related=(Related("full", full.span, fields),))


def _is_roll(one: StateList) -> bool:
    return one.role is not ListRole.OTHER or one.after_colon


@check("countries.unknown", variants=("near", "unknown"), fields=("name", "nearest"))
def unknown(lists: StateLists, states: States, lexicon: Lexicon) -> Iterator[Problem]:
    """An entry in a list of States that is neither a State nor a body that may stand there."""
    for one in lists:
        if not _is_roll(one) or any(entry.body and not entry.body.lists_with_states for entry in one.entries):
            continue
        for entry in one.unknown:
            nearest = states.nearest_state(entry.name, lexicon.code)
            if nearest:
                fields = {"name": entry.name, "nearest": nearest}
                yield Problem(entry.span, fields, "near", fix=FixWords(entry.span, nearest, safe=False))
            elif one.introduction.of_states:
                yield Problem(entry.span, {"name": entry.name}, "unknown")


@check("countries.short_name", fields=("name",))
def short_name(lists: StateLists) -> Iterator[Problem]:
    """The accepted short name of a State in a list; once for each State."""
    reported: set[str] = set()
    for one in _formal(lists):
        for entry in one.states:
            mention = entry.mention
            if mention and mention.match.form is Form.SHORT and mention.iso3 not in reported:
                reported.add(mention.iso3)
                yield Problem(entry.span, {"name": entry.name})


@check("countries.form", variants=("in_list", "in_sentence"), fields=("name", "proper"))
def form(
    structure: Structure,
    mentions: StateMentions,
    lists: StateLists,
    states: States,
    lexicon: Lexicon,
    date: DocumentDate,
) -> Iterator[Problem]:
    """The form for sentences in a list behind a colon, or the form for lists where a sentence names one State.

    An enumeration in a sentence uses the form for lists, so a sentence that names two States is passed over.
    """
    for one in lists:
        for entry in one.states if one.after_colon else ():
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
        offsets = [*(one.match.start for one in named), *(one.start for one in bodies)]
        names = Counter(map(passage.sentence, offsets))
        for mention in named:
            status = states.status(mention.match, date.day)
            if status.state is not NameState.VALID or not (mention.name == status.list_name != status.in_text):
                continue
            if names[passage.sentence(mention.match.start)] == 1 and _stands_alone(passage, mention, lexicon):
                yield _form_problem(mention, status.in_text, "in_sentence")


def _stands_alone(passage: Passage, mention: StateMention, lexicon: Lexicon) -> bool:
    """Whether a sentence goes on to a name and away from it, so that it is no title and no part of an enumeration."""
    words = (alternation(lexicon.words("lists", name)) for name in ("before_name", "and"))
    before_name, and_ = (rf"(?<!\w)(?:{one})" for one in words)
    text, start, end = passage.text, mention.match.start, mention.match.end
    before = text[max(passage.sentence(start)[0], start - _NEAR) : start]
    if mention.in_brackets or not re.search(rf"{before_name}\s*\Z", before, re.IGNORECASE):
        return False
    joined = re.search(rf"(?:,|{and_})\s+(?:(?:{before_name})\s*)+\Z", before, re.IGNORECASE)
    return joined is None and re.match(rf"\s+{and_}\s", text[end:], re.IGNORECASE) is None


def _form_problem(mention: StateMention, proper: str, variant: str) -> Problem:
    fix = FixWords(mention.span, proper, safe=False)
    return Problem(mention.span, {"name": mention.name, "proper": proper}, variant, fix=fix)
