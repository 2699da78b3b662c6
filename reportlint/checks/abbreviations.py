"""ABB: abbreviations."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document.cached import cached_property
from reportlint.document.letters import UPPER
from reportlint.facts.abbreviation_definitions import Definition
from reportlint.facts.abbreviation_words import names_session
from reportlint.facts.abbreviations import Abbreviations, Use
from reportlint.facts.front import FrontLines
from reportlint.facts.masthead import Masthead
from reportlint.knowledge.registers import Bodies, States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage, Role, Structure

_SHORTEST_VARIANT = 5
_SHORTEST_MISSPELT = 4
_SHORTEST_ORGAN = 3
_LONGEST_TITLE = 60  # characters
_HEADING = Role.HEADING  # in Python 3.11, looking up a member of an enumeration takes long


@check(
    "abbreviations.near_variant",
    variants=("near", "register"),
    fields=("defined", "name", "supported", "used"),
    related=("definition", "use"),
)
def near_variant(abbreviations: Abbreviations, bodies: Bodies, lexicon: Lexicon) -> Iterator[Problem]:
    """Report an undefined abbreviation that seems to stand for the name of a defined one.

    The register or the initials of the name support the undefined form, or it differs from the defined one by one
    letter. Authority: Editorial Manual, abbreviations.
    """
    defined = {definition.short: definition for definition in reversed(abbreviations.definitions)}
    if not defined and not abbreviations.glosses:
        return
    uses = _Uses(abbreviations)
    explained: set[str] = set()
    for short, definition in defined.items():
        supported = _registered(definition, bodies, lexicon)
        if supported and short not in supported:
            other = next((form for form in supported if form in uses and form not in defined), None)
            if other:
                explained.add(other)
                fields = {"used": other, "defined": short, "name": supported[other], "supported": other}
                yield _misprinted_definition(uses[other], definition, "register", fields)
    for short, definition in defined.items():
        other = _initials(definition, len(short))
        if other.endswith(short) or other in defined or other not in uses:
            continue
        if other not in explained:
            explained.add(other)
            fields = {"used": other, "defined": short, "name": _name(definition), "supported": other}
            yield _misprinted_definition(uses[other], definition, "near", fields)
    listed = {gloss.short: gloss for gloss in reversed(abbreviations.glosses)}
    of_defined = _Spellings(defined)
    of_listed = _Spellings([form for form in listed if abbreviations.occurrences[form] > 1])
    for short in uses:
        if short in defined or short in listed or short in explained or len(short) < _SHORTEST_VARIANT:
            continue
        # A word in capitals beside others is part of a name.
        places = [use for use in uses[short] if not use.in_capitals]
        if not places:
            continue
        if bodies.by_abbreviation(short, lexicon.code) or bodies.is_well_known(short, lexicon.code):
            continue
        form = of_defined.near(short)
        near = defined[form] if form else None
        if near is None and abbreviations.occurrences[short] == 1:
            form = of_listed.near(short)
            near = listed[form] if form else None
        if near:
            fields = {"used": short, "defined": near.short, "name": _name(near)}
            if len(places) > 1 and near.short not in uses:
                yield _misprinted_definition(places, near, "near", fields)
            else:
                yield _misprinted_use(places, near, fields)


class _Uses:
    """The uses of each abbreviation, in the order of the first."""

    def __init__(self, abbreviations: Abbreviations) -> None:
        self._uses = abbreviations.uses
        self._positions: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for position, use in enumerate(self._uses):
            self._positions[use.short].append(position)

    def __contains__(self, short: str) -> bool:
        return short in self._positions

    def __iter__(self) -> Iterator[str]:
        return iter(self._positions)

    def __getitem__(self, short: str) -> list[Use]:
        return [self._uses[position] for position in self._positions[short]]


def _initials(definition: Definition, length: int) -> str:
    """Return the initials of the last words of a name; "" if they are not three or more, and ``length`` letters."""
    words = [word for word in re.split(r"[\s-]+", definition.name) if word[:1].isupper()]
    last = "".join(word[0] for word in words[-length:])
    return last if len(last) == length > 2 else ""


class _Spellings:
    """Abbreviations, of which those that differ by one letter from another one are looked up."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._order = {form: number for number, form in enumerate(forms) if len(form) >= _SHORTEST_MISSPELT}

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        by_key: dict[str, list[str]] = {}
        for form in self._order:
            for key in _shortened(form):
                by_key.setdefault(key, []).append(form)
        return by_key

    def near(self, used: str) -> str | None:
        """Return the first of the abbreviations of which ``used`` seems to be a misprint."""
        candidates = {form for key in _shortened(used) for form in self._by_key.get(key, ())}
        return min(filter(partial(_is_misspelt, used), candidates), key=self._order.__getitem__, default=None)


