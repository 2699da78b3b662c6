"""Makes the classes of named tuples in a fraction of the time that ``typing`` takes.

``typing`` creates a class without the methods and properties of its body and then sets these one by one, which makes
Python update the class each time. It also defines the methods of named tuples anew for every class. This module
creates a class in one step, and all classes share these methods. They behave like those of ``typing``.
"""

from __future__ import annotations

import collections
import sys
import typing
from collections.abc import Callable, Iterable
from typing import Any

Maker = Callable[[type, str, tuple[type, ...], dict[str, Any]], type]
"""Makes a class from its metaclass, name, bases and body, as ``__new__`` of a metaclass does."""

_tuple_new = tuple.__new__
_RESERVED: frozenset[str] = frozenset({*vars(typing).get("_prohibited", ()), "__classcell__"})
"""Names that a class must not define, or has only if it refers to itself; such classes are left to ``typing``."""
_UNEXPECTED = TypeError if sys.version_info >= (3, 13) else ValueError
_DOCUMENTATION = [sys.intern(f"Alias for field number {index}") for index in range(20)]


class _Methods:
    """The methods of named tuples, as ``collections`` defines them."""

    _fields: tuple[str, ...]

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Any:
        """Make a new object from a sequence or iterable."""
        made: Any = _tuple_new(cls, values)  # type: ignore[type-var]
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changes: Any) -> Any:
        """Return a new object with new values in some fields."""
        made = self._make(map(changes.pop, self._fields, self))  # type: ignore[call-overload]
        if changes:
            raise _UNEXPECTED(f"Got unexpected field names: {[*changes]!r}")
        return made

    def _asdict(self) -> dict[str, Any]:
        """Return a new dictionary of the fields and their values."""
        return dict(zip(self._fields, self, strict=True))  # type: ignore[call-overload]

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Return a plain tuple, which copying and pickling use."""
        return tuple(self)  # type: ignore[arg-type]

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({values})"


_SHARED = {name: vars(_Methods)[name] for name in ("_make", "_replace", "_asdict", "__getnewargs__", "__repr__")}
if sys.version_info >= (3, 13):
    _SHARED["__replace__"] = _SHARED["_replace"]


def make_quickly() -> None:
    """Make named tuples quickly from now on, until the process ends.

    ``typing`` also compiles the type of each field, and the first call of ``compile`` takes as long as making a hundred
    classes.
    """
    metaclass: Any = vars(typing)["NamedTupleMeta"]
    metaclass.__new__ = staticmethod(quick_maker(metaclass.__new__, eval))


def quick_maker(usual: Maker, evaluate: Callable[[str, dict[str, Any]], Any]) -> Maker:
    """Return a function that makes the classes of named tuples, to put in place of that of ``typing``.

    Args:
        usual: the function of ``typing``, which makes whatever is not plain: generic classes, and those with mistakes.
        evaluate: evaluates source text, as ``eval`` does.
    """

    def make(metaclass: type, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
        types = body.get("__annotations__")
        if not types or len(bases) > 1 or not _RESERVED.isdisjoint(body) or not _are_plain(types):
            return usual(metaclass, name, bases, body)
        fields = tuple(types)
        defaults = [field for field in fields if field in body]
        if defaults and fields[-len(defaults) :] != tuple(defaults):
            return usual(metaclass, name, bases, body)
        arguments = ", ".join(fields)
        new = evaluate(f"lambda _cls, {arguments}: _tuple_new(_cls, ({arguments},))", {"_tuple_new": _tuple_new})
        new.__name__, new.__qualname__ = "__new__", f"{name}.__new__"
        new.__annotations__ = types
        new.__defaults__ = tuple(map(body.__getitem__, defaults)) or None
        content = {
            "__doc__": f"{name}({arguments})",
            **_SHARED,
            **body,
            "__slots__": (),
            "__new__": new,
            "__match_args__": fields,
            "_fields": fields,
            "_field_defaults": {field: body[field] for field in defaults},
        }
        for index, field in enumerate(fields):
            content[field] = collections._tuplegetter(index, _DOCUMENTATION[index])  # type: ignore[attr-defined]
        return type(name, (tuple,), content)

    return make


def _are_plain(types: dict[str, Any]) -> bool:
    """Return whether the fields are few, their types are still text, and no name begins with an underscore."""
    return (
        len(types) < len(_DOCUMENTATION)
        and set(map(type, types.values())) == {str}
        and "_" not in [field[0] for field in types]
    )
