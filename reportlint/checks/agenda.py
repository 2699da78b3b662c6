"""AGD: what the draft says of the agenda is what the agenda says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.document import Span
from reportlint.facts.agenda import Agenda, AgendaItem
from reportlint.facts.agenda_references import AgendaReference, AgendaReferences, MastheadItem
from reportlint.facts.announcements import Announcements
from reportlint.facts.masthead import DocumentKind, Title
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Role, Section, Structure

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
# A remark behind a title, such as "(item held in abeyance)", need not be quoted.
_REMARK = re.compile(r"\s*\([^()]*\)[\s.;]*$")
_STEM, _CONTENT = 5, 4  # letters by which words are the same, and of the shortest word that says something
_NEAR = 2  # words in which a heading may differ from the title that it is meant to repeat
_SAME = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-"})


@check("agenda.unknown_item", fields=("item",), related=("agenda",))
def unknown_item(agenda: Agenda, references: AgendaReferences, lexicon: Lexicon) -> Iterator[Problem]:
    """A reference to an item or sub-item that the agenda does not have; once for each place.

    Where the agenda itself is misnumbered, that is the fault (NUM003), and only numbers beyond its length count.
    """
    if not agenda.items:
        return
    unknown: dict[Span, list[str]] = {}
    for reference in references:
        if not _is_known(agenda, reference):
            unknown.setdefault(reference.span, []).append(lexicon.format_item(reference.number, reference.sub))
    for span, items in unknown.items():
        yield Problem(span, {"item": items}, related=(Related("agenda", agenda.span),) if agenda.span else ())


def _is_known(agenda: Agenda, reference: AgendaReference) -> bool:
    if agenda.has(reference.number, reference.sub):
        return True
    if agenda.is_misnumbered:
        return reference.number <= len(agenda.items)
    # A report may cite sub-items that it does not reproduce, if it reproduces none at all.
    return bool(reference.sub) and agenda.has(reference.number) and not any(item.sub for item in agenda.items)


@check(
    "agenda.quoted_title",
    variants=("elsewhere", "paragraph"),
    fields=("expected", "found", "item", "paragraph", "quoted", "title"),
    related=("agenda",),
)
def quoted_title(agenda: Agenda, references: AgendaReferences, lexicon: Lexicon) -> Iterator[Problem]:
    """A title quoted for an item differs from the agenda. Case of the first letter, final stop and typography aside.

    In brackets without quotation marks it is a title if it is nearly the item's, and capitals do not count.
    """
    for reference in references:
        item = agenda.by_name.get((reference.number, reference.sub))
        if item is None:
            continue
        if reference.title:
            cited = reference.title
            quoted, title = _words(cited.text), _words(item.title)
            if quoted in (title, _words(_REMARK.sub("", item.title))):
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
            "paragraph": agenda.paragraph.bare if agenda.paragraph else None,
            "found": found,
            "expected": expected,
        }
        variant = "paragraph" if agenda.paragraph else "elsewhere"
        yield Problem(cited.span, fields, variant, (Related("agenda", item.span, fields),))


def _words(title: str) -> list[str]:
    words = _WORD.findall(title.translate(_SAME).rstrip(" .;:,"))
    if words and not words[0].isupper():
        words[0] = words[0][:1].casefold() + words[0][1:]
    return words


def _first_difference(quoted: list[str], title: list[str]) -> tuple[str, str]:
    """The first words that differ, with one word of context where one side lacks a word."""
    start = next(
        (i for i, (one, other) in enumerate(zip(quoted, title, strict=False)) if one != other),
        min(len(quoted), len(title)),
    )
    context = max(0, start - 1)
    return _excerpt(quoted, context, start), _excerpt(title, context, start)


def _excerpt(words: list[str], context: int, start: int) -> str:
    return " ".join(words[context : start + 3]) or "…"


@check("agenda.not_covered", fields=("item", "title"))
def not_covered(structure: Structure, agenda: Agenda, references: AgendaReferences, title: Title) -> Iterator[Problem]:
    """No paragraph or heading of a report deals with an item: none cites it or has most of its words.

    Silent on items of form (opening, election, organization, adoption), on those that the agenda remarks on (held in
    abeyance), and in reports that do not follow their agenda.
    """
    if title.kind is not DocumentKind.REPORT or not agenda.items or agenda.is_misnumbered:
        return
    formal = structure.lexicon.phrases("agenda_formal")
    headings = [_stems(section.title) for section in structure.sections]
    cited = {reference.number for reference in references}
    wanted: dict[int, list[frozenset[str]]] = {}
    for item in agenda.items:
        wanted.setdefault(item.number, []).append(_stems(item.title))
    followed, left = 0, []
    for item in agenda.items:
        if item.sub or formal.search(item.title) or _REMARK.search(item.title):
            continue
        if item.number in cited or any(_shares(text, one, 1, 2) for text in headings for one in wanted[item.number]):
            followed += 1
        else:
            left.append(item)
    if not left or not followed:
        return
    own = {structure.passage_at(item.span.start) for item in agenda.items}
    texts = [
        _stems(passage.text)
        for passage in structure.speaking()
        if passage.role not in (Role.FRONT, Role.HEADING) and passage not in own
    ]
    missing = [
        item for item in left if not any(_shares(text, one, 2, 3) for text in texts for one in wanted[item.number])
    ]
    for item in missing if len(missing) <= followed else ():
        fields = {"item": structure.lexicon.format_item(item.number, ""), "title": item.title.rstrip(" .;:")}
        yield Problem(item.span, fields)


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words that say something."""
    return frozenset(word[:_STEM].casefold() for word in _WORD.findall(text) if len(word) >= _CONTENT)


