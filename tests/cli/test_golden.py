"""The output of every format equals the golden files, which ``python tests/golden_files.py`` regenerates."""

from __future__ import annotations

import pytest
from golden_files import CASES, FOLDER, FORMATS, golden_path, render


@pytest.mark.parametrize("case", CASES)
def test_output_equals_the_golden_files(case: str) -> None:
    for name, text in render(case).items():
        assert text == golden_path(case, name).read_text(encoding="utf-8"), name


def test_there_are_no_other_golden_files() -> None:
    expected = {golden_path(case, name) for case in CASES for name in FORMATS}
    assert set(FOLDER.iterdir()) == {*expected, FOLDER / "house.yaml"}
