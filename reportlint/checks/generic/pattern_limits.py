"""The limits of the patterns and word lists in cards, verified before they are compiled.

A pattern such as ``(a{1000}){1000}`` takes gigabytes, and neither the time nor the memory for compiling it can be
limited in this process. So the source is inspected: the result is an upper bound of the size of the compiled pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import prod

MAX_PATTERN = 10_000
MAX_WORDS = 200_000
_MAX_SIZE = 100_000
_MAX_DEPTH = 50
_RECURSION = re.compile(r"\(\?(?:R|\d+|&\w+|P>\w+)\)")
# Flags under which white space, comments and nested sets are read in another way than below.
_OTHER_SYNTAX = re.compile(r"\(\?[a-zA-Z0-9-]*(?:x|V1)")
_COUNT = re.compile(r"\{(?P<least>\d*)(?:,(?P<most>\d*))?\}")
_TOKEN = re.compile(
    rf"(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*+\])|(?P<open>\()|(?P<close>\))|(?P<count>{_COUNT.pattern})"
    r"|(?P<char>.)",
    re.DOTALL,
)


def excess_of(pattern: str) -> str:
    """Return why a pattern is not compiled, such as "is too long"; empty if it is within all limits."""
    if len(pattern) > MAX_PATTERN:
        return f"is too long: {len(pattern)} characters, at most {MAX_PATTERN}"
    if _RECURSION.search(pattern):
        return "refers to itself, which may need unlimited memory"
    size, depth = _size(pattern)
    if depth > _MAX_DEPTH:
        return f"nests groups more than {_MAX_DEPTH} deep"
    return "repeats too much: reduce the numbers in braces" if size > _MAX_SIZE else ""


def excess_of_words(words: Iterable[str]) -> str:
    """Return why a list of words is not compiled; empty if it is within the limit."""
    total = sum(map(len, words))
    return f"too many words: {total} characters in all, at most {MAX_WORDS}" if total > MAX_WORDS else ""


def _size(pattern: str) -> tuple[int, int]:
    """Return the number of items if counted repetitions are written out (an upper bound), and the depth of groups."""
    total, last, depth = 0, 0, 0  # the size of the current group, and that of its last item
    above: list[int] = []
    is_balanced = True
    for token in _TOKEN.finditer(pattern):
        if token["open"]:
            above.append(total)
            total = last = 0
            depth = max(depth, len(above))
        elif token["close"]:
            is_balanced = is_balanced and bool(above)
            last = max(total, 1)
            total = (above.pop() if above else 0) + last
        elif token["count"]:
            total += last * (_number(token) - 1)
            last *= _number(token)
        elif not (token["char"] or "").isspace():
            last = 1
            total += 1
        else:
            total += 1  # a count after white space applies to the item before, if white space is ignored
    if _OTHER_SYNTAX.search(pattern) or not is_balanced:
        return len(pattern) * prod(map(_number, _COUNT.finditer(pattern))), depth
    return total, depth


def _number(count: re.Match[str]) -> int:
    """Return the largest number of a counted repetition; at least 1."""
    numbers = (count["least"], count["most"])
    # Nine digits exceed every limit.
    return max(1, *(int((number or "").lstrip("0")[:9] or "0") for number in numbers))
