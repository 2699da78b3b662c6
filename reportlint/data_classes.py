"""Makes data classes in a fraction of the time that ``dataclasses`` takes.

``dataclasses`` writes and compiles each method of each class, and searches all annotations for what is not a field.
This module compiles ``__init__`` only, and takes the other methods from functions. They behave like those of
``dataclasses``.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any

Decorator = Callable[..., Any]
"""Makes a data class from a class and settings, as ``dataclass`` does. Without a class, it returns a decorator."""

_INTERNALS: Mapping[str, Any] = vars(dataclasses)
_ARE_KNOWN = {"_DataclassParams", "_FIELD", "_HAS_DEFAULT_FACTORY"} <= _INTERNALS.keys()
_ON = frozenset({"init", "repr", "eq", "match_args"})
"""The settings that are on unless a class turns them off."""
_SETTINGS = frozenset({"eq", "frozen", "slots"})
_RESERVED = frozenset({
    "__init__", "__post_init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__replace__",
    "__match_args__", "__slots__",
})  # fmt: skip
_NO_FIELDS = ("ClassVar", "InitVar", "KW_ONLY")
"""Words in the annotation of what is not a field."""
_NAMES_IN_INIT = frozenset({"self", "_set", "_made", "_factories"})


def quick_decorator(usual: Decorator, execute: Callable[..., None]) -> Decorator:
    """Return a decorator that makes data classes, to put in place of that of ``dataclasses``.

    Args:
        usual: the decorator of ``dataclasses``, which makes whatever is not plain, and reports mistakes. It is
            returned if this version of Python has other internals.
        execute: executes source text, as ``exec`` does.
    """

    def dataclass(cls: Any = None, /, **settings: Any) -> Any:
        if cls is None:
            return lambda given: dataclass(given, **settings)
        fields = _plain_fields(cls) if _is_plain(cls, settings) else {}
        return _made(cls, fields, settings, execute) if fields else usual(cls, **settings)

    return dataclass if _ARE_KNOWN else usual


def _is_plain(cls: type, settings: Mapping[str, bool]) -> bool:
    """Return whether a class has documentation, usual settings, no base class and none of the methods to be made."""
    return (
        cls.__bases__ == (object,)
        and type(cls) is type
        and bool(cls.__doc__)
        and settings.keys() <= _SETTINGS
        and not (settings.get("slots") and settings.get("frozen"))
        and _RESERVED.isdisjoint(vars(cls))
    )


def _plain_fields(cls: type) -> dict[str, Field[Any]]:
    """Return the fields of a class by name; none if any is unusual, or follows one with a default and has none."""
    content = vars(cls)
    annotations: Mapping[str, Any] = content.get("__annotations__") or {}
    fields: dict[str, Any] = {}
    has_default = False
    for name, annotation in annotations.items():
        value = content.get(name, MISSING)
        if type(annotation) is not str or any(word in annotation for word in _NO_FIELDS) or name in _NAMES_IN_INIT:
            return {}
        field: Any = value if isinstance(value, Field) else dataclasses.field(default=value)
        is_required = field.default is field.default_factory  # both are missing
        is_usual = field.init and field.hash is None and field.kw_only is MISSING
        if not is_usual or type(field.default).__hash__ is None or (has_default and is_required):
            return {}
        has_default = not is_required
        fields[name] = field
    for name, field in fields.items():
        field.name, field.type, field.kw_only, field._field_type = name, annotations[name], False, _INTERNALS["_FIELD"]
    return fields


def _made(cls: type, fields: dict[str, Field[Any]], settings: Mapping[str, bool], execute: Callable[..., None]) -> type:
    """Return a data class with these fields; it is a new class if it has slots."""
    parameters = _INTERNALS["_DataclassParams"]
    noted = {name: settings.get(name, name in _ON) for name in parameters.__slots__}
    is_frozen = noted["frozen"]
    added = {
        "__dataclass_params__": parameters(**noted),
        "__dataclass_fields__": fields,
        "__match_args__": (*fields,),
        "__init__": _init(cls, fields, execute, is_frozen=is_frozen),
        "__repr__": _repr(fields.values()),
    }
    if noted["eq"]:
        added |= _comparison([name for name, field in fields.items() if field.compare], is_frozen=is_frozen)
    if "_replace" in _INTERNALS:  # since Python 3.13
        added["__replace__"] = _INTERNALS["_replace"]
    if settings.get("slots"):
        left_out = {*fields, "__dict__", "__weakref__"}
        content = {name: value for name, value in vars(cls).items() if name not in left_out}
        return type(cls.__name__, (), {**content, **added, "__slots__": (*fields,), "__qualname__": cls.__qualname__})
    if is_frozen:
        added |= _refusals(cls, fields)
    for name, value in added.items():
        setattr(cls, name, value)
    for name, field in fields.items():
        if vars(cls).get(name) is field:
            _replace_by_default(cls, field)
    return cls


def _replace_by_default(cls: type, field: Field[Any]) -> None:
    """Put the default of a field in its place in the body of a class, as for fields without a description."""
    if field.default is MISSING:
        delattr(cls, field.name)
    else:
        setattr(cls, field.name, field.default)


# -- methods -----------------------------------------------------------------------------------------------------------


def _init(cls: type, fields: Mapping[str, Field[Any]], execute: Callable[..., None], *, is_frozen: bool) -> Any:
    """Return the method that fills the fields; ``_made`` stands for a default that is made anew for each object."""
    made = _INTERNALS["_HAS_DEFAULT_FACTORY"]
    factories = {name: field.default_factory for name, field in fields.items() if field.default_factory is not MISSING}
    lines = []
    for name in fields:
        value = f"_factories[{name!r}]() if {name} is _made else {name}" if name in factories else name
        lines.append(f"  _set(self, {name!r}, {value})" if is_frozen else f"  self.{name} = {value}")
    header = f"def create(_set, _made, _factories):\n def __init__(self, {', '.join(fields)}):"
    namespace: dict[str, Any] = {}
    module = sys.modules.get(cls.__module__)
    execute("\n".join((header, *lines, " return __init__")), vars(module) if module else {}, namespace)
    init = namespace["create"](object.__setattr__, made, factories)
    defaults = (made if name in factories else field.default for name, field in fields.items())
    init.__defaults__ = tuple(default for default in defaults if default is not MISSING)
    init.__annotations__ = {name: field.type for name, field in fields.items()} | {"return": None}
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _repr(fields: Iterable[Field[Any]]) -> Any:
    names = [field.name for field in fields if field.repr]

    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: N807 - the name of the method
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({values})"

    return __repr__


def _comparison(names: list[str], *, is_frozen: bool) -> dict[str, Any]:
    """Return the methods by which objects are equal and, if they cannot be changed, hashed."""
    values: Callable[[Any], object] = lambda each: tuple(getattr(each, name) for name in names)  # noqa: E731
    if len(names) > 1:
        values = attrgetter(*names)

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if is_frozen else None}


def _refusals(cls: Any, fields: Mapping[str, object]) -> dict[str, Any]:
    """Return the methods that refuse changes of an object. A subclass may have other attributes, which can change."""

    def __setattr__(self: Any, name: str, value: object) -> None:  # noqa: N807
        if type(self) is cls or name in fields:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        if type(self) is cls or name in fields:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}
