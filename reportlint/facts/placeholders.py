"""Placeholders left over from drafting: words, brackets and blanks still to be filled in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, compress, zip_longest
from typing import NamedTuple

from reportlint.document import Enumerator, MarkKind
from reportlint.document.cached import cached_property
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, alternation_apart, roman_value
from reportlint.language.phrases import lower_case
from reportlint.structure import Mention, Passage, Role, Structure

# In Python 3.11, looking up a member of an enumeration takes long.
_PARAGRAPH, _ROW = Role.PARAGRAPH, Role.ROW
_ASIDE, _AFTER_PARAGRAPH = (Role.NOTE, Role.CONTENTS), (Role.PARAGRAPH, Role.HEADING)
_BRACKETS = re.compile(r"\[(?P<inside>[^\[\]]{0,80})\]")
_ALTERNATIVES = re.compile(r"\]\s*\[")
_EMPTY = re.compile(r"\(\s*\)|\?\?+")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)")
_HIGHLIGHTED = re.compile(r"==[^=\s][^=]{1,200}==")
_SYMBOL_TO_COME = re.compile(
    r"(?<![\w/])(?:[A-Z](?:[A-Za-z.]{0,24}\d{0,6}/){1,9}|(?:E?S-)?\d{1,3}/)(?:…|\.{3}|_{2,}|X{2,}|x{2,}(?!\w)|--+)"
)
_TO_COME = re.compile(r"/(?:…|\.{3}|_{2}|XX|xx|--)")  # in every match of the pattern above
_LEFT_OUT = ("…", "...", "__", "[")  # one is in every gap
# One of these signs, a word for a placeholder or empty brackets are in every passage with a placeholder, in lower case.
_SIGNS = (*_LEFT_OUT, "/xx", "/--", "==", "??")
_ELLIPSIS = frozenset({"", "…", "...", "__", "___", "____", "•", "●", "?", "??", "–", "—"})
# "of the ___ States", "the representative of …… described": letters follow in the same line.
_GAP = re.compile(r"(?:_(?<=[^\W\d_][ ]_)_{1,7}|…(?<=[^\W\d_][ ]…)…{1,3}|\.(?<=[^\W\d_][ ]\.)\.{4,8})(?=[ ][^\W\d_])")
_NUMBER = re.compile(r"(?<=\w[ ])\[\d{1,4}\](?=[ ][^\W\d_])|(?<=,[ ])\[\d{1,4}\](?=[ ][^\W\d_])")
_ANY_NUMBER = re.compile(r"\[\d{1,4}\]")
_NOTE = re.compile(r"\?|(?:[–—]|\s-)\s?[A-Z]{2,3}$|^[A-Z]{2,3}:\s")  # a question, or the initials of a colleague
_CLOSED = re.compile(r"\s*[)\]]")
_PLURAL = "(s)"
_MOST_NUMBERS = 3  # more numbers in brackets are citations
_FORM_FIELDS = 2
_ROMAN = re.compile(r"[IVXLC](?<![\w/][IVXLC])[IVXLC]+(?!\w)")
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]+)\s*$")

_REACH = 60  # characters


class Placeholders(NamedTuple):
    """The placeholders of a draft, and the enumerators of its paragraphs without text."""

    found: tuple[Mention | Enumerator, ...] = ()

    def in_masthead(self) -> tuple[str, ...]:
        """Return the placeholders in the masthead and title, as printed: what they stand for is not missing there."""
        return tuple(
            place.text for place in self.found if isinstance(place, Mention) and place.passage.role is Role.FRONT
        )


class _Place(NamedTuple):
    """A placeholder in a passage. ``is_field`` is true if it names what a form asks for ("[date]")."""

    start: int
    end: int
    is_field: bool = False


def placeholders(structure: Structure, lexicon: Lexicon) -> Placeholders:
    """Find the placeholders.

    Bracketed options in a negotiating text, the fields of a form in an annex, citations by number and "[sic]" do not
    count.
    """
    reader = _Reader(lexicon, structure)
    bracketed = structure.checked_passages_holding(("[",))
    options = {passage.section for passage in bracketed if _ALTERNATIVES.search(passage.text)}
    numbers = sum(len(_ANY_NUMBER.findall(passage.text)) for passage in bracketed)
    placed: list[tuple[Passage, _Place]] = []
    for passage in reader.passages():
        has_options = passage.section in options if passage.section else bool(_ALTERNATIVES.search(passage.text))
        places = reader.places(passage, has_brackets=not has_options, has_numbers=numbers <= _MOST_NUMBERS)
        placed += (
            (passage, place)
            for place in places
            if not passage.is_quoted(place.start) and not _in_link(passage, place.start)
        )
    fields = Counter(passage.section for passage, place in placed if place.is_field)
    found: list[Mention | Enumerator] = [
        Mention(passage, place.start, place.end)
        for passage, place in placed
        if not (place.is_field and _in_annex(passage) and fields[passage.section] >= _FORM_FIELDS)
    ]
    if structure.document.format != "text":  # laid-out text may have lost lines
        found += _unfinished(structure, lexicon)
    return Placeholders(tuple(sorted(found, key=lambda place: place.span)))


def _in_annex(passage: Passage) -> bool:
    return passage.section is not None and passage.section.is_annex


def _trails_off(match: re.Match[str]) -> bool:
    """Return whether dots behind a reference word are an ellipsis: "section by section...", but not "Annex..."."""
    is_beside = match.end("word") == match.start("gap")
    return is_beside and match["word"][0].islower() and match["gap"] in ("...", "…")


def _in_link(passage: Passage, offset: int) -> bool:
    return any(mark.kind is MarkKind.CODE and mark.start <= offset < mark.end for mark in passage.block.marks)


def _unfinished(structure: Structure, lexicon: Lexicon) -> Iterator[Mention | Enumerator]:
    """Yield the enumerators of paragraphs without text, and the last words of those that break off before another."""
    words = frozenset(lexicon.words("placeholders", "unfinished"))
    passages = [passage for passage in structure.passages if passage.role not in _ASIDE]
    for passage, following in zip_longest(passages, passages[1:]):
        if passage.role is not _PARAGRAPH or (following and following.role not in _AFTER_PARAGRAPH):
            continue
        if not passage.text.strip():
            if passage.block.enumerator and (following is None or following.role is _PARAGRAPH):
                yield passage.block.enumerator
            continue
        if following and passage.text.rstrip()[-1].isalpha():
            last = _LAST_WORD.search(passage.text, max(0, len(passage.text) - 30))
            if last and last["word"] in words:
                yield Mention(passage, *last.span("word"))


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of words for placeholders, of those with nothing else beside, and of words before a gap."""
    words = alternation_apart(lexicon.section("placeholders", "words"), r"\w/.-")
    # Nothing else in a table cell or in brackets: also in lower case.
    alone = alternation(lexicon.section("placeholders", "words"))
    references = alternation(lexicon.section("placeholders", "references"))
    return (
        re.compile(rf"(?:{words})(?![\w/-])"),
        re.compile(rf"(?:(?:^|\t)\s*|[(\[]\s?)(?P<word>{alone})(?=\s*(?:\t|$)|\s?[)\]])", re.IGNORECASE),
        re.compile(
            rf"(?<!\w)(?P<word>{references})\s?(?P<gap>\.{{3,8}}(?!\.)|…+|_{{2,}}|\[\s?\])(?=[\s),;.]|$)(?!\s*\d+\s*$)",
            re.IGNORECASE,
        ),
    )