def _shares(text: frozenset[str], wanted: frozenset[str], part: int, of: int) -> bool:
    """Whether ``part`` of ``of`` of the words wanted are in a text; no word is wanted of a title without any."""
    return len(text & wanted) * of >= len(wanted) * part


@check(
    "agenda.heading",
    variants=("contents", "item"),
    fields=("expected", "found", "item", "title"),
    related=("agenda", "contents"),
)
def heading(structure: Structure, agenda: Agenda, announced: Announcements, lexicon: Lexicon) -> Iterator[Problem]:
    """A heading is an item's title, or what the table of contents calls it, but for a word or two.

    Items of form and such as have a heading of their own are left out, and so are headings among recommendations,
    which paraphrase.
    """
    headings = [
        (section, _plain(section.title, lexicon))
        for section in structure.sections
        if not section.is_annex and not _among_recommendations(section, lexicon)
    ]
    printed = {tuple(words) for _, words in headings}
    items = [(item, _plain(item.title, lexicon)) for item in agenda.items]
    titles = {tuple(words) for _, words in items}
    formal = lexicon.phrases("agenda_formal")
    open_items = [
        (item, words) for item, words in items if tuple(words) not in printed and not formal.search(item.title)
    ]
    reported: set[Section] = set()
    for section, words in headings:
        if tuple(words) in titles:
            continue
        near = next(((item, title) for item, title in open_items if _is_near(words, title, lexicon)), None)
        if near is None:
            continue
        item, title = near
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
    for one in announced.by_number:
        words, title = _plain(one.section.title, lexicon), _plain(one.entry.heading.title, lexicon)
        # More words at the end may be those of a line below, taken for the heading's.
        if one.section in reported or words[: len(title)] == title or not _is_near(words, title, lexicon):
            continue
        found, expected = _first_difference(words, title)
        fields = {"title": one.entry.heading.title, "found": found, "expected": expected}
        place = structure.passages[one.section.passage].span()
        yield Problem(place, fields, "contents", (Related("contents", one.entry.title, fields),))


def _among_recommendations(section: Section, lexicon: Lexicon) -> bool:
    family = lexicon.phrases("recommendations_title")
    return any(family.search(one.title) for one in section.lineage)


def _plain(title: str, lexicon: Lexicon) -> list[str]:
    """The words of a title, without punctuation, capitals, and the item or a remark in brackets behind it."""
    cited = lexicon.phrases("agenda_reference").search(title)
    bracket = title.rfind("(", 0, cited.start()) if cited else -1
    bare = title[:bracket] if bracket > 0 else title
    return [word.casefold() for word in _WORD.findall(_REMARK.sub("", bare)) if word[0].isalnum()]


def _is_near(words: list[str], title: list[str], lexicon: Lexicon) -> bool:
    """Whether all but one or two words are the same, in the same order, and two of those say something."""
    common = set(words) & set(title)
    if len(common) < 2 or len(common) + 2 * _NEAR < len(set(title)):
        return False
    differing = _distance(words, title, _NEAR)
    telling = [word for word in common if len(word) >= _CONTENT and word not in lexicon.words("detect", "words")]
    return 1 <= differing <= _NEAR and len(telling) >= 2 and len(common) > differing


def _distance(one: list[str], other: list[str], allowed: int) -> int:
    """How many words are added, dropped or changed; not counted beyond ``allowed``."""
    same = next((i for i, (word, again) in enumerate(zip(one, other, strict=False)) if word != again), None)
    if same is None:
        return abs(len(one) - len(other))
    if not allowed:
        return 1
    left, right = one[same:], other[same:]
    return 1 + min(
        _distance(x, y, allowed - 1) for x, y in ((left[1:], right), (left, right[1:]), (left[1:], right[1:]))
    )


@check(
    "agenda.masthead_item",
    variants=("number", "title"),
    fields=("item", "right", "title"),
    related=("agenda", "heading"),
)
def masthead_item(
    structure: Structure, agenda: Agenda, references: AgendaReferences, masthead: MastheadItem, lexicon: Lexicon
) -> Iterator[Problem]:
    """The item that the masthead names has another title, or that title another number, in the agenda.

    Where no agenda is reproduced, the headings that name their item say what is on it. A title that neither has is
    that of another body's agenda, under which the report is submitted.
    """
    if masthead.number is None or masthead.span is None:
        return
    items = agenda.items or tuple(_headed(structure, references))
    titles = [_plain(title, lexicon) for title in masthead.titles]
    same = [item for item in items if not item.sub and _plain(item.title, lexicon) in titles]
    own = [item for item in items if not item.sub and item.number == masthead.number]
    near = [item for item in own if any(_is_near(title, _plain(item.title, lexicon), lexicon) for title in titles)]
    if any(item in own for item in same):
        return
    for item, variant in [*((item, "number") for item in same), *((item, "title") for item in near)][:1]:
        fields = {"item": str(masthead.number), "right": str(item.number), "title": item.title.rstrip(" .;:")}
        related = Related("agenda" if agenda.items else "heading", item.span, fields)
        yield Problem(masthead.span, fields, variant, (related,))


def _headed(structure: Structure, references: AgendaReferences) -> Iterator[AgendaItem]:
    """The items that headings name behind their words or on the line below."""
    cited = {reference.passage: reference for reference in references}
    for section in structure.sections:
        here = structure.passages[section.passage : section.passage + 2]
        below = here[1].text if len(here) > 1 and here[1].text.startswith("(") else ""
        found = cited.get(section.passage) or (cited.get(section.passage + 1) if below else None)
        if found:
            yield AgendaItem(found.number, found.sub, section.title, here[0].span())