def _shortened(form: str) -> set[str]:
    """Return a form, and the form without each of its letters. Two that differ by one letter have one in common."""
    return {form, *(form[:index] + form[index + 1 :] for index in range(len(form)))}


def _registered(definition: Definition, bodies: Bodies, lexicon: Lexicon) -> dict[str, str]:
    """Return the registered abbreviations, with their names, of the names that end the text before a definition."""
    return {
        names.abbreviation: names.name for names in bodies.ending(definition.name, lexicon.code) if names.abbreviation
    }


def _name(definition: Definition) -> str:
    """Return the last words before a definition for which its letters can stand."""
    words = definition.name.split()
    capitals = [index for index, word in enumerate(words) if word[:1].isupper()]
    first = capitals[-len(definition.short) :][0] if capitals else 0
    return " ".join(words[first:])


def _misprinted_definition(uses: list[Use], definition: Definition, variant: str, fields: dict[str, str]) -> Problem:
    """Return the problem of a definition that the register, the name or all uses contradict."""
    related = tuple(Related("use", use.span, fields) for use in uses)
    return Problem(definition.span, fields, variant, related, fix=FixWords(definition.span, fields["used"], safe=False))


def _misprinted_use(uses: list[Use], definition: Definition, fields: dict[str, str]) -> Problem:
    related = [Related("use", use.span, fields) for use in uses[1:]]
    first, *others = (FixWords(use.span, definition.short, safe=False) for use in uses)
    fix = first._replace(also=tuple(others))
    return Problem(uses[0].span, fields, "near", (*related, Related("definition", definition.span, fields)), fix=fix)


def _is_misspelt(used: str, defined: str) -> bool:
    """Return whether a form differs from a defined one by one letter or by two swapped ones.

    Plurals, the mark of a note at the end ("LANDi") and the numbers of sessions ("COP-14") are no differences.
    """
    if used == defined or abs(len(used) - len(defined)) > 1:
        return False
    if any(map(names_session, (used, defined))):
        return False
    shorter, longer = sorted((used, defined), key=len)
    if longer.startswith(shorter) and (longer[-1].islower() or longer[-1] == "S"):
        return False
    pairs = enumerate(zip(used, defined, strict=False))
    start = next((index for index, (left, right) in pairs if left != right), min(len(used), len(defined)))
    rest, defined_rest = used[start:], defined[start:]
    swapped = rest[:2] == defined_rest[1::-1] and rest[2:] == defined_rest[2:]
    return rest[1:] == defined_rest[1:] or rest[1:] == defined_rest or rest == defined_rest[1:] or swapped


@check("abbreviations.undefined", fields=("short",))
def undefined(
    structure: Structure,
    abbreviations: Abbreviations,
    bodies: Bodies,
    states: States,
    lexicon: Lexicon,
    masthead: Masthead,
    front: FrontLines,
) -> Iterator[Problem]:
    """Report an abbreviation that is used in the running text and not spelled out anywhere.

    Words without the abbreviation beside them do not define it. The organization that issues the document needs no
    definition: it is named in the head of the document, in full or by the symbol (UNFCCC under FCCC/…).
    """
    organ = masthead.symbol.organ if masthead.symbol else ""
    known = {*abbreviations.explained, *_named_in_head(front, bodies, lexicon), *_sessions_in_head(front, lexicon)}
    for use in abbreviations.uses:
        if not use.sure or use.short in known or (len(organ) >= _SHORTEST_ORGAN and use.short.endswith(organ)):
            continue
        known.add(use.short)
        if not bodies.is_well_known(use.short, lexicon.code) and use.short not in states.rows:
            yield Problem(use.span, {"short": use.short})


def _named_in_head(front: FrontLines, bodies: Bodies, lexicon: Lexicon) -> Iterator[str]:
    for line in front.lines:
        for match in bodies.find(line.text, lexicon.code):
            yield match.body.names[lexicon.code].abbreviation or ""


def _sessions_in_head(front: FrontLines, lexicon: Lexicon) -> Iterator[str]:
    """Yield abbreviations of the body whose session the head of a document names.

    They stand beside the number of the session ("XX RSCM/WP 37", "RSCM XXV"), or the words after it have these
    initials ("the XX Road Safety Consultative Meeting").
    """
    suffixes = alternation(lexicon.words("numbers", "ordinal_suffixes"))
    ordinals = alternation(lexicon.section("numbers", "ordinals"))
    number = rf"(?:[IVXLC]+|\d+)\s?(?:{suffixes})?"
    beside = re.compile(rf"{number}\s(?P<after>[A-Z]{{3,}})(?=[/\s]|$)|(?P<before>[A-Z]{{3,}})\s{number}$")
    named = re.compile(rf"(?<!\w)(?:{number}|(?i:{ordinals}))\s(?P<name>[{UPPER}]\w+(?:\s\w+){{2,8}})")
    texts = [line.text for line in front.lines]
    for text in texts:
        match = beside.match(text)
        if match:
            yield match["after"] or match["before"]
    for text in (*texts, *map(" ".join, pairwise(texts))):
        match = named.search(text)
        if match:
            initials = "".join(word[0] for word in match["name"].split() if word[0].isupper())
            yield from (initials[:length] for length in range(_SHORTEST_ORGAN, len(initials) + 1))


