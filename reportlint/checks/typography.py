"""TYP: spaces and punctuation marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Source, Span
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Passage, Role, Structure

_SPACE_BEFORE = re.compile(
    r"(?<=[^\s.,;:!?…(\[«“–—-])(?P<space>[ \t]+)(?P<mark>[.,])(?=\s|$|[»”\")\]])(?!\s?[.,…]|\s{2,}|\t)"
)
_AFTER_SPACE = (" .", " ,", "\t.", "\t,")  # one is in every match of the pattern above
# Apostrophes within words, and opening quotation marks. The text of a passage has straight apostrophes only; the source
# shows which ones were typed.
_MARKS = (re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])"), re.compile(r'"(?=\w)|“'))
_STRAIGHT = "'\""
_REPEATED = re.compile(r"(?<![\w'’./-])(?P<word>[^\W\d_]{2,})[ ](?P<again>(?P=word))(?![\w'’-])")
# The second of two words in a row with the same last letters: in every match of the pattern above, and faster to find.
_ALIKE = re.compile(r"[ ](?<=(\w\w)[ ])\w++(?<=\1)(?![\w'’-])")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\r?\n")
_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)[ ]\Z")
_ENUMERATOR = re.compile(r"(?:^|[:;]\s(?:\w{1,3}\s)?)(?:[a-z]{1,2}|[ivx]{1,4}|\d{1,2})\)\Z")
_LONGEST_ENUMERATOR = 11  # characters, with the mark before it
_STOPS = ".;!?"
_WITH_ITS_WORD = re.compile(r".\S*")
_PASSAGES_OF_QUOTATION = 6


@check("typography.space_before_stop", fields=("mark",))
def space_before_stop(structure: Structure) -> Iterator[Problem]:
    """Report a space before a full stop or a comma. Ellipses, decimals (" .5") and line breaks do not count.

    Text with running heads was extracted from laid-out pages, where spaces come from the extraction.
    """
    if structure.document.running_heads:
        return
    for passage in structure.checked_passages_holding(_AFTER_SPACE):
        if passage.role is Role.ROW:
            continue
        lines = set(passage.block.line_starts)
        for match in _SPACE_BEFORE.finditer(passage.text):
            if passage.is_quoted(match.start()) or match.start("mark") in lines:
                continue
            span = passage.span(match.start(), match.end())
            # The space may come from markup between the two, which the text of the passage leaves out.
            if span.end - span.start != match.end() - match.start():
                continue
            mark = match["mark"]
            yield Problem(span, {"mark": mark}, fix=FixWords(span, mark, safe=not _is_in_number(match)))


def _is_in_number(match: re.Match[str]) -> bool:
    """Return whether figures stand around a mark, which may belong to one number: "3 . 5"."""
    text = match.string
    return text[match.start() - 1].isdecimal() and text[match.end() :].lstrip()[:1].isdecimal()


@check("typography.mixed_marks", variants=("curly", "straight"), fields=("count", "others"), related=("other",))
def mixed_marks(structure: Structure) -> Iterator[Problem]:
    """Report a mix of straight and curly apostrophes or quotation marks: once, at the first of the rarer kind."""
    source = structure.document.source
    for pattern in _MARKS:
        straight: list[Span] = []
        curly: list[Span] = []
        for passage in structure.checked_passages():
            for match in pattern.finditer(passage.text):
                span = passage.span(match.start(), match.end())
                (straight if source.typed(*span) in _STRAIGHT else curly).append(span)
        rarer, other = sorted((straight, curly), key=len)
        if rarer:
            fields = {"count": len(rarer), "others": len(other)}
            variant = "straight" if rarer is straight else "curly"
            yield Problem(rarer[0], fields, variant, (Related("other", other[0], fields),))
            return


@check("typography.repeated_word", fields=("word",))
def repeated_word(structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Report a word that stands twice in a row, across line breaks too.

    Words that the language repeats and names ("Bora Bora") do not count.
    """
    allowed = frozenset(lexicon.words("typography", "repeated"))
    mistaken = frozenset(lexicon.words("typography", "repeated_by_mistake"))
    for passage in _with_repetitions(structure):
        if passage.role is Role.ROW:
            continue
        for match in _REPEATED.finditer(passage.text):
            word = match["word"]
            if not word.islower() or word in allowed or passage.is_quoted(match.start()):
                continue
            before = _WORD_BEFORE.search(passage.text, max(0, match.start() - 40), match.start())
            if before and before["word"].casefold() == word:
                continue  # the name of a species: "Gorilla gorilla gorilla"
            first_end = match.end("word")
            between = passage.span(first_end, match.end())
            if _BLANK_LINE.search(structure.document.source.text, between.start, between.end):
                continue  # a page break: its running head may have been read as text
            if _is_across_columns(passage, match.start("again")):
                continue
            yield Problem(
                passage.span(match.start(), match.end()),
                {"word": word},
                fix=FixWords(_repetition(passage, match, structure.document.source), "", safe=word in mistaken),
            )


