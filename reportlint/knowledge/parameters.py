"""The parameters of a card: the values under ``with``, typed by the check and validated when the card is loaded."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from reportlint.errors import Mistake
from reportlint.knowledge.data_file import DataFile, Keys


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


def files_named(parameters: CardParameters) -> Iterator[Path]:
    """Yield the files that the parameters of a card name, such as a term base next to the card."""
    for value in (getattr(parameters, item.name) for item in fields(parameters)):
        values = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
        yield from (file for file in values if isinstance(file, Path))


def read_parameters(
    kind: type[CardParameters] | None, file: DataFile, keys: Keys, check: str, base: Mapping[str, Any] | None = None
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
    from reportlint.knowledge.declared import INVALID, FileStyle, Reader  # noqa: PLC0415 - few rules have parameters

    style = FileStyle(
        unknown=f"check “{check}” has no parameter “{{key}}”",
        missing=f"“{{key}}” is missing: “{check}” requires it",
        numbers_are_texts=True,
        single_is_list=True,
        empty_is_absent=True,
    )
    reader = Reader(file, style)
    parameters = reader.read(kind, {**(base or {}), **(value or {})}, (*keys, "with"))
    return None if parameters is INVALID else parameters, reader.mistakes