class _Reader:
    """Finds placeholders in one draft."""

    def __init__(self, lexicon: Lexicon, structure: Structure) -> None:
        self.structure = structure
        # Looked for in each passage only if the draft has them.
        text = structure.checked_text()
        self.left_out = tuple(sign for sign in _LEFT_OUT if sign in text)
        self.all_words = tuple(lexicon.section("placeholders", "words"))
        self.words_used = tuple(word for word in self.all_words if word in text)
        self.written, self.in_brackets = (lexicon.phrases(name) for name in ("placeholder", "placeholder_in_brackets"))
        self.fields = lexicon.phrases("placeholder_fields")
        self.with_phrases = frozenset(passage.index for passage in structure.checked_passages(self.written))
        self.words, self.alone, self.reference = _patterns(lexicon)
        self.remaining, self.numbered, self.joining = (
            lexicon.words("placeholders", name) for name in ("remaining", "numbered", "joining")
        )

    @cached_property
    def romans(self) -> frozenset[int]:
        """The roman numerals of two letters or more in the draft."""
        words = {word for passage in self.structure.checked_passages() for word in _ROMAN.findall(passage.text)}
        return frozenset(value for word in words if (value := roman_value(word)) is not None)

    def passages(self) -> Iterator[Passage]:
        """Yield the passages that may have placeholders."""
        texts = {*_SIGNS, *map(lower_case, self.all_words)}
        structure = self.structure
        found = structure.checked_passages_holding(texts), structure.checked_passages_with(_EMPTY_BRACKETS)
        wanted = bytearray(len(structure.passages))  # a set would take many times the memory
        for index in chain(self.with_phrases, (passage.index for passage in chain(*found))):
            wanted[index] = True
        return compress(structure.passages, wanted)

    def places(self, passage: Passage, *, has_brackets: bool, has_numbers: bool) -> Iterator[_Place]:
        """Yield the placeholders in a passage, those in square brackets only if ``has_brackets``."""
        places = self._all(passage, has_brackets, has_numbers)
        if not places:
            return
        end = 0
        # Of overlapping placeholders the first counts; brackets come before the words in them.
        for place in sorted(places):
            if place.start >= end:
                end = place.end
                yield place

    def _all(self, passage: Passage, has_brackets: bool, has_numbers: bool) -> list[_Place]:
        text, is_row = passage.text, passage.role is _ROW
        places: list[_Place] = []
        if has_brackets and "[" in text:
            places += self._brackets(text)
            if has_numbers and not is_row:
                places += (_Place(*match.span()) for match in _NUMBER.finditer(text))
        # Most passages hold nothing that a pattern needs. Looking for that first takes less than the pattern.
        spans: list[tuple[int, int]] = []
        if passage.index in self.with_phrases:
            found = (match.span() for match in self.written.finditer(passage))
            spans += [span for span in found if self._is_pending(text, *span)]
        for word in self.words_used:
            if word in text:
                spans += [match.span() for match in self.words.finditer(text) if not self._is_roman(text, match)]
                break
        if is_row or ")" in text or "]" in text:
            spans += [match.span("word") for match in self._alone(passage)]
        for sign in self.left_out:
            if sign in text:
                spans += [match.span("gap") for match in self.reference.finditer(text) if not _trails_off(match)]
                if not is_row:
                    spans += [match.span() for match in _GAP.finditer(text)]
                break
        if "/" in text and _TO_COME.search(text):
            spans += [match.span() for match in _SYMBOL_TO_COME.finditer(text)]
        if "==" in text:
            spans += [match.span() for match in _HIGHLIGHTED.finditer(text)]
        if not is_row and ("(" in text or "??" in text):
            spans += [match.span() for match in _EMPTY.finditer(text)]
        return places + [_Place(*span) for span in spans] if spans else places

    def _alone(self, passage: Passage) -> Iterator[re.Match[str]]:
        """Yield the words for placeholders that fill a table cell or brackets."""
        for match in self.alone.finditer(passage.text):
            in_brackets = _CLOSED.match(passage.text, match.end("word"))
            if (in_brackets or passage.role is _ROW) and roman_value(match["word"].upper()) is None:
                yield match

    def _brackets(self, text: str) -> Iterator[_Place]:
        for match in _BRACKETS.finditer(text):
            inside = match["inside"].strip()
            if _PLURAL in inside:
                continue  # the field of a form: "[Name(s) of the authorities]"
            if inside in _ELLIPSIS or _NOTE.search(inside) or self.words.fullmatch(inside):
                # "[…]" also marks an omission in a quotation, but quotations are skipped.
                yield _Place(*match.span())
            elif self.in_brackets.search(inside):
                yield _Place(*match.span())
            elif self.fields.search(inside):
                yield _Place(*match.span(), is_field=True)

    def _is_roman(self, text: str, match: re.Match[str]) -> bool:
        """Return whether "XX" is the number 20.

        It is after a word that takes a number, at the end of a range, in brackets (an old session), and in a draft
        with numbers near 20.
        """
        value = roman_value(match.group())
        if value is None:
            return False
        if any(value + step in self.romans for step in (-2, -1, 1, 2)):
            return True
        before = text[max(0, match.start() - 20) : match.start()].rstrip()
        *earlier, word = (part.strip(".,") for part in re.split(r"[\s('’/]", before))
        if word.casefold() in self.joining:
            return bool(earlier) and roman_value(earlier[-1]) is not None
        return before.endswith(("(", "/")) or word.casefold() in self.numbered

    def _is_pending(self, text: str, start: int, end: int) -> bool:
        """Return whether "to be completed" ends a clause and is no predicate ("the work remains to be completed")."""
        before, after = text[max(0, start - _REACH) : start].rstrip(), text[end : end + _REACH].lstrip()
        word = before.rpartition(" ")[2].casefold()
        return word not in self.remaining and after[:1] in ("", ")", "]", ".", ";", ",")
