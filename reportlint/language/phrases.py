"""Phrases of a lexicon, which an editor can read, compiled to patterns.

The notation: words as they stand; a space is any white space; ``(a|b)`` one of these; ``[x]`` may be absent;
``…`` any words of the same sentence; ``{slot}`` a slot; ``^`` first the beginning of a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

_GAP = r"(?:[^.;:]|\.(?![ ][a-zà-ý«“\"])){0,200}?"
_PUNCTUATION = ",;.:)"
# In a text longer than this one place is looked at without asking first whether the whole may hold the phrase.
_LONG = 5_000
CASED = "(?-i:"
"""The beginning of what, in the pattern of a slot, tells capitals from small letters."""
_PUNCTUATION_CHOICE = re.compile(rf"^\(\?:(?:.*\|)?\\?[{_PUNCTUATION}]")


class PhraseError(ValueError):
    """A phrase that cannot be read; the message quotes it and says where it breaks."""


def lower_case(text: str) -> str:
    """A text in small letters, each at its place: what stands at an offset of one stands there in the other."""
    lower = text.lower()
    # "İ" alone becomes two characters.
    return lower if len(lower) == len(text) else "".join(char.lower()[0] for char in text)


class Match:
    """A phrase found. Its words are those of the text, though it may have been looked for in small letters."""

    __slots__ = ("_found", "string")

    def __init__(self, found: re.Match[str], text: str) -> None:
        self._found, self.string = found, text

    def start(self, group: str | int = 0) -> int:
        return self._found.start(group)

    def end(self, group: str | int = 0) -> int:
        return self._found.end(group)

    def span(self, group: str | int = 0) -> tuple[int, int]:
        return self._found.span(group)

    @property
    def lastgroup(self) -> str | None:
        return self._found.lastgroup

    def __getitem__(self, group: str | int) -> str:
        """The words of a slot, or of the whole for 0; empty where the slot is absent."""
        start, end = self._found.span(group)
        return self.string[start:end] if start >= 0 else ""

    def group(self) -> str:
        return self[0]


@dataclass(frozen=True)
class Phrase:
    """One phrase; its pattern is compiled when a text that may hold it is met.

    ``needles`` are sets of lower-case words; every match contains a word of each, and a text without is not
    searched. ``cased``: one of its slots tells capitals from small letters. All others are looked for in small letters
    only, since a pattern for any case takes thrice as long to compile.
    """

    notation: str
    source: str
    needles: tuple[tuple[str, ...], ...]
    cased: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source, re.IGNORECASE if self.cased else 0)

    def may_occur(self, folded: str) -> bool:
        # Loops: a generator for each phrase and passage would cost more than the search.
        for words in self.needles:
            for word in words:
                if word in folded:
                    break
            else:
                return False
        return True


class Readable(Protocol):
    """What phrases are looked for in: a passage, which keeps its small letters (:func:`lower_case`) for all of them."""

    @property
    def text(self) -> str: ...

    @property
    def folded(self) -> str: ...


@dataclass(frozen=True)
class PhraseFamily:
    """The phrases that say one thing in a language."""

    phrases: tuple[Phrase, ...] = ()

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Of each phrase one set of needles: a text without any of these words holds none of them."""
        sets = [phrase.needles[0] if phrase.needles else ("",) for phrase in self.phrases]
        return tuple(dict.fromkeys(word for words in sets for word in words))

    def _possible(self, folded: str) -> tuple[Phrase, ...]:
        """The phrases that a text may hold; in most it is none, and that is seen first."""
        for word in self.needles:
            if word in folded:
                return tuple(phrase for phrase in self.phrases if phrase.may_occur(folded))
        return ()

    def finditer(self, where: Readable | str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """All matches in ``text[start:end]``, by position; of several that overlap, the first and then the longest."""
        text, folded = _both(where)
        limit = len(text) if end is None else end
        found: list[re.Match[str]] = []
        for phrase in self.phrases if start and len(text) > _LONG else self._possible(folded):
            found += phrase.pattern.finditer(text if phrase.cased else folded, start, limit)
        return (Match(one, text) for one in (_without_overlap(found) if len(found) > 1 else found))

    def search(self, where: Readable | str, start: int = 0, end: int | None = None) -> Match | None:
        """The first match that lies in ``text[start:end]``."""
        text, folded = _both(where)
        limit = len(text) if end is None else end
        best: re.Match[str] | None = None
        for phrase in self.phrases if len(text) > _LONG else self._possible(folded):
            match = phrase.pattern.search(text if phrase.cased else folded, start, limit)
            if match and (best is None or match.start() < best.start()):
                best = match
        return Match(best, text) if best else None

    def match_at(self, where: Readable | str, position: int) -> Match | None:
        """The longest match that begins at ``position``, white space apart."""
        text, folded = _both(where)
        position = skip_spaces(text, position)
        best: re.Match[str] | None = None
        for phrase in self.phrases if len(text) > _LONG else self._possible(folded):
            match = phrase.pattern.match(text if phrase.cased else folded, position)
            if match and (best is None or match.end() > best.end()):
                best = match
        return Match(best, text) if best else None


def _both(where: Readable | str) -> tuple[str, str]:
    return (where, lower_case(where)) if isinstance(where, str) else (where.text, where.folded)


def skip_spaces(text: str, position: int) -> int:
    """The first offset from ``position`` on at which no space stands."""
    while position < len(text) and text[position] == " ":
        position += 1
    return position


def _without_overlap(found: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    found.sort(key=lambda match: (match.start(), -match.end()))
    end = -1
    for match in found:
        if match.start() >= end:
            end = match.end()
            yield match


def compile_phrase(
    notation: str, slots: Mapping[str, str], needles: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> Phrase:
    """Translate a phrase; ``slots`` maps the name of each slot to its pattern, ``needles`` that of some to words of
    which every match has one.

    Raises:
        PhraseError: unbalanced brackets or an unknown slot.
    """
    parser = _Parser(notation, slots, needles)
    source, found = parser.whole()
    return Phrase(notation, source, found, parser.cased)


class _Parser:
    def __init__(self, notation: str, slots: Mapping[str, str], needles: Mapping[str, tuple[str, ...]]) -> None:
        self.notation, self.slots, self.needles = notation, slots, needles
        self.at = 0
        self.used: set[str] = set()
        self.cased = False

    def whole(self) -> tuple[str, tuple[tuple[str, ...], ...]]:
        anchored = self.notation.startswith("^")
        self.at = 1 if anchored else 0
        source, literals = self._sequence("")
        if self.at < len(self.notation):
            self._fail("this bracket was not opened")
        head = r"\A\s*" if anchored else r"(?:(?<!\w)|(?=[^\w\s]))"
        tail = r"(?:(?!\w)|(?<='))" if self.notation[-1:].isalnum() or self.notation[-1:] in ")]" else ""
        # Long words first: they are the rarer ones.
        sets = sorted(literals, key=lambda words: -min(map(len, words)))
        needles = tuple(tuple(word.lower() for word in words) for words in sets if all(words))
        return f"{head}{source}{tail}", needles

    def _fail(self, why: str) -> None:
        raise PhraseError(f"phrase “{self.notation}”, character {self.at + 1}: {why}")

    def _sequence(self, closers: str) -> tuple[str, list[tuple[str, ...]]]:
        """The elements up to one of ``closers``; with the sets of words of which every match has one."""
        out: list[str] = []
        literals: list[tuple[str, ...]] = []
        spaced = False
        begun = False  # an element that cannot be absent has been written
        while self.at < len(self.notation) and self.notation[self.at] not in closers:
            char = self.notation[self.at]
            if char.isspace():
                spaced, self.at = True, self.at + 1
                continue
            if char in ")]|}" and char not in closers:
                break
            elided = self.notation[: self.at].rstrip().rstrip("|)]").endswith("'")
            source, required = self._element(char)
            separator = self._separator(source, elided) if spaced else ""
            if out == [_GAP]:
                separator = r"(?:\s+|(?<!\S))"  # nothing need stand before the first word
            if char == "[":
                lead, trail = (separator, "") if begun else ("", self._trail(source))
                out.append(f"(?:{lead}{source}{trail})?")
                spaced = bool(begun)
                if begun and self.at < len(self.notation) and not self.notation[self.at].isspace():
                    spaced = False
            else:
                out.append((separator if begun else "") + source)
                literals += required
                begun, spaced = True, False
        return "".join(out), literals

    def _trail(self, source: str) -> str:
        if source.strip("(?:)\\") in _PUNCTUATION:
            return r"\s*"
        return (
            rf"(?:\s+|(?=\s*[{_PUNCTUATION}]))"
            if self.at < len(self.notation) and self.notation[self.at].isspace()
            else ""
        )

    @staticmethod
    def _separator(source: str, elided: bool) -> str:
        stripped = source.removeprefix("(?:").removeprefix("\\")
        if (stripped[:1] and stripped[0] in _PUNCTUATION) or source == _GAP:
            return r"\s*"
        if _PUNCTUATION_CHOICE.search(source):
            return rf"(?:\s+|(?=[{_PUNCTUATION}]))"
        return r"(?:\s+|(?<=')\s*)" if elided else r"\s+"

    def _element(self, char: str) -> tuple[str, list[tuple[str, ...]]]:
        if char == "(":
            return self._group()
        if char == "[":
            self.at += 1
            source, _ = self._alternatives("]")
            return source, []
        if char == "{":
            return self._slot()
        if char == "…":
            self.at += 1
            return _GAP, []
        end = self.at
        while end < len(self.notation) and not self.notation[end].isspace() and self.notation[end] not in "()[]{}|…":
            end += 1
        word = self.notation[self.at : end]
        self.at = end
        return re.escape(word.lower()), [(word,)] if len(word) > 2 else []

    def _group(self) -> tuple[str, list[tuple[str, ...]]]:
        opening = self.at
        self.at += 1
        # "({date})" is a printed parenthesis around a slot; a choice has a bar or is only words.
        source, words = self._alternatives(")")
        inner = self.notation[opening + 1 : self.at - 1]
        if inner.startswith("{") and "|" not in inner:
            return rf"\(\s*{source}\s*\)", [("(",)]
        return source, [words] if words else []

    def _alternatives(self, closer: str) -> tuple[str, tuple[str, ...]]:
        branches: list[str] = []
        words: list[str] = []
        certain = True
        while True:
            source, literals = self._sequence(closer + "|")
            branches.append(source)
            if literals:
                words.append(max(literals[0], key=len) if len(literals[0]) == 1 else "")
                certain = certain and len(literals[0]) == 1
            else:
                certain = False
            if self.at >= len(self.notation):
                self._fail(f"“{closer}” is missing")
            char = self.notation[self.at]
            self.at += 1
            if char == closer:
                break
            if char != "|":
                self._fail(f"“{char}” is out of place")
        source = branches[0] if len(branches) == 1 else "|".join(branches)
        return f"(?:{source})", tuple(words) if certain else ()

    def _slot(self) -> tuple[str, list[tuple[str, ...]]]:
        end = self.notation.find("}", self.at)
        if end < 0:
            self._fail("“}” is missing")
        name = self.notation[self.at + 1 : end]
        if name not in self.slots:
            self._fail(f"there is no slot “{name}”; slots are {', '.join(sorted(self.slots))}")
        self.at = end + 1
        self.cased = self.cased or CASED in self.slots[name]
        needles = [self.needles[name]] if name in self.needles else []
        if name in self.used:
            return f"(?:{self.slots[name]})", needles
        self.used.add(name)
        return f"(?P<{name}>{self.slots[name]})", needles
