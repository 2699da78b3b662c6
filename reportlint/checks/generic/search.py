"""What the generic checks share: where they look, and patterns that may not run away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from reportlint.checks.problem import FixWords
from reportlint.document.source import fold
from reportlint.errors import Mistake
from reportlint.knowledge.parameters import CardParameters
from reportlint.structure import Passage, Role, Structure

if TYPE_CHECKING:
    import regex

SECONDS = 2.0
"""The time that one pattern may take over one draft."""


class TextPart(Enum):
    """The parts of a draft in which a card may have its check look."""

    MASTHEAD = "masthead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    NOTE = "note"


_PARTS = {Role.HEADING: TextPart.HEADING, Role.ITEM: TextPart.LIST, Role.ROW: TextPart.TABLE, Role.NOTE: TextPart.NOTE}


def part_of(passage: Passage, structure: Structure) -> TextPart:
    """The part that a passage belongs to; the title belongs to the masthead."""
    if passage.index < structure.body_start and passage.role is not Role.NOTE:
        return TextPart.MASTHEAD
    return TextPart.LIST if passage.block.bullet else _PARTS.get(passage.role, TextPart.PARAGRAPH)


@dataclass(frozen=True, kw_only=True)
class Generic(CardParameters):
    """What all generic checks take: the language of the drafts that are meant (any, if none is named)."""

    language: str | None = None

    def means(self, structure: Structure) -> bool:
        return self.language in (None, structure.lexicon.code)


@dataclass(frozen=True, kw_only=True)
class WordingParameters(Generic):
    """What checks of wording take besides. ``quotations``: whether they look between quotation marks, too;
    ``exceptions`` are words within which an occurrence is right."""

    places: tuple[TextPart, ...] = tuple(TextPart)
    quotations: bool = False
    exceptions: tuple[str, ...] = ()
    match_case: bool = False

    def occurrences(self, source: str, structure: Structure) -> Iterator[tuple[Passage, regex.Match[str]]]:
        """Where a pattern occurs in a draft.

        Raises:
            TimeoutError: the pattern takes too long.
        """
        if not self.means(structure):
            return
        pattern = compiled(source, self.match_case)
        exceptions = compiled(words_pattern(self.exceptions), False) if self.exceptions else None
        spent = 0.0
        for passage in structure.speaking():
            if part_of(passage, structure) not in self.places:
                continue
            begun = time.process_time()
            try:
                found = list(pattern.finditer(passage.text, timeout=SECONDS - spent))
            except TimeoutError:
                spent = SECONDS
            spent += time.process_time() - begun
            if spent >= SECONDS:
                raise TimeoutError(f"the pattern “{source}” takes more than {SECONDS:g} seconds")
            if not found:
                continue
            right = [one.span() for one in exceptions.finditer(passage.text)] if exceptions else []
            for match in found:
                start = match.start()
                if (self.quotations or not passage.is_quoted(start)) and not any(a <= start < b for a, b in right):
                    yield passage, match


class FixKind(Enum):
    """What a replacement is offered as."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    NONE = "none"


def fix_at(passage: Passage, match: regex.Match[str], text: str, kind: FixKind) -> FixWords | None:
    """The replacement of a match; none where markup stands among the words, which it would delete."""
    span = passage.span(match.start(), match.end())
    if kind is FixKind.NONE or span.end - span.start != match.end() - match.start():
        return None
    return FixWords(span, text, kind is FixKind.SAFE)


@lru_cache(maxsize=1024)
def compiled(source: str, match_case: bool) -> regex.Pattern[str]:
    import regex  # noqa: PLC0415 - only rules of a house need it

    return regex.compile(fold(source), 0 if match_case else regex.IGNORECASE)


def words_pattern(words: Iterable[str]) -> str:
    """A pattern of whole words, of which the longest is found."""
    import regex  # noqa: PLC0415

    pieces = [r"\s+".join(map(regex.escape, fold(one).split())) for one in sorted(words, key=len, reverse=True)]
    return rf"(?:(?<!\w)|(?!\w))(?:{'|'.join(pieces)})(?:(?!\w)|(?<!\w))"


def pattern_mistakes(
    key: str, source: str, at: Callable[[str, str], Mistake], instead: str | None = None
) -> Iterator[Mistake]:
    """What is wrong with a pattern, and with what is to stand in its stead."""
    import regex  # noqa: PLC0415

    try:
        pattern = compiled(source, False)
    except regex.error as error:
        yield at(key, f"“{source}” is no pattern: {error}")
        return
    if pattern.fullmatch(""):
        yield at(key, f"“{source}” fits everywhere, for it fits the empty text")
    if instead is not None:
        try:
            compiled(f"{source}|", False).sub(instead, "")  # which certainly matches
        except (regex.error, IndexError) as error:
            yield at("instead", f"“{instead}” cannot replace “{source}”: {error}")


def groups_of(source: str) -> tuple[str, ...]:
    """The names of the groups of a pattern, which are fields of messages."""
    return tuple(compiled(source, False).groupindex)


def fields_of(match: regex.Match[str]) -> dict[str, object]:
    """The fields that a match gives a message: what was found, and its groups."""
    return {"found": match.group(), **{name: text or "" for name, text in match.groupdict().items()}}
