"""AGD: the draft agrees with its agenda."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from heapq import merge
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

from reportlint.checks.plain_words import plain_span
from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Source, Span
from reportlint.facts.agenda import Agenda, AgendaItem
from reportlint.facts.agenda_references import AgendaReference, AgendaReferences, MastheadItem
from reportlint.facts.announced_headings import Announcements
from reportlint.facts.completeness import Completeness
from reportlint.facts.document_kind import KindOfDocument
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention, Role, Section, Structure

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
# A remark after a title, such as "(item held in abeyance)", need not be quoted.
_REMARK = re.compile(r"\s*\([^()]*\)[\s.;]*$")
# A note mark after a title, before or after its stop.
_MARK = re.compile(r"\s?[*†‡]{1,4}(?=[.;:,]?\s*$)")
# The number of a note on the last word: "reefs3".
_NOTE_NUMBER = re.compile(r"(?<=[^\W\d_])\d{1,2}$")
_STOPS = " .;:,"
_STEM = 5  # words with the same first letters count as the same
_CONTENT = 4  # minimum length of a word that counts
_COUNTERS = 1000
_NEAR = 2  # maximum number of words in which a heading differs from the title that it is meant to repeat
_SAME = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-"})


@check("agenda.unknown_item", fields=("item", "items", "last"), related=("agenda",))
def unknown_item(
    agenda: Agenda, references: AgendaReferences, lexicon: Lexicon, completeness: Completeness
) -> Iterator[Problem]:
    """Report a reference to an item or sub-item that the agenda does not have, once for each place.

    If the agenda itself is misnumbered there, that is the finding (NUM003). An agenda at the end of a draft may get
    more items.
    """
    if not agenda.items or not completeness.has_agenda:
        return
    unknown: dict[Span, list[AgendaReference]] = {}
    for reference in references:
        if not _is_known(agenda, reference) and not agenda.is_misnumbered_at(reference.number):
            unknown.setdefault(reference.span, []).append(reference)
    for span, missing in unknown.items():
        items = [lexicon.format_item(reference.number, reference.sub) for reference in missing]
        fields: dict[str, object] = {"item": items[0]} if len(items) == 1 else {"items": items}
        last = _last_item(agenda, missing)
        if last:
            fields["last"] = lexicon.format_item(last.number, last.sub)
        yield Problem(span, fields, related=(Related("agenda", agenda.span),) if agenda.span else ())


def _last_item(agenda: Agenda, missing: list[AgendaReference]) -> AgendaItem | None:
    """Return the last item of the agenda, or its last sub-item if only sub-items of one item are missing."""
    number = missing[0].number
    if agenda.has(number) and all(reference.number == number for reference in missing):
        return next((item for item in reversed(agenda.items) if item.number == number and item.sub), None)
    return next((item for item in reversed(agenda.items) if not item.sub), None)


def _is_known(agenda: Agenda, reference: AgendaReference) -> bool:
    if agenda.has(reference.number, reference.sub):
        return True
    # A report that reproduces no sub-items may still cite them.
    return bool(reference.sub) and agenda.has(reference.number) and not any(item.sub for item in agenda.items)


@check(
    "agenda.quoted_title",
    variants=("agenda", "elsewhere"),
    fields=("expected", "found", "item", "paragraph", "quoted", "title"),
    related=("agenda", "other"),
)
def quoted_title(
    structure: Structure, agenda: Agenda, references: AgendaReferences, lexicon: Lexicon
) -> Iterator[Problem]:
    """Report a title quoted for an agenda item that differs from the agenda.

    The case of the first letter, a final stop and typography do not count. Words in brackets without quotation marks
    are compared only if they are almost the title; capitals in them do not count. If the draft does not reproduce the
    agenda, the titles quoted for one item are compared with each other.
    """
    if not agenda.items:
        yield from _two_titles(references, lexicon)
    for reference in references:
        item = agenda.by_name.get((reference.number, reference.sub))
        if item is None:
            continue
        if reference.title:
            cited = reference.title
            quoted, title = _words(cited.text), _words(item.title)
            if quoted in (title, _words(_REMARK.sub("", item.title)), _with_parent(agenda, item)):
                continue
        elif reference.remark:
            cited = reference.remark
            quoted, title = _plain(cited.text, lexicon), _plain(item.title, lexicon)
            if not _is_near(quoted, title, lexicon):
                continue
        else:
            continue
        found, expected = _first_difference(quoted, title)
        fields = {
            "item": lexicon.format_item(reference.number, reference.sub),
            "quoted": cited.text,
            "title": item.title.rstrip(" .;:"),
            "found": found,
            "expected": expected,
        }
        if agenda.paragraph:
            fields["paragraph"] = agenda.paragraph.bare
        fix = _title_fix(cited, item, structure.document.source)
        yield Problem(cited.span, fields, "agenda", (Related("agenda", item.span, fields),), fix=fix)


def _title_fix(cited: Mention, item: AgendaItem, source: Source) -> FixWords | None:
    """Return the replacement of a quoted title by that of the agenda; ``None`` if there is markup in one of them.

    The case of the first letter and the stop at the end of the quotation stay. A remark and a note mark after the
    title of the agenda are left out.
    """
    title = _MARK.sub("", _REMARK.sub("", item.mention.text)).rstrip(_STOPS)
    right = plain_span(item.mention._replace(end=item.mention.start + len(title)), source)
    wrong = plain_span(cited._replace(end=cited.start + len(cited.text.rstrip(_STOPS))), source)
    if right is None or wrong is None:
        return None
    words = " ".join(source.typed(*right).split())
    first = cited.text[:1]
    if words[:1].casefold() == first.casefold():
        words = first + words[1:]
    return FixWords(wrong, words, safe=False, typed=True)


def _with_parent(agenda: Agenda, item: AgendaItem) -> list[str]:
    """Return the words of a sub-item's title after that of its item: "Response measures: forum and work programme"."""
    parent = agenda.by_name.get((item.number, ""))
    return _words(f"{parent.title.rstrip(' .;:')}: {item.title}") if parent and item.sub else []


