"""CSV with the place of every cell."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint.knowledge.csvfile import read_csv
from reportlint.knowledge.data_file import DataFile


def read(text: str, folder: Path) -> DataFile:
    (folder / "x.csv").write_bytes(text.encode())
    return read_csv(folder / "x.csv", "x.csv")


def test_rows_and_places(tmp_path: Path) -> None:
    file = read('port,city\r\n\r\nOld port, Lisbon \n"Quay ""A"",\nnorth",Oporto\nPier\n', tmp_path)
    assert file.mistakes == []
    assert file.value == [
        {"port": "Old port", "city": "Lisbon"},
        {"port": 'Quay "A",\nnorth', "city": "Oporto"},
        {"port": "Pier", "city": ""},
    ]
    assert [file.place((index, "city")) for index in range(3)] == [(3, 10), (5, 8), (6, 1)]
    assert file.key_place(("city",)) == (1, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,a\n", "x.csv:1:3: duplicate column “a”"),
        ('a\n"b\n', "x.csv:2:1: this quotation mark is never closed"),
        ('a\n"b" c\n', "x.csv:2:1: “c” after the closing quotation mark"),
        ("a,b\n1,2,,3\n", "x.csv:2:6: “3” has no column: put a text with a comma in quotes"),
    ],
)
def test_mistakes(text: str, expected: str, tmp_path: Path) -> None:
    assert [str(mistake) for mistake in read(text, tmp_path).mistakes] == [expected]


def test_a_file_that_cannot_be_read_has_a_mistake(tmp_path: Path) -> None:
    (mistake,) = read_csv(tmp_path / "no.csv", "no.csv").mistakes
    assert (mistake.line, mistake.column) == (1, 1)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(st.text(alphabet='ab ,"\n', max_size=5), min_size=2, max_size=2), max_size=5))
def test_what_the_standard_library_writes_is_read(tmp_path: Path, rows: list[list[str]]) -> None:
    out = StringIO()
    csv.writer(out).writerows([["a", "b"], *rows])
    expected = [[cell.strip() for cell in row] for row in rows]
    file = read(out.getvalue(), tmp_path)
    assert file.mistakes == []
    assert [list(row.values()) for row in file.value] == [row for row in expected if any(row)]
