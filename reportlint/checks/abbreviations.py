"""ABB: abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.abbreviations import Abbreviations, Definition, Use
from reportlint.facts.masthead import Masthead, front_lines
from reportlint.knowledge.registers import Bodies, States
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Section, Structure

_SHORTEST_VARIANT = 5
_SHORTEST_OWN = 3


@check(
    "abbreviations.near_variant",
    variants=("initials", "near", "register"),
    fields=("defined", "name", "supported", "used"),
    related=("definition", "use"),
)
def near_variant(abbreviations: Abbreviations, bodies: Bodies, lexicon: Lexicon) -> Iterator[Problem]:
    """One name, two abbreviations: an undefined form is used that the register or the initials support, or that
    is one letter away from a defined one. Authority: Editorial Manual, abbreviations."""
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
                yield _problem(uses[other], definition, "register", fields)
    for short, definition in defined.items():
        other = next((form for form in uses if form not in defined and _is_initials(form, definition, short)), None)
        if other and other not in explained:
            explained.add(other)
            fields = {"used": other, "defined": short, "name": _name(definition), "supported": other}
            yield _problem(uses[other], definition, "initials", fields)
    for short, found in uses.items():
        if short in defined or short in explained or len(short) < _SHORTEST_VARIANT:
            continue
        if bodies.by_abbreviation(short, lexicon.code) or bodies.is_well_known(short, lexicon.code):
            continue
        near = next((one for one in defined.values() if len(one.short) > 3 and _one_edit(short, one.short)), None)
        if near:
            fields = {"used": short, "defined": near.short, "name": _name(near), "supported": near.short}
            yield _problem(found, near, "near", fields)


def _is_initials(form: str, definition: Definition, short: str) -> bool:
    """Whether ``form`` is the initials of the last words of a definition's name, and its own short form is not."""
    words = [word for word in re.split(r"[\s-]+", definition.name) if word[:1].isupper()]
    last = "".join(word[0] for word in words[-len(form) :])
    return len(form) > 2 and last == form and not last.endswith(short) and len(short) == len(form)


def _registered(definition: Definition, bodies: Bodies, lexicon: Lexicon) -> dict[str, str]:
    """The abbreviations that the register gives for a name that ends the text before the definition, with the name."""
    folded = definition.name.casefold()
    return {
        names.abbreviation: names.name
        for body in bodies.rows
        if (names := body.names.get(lexicon.code)) and names.abbreviation and folded.endswith(names.name.casefold())
    }


def _name(definition: Definition) -> str:
    """The end of the text before a definition that its letters can stand for."""
    words = definition.name.split()
    capitals = [index for index, word in enumerate(words) if word[:1].isupper()]
    first = capitals[-len(definition.short) :][0] if capitals else 0
    return " ".join(words[first:])


def _problem(uses: list[Use], definition: Definition, variant: str, fields: dict[str, str]) -> Problem:
    related = [Related("use", use.span, fields) for use in uses[1:]]
    return Problem(uses[0].span, fields, variant, (*related, Related("definition", definition.span, fields)))


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter is added, dropped or changed, or two neighbours are exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    exchanged = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:] or exchanged


@check("abbreviations.undefined", fields=("short",))
def undefined(
    structure: Structure,
    abbreviations: Abbreviations,
    bodies: Bodies,
    states: States,
    lexicon: Lexicon,
    masthead: Masthead,
) -> Iterator[Problem]:
    """An abbreviation used in the running text and spelled out nowhere. Words alone define nothing: the abbreviation
    stands beside them.

    The organization that issues the document is named in its head, by its symbol (UNFCCC under FCCC/…) or in full.
    """
    own = masthead.symbol.organ if masthead.symbol else ""
    told = {*abbreviations.explained, *_named_in_head(structure, bodies, lexicon)}
    for use in abbreviations.uses:
        if not use.sure or use.short in told or (len(own) >= _SHORTEST_OWN and use.short.endswith(own)):
            continue
        told.add(use.short)
        if not bodies.is_well_known(use.short, lexicon.code) and use.short not in states.rows:
            yield Problem(use.span, {"short": use.short})


def _named_in_head(structure: Structure, bodies: Bodies, lexicon: Lexicon) -> Iterator[str]:
    for passage, start, end in front_lines(structure):
        for found in bodies.find(passage.text[start:end], lexicon.code):
            yield found.body.names[lexicon.code].abbreviation or ""


@check("abbreviations.defined_twice", variants=("other", "same"), fields=("short",), related=("definition",))
def defined_twice(abbreviations: Abbreviations, structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """A name spelled out again. In an annex, and in or after a summary, that is right, but for two in one section."""
    family = lexicon.phrases("summary_title")
    summaries = [section for section in structure.sections if family.search(section.title)]
    earlier: dict[str, list[Definition]] = {}
    for one in abbreviations.definitions:
        if not one.sure:
            continue
        before = earlier.setdefault(one.short, [])
        if before and (one.section is before[-1].section or not _may_repeat(one, before[-1], summaries)):
            first = before[-1] if one.section is before[-1].section else before[0]
            variant = "same" if _last_word(one) == _last_word(first) else "other"
            fields = {"short": one.short}
            yield Problem(one.span, fields, variant, (Related("definition", first.span, fields),))
        before.append(one)


def _may_repeat(again: Definition, first: Definition, summaries: list[Section]) -> bool:
    """Whether a definition stands in an annex or in a summary, or a summary ends between the two."""
    if again.section is None:
        return False
    return again.section.is_annex or any(
        one.passage < again.passage
        and (first.passage < one.passage or (first.section is not None and first.section.within(one)))
        for one in summaries
    )


def _last_word(definition: Definition) -> str:
    return definition.name.split()[-1].casefold()


@check("abbreviations.never_used", fields=("short",))
def never_used(abbreviations: Abbreviations, bodies: Bodies, lexicon: Lexicon) -> Iterator[Problem]:
    """An abbreviation that is introduced and occurs nowhere else, in whatever part of the document."""
    for one in abbreviations.definitions:
        known = bodies.by_abbreviation(one.short, lexicon.code) or bodies.is_well_known(one.short, lexicon.code)
        if one.sure and not known and abbreviations.occurrences[one.short] == 1:
            yield Problem(one.span, {"short": one.short})


@check("abbreviations.used_before_defined", fields=("short",), related=("definition",))
def used_before_defined(abbreviations: Abbreviations, bodies: Bodies, lexicon: Lexicon) -> Iterator[Problem]:
    """An abbreviation used in the running text before the place where it is spelled out. Headings and summaries, which
    are read by themselves, do not count."""
    first: dict[str, Definition] = {}
    for one in abbreviations.definitions:
        first.setdefault(one.short, one)
    summaries = lexicon.phrases("summary_title")
    told: set[str] = set()
    for use in abbreviations.uses:
        definition = first.get(use.short)
        if not use.sure or definition is None or not definition.sure or use.short in told:
            continue
        if use.span.start > definition.span.start or bodies.is_well_known(use.short, lexicon.code):
            continue
        above = use.section.lineage if use.section else ()
        if any(summaries.search(one.title) for one in above):
            continue
        told.add(use.short)
        fields = {"short": use.short}
        yield Problem(use.span, fields, related=(Related("definition", definition.span, fields),))