def _two_titles(references: AgendaReferences, lexicon: Lexicon) -> Iterator[Problem]:
    """Report a title that differs from the first one quoted for the item. One that only shortens it does not."""
    first: dict[tuple[int, str], Mention] = {}
    for reference in references:
        cited = reference.title
        if cited is None:
            continue
        known = first.setdefault((reference.number, reference.sub), cited)
        quoted, title = _words(cited.text), _words(known.text)
        length = min(len(quoted), len(title))
        if quoted[:length] == title[:length]:
            continue
        found, expected = _first_difference(quoted, title)
        fields = {
            "item": lexicon.format_item(reference.number, reference.sub),
            "quoted": cited.text,
            "title": known.text.rstrip(" .;:,"),
            "found": found,
            "expected": expected,
        }
        yield Problem(cited.span, fields, "elsewhere", (Related("other", known.span, fields),))


def _words(title: str) -> list[str]:
    words = _WORD.findall(_MARK.sub("", title.translate(_SAME)).rstrip(" .;:,"))
    if words and not words[0].isupper():
        words[0] = words[0][:1].casefold() + words[0][1:]
    return words


def _first_difference(quoted: list[str], title: list[str]) -> tuple[str, str]:
    """Return the words of each side from the first difference, after one word of context."""
    start = next(
        (i for i, (word, expected) in enumerate(zip(quoted, title, strict=False)) if word != expected),
        min(len(quoted), len(title)),
    )
    context = max(0, start - 1)
    return _excerpt(quoted, context, start), _excerpt(title, context, start)


def _excerpt(words: list[str], context: int, start: int) -> str:
    return " ".join(words[context : start + 3]) or "…"


