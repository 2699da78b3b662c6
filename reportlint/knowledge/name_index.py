"""Leftmost-longest search for many proper names at once, without compiling a pattern of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_LETTERS = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
_CAPITALISED = re.compile(rf"[A-Z\u00c0-\u00de\u0160\u0178\u017d\u0400-\u042f][{_LETTERS}]*")


class Name(NamedTuple, Generic[T]):
    """A name to look for.

    ``after``: only directly after one of these words and a space (in any case). ``person``: not where a space
    and a capital letter follow, because it is a person's first name too. ``value``: whatever it stands for.
    """

    text: str
    value: T
    after: tuple[str, ...] = ()
    person: bool = False


class Found(NamedTuple, Generic[T]):
    """A name found at ``start:end``; ``attributive``: a space and a capital letter follow ("Iran Air")."""

    start: int
    end: int
    value: T
    attributive: bool


class NameIndex(Generic[T]):
    """Finds names in text by the first capitalised word of each.

    A name may begin with words in small letters; the very first letter may then be a capital in the text
    (beginning of a sentence). Everything else is matched exactly. A name ends where its word ends: a hyphen
    and a letter go on with the word, an apostrophe or the digits of a footnote mark do not.
    """

    def __init__(self, names: Iterable[Name[T]]) -> None:
        """Index ``names``.

        Raises:
            ValueError: a name has no capital letter.
        """
        entries: dict[str, list[tuple[str, Name[T]]]] = {}
        for name in names:
            found = _CAPITALISED.search(name.text)
            if found is None:
                raise ValueError(f"a name without a capital letter: {name.text!r}")
            entries.setdefault(found.group(), []).append((name.text[: found.start()], name))
        for same in entries.values():
            same.sort(key=lambda entry: len(entry[1].text), reverse=True)
        self._entries = entries

    def find(self, text: str) -> Iterator[Found[T]]:
        """The names in ``text``, from left to right, without overlap, the longest first."""
        done = 0
        entries = self._entries
        if entries.keys().isdisjoint(_capitalised(text)):
            return  # most texts name nobody
        for word in _CAPITALISED.finditer(text):
            candidates = entries.get(word.group())
            if candidates is None or word.start() < done:
                continue
            for prefix, name in candidates:
                start = word.start() - len(prefix)
                if start < done or not text.startswith(name.text[len(prefix) :], word.start()):
                    continue
                if prefix and not _same_but_first(text[start : word.start()], prefix):
                    continue
                end = start + len(name.text)
                attributive = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
                if not _is_whole(text, start, end) or (name.person and attributive):
                    continue
                if name.after and not any(_follows(text, start, before) for before in name.after):
                    continue
                yield Found(start, end, name.value, attributive)
                done = end
                break


@lru_cache(maxsize=1)
def _capitalised(text: str) -> frozenset[str]:
    """The capitalised words of a text, in which one index after the other is asked for its names."""
    return frozenset(_CAPITALISED.findall(text))


def _same_but_first(text: str, prefix: str) -> bool:
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
