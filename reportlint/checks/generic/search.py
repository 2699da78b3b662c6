"""Shared by the generic checks: the parts of a draft to search, and patterns with a time limit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from reportlint.checks.generic.pattern_limits import excess_of, excess_of_words
from reportlint.checks.problem import FixWords
from reportlint.document.source import fold
from reportlint.errors import Mistake
from reportlint.knowledge.parameters import CardParameters
from reportlint.structure import Passage, Role, Structure

if TYPE_CHECKING:
    import regex

SECONDS = 1.0
"""The time that one check may spend on matching in one draft."""
_SHOWN = 80


class TextPart(Enum):
    """The parts of a draft that a card can have searched."""

    MASTHEAD = "masthead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    NOTE = "note"


_PARTS = {Role.HEADING: TextPart.HEADING, Role.ITEM: TextPart.LIST, Role.ROW: TextPart.TABLE, Role.NOTE: TextPart.NOTE}


def part_of(passage: Passage, structure: Structure) -> TextPart:
    """Return the part that a passage belongs to; the title belongs to the masthead."""
    if passage.index < structure.body_start and passage.role is not Role.NOTE:
        return TextPart.MASTHEAD
    return TextPart.LIST if passage.block.bullet else _PARTS.get(passage.role, TextPart.PARAGRAPH)


@dataclass(frozen=True, kw_only=True)
class Generic(CardParameters):
    """The parameter of all generic checks: the language of the drafts to check. ``None`` stands for any language."""

    language: str | None = None

    def applies_to_language(self, structure: Structure) -> bool:
        """Return whether the draft is in a language that the card covers."""
        return self.language in (None, structure.lexicon.code)


class TimeLimit:
    """Matching of patterns, in ``SECONDS`` of processor time altogether."""

    def __init__(self) -> None:
        self._left = SECONDS

    def matches(self, pattern: regex.Pattern[str], text: str) -> list[regex.Match[str]]:
        """Return the matches of a pattern.

        Raises:
            TimeoutError: the time is over.
        """
        started = time.process_time()
        try:
            if self._left > 0:
                return list(pattern.finditer(text, timeout=self._left))
        except TimeoutError:
            pass
        finally:
            self._left -= time.process_time() - started
        raise TimeoutError(f"the pattern “{_shown(pattern.pattern)}” takes more than {SECONDS:g} s")


@dataclass(frozen=True, kw_only=True)
class WordingParameters(Generic):
    """The further parameters of checks of wording.

    ``quotations`` is true if text between quotation marks is searched too. ``exceptions`` are words in which a match
    does not count.
    """

    places: tuple[TextPart, ...] = tuple(TextPart)
    quotations: bool = False
    exceptions: tuple[str, ...] = ()
    match_case: bool = False

    def mistakes(self, at: Callable[[str, str], Mistake]) -> Iterator[Mistake]:
        yield from words_mistakes("exceptions", self.exceptions, at)

    def occurrences(
        self, source: str, structure: Structure, limit: TimeLimit | None = None
    ) -> Iterator[tuple[Passage, regex.Match[str]]]:
        """Yield the matches of a pattern in a draft, each with its passage. Several searches may share a limit.

        Raises:
            TimeoutError: the search takes more than the limit.
        """
        if not self.applies_to_language(structure):
            return
        limit = limit or TimeLimit()
        pattern = compiled(source, self.match_case)
        exceptions = compiled(words_pattern(self.exceptions), False) if self.exceptions else None
        for passage in structure.checked_passages():
            if part_of(passage, structure) not in self.places:
                continue
            matches = limit.matches(pattern, passage.text)
            if not matches:
                continue
            excepted = [match.span() for match in limit.matches(exceptions, passage.text)] if exceptions else []
            for match in matches:
                start = match.start()
                if not self.quotations and passage.is_quoted(start):
                    continue
                if not any(first <= start < end for first, end in excepted):
                    yield passage, match


class FixKind(Enum):
    """The kind of fix that a card offers."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    NONE = "none"


def fix_at(passage: Passage, match: regex.Match[str], text: str, kind: FixKind) -> FixWords | None:
    """Return the fix that replaces a match, or ``None`` if it would delete markup between the words."""
    span = passage.span(match.start(), match.end())
    if kind is FixKind.NONE or span.end - span.start != match.end() - match.start():
        return None
    return FixWords(span, text, kind is FixKind.SAFE)


@lru_cache(maxsize=1024)
def compiled(source: str, match_case: bool) -> regex.Pattern[str]:
    """Return a compiled pattern, with its characters folded as those of passages are."""
    import regex  # noqa: PLC0415 - only house rules need it

    return regex.compile(fold(source), 0 if match_case else regex.IGNORECASE)


def words_pattern(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words as whole words, the longest first."""
    import regex  # noqa: PLC0415

    pieces = [r"\s+".join(map(regex.escape, fold(word).split())) for word in sorted(words, key=len, reverse=True)]
    return rf"(?:(?<!\w)|(?!\w))(?:{'|'.join(pieces)})(?:(?!\w)|(?<!\w))"


def pattern_mistakes(
    key: str, source: str, at: Callable[[str, str], Mistake], instead: str | None = None
) -> Iterator[Mistake]:
    """Yield the mistakes in a pattern and in its replacement, if there is one."""
    import regex  # noqa: PLC0415

    shown = _shown(source)
    if excess := excess_of(source):
        yield at(key, f"“{shown}” {excess}")
        return
    try:
        pattern = compiled(source, False)
        matches_nothing = pattern.fullmatch("", timeout=SECONDS)
    except regex.error as error:
        yield at(key, f"“{shown}” is not a valid pattern: {error}")
        return
    except (MemoryError, RecursionError, TimeoutError):
        yield at(key, f"“{shown}” is too complex")
        return
    if matches_nothing:
        yield at(key, f"“{shown}” matches everywhere, because it matches an empty text")
    if instead is not None:
        try:
            compiled(f"{source}|", False).sub(instead, "")  # the added alternative matches the empty text
        except (regex.error, IndexError) as error:
            yield at("instead", f"“{_shown(instead)}” cannot replace “{shown}”: {error}")


def words_mistakes(key: str, words: Iterable[str], at: Callable[[str, str], Mistake]) -> Iterator[Mistake]:
    """Yield the mistake in a list of words that is too long to search for."""
    if excess := excess_of_words(words):
        yield at(key, excess)


def _shown(text: str) -> str:
    """Return a pattern as messages quote it: on one line, and cut if it is long."""
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text[: _SHOWN + 1])
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"


def groups_of(source: str) -> tuple[str, ...]:
    """Return the names of the groups of a pattern, which messages can use as fields."""
    return tuple(compiled(source, False).groupindex)


def fields_of(match: regex.Match[str]) -> dict[str, object]:
    """Return the message fields of a match: its text (``found``) and its named groups."""
    return {"found": match.group(), **{name: text or "" for name, text in match.groupdict().items()}}
