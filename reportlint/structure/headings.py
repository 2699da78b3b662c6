"""Headings one after another: which label each has, and which heading it stands under."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from reportlint.document import Span
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation, roman_value, words_value
from reportlint.structure.labels import Label, Style, readings
from reportlint.structure.sections import PART_RANK, Section

_UNLABELLED_RANK = 99
# Words whose headings stand above the labels I, A, 1 (annexes begin everything again).
_WORD_RANKS = {"annex": 0, "appendix": 0.25, "part": PART_RANK, "chapter": 1}
ANNEXES = ("annex", "appendix")
# "Section A." is the label A with its word.
_SECTION_WORD = "section"
# Words that with a number label a text of their own, or a table or figure.
_NUMBERED_KINDS = (
    "recommendation", "decision", "conclusion", "resolution", "action", "draft_decision", "draft_resolution",
)  # fmt: skip
CAPTION_KINDS = ("table", "figure")


class Headings:
    """The labelled heading that is open while headings go by, in the report or in its table of contents."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.open: Section | None = None
        self.patterns, self.kinds = _patterns(lexicon)
        self.numbered_words, self.numbered_kinds = _numbered(lexicon)

    def read(
        self, text: str, labels: tuple[Label, ...], passage: int, head: Span, span: Callable[[int, int], Span]
    ) -> Section:
        """The section that a heading begins.

        ``head`` is where its label stands (its first line if it has none); ``span`` finds a range of ``text``.
        """
        word, label, rank, title, at = "", None, float(_UNLABELLED_RANK), text, head
        if labels:
            label = self._choose(labels)
            rank = label.style if label.style is not Style.DECIMAL else Style.ARABIC + label.text.count(".")
        elif found := self.word(text):
            kind, match = found
            title = text[match.end() :]
            if kind == _SECTION_WORD:
                label = self._choose(readings(f"{match['number']}.") or readings("A."))
                rank = label.style
            else:
                word, rank, label = match["word"], _WORD_RANKS[kind], self._word_label(match["number"])
            at = span(0, match.end("number" if match["number"] else "word"))
        above = self.open.lineage if self.open else ()
        parent = next((one for one in above if one.rank < rank), None)
        section = Section(label, word, title, rank, passage, at, parent)
        if label or word:
            self.open = section
        return section

    def word(self, text: str) -> tuple[str, re.Match[str]] | None:
        """The kind and match of the word with its number that ``text`` begins with ("Part Two", "Annex")."""
        for pattern in self.patterns:
            match = pattern.match(text)
            kind = self.kinds[match["word"].casefold()] if match else ""
            if match and (match["number"] or kind in ANNEXES):
                return kind, match
        return None

    def numbered(self, text: str) -> tuple[str, re.Match[str], Label] | None:
        """The kind, match and label of what ``text`` begins with, if it is like "Recommendation 6" or "Table II"."""
        match = self.numbered_words.match(text)
        label = self._word_label(match["number"]) if match else None
        if not match or not label:
            return None
        kind = self.numbered_kinds[" ".join(match["word"].casefold().split())]
        return (kind, match, label) if kind in CAPTION_KINDS or label.style in (Style.ARABIC, Style.ROMAN) else None

    def is_due(self, label: Label) -> bool:
        """Whether a heading with this label would follow the last one of its style."""
        return label.value == self._expected(label.style)

    def _word_label(self, number: str | None) -> Label | None:
        if not number:
            return None
        if number.isdigit():
            return Label(number, Style.ARABIC, int(number), shape="…")
        if number.isupper():
            value = roman_value(number)
            return Label(number, Style.ROMAN, value, shape="…") if value else readings(number)[0]
        if "." in number:
            return readings(number)[0]
        value = words_value(number, {**_folded(self.lexicon, "words"), **_folded(self.lexicon, "ordinals")})
        return Label(number, Style.ARABIC, value, shape="…") if value else None

    def _choose(self, labels: tuple[Label, ...]) -> Label:
        """The reading of an ambiguous enumerator that fits the open series: "I." after "H." is a letter."""

        def misfit(label: Label) -> int:
            return abs(label.value - self._expected(label.style))

        return min(labels, key=misfit)

    def _expected(self, style: Style) -> int:
        section = self.open
        while section is not None and section.rank > style:
            section = section.parent
        return section.label.value + 1 if section and section.rank == style and section.label else 1


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[tuple[re.Pattern[str], ...], dict[str, str]]:
    """Patterns for a word with its number behind it ("Part Two", "Annex") and before it, and the kind of each word."""
    kinds = {
        word.casefold(): kind for kind in (*_WORD_RANKS, _SECTION_WORD) for word in lexicon.section("labels", kind)
    }
    ordinals = alternation(lexicon.words("numbers", "ordinals") + lexicon.words("numbers", "words"))
    number = rf"\s+(?P<number>\d{{1,3}}|[IVXLC]+|[A-Z](?!\w)|(?:{ordinals}))(?![\w/-]|\.\d)"
    end = r"(?:[.:]|\s[–—-])?(?=\s|$)\s*"
    counted = alternation(word for word, kind in kinds.items() if kind in _WORD_RANKS and kind not in ANNEXES)
    behind = rf"(?P<word>{alternation(kinds)})(?:{number})?{end}"
    before = rf"(?P<number>{ordinals})\s+(?P<word>{counted}){end}"
    return (re.compile(behind, re.IGNORECASE), re.compile(before, re.IGNORECASE)), kinds


@lru_cache(maxsize=8)
def _numbered(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all words that are numbered, and the kind that each means."""
    kinds = {
        word.casefold(): kind for kind in (*_NUMBERED_KINDS, *CAPTION_KINDS) for word in lexicon.section("labels", kind)
    }
    words = alternation(kinds).replace(r"\ ", r"\s+")
    number = r"(?-i:\d{1,3}(?:\.\d{1,3})?|[IVXLC]+|[A-Z])(?![\w/-]|\.\d)"
    return re.compile(rf"(?P<word>{words})\s+(?P<number>{number})[.:]?(?=\s|$)\s*", re.IGNORECASE), kinds


def _folded(lexicon: Lexicon, kind: str) -> dict[str, int]:
    return {word.casefold(): value for word, value in lexicon.section("numbers", kind).items()}
