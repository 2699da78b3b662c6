"""Sequences made on access are the same as tuples of their items."""

from __future__ import annotations

import copy
import pickle

import pytest

from reportlint.document.on_access import compact_rows
from reportlint.finding import Place


def places(count: int) -> list[Place]:
    """Return places that differ in their numbers, and some in their texts."""
    return [
        Place("a.md", each, 1, each + 1, 2, None if each % 3 else str(each), "line", 10 * each, 10 * each + 4, "again")
        for each in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 300])
def test_compact_rows_keep_the_sequence(count: int) -> None:
    rows = places(count)
    found = compact_rows(iter(rows))
    assert len(found) == count
    assert [*found] == rows
    assert all(type(each) is Place for each in found)
    assert [found[index] for index in range(-count, count)] == rows + rows
    assert [*found[1:70]] == rows[1:70]
    with pytest.raises(IndexError):
        found[count]


def test_compact_rows_are_equal_by_their_content() -> None:
    many = compact_rows(places(100))
    assert not isinstance(many, tuple)
    assert many == compact_rows(places(100)) == tuple(places(100))
    assert hash(many) == hash(tuple(places(100)))
    assert many != compact_rows(places(101))
    assert many != compact_rows([*places(99), places(1)[0]])
    assert pickle.loads(pickle.dumps(many)) == copy.deepcopy(many) == many
