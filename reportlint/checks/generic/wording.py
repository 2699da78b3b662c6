"""Generic checks of wording: patterns, substitutions, consistency, term bases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from reportlint.checks.generic.pattern_limits import MAX_PATTERN
from reportlint.checks.generic.search import (
    FixKind,
    TimeLimit,
    WordingParameters,
    fields_of,
    fix_at,
    groups_of,
    pattern_mistakes,
    words_mistakes,
    words_pattern,
)
from reportlint.checks.problem import Problem, Related, check
from reportlint.document import Span
from reportlint.document.source import fold
from reportlint.errors import Mistake
from reportlint.facts.document_dates import DocumentDate
from reportlint.knowledge.data_file import DataFile
from reportlint.language.lexicon import SLOTS, Lexicon
from reportlint.language.phrases import PhraseError, compile_phrase
from reportlint.structure import Structure

At = Callable[[str, str], Mistake]
_NOTHING = "–"


class Must(Enum):
    """Whether a pattern is required or forbidden."""

    OCCUR = "occur"
    NOT_OCCUR = "not occur"


@dataclass(frozen=True, kw_only=True)
class PatternParameters(WordingParameters):
    """A pattern, or a phrase with slots, that must or must not occur."""

    pattern: str = ""
    phrase: str = ""
    must: Must = Must.NOT_OCCUR

    def message_fields(self) -> Iterable[str]:
        if self.must is Must.OCCUR:
            return super().message_fields()
        return (*super().message_fields(), *groups_of(self.source(dict.fromkeys(SLOTS, "x"))), "found")

    def source(self, slots: Mapping[str, str]) -> str:
        """Return the regular expression."""
        return self.pattern or compile_phrase(fold(self.phrase), slots).source

    def mistakes(self, at: At) -> Iterator[Mistake]:
        yield from super().mistakes(at)
        if bool(self.pattern) == bool(self.phrase):
            yield at("pattern", "give either “pattern” or “phrase”")
        elif self.pattern:
            yield from pattern_mistakes("pattern", self.pattern, at)
        else:
            if len(self.phrase) > MAX_PATTERN:
                yield at("phrase", f"the phrase has {len(self.phrase)} characters, at most {MAX_PATTERN}")
                return
            try:
                self.source(dict.fromkeys(SLOTS, "x"))
            except PhraseError as error:
                yield at("phrase", str(error))
            except RecursionError:
                yield at("phrase", "the phrase nests alternatives too deep")


@check("pattern")
def pattern(given: PatternParameters, structure: Structure, lexicon: Lexicon) -> Iterator[Problem]:
    """Report words that must not occur, or, at the head of the document, the absence of words that must occur."""
    if not given.applies_to_language(structure):
        return
    occurrences = given.occurrences(given.source(lexicon.slots), structure)
    if given.must is Must.OCCUR:
        if structure.passages and next(occurrences, None) is None:
            yield Problem(structure.passages[0].block.head)
        return
    for passage, match in occurrences:
        yield Problem(passage.span(match.start(), match.end()), fields_of(match))


@dataclass(frozen=True, kw_only=True)
class SubstitutionParameters(WordingParameters):
    """Words with their replacements, or one pattern with its replacement (``\\1`` is its first group)."""

    words: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""
    instead: str = ""
    fix: FixKind = FixKind.SAFE

    def message_fields(self) -> Iterable[str]:
        groups = groups_of(self.pattern) if self.pattern else ()
        return (*super().message_fields(), *groups, "found", "instead")

    def mistakes(self, at: At) -> Iterator[Mistake]:
        yield from super().mistakes(at)
        if bool(self.pattern) == bool(self.words):
            yield at("words", "give either “words”, or “pattern” with “instead”")
        elif self.pattern:
            yield from pattern_mistakes("pattern", self.pattern, at, self.instead)
        else:
            yield from words_mistakes("words", self.words, at)

    @cached_property
    def by_words(self) -> Mapping[str, str]:
        """The replacements by normalized words."""
        return {_key(word, self.match_case): instead for word, instead in self.words.items()}


@check("substitution")
def substitution(given: SubstitutionParameters, structure: Structure) -> Iterator[Problem]:
    """Report words that have a replacement. Capitals are kept: “Program” becomes “Programme”."""
    source = given.pattern or words_pattern(given.words)
    for passage, match in given.occurrences(source, structure):
        found = match.group()
        if given.pattern:
            instead = match.expand(given.instead)
        else:
            instead = _like(given.by_words[_key(found, given.match_case)], found)
        if instead != found:
            yield Problem(
                passage.span(match.start(), match.end()), {**fields_of(match), "instead": instead},
                fix=fix_at(passage, match, instead, given.fix),
            )  # fmt: skip


def _key(words: str, match_case: bool) -> str:
    """Return words in the form in which they are compared."""
    joined = " ".join(fold(words).split())
    return joined if match_case else joined.casefold()


def _like(instead: str, found: str) -> str:
    """Return ``instead`` with the capitals of ``found``."""
    if len(found) > 1 and found.isupper():
        return instead.upper()
    return instead[:1].upper() + instead[1:] if found[:1].isupper() else instead


@dataclass(frozen=True, kw_only=True)
class ConsistencyParameters(WordingParameters):
    """Forms of which a document should use only one: the words of each form, by its name."""

    forms: Mapping[str, tuple[str, ...]]

    def message_fields(self) -> Iterable[str]:
        return (*super().message_fields(), "found", "form", "count", "other", "others")

    def mistakes(self, at: At) -> Iterator[Mistake]:
        yield from super().mistakes(at)
        if len(self.forms) < 2:
            yield at("forms", "at least two forms are needed")
        yield from words_mistakes("forms", (word for words in self.forms.values() for word in words), at)


@check("consistency", related=("other",))
def consistency(given: ConsistencyParameters, structure: Structure) -> Iterator[Problem]:
    """Report, in a document that mixes forms, each form but the most frequent one: once, at its first occurrence."""
    used: list[tuple[str, str, list[Span]]] = []
    limit = TimeLimit()
    for name, words in given.forms.items():
        occurrences = [
            (passage.span(match.start(), match.end()), match.group())
            for passage, match in given.occurrences(words_pattern(words), structure, limit)
        ]
        if occurrences:
            used.append((name, occurrences[0][1], [span for span, _ in occurrences]))
    if not used:
        return
    # Of equally frequent forms, the first to occur is kept.
    other, _, others = max(used, key=lambda form: (len(form[2]), -form[2][0].start))
    for name, words_found, spans in used:
        if name != other:
            fields = {
                "found": words_found, "form": name, "count": len(spans), "other": other, "others": len(others),
            }  # fmt: skip
            yield Problem(spans[0], fields, related=(Related("other", others[0], fields),))


class Term(NamedTuple):
    """A row of a term base: a term, the period in which it is wrong, and what to write instead."""

    line: int
    term: str
    instead: str
    first: date | None
    end: date | None
    language: str
    note: str

    def is_wrong(self, day: date | None, language: str) -> bool:
        """Return whether the term is wrong in a document of this date; without a date, only undated terms are."""
        if self.language not in ("", language):
            return False
        if day is None:
            return self.first is None and self.end is None
        return (self.first is None or self.first <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, kw_only=True)
class TermRow:
    """What a row of a term base must contain."""

    term: str
    instead: str
    from_: date | None = None
    until: date | None = None
    language: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class TermsParameters(WordingParameters):
    """A term base: a CSV file with the columns term, instead, from, until, language, note."""

    file: Path
    fix: FixKind = FixKind.UNSAFE

    def message_fields(self) -> Iterable[str]:
        return (*super().message_fields(), "found", "instead", "note", "from", "until")

    @cached_property
    def _rows(self) -> DataFile:
        from reportlint.knowledge.csvfile import read_csv  # noqa: PLC0415 - few rules have a term base

        return read_csv(self.file)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The rows of the term base."""
        return tuple(
            Term(
                self._rows.place((index,))[0], row["term"], row["instead"], _day(row.get("from")),
                _day(row.get("until")), row.get("language", ""), row.get("note", ""),
            )
            for index, row in enumerate(self._rows.value)
        )  # fmt: skip

    def mistakes(self, at: At) -> Iterator[Mistake]:
        from reportlint.knowledge.declared import read_rows  # noqa: PLC0415 - few rules have a term base

        yield from super().mistakes(at)
        mistakes = read_rows(TermRow, self._rows)
        yield from mistakes or words_mistakes("file", (row["term"] for row in self._rows.value), at)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@check("terms")
def terms(given: TermsParameters, structure: Structure, day: DocumentDate) -> Iterator[Problem]:
    """Report terms of a term base that are wrong on the date of the document."""
    language = structure.lexicon.code
    wrong = {_key(term.term, given.match_case): term for term in given.terms if term.is_wrong(day.day, language)}
    if not wrong:
        return
    for passage, match in given.occurrences(words_pattern(term.term for term in wrong.values()), structure):
        found = match.group()
        term = wrong[_key(found, given.match_case)]
        instead = _like(term.instead, found)
        if instead != found:
            fields = {
                "found": found, "instead": instead, "note": term.note, "from": term.first or _NOTHING,
                "until": term.end or _NOTHING,
            }  # fmt: skip
            yield Problem(
                passage.span(match.start(), match.end()), fields, fix=fix_at(passage, match, instead, given.fix)
            )  # fmt: skip
