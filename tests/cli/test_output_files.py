"""``--output-file``: each file is written completely or not at all, independently of the others."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reportlint.reporters import REPORTERS

from .conftest import CLEAN, FAULTY, arguments, check_formats, environment, run


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with a faulty and a clean draft."""
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(("draft", "code"), [("faulty.md", 1), ("clean.md", 0)])
def test_file_has_the_output_of_its_format(draft: str, code: int, workspace: Path) -> None:
    outputs = check_formats([draft], out=workspace / "new/folder", cwd=workspace)
    for name in REPORTERS:
        shown = run("check", draft, "--output-format", name, cwd=workspace)
        assert (shown.code, shown.out) == (code, outputs[name])
    assert names(workspace / "new/folder") == set(REPORTERS)


def test_output_files_do_not_change_output_and_exit_code(workspace: Path) -> None:
    plain = run("check", ".", cwd=workspace)
    assert run("check", ".", "--output-file", "json=a.json", "--output-file", "junit=b.xml", cwd=workspace) == plain
    assert plain.code == 1


def test_existing_file_is_replaced_through_a_link(workspace: Path) -> None:
    (workspace / "real").mkdir()
    (workspace / "real/found.log").write_text("old " * 1000, encoding="utf-8")
    (workspace / "link.log").symlink_to("real/found.log")
    run("check", "faulty.md", "--output-file", "text=link.log", cwd=workspace)
    assert (workspace / "link.log").is_symlink()
    assert (workspace / "real/found.log").read_text(encoding="utf-8") == run("check", "faulty.md", cwd=workspace).out
    assert names(workspace / "real") == {"found.log"}


def test_file_has_the_usual_permissions(workspace: Path) -> None:
    run("check", "faulty.md", "--output-file", "text=found.txt", cwd=workspace)
    modes = {stat.S_IMODE((workspace / name).stat().st_mode) for name in ("found.txt", "faulty.md")}
    assert len(modes) == 1


@pytest.mark.parametrize("path", ["faulty.md/found", "taken", "a" * 300, "/proc/no-such/found"])
def test_failure_to_write_one_file_does_not_prevent_another(path: str, workspace: Path) -> None:
    (workspace / "taken").mkdir()
    result = run(
        "check", "faulty.md", "--output-file", f"json={path}", "--output-file", "concise=found.txt", cwd=workspace
    )  # fmt: skip
    assert result.code == 2
    assert result.err.startswith(f"reportlint: {path} cannot be written: ")
    assert result.out == run("check", "faulty.md", cwd=workspace).out
    assert "NUM001" in (workspace / "found.txt").read_text(encoding="utf-8")
    assert names(workspace) == {"clean.md", "faulty.md", "found.txt", "taken"}
    assert names(workspace / "taken") == set()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_device_is_written_to_and_never_replaced(workspace: Path) -> None:
    result = run(
        "check", "faulty.md", "--output-file", "text=/dev/full", "--output-file", "json=/dev/null", cwd=workspace
    )
    assert (result.code, result.err) == (2, "reportlint: /dev/full cannot be written: No space left on device\n")
    assert Path("/dev/full").is_char_device()
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="the standard streams are not files here")
def test_pipe_is_written_to(workspace: Path) -> None:
    completed = subprocess.run(
        arguments("check", "faulty.md", "--output-file", "concise=/dev/stderr"),
        cwd=workspace, env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (completed.returncode, completed.stdout) == (1, run("check", "faulty.md", cwd=workspace).out)
    assert completed.stderr == run("check", "faulty.md", "--output-format", "concise", cwd=workspace).out


def test_checked_draft_is_not_overwritten(workspace: Path) -> None:
    (workspace / "link.md").symlink_to("faulty.md")
    for path in ("faulty.md", "./faulty.md", str(workspace / "faulty.md"), "link.md"):
        result = run("check", "faulty.md", "--output-file", f"text={path}", cwd=workspace)
        assert result.code == 2
        assert "may be a draft and was not replaced" in result.err
    assert (workspace / "faulty.md").read_text(encoding="utf-8") == FAULTY


@pytest.mark.parametrize("name", ["other.md", "OTHER.TXT", "other.docx", "other.rtf"])
def test_other_draft_is_not_overwritten(workspace: Path, name: str) -> None:
    result = run("check", "clean.md", "--output-file", f"html={name}", cwd=workspace)
    assert (result.code, (workspace / name).read_text("utf-8")[:9]) == (0, "<!DOCTYPE")
    (workspace / name).write_text("1. The Committee met.\n")
    result = run("check", "clean.md", "--output-file", f"html={name}", "--output-file", "json=new.json", cwd=workspace)
    assert (result.code, (workspace / name).read_text("utf-8")) == (2, "1. The Committee met.\n")
    assert (workspace / "new.json").exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["report.json"], "“report.json”: write it as FORMAT=PATH, such as sarif=report.sarif"),
        (["json="], "write it as FORMAT=PATH"),
        (["=a.json"], "write it as FORMAT=PATH"),
        (["jsn=a.json"], "unknown output format “jsn”; did you mean “json”?"),
        (["xml=a.xml"], "unknown output format “xml” (known formats: text, concise, json, "),
        (["json=a.json", "text=./a.json"], "--output-file: ./a.json is named twice"),
    ],
    ids=str,
)
def test_invalid_value_is_reported_before_anything_is_written(values: list[str], message: str, workspace: Path) -> None:
    options = [part for value in values for part in ("--output-file", value)]
    result = run("check", "faulty.md", *options, cwd=workspace)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert names(workspace) == {"clean.md", "faulty.md"}


def test_path_with_an_equals_sign(workspace: Path) -> None:
    assert run("check", "clean.md", "--output-file", "text=a=b.txt", cwd=workspace).code == 0
    assert (workspace / "a=b.txt").exists()


def test_file_name_that_is_not_utf8(workspace: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        (workspace / name).write_text(FAULTY, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("the file system has no such names")
    outputs = check_formats([name], out=workspace / "out", cwd=workspace)
    assert all("NUM001" in text for text in outputs.values())
    assert '"uri": "caf%E9.md"' in outputs["sarif"]


def test_only_the_format_in_use_is_imported(workspace: Path) -> None:
    program = (
        "import sys; from reportlint.cli.main import main; code = main(['check', 'clean.md']); print(*sys.modules)"
    )
    completed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=workspace,
        env=environment(),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    loaded = completed.stdout.split()
    assert "reportlint.reporters.text" in loaded
    assert not {f"reportlint.reporters.{name}" for name in ("sarif", "github", "gitlab", "junit")} & set(loaded)
    assert "xml" not in loaded
