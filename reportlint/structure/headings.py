"""Reads headings in sequence: the label of each and the heading it falls under."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import lru_cache

from reportlint.document import Span
from reportlint.document.enumerators import Label, Style, is_number, readings
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, roman_value, words_value
from reportlint.structure.sections import ANNEXES, TEXTS, Section

_DEEPEST = 8  # levels at which an annex may have annexes of its own
_UNLABELLED_RANK = 99.0
# Ranks of word headings. A chapter is level with the labels I, II; the others rank above all labels.
_WORD_RANKS = {"annex": 0, "appendix": 0.25, "part": 0.5, "chapter": 1}
_TEXT_RANK = 0.6
_CHAPTER = "chapter"
# "Section A." means the label A.
_SECTION_WORD = "section"
# Kinds of words that form a label with a number: of a text ("Recommendation 6"), or of a table or figure.
_NUMBERED_KINDS = (
    "recommendation", "decision", "conclusion", "resolution", "action", "draft_decision", "draft_resolution",
)  # fmt: skip
CAPTION_KINDS = ("table", "figure")
_OPTION = r"\[?"  # a negotiating text brackets what is not agreed: "[Annex II"


class Headings:
    """Reader of consecutive headings, in the body of a report or in its table of contents.

    ``open`` is the last heading read that has a label or a word such as "Annex". ``before_chapters`` is the heading
    that was open at the first of the last chapters.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.open: Section | None = None
        self.before_chapters: Section | None = None
        self.patterns, self.kinds = _patterns(lexicon)
        self.numbered_words, self.numbered_kinds = _numbered(lexicon)

    def read(
        self, text: str, labels: tuple[Label, ...], passage: int, head: Span, span: Callable[[int, int], Span]
    ) -> Section:
        """Return the section that a heading begins.

        ``passage`` is the index of the heading. ``head`` is the source range of its label, or of its first line if
        it has none. ``span`` maps a range of ``text`` to the source.
        """
        word, kind, label, rank, title, label_span = "", "", None, _UNLABELLED_RANK, text, head
        if labels:
            label = self._choose(labels)
            rank = label.style if label.style is not Style.DECIMAL else Style.ARABIC + label.text.count(".")
        elif word_match := self.word(text):
            word_kind, match = word_match
            title = text[match.end() :]
            if word_kind == _SECTION_WORD:
                label = self._choose(readings(f"{match['number']}.") or readings("A."))
                rank = label.style
            else:
                word, kind, label = sys.intern(match["word"]), word_kind, self._word_label(match["number"])
                rank = _WORD_RANKS[kind]
            label_span = span(0, match.end("number" if match["number"] else "word"))
        if kind == _CHAPTER and not (self.open and any(above.kind == _CHAPTER for above in self.open.lineage)):
            self.before_chapters = self.open
        parent = self._parent(rank, label, word, kind)
        place = label_span.start, label_span.end - label_span.start
        section = Section(label, word, title, rank, passage, *place, parent, kind)
        if label or word:
            self.open = section
        return section

    @property
    def outside_texts(self) -> Section | None:
        """The open heading, or that outside the text of the decision or resolution that is open."""
        above = self.open.lineage if self.open else ()
        text = next((index for index, section in enumerate(above) if section.is_text), -1)
        return above[text + 1] if text + 1 < len(above) else None

    def begin_text(self, kind: str, word: str, label: Label, title: str, passage: int, span: Span) -> Section:
        """Return the section that begins with a heading such as "Decision 6/1", inside the section open outside it."""
        place = span.start, span.end - span.start
        self.open = Section(label, word, title, _TEXT_RANK, passage, *place, self.outside_texts, kind)
        return self.open

    def _parent(self, rank: float, label: Label | None, word: str, kind: str) -> Section | None:
        """Return the section that a heading divides.

        A heading after the text of a decision belongs to it, unless its label continues the sections outside. An annex
        that begins again at 1 below an annex with a higher number belongs to the instrument reproduced there.
        """
        above = self.open.lineage if self.open else ()
        if kind in ANNEXES:
            alike = [
                section for section in above if section.kind == kind and section.word.casefold() == word.casefold()
            ]
            before = next((section for section in alike if _follows(section.label, label)), None)
            if before:
                return before.parent
            inner = next((section for section in alike if section.label and section.label.value > 1), None)
            begins = inner and label and label.value == 1 and inner.label and inner.label.style is label.style
            if inner and begins and len(inner.lineage) <= _DEEPEST:
                return inner
        if label and not word and self._continues_before_chapters(rank, label):
            above = self.before_chapters.lineage if self.before_chapters else ()
        text = next((index for index, section in enumerate(above) if section.is_text), None)
        if text is not None:
            inside = next((section for section in above[:text] if section.rank == rank), None)
            outside = next((section for section in above[text + 1 :] if section.rank == rank), None)
            continues_inside = _follows(inside.label, label) if inside else bool(label and label.value == 1)
            skips = inside is None and label is not None and label.value > 1
            if not outside or continues_inside or not (skips or _follows(outside.label, label)):
                return next((section for section in above[:text] if section.rank < rank), above[text])
            above = above[text + 1 :]
        return next((section for section in above if section.rank < rank), None)

    def _continues_before_chapters(self, rank: float, label: Label) -> bool:
        """Return whether a label continues the headings before chapters that a section lists, and none in them."""
        for section in self.open.lineage if self.open else ():
            if section.kind == _CHAPTER:
                before = self.before_chapters.lineage if self.before_chapters else ()
                return any(above.rank == rank and _follows(above.label, label) for above in before)
            if section.rank == rank:
                return False
        return False

    def word(self, text: str) -> tuple[str, re.Match[str]] | None:
        """Return the kind and match of the heading word that ``text`` begins with ("Part Two", "Annex").

        A word without a number counts only if it is "Annex" or "Appendix". Return ``None`` if there is no match.
        """
        for pattern in self.patterns:
            match = pattern.match(text)
            kind = self.kinds[match["word"].casefold()] if match else ""
            if match and (match["number"] or kind in ANNEXES):
                return kind, match
        return None

    def numbered(self, text: str) -> tuple[str, re.Match[str], Label] | None:
        """Return the kind, match and label of the numbered word that ``text`` begins with ("Table II").

        Return ``None`` if there is no match.
        """
        match = self.numbered_words.match(text)
        label = (_serial_label(match["number"]) or self._word_label(match["number"])) if match else None
        if not match or not label:
            return None
        kind = self.numbered_kinds[" ".join(match["word"].casefold().split())]
        if "/" in label.text:
            return (kind, match, label) if kind in TEXTS else None
        return (kind, match, label) if kind in CAPTION_KINDS or label.style in (Style.ARABIC, Style.ROMAN) else None

    def is_due(self, label: Label) -> bool:
        """Return whether ``label`` has the value expected next in its style."""
        return label.value == self._expected(label.style)

    def _word_label(self, number: str | None) -> Label | None:
        if not number:
            return None
        if is_number(number):
            return Label(number, Style.ARABIC, int(number), shape="…")
        value = roman_value(number) if number.isupper() else None
        if value:
            return Label(number, Style.ROMAN, value, shape="…")
        labels = readings(number) if number.isupper() or "." in number else ()
        if labels:
            return labels[0]
        # A number in words: "Part Two", "CHAPITRE PREMIER".
        value = words_value(number, {**_folded(self.lexicon, "words"), **_folded(self.lexicon, "ordinals")})
        return Label(number, Style.ARABIC, value, shape="…") if value else None

    def _choose(self, labels: tuple[Label, ...]) -> Label:
        """Return the interpretation that best fits the open series: "I." after "H." is a letter."""

        def misfit(label: Label) -> int:
            return abs(label.value - self._expected(label.style))

        return min(labels, key=misfit)

    def _expected(self, style: Style) -> int:
        """Return the value of the next heading in ``style`` under the open headings."""
        section = self.open
        while section is not None and section.rank > style:
            section = section.parent
        return section.label.value + 1 if section and section.rank == style and section.label else 1


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], ...], dict[str, str]]:
    """Return patterns for a word followed or preceded by its number, and the kind of each word.

    The first matches "Part Two" and "Annex", the second an ordinal before the word.
    """
    kinds = {
        word.casefold(): kind for kind in (*_WORD_RANKS, _SECTION_WORD) for word in lexicon.section("labels", kind)
    }
    ordinals = alternation(lexicon.words("numbers", "ordinals") + lexicon.words("numbers", "words"))
    number = rf"\s+(?P<number>\d{{1,3}}|[IVXLC]+|[A-Z](?!\w)|(?:{ordinals}))(?![\w/-]|\.\d)"
    end = r"(?:[.:]|\s[–—-])?(?=\s|$)\s*"
    counted = alternation(word for word, kind in kinds.items() if kind in _WORD_RANKS and kind not in ANNEXES)
    number_last = rf"{_OPTION}(?P<word>{alternation(kinds)})(?:{number})?{end}"
    number_first = rf"(?P<number>{ordinals})\s+(?P<word>{counted}){end}"
    return (re.compile(number_last, re.IGNORECASE), re.compile(number_first, re.IGNORECASE)), kinds


