"""TOML with the line of every key, which the standard reader does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlint.knowledge.yamlfile import Mistake

Keys = tuple[str | int, ...]

_ERROR_PLACE = re.compile(r"(?P<what>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)")
_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_BARE = r'(?:[\w-]+|"[^"\n]*"|\'[^\'\n]*\')'
_KEY = re.compile(rf"\s*(?P<name>{_BARE}(?:\s*\.\s*{_BARE})*)\s*=")
_PART = re.compile(_BARE)
_TOKENS = re.compile(r"'''|\"\"\"|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|#[^\n]*|[\[\]{}]")


@dataclass
class TomlFile:
    """A parsed file. ``lines`` leads from a path of keys to the 1-based line where it is set."""

    path: str
    value: dict[str, Any] = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def line(self, keys: Keys) -> int:
        """The line of the nearest key on the way to ``keys``."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def mistake(self, keys: Keys, message: str) -> Mistake:
        return Mistake(self.path, self.line(keys), 1, message)


def read_toml(path: Path, name: str | None = None) -> TomlFile:
    """Read one file. What cannot be read or is no TOML is a mistake in the result, not raised."""
    found = TomlFile(name or path.as_posix())
    try:
        text = path.read_text(encoding="utf-8-sig")
        found.value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _ERROR_PLACE.fullmatch(str(error))
        what, line, column = (place["what"], int(place["line"]), int(place["column"])) if place else (str(error), 1, 1)
        found.mistakes.append(Mistake(found.path, line, column, f"not TOML: {what}"))
        return found
    except OSError as error:
        found.mistakes.append(Mistake(found.path, 1, 1, error.strerror or str(error)))
        return found
    except UnicodeDecodeError:
        found.mistakes.append(Mistake(found.path, 1, 1, "not UTF-8"))
        return found
    found.lines = dict(_lines(text))
    return found


def _lines(text: str) -> Iterator[tuple[Keys, int]]:
    """The line of each key of a text known to be valid."""
    table: Keys = ()
    counts: dict[Keys, int] = {}
    inside = _Inside()
    for number, line in enumerate(text.splitlines(), 1):
        if not inside.value:
            if header := _HEADER.match(line):
                table = _parts(header["name"])
                if header["open"] == "[[":
                    index = counts.get(table, 0)
                    counts[table] = index + 1
                    yield table, number
                    table = (*table, index)
                yield table, number
                continue
            if key := _KEY.match(line):
                yield (*table, *_parts(key["name"])), number
                line = line[key.end() :]
        inside.read(line)


def _parts(name: str) -> Keys:
    return tuple(part.strip("\"'") for part in _PART.findall(name))


class _Inside:
    """Whether a value goes on over lines: an open bracket, or a string in triple quotes."""

    def __init__(self) -> None:
        self.depth, self.quote = 0, ""

    @property
    def value(self) -> bool:
        return bool(self.depth or self.quote)

    def read(self, line: str) -> None:
        for match in _TOKENS.finditer(line):
            token = match.group()
            if self.quote:
                self.quote = "" if token == self.quote else self.quote
            elif token in ("'''", '"""'):
                self.quote = token
            elif token in "[{":
                self.depth += 1
            elif token in "]}":
                self.depth -= 1
