"""Files that a run writes beside what it shows: each whole or not at all, and none at the cost of another."""

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
def place(tmp_path: Path) -> Path:
    """A folder with drafts to check in."""
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(("draft", "code"), [("faulty.md", 1), ("clean.md", 0)])
def test_a_file_holds_what_would_be_shown(draft: str, code: int, place: Path) -> None:
    written = check_formats([draft], out=place / "new/folder", cwd=place)
    for name in REPORTERS:
        shown = run("check", draft, "--output-format", name, cwd=place)
        assert (shown.code, shown.out) == (code, written[name])
    assert names(place / "new/folder") == set(REPORTERS)


def test_what_is_shown_and_the_exit_code_stay(place: Path) -> None:
    plain = run("check", ".", cwd=place)
    assert run("check", ".", "--output-file", "json=a.json", "--output-file", "junit=b.xml", cwd=place) == plain
    assert plain.code == 1


def test_an_older_file_is_replaced_and_a_link_stays_one(place: Path) -> None:
    (place / "real").mkdir()
    (place / "real/found.log").write_text("old " * 1000, encoding="utf-8")
    (place / "link.log").symlink_to("real/found.log")
    run("check", "faulty.md", "--output-file", "text=link.log", cwd=place)
    assert (place / "link.log").is_symlink()
    assert (place / "real/found.log").read_text(encoding="utf-8") == run("check", "faulty.md", cwd=place).out
    assert names(place / "real") == {"found.log"}


def test_a_file_is_readable_by_those_by_whom_others_are(place: Path) -> None:
    run("check", "faulty.md", "--output-file", "text=found.txt", cwd=place)
    modes = {stat.S_IMODE((place / name).stat().st_mode) for name in ("found.txt", "faulty.md")}
    assert len(modes) == 1


@pytest.mark.parametrize("path", ["faulty.md/found", "taken", "a" * 300, "/proc/no-such/found"])
def test_one_that_cannot_be_written_keeps_no_other_from_it(path: str, place: Path) -> None:
    (place / "taken").mkdir()
    result = run(
        "check", "faulty.md", "--output-file", f"json={path}", "--output-file", "concise=found.txt", cwd=place
    )  # fmt: skip
    assert result.code == 2
    assert result.err.startswith(f"reportlint: {path} cannot be written: ")
    assert result.out == run("check", "faulty.md", cwd=place).out
    assert "NUM001" in (place / "found.txt").read_text(encoding="utf-8")
    assert names(place) == {"clean.md", "faulty.md", "found.txt", "taken"}
    assert names(place / "taken") == set()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is full is needed")
def test_a_device_is_written_to_and_never_replaced(place: Path) -> None:
    result = run("check", "faulty.md", "--output-file", "text=/dev/full", "--output-file", "json=/dev/null", cwd=place)
    assert (result.code, result.err) == (2, "reportlint: /dev/full cannot be written: No space left on device\n")
    assert Path("/dev/full").is_char_device()
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="the streams of a process are files elsewhere")
def test_a_pipe_is_written_to(place: Path) -> None:
    done = subprocess.run(
        arguments("check", "faulty.md", "--output-file", "concise=/dev/stderr"),
        cwd=place, env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, run("check", "faulty.md", cwd=place).out)
    assert done.stderr == run("check", "faulty.md", "--output-format", "concise", cwd=place).out


def test_no_draft_is_overwritten(place: Path) -> None:
    (place / "link.md").symlink_to("faulty.md")
    for path in ("faulty.md", "./faulty.md", str(place / "faulty.md"), "link.md"):
        result = run("check", "faulty.md", "--output-file", f"text={path}", cwd=place)
        assert result.code == 2
        assert "may be a draft, and is left as it is" in result.err
    assert (place / "faulty.md").read_text(encoding="utf-8") == FAULTY


@pytest.mark.parametrize("name", ["other.md", "OTHER.TXT", "other.docx", "other.rtf"])
def test_nor_what_may_be_another_draft(place: Path, name: str) -> None:
    result = run("check", "clean.md", "--output-file", f"html={name}", cwd=place)
    assert (result.code, (place / name).read_text("utf-8")[:9]) == (0, "<!DOCTYPE")
    (place / name).write_text("1. The Committee met.\n")
    result = run("check", "clean.md", "--output-file", f"html={name}", "--output-file", "json=new.json", cwd=place)
    assert (result.code, (place / name).read_text("utf-8")) == (2, "1. The Committee met.\n")
    assert (place / "new.json").exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["report.json"], "“report.json”: write it as FORMAT=PATH, such as sarif=report.sarif"),
        (["json="], "write it as FORMAT=PATH"),
        (["=a.json"], "write it as FORMAT=PATH"),
        (["jsn=a.json"], "there is no output format “jsn”; did you mean “json”?"),
        (["xml=a.xml"], "there is no output format “xml” (there are text, concise, json, "),
        (["json=a.json", "text=./a.json"], "--output-file: ./a.json is named twice"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_said_before_anything_is_done(given: list[str], says: str, place: Path) -> None:
    options = [part for one in given for part in ("--output-file", one)]
    result = run("check", "faulty.md", *options, cwd=place)
    assert (result.code, result.out) == (2, "")
    assert says in result.err
    assert names(place) == {"clean.md", "faulty.md"}


def test_a_path_may_hold_an_equals_sign(place: Path) -> None:
    assert run("check", "clean.md", "--output-file", "text=a=b.txt", cwd=place).code == 0
    assert (place / "a=b.txt").exists()


def test_a_name_of_bytes_that_are_no_text(place: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        (place / name).write_text(FAULTY, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("the file system has no such names")
    written = check_formats([name], out=place / "out", cwd=place)
    assert all("NUM001" in text for text in written.values())
    assert '"uri": "caf%E9.md"' in written["sarif"]


def test_formats_are_imported_where_they_are_used(place: Path) -> None:
    program = (
        "import sys; from reportlint.cli.main import main; code = main(['check', 'clean.md']); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=place, env=environment(), capture_output=True, check=True, encoding="utf-8"
    )
    loaded = done.stdout.split()
    assert "reportlint.reporters.text" in loaded
    assert not {f"reportlint.reporters.{name}" for name in ("sarif", "github", "gitlab", "junit")} & set(loaded)
    assert "xml" not in loaded
