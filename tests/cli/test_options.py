"""Options of ``check`` that other linters have too."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import CLEAN, FAULTY, Result, run
from .test_terminal import FAULTY as FAULTY_EXAMPLE
from .test_terminal import on_terminal

MANY = FAULTY.replace("small harbours.", "XX harbours .").replace("12 March 2019\n", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(MANY, encoding="utf-8")
    (tmp_path / "b.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "c.md").write_text("", encoding="utf-8")
    return tmp_path


def codes(result: Result) -> list[str]:
    return sorted(finding["code"] for finding in result.json["findings"])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["--select", "NUM", "--select", "DRF,TYP001"], ["DRF001", "NUM001", "TYP001"]),
        (["--ignore", "NUM", "--ignore", "DRF,TYP001"], ["MST004"]),
        (["--select", "NUM,DRF", "--ignore", "NUM"], ["DRF001"]),
        (["--select", "NUM", "--ignore", "DRF", "--select", "DRF"], ["NUM001"]),
    ],
)
@pytest.mark.parametrize("configuration", ["", 'select = ["MST", "NUM"]\n'])
def test_repeated_options_add_up_and_replace_the_configuration(
    folder: Path, given: list[str], expected: list[str], configuration: str
) -> None:
    (folder / "reportlint.toml").write_text(configuration, encoding="utf-8")
    assert codes(run("check", "a.md", "--output-format", "json", *given, cwd=folder)) == expected


@pytest.mark.parametrize(
    ("paths", "options", "code"),
    [
        (["a.md"], [], 0),
        (["b.md"], [], 0),
        (["a.md", "none.md"], [], 2),
        (["a.md", "c.md"], ["--require-checked"], 3),
        ([], ["--select", "NO"], 2),
    ],
)
def test_exit_zero_turns_only_1_into_0(folder: Path, paths: list[str], options: list[str], code: int) -> None:
    assert run("check", "--exit-zero", *options, *paths, cwd=folder).code == code


@pytest.mark.parametrize("format_name", ["text", "concise"])
def test_quiet_prints_findings_and_what_was_not_checked(folder: Path, format_name: str) -> None:
    (folder / "reportlint.toml").write_text('exclude = ["d.md"]\n', encoding="utf-8")
    (folder / "d.md").write_text(CLEAN, encoding="utf-8")
    given = ["check", "--output-format", format_name, "a.md", "b.md", "c.md", "d.md"]
    full, quiet = run(*given, cwd=folder), run(*given, "--quiet", cwd=folder)
    assert (quiet.code, quiet.err) == (1, "")
    assert "excluded" in full.err
    assert "nothing to report" in full.out
    assert "nothing to report" not in quiet.out
    assert "not checked, empty file" in quiet.out
    assert "c.md" in quiet.out
    kept = quiet.out.splitlines()
    assert [line for line in full.out.splitlines() if line in kept] == kept
    assert run("check", "b.md", "--quiet", cwd=folder) == Result(0, "", "")


def test_quiet_prints_errors(folder: Path) -> None:
    result = run("check", "--quiet", "none.md", cwd=folder)
    assert (result.code, "no such file" in result.out) == (2, True)
    result = run("check", "--quiet", "--require-checked", "c.md", cwd=folder)
    assert (result.code, result.err) == (3, "reportlint: 1 file was not checked: c.md\n")


def test_color_always_and_never(folder: Path) -> None:
    plain = run("check", "a.md", cwd=folder).out
    assert "\x1b" not in plain
    assert "\x1b[" in run("check", "a.md", "--color", "always", cwd=folder).out
    assert "\x1b[" in run("check", "a.md", "--color", "always", cwd=folder, env={"NO_COLOR": "1"}).out
    assert run("check", "a.md", "--color", "auto", cwd=folder).out == plain
    assert run("check", "a.md", "--color", "always", "--output-format", "concise", cwd=folder).out.count("\x1b") == 0
    assert "\x1b" not in on_terminal("check", FAULTY_EXAMPLE, "--color", "never")[1]
    assert "\x1b" in on_terminal("check", FAULTY_EXAMPLE, "--color", "auto")[1]


def test_statistics_in_json(folder: Path) -> None:
    given = ["check", "a.md", "b.md", "--select", "NUM,TYP", "--output-format", "json"]
    result = run(*given, "--statistics", cwd=folder)
    data = result.json["statistics"]
    assert data["rules"] == [
        {"code": "NUM001", "name": "paragraph-sequence", "findings": 1, "files": 1},
        {"code": "TYP001", "name": "space-before-stop", "findings": 1, "files": 1},
    ]
    assert (data["drafts"], data["processes"]) == (2, 1)
    assert data["size"] == len((MANY + CLEAN).encode())
    assert data["seconds"] >= 0
    assert "NUM001" in result.err
    assert "statistics" not in run(*given, cwd=folder).json


def test_codes_link_to_the_page_of_the_rule_on_a_terminal(folder: Path) -> None:
    configuration, draft = str(folder / "house.toml"), str(folder / "a.md")
    (folder / "house.toml").write_text('documentation = "https://docs.example.org/reportlint/"\n', encoding="utf-8")
    given = ["check", draft, "--config", configuration]
    link = "https://docs.example.org/reportlint/rules/NUM001.html\x1b\\"
    assert link in on_terminal(*given)[1]
    assert "\x1b]8" not in on_terminal(*given, env={"TERM": "linux"})[1]
    assert "\x1b]8" not in on_terminal(*given, "--color", "never")[1]
    assert "\x1b]8" not in on_terminal("check", draft)[1]
    assert "\x1b]8" not in run(*given, "--color", "always").out


def test_documentation_must_be_a_web_address(folder: Path) -> None:
    (folder / "reportlint.toml").write_text('documentation = "docs here"\n', encoding="utf-8")
    result = run("check", "a.md", cwd=folder)
    assert (result.code, result.out) == (2, "")
    assert "reportlint.toml:1:1: “documentation”: “docs here” is not a web address" in result.err
