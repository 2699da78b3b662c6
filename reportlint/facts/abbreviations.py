"""Abbreviations: where they are spelled out and where they are used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportlint.document import Span
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import roman_value
from reportlint.structure import Passage, Role, Structure

_TOKEN = re.compile(r"(?<![\w/.-])[A-Z][A-Za-z]{0,2}[A-Z][A-Z0-9a-z&-]{0,14}(?![\w/])")
_DEFINED = re.compile(
    r"\((?:[^()]{0,40}[\s,\"“«])?(?P<short>[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z0-9&-]{0,14})(?:[\s,\"”»][^()]{0,40})?\)"
)
_NAME_LENGTH = 160


@dataclass(frozen=True)
class Definition:
    """An abbreviation spelled out: ``name`` is the text before it, as far back as a name can reach."""

    short: str
    name: str
    span: Span
    passage: int


@dataclass(frozen=True)
class Use:
    """An abbreviation in the text."""

    short: str
    span: Span
    passage: int


@dataclass(frozen=True)
class Abbreviations:
    """Definitions and uses, in order; parts of document symbols are no abbreviations."""

    definitions: tuple[Definition, ...] = ()
    uses: tuple[Use, ...] = ()


def abbreviations(structure: Structure, lexicon: Lexicon) -> Abbreviations:
    """Collect abbreviations of two letters or more. A plural ("NGOs") counts as its singular."""
    definitions: list[Definition] = []
    uses: list[Use] = []
    plurals = tuple(lexicon.section("abbreviation", "plural_suffixes"))
    for passage in structure.speaking():
        if passage.role in (Role.FRONT, Role.HEADING, Role.NOTE):
            continue
        taken = _definitions(passage, definitions, plurals)
        for match in _TOKEN.finditer(passage.text):
            if match.start() in taken or passage.is_quoted(match.start()) or roman_value(match.group()):
                continue
            uses.append(Use(_singular(match.group(), plurals), passage.span(match.start(), match.end()), passage.index))
    return Abbreviations(tuple(definitions), tuple(uses))


def _definitions(passage: Passage, definitions: list[Definition], plurals: tuple[str, ...]) -> set[int]:
    taken: set[int] = set()
    if "(" not in passage.text:
        return taken
    for match in _DEFINED.finditer(passage.text):
        begin = max(0, match.start() - _NAME_LENGTH)
        name = passage.text[begin : match.start()].rstrip()
        if begin:
            name = name.partition(" ")[2]  # not from the middle of a word
        name = re.split(r"[,;:.()«»“”]", name)[-1].strip()
        short = _singular(match["short"], plurals)
        # Spelled out means that the words before it can be what it stands for.
        if len(name.split()) < 2 or name.isupper() or roman_value(short):
            continue
        definitions.append(Definition(short, name, passage.span(*match.span("short")), passage.index))
        taken.add(match.start("short"))
    return taken


def _singular(short: str, plurals: tuple[str, ...]) -> str:
    for suffix in plurals:
        if len(short) > 2 and short.endswith(suffix) and short[: -len(suffix)].isupper():
            return short[: -len(suffix)]
    return short