@check("agenda.not_covered", fields=("item", "title"))
def not_covered(
    structure: Structure, agenda: Agenda, references: AgendaReferences, kind: KindOfDocument
) -> Iterator[Problem]:
    """Report an agenda item with which no paragraph or heading deals: none cites it or has most of its words.

    Formal items (opening, election, organization, adoption), items with a remark in the agenda (held in abeyance) and
    reports that do not follow their agenda are skipped. So are documents that no title shows to be reports.
    """
    formal = structure.lexicon.phrases("agenda_formal")
    if not formal.phrases or not agenda.items or agenda.is_misnumbered or not kind.is_certain:
        return
    skipped = {
        item.number
        for item in agenda.items
        if not item.sub and (formal.search(item.title) or _REMARK.search(item.title))
    }
    cited = {reference.number for reference in references}
    left = [item for item in agenda.items if item.number not in skipped and item.number not in cited]
    left = _untreated(left, (_stems(section.title) for section in structure.sections), 1, 2)
    listed = sum(not item.sub and item.number not in skipped for item in agenda.items)
    followed = listed - sum(not item.sub for item in left)
    if not left or not followed:
        return
    agenda_passages = {item.passage for item in agenda.items}
    texts = (
        _stems(passage.text)
        for passage in structure.checked_passages()
        if passage.role not in (Role.FRONT, Role.HEADING) and passage not in agenda_passages
    )
    missing = [item for item in _untreated(left, texts, 2, 3) if not item.sub]
    for item in missing if len(missing) <= followed else ():
        fields = {"item": structure.lexicon.format_item(item.number, ""), "title": item.title.rstrip(" .;:")}
        yield Problem(item.span, fields)


