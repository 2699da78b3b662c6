"""What the documentation shows is what happens."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml
from drafts import ROOT

from reportlint.knowledge.rulebook import Rulebook, builtin_folder

sys.path.insert(0, str(ROOT / "docs"))

from console import PAGES, refreshed

README = ROOT / "README.md"
SCREEN = 45
_FAMILY = re.compile(r"(?m)^\| ([A-Z]{3}) \|")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_terminal_is_current(page: Path) -> None:
    assert refreshed(page) == page.read_text("utf-8"), "run: python docs/console.py"


def test_terminal_in_the_readme_fills_one_screen() -> None:
    (terminal,) = re.findall(r"(?s)```console\n(.*?)```", README.read_text("utf-8"))
    assert terminal.count("\n") <= SCREEN


def test_readme_names_every_family() -> None:
    cards = Rulebook((builtin_folder(),)).cards()
    assert set(_FAMILY.findall(README.read_text("utf-8"))) == {card.family for card in cards}


def test_hook_in_the_readme_is_the_one_there_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert f"- id: {hook['id']}\n" in README.read_text("utf-8")
