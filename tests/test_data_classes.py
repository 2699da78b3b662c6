"""Data classes made quickly: they behave as those of ``dataclasses``, and what is not plain is left to it."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import typing
from collections.abc import Callable
from dataclasses import InitVar, field
from typing import Any, ClassVar

import pytest

from reportlint.data_classes import quick_decorator

USUAL = dataclasses.dataclass
QUICK = quick_decorator(dataclasses.dataclass, exec)
SETTINGS: list[dict[str, bool]] = [
    {},
    {"frozen": True},
    {"frozen": True, "eq": False},
    {"eq": False},
    {"slots": True},
    {"slots": True, "eq": False},
]


def lamp_class(decorator: Callable[..., Any], settings: dict[str, bool]) -> Any:
    """Return a class with all that plain data classes may have."""

    @decorator(**settings)
    class Lamp:
        """A lamp of a harbour."""

        name: str
        height: int = 12
        colours: list[str] = field(default_factory=list)
        secret: str = field(default="x", repr=False)
        remark: str = field(default="", compare=False)

        SIGN = "*"

        @property
        def tall(self) -> bool:
            return self.height > 10

        def shout(self) -> str:
            return f"{self.name.upper()}{self.SIGN}"

    return Lamp


def pickled_class(decorator: Callable[..., Any], settings: dict[str, bool]) -> Any:
    made = lamp_class(decorator, settings)
    made.__qualname__ = made.__name__ = f"Lamp{SETTINGS.index(settings)}"
    globals()[made.__name__] = made
    return made


def outcome(action: Callable[[], object]) -> object:
    """Return the result of an action, or the class and text of its error."""
    try:
        return action()
    except Exception as error:
        return type(error), str(error)


def traits(lamp: Any) -> list[object]:
    """Return everything that can be seen of a class and its objects."""
    one, same, other = lamp("pier", colours=["red"]), lamp("pier", 12, ["red"], remark="seen"), lamp("quay", 3)
    unlike = type("Unlike", (lamp,), {"__slots__": ()} if "__slots__" in vars(lamp) else {})("pier", colours=["red"])
    return [
        lamp.__name__,
        lamp.__qualname__,
        lamp.__module__,
        lamp.__doc__,
        lamp.__bases__,
        sorted(vars(lamp)),
        lamp.__match_args__,
        repr(lamp.__dataclass_params__),
        [repr(each) for each in dataclasses.fields(lamp)],
        lamp.__init__.__qualname__,
        lamp.__init__.__annotations__,
        typing.get_type_hints(lamp),
        str(inspect.signature(lamp)),
        [repr(getattr(lamp, name, None)) for name in ("height", "secret", "remark", "colours", "SIGN")],
        repr(one),
        (one == same, one == other, one == unlike, one != same, one == ("pier", 12, ["red"], "x")),
        outcome(lambda: len({hash(each) for each in (lamp("a", 1, ()), lamp("a", 1, (), remark="b"))})),
        (one.tall, one.shout(), one.colours, other.colours is lamp("quay").colours),
        repr(dataclasses.replace(one, height=3)),
        dataclasses.asdict(one),
        dataclasses.astuple(one),
        repr(copy.copy(one)),
        hasattr(one, "__dict__"),
        hasattr(lamp, "__replace__"),
        outcome(lamp),
        outcome(lambda: lamp("a", nome="a")),
        outcome(lambda: lamp("a", 1, [], "", "", 2)),
        outcome(lambda: setattr(one, "name", "d")),
        outcome(lambda: setattr(one, "other", "d")),
        outcome(lambda: setattr(unlike, "name", "d")),
        outcome(lambda: setattr(unlike, "another", "d")),
        outcome(lambda: delattr(one, "height")),
        outcome(lambda: delattr(one, "nothing")),
        repr(unlike),
    ]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_a_data_class_behaves_as_that_of_dataclasses(settings: dict[str, bool]) -> None:
    assert traits(lamp_class(QUICK, settings)) == traits(lamp_class(USUAL, settings))


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_its_objects_can_be_pickled(settings: dict[str, bool]) -> None:
    lamp = pickled_class(QUICK, settings)("pier", 3, ["red"])
    copied = pickle.loads(pickle.dumps(lamp))
    assert dataclasses.astuple(copied) == ("pier", 3, ["red"], "x", "")
    assert type(copied) is type(lamp)


def test_the_decorator_needs_no_settings() -> None:
    @QUICK
    class Buoy:
        """A buoy."""

        name: str

    made: Any = Buoy
    assert repr(made("a")).endswith(".Buoy(name='a')")
    assert made("a") == made("a") != made("b")


def test_an_object_that_contains_itself_can_be_shown() -> None:
    lamp = lamp_class(QUICK, {})("a")
    lamp.colours.append(lamp)
    assert repr(lamp).endswith("colours=[...], remark='')")


def without_fields_of_its_own(decorator: Any) -> Any:
    @decorator
    class Buoy:
        """A buoy."""

        kind: ClassVar[str] = "buoy"
        name: str
        length: InitVar[int]

        def __post_init__(self, length: int) -> None:
            self.name *= length

    made: Any = Buoy
    return [made("a", 3).name, [each.name for each in dataclasses.fields(made)]]


def derived(decorator: Any) -> Any:
    @decorator(frozen=True)
    class Base:
        """A mark."""

        name: str

    @decorator(frozen=True)
    class Buoy(Base):
        """A buoy."""

        mass: int = 1

    made: Any = Buoy
    return [repr(made("a")), made("a") == made("a"), outcome(lambda: setattr(made("a"), "name", "b"))]


def undocumented(decorator: Any) -> Any:
    @decorator
    class Buoy:
        name: str
        mass: int = 1

    return Buoy.__doc__


def ordered(decorator: Any) -> Any:
    @decorator(order=True, kw_only=True)
    class Buoy:
        """A buoy."""

        name: str

    made: Any = Buoy
    return [made(name="a") < made(name="b"), outcome(lambda: made("a"))]


def with_slots_that_cannot_change(decorator: Any) -> Any:
    @decorator(slots=True, frozen=True)
    class Buoy:
        """A buoy."""

        name: str

    made: Any = Buoy
    return [repr(made("a")), outcome(lambda: setattr(made("a"), "name", "b")), hasattr(made, "__setstate__")]


def with_its_own_methods(decorator: Any) -> Any:
    @decorator(frozen=True)
    class Buoy:
        """A buoy."""

        name: str
        self: int = 0

        def __repr__(self) -> str:
            return self.name

        def __hash__(self) -> int:
            return 7

    made: Any = Buoy
    return [repr(made("a", 2)), hash(made("a"))]


def unusual_fields(decorator: Any) -> Any:
    @decorator(slots=True)
    class Buoy:
        """A buoy."""

        name: str = field(init=False)
        known: str = field(default="k", init=False)
        mass: int = field(kw_only=True)
        depth: int = field(default=1, hash=False)

    made: Any = Buoy
    buoy = made(3, mass=2)
    return [buoy.known, buoy.mass, buoy.depth, outcome(lambda: buoy.name), made.__match_args__]


@pytest.mark.parametrize(
    "made",
    [
        without_fields_of_its_own,
        derived,
        undocumented,
        ordered,
        with_slots_that_cannot_change,
        with_its_own_methods,
        unusual_fields,
    ],
)
def test_what_is_not_plain_is_left_to_dataclasses(made: Callable[[Any], object]) -> None:
    assert made(QUICK) == made(USUAL)


def out_of_order(decorator: Any) -> None:
    @decorator
    class Buoy:
        """A buoy."""

        name: str = ""
        mass: int


def changeable(decorator: Any) -> None:
    @decorator
    class Buoy:
        """A buoy."""

        names: list[str] = []  # noqa: RUF012


def unknown_setting(decorator: Any) -> None:
    decorator(colour=True)(type("Buoy", (), {"__doc__": "A buoy.", "__annotations__": {"name": "str"}}))


@pytest.mark.parametrize("mistake", [out_of_order, changeable, unknown_setting])
def test_a_mistake_is_reported_by_dataclasses(mistake: Callable[[Any], None]) -> None:
    error = outcome(lambda: mistake(QUICK))
    assert error is not None
    assert error == outcome(lambda: mistake(USUAL))