def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the longer words."""
    return frozenset(word[:_STEM].casefold() for word in _WORD.findall(text) if len(word) >= _CONTENT)


def _untreated(items: list[AgendaItem], texts: Iterable[frozenset[str]], part: int, of: int) -> list[AgendaItem]:
    """Return the items and their sub-items with which no text deals.

    A text deals with an item if it contains at least ``part`` / ``of`` of the words in the title of the item or of one
    of its sub-items. Every text contains a title without words.
    """
    titles = _distinct_titles(items)
    by_word = _ByRarestWords(titles, part, of)
    for text in texts:
        titles.discard(())
        for words in by_word.sharing(text):
            if words in titles and sum(map(text.__contains__, words)) * of >= len(words) * part:
                titles.remove(words)
        if not titles:
            break
    treated = {item.number for item in items if tuple(sorted(_stems(item.title))) not in titles}
    return [item for item in items if item.number not in treated]


def _distinct_titles(items: Iterable[AgendaItem]) -> set[tuple[str, ...]]:
    """Return the different titles, each as its words in order. Equal words share one object."""
    known: dict[str, str] = {}
    return {tuple(known.setdefault(word, word) for word in sorted(_stems(item.title))) for item in items}


class _ByRarestWords:
    """Titles by their rarest words. A text with ``part`` / ``of`` of the words of a title has one of these."""

    def __init__(self, titles: Set[tuple[str, ...]], part: int, of: int) -> None:
        self._first: dict[str, tuple[str, ...]] = {}  # most of these words have no other title
        self._others: dict[str, list[tuple[str, ...]]] = {}
        frequency = array("I", bytes(_COUNTERS * array("I").itemsize))  # an estimate: words may share a counter
        for words in titles:
            for word in words:
                frequency[hash(word) % _COUNTERS] += 1
        for words in titles:
            needed = -(-len(words) * part // of)
            rarest = sorted(words, key=lambda word: frequency[hash(word) % _COUNTERS])
            for word in rarest[: len(words) - needed + 1]:
                if self._first.setdefault(word, words) is not words:
                    self._others.setdefault(word, []).append(words)

    def sharing(self, text: Set[str]) -> Iterator[tuple[str, ...]]:
        """Yield the titles that share one of these words with a text."""
        for word in text & self._first.keys():
            yield self._first[word]
            yield from self._others.get(word, ())


@check(
    "agenda.heading",
    variants=("contents", "item"),
    fields=("expected", "found", "item", "title"),
    related=("agenda", "contents"),
)
def heading(structure: Structure, agenda: Agenda, announced: Announcements, lexicon: Lexicon) -> Iterator[Problem]:
    """Report a heading that differs by one or two words from an agenda item's title or from the table of contents.

    Formal items, items that have a heading with their exact title, and headings of recommendations, which paraphrase,
    are skipped.
    """
    reported: set[Section] = set()
    for section, words, item, title in _nearly_titled(structure, agenda, lexicon):
        found, expected = _first_difference(words, title)
        fields = {
            "item": lexicon.format_item(item.number, item.sub),
            "title": item.title.rstrip(" .;:"),
            "found": found,
            "expected": expected,
        }
        place = structure.passages[section.passage].span()
        reported.add(section)
        yield Problem(place, fields, "item", (Related("agenda", item.span, fields),))
    for entry, section in announced.by_number:
        words, title = _plain(section.title, lexicon), _plain(entry.heading.title, lexicon)
        # Additional words at the end may belong to the line below the heading.
        if section in reported or words[: len(title)] == title or not _is_near(words, title, lexicon):
            continue
        found, expected = _first_difference(words, title)
        fields = {"title": entry.heading.title, "found": found, "expected": expected}
        place = structure.passages[section.passage].span()
        yield Problem(place, fields, "contents", (Related("contents", entry.title, fields),))


def _nearly_titled(
    structure: Structure, agenda: Agenda, lexicon: Lexicon
) -> Iterator[tuple[Section, list[str], AgendaItem, list[str]]]:
    """Yield the headings that nearly repeat the title of an item, with the first such item and the words of both."""
    if not agenda.items:
        return
    headings = [
        (section, " ".join(_plain(section.title, lexicon)))
        for section in structure.sections
        if not section.is_annex and not _among_recommendations(section, lexicon)
    ]
    same = {words for _, words in headings}.intersection(" ".join(_plain(item.title, lexicon)) for item in agenda.items)
    different = [(section, words.split()) for section, words in headings if words not in same]
    similar = _Titles([words for _, words in different], lexicon)
    formal = lexicon.phrases("agenda_formal")
    near: dict[int, int] = {}
    for number, item in enumerate(agenda.items if different else ()):
        words = _plain(item.title, lexicon)
        if " ".join(words) in same or formal.search(item.title):
            continue
        for heading in similar.those(words):
            if heading not in near and _is_near(different[heading][1], words, lexicon):
                near[heading] = number
    for heading, number in sorted(near.items()):
        yield *different[heading], agenda.items[number], _plain(agenda.items[number].title, lexicon)


def _among_recommendations(section: Section, lexicon: Lexicon) -> bool:
    family = lexicon.phrases("recommendations_title")
    return any(family.search(ancestor.title) for ancestor in section.lineage)


def _plain(title: str, lexicon: Lexicon) -> list[str]:
    """Return the words of a title in lower case, without punctuation and without an item or remark in brackets."""
    cited = lexicon.phrases("agenda_reference").search(title)
    bracket = title.rfind("(", 0, cited.start()) if cited else -1
    bare = (title[:bracket] if bracket > 0 else title).rstrip()
    mark = _NOTE_NUMBER.search(bare)
    bare = bare[: mark.start()] if mark and bare[mark.start() - 1].islower() else bare
    return [word.casefold() for word in _WORD.findall(_REMARK.sub("", bare)) if word[0].isalnum()]


class _Titles:
    """Titles, of which those with two distinctive words of another one are looked up."""

    def __init__(self, titles: Sequence[list[str]], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._by_pair: dict[tuple[str, str], list[int]] = {}
        for index, words in enumerate(titles):
            for pair in self._pairs(words):
                self._by_pair.setdefault(pair, []).append(index)

    def _pairs(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        # Two titles that differ in two words have two of the first six distinctive words in common.
        distinctive = sorted({word for word in words if _is_distinctive(word, self._lexicon)})
        return combinations(distinctive[: 2 + 2 * _NEAR], 2)

    def those(self, words: Iterable[str]) -> Iterator[int]:
        """Yield the indexes of the titles that have two distinctive words of ``words``, in order."""
        groups = (self._by_pair.get(pair, ()) for pair in self._pairs(words))
        return (index for index, _ in groupby(merge(*groups)))


def _is_distinctive(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is long and not among the commonest of the language."""
    return len(word) >= _CONTENT and word not in lexicon.words("detect", "words")


