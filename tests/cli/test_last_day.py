"""The last day of a waiver: on the day in ``until`` it still applies, on the day after it has expired."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import yaml

from .conftest import FAULTY, run

_T = TypeVar("_T")
GAP = "5. Several"
DAYS = pytest.mark.parametrize(
    ("days", "expected"), [(-1, [("NUM001", False), ("RPL001", False)]), (0, [("NUM001", True)])], ids=["after", "last"]
)


def within_one_day(action: Callable[[date], _T]) -> _T:
    """Return the result of an action on today's date, which is repeated if it lasted past midnight."""
    today = date.today()
    result = action(today)
    return result if date.today() == today else action(date.today())


def codes(folder: Path) -> list[tuple[str, bool]]:
    """Return the code of each finding, and whether the finding is suppressed."""
    result = run("check", "a.md", "--no-cache", "--output-format", "json", cwd=folder)
    return sorted((finding["code"], finding["suppressed"]) for finding in json.loads(result.out)["findings"])


@DAYS
def test_comment(days: int, expected: list[tuple[str, bool]], tmp_path: Path) -> None:
    def waived_until(today: date) -> list[tuple[str, bool]]:
        comment = f"<!-- reportlint: ignore NUM001 until={today + timedelta(days)} -->"
        (tmp_path / "a.md").write_text(FAULTY.replace(GAP, f"{comment}\n{GAP}"), encoding="utf-8")
        return codes(tmp_path)

    assert within_one_day(waived_until) == expected


@DAYS
def test_waiver_file(days: int, expected: list[tuple[str, bool]], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    run("check", "a.md", "--no-cache", "--add-waivers", "as it was", cwd=tmp_path)
    file = tmp_path / "reportlint-waivers.yaml"
    (entry,) = yaml.safe_load(file.read_text(encoding="utf-8"))

    def waived_until(today: date) -> list[tuple[str, bool]]:
        dated = {**entry, "until": str(today + timedelta(days))}
        file.write_text(yaml.safe_dump([dated], sort_keys=False), encoding="utf-8")
        return codes(tmp_path)

    assert within_one_day(waived_until) == expected
