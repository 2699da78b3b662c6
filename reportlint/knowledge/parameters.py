"""What a card gives its check under ``with``: typed by the check, validated when the card is loaded."""

from __future__ import annotations

import os
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar

from reportlint.errors import Mistake
from reportlint.knowledge.yamlfile import YamlFile

Keys = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class CardParameters:
    """The base of what cards give a check: a frozen dataclass whose fields are the keys under ``with``.

    A check names its own subclass among the types of its parameters. Fields may be texts, whole numbers, booleans,
    enumerations, files beside the card (``Path``), tuples of these and mappings of texts to these.
    """

    open_fields: ClassVar[bool] = True
    """Whether messages may use fields that :meth:`message_fields` does not name."""

    def message_fields(self) -> Iterable[str]:
        """The fields that messages of the card may use."""
        return ()

    def mistakes(self, at: Callable[[str, str], Mistake]) -> Iterator[Mistake]:
        """What is wrong though every value has its type; ``at(key, message)`` makes a mistake."""
        yield from ()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "; did you mean “x”?" for a word near a known one, else nothing."""
    near = nearest(word, known)
    return f"; did you mean “{near}”?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that another one is most like; "" if it is like none."""
    import difflib  # noqa: PLC0415 - only mistakes need it

    names = list(known)
    near = difflib.get_close_matches(word, names, 1, 0.6)
    if not near:
        folded = {one.casefold(): one for one in names}
        near = [folded[one] for one in difflib.get_close_matches(word.casefold(), list(folded), 1, 0.6)]
    return near[0] if near else ""


def read_parameters(
    kind: type[CardParameters] | None, file: YamlFile, keys: Keys, check: str, base: Mapping[str, Any] | None = None
) -> tuple[CardParameters | None, list[Mistake]]:
    """Make the parameters of the card, or of the example, at ``keys``; what is wrong comes with its place.

    ``base`` holds where an example says nothing else.
    """
    value = file.at((*keys, "with"))
    if kind is None:
        wrong = [] if value is None else [file.mistake((*keys, "with"), f"check “{check}” takes nothing under “with”")]
        return None, wrong
    if not isinstance(value, Mapping | types.NoneType):
        return None, [file.mistake((*keys, "with"), "names of parameters with their values are expected")]
    reader = _Reader(file, (*keys, "with"))
    made = reader.read(kind, {**(base or {}), **(value or {})}, check)
    return made, reader.mistakes


class _Unfit(Exception):
    """A value is not of the type of its field."""


class _Reader:
    def __init__(self, file: YamlFile, keys: Keys) -> None:
        self.file, self.keys = file, keys
        self.mistakes: list[Mistake] = []

    def _at(self, key: str, message: str) -> Mistake:
        return self.file.mistake((*self.keys, key), message)

    def read(self, kind: type[CardParameters], value: Mapping[str, Any], check: str) -> CardParameters | None:
        hints = typing.get_type_hints(kind)
        known = {one.name: one.default is MISSING and one.default_factory is MISSING for one in fields(kind)}
        for key in value:
            if key not in known:
                self.mistakes.append(self._at(key, f"check “{check}” has no “{key}”{did_you_mean(key, known)}"))
        found: dict[str, Any] = {}
        for key, required in known.items():
            if value.get(key) in (None, "", [], {}):
                if required:
                    self.mistakes.append(self.file.mistake(self.keys, f"“{key}” is missing; “{check}” needs it"))
                continue
            try:
                found[key] = self._convert(hints[key], value[key])
            except _Unfit as error:
                self.mistakes.append(self._at(key, str(error)))
        if self.mistakes:
            return None
        made = kind(**found)
        self.mistakes += made.mistakes(self._at)
        return made

    def _convert(self, hint: Any, value: Any) -> Any:
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            return self._convert(next(one for one in inner if one is not types.NoneType), value)
        if origin is tuple:
            # One thing need not be written as a list of one.
            return tuple(self._convert(inner[0], one) for one in (value if isinstance(value, list) else [value]))
        if origin is not None:
            if not isinstance(value, Mapping):
                raise _Unfit("names with values are expected (name: value)")
            return {str(key): self._convert(inner[1], one) for key, one in value.items()}
        return self._scalar(hint, value)

    def _scalar(self, hint: type, value: Any) -> Any:
        if isinstance(value, list | Mapping) or value is None:
            raise _Unfit("one value is expected here")
        if issubclass(hint, bool):
            if not isinstance(value, bool):
                raise _Unfit("true or false is expected")
            return value
        if issubclass(hint, int):
            if not isinstance(value, int) or isinstance(value, bool):
                raise _Unfit(f"a whole number is expected, written without comma or space, and not “{value}”")
            return value
        if isinstance(value, bool):
            raise _Unfit("a text is expected; put it between quotation marks")
        text = str(value)
        if issubclass(hint, Enum):
            words = [str(one.value) for one in hint]
            if text not in words:
                raise _Unfit(f"“{text}” is not one of {', '.join(words)}{did_you_mean(text, words)}")
            return hint(text)
        if issubclass(hint, Path):
            path = Path(os.path.dirname(self.file.path), text)
            if not path.is_file():
                raise _Unfit(f"there is no file “{text}” beside the card")
            return path
        return text