def _is_near(words: list[str], title: list[str], lexicon: Lexicon) -> bool:
    """Return whether all but one or two words are the same and in the same order.

    At least two of the same words must be long and not among the commonest of the language.
    """
    common = set(words) & set(title)
    if len(common) < 2 or len(common) + 2 * _NEAR < len(set(title)):
        return False
    differing = _distance(words, title, _NEAR)
    distinctive = [word for word in common if _is_distinctive(word, lexicon)]
    return 1 <= differing <= _NEAR and len(distinctive) >= 2 and len(common) > differing


def _distance(words: list[str], title: list[str], allowed: int) -> int:
    """Return how many words are added, dropped or changed; the count stops after ``allowed``."""
    same = next((i for i, (word, expected) in enumerate(zip(words, title, strict=False)) if word != expected), None)
    if same is None:
        return abs(len(words) - len(title))
    if not allowed:
        return 1
    left, right = words[same:], title[same:]
    return 1 + min(
        _distance(x, y, allowed - 1) for x, y in ((left[1:], right), (left, right[1:]), (left[1:], right[1:]))
    )


@check(
    "agenda.masthead_item",
    variants=("number", "title", "unknown"),
    fields=("item", "last", "right", "title"),
    related=("agenda", "heading"),
)
def masthead_item(
    structure: Structure, agenda: Agenda, references: AgendaReferences, masthead: MastheadItem, lexicon: Lexicon
) -> Iterator[Problem]:
    """Report a masthead that gives an agenda item the wrong title, or a title the wrong number.

    If the draft does not reproduce the agenda, the headings that name their item stand for it. A title that neither
    contains is skipped: it is in the agenda of another body, to which the report is submitted. If the masthead is that
    of the session reported on, an item that the agenda does not have is reported too.
    """
    if masthead.number is None or masthead.mention is None:
        return
    if masthead.is_ours and agenda.items and not agenda.is_misnumbered and not agenda.has(masthead.number):
        unknown: dict[str, object] = {"item": str(masthead.number), "last": str(agenda.items[-1].number)}
        yield Problem(
            masthead.mention.span, unknown, "unknown", (Related("agenda", agenda.span, unknown),) if agenda.span else ()
        )
        return
    items = agenda.items or tuple(_items_in_headings(structure, references))
    titles = [_plain(title, lexicon) for title in masthead.titles]
    same = [item for item in items if not item.sub and _plain(item.title, lexicon) in titles]
    named = [item for item in items if not item.sub and item.number == masthead.number]
    near = [item for item in named if any(_is_near(title, _plain(item.title, lexicon), lexicon) for title in titles)]
    if any(item in named for item in same):
        return
    for item, variant in [*((item, "number") for item in same), *((item, "title") for item in near)][:1]:
        fields = {"item": str(masthead.number), "right": str(item.number), "title": item.title.rstrip(" .;:")}
        related = Related("agenda" if agenda.items else "heading", item.span, fields)
        yield Problem(masthead.mention.span, fields, variant, (related,))


def _items_in_headings(structure: Structure, references: AgendaReferences) -> Iterator[AgendaItem]:
    """Yield the agenda items that headings name."""
    for section, number, sub, _ in _cited_by_headings(structure, references):
        title = _without_item(section, structure.lexicon)
        yield AgendaItem(number, sub, title, *Mention.of(structure.passages[section.passage]))


