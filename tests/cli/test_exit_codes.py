"""Exit codes, and what is printed with them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportlint import __version__

from .conftest import CLEAN, FAULTY, run

CASES = yaml.safe_load((Path(__file__).parent / "exits.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["run"]).replace("\n", "\\n") or "nothing")
def test_exit_code(case: dict[str, Any], folder: Path) -> None:
    given = case["run"]
    if "findings" in case:
        result = run(*given, "--output-format", "json", cwd=folder)
        assert [[finding["path"], finding["code"]] for finding in result.json["findings"]] == case["findings"]
        if "stderr" not in case:
            assert result.err == ""
    else:
        result = run(*given, cwd=folder)
        assert result.out == ""
    assert result.code == case["code"]
    assert case.get("stderr", "") in result.err


def test_every_exit_code_has_a_case() -> None:
    assert {case["code"] for case in CASES} == {0, 1, 2, 3}


@pytest.mark.parametrize("form", ["text", "concise", "json"])
@pytest.mark.parametrize(("path", "code"), [("clean.md", 0), ("faulty.md", 1), ("latin.md", 2), ("nothing", 3)])
def test_format_does_not_affect_the_exit_code(form: str, path: str, code: int, folder: Path) -> None:
    assert run("check", "--output-format", form, path, cwd=folder).code == code


def test_version() -> None:
    result = run("--version")
    assert (result.code, result.out) == (0, f"reportlint {__version__}\n")


@pytest.mark.parametrize(
    "command", [[], ["check"], ["outline"], ["explain"], ["rules"], ["test"], ["plugins"]], ids=str
)
def test_help(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.code == 0
    assert " ".join(["usage: reportlint", *command]) in result.out


def test_stable_options_are_in_the_help() -> None:
    documented = set(re.findall(r"--[a-z-]+", run("check", "--help").out))
    stable = {
        "--stage", "--output-format", "--select", "--ignore", "--fail-on", "--language", "--message-language",
        "--stdin-filename", "--rules", "--require-plugin",
    }  # fmt: skip
    assert stable <= documented


def test_no_path_means_the_current_folder(folder: Path) -> None:
    result = run("check", "--output-format", "json", cwd=folder / "mixed")
    assert result.code == 2
    assert {finding["path"] for finding in result.json["findings"]} == {"a.md", "b.md"}
    assert result.json["summary"]["files"] == 3


def test_files_ignored_by_git_are_skipped(tmp_path: Path) -> None:
    os.system(f"git init -q {tmp_path}")
    (tmp_path / ".gitignore").write_text("old.md\n")
    (tmp_path / "old.md").write_text(FAULTY)
    (tmp_path / "new.md").write_text(CLEAN)
    assert run("check", "--output-format", "json", str(tmp_path)).json["summary"]["files"] == 1
    assert run("check", str(tmp_path / "old.md")).code == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every file")
def test_file_without_permission_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(FAULTY)
    (tmp_path / "secret.md").chmod(0)
    (tmp_path / "open.md").write_text(FAULTY)
    result = run("check", "--output-format", "concise", ".", cwd=tmp_path)
    assert result.code == 2
    assert "secret.md:1:1: error RPL004" in result.out
    assert "NUM001" in result.out


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens but cannot be read")
def test_file_that_fails_during_reading_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "device.md").symlink_to("/proc/self/mem")
    (tmp_path / "open.md").write_text(FAULTY)
    result = run("check", "--output-format", "concise", ".", cwd=tmp_path)
    assert result.code == 2
    assert "device.md:1:1: error RPL004" in result.out
    assert "open.md:14:1: error NUM001" in result.out


class TestStandardInput:
    def test_default_name(self) -> None:
        result = run("check", "-", "--output-format", "concise", stdin=FAULTY.encode())
        assert result.code == 1
        assert result.out.startswith("<stdin>:14:1: error NUM001 [para. 5] ")

    def test_given_name(self) -> None:
        result = run("check", "-", "--stdin-filename", "a/b.md", "--output-format", "json", stdin=FAULTY.encode())
        assert [finding["path"] for finding in result.json["findings"]] == ["a/b.md"]

    def test_name_selects_the_reader(self) -> None:
        draft = CLEAN.replace("3. Several", "~~~\nThe XX in a line of code\n~~~\n\n3. Several")
        as_markdown = run("check", "-", "--stdin-filename", "b.md", stdin=draft.encode())
        as_text = run("check", "-", "--stdin-filename", "b.txt", stdin=draft.encode())
        assert (as_markdown.code, as_text.code) == (0, 1)

    def test_together_with_paths(self, folder: Path) -> None:
        result = run("check", "clean.md", "-", "--output-format", "json", cwd=folder, stdin=FAULTY.encode())
        assert result.json["summary"]["files"] == 2
        assert result.code == 1

    @pytest.mark.parametrize(("data", "code"), [(b"", 0), (b"\xe9", 2), (b"\x00\x01", 2), (CLEAN.encode(), 0)])
    def test_any_bytes(self, data: bytes, code: int) -> None:
        result = run("check", "-", "--output-format", "json", stdin=data)
        assert result.code == code
        assert len(result.json["findings"]) == (code == 2)

    def test_outline(self) -> None:
        result = run("outline", "-", "--output-format", "json", stdin=CLEAN.encode())
        assert result.code == 0
        assert result.json["paragraphs"] == [{"first": "1", "last": "4"}]
