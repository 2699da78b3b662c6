"""Languages are data: the modules of the package hold no letter that only some language writes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import reportlint

PACKAGE = Path(reportlint.__file__).parent


def test_modules_hold_no_letters_beyond_ascii() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{number}: {character}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if not line.isascii()
        for character in line
        if not character.isascii() and unicodedata.category(character)[0] in "LM"
    ]
    assert found == []
