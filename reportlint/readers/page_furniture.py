"""Finds the furniture of pages, which is not part of the text: running heads and feet, page numbers, notes at feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from reportlint.document import Span
from reportlint.readers.line_ranges import Lines, is_blank
from reportlint.readers.text_lines import ends_in_page

_SYMBOL = re.compile(r"[\w.()*-]+(?:/[\w.()*-]+)+")
_PAGE_NUMBER = re.compile(r"[-–—]?\s?(?:\d{1,4}|[ivxl]{1,6})\s?[-–—]?")
# Job numbers of the print shop ("GE.20-02503(E)") and remains of bar codes (private use characters only).
_JOB_NUMBER = re.compile(r"(?:\d{1,4}\s+)?[A-Z]{1,3}\.\d\d-\d{5} ?(?:\([A-Z]\))?[\d ]*|[\ue000-\uf8ff\s]+")
_NOTE = re.compile(r"(\d{1,3})(?:\t| {2,})\s*(?=\S)")
_REPEATED = 3
_EDGE = 3
_MOST_PAGES = 3
_LONGEST_FURNITURE = 120
_RULE = re.compile(r"[-_*=—–]{3,}$")
# A number or symbol between blank lines, in bold or as a heading or not.
_ALONE = re.compile(r"\n\n[ \t]*[*_#]{0,6}[ \t]?([\w.()/-]{1,40})[*_]{0,3}[ \t]*(?=\n[ \t]*\n)")
_SYMBOL_ALONE = re.compile(r"[A-Z]\w*(?:/[\w.()-]+)+")
_FEWEST_PAGES = 3
_MOST_PAGES_SKIPPED = 2
_STARTS = 4


def furniture_between_blanks(text: str) -> frozenset[int]:
    """Return the offsets of the lines that a converter copied from the heads and feet of pages.

    These are page numbers alone on their lines, if at least three count up, and recurring symbols beside them. Such a
    symbol is a running head wherever it stands alone after its first place, which is in the masthead.
    """
    alone: list[tuple[int, str]] = []
    numbers: list[tuple[int, int]] = []
    for match in _ALONE.finditer(text):
        word = match.group(1)
        if word.isdecimal():
            numbers.append((len(alone), int(word)))
        elif not _SYMBOL_ALONE.fullmatch(word):
            continue
        alone.append((match.start() + 2, word))
    pages = max((_counting_up(numbers[start:]) for start in range(min(len(numbers), _STARTS))), key=len, default=[])
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    counts = Counter(word for _, word in alone)
    found = {alone[index][0] for index in pages}
    for index in pages:
        for beside in (index - 1, index + 1):
            if (
                0 <= beside < len(alone)
                and counts[alone[beside][1]] >= _FEWEST_PAGES
                and _near(text, alone, index, beside)
            ):
                found.add(alone[beside][0])
    heads = {word for start, word in alone if start in found and not word.isdecimal()}
    return frozenset(found).union(start for start, word in alone if word in heads and text.index(word) < start)


def _counting_up(numbers: Sequence[tuple[int, int]]) -> list[int]:
    """Return the indexes of the numbers that count up from the first, by one or two."""
    chain: list[int] = []
    last = 0
    for index, value in numbers:
        if not chain or 0 < value - last <= _MOST_PAGES_SKIPPED:
            chain.append(index)
            last = value
    return chain


def _near(text: str, alone: Sequence[tuple[int, str]], index: int, beside: int) -> bool:
    """Return whether only blank lines stand between two lines."""
    first, second = sorted((index, beside))
    start, word = alone[first]
    return not text[text.index(word, start) + len(word) : alone[second][0]].strip("*_# \t\n")


def running_heads(text: str, lines: Lines, pages: Sequence[Sequence[int]]) -> set[int]:
    """Return the numbers of the lines that are running heads, running feet or page numbers.

    A line repeated at the edge of pages may belong to the text. It is a running head only if it is set off by a
    blank line or appears on at least a third of the pages.
    """
    if len(pages) == 1:
        return _loose_furniture(text, lines)
    heads = {
        number: head_of(text, *lines[number]) for page in pages for number in (*page[:_EDGE], *page[: -_EDGE - 1 : -1])
    }
    counts = Counter(head for head in heads.values() if head)
    furniture = {number for number, head in heads.items() if head == ""}
    for page in islice(pages, 1, None):
        for edge, step in ((page[:_EDGE], 1), (page[: -_EDGE - 1 : -1], -1)):
            run = list(takewhile(lambda number: number in furniture or counts[heads[number]] >= _REPEATED, edge))
            while run and not (is_blank(lines, run[-1] + step) or counts[heads[run[-1]]] * _MOST_PAGES >= len(pages)):
                run.pop()
            furniture.update(run)
    return furniture


def is_printers_line(text: str, start: int, end: int) -> bool:
    """Return whether a line is a rule or a job number."""
    return bool(_RULE.match(text, start, end) or _JOB_NUMBER.fullmatch(text, start, end))


def _loose_furniture(text: str, lines: Lines) -> set[int]:
    """Return the running heads and feet of a text without form feeds.

    These are isolated numbers, isolated document symbols that recur, and groups of page numbers, job numbers and
    symbols set off by blank lines.
    """
    furniture: set[int] = set()
    symbols: Counter[str] = Counter()
    isolated: list[tuple[int, str]] = []
    for group in _groups(lines):
        if len(group) > _EDGE:
            continue
        words = [" ".join(text[slice(*lines[number])].split()) for number in group]
        if any(len(word) > _LONGEST_FURNITURE for word in words):
            continue
        kinds = [_furniture_kind(word) for word in words]
        if all(kinds) and "page" in kinds:
            furniture.update(group)
        symbols.update(word for word, kind in zip(words, kinds, strict=True) if kind == "symbol")
        if len(group) == 1 and kinds == ["symbol"]:
            isolated.append((group[0], words[0]))
    seen: set[str] = set()
    for number, word in isolated:
        if word in seen and symbols[word] >= _REPEATED:
            furniture.add(number)
        seen.add(word)
    return furniture


def _groups(lines: Lines) -> Iterator[range]:
    """Yield the numbers of the lines between blank lines."""
    first = 0
    for number, (start, end) in enumerate(lines):
        if start == end:
            if first < number:
                yield range(first, number)
            first = number + 1
    if first < len(lines):
        yield range(first, len(lines))


def _furniture_kind(line: str) -> str:
    """Return "page" for a page or job number, with a symbol beside it or not, "symbol" for a symbol, else ""."""
    if line.isdecimal() or _JOB_NUMBER.fullmatch(line):
        return "page"
    words = line.split()
    if len(words) == 2 and sum(map(str.isdecimal, words)) == 1 and any(map(_SYMBOL.fullmatch, words)):
        return "page"
    return "symbol" if _SYMBOL.fullmatch(line) else ""


def head_of(text: str, start: int, end: int) -> str:
    """Return a line without its page number, for comparison with other pages; "" if it is only a page number."""
    if end - start > _LONGEST_FURNITURE:
        return text[start:end]
    words = text[start:end].split()
    if _PAGE_NUMBER.fullmatch(" ".join(words)):
        return ""
    if words[-1].isdecimal():
        words.pop()
    elif words[0].isdecimal():
        del words[0]
    return " ".join(words)


def notes_at_feet(
    text: str, lines: Lines, pages: Sequence[Sequence[int]], dropped: set[int]
) -> dict[int, tuple[Span, int]]:
    """Return the lines that begin a footnote at the foot of a page, with its label and the offset of its words.

    Footnotes are set off from the text and numbered in sequence.
    """
    notes: dict[int, tuple[Span, int]] = {}
    expected = 1
    for page in pages if len(pages) > 1 else ():
        foot = [number for number in page if number not in dropped]
        start = len(foot) - 1
        while start > 0 and foot[start - 1] == foot[start] - 1:
            start -= 1
        for number in foot[max(start, 0) :] if start > 0 else ():
            first, last = lines[number]
            match = _NOTE.match(text, first, last)
            if match and int(match[1]) == expected and not ends_in_page(text, match.end(), last):
                notes[number] = Span(match.start(), match.end(1)), match.end()
                expected += 1
            elif number == foot[start]:
                break
    return notes
