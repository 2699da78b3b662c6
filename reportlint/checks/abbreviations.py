"""ABB: abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.abbreviations import Abbreviations, Definition, Use
from reportlint.facts.front import FrontLines
from reportlint.facts.masthead import Masthead
from reportlint.knowledge.registers import Bodies, States
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Section, Structure

_SHORTEST_VARIANT = 5
_DESIGNATOR = re.compile(r"-(?:\d+|[IVXLC]+)\Z")  # the number of a session or document: COP-14, EC-LXI
_SHORTEST_ORGAN = 3


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
    uses: dict[str, list[Use]] = {}
    for use in abbreviations.uses:
        uses.setdefault(use.short, []).append(use)
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
        other = next((form for form in uses if form not in defined and _is_initials(form, definition, short)), None)
        if other and other not in explained:
            explained.add(other)
            fields = {"used": other, "defined": short, "name": _name(definition), "supported": other}
            yield _misprinted_definition(uses[other], definition, "near", fields)
    for short, places in uses.items():
        if short in defined or short in explained or len(short) < _SHORTEST_VARIANT:
            continue
        if bodies.by_abbreviation(short, lexicon.code) or bodies.is_well_known(short, lexicon.code):
            continue
        near = next((definition for form, definition in defined.items() if _is_misspelt(short, form)), None)
        if near:
            fields = {"used": short, "defined": near.short, "name": _name(near)}
            if len(places) > 1 and near.short not in uses:
                yield _misprinted_definition(places, near, "near", fields)
            else:
                yield _misprinted_use(places, near, fields)


def _is_initials(form: str, definition: Definition, short: str) -> bool:
    """Return whether ``form``, but not the defined ``short``, is the initials of the last words of a name."""
    words = [word for word in re.split(r"[\s-]+", definition.name) if word[:1].isupper()]
    last = "".join(word[0] for word in words[-len(form) :])
    return len(form) > 2 and last == form and not last.endswith(short) and len(short) == len(form)


def _registered(definition: Definition, bodies: Bodies, lexicon: Lexicon) -> dict[str, str]:
    """Return the registered abbreviations, with their names, of the names that end the text before a definition."""
    folded = definition.name.casefold()
    return {
        names.abbreviation: names.name
        for body in bodies.rows
        if (names := body.names.get(lexicon.code)) and names.abbreviation and folded.endswith(names.name.casefold())
    }


def _name(definition: Definition) -> str:
    """Return the last words before a definition for which its letters can stand."""
    words = definition.name.split()
    capitals = [index for index, word in enumerate(words) if word[:1].isupper()]
    first = capitals[-len(definition.short) :][0] if capitals else 0
    return " ".join(words[first:])


def _misprinted_definition(uses: list[Use], definition: Definition, variant: str, fields: dict[str, str]) -> Problem:
    """Return the problem of a definition that the register, the name or all uses contradict."""
    return Problem(definition.span, fields, variant, tuple(Related("use", use.span, fields) for use in uses))


def _misprinted_use(uses: list[Use], definition: Definition, fields: dict[str, str]) -> Problem:
    related = [Related("use", use.span, fields) for use in uses[1:]]
    return Problem(uses[0].span, fields, "near", (*related, Related("definition", definition.span, fields)))


def _is_misspelt(used: str, defined: str) -> bool:
    """Return whether a form differs from a defined one (four letters or more) by one letter or by two swapped ones.

    Plurals, the mark of a note at the end ("LANDi") and the numbers of sessions ("COP-14") are no differences.
    """
    if len(defined) <= 3 or used == defined or abs(len(used) - len(defined)) > 1:
        return False
    if any(map(_DESIGNATOR.search, (used, defined))):
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
    known = {*abbreviations.explained, *_named_in_head(front, bodies, lexicon)}
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


@check("abbreviations.defined_twice", variants=("other", "same"), fields=("short",), related=("definition",))
def defined_twice(abbreviations: Abbreviations, structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Report an abbreviation that is spelled out again.

    It may be spelled out again in an annex, in a summary and after a summary, but not twice in one section.
    """
    family = lexicon.phrases("summary_title")
    summaries = [section for section in structure.sections if family.search(section.title)]
    earlier: dict[str, list[Definition]] = {}
    for definition in abbreviations.definitions:
        if not definition.sure:
            continue
        before = earlier.setdefault(definition.short, [])
        if before and (definition.section is before[-1].section or not _may_repeat(definition, before[-1], summaries)):
            first = before[-1] if definition.section is before[-1].section else before[0]
            variant = "same" if _last_word(definition) == _last_word(first) else "other"
            fields = {"short": definition.short}
            yield Problem(definition.span, fields, variant, (Related("definition", first.span, fields),))
        before.append(definition)


def _may_repeat(again: Definition, first: Definition, summaries: list[Section]) -> bool:
    """Return whether ``again`` is in an annex, or a summary begins between the two or contains ``first``."""
    if again.section is None:
        return False
    return again.section.is_annex or any(
        summary.passage < again.passage
        and (first.passage < summary.passage or (first.section is not None and first.section.within(summary)))
        for summary in summaries
    )


def _last_word(definition: Definition) -> str:
    return definition.name.split()[-1].casefold()


@check("abbreviations.never_used", fields=("short",))
def never_used(abbreviations: Abbreviations, bodies: Bodies, lexicon: Lexicon) -> Iterator[Problem]:
    """Report an abbreviation that is introduced but does not occur anywhere else in the document."""
    for definition in abbreviations.definitions:
        short = definition.short
        known = bodies.by_abbreviation(short, lexicon.code) or bodies.is_well_known(short, lexicon.code)
        if definition.sure and not known and abbreviations.occurrences[short] == 1:
            yield Problem(definition.span, {"short": short})


@check("abbreviations.used_before_defined", fields=("short",), related=("definition",))
def used_before_defined(abbreviations: Abbreviations, bodies: Bodies, lexicon: Lexicon) -> Iterator[Problem]:
    """Report an abbreviation that is used in the running text before it is spelled out.

    Headings and summaries, which are read on their own, do not count.
    """
    first: dict[str, Definition] = {}
    for defined in abbreviations.definitions:
        first.setdefault(defined.short, defined)
    summaries = lexicon.phrases("summary_title")
    reported: set[str] = set()
    for use in abbreviations.uses:
        definition = first.get(use.short)
        if not use.sure or definition is None or not definition.sure or use.short in reported:
            continue
        if use.span.start > definition.span.start or bodies.is_well_known(use.short, lexicon.code):
            continue
        above = use.section.lineage if use.section else ()
        if any(summaries.search(section.title) for section in above):
            continue
        reported.add(use.short)
        fields = {"short": use.short}
        yield Problem(use.span, fields, related=(Related("definition", definition.span, fields),))
