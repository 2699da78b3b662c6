"""Strict YAML parsing that records the place of every value.

``NO`` is the string "NO", not false; ``1.10`` is a string; a duplicate key is an error. Only ``true``, ``false``, whole
numbers and empty values are not strings. Keys are always strings, as in JSON.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlint.errors import Mistake, UnreadableInput
from reportlint.knowledge.data_file import read_limited

_DEEPEST = 32
_WHOLE = re.compile(r"-?\d{1,9}")


@dataclass
class YamlFile:
    """A parsed file.

    ``places`` maps a path of keys and indexes to the line and column of the value (1-based). ``lines`` is the number of
    lines.
    """

    path: str
    value: Any = None
    places: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    lines: int = 0

    def at(self, keys: tuple[str | int, ...]) -> Any:
        """Return the value at a path of keys; ``None`` if there is none."""
        value = self.value
        for key in keys:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def line(self, keys: tuple[str | int, ...]) -> str:
        """Return the ``file:line`` of a value."""
        return f"{self.path}:{self.places.get(keys, (1, 1))[0]}"

    def mistake(self, keys: tuple[str | int, ...], message: str) -> Mistake:
        """Return a mistake at the place of ``keys``, or of the nearest parent whose place is known."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        return Mistake(self.path, *self.places.get(keys, (1, 1)), message)


def read_yaml(path: Path, name: str | None = None) -> YamlFile:
    """Read a file, called ``name`` in messages. Errors, including duplicate keys, are collected in ``mistakes``."""
    name = name or path.as_posix()
    try:
        text = read_limited(path)
    except UnreadableInput as error:
        return YamlFile(name, mistakes=[Mistake(name, 1, 1, str(error))])
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Parse the text of a file as ``read_yaml`` does."""
    import yaml  # noqa: PLC0415 - slow, and compiled rules do not need it

    file = YamlFile(name, lines=len(text.splitlines()))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
        if node is not None:
            file.value = _construct(node, (), file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        file.mistakes.append(Mistake(name, line, column, f"not valid YAML: {error.problem or error.context}"))
    except (yaml.YAMLError, RecursionError, MemoryError) as error:
        reason = getattr(error, "reason", None) or str(error)
        file.mistakes.append(Mistake(name, 1, 1, f"not valid YAML: {reason}"))
    return file


def _construct(node: Any, keys: tuple[str | int, ...], file: YamlFile) -> Any:
    mark = node.start_mark
    file.places[keys] = (mark.line + 1, mark.column + 1)
    if node.id == "scalar":
        return _scalar(node)
    if len(keys) >= _DEEPEST:
        file.mistakes.append(file.mistake(keys, f"lists and mappings nested more than {_DEEPEST} deep"))
        return None
    if node.id == "sequence":
        return [_construct(child, (*keys, index), file) for index, child in enumerate(node.value)]
    mapping: dict[Any, Any] = {}
    for key_node, child in node.value:
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if key_node.id != "scalar":
            file.mistakes.append(Mistake(file.path, line, column, "a key must be a text, not a list or a mapping"))
            continue
        key = key_node.value
        if key in mapping:
            file.mistakes.append(Mistake(file.path, line, column, f"duplicate key “{key}”"))
            continue
        mapping[key] = _construct(child, (*keys, key), file)
    return mapping


def _scalar(node: Any) -> Any:
    text = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text) and (text == "0" or not text.lstrip("-").startswith("0")):
        return int(text)
    return None if text in ("", "~", "null") else text