def _without_item(section: Section, lexicon: Lexicon) -> str:
    """Return the title of a heading without the number of an item before it: "Item 2. Adoption of the agenda"."""
    label = lexicon.phrases("agenda_item_label").match_at(section.title, 0)
    return section.title[label.end() :].lstrip(" .:–—-") if label else section.title


class _HeadingItem(NamedTuple):
    """A heading that names an agenda item, the item, and its place in the heading."""

    section: Section
    number: int
    sub: str
    span: Span


def _cited_by_headings(structure: Structure, references: AgendaReferences) -> Iterator[_HeadingItem]:
    """Yield the headings that name exactly one agenda item, in their words or on the line below, with that item."""
    cited: dict[int, list[AgendaReference]] = {}
    for reference in references:
        cited.setdefault(reference.mention.passage.index, []).append(reference)
    for section in structure.sections:
        below = structure.passages[section.passage + 1 : section.passage + 2]
        named = cited.get(section.passage, [])
        if not named and below and below[0].text.startswith("("):
            named = cited.get(section.passage + 1, [])
        if len(named) == 1:
            yield _HeadingItem(section, named[0].number, named[0].sub, named[0].span)
        elif (
            section.word and section.label and structure.lexicon.phrases("agenda_item_label").match_at(section.name, 0)
        ):
            # "AGENDA ITEM 9": the item is the label of the heading.
            yield _HeadingItem(section, section.label.value, "", section.span)


@check(
    "agenda.heading_item",
    variants=("other_item", "two_headings"),
    fields=("item", "other", "right", "title"),
    related=("agenda", "heading"),
)
def heading_item(
    structure: Structure, agenda: Agenda, references: AgendaReferences, lexicon: Lexicon
) -> Iterator[Problem]:
    """Report a heading that names an agenda item but has the title of another.

    If the draft does not reproduce the agenda, report two headings of one level that name the same item, where the
    item that is due is named by none.
    """
    cited = list(_cited_by_headings(structure, references))
    if not agenda.items:
        yield from _two_headings(cited, lexicon)
        return
    for section, number, sub, span in cited if not agenda.is_misnumbered else ():
        item = agenda.by_name.get((number, sub))
        words = _plain(_without_item(section, lexicon), lexicon)
        if (
            item is None
            or words == _plain(item.title, lexicon)
            or _is_near(words, _plain(item.title, lexicon), lexicon)
        ):
            continue
        titled = [other for other in agenda.items if _plain(other.title, lexicon) == words]
        titled = titled or [other for other in agenda.items if _is_near(words, _plain(other.title, lexicon), lexicon)]
        # The heading of a sub-item may name the item.
        if len(titled) == 1 and (titled[0].number != item.number or (titled[0].sub and item.sub)):
            right = lexicon.format_item(titled[0].number, titled[0].sub)
            fields = {
                "item": lexicon.format_item(item.number, item.sub),
                "right": right,
                "title": titled[0].title.rstrip(" .;:"),
            }
            yield Problem(span, fields, "other_item", (Related("agenda", titled[0].span, fields),))


def _two_headings(cited: list[_HeadingItem], lexicon: Lexicon) -> Iterator[Problem]:
    siblings: dict[tuple[Section | None, float], list[_HeadingItem]] = {}
    for heading in cited:
        if not heading.sub:
            siblings.setdefault((heading.section.parent, heading.section.rank), []).append(heading)
    for group in siblings.values():
        numbers = {heading.number for heading in group}
        for first, second in pairwise(group):
            words = _plain(_without_item(second.section, lexicon), lexicon)
            other = _plain(_without_item(first.section, lexicon), lexicon)
            if first.number != second.number or words == other or _is_near(words, other, lexicon):
                continue
            if first.number + 1 in numbers or len(numbers) == 1:
                continue
            fields = {"item": str(second.number), "title": second.section.title, "other": first.section.title}
            yield Problem(second.span, fields, "two_headings", (Related("heading", first.span, fields),))
