"""Automatic labels: those of the cases, and those that LibreOffice prints."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from numbered_lists import CASES, file_of, labels_of

from reportlint.word import read_view

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import word_labels

_LINE = re.compile(r"\s*(.*?)\s*text of paragraph (\d+)")


def labels_in(text: str) -> list[tuple[int, str]]:
    """Return the number and label of each labelled paragraph in lines of text; "•" for any bullet."""
    found = [(int(match[2]), match[1]) for match in map(_LINE.fullmatch, text.splitlines()) if match]
    return [(number, label if re.search(r"\w", label) else "•") for number, label in found if label]


@pytest.mark.parametrize("name", CASES)
def test_labels(name: str) -> None:
    case = CASES[name]
    view = read_view(file_of(case))
    labels = [
        (number, view.text[entry.label.start : entry.label.end] if entry.label else "•")
        for number, entry in enumerate(view.entries, 1)
        if entry.label or entry.bullet
    ]
    skipped = [number for number, each in enumerate(case["paragraphs"], 1) if re.search("section|hidden", each)]
    expected = [(number - sum(each < number for each in skipped), label) for number, label in labels_of(case)]
    assert labels == expected


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The text that LibreOffice prints of each case."""
    if not shutil.which("soffice"):
        if os.environ.get("REPORTLINT_REQUIRE_OFFICE"):
            pytest.fail("LibreOffice is required, and soffice is missing")
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("word")
    files = {folder / f"case-{number}.docx": name for number, name in enumerate(CASES)}
    for file, name in files.items():
        file.write_bytes(file_of(CASES[name]))
    texts = word_labels.converted(list(files), tmp_path_factory.mktemp("office"))
    return {files[file]: text for file, text in texts.items()}


@pytest.mark.parametrize("name", CASES)
def test_labels_are_those_that_libreoffice_prints(name: str, printed: Mapping[str, str]) -> None:
    case = CASES[name]
    expected = labels_of(case, "printed" if "printed" in case else "paragraphs")
    texts = [(n, label) for n, label in expected if not re.search("section|hidden|empty", case["paragraphs"][n - 1])]
    assert labels_in(printed[name]) == texts
