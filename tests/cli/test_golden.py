"""Each format as it was, to the letter. (``python tests/golden_files.py`` writes the files anew.)"""

from __future__ import annotations

import pytest
from golden_files import CASES, FOLDER, FORMATS, golden, written


@pytest.mark.parametrize("case", CASES)
def test_golden_files(case: str) -> None:
    for form, text in written(case).items():
        assert text == golden(case, form).read_text(encoding="utf-8"), form


def test_no_other_files_are_left() -> None:
    expected = {golden(case, form) for case in CASES for form in FORMATS}
    assert set(FOLDER.iterdir()) == {*expected, FOLDER / "house.yaml"}