def _with_repetitions(structure: Structure) -> Iterator[Passage]:
    """Yield the passages in which a word in lower case stands twice in a row."""
    text = structure.checked_text()
    last: Passage | None = None
    for match in _ALIKE.finditer(text):
        start, word = match.start(), match.group()[1:]
        if word.islower() and text.startswith(word, start - len(word)):
            passage, _ = structure.checked_at(start)
            if passage is not last:
                yield passage
            last = passage


def _repetition(passage: Passage, match: re.Match[str], source: Source) -> Span:
    """Return the range of the second of two equal words with the space before it, or after it if it begins a line."""
    between = passage.span(match.end("word"), match.end())
    start, end = passage.span(match.start("again"), match.end("again"))
    if "\n" in source.text[between.start : start] and source.text[end : end + 1] == " ":
        return Span(start, end + 1)
    return between


def _is_across_columns(passage: Passage, again: int) -> bool:
    """Return whether the text at ``again`` begins a line and one of the two lines is set in columns."""
    starts = passage.block.line_starts
    line = bisect_left(starts, again)
    if line == 0 or line == len(starts) or starts[line] != again:
        return False
    end = starts[line + 1] if line + 1 < len(starts) else len(passage.text)
    return "\t" in passage.text[starts[line - 1] : end]


class _Open(NamedTuple):
    """A mark that is not closed in its passage."""

    offset: int
    mark: str


@check("typography.unbalanced", variants=("bracket", "quotation"), fields=("word",))
def unbalanced(structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Report a round bracket or a quotation mark that is not closed in its passage.

    A quotation may run over several passages, each of which may open it again. Square brackets are not checked: they
    mark the options of negotiating texts.
    """
    for passage in filter(_may_open, structure.checked_passages_with(_pairs(lexicon)[0])):
        opened, _ = _unmatched(passage)
        if opened is None:
            continue
        is_bracket = opened.mark == "("
        if is_bracket and passage.is_quoted(opened.offset):
            continue
        below = map(structure.passages.__getitem__, range(passage.index + 1, len(structure.passages)))
        if _closes_later(passage, [*islice(filter(_may_open, below), _PASSAGES_OF_QUOTATION)], opened.mark):
            continue
        match = _WITH_ITS_WORD.match(passage.text, opened.offset)
        end = match.end() if match else opened.offset + 1
        variant = "bracket" if is_bracket else "quotation"
        yield Problem(passage.span(opened.offset, end), {"word": passage.text[opened.offset : end]}, variant)


def _may_open(passage: Passage) -> bool:
    return passage.is_checked and passage.role not in (Role.ROW, Role.FRONT)


def _closes_later(passage: Passage, below: list[Passage], mark: str) -> bool:
    """Return whether a passage below closes a mark.

    A bracket may be closed in the next passage if the sentence goes on there; a quotation may be opened again in each
    of its passages.
    """
    if mark == "(":
        goes_on = passage.text.rstrip()[-1:] not in _STOPS
        return goes_on and any(mark in _unmatched(following)[1] for following in below[:1])
    # At the end of a page, a note may end the passage; the number of the page follows.
    is_end_of_page = bool(below) and not any(map(str.isalpha, below[0].text))
    goes_on = is_end_of_page or passage.text.rstrip()[-1:] not in _STOPS
    for following in below:
        opened, closed = _unmatched(following)
        if following.role is Role.NOTE or (goes_on and mark not in closed and not opened):
            continue
        if mark in closed or (following.text.startswith(mark) and not opened):
            return True
        if not following.text.startswith(mark):
            return False
    return False


def _unmatched(passage: Passage) -> tuple[_Open | None, set[str]]:
    """Return the first mark that a passage opens and does not close, and those that it closes and did not open.

    The brackets of enumerators ("a) lights; b) buoys") close nothing.
    """
    text = passage.text
    pattern, closing = _pairs(passage.lexicon)
    depths = dict.fromkeys(closing.values(), 0)
    outermost: dict[str, int] = {}
    closed: set[str] = set()
    for match in pattern.finditer(text):
        mark = match.group()
        if mark in depths:
            if not depths[mark]:
                outermost[mark] = match.start()
            depths[mark] += 1
        elif not _ends_enumerator(text, match.end()):
            if depths[closing[mark]]:
                depths[closing[mark]] -= 1
            else:
                closed.add(closing[mark])
    return min((_Open(start, mark) for mark, start in outermost.items() if depths[mark]), default=None), closed


@lru_cache(maxsize=8)
def _pairs(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern for brackets and quotation marks, and the opening mark of each closing one.

    A mark that both opens and closes is left out.
    """
    closing = {")": "("} | {right: left for left, right in lexicon.section("lists", "quotes") if left != right}
    return re.compile(alternation({*closing, *closing.values()})), closing


def _ends_enumerator(text: str, end: int) -> bool:
    return _ENUMERATOR.search(text, max(0, end - _LONGEST_ENUMERATOR), end) is not None
