"""Reads plain values as a declaration says they must be, and reports every mistake with its place.

A declaration is a type: ``str``, ``int``, ``bool``, ``date``, ``Path`` (a file next to the one that names it), an
enumeration or literals; tuples, sets, mappings and unions of these; a dataclass or named tuple, whose fields are the
keys of a mapping (``and_`` is the key ``and``; a field with a default may be absent). ``Annotated`` adds constraints.
"""

from __future__ import annotations

import os
import re
import types
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol, runtime_checkable

from reportlint.errors import Mistake
from reportlint.knowledge.data_file import DataFile, Keys
from reportlint.knowledge.suggestions import did_you_mean, nearest

At = Callable[..., Mistake]
"""Makes a mistake from the path of keys to a value and a message."""


# -- constraints -------------------------------------------------------------------------------------------------------


class Accepts(NamedTuple):
    """A value is right if ``fault`` returns "" for it; otherwise it returns the message."""

    fault: Callable[[Any], str]


class Matches(NamedTuple):
    """A text contains a match of ``pattern``; if not, the message is the text in quotation marks and ``fault``."""

    pattern: str
    fault: str


class Size(NamedTuple):
    """The least and greatest number of entries of a list."""

    least: int = 0
    most: int | None = None


class AtLeast(NamedTuple):
    """The least value of a number."""

    least: int


class NotEmpty(NamedTuple):
    """A text must not be empty."""


class OneOf(NamedTuple):
    """The words that a text or key may be. ``noun`` is what they are called if one is unknown."""

    words: tuple[str, ...]
    noun: str = ""


class Fits(NamedTuple):
    """An alternative of a union is meant if ``test`` is true for a value; needed where several have one shape."""

    test: Callable[[Any], bool]


class Says(NamedTuple):
    """The message if a value is of another kind, or another word; "{value}" in it stands for the value."""

    text: str


class Field(NamedTuple):
    """A key of a mapping: the argument that takes its value, and the declaration of the value."""

    name: str
    kind: Any
    is_required: bool = True
    description: str = ""


class Record(NamedTuple):
    """The keys of a mapping that is not read as an object but stays a dictionary."""

    fields: Mapping[str, Field]


def record(keys: str, kind: Any, optional: str = "") -> Record:
    """Return a record of keys, separated by spaces, whose values have one declaration."""
    return Record(
        {name: Field(name, kind) for name in keys.split()}
        | {name: Field(name, kind, is_required=False) for name in optional.split()}
    )


@runtime_checkable
class Verified(Protocol):
    """A declared class that also reports what its types do not say."""

    def mistakes(self, at: At) -> Iterable[Mistake]: ...


# -- reading -----------------------------------------------------------------------------------------------------------


class Located(Protocol):
    """A parsed file that knows the places of its values."""

    @property
    def path(self) -> str: ...

    def mistake(self, keys: Keys, message: str) -> Mistake: ...

    def key_mistake(self, keys: Keys, message: str) -> Mistake: ...


class FileStyle(NamedTuple):
    """What differs between kinds of files: messages, and what may be left out.

    ``numbers_are_texts``: a number may stand where a text is due. ``single_is_list``: one value may stand for a list.
    ``empty_is_absent``: an empty text, list or mapping counts as absent. ``names_from``: messages name the value by its
    keys from this one on.
    """

    unknown: str = "unknown key “{key}”"
    missing: str = "“{key}” is missing"
    numbers_are_texts: bool = False
    single_is_list: bool = False
    empty_is_absent: bool = False
    names_from: int | None = None


class ValueForm(Enum):
    """How a value is read."""

    RECORD, UNION, WORD, MAPPING, LIST, SCALAR = range(6)


class Parts(NamedTuple):
    """A declaration taken apart: its form, the type without constraints, the types or words in it, its constraints."""

    form: ValueForm
    kind: Any
    inner: tuple[Any, ...]
    constraints: tuple[Any, ...]
    says: str
    noun: str = ""


_plans: dict[int, tuple[Any, Parts]] = {}


def plan_of(declaration: Any) -> Parts:
    """Return the plan of a declaration; kept with it, because not every declaration can be hashed."""
    known = _plans.get(id(declaration))
    if known is None:
        known = _plans[id(declaration)] = declaration, _make_plan(declaration)
    return known[1]


def _make_plan(declaration: Any) -> Parts:
    kind, constraints = declaration, tuple[Any, ...]()
    if typing.get_origin(kind) is typing.Annotated:
        kind, *extra = typing.get_args(kind)
        constraints = tuple(extra)
    says = next((constraint.text for constraint in constraints if isinstance(constraint, Says)), "")
    violable = tuple(constraint for constraint in constraints if not isinstance(constraint, Says | OneOf | Record))
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    for constraint in constraints:
        if isinstance(constraint, Record):
            return Parts(ValueForm.RECORD, constraint, (), violable, says)
        if isinstance(constraint, OneOf):
            return Parts(ValueForm.WORD, kind, constraint.words, violable, says, constraint.noun)
    if isinstance(kind, Record) or _is_record(kind):
        form = ValueForm.RECORD
    elif origin in (typing.Union, types.UnionType):
        form = ValueForm.UNION
    elif origin is typing.Literal:
        form = ValueForm.WORD
    elif origin is not None:
        form, kind = (ValueForm.MAPPING if issubclass(origin, Mapping) else ValueForm.LIST), origin
    else:
        form = ValueForm.SCALAR
    return Parts(form, kind, inner, violable, says)


class _Invalid:
    """A value with a mistake."""


INVALID: Any = _Invalid()
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FAINT = 0.4  # likeness of an unknown key to a missing one
_EMPTY: tuple[Any, ...] = ("", [], {})
_PLAIN = FileStyle()


class Reader:
    """Reads values of one file. ``faults`` holds the path of keys of each mistake and the mistake."""

    def __init__(self, file: Located, style: FileStyle = _PLAIN) -> None:
        self.file, self.style = file, style
        self.faults: list[tuple[Keys, Mistake]] = []

    @property
    def mistakes(self) -> list[Mistake]:
        return [mistake for _, mistake in self.faults]

    def fault(self, keys: Keys, message: str, *, at_key: bool = False) -> Any:
        """Record a mistake and return ``INVALID``."""
        if self.style.names_from is not None and not at_key:
            name = ".".join(key for key in keys[self.style.names_from :] if isinstance(key, str))
            message = f"“{name}”: {message}" if name else f"the configuration: {message}"
        make = self.file.key_mistake if at_key else self.file.mistake
        self.faults.append((keys, make(keys, message)))
        return INVALID

    def read(self, kind: Any, value: Any, keys: Keys = ()) -> Any:
        """Return ``value`` as its declaration says, or ``INVALID`` if it has mistakes."""
        if kind is str and type(value) is str:
            return value
        plan = plan_of(kind)
        result = self._read(plan, value, keys)
        if result is not INVALID:
            for constraint in plan.constraints:
                if message := _violation(constraint, result):
                    return self.fault(keys, message)
        return result

    def _read(self, plan: Parts, value: Any, keys: Keys) -> Any:
        kind, inner, says = plan.kind, plan.inner, plan.says
        if "{value}" in says:
            says = says.replace("{value}", str(value))
        if plan.form is ValueForm.RECORD:
            if not isinstance(value, Mapping):
                return self.fault(keys, says or "expected keys with values (key: value)")
            return self._read_record(kind, value, keys)
        if plan.form is ValueForm.UNION:
            return self._read_union(inner, says, value, keys)
        if plan.form is ValueForm.WORD:
            return self._read_word(inner, plan.noun, says, value, keys)
        if plan.form is ValueForm.MAPPING:
            return self._read_mapping(inner, says, value, keys)
        if plan.form is ValueForm.LIST:
            return self._read_list(kind, inner, says, value, keys)
        return value if kind is Any else self._read_scalar(kind, says, value, keys)

    # -- lists and mappings --------------------------------------------------------------------------------------------

    def _read_union(self, choices: tuple[Any, ...], says: str, value: Any, keys: Keys) -> Any:
        """Read a value as the alternative that has its shape."""
        if value is None and types.NoneType in choices:
            return None
        others = [choice for choice in choices if choice is not types.NoneType]
        fitting = [choice for choice in others if _shape(choice) is _kind_of(value) and _fits(choice, value)]
        if fitting:
            return self.read(fitting[0], value, keys)
        return self.fault(keys, says) if says else self.read(others[0], value, keys)

    def _read_list(self, origin: Any, inner: tuple[Any, ...], says: str, value: Any, keys: Keys) -> Any:
        if not isinstance(value, list):
            if not self.style.single_is_list:
                return self.fault(keys, says or "expected a list")
            items = [self.read(inner[0], value, keys)]
        elif origin is tuple and inner[-1] is not Ellipsis:
            if len(value) != len(inner):
                return self.fault(keys, says or f"expected a list of {len(inner)} values, not {len(value)}")
            items = [self.read(kind, item, (*keys, i)) for i, (kind, item) in enumerate(zip(inner, value, strict=True))]
        else:
            items = [self.read(inner[0], item, (*keys, index)) for index, item in enumerate(value)]
        if any(item is INVALID for item in items):
            return INVALID
        return frozenset(items) if issubclass(origin, Set) else tuple(items)

    def _read_mapping(self, inner: tuple[Any, ...], says: str, value: Any, keys: Keys) -> Any:
        if not isinstance(value, Mapping):
            return self.fault(keys, says or "expected names with values (name: value)")
        result: dict[Any, Any] = {}
        for key, item in value.items():
            read = self.read(inner[1], item, (*keys, key))
            if inner[0] is str:
                result[key] = read
                continue
            trial = Reader(self.file)
            name = trial.read(inner[0], key, (*keys, key))
            if trial.faults:
                result[key] = self.fault((*keys, key), trial.faults[0][1].message, at_key=True)
            else:
                result[name] = read
        return INVALID if any(item is INVALID for item in result.values()) else result

    def read_columns(self, kind: Any, columns: Collection[str]) -> None:
        """Record the unknown and missing columns of a file of rows."""
        for name in self._unknown_keys(columns, keys_of(kind), columns, ()):
            self.fault((), f"the column “{name}” is missing")

    def _unknown_keys(
        self, given: Iterable[str], known: Mapping[str, Field], present: Collection[str], keys: Keys
    ) -> list[str]:
        """Record the unknown keys among ``given`` and return the required keys that are missing.

        A required key that an unknown one seems to be meant for does not count as missing: one mistake is one line.
        """
        missing = [key for key, field in known.items() if field.is_required and key not in present]
        unknown = {
            key: nearest(str(key), known) or nearest(str(key), missing, _FAINT) for key in given if key not in known
        }
        for key, near in unknown.items():
            message = self.style.unknown.format(key=key) + (f"; did you mean “{near}”?" if near else "")
            self.fault((*keys, key), message, at_key=True)
        return [key for key in missing if key not in unknown.values()]

    def _is_absent(self, value: Any) -> bool:
        return value is None or (self.style.empty_is_absent and value in _EMPTY)

    def _read_record(self, kind: Any, value: Mapping[str, Any], keys: Keys) -> Any:
        known = keys_of(kind)
        faults = len(self.faults)
        present = [key for key, item in value.items() if not self._is_absent(item)]
        missing = self._unknown_keys(value, known, present, keys)
        for key in missing:
            self.faults.append(((*keys, key), self.file.mistake(keys, self.style.missing.format(key=key))))
        values: dict[str, Any] = {}
        for key, field in known.items():
            item = value.get(key)
            if not self._is_absent(item):
                values[field.name] = self.read(field.kind, item, (*keys, key))
        if len(self.faults) > faults:
            return INVALID
        if isinstance(kind, Record):
            return values
        result = kind(**values)
        if isinstance(result, Verified):
            found = [(keys, mistake) for mistake in result.mistakes(self._at(keys))]
            self.faults += found
            return INVALID if found else result
        return result

    def _at(self, above: Keys) -> At:
        def at(*keys_and_message: Any) -> Mistake:
            *keys, message = keys_and_message
            return self.file.mistake((*above, *keys), message)

        return at

    # -- single values -------------------------------------------------------------------------------------------------

    def _read_word(self, words: tuple[Any, ...], noun: str, says: str, value: Any, keys: Keys) -> Any:
        text = str(value) if self.style.numbers_are_texts and not isinstance(value, list | Mapping | bool) else value
        if text in words and not isinstance(text, bool):
            return text
        if isinstance(text, list | Mapping | None):
            return self.fault(keys, says or "expected a single value")
        known = ", ".join(map(str, words))
        near = did_you_mean(str(text), map(str, words))
        if noun:
            return self.fault(keys, f"unknown {noun} “{text}”{near or f' (known: {known})'}")
        return self.fault(keys, says or f"“{text}” is not one of {known}{near}")

    def _read_scalar(self, kind: type, says: str, value: Any, keys: Keys) -> Any:
        if isinstance(value, list | Mapping) or value is None:
            return self.fault(keys, says or "expected a single value")
        if issubclass(kind, bool):
            return value if isinstance(value, bool) else self.fault(keys, says or "expected true or false")
        if issubclass(kind, int):
            if isinstance(value, int) and not isinstance(value, bool):
                return value
            if isinstance(value, bool):
                return self.fault(keys, says or "expected a whole number")
            return self.fault(keys, says or f"“{value}” is not a whole number (write it without commas or spaces)")
        if issubclass(kind, date):
            return self._read_date(says, value, keys)
        if issubclass(kind, Enum):
            word = self._read_word(tuple(item.value for item in kind), "", says, value, keys)
            return word if word is INVALID else kind(word)
        if isinstance(value, bool) or not (isinstance(value, str) or self.style.numbers_are_texts):
            return self.fault(keys, says or "expected a text; put the value in quotation marks")
        if issubclass(kind, Path):
            path = Path(os.path.dirname(self.file.path), str(value))
            if not os.path.isfile(path):
                return self.fault(keys, f"there is no file “{value}” next to the card")
            return path
        return str(value)

    def _read_date(self, says: str, value: Any, keys: Keys) -> Any:
        if isinstance(value, date):
            return value
        try:
            if _DATE.fullmatch(value):
                return date.fromisoformat(value)
        except (TypeError, ValueError):
            pass
        return self.fault(keys, says or f"“{value}” is not a date (write 2022-06-01)")


