"""Broken series and their smallest cause."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.structure import Break, diagnose


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([1], []),
        ([1, 2, 3, 4], []),
        ([2], [Break("missing", 0, 1, (1, 1))]),
        # A value is missing, or several are.
        ([1, 2, 4, 5], [Break("missing", 2, 3, (3, 3))]),
        ([1, 2, 3, 7, 8, 9], [Break("missing", 3, 4, (4, 6))]),
        ([1, 2, 4], [Break("missing", 2, 3, (3, 3))]),
        ([2, 3, 4], [Break("missing", 0, 1, (1, 1))]),
        # A value stands twice, with and without its right neighbour behind it.
        ([1, 2, 2, 3, 4], [Break("repeated", 2, 3)]),
        ([1, 2, 2, 4, 5], [Break("repeated", 2, 3)]),
        ([1, 1, 3, 4], [Break("repeated", 1, 2)]),
        ([1, 2, 3, 3], [Break("repeated", 3, 4)]),
        # A value is another.
        ([1, 2, 9, 4, 5], [Break("order", 2, 3)]),
        ([1, 2, 83, 4, 5, 6], [Break("order", 2, 3)]),
        ([1, 2, 3, 1, 5, 6], [Break("repeated", 3, 4)]),
        # Two neighbours are exchanged.
        ([1, 3, 2, 4, 5], [Break("order", 1, 2)]),
        ([2, 1, 3, 4], [Break("order", 0, 1)]),
        # Two faults far apart are two.
        ([1, 2, 4, 5, 6, 7, 8, 8, 9, 10], [Break("missing", 2, 3, (3, 3)), Break("repeated", 7, 9)]),
        ([1, 2, 4, 5, 6, 7, 9, 10], [Break("missing", 2, 3, (3, 3)), Break("missing", 6, 8, (8, 8))]),
        # Numbers begin again for good: said once.
        ([1, 2, 3, 4, 2, 3, 4, 5, 6], [Break("repeated", 4, 5)]),
    ],
)
def test_smallest_cause(values: list[int], expected: list[Break]) -> None:
    assert list(diagnose(values)) == expected


def test_a_series_may_begin_elsewhere() -> None:
    assert list(diagnose([37, 38, 39], 37)) == []
    assert list(diagnose([37, 39], 37)) == [Break("missing", 1, 38, (38, 38))]


LENGTHS = st.integers(2, 60)


@settings(max_examples=300)
@given(data=st.data(), length=LENGTHS)
def test_one_deletion_is_one_gap(data: st.DataObject, length: int) -> None:
    # The last one cannot be missed.
    gone = data.draw(st.integers(1, length - 1))
    values = [value for value in range(1, length + 1) if value != gone]
    assert list(diagnose(values)) == [Break("missing", gone - 1, gone, (gone, gone))]


@settings(max_examples=300)
@given(data=st.data(), length=LENGTHS)
def test_one_duplication_is_one_repetition(data: st.DataObject, length: int) -> None:
    twice = data.draw(st.integers(1, length))
    values = sorted([*range(1, length + 1), twice])
    assert list(diagnose(values)) == [Break("repeated", twice, twice + 1)]


@settings(max_examples=300)
@given(data=st.data(), length=LENGTHS)
def test_one_exchange_is_one_disorder(data: st.DataObject, length: int) -> None:
    at = data.draw(st.integers(0, length - 2))
    values = list(range(1, length + 1))
    values[at], values[at + 1] = values[at + 1], values[at]
    (found,) = diagnose(values)
    assert found.index in (at, at + 1)


@settings(max_examples=600)
@given(data=st.data(), length=LENGTHS, wrong=st.integers(1, 120))
def test_one_wrong_number_is_one_break_there(data: st.DataObject, length: int, wrong: int) -> None:
    at = data.draw(st.integers(0, length - 1))
    values = list(range(1, length + 1))
    if values[at] == wrong:
        assert list(diagnose(values)) == []
        return
    values[at] = wrong
    (found,) = diagnose(values)
    assert found.index == at
    assert found.expected == at + 1


@given(st.lists(st.integers(0, 12), max_size=40))
def test_any_series_has_at_most_one_break_for_each_value(values: list[int]) -> None:
    breaks = list(diagnose(values))
    indexes = [found.index for found in breaks]
    assert indexes == sorted(set(indexes))
    assert all(0 <= index < len(values) for index in indexes)
    assert bool(breaks) == (values != list(range(1, len(values) + 1)))


class Counting(Sequence[int]):
    """A series that counts how often it is looked at."""

    def __init__(self, values: list[int]) -> None:
        self.values, self.looks = values, 0

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, key):  # type: ignore[no-untyped-def]
        found = self.values[key]
        self.looks += len(found) if isinstance(key, slice) else 1
        return found


@pytest.mark.parametrize("pattern", [[1, 1], [9, 1], [3, 1, 2], [5, 4, 3, 2, 1]])
def test_the_work_is_linear_in_the_length(pattern: list[int]) -> None:
    def looks(length: int) -> int:
        values = Counting((pattern * length)[:length])
        list(diagnose(values))
        return values.looks

    assert looks(8000) <= 2.2 * looks(4000)
