"""JSON Lines: the fields of JSON, as soon as they are known."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from drafts import EXAMPLES

from .conftest import CLEAN, FAULTY, arguments, environment, run

README = "# A program\n\nHow to install it, and how to use it with the other tools.\n"


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    for number in range(24):
        (tmp_path / f"n{number:02}.md").write_text(f"{FAULTY if number % 2 else CLEAN}\nNumber {number + 100}.\n")
    (tmp_path / "readme.md").write_text(README)
    (tmp_path / "broken.md").write_bytes(b"\xff\xfe\x00")
    return tmp_path


def lines(folder: Path, *given: str, output: str = "jsonl") -> tuple[int, list[dict[str, Any]]]:
    result = run("check", "--no-cache", "--output-format", output, *given, cwd=folder)
    return result.code, [json.loads(line) for line in result.out.splitlines()]


def as_json(given: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the format ``json`` says of the same run."""
    *others, last = given
    assert last.pop("type") == "run"
    data: dict[str, Any] = {**last, "files": [], "findings": []}
    for line in others:
        data[f"{line.pop('type')}s"].append(line)
    data["files"].sort(key=lambda file: file["path"])
    data["findings"].sort(key=lambda finding: finding["path"])
    return data


@pytest.mark.parametrize("given", [(), ("--jobs", "2"), ("--stage", "publication")])
def test_lines_say_what_json_says(drafts: Path, given: tuple[str, ...]) -> None:
    code, written = lines(drafts, *given, ".")
    expected = run("check", "--no-cache", "--output-format", "json", *given, ".", cwd=drafts)
    assert code == expected.code == 2
    assert as_json(written) == expected.json


def test_findings_of_a_file_come_directly_before_it(drafts: Path) -> None:
    _, written = lines(drafts, "--jobs", "2", ".")
    paths = [line["path"] for line in written[:-1]]
    assert len(set(paths)) == 26
    assert len([None for before, after in zip(paths, [*paths[1:], ""], strict=True) if before != after]) == 26
    assert all(
        line["type"] == "finding" for line, path in zip(written, paths[1:], strict=False) if path == line["path"]
    )


def test_waived_and_known_findings_are_marked_at_once(drafts: Path) -> None:
    run("check", "--no-cache", "--add-waivers", "as issued", "n01.md", "n03.md", cwd=drafts)
    run("check", "--no-cache", "--write-baseline", "known.json", "n05.md", cwd=drafts)
    (drafts / "n03.md").write_text(CLEAN)  # so that its waiver is not needed
    given = ("--baseline", "known.json", ".")
    _, written = lines(drafts, *given)
    assert [line["path"] for line in written[-2:-1]] == ["reportlint-waivers.yaml"]
    assert as_json(written) == run("check", "--no-cache", "--output-format", "json", *given, cwd=drafts).json
    assert sum(line.get("suppressed") is True for line in written) == 2


def test_renamed_drafts_are_recognized(drafts: Path) -> None:
    run("check", "--no-cache", "--add-waivers", "as issued", ".", cwd=drafts)
    (drafts / "n03.md").rename(drafts / "other.md")
    _, written = lines(drafts, ".")
    assert [line["path"] for line in written if line["type"] == "finding" and not line["suppressed"]] == ["broken.md"]
    assert [line["path"] for line in written if line["type"] == "file"] == sorted(
        line["path"] for line in written if line["type"] == "file"
    )


def test_lines_show_the_drafts_as_fixed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN.replace("secretariat.", "secretariat ."))
    assert [line["type"] for line in lines(tmp_path, "a.md")[1]] == ["finding", "file", "run"]
    code, written = lines(tmp_path, "--fix", "a.md")
    assert (code, [line["type"] for line in written]) == (0, ["file", "run"])


def test_output_file_is_in_order_and_can_be_replaced(drafts: Path) -> None:
    given = ("check", "--no-cache", "--jobs", "2", "--output-file", "jsonl=out.jsonl", ".")
    for _ in range(2):
        assert run(*given, cwd=drafts).err == ""
    written = [json.loads(line) for line in (drafts / "out.jsonl").read_text("utf-8").splitlines()]
    files = [line["path"] for line in written if line["type"] == "file"]
    assert (len(files), files) == (26, sorted(files))
    (drafts / "out.jsonl").write_text('{"type": "file"}\n')
    assert "was not replaced" in run(*given, cwd=drafts).err


def test_statistics_are_in_the_last_line(drafts: Path) -> None:
    _, written = lines(drafts, "--statistics", "n01.md")
    assert written[-1]["statistics"]["rules"] == [
        {"code": "NUM001", "name": "paragraph-sequence", "findings": 1, "files": 1}
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_lines_come_while_files_are_checked(tmp_path: Path) -> None:
    """The first lines can be read while the last draft is being written to the pipe that it is read from."""
    long = (EXAMPLES / "faulty/seed-heritage-not-adopted.en.md").read_text(encoding="utf-8")
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(f"{long}\nNumber {number}.\n", encoding="utf-8")
    process = subprocess.Popen(
        arguments("check", "--no-cache", "--jobs", "1", "--output-format", "jsonl", "."),
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )  # fmt: skip
    assert process.stdout
    first = json.loads(process.stdout.readline())
    assert (first["type"], process.poll()) == ("finding", None)
    process.send_signal(signal.SIGINT)
    rest, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"reportlint: interrupted\n")
    assert json.loads(rest.splitlines()[-1])["type"] != "run"


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe")
def test_reader_that_leaves_does_not_change_the_exit_code(drafts: Path) -> None:
    process = subprocess.Popen(
        arguments("check", "--no-cache", "--output-format", "jsonl", "."),
        cwd=drafts, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 2