def read_declared(kind: Any, file: DataFile, style: FileStyle = _PLAIN) -> tuple[Any, list[Mistake]]:
    """Return the value of a file as a declaration says, and every mistake in the file; ``INVALID`` if there are any."""
    if file.mistakes:
        return INVALID, list(file.mistakes)
    reader = Reader(file, style)
    return reader.read(kind, file.value), reader.mistakes


_ROWS = FileStyle("unknown column “{key}”", "“{key}” is missing in this row", empty_is_absent=True)


def read_rows(kind: Any, file: DataFile) -> list[Mistake]:
    """Return every mistake in a file of rows: in its columns, each once, and in every row."""
    if file.mistakes:
        return list(file.mistakes)
    reader = Reader(file, _ROWS)
    reader.read_columns(kind, file.spot.keys)
    if reader.faults:
        return reader.mistakes
    for index, row in enumerate(file.value):
        reader.read(kind, row, (index,))
    return reader.mistakes


@cache
def fields_of(kind: type) -> Mapping[str, Field]:
    """Return the fields of a dataclass or named tuple, by key."""
    hints = typing.get_type_hints(kind, include_extras=True)
    if is_dataclass(kind):
        required = {field.name: field.default is MISSING and field.default_factory is MISSING for field in fields(kind)}
    else:
        defaults = kind._field_defaults  # type: ignore[attr-defined]
        required = {name: name not in defaults for name in kind._fields}  # type: ignore[attr-defined]
    return {name.removesuffix("_"): Field(name, hints[name], needed) for name, needed in required.items()}


def keys_of(kind: Any) -> Mapping[str, Field]:
    """Return the fields of a record, dataclass or named tuple, by key."""
    return kind.fields if isinstance(kind, Record) else fields_of(kind)


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and (is_dataclass(kind) or hasattr(kind, "_fields"))


def _violation(constraint: Any, value: Any) -> str:
    """Return the message if a value violates a constraint, else ""."""
    if isinstance(constraint, Accepts):
        return constraint.fault(value)
    if isinstance(constraint, Matches) and not re.search(constraint.pattern, str(value)):
        return f"“{value}” {constraint.fault}"
    if isinstance(constraint, NotEmpty) and not value:
        return "must not be empty"
    if isinstance(constraint, AtLeast) and value < constraint.least:
        return f"must be {constraint.least} or more"
    if isinstance(constraint, Size):
        least, most = constraint
        if not least <= len(value) <= (len(value) if most is None else most):
            number = f"{least} or more" if most is None else str(least) if least == most else f"{least} to {most}"
            return f"must have {number} values, not {len(value)}"
    return ""


def _shape(declaration: Any) -> type:
    """Return the type of the plain values that a declaration accepts."""
    plan = plan_of(declaration)
    if plan.form in (ValueForm.RECORD, ValueForm.MAPPING):
        return dict
    if plan.form is ValueForm.LIST:
        return list
    return plan.kind if plan.kind in (bool, int) else str


def _fits(declaration: Any, value: Any) -> bool:
    return all(
        constraint.test(value) for constraint in plan_of(declaration).constraints if isinstance(constraint, Fits)
    )


def _kind_of(value: Any) -> type:
    if isinstance(value, Mapping):
        return dict
    return type(value) if isinstance(value, list | bool | int) else str
