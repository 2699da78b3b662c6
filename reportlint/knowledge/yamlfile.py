"""YAML without its traps, and with the place of every value.

``NO`` is Norway and not false, ``1.10`` is a string, a key that stands twice is an error. Only ``true``, ``false``,
whole numbers and an empty value are anything but strings; keys always are, as in JSON.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlint.errors import Mistake

_WHOLE = re.compile(r"-?\d{1,9}")


@dataclass
class YamlFile:
    """A parsed file. ``places`` leads from a path of keys and indexes to the value's line and column.

    ``lines`` is how many lines it has.
    """

    path: str
    value: Any = None
    places: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    lines: int = 0

    def at(self, keys: tuple[str | int, ...]) -> Any:
        """The value at a path of keys; ``None`` where there is none."""
        found = self.value
        for key in keys:
            try:
                found = found[key]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def line(self, keys: tuple[str | int, ...]) -> str:
        """ "file:line" of a value."""
        return f"{self.path}:{self.places.get(keys, (1, 1))[0]}"

    def mistake(self, keys: tuple[str | int, ...], message: str) -> Mistake:
        """A mistake at the nearest place known for a path of keys."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        return Mistake(self.path, *self.places.get(keys, (1, 1)), message)


def read_yaml(path: Path, name: str | None = None) -> YamlFile:
    """Read one file. Mistakes of syntax and doubled keys are collected in the result, not raised."""
    import yaml  # noqa: PLC0415 (slow, and not needed where all is compiled)

    found = YamlFile(name or path.as_posix())
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = path.read_text(encoding="utf-8")
        found.lines = len(text.splitlines())
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        found.mistakes.append(Mistake(found.path, line, column, f"not YAML: {error.problem or error.context}"))
        return found
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        found.mistakes.append(Mistake(found.path, 1, 1, str(error)))
        return found
    if node is not None:
        found.value = _construct(node, (), found)
    return found


def _construct(node: Any, keys: tuple[str | int, ...], found: YamlFile) -> Any:
    mark = node.start_mark
    found.places[keys] = (mark.line + 1, mark.column + 1)
    if node.id == "scalar":
        return _scalar(node)
    if node.id == "sequence":
        return [_construct(child, (*keys, index), found) for index, child in enumerate(node.value)]
    out: dict[Any, Any] = {}
    for key_node, child in node.value:
        key = str(key_node.value)
        if key in out:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            found.mistakes.append(Mistake(found.path, line, column, f"“{key}” stands twice"))
            continue
        out[key] = _construct(child, (*keys, key), found)
    return out


def _scalar(node: Any) -> Any:
    text = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text) and (text == "0" or not text.lstrip("-").startswith("0")):
        return int(text)
    return None if text in ("", "~", "null") else text
