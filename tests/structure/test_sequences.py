"""Broken series and their most likely causes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from drafts import EFFORT
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
        # One or several values are missing.
        ([1, 2, 4, 5], [Break("missing", 2, 3, (3, 3))]),
        ([1, 2, 3, 7, 8, 9], [Break("missing", 3, 4, (4, 6))]),
        ([1, 2, 4], [Break("missing", 2, 3, (3, 3))]),
        ([2, 3, 4], [Break("missing", 0, 1, (1, 1))]),
        # A value is repeated, with or without the right value after it.
        ([1, 2, 2, 3, 4], [Break("repeated", 2, 3)]),
        ([1, 2, 2, 4, 5], [Break("repeated", 2, 3)]),
        ([1, 1, 3, 4], [Break("repeated", 1, 2)]),
        ([1, 2, 3, 3], [Break("repeated", 3, 4)]),
        # A value is wrong.
        ([1, 2, 9, 4, 5], [Break("order", 2, 3)]),
        ([1, 2, 83, 4, 5, 6], [Break("order", 2, 3)]),
        ([1, 2, 3, 1, 5, 6], [Break("repeated", 3, 4)]),
        # Two neighbours are swapped.
        ([1, 3, 2, 4, 5], [Break("order", 1, 2)]),
        ([2, 1, 3, 4], [Break("order", 0, 1)]),
        # Two breaks far apart are reported separately.
        ([1, 2, 4, 5, 6, 7, 8, 8, 9, 10], [Break("missing", 2, 3, (3, 3)), Break("repeated", 7, 9)]),
        ([1, 2, 4, 5, 6, 7, 9, 10], [Break("missing", 2, 3, (3, 3)), Break("missing", 6, 8, (8, 8))]),
        # The numbering restarts for good: reported once.
        ([1, 2, 3, 4, 2, 3, 4, 5, 6], [Break("repeated", 4, 5)]),
    ],
)
def test_most_likely_cause(values: list[int], expected: list[Break]) -> None:
    assert list(diagnose(values)) == expected


def test_a_series_may_start_at_another_value() -> None:
    assert list(diagnose([37, 38, 39], 37)) == []
    assert list(diagnose([37, 39], 37)) == [Break("missing", 1, 38, (38, 38))]


LENGTHS = st.integers(2, 60)


@settings(max_examples=300 * EFFORT)
@given(data=st.data(), length=LENGTHS)
def test_one_deletion_is_one_missing_value(data: st.DataObject, length: int) -> None:
    # A missing last value cannot be detected.
    deleted = data.draw(st.integers(1, length - 1))
    values = [value for value in range(1, length + 1) if value != deleted]
    assert list(diagnose(values)) == [Break("missing", deleted - 1, deleted, (deleted, deleted))]


@settings(max_examples=300 * EFFORT)
@given(data=st.data(), length=LENGTHS)
def test_one_duplication_is_one_repetition(data: st.DataObject, length: int) -> None:
    repeated = data.draw(st.integers(1, length))
    values = sorted([*range(1, length + 1), repeated])
    assert list(diagnose(values)) == [Break("repeated", repeated, repeated + 1)]


@settings(max_examples=300 * EFFORT)
@given(data=st.data(), length=LENGTHS)
def test_one_swap_is_one_break(data: st.DataObject, length: int) -> None:
    index = data.draw(st.integers(0, length - 2))
    values = list(range(1, length + 1))
    values[index], values[index + 1] = values[index + 1], values[index]
    (break_,) = diagnose(values)
    assert break_.index in (index, index + 1)


@settings(max_examples=600 * EFFORT)
@given(data=st.data(), length=LENGTHS, wrong=st.integers(1, 120))
def test_one_wrong_value_is_one_break_at_its_index(data: st.DataObject, length: int, wrong: int) -> None:
    index = data.draw(st.integers(0, length - 1))
    values = list(range(1, length + 1))
    if values[index] == wrong:
        assert list(diagnose(values)) == []
        return
    values[index] = wrong
    (break_,) = diagnose(values)
    assert break_.index == index
    assert break_.expected == index + 1


@given(st.lists(st.integers(0, 12), max_size=40))
def test_any_series_has_at_most_one_break_per_value(values: list[int]) -> None:
    breaks = list(diagnose(values))
    indexes = [break_.index for break_ in breaks]
    assert indexes == sorted(set(indexes))
    assert all(0 <= index < len(values) for index in indexes)
    assert bool(breaks) == (values != list(range(1, len(values) + 1)))


class CountingSequence(Sequence[int]):
    """A sequence that counts how often its values are accessed."""

    def __init__(self, values: list[int]) -> None:
        self.values, self.accesses = values, 0

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, key):  # type: ignore[no-untyped-def]
        result = self.values[key]
        self.accesses += len(result) if isinstance(key, slice) else 1
        return result


@pytest.mark.parametrize("pattern", [[1, 1], [9, 1], [3, 1, 2], [5, 4, 3, 2, 1]])
def test_diagnosis_is_linear_in_the_length(pattern: list[int]) -> None:
    def accesses(length: int) -> int:
        values = CountingSequence((pattern * length)[:length])
        list(diagnose(values))
        return values.accesses

    assert accesses(8000) <= 2.2 * accesses(4000)
