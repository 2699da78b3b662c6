"""Named tuples made quickly: they behave as those of ``typing``, and what is not plain is left to ``typing``."""

from __future__ import annotations

import copy
import inspect
import pickle
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, TypeVar

import pytest

from reportlint.document.cached import cached_property
from reportlint.named_tuples import quick_maker

T = TypeVar("T")


@contextmanager
def quick() -> Iterator[None]:
    """Make named tuples quickly in this context."""
    usual = vars(typing.NamedTupleMeta)["__new__"]  # type: ignore[attr-defined]
    typing.NamedTupleMeta.__new__ = quick_maker(usual.__func__, eval)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        typing.NamedTupleMeta.__new__ = usual  # type: ignore[attr-defined]


def lamp_class() -> Any:
    """Return a class with all that named tuples may have."""

    class Lamp(NamedTuple):
        """A lamp of a harbour."""

        name: str
        height: int = 12
        colours: tuple[str, ...] = ("white",)

        SIGN = "*"  # type: ignore[misc]

        @property
        def tall(self) -> bool:
            return self.height > 10

        def shout(self) -> str:
            return f"{self.name.upper()}{self.SIGN}"

        @classmethod
        def low(cls, name: str) -> Lamp:
            return cls(name, height=1)  # type: ignore[call-arg]  # mypy takes the sign for a field

    return Lamp


with quick():
    Pickled = lamp_class()
Pickled.__qualname__ = Pickled.__name__ = "Pickled"


def outcome(action: Callable[[], object]) -> object:
    """Return the result of an action, or the class of its error."""
    try:
        return action()
    except Exception as error:
        return type(error)


def traits(lamp: Any) -> list[object]:
    """Return everything that can be seen of a class and its objects."""
    one = lamp("pier", colours=("red",))
    return [
        lamp.__name__,
        lamp.__qualname__,
        lamp.__module__,
        lamp.__doc__,
        lamp.__bases__,
        lamp.__slots__,
        lamp._fields,
        lamp._field_defaults,
        lamp.__match_args__,
        lamp.__new__.__qualname__,
        [(each.name, each.default, each.kind) for each in inspect.signature(lamp).parameters.values()],
        lamp.name.__doc__,
        repr(one),
        repr(lamp("a")),
        tuple(one),
        one[1],
        one == ("pier", 12, ("red",)),
        hash(one),
        hasattr(one, "__dict__"),
        (one.tall, one.shout(), tuple(lamp.low("b"))),
        tuple(one._replace(height=3)),
        one._asdict(),
        tuple(lamp._make(["c", 1, ()])),
        hasattr(lamp, "__replace__"),
        type(copy.copy(one)) is lamp,
        outcome(lamp),
        outcome(lambda: lamp("a", 1, (), 4)),
        outcome(lambda: lamp(nome="a")),
        outcome(lambda: one._replace(nome="a")),
        outcome(lambda: lamp._make(["c"])),
        outcome(lambda: setattr(one, "name", "d")),
        outcome(lambda: setattr(one, "other", "d")),
    ]


def test_a_named_tuple_behaves_as_that_of_typing() -> None:
    usual = lamp_class()
    with quick():
        made = lamp_class()
    assert traits(made) == traits(usual)
    assert sorted(vars(made)) == sorted(vars(usual))
    assert typing.get_type_hints(made) == {"name": str, "height": int, "colours": tuple[str, ...]}


def test_its_objects_can_be_pickled() -> None:
    lamp = Pickled("pier", 3)
    copied = pickle.loads(pickle.dumps(lamp))
    assert copied == lamp
    assert type(copied) is Pickled


def test_a_class_without_documentation_names_its_fields() -> None:
    with quick():

        class Buoy(NamedTuple):
            name: str
            mass: int

    assert Buoy.__doc__ == "Buoy(name, mass)"


def test_a_named_tuple_of_one_field_holds_one_value() -> None:
    with quick():

        class Buoy(NamedTuple):
            name: str

    assert tuple(Buoy("a")) == ("a",)


def test_a_descriptor_learns_its_name() -> None:
    with quick():

        class Buoy(NamedTuple):
            name: str

            @cached_property
            def upper(self) -> str:
                return self.name.upper()

    assert vars(Buoy)["upper"].__doc__ is None
    assert getattr(vars(Buoy)["upper"], "name", getattr(vars(Buoy)["upper"], "attrname", None)) == "upper"


def test_a_generic_class_is_left_to_typing() -> None:
    with quick():

        class Box(NamedTuple, Generic[T]):
            content: T

    assert Box[int](3).content == 3
    assert issubclass(Box, Generic)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"__annotations__": {"a": "int", "b": "int"}, "a": 1}, TypeError),
        ({"__annotations__": {"_a": "int"}}, ValueError),
        ({"__annotations__": {"a": "int"}, "_make": 1}, AttributeError),
        ({"__annotations__": {"a": "int"}, "__slots__": ()}, AttributeError),
    ],
    ids=["default before other", "underscore", "method", "slots"],
)
def test_a_mistake_is_reported_by_typing(body: dict[str, Any], error: type[Exception]) -> None:
    metaclass: Any = typing.NamedTupleMeta  # type: ignore[attr-defined]
    for context in (quick, contextmanager(lambda: iter([None]))):
        with context(), pytest.raises(error):
            metaclass("Buoy", (typing._NamedTuple,), {"__module__": __name__, **body})  # type: ignore[attr-defined]


def test_many_fields_are_left_to_typing() -> None:
    with quick():
        made: Any = typing.NamedTupleMeta(  # type: ignore[attr-defined]
            "Fleet",
            (typing._NamedTuple,),  # type: ignore[attr-defined]
            {"__module__": __name__, "__annotations__": {f"ship{number}": "int" for number in range(50)}},
        )
    assert tuple(made(*range(50))) == (*range(50),)
