"""Leftmost-longest search for many proper names at once, without compiling a pattern."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Set
from typing import Generic, NamedTuple, TypeVar

from reportlint.document.letters import UPPER

T = TypeVar("T")

_CAPITALISED = re.compile(rf"[{UPPER}][^\W\d_]*")


class WordPlaces:
    """The offsets of some capitalised words in a text, in order, each with the word. A long draft has very many."""

    __slots__ = ("_offsets", "_words")

    def __init__(self, words: Set[str], text: str) -> None:
        """Find ``words`` in ``text``."""
        self._offsets = array("I")
        self._words: list[str] = []
        found: dict[str, str] = {}
        for match in _CAPITALISED.finditer(text):
            word = match.group()
            if word in words:
                self._offsets.append(match.start())
                self._words.append(found.setdefault(word, word))

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return zip(self._offsets, self._words, strict=True)


class Name(NamedTuple, Generic[T]):
    """A name to search for, with the ``value`` it stands for.

    ``after``: if given, the name counts only directly after one of these words and a space (case-insensitive).
    ``person``: the name is also a first name, so it does not count before a space and a capital letter.
    """

    text: str
    value: T
    after: tuple[str, ...] = ()
    person: bool = False


class IndexMatch(NamedTuple, Generic[T]):
    """A name at ``start:end`` of a text. ``attributive``: a space and a capital letter follow ("Iran Air")."""

    start: int
    end: int
    value: T
    attributive: bool


class _Candidates(NamedTuple, Generic[T]):
    """The names with the same first capitalised word, the longest first.

    ``entries`` holds each name in two parts: what is before the word, and the rest, which begins with it. ``rests`` are
    these rests.
    """

    rests: tuple[str, ...]
    entries: tuple[tuple[str, str, Name[T]], ...]


class NameIndex(Generic[T]):
    """An index that finds names in a text by the first capitalised word of each name.

    Names match exactly, with one exception: the first letter of a name that begins with a lower-case word may be a
    capital in the text (at the start of a sentence). Names match whole words only. A hyphen and a letter continue a
    word; an apostrophe or the digits of a footnote mark do not.
    """

    def __init__(self, names: Iterable[Name[T]]) -> None:
        """Index ``names``.

        Raises:
            ValueError: a name has no capital letter.
        """
        names_of: dict[str, list[Name[T]]] = {}
        for name in names:
            match = _CAPITALISED.search(name.text)
            if match is None:
                raise ValueError(f"a name without a capital letter: {name.text!r}")
            names_of.setdefault(match.group(), []).append(name)
        self._names_of = names_of
        self._candidates: dict[str, _Candidates[T]] = {}

    @property
    def words(self) -> Set[str]:
        """The first capitalised words of the names."""
        return self._names_of.keys()

    def find(self, text: str, places: WordPlaces | None = None) -> Iterator[IndexMatch[T]]:
        """Yield the names in ``text`` from left to right, the longest at each place, without overlap.

        ``places`` are those of the words of this index, and perhaps of others, so that several indexes can share one
        scan of a text. Without them, the text is scanned.
        """
        done = 0
        for position, word in WordPlaces(self.words, text) if places is None else places:
            if position < done or word not in self._names_of:
                continue
            candidates = self._candidates.get(word) or self._split(word)
            if not text.startswith(candidates.rests, position):
                continue
            for prefix, rest, name in candidates.entries:
                start = position - len(prefix)
                if start < done or not text.startswith(rest, position):
                    continue
                if prefix and not _same_except_first_case(text[start:position], prefix):
                    continue
                end = start + len(name.text)
                attributive = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
                if not _is_whole(text, start, end) or (name.person and attributive):
                    continue
                if name.after and not any(_follows(text, start, before) for before in name.after):
                    continue
                yield IndexMatch(start, end, name.value, attributive)
                done = end
                break

    def _split(self, word: str) -> _Candidates[T]:
        """Split the names with this first capitalised word. A draft contains few of these words."""
        names = sorted(self._names_of[word], key=lambda name: len(name.text), reverse=True)
        starts = [name.text.index(word) for name in names]
        entries = [(name.text[:start], name.text[start:], name) for name, start in zip(names, starts, strict=True)]
        candidates = _Candidates(tuple(rest for _, rest, _ in entries), tuple(entries))
        self._candidates[word] = candidates
        return candidates


def _same_except_first_case(text: str, prefix: str) -> bool:
    return text == prefix or (text[1:] == prefix[1:] and text[:1].lower() == prefix[:1])


def _follows(text: str, start: int, before: str) -> bool:
    begin = start - len(before) - 1
    return (
        begin >= 0
        and text[begin:start].lower() == before.lower() + " "
        and not (begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] == "-"))
    )


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and (before[-1].isalnum() or before[-1] == "_"):
        return False
    if len(before) == 2 and before[1] == "-" and before[0].isalnum():
        return False
    if after and (after[0].isalpha() or after[0] == "_"):
        return False
    return not (len(after) == 2 and after[0] == "-" and after[1].isalnum())