@check("abbreviations.defined_twice", variants=("other", "same"), fields=("short",), related=("definition",))
def defined_twice(abbreviations: Abbreviations, structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Report an abbreviation that is spelled out again.

    It may be spelled out again in an annex, in a summary and after a summary, but not twice in one section.
    """
    summaries = _Summaries(structure, lexicon)
    earlier: dict[tuple[str, bool], list[Definition]] = {}
    for definition in abbreviations.definitions:
        if not definition.stands:
            continue
        # A list of names may spell out again; it counts as the earlier place. Summaries are compared with summaries.
        key = definition.short, summaries.hold(definition.mention.passage)
        before = earlier.setdefault(key, [])
        if definition.sure and before and not summaries.allow(definition, before[-1]):
            first = before[-1] if definition.section is before[-1].section else before[0]
            variant = "same" if _last_word(definition) == _last_word(first) else "other"
            fields = {"short": definition.short}
            yield Problem(definition.span, fields, variant, (Related("definition", first.span, fields),))
        before.append(definition)


class _Summaries:
    """The summaries of a document: sections, and unlabelled text below a title in capitals."""

    def __init__(self, structure: Structure, lexicon: Lexicon) -> None:
        self.title = lexicon.phrases("summary_title")
        self.sections = frozenset(structure.sections_titled(self.title))
        self.begins = [section.passage for section in self.sections]
        self.held: set[int] = set()
        is_open = False
        for passage in structure.passages if structure.checked_passages(self.title) else ():
            line = _first_line(passage)
            if passage.role is _HEADING or line.isupper():
                is_open = line.isupper() and len(line) <= _LONGEST_TITLE and self.title.search(line) is not None
                if is_open:
                    self.begins.append(passage.index)
            if is_open:
                self.held.add(passage.index)
        self.begins.sort()

    def hold(self, passage: Passage) -> bool:
        """Return whether a passage is in a summary."""
        above = passage.section.lineage if passage.section else ()
        return passage.index in self.held or not self.sections.isdisjoint(above)

    def allow(self, again: Definition, first: Definition) -> bool:
        """Return whether ``again`` may repeat ``first``: a summary begins between them, or it is in an annex."""
        begun, begun_since = (bisect_right(self.begins, place.mention.passage.index) for place in (first, again))
        if begun < begun_since:
            return True
        return again.section is not None and again.section is not first.section and again.section.is_annex


def _first_line(passage: Passage) -> str:
    starts = passage.block.line_starts
    return passage.text[: starts[1] if len(starts) > 1 else len(passage.text)].strip()


def _last_word(definition: Definition) -> str:
    return definition.name.split()[-1].casefold()


@check("abbreviations.never_used", fields=("short",))
def never_used(abbreviations: Abbreviations, bodies: Bodies, lexicon: Lexicon) -> Iterator[Problem]:
    """Report an abbreviation that is introduced but does not occur anywhere else in the document."""
    for definition in abbreviations.definitions:
        short = definition.short
        known = bodies.by_abbreviation(short, lexicon.code) or bodies.is_well_known(short, lexicon.code)
        if definition.sure and not definition.in_name and not known and abbreviations.occurrences[short] == 1:
            yield Problem(definition.span, {"short": short})


@check("abbreviations.used_before_defined", fields=("short",), related=("definition",))
def used_before_defined(
    abbreviations: Abbreviations, structure: Structure, bodies: Bodies, lexicon: Lexicon, front: FrontLines
) -> Iterator[Problem]:
    """Report an abbreviation that is used in the running text before it is spelled out.

    Headings and summaries, which are read on their own, do not count. The body whose session the head of the document
    names needs no definition.
    """
    first: dict[str, Definition] = {}
    for defined in abbreviations.definitions:
        first.setdefault(defined.short, defined)
    summaries = _Summaries(structure, lexicon)
    reported = set(_sessions_in_head(front, lexicon))
    for use in abbreviations.uses:
        definition = first.get(use.short)
        if not use.sure or definition is None or not definition.sure or use.short in reported:
            continue
        if use.span.start > definition.span.start or bodies.is_well_known(use.short, lexicon.code):
            continue
        if summaries.hold(use.mention.passage):
            continue
        reported.add(use.short)
        fields = {"short": use.short}
        yield Problem(use.span, fields, related=(Related("definition", definition.span, fields),))
