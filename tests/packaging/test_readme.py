"""What the documentation shows is what happens.

``python tests/packaging/test_readme.py`` writes the present output into README.md.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import yaml

from reportlint.knowledge.rulebook import Rulebook, builtin_folder

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
SCREEN = 45
_SESSION = re.compile(r"```console\n\$ reportlint (?P<arguments>.*)\n(?P<output>(?s:.*?))```")
_FAMILY = re.compile(r"(?m)^\| ([A-Z]{3}) \|")


def output_of(arguments: str) -> str:
    command = [sys.executable, "-m", "reportlint", *shlex.split(arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert not done.stderr
    return done.stdout


def refreshed(readme: str) -> str:
    """The text with the output that its command prints now."""
    return _SESSION.sub(
        lambda match: f"```console\n$ reportlint {match['arguments']}\n{output_of(match['arguments'])}```", readme
    )


def test_output_in_the_readme_is_real_and_fills_one_screen() -> None:
    readme = README.read_text("utf-8")
    (session,) = _SESSION.finditer(readme)
    assert session["output"] == output_of(session["arguments"])
    assert session["output"].count("\n") <= SCREEN


def test_readme_names_every_family() -> None:
    cards = Rulebook((builtin_folder(),)).cards()
    assert set(_FAMILY.findall(README.read_text("utf-8"))) == {card.family for card in cards}


def test_hook_in_the_readme_is_the_one_there_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert f"- id: {hook['id']}\n" in README.read_text("utf-8")


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text("utf-8")), encoding="utf-8")
