"""Strict YAML parsing that records the place of every key and value.

``NO`` is the string "NO", not false; ``1.10`` is a string; a duplicate key is an error. Only ``true``, ``false``, whole
numbers and empty values are not strings. Keys are always strings, as in JSON. Aliases, merge keys and tags are errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reportlint.errors import Mistake, UnreadableInput
from reportlint.knowledge.data_file import DataFile, Place, PlaceTree, read_limited

_DEEPEST = 64
_WHOLE = re.compile(r"-?\d{1,9}")


def read_yaml(path: Path, name: str | None = None) -> DataFile:
    """Read a file, called ``name`` in messages. Errors, including duplicate keys, are collected in ``mistakes``."""
    name = name or path.as_posix()
    try:
        text = read_limited(path)
    except UnreadableInput as error:
        return DataFile(name, mistakes=[Mistake(name, 1, 1, str(error))])
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> DataFile:
    """Parse the text of a file as ``read_yaml`` does."""
    import yaml  # noqa: PLC0415 - slow, and compiled rules do not need it

    file = DataFile(name, lines=len(text.splitlines()))
    builder = _Builder(file)
    try:
        builder.build(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        builder.stop(place, f"not valid YAML: {error.problem or error.context}")
    except (yaml.YAMLError, MemoryError) as error:
        refused = yaml.reader.Reader.NON_PRINTABLE.search(text)
        place = _place_in(text, refused.start()) if refused else (1, 1)
        builder.stop(place, f"not valid YAML: {getattr(error, 'reason', None) or error}")
    return file


def _place_in(text: str, position: int) -> Place:
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


class _Refused(Exception):
    """The rest of a file is not read."""


class _Open:
    """A list or mapping whose end has not been read. ``key`` is the key whose value comes next."""

    def __init__(self, place: Place, is_mapping: bool) -> None:
        self.place, self.is_mapping = place, is_mapping
        self.key: str | None = None
        self.is_kept = True  # false for the value of a faulty key
        self.items: list[Any] = []
        self.spots: list[PlaceTree] = []
        self.values: dict[str, Any] = {}
        self.parts: dict[str | int, PlaceTree] = {}
        self.keys: dict[str, Place] = {}

    @property
    def awaits_key(self) -> bool:
        return self.is_mapping and self.key is None

    def closed(self) -> tuple[Any, PlaceTree]:
        if self.is_mapping:
            return self.values, PlaceTree(self.place, self.parts, self.keys)
        return self.items, PlaceTree(self.place, self.spots)


class _Builder:
    """Builds values from events, without recursion, so that no file can exhaust the stack."""

    def __init__(self, file: DataFile) -> None:
        self.file = file
        self.open: list[_Open] = []
        self.has_value = False

    def stop(self, place: Place, message: str) -> None:
        """Record a mistake that makes the file unusable."""
        self.file.value = None
        self._mistake(place, message)

    def _mistake(self, place: Place, message: str) -> None:
        self.file.mistakes.append(Mistake(self.file.path, *place, message))

    def build(self, events: Iterable[Any]) -> None:
        try:
            for event in events:
                self._read(event)
        except _Refused:
            self.file.value = None

    def _read(self, event: Any) -> None:
        kind = type(event).__name__
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            value, spot = self.open.pop().closed()
            self._add(value, spot)
            return
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1)
        if kind == "DocumentStartEvent" and self.has_value:
            self._mistake(place, "not valid YAML: a second document in one file")
            raise _Refused
        if kind not in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "AliasEvent"):
            return
        if kind == "AliasEvent":
            self._mistake(place, f"“*{event.anchor}”: repeat the value instead of referring to it (no aliases)")
            self._add_key("", place, False) if self._awaits_key else self._add(None, PlaceTree(place))
            return
        if event.tag is not None:
            self._mistake(place, f"“{event.tag}”: values have no tags; put texts in quotation marks")
        if kind == "ScalarEvent":
            if self._awaits_key:
                self._add_scalar_key(event, place)
            else:
                self._add(_scalar(event), PlaceTree(place))
            return
        if self._awaits_key:
            self._mistake(place, "a key must be a text, not a list or a mapping")
        if len(self.open) >= _DEEPEST:
            self._mistake(place, f"lists and mappings nested more than {_DEEPEST} deep")
            raise _Refused
        self.open.append(_Open(place, kind == "MappingStartEvent"))

    @property
    def _awaits_key(self) -> bool:
        return bool(self.open) and self.open[-1].awaits_key

    def _add_scalar_key(self, event: Any, place: Place) -> None:
        key = event.value
        if key == "<<" and not event.style:
            self._mistake(place, "“<<”: write out the keys instead of merging them (no merge keys)")
        elif key in self.open[-1].keys:
            self._mistake(place, f"duplicate key “{key}”")
        else:
            self._add_key(key, place, True)
            return
        self._add_key(key, place, False)

    def _add_key(self, key: str, place: Place, is_kept: bool) -> None:
        above = self.open[-1]
        above.key, above.is_kept = key, is_kept
        if is_kept:
            above.keys[key] = place

    def _add(self, value: Any, spot: PlaceTree) -> None:
        """Add a complete value to the list or mapping that it stands in."""
        if not self.open:
            self.file.value, self.file.spot, self.has_value = value, spot, True
            return
        above = self.open[-1]
        if not above.is_mapping:
            above.items.append(value)
            above.spots.append(spot)
        elif above.key is None:  # a list or mapping as a key, already reported
            self._add_key("", spot.place, False)
        else:
            if above.is_kept:
                above.values[above.key], above.parts[above.key] = value, spot
            above.key = None


def _scalar(event: Any) -> Any:
    text = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text) and (text == "0" or not text.lstrip("-").startswith("0")):
        return int(text)
    return None if text in ("", "~", "null") else text
