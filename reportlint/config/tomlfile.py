"""TOML with the line of every key, which ``tomllib`` does not provide."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlint.errors import Mistake, UnreadableInput
from reportlint.knowledge.data_file import MAX_CONFIGURATION, Keys, read_limited

_ERROR_PLACE = re.compile(r"(?P<what>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)")
_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_BARE = r'(?:[\w-]+|"[^"\n]*"|\'[^\'\n]*\')'
_KEY = re.compile(rf"\s*(?P<name>{_BARE}(?:\s*\.\s*{_BARE})*)\s*=")
_PART = re.compile(_BARE)
_LINE_END = re.compile(r"\r?\n")
_TOKENS = re.compile(r"'''|\"\"\"|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|#[^\n]*|[\[\]{}]")

_DEEPEST = 12
_LONGEST_NUMBER = 100
_LONGEST_LINE = 10_000  # the search for keys in longer lines would take too long
_LIMITED = re.compile(
    rf"(?P<key>{_BARE}(?:[ \t]*\.[ \t]*{_BARE}){{{_DEEPEST},}}+)"
    rf"|(?P<number>-?\d\w{{{_LONGEST_NUMBER},}})"
    # Words, strings and comments, which may contain brackets.
    r"""|[\w-]++|\'{3}.*?\'{3}|"{3}(?:\\.|[^\\])*?"{3}|"(?:\\.|[^"\\\n])*+"|'[^'\n]*+'|\#[^\n]*+|[\[\]{}]""",
    re.DOTALL,
)


@dataclass
class TomlFile:
    """A parsed file. ``lines`` maps a path of keys to the line where it is set (1-based)."""

    path: str
    value: dict[str, Any] = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def line(self, keys: Keys) -> int:
        """Return the line of ``keys``, or of the nearest parent whose line is known."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def mistake(self, keys: Keys, message: str) -> Mistake:
        return Mistake(self.path, self.line(keys), 1, message)

    key_mistake = mistake


def read_toml(path: Path, name: str | None = None) -> TomlFile:
    """Read a file, called ``name`` in messages. Errors are collected in ``mistakes``, not raised."""
    file = TomlFile(name or path.as_posix())
    try:
        text = read_limited(path, MAX_CONFIGURATION)
    except UnreadableInput as error:
        file.mistakes.append(Mistake(file.path, 1, 1, str(error.message)))
        return file
    if excess := _excess(text):
        position, what = excess
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
        file.mistakes.append(Mistake(file.path, line, column, what))
        return file
    try:
        file.value = tomllib.loads(text)
    except (ValueError, RecursionError, MemoryError) as error:
        file.mistakes.append(_syntax_mistake(str(error), text, file.path))
        return file
    for keys, line in _lines(text):
        file.lines.setdefault(keys, line)
    return file


def _syntax_mistake(error: str, text: str, path: str) -> Mistake:
    place = _ERROR_PLACE.fullmatch(error)
    if place:
        return Mistake(path, int(place["line"]), int(place["column"]), f"not valid TOML: {place['what']}")
    return Mistake(path, text.rstrip().count("\n") + 1, 1, f"not valid TOML: {error}")  # at the end of the file


def _excess(text: str) -> tuple[int, str] | None:
    """Return the first position of a text that would overtax the parser or its callers, and what it is.

    Otherwise a value is nested at most ``_DEEPEST`` times in brackets, each time with at most as many dotted keys.
    """
    depth = 0
    for match in _LIMITED.finditer(text):
        token = match.group()
        if match.lastgroup == "key":
            return match.start(), f"a key of more than {_DEEPEST} parts"
        if match.lastgroup == "number":
            return match.start(), f"a number of more than {_LONGEST_NUMBER} digits"
        depth += (token in ("[", "{")) - (token in ("]", "}"))
        if depth > _DEEPEST:
            return match.start(), f"values nested more than {_DEEPEST} deep"
    return None


def _lines(text: str) -> Iterator[tuple[Keys, int]]:
    """Yield each key of a valid TOML text with its line."""
    table: Keys = ()
    counts: dict[Keys, int] = {}
    open_value = _OpenValue()
    for number, line in enumerate(_LINE_END.split(text), 1):
        start = 0
        if not open_value:
            is_searched = len(line) <= _LONGEST_LINE
            if is_searched and (header := _HEADER.match(line)):
                *above, last = _parts(header["name"])
                table = ()
                for part in above:
                    table = _in_array((*table, part), counts)
                table = (*table, last)
                if header["open"] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    yield table, number
                yield _in_array(table, counts), number
                table = _in_array(table, counts)
                continue
            if is_searched and (key := _KEY.match(line)):
                yield (*table, *_parts(key["name"])), number
                start = key.end()
        open_value.read(line, start)


def _in_array(keys: Keys, counts: dict[Keys, int]) -> Keys:
    """Return the path of the last table if ``keys`` is an array of tables; otherwise ``keys``."""
    return (*keys, counts[keys]) if keys in counts else keys


def _parts(name: str) -> Keys:
    return tuple(part.strip("\"'") for part in _PART.findall(name))


class _OpenValue:
    """Tracks values that span lines: true inside an open bracket or a triple-quoted string."""

    def __init__(self) -> None:
        self.depth, self.quote = 0, ""

    def __bool__(self) -> bool:
        return bool(self.depth or self.quote)

    def read(self, line: str, position: int) -> None:
        while True:
            if self.quote:
                end = line.find(self.quote, position)
                if end < 0:
                    return
                position, self.quote = end + 3, ""
            match = _TOKENS.search(line, position)
            if match is None:
                return
            position, token = match.end(), match.group()
            if token in ("'''", '"""'):
                self.quote = token
            elif token in "[{":
                self.depth += 1
            elif token in "]}":
                self.depth -= 1
