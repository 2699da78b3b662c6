"""The parameters of a card: the values under ``with``, typed by the check and validated when the card is loaded."""

from __future__ import annotations

import os
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from pathlib import Path
from typing import Any

from reportlint.errors import Mistake
from reportlint.knowledge.yamlfile import YamlFile

Keys = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class CardParameters:
    """The base class of card parameters: a frozen dataclass whose fields are the keys under ``with``.

    A check takes a subclass as the type of one of its arguments. The fields may be texts, whole numbers, booleans,
    enumerations, files next to the card (``Path``), tuples of these, and mappings of texts to these.
    """

    def message_fields(self) -> Iterable[str]:
        """Return the names of the fields that the card's messages may use."""
        return ()

    def mistakes(self, at: Callable[[str, str], Mistake]) -> Iterator[Mistake]:
        """Yield the mistakes that types alone do not reveal; ``at(key, message)`` creates one."""
        yield from ()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean “x”?" if a known word is close to ``word``, else ""."""
    near = nearest(word, known)
    return f"; did you mean “{near}”?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most similar to ``word``; "" if none is similar."""
    import difflib  # noqa: PLC0415 - only mistakes need it

    names = list(known)
    near = difflib.get_close_matches(word, names, 1, 0.6)
    if not near:
        folded = {name.casefold(): name for name in names}
        near = [folded[name] for name in difflib.get_close_matches(word.casefold(), list(folded), 1, 0.6)]
    return near[0] if near else ""


def read_parameters(
    kind: type[CardParameters] | None, file: YamlFile, keys: Keys, check: str, base: Mapping[str, Any] | None = None
) -> tuple[CardParameters | None, list[Mistake]]:
    """Read the parameters of the card or example at ``keys``.

    ``kind`` is the check's parameter type, ``None`` if the check takes none. ``base`` holds the card's parameters,
    which apply unless an example overrides them. The result is the parameters, or ``None``, and the mistakes.
    """
    value = file.at((*keys, "with"))
    if kind is None:
        if value is None:
            return None, []
        return None, [file.mistake((*keys, "with"), f"check “{check}” takes no parameters under “with”")]
    if not isinstance(value, Mapping | types.NoneType):
        return None, [file.mistake((*keys, "with"), "expected parameters with their values (name: value)")]
    reader = _Reader(file, (*keys, "with"))
    parameters = reader.read(kind, {**(base or {}), **(value or {})}, check)
    return parameters, reader.mistakes


class _WrongType(Exception):
    """A value does not have the type of its field."""


class _Reader:
    def __init__(self, file: YamlFile, keys: Keys) -> None:
        self.file, self.keys = file, keys
        self.mistakes: list[Mistake] = []

    def _at(self, key: str, message: str) -> Mistake:
        return self.file.mistake((*self.keys, key), message)

    def read(self, kind: type[CardParameters], value: Mapping[str, Any], check: str) -> CardParameters | None:
        hints = typing.get_type_hints(kind)
        known = {field.name: field.default is MISSING and field.default_factory is MISSING for field in fields(kind)}
        for key in value:
            if key not in known:
                self.mistakes.append(
                    self._at(key, f"check “{check}” has no parameter “{key}”{did_you_mean(key, known)}")
                )
        values: dict[str, Any] = {}
        for key, required in known.items():
            if value.get(key) in (None, "", [], {}):
                if required:
                    self.mistakes.append(self.file.mistake(self.keys, f"“{key}” is missing: “{check}” requires it"))
                continue
            try:
                values[key] = self._convert(hints[key], value[key])
            except _WrongType as error:
                self.mistakes.append(self._at(key, str(error)))
        if self.mistakes:
            return None
        parameters = kind(**values)
        self.mistakes += parameters.mistakes(self._at)
        return parameters

    def _convert(self, hint: Any, value: Any) -> Any:
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            return self._convert(next(choice for choice in inner if choice is not types.NoneType), value)
        if origin is tuple:
            # A single value may stand for a list with one item.
            return tuple(self._convert(inner[0], item) for item in (value if isinstance(value, list) else [value]))
        if origin is not None:
            if not isinstance(value, Mapping):
                raise _WrongType("expected names with values (name: value)")
            return {str(key): self._convert(inner[1], item) for key, item in value.items()}
        return self._scalar(hint, value)

    def _scalar(self, hint: type, value: Any) -> Any:
        if isinstance(value, list | Mapping) or value is None:
            raise _WrongType("expected a single value")
        if issubclass(hint, bool):
            if not isinstance(value, bool):
                raise _WrongType("expected true or false")
            return value
        if issubclass(hint, int):
            if not isinstance(value, int) or isinstance(value, bool):
                raise _WrongType(f"“{value}” is not a whole number (write it without commas or spaces)")
            return value
        if isinstance(value, bool):
            raise _WrongType("expected a text; put the value in quotation marks")
        text = str(value)
        if issubclass(hint, Enum):
            words = [str(item.value) for item in hint]
            if text not in words:
                raise _WrongType(f"“{text}” is not one of {', '.join(words)}{did_you_mean(text, words)}")
            return hint(text)
        if issubclass(hint, Path):
            path = Path(os.path.dirname(self.file.path), text)
            if not os.path.isfile(path):
                raise _WrongType(f"there is no file “{text}” next to the card")
            return path
        return text
