"""Characters that change the direction of the text after them cannot rearrange what a terminal shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import CLEAN, run

# The embeddings and overrides, and the isolates.
MARKS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@pytest.mark.parametrize("mark", MARKS, ids=[f"U+{ord(mark):04X}" for mark in MARKS])
def test_no_mark_reaches_a_terminal(mark: str, tmp_path: Path) -> None:
    name = f"draft{mark}.md"
    draft = CLEAN.replace("small harbours", f"{mark}small XX harbours").replace("Safety on", f"{mark}Safety on")
    (tmp_path / name).write_text(draft, encoding="utf-8")
    outputs = [
        run("check", "--no-cache", "--output-format", "text", name, cwd=tmp_path).out,
        run("check", "--no-cache", "--output-format", "concise", name, cwd=tmp_path).out,
        run("outline", name, cwd=tmp_path).out,
    ]
    for output, shown in zip(outputs, ("small XX harbours", "DRF001", "Committee on Harbour"), strict=True):
        assert shown in output
        assert mark not in output
