"""Compiles the phrases of a lexicon, which editors write, to patterns.

The notation: words match as written; a space matches any white space; ``(a|b)`` matches one of the alternatives;
``[x]`` is optional; ``…`` matches any words of the same sentence; ``{slot}`` matches a slot; a leading ``^`` matches
the beginning of a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from reportlint.document.cached import cached_property

# "“" has a lookahead of its own, because sets with characters beyond Latin-1 are slow to compile. The texts searched
# are in lower case, or case does not count, so that any letter may begin a sentence.
_GAP = r"(?:[^.;:]|\.(?![ ](?:[^\W\d_]|[«\"]))(?![ ]“)){0,200}?"
_PUNCTUATION = ",;.:)"
_NONE: Mapping[str, Any] = MappingProxyType({})
_LITERAL = re.compile(r"[^\s()\[\]{}|…]+")
# In a text longer than this, one place is searched directly: scanning the whole text for needles would take longer.
_LONG = 5_000
CASED = "(?-i:"
"""The opening of a case-sensitive group in the pattern of a slot."""
_FIRST_LETTER = re.compile(r"(.)\(\?<!\\w\1\)")  # of a word that begins a phrase
_ELISION = re.compile(r"'(?:[|)]|$)")  # an alternative that ends with an apostrophe: "(de|d')"
_PUNCTUATION_CHOICE = re.compile(rf"^\(\?:(?:.*\|)?\\?[{_PUNCTUATION}]")


class PhraseError(ValueError):
    """A phrase is malformed. The message quotes it and names the character at fault."""


def lower_case(text: str) -> str:
    """Return ``text`` in lower case with the same length, so that offsets are valid in both texts."""
    lower = text.lower()
    if lower == text:
        return text  # not another object
    # U+0130, "I" with a dot, is the only letter that becomes two characters.
    return lower if len(lower) == len(text) else "".join(char.lower()[0] for char in text)


class Match:
    """A match of a phrase. It returns the words of the original text, even if the search used the lower-case text."""

    __slots__ = ("_match", "string")

    def __init__(self, match: re.Match[str], text: str) -> None:
        self._match, self.string = match, text

    def start(self, group: str | int = 0) -> int:
        return self._match.start(group)

    def end(self, group: str | int = 0) -> int:
        return self._match.end(group)

    def span(self, group: str | int = 0) -> tuple[int, int]:
        return self._match.span(group)

    @property
    def lastgroup(self) -> str | None:
        return self._match.lastgroup

    def __getitem__(self, group: str | int) -> str:
        """Return the words of a slot, or of the whole match for 0; "" if the slot is absent."""
        start, end = self._match.span(group)
        return self.string[start:end] if start >= 0 else ""

    def group(self) -> str:
        return self[0]


@dataclass(frozen=True)
class Phrase:
    """A phrase. Its pattern is compiled when first needed.

    ``needles`` are sets of lower-case words, in the order of the phrase. Every match contains a word of each set in
    this order, so a text without them is not searched. ``openings`` are the lower-case words with which a match can
    begin; empty if it may begin with anything else. ``cased``: one of the slots is case-sensitive. All other phrases
    are searched in lower-case text, because a case-insensitive pattern takes three times as long to compile.
    """

    notation: str
    source: str
    needles: tuple[tuple[str, ...], ...]
    cased: bool = False
    openings: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source, re.IGNORECASE if self.cased else 0)

    @property
    def is_compiled(self) -> bool:
        return "pattern" in self.__dict__

    @cached_property
    def begins_with_gap(self) -> bool:
        """Whether any words may come first. Matching at a place then searches the sentence."""
        return self.notation.startswith("…")

    @cached_property
    def by_rarity(self) -> tuple[tuple[str, ...], ...]:
        """The sets of needles, those with long words first: they are rarer."""
        return tuple(sorted(self.needles, key=lambda words: -min(map(len, words))))

    def may_occur(self, folded: str, start: int = 0, end: int | None = None) -> bool:
        """Return whether ``folded[start:end]`` of a lower-case text contains the needles of the phrase, in order."""
        # Plain loops: a generator for each phrase and passage would cost more than the search.
        if len(folded) <= _LONG:
            for words in self.by_rarity:
                for word in words:
                    if word in folded:
                        break
                else:
                    return False
            if not start and (end is None or end >= len(folded)) and (len(self.needles) < 2 or self.is_compiled):
                return True
        for words in self.needles:
            nearest = -1
            for word in words:
                offset = folded.find(word, start, end)
                if offset >= 0 and (nearest < 0 or offset + len(word) < nearest):
                    nearest = offset + len(word)
            if nearest < 0:
                return False
            start = nearest
        return True


class Readable(Protocol):
    """A passage to search, with its lower-case text (:func:`lower_case`) cached for all phrases."""

    @property
    def text(self) -> str: ...

    @property
    def folded(self) -> str: ...


@dataclass(frozen=True)
class PhraseFamily:
    """The phrases of one language that express the same thing."""

    phrases: tuple[Phrase, ...] = ()

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """One set of needles of each phrase, merged. A text without any of these words contains no phrase.

        A word that contains another one ("figures", "figure") is left out.
        """
        sets = [phrase.by_rarity[0] if phrase.needles else ("",) for phrase in self.phrases]
        merged = dict.fromkeys(word for words in sets for word in words)
        text = "\n".join(merged)
        contained = [word for word in merged if text.count(word) > 1]
        return tuple(word for word in merged if not any(other in word for other in contained if other != word))

    @cached_property
    def _by_word(self) -> tuple[tuple[str, Phrase], ...]:
        """The phrases, each after its longest word; "" if no single word is in every match."""
        words = ((words[0] for words in phrase.by_rarity if len(words) == 1) for phrase in self.phrases)
        return tuple((next(longest, ""), phrase) for longest, phrase in zip(words, self.phrases, strict=True))

    @cached_property
    def _openings(self) -> tuple[str, ...]:
        """The lower-case words with which a match can begin; empty if it may begin with anything else."""
        if all(phrase.openings for phrase in self.phrases):
            return tuple(dict.fromkeys(word for phrase in self.phrases for word in phrase.openings))
        return ()

    @cached_property
    def _initials(self) -> frozenset[str]:
        """The lower-case characters with which a match can begin; empty if it may begin with anything else."""
        openings = self._openings
        return frozenset(word[0] for word in openings) if all(openings) else frozenset()

    def may_occur(self, passage: Readable) -> bool:
        """Return whether a passage may contain one of the phrases. This is a fast filter."""
        folded = passage.folded
        return any(word in folded for word in self.needles)

    def _possible(self, folded: str, start: int, end: int) -> Sequence[Phrase]:
        """Return the phrases that a lower-case text may contain in ``folded[start:end]``."""
        # Most texts contain none, so the merged needles are checked first, but not where one place is searched.
        if len(folded) > _LONG:
            return [phrase for phrase in self.phrases if phrase.may_occur(folded, start, end)]
        for word in self.needles:
            if word in folded:
                break
        else:
            return ()
        possible = []
        for longest, phrase in self._by_word:
            if longest in folded and phrase.may_occur(folded, start, end):
                possible.append(phrase)
        return possible

    def finditer(self, passage: Readable | str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """Yield all matches in ``text[start:end]``, in order.

        Of overlapping matches, the first is kept; of those that begin together, the longest.
        """
        text, folded = (passage, lower_case(passage)) if isinstance(passage, str) else (passage.text, passage.folded)
        limit = len(text) if end is None else end
        possible = self._possible(folded, start, limit)
        if not possible:
            return iter(())
        matches: list[re.Match[str]] = []
        for phrase in possible:
            matches += phrase.pattern.finditer(text if phrase.cased else folded, start, limit)
        return (Match(match, text) for match in (_without_overlap(matches) if len(matches) > 1 else matches))

    def search(self, passage: Readable | str, start: int = 0, end: int | None = None) -> Match | None:
        """Return the first match in ``text[start:end]``."""
        text, folded = (passage, lower_case(passage)) if isinstance(passage, str) else (passage.text, passage.folded)
        limit = len(text) if end is None else end
        best: re.Match[str] | None = None
        for phrase in self._possible(folded, start, limit):
            match = phrase.pattern.search(text if phrase.cased else folded, start, limit)
            if match and (best is None or match.start() < best.start()):
                best = match
        return Match(best, text) if best else None

    def match_at(self, passage: Readable | str, position: int) -> Match | None:
        """Return the longest match that begins at ``position`` or after spaces there."""
        text = passage if isinstance(passage, str) else passage.text
        while text.startswith(" ", position):
            position += 1
        # True of most places, and found without the whole text in lower case.
        if self._initials and text[position : position + 1].lower()[:1] not in self._initials:
            return None
        folded = lower_case(passage) if isinstance(passage, str) else passage.folded
        if self._openings and not folded.startswith(self._openings, position):
            return None
        best: re.Match[str] | None = None
        is_long = len(folded) > _LONG
        for longest, phrase in self._by_word:
            if phrase.openings and not folded.startswith(phrase.openings, position):
                continue
            if not is_long and longest not in folded:
                continue
            # Compiling a pattern, or a gap, takes much longer than the needles; matching at one place does not.
            may_be_slow = phrase.begins_with_gap or not phrase.is_compiled
            if may_be_slow and not is_long and not phrase.may_occur(folded, position):
                continue
            match = phrase.pattern.match(text if phrase.cased else folded, position)
            if match and (best is None or match.end() > best.end()):
                best = match
        return Match(best, text) if best else None


def skip_spaces(text: str, position: int) -> int:
    """Return the first offset at or after ``position`` that has no space."""
    while position < len(text) and text[position] == " ":
        position += 1
    return position


def _without_overlap(matches: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    matches.sort(key=lambda match: (match.start(), -match.end()))
    end = -1
    for match in matches:
        if match.start() >= end:
            end = match.end()
            yield match


def _any_of(branches: Sequence[str]) -> str:
    """Return a pattern that matches any of several patterns and tries the first ones first.

    If each begins with a letter, those with the same letter stand together behind it: the engine skips them together.
    """
    by_letter: dict[str, list[str]] = {}
    for branch in branches:
        first = _FIRST_LETTER.match(branch)
        if first is None:
            return "|".join(branches)
        by_letter.setdefault(first.group(), []).append(branch[first.end() :])
    return "|".join(
        first + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})") for first, rests in by_letter.items()
    )


def compile_phrase(
    notation: str,
    slots: Mapping[str, str],
    needles: Mapping[str, tuple[str, ...]] = _NONE,
    initials: Mapping[str, str] = _NONE,
) -> Phrase:
    """Compile a phrase from its notation.

    ``slots`` maps each slot name to its pattern. ``needles`` maps some slot names to words; every match of the slot
    contains one of them. ``initials`` maps some slot names to a set of letters and digits, with which every match of
    the slot begins.

    Raises:
        PhraseError: brackets are unbalanced or a slot is unknown.
    """
    parser = _Parser(notation, slots, needles, initials)
    source, phrase_needles = parser.whole()
    openings = () if parser.at_start or notation.startswith("^") else tuple(parser.openings)
    return Phrase(notation, source, phrase_needles, parser.cased, openings)


def pack_phrase(phrase: Phrase) -> list[Any]:
    """Return a compiled phrase as JSON can store it."""
    return [phrase.notation, phrase.source, phrase.needles, phrase.cased, phrase.openings]


def unpack_phrase(packed: Sequence[Any]) -> Phrase:
    """Return a phrase from its stored form."""
    notation, source, needles, cased, openings = packed
    return Phrase(notation, source, tuple(map(tuple, needles)), cased, tuple(openings))


class _Parser:
    def __init__(
        self,
        notation: str,
        slots: Mapping[str, str],
        needles: Mapping[str, tuple[str, ...]],
        initials: Mapping[str, str],
    ) -> None:
        self.notation, self.slots, self.needles, self.initials = notation, slots, needles, initials
        self.at = 0
        self.used: set[str] = set()
        self.cased = False
        self.at_start = True  # a match may begin with what comes next
        self.openings: list[str] = []
        self.has_boundary = True  # every word that may come first checks that no word continues before it

    def whole(self) -> tuple[str, tuple[tuple[str, ...], ...]]:
        anchored = self.notation.startswith("^")
        self.at = 1 if anchored else 0
        source, literals = self._sequence("")
        if self.at < len(self.notation):
            self._fail(f"unexpected “{self.notation[self.at]}”")
        head = r"\A\s*" if anchored else "" if self.has_boundary else r"(?:(?<!\w)|(?=[^\w\s]))"
        tail = r"(?:(?!\w)|(?<='))" if self.notation[-1:].isalnum() or self.notation[-1:] in ")]" else ""
        needles = tuple(tuple(word.lower() for word in words) for words in literals if all(words))
        return f"{head}{source}{tail}", needles

    def _fail(self, reason: str) -> None:
        raise PhraseError(f"phrase “{self.notation}”, character {self.at + 1}: {reason}")

    def _sequence(self, closers: str) -> tuple[str, list[tuple[str, ...]]]:
        """Parse elements up to one of ``closers``.

        Return the pattern and sets of words; every match contains a word of each set.
        """
        out: list[str] = []
        literals: list[tuple[str, ...]] = []
        spaced = False
        begun = False  # a required element has been written
        while self.at < len(self.notation) and self.notation[self.at] not in closers:
            char = self.notation[self.at]
            if char.isspace():
                spaced, self.at = True, self.at + 1
                continue
            if char in ")]|}" and char not in closers:
                break
            elided = bool(out) and _ELISION.search(out[-1]) is not None
            source, required = self._element(char)
            separator = self._separator(source, elided) if spaced else ""
            if out == [_GAP]:
                separator = r"(?:\s+|(?<!\S))"  # the gap may be empty before the first word
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
        if source == _GAP:
            return r"(?:(?<!\w)|(?!\w))\s*"  # the word before the gap is whole
        if stripped[:1] and stripped[0] in _PUNCTUATION:
            return r"\s*"
        if _PUNCTUATION_CHOICE.search(source):
            return rf"(?:\s+|(?=[{_PUNCTUATION}]))"
        return r"(?:\s+|(?<=')\s*)" if elided else r"\s+"

    def _element(self, char: str) -> tuple[str, list[tuple[str, ...]]]:
        if char == "(":
            return self._group()
        at_start, self.at_start = self.at_start, False
        if at_start and char in "[…":
            self.has_boundary = False
        if char == "[":
            self.at_start, self.at = at_start, self.at + 1
            source, _ = self._alternatives("]")
            self.at_start = at_start
            return source, []
        if at_start and char in "{…":
            self.openings.append("")  # anything
        if char == "{":
            return self._slot(at_start)
        if char == "…":
            self.at += 1
            return _GAP, []
        literal = _LITERAL.match(self.notation, self.at)
        word = literal.group() if literal else ""
        self.at += len(word)
        source = re.escape(word.lower())
        if at_start:
            self.openings.append(word.lower())
        if at_start and self.has_boundary and word[0].isalnum():
            # Letter first, then lookbehind: the engine skips to the letters that a match begins with.
            source = rf"{source[0]}(?<!\w{source[0]}){source[1:]}"
        elif at_start and (word[0].isalnum() or word[0] == "_"):  # nothing continues before punctuation
            self.has_boundary = False
        return source, [(word,)] if len(word) > 2 else []

    def _group(self) -> tuple[str, list[tuple[str, ...]]]:
        opening = self.at
        self.at += 1
        # "({date})" is a literal parenthesis around a slot; other groups are choices.
        source, words = self._alternatives(")")
        inner = self.notation[opening + 1 : self.at - 1]
        if inner.startswith("{") and "|" not in inner:
            return rf"\(\s*{source}\s*\)", [("(",)]
        return source, [words] if words else []

    def _alternatives(self, closer: str) -> tuple[str, tuple[str, ...]]:
        branches: list[str] = []
        words: list[str] = []
        certain = True
        at_start, is_still_at_start = self.at_start, False
        while True:
            self.at_start = at_start
            source, literals = self._sequence(closer + "|")
            if self.at_start:  # an empty alternative
                self.has_boundary, is_still_at_start = False, True
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
                self._fail(f"unexpected “{char}”")
        self.at_start = is_still_at_start
        return f"(?:{_any_of(branches)})", tuple(words) if certain else ()

    def _slot(self, at_start: bool) -> tuple[str, list[tuple[str, ...]]]:
        end = self.notation.find("}", self.at)
        if end < 0:
            self._fail("“}” is missing")
        name = self.notation[self.at + 1 : end]
        if name not in self.slots:
            self._fail(f"unknown slot “{name}” (known slots: {', '.join(sorted(self.slots))})")
        self.at = end + 1
        self.cased = self.cased or CASED in self.slots[name]
        needles = [self.needles[name]] if name in self.needles else []
        boundary = ""
        if at_start and self.has_boundary and name in self.initials:
            boundary = rf"(?={self.initials[name]})(?<!\w)"  # the set first: it rules out most characters
        elif at_start:
            self.has_boundary = False
        if name in self.used:
            return f"{boundary}(?:{self.slots[name]})", needles
        self.used.add(name)
        return f"{boundary}(?P<{name}>{self.slots[name]})", needles
