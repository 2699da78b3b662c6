"""The styles of a Word file: what a paragraph or run takes from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reportlint.word.namespaces import WordNames

_DEEPEST = 64  # of styles based on others
_HEADING_NAME = re.compile(r"heading\s*(\d)", re.IGNORECASE)  # the same in every language of Word
# Styles for headings in the templates of the United Nations: "_ H _Ch_G", "_ H_1_G", "H1", "HCh".
_TEMPLATE_HEADING = re.compile(r"_?\s*H\s*_?\s*(?:Ch|M|\d)(?:_?G)?(?:\s*\+.*)?|_?\s*(?:H\s*Ch|H\s*M)\s*", re.IGNORECASE)
_BODY_LEVEL = 9


class RunStyle(NamedTuple):
    """Properties of runs; ``None`` where they are not set."""

    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None

    def over(self, other: RunStyle) -> RunStyle:
        """Return these properties, with those of ``other`` where they are not set."""
        if self is NO_RUN_STYLE:
            return other
        return RunStyle(*(mine if mine is not None else theirs for mine, theirs in zip(self, other, strict=True)))


NO_RUN_STYLE = RunStyle()
_READ = ("b", "i", "strike", "dstrike", "vanish", "vertAlign")


class WordStyle(NamedTuple):
    """A style with all that it takes from those it is based on. ``level`` is its level as a heading, 1 the highest.

    ``list_id`` and ``list_level`` are its ``numId`` and ``ilvl``.
    """

    name: str = ""
    run: RunStyle = NO_RUN_STYLE
    list_id: int | None = None
    list_level: int | None = None
    level: int | None = None


NO_STYLE = WordStyle()


def read_run_style(names: WordNames, properties: Element | None) -> RunStyle:
    """Return what an element ``rPr`` sets."""
    of, given = names.of, names.children(properties)
    if given.keys().isdisjoint(map(of, _READ)):
        return NO_RUN_STYLE
    raised = names.attribute(given.get(of("vertAlign")))
    struck, double = (names.is_on(given.get(of(name))) for name in ("strike", "dstrike"))
    return RunStyle(
        names.is_on(given.get(of("b"))),
        names.is_on(given.get(of("i"))),
        bool(struck or double) if struck is not None or double is not None else None,
        names.is_on(given.get(of("vanish"))),
        raised == "superscript" if raised else None,
    )


def read_styles(root: Element | None) -> tuple[Mapping[str, WordStyle], str]:
    """Return the styles by identifier, and the identifier of the default style of paragraphs."""
    if root is None:
        return {}, ""
    names = WordNames(root)
    elements = {names.attribute(element, "styleId") or "": element for element in root.iter(names.of("style"))}
    styles: dict[str, WordStyle] = {}

    def resolve(identifier: str, depth: int) -> WordStyle:
        if identifier in styles:
            return styles[identifier]
        element = elements.get(identifier)
        if element is None or depth > _DEEPEST:
            return WordStyle()
        above = names.attribute(names.child(element, "basedOn"))
        base = resolve(above, depth + 1) if above and above != identifier else WordStyle()
        name = names.attribute(names.child(element, "name")) or ""
        paragraph = names.child(element, "pPr")
        list_id = names.number(names.child(paragraph, "numPr", "numId"))
        list_level = names.number(names.child(paragraph, "numPr", "ilvl"))
        styles[identifier] = WordStyle(
            name,
            read_run_style(names, names.child(element, "rPr")).over(base.run),
            list_id if list_id is not None else base.list_id,
            list_level if list_level is not None else base.list_level,
            _heading_level(names, name, paragraph, base.level),
        )
        return styles[identifier]

    for identifier in elements:
        resolve(identifier, 0)
    default = next(
        (
            identifier
            for identifier, element in elements.items()
            if names.attribute(element, "type") == "paragraph" and names.attribute(element, "default") in ("1", "true")
        ),
        "",
    )
    return styles, default


def read_language(root: Element | None) -> str:
    """Return the language of a file ("fr-CH"), or "" if it names none."""
    if root is None:
        return ""
    names = WordNames(root)
    return names.attribute(names.child(root, "docDefaults", "rPrDefault", "rPr", "lang")) or ""


def _heading_level(names: WordNames, name: str, paragraph: Element | None, inherited: int | None) -> int | None:
    outline = names.number(names.child(paragraph, "outlineLvl"))
    if outline is not None:
        return outline + 1 if outline < _BODY_LEVEL else None
    named = _HEADING_NAME.fullmatch(name)
    if named:
        return int(named[1])
    return 1 if _TEMPLATE_HEADING.fullmatch(name) else inherited
