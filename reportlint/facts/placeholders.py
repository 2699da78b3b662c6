"""Placeholders left over from drafting: words, brackets and blanks still to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportlint.document import MarkKind, Span
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, roman_value
from reportlint.structure import Passage, Role, Structure

_BRACKETS = re.compile(r"\[(?P<inside>[^\[\]]{0,80})\]")
_EMPTY = re.compile(r"\(\s*\)|\?{2,}")
_HIGHLIGHTED = re.compile(r"==[^=\s][^=]{1,200}==")
_SYMBOL_TO_COME = re.compile(
    r"(?<![\w/])(?:[A-Z](?:[A-Za-z.]{0,24}\d{0,6}/){1,9}|(?:E?S-)?\d{1,3}/)(?:…|\.{3}|_{2,}|X{2,}|--+)"
)
_ELLIPSIS = frozenset({"", "…", "...", "__", "___", "____", "•", "●", "?", "??", "–", "—"})

_REACH = 60  # characters


class Placeholders(NamedTuple):
    """The placeholders of a draft, as printed, with their spans."""

    found: tuple[tuple[str, Span], ...] = ()


def placeholders(structure: Structure, lexicon: Lexicon) -> Placeholders:
    """Find the placeholders. Bracketed options in a negotiating text and "[sic]" do not count."""
    words = _words(lexicon)
    placed: list[tuple[str, Span]] = []
    for passage in structure.checked_passages():
        for start, end in _in_passage(passage, lexicon, words):
            if not passage.is_quoted(start) and not _in_link(passage, start):
                placed.append((passage.text[start:end], passage.span(start, end)))
    return Placeholders(tuple(placed))


@lru_cache(maxsize=8)
def _words(lexicon: Lexicon) -> re.Pattern[str]:
    words = alternation(lexicon.section("placeholders", "words"))
    return re.compile(rf"(?<![\w/.-])(?:{words})(?![\w/-])")


def _in_link(passage: Passage, offset: int) -> bool:
    return any(mark.kind is MarkKind.CODE and mark.start <= offset < mark.end for mark in passage.block.marks)


def _in_passage(passage: Passage, lexicon: Lexicon, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    text = passage.text
    taken: list[tuple[int, int]] = []
    if "[" in text:
        phrases = lexicon.phrases("placeholder_in_brackets")
        for match in _BRACKETS.finditer(text):
            inside = match["inside"].strip()
            if inside in _ELLIPSIS or phrases.search(inside) or words.fullmatch(inside):
                # "[…]" also marks an omission in a quotation, but the caller skips quotations.
                taken.append(match.span())
                yield match.span()
    remaining = lexicon.words("placeholders", "remaining")
    numbered = lexicon.words("placeholders", "numbered")
    spans = [match.span() for match in words.finditer(text) if not _is_roman(text, match, numbered)]
    spans += [
        match.span()
        for match in lexicon.phrases("placeholder").finditer(passage)
        if _is_pending(text, *match.span(), remaining)
    ]
    spans += [match.span() for match in _HIGHLIGHTED.finditer(text)]
    if passage.role is not Role.ROW:
        spans += [match.span() for match in _EMPTY.finditer(text)]
    spans += [match.span() for match in _SYMBOL_TO_COME.finditer(text)]
    brackets = iter([*taken, (len(text), len(text))])
    left, right = next(brackets)
    last = 0
    for start, end in sorted(spans):
        while right <= start < len(text):
            left, right = next(brackets)
        if start >= last and end <= left:
            last = end
            yield start, end


def _is_roman(text: str, match: re.Match[str], numbered: tuple[str, ...]) -> bool:
    """Return whether "XX" is the number 20: after a word that takes a number, or in brackets (an old session)."""
    if roman_value(match.group()) is None:
        return False
    before = text[max(0, match.start() - 20) : match.start()].rstrip()
    word = re.split(r"[\s('’]", before)[-1].strip(".,").casefold()
    return before.endswith("(") or word in numbered


def _is_pending(text: str, start: int, end: int, remaining: tuple[str, ...]) -> bool:
    """Return whether "to be completed" ends a clause and is not a predicate ("the work remains to be completed")."""
    before, after = text[max(0, start - _REACH) : start].rstrip(), text[end : end + _REACH].lstrip()
    word = before.rpartition(" ")[2].casefold()
    return word not in remaining and after[:1] in ("", ")", "]", ".", ";", ",")