@lru_cache(maxsize=8)
def _numbered(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one pattern for all numbered words, and the kind of each word."""
    kinds = {
        word.casefold(): kind for kind in (*_NUMBERED_KINDS, *CAPTION_KINDS) for word in lexicon.section("labels", kind)
    }
    words = alternation(kinds).replace(r"\ ", r"\s+")
    number = r"(?-i:\d{1,4}/(?:[A-Z]{2,6}\.)?\d{1,4}|\d{1,3}(?:\.\d{1,3})?|[IVXLC]+|[A-Z])(?![\w/-]|\.\d)"
    return re.compile(rf"{_OPTION}(?P<word>{words})\s+(?P<number>{number})[.:]?(?=\s|$)\s*", re.IGNORECASE), kinds


def _serial_label(number: str) -> Label | None:
    """Return the label of a decision: 3 in "6/3", where the session comes first, and 3 in "3/CP.21"."""
    first, slash, second = number.partition("/")
    if not slash:
        return None
    if second.isdecimal():
        return Label(number, Style.ARABIC, int(second), stem=sys.intern(f"{first}/"), shape="…")
    return Label(number, Style.ARABIC, int(first), shape=f"…/{second}")


def _follows(before: Label | None, label: Label | None) -> bool:
    return bool(before and label and before.style is label.style and label.value == before.value + 1)


def _folded(lexicon: Lexicon, kind: str) -> dict[str, int]:
    return {word.casefold(): value for word, value in lexicon.section("numbers", kind).items()}
