"""Properties that are computed once."""

from __future__ import annotations

from dataclasses import dataclass

from reportlint.document.cached import cached_property

CALLS: list[int] = []


@dataclass(frozen=True)
class Number:
    value: int

    @cached_property
    def double(self) -> int:
        """Twice the value."""
        CALLS.append(self.value)
        return 2 * self.value


def test_a_value_is_computed_once_for_each_object() -> None:
    first, second = Number(1), Number(2)
    CALLS.clear()
    assert [first.double, second.double, first.double, second.double] == [2, 4, 2, 4]
    assert CALLS == [1, 2]
    assert first == Number(1)


def test_the_class_has_the_property_with_its_docstring() -> None:
    assert Number.double.__doc__ == "Twice the value."
