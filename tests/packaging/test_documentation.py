"""The documentation matches the behaviour of the program."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from drafts import EXAMPLES, ROOT

from reportlint.config.settings import BY_KEY, OVERRIDES
from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.reporters import REPORTERS

sys.path.insert(0, str(ROOT / "docs"))

from console import PAGES, refresh_page

README = ROOT / "README.md"
GETTING_STARTED = ("getting-started.md", "premiers-pas.md")
SCREEN_LINES = 45
_FAMILY = re.compile(r"(?m)^\| ([A-Z]{3}) \|")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_terminal_output_is_current(page: Path) -> None:
    assert refresh_page(page) == page.read_text("utf-8"), "run: python docs/console.py"


def test_terminal_output_in_the_readme_fits_on_one_screen() -> None:
    (terminal,) = re.findall(r"(?s)```console\n(.*?)```", README.read_text("utf-8"))
    assert terminal.count("\n") <= SCREEN_LINES


def test_readme_names_every_family() -> None:
    cards = Rulebook((builtin_folder(),)).cards()
    assert set(_FAMILY.findall(README.read_text("utf-8"))) == {card.family for card in cards}


@pytest.mark.parametrize("page", GETTING_STARTED)
def test_getting_started_explains_lines_of_its_example(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    _, shown, explained = re.split(r"(?m)^## [45]\. .*$", text.partition("## 6.")[0])
    lines = re.findall(r"(?m)^- `(.+?)…?`\s?: ", explained)
    assert len(lines) > 5
    for line in lines:
        assert line.strip() in " ".join(shown.split())


def test_getting_started_has_the_same_parts_in_both_languages() -> None:
    english, french = (
        re.findall(r"(?m)^ *(#+ (?:\d\.)?|```\w+$|- \*\*|\|)", (ROOT / "docs" / page).read_text("utf-8"))
        for page in GETTING_STARTED
    )
    assert french == english


def test_every_setting_is_explained() -> None:
    text = (ROOT / "docs/configuration.md").read_text("utf-8").partition("## All settings")[2]
    assert re.findall(r"(?m)^\| `([\w-]+)` \|", text) == [*BY_KEY, OVERRIDES]


def test_every_format_is_shown() -> None:
    text = (ROOT / "docs/formats.md").read_text("utf-8")
    assert sorted(re.findall(r"(?m)^## (\w+)$", text)) == sorted(REPORTERS)


def test_python_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    programs = re.findall(r"(?s)```python\n(.*?)```", (ROOT / "docs/developers.md").read_text("utf-8"))
    shutil.copy(EXAMPLES / "first-report.txt", tmp_path / "report.md")
    monkeypatch.chdir(tmp_path)
    exec("".join(programs), {"drafts": [("empty.md", "")]})
    assert "para. 3 AGD002 item 2 is quoted as" in capsys.readouterr().out


def test_pre_commit_hook_in_the_readme_exists() -> None:
    (shown,) = re.findall(r"(?s)```yaml\n(.*?)```", README.read_text("utf-8"))
    snippet = (ROOT / "docs/snippets/pre-commit-config.yaml").read_text("utf-8")
    hook, _ = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert yaml.safe_load(shown) == yaml.safe_load(snippet)
    assert yaml.safe_load(shown)["repos"][0]["hooks"] == [{"id": hook["id"]}]


@pytest.mark.parametrize("page", ["README.md", "README.fr.md", "CONTRIBUTING.md", "examples/README.md"])
def test_links_have_targets(page: str) -> None:
    """Links within ``docs`` are checked by Sphinx."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text("utf-8"))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []
