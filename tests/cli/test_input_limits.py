"""Inputs that are too large, endless or in no known encoding: one line for each, and the others are checked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from permissions import open_folder, without_root

from .conftest import CLEAN, FAULTY, arguments, environment, run

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and devices")


def findings(*given: str, cwd: Path, stdin: bytes = b"") -> dict[str, list[str]]:
    """Return the messages of unreadable files and the codes of other findings, by path. Every run ends with code 2."""
    result = run("check", "--output-format", "json", *given, cwd=cwd, stdin=stdin)
    assert result.code == 2
    by_path: dict[str, list[str]] = {}
    for finding in result.json["findings"]:
        assert "\n" not in finding["message"]
        is_unreadable = finding["code"] == "RPL004"
        by_path.setdefault(finding["path"], []).append(finding["message"] if is_unreadable else finding["code"])
    return by_path


def unreadable(reason: str) -> list[str]:
    return [f"this file cannot be read: {reason}"]


@posix
def test_inputs_that_are_not_regular_files(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    os.mkfifo(tmp_path / "folder/pipe.md")
    (tmp_path / "folder/zero.md").symlink_to("/dev/zero")
    assert findings("/dev/zero", "pipe.md", "folder", "a.md", cwd=tmp_path) == {
        "/dev/zero": unreadable("not a regular file"),
        "pipe.md": unreadable("not a regular file"),
        "folder/pipe.md": unreadable("not a regular file"),
        "folder/zero.md": unreadable("not a regular file"),
        "a.md": ["NUM001"],
    }


def test_the_limit_of_the_size(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(500_000_000)
    expected = {"huge.md": unreadable("larger than 16 MB (setting “max-size”)"), "a.md": ["NUM001"]}
    assert findings("huge.md", "a.md", cwd=tmp_path) == expected
    assert findings(".", cwd=tmp_path) == expected
    (tmp_path / "medium.md").write_bytes(FAULTY.encode() + b" " * 2_000_000)
    (tmp_path / "huge.md").unlink()
    assert run("check", ".", cwd=tmp_path).code == 1
    (tmp_path / "reportlint.toml").write_text("max-size = 2\n")
    assert findings(".", cwd=tmp_path) == {
        "medium.md": unreadable("larger than 2 MB (setting “max-size”)"), "a.md": ["NUM001"]
    }  # fmt: skip
    data = (tmp_path / "medium.md").read_bytes()
    assert findings("-", cwd=tmp_path, stdin=data) == {"<stdin>": unreadable("larger than 2 MB (setting “max-size”)")}
    for value, mistake in [
        ("0", "must be 1 or more"),
        ("1.5", "“1.5” is not a whole number (write it without commas or spaces)"),
        ('"2"', "“2” is not a whole number (write it without commas or spaces)"),
    ]:
        (tmp_path / "reportlint.toml").write_text(f"max-size = {value}\n")
        result = run("check", ".", cwd=tmp_path)
        assert (result.code, result.err) == (2, f"reportlint: reportlint.toml:1:1: “max-size”: {mistake}\n")


@posix
def test_standard_input_without_end(tmp_path: Path) -> None:
    with open("/dev/zero", "rb") as zero:
        done = subprocess.run(
            arguments("check", "-", "--output-format", "concise"),
            cwd=tmp_path, stdin=zero, capture_output=True, timeout=60, env=environment(), check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "larger than 16 MB" in done.stdout.decode()


@posix
def test_the_pipes_of_a_shell(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    command = f"{sys.executable} -m reportlint check --output-format concise /dev/stdin <(cat a.md) < a.md"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, timeout=60, env=environment(), check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().count("NUM001") == 2


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (FAULTY.encode("utf-32"), None),
        (b"\0\0\xfe\xff" + FAULTY.encode("utf-32-be"), None),
        (FAULTY.encode("utf-16"), None),
        (FAULTY.encode("utf-32-le"), "a binary file, not a text file"),
        (FAULTY.encode("utf-16-le"), "a binary file, not a text file"),
        (FAULTY.replace("1. The", "1.\0The").encode("utf-16"), "a binary file, not a text file"),
        (
            FAULTY.replace("1. The", "1.\ud812The").encode("utf-16", "surrogatepass"),
            "not UTF-16, despite its byte order mark",
        ),
        (FAULTY.encode("utf-32")[:-1], "not UTF-32, despite its byte order mark"),
        (FAULTY.encode() + b"\xed\xa0\x80", "not UTF-8: undecodable byte 0xed in line "),
    ],
)
def test_encodings(data: bytes, expected: str | None, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(data)
    result = run("check", "a.md", "--output-format", "json", cwd=tmp_path)
    ((finding),) = result.json["findings"]
    assert (result.code, finding["code"]) == ((2, "RPL004") if expected else (1, "NUM001"))
    assert (expected or "") in finding["message"]


@posix
def test_folders_and_files_without_permission() -> None:
    with open_folder() as folder:
        for name, text in [("a.md", FAULTY), ("closed/b.md", CLEAN), ("c.md", CLEAN)]:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "closed").chmod(0)
        (folder / "c.md").chmod(0)
        findings("a.md", "none.md", cwd=folder)  # loads what a user may not read
        with without_root():
            found = findings(".", "--no-cache", cwd=folder)
        (folder / "closed").chmod(0o755)
        denied = unreadable("Permission denied")
        assert found == {"a.md": ["NUM001"], "c.md": denied, "closed": denied}


def test_hostile_repository(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    script = tmp_path / "script.sh"
    script.write_text("#!/bin/sh\ntouch was-run\n")
    script.chmod(0o755)
    with (tmp_path / ".git/config").open("a", encoding="utf-8") as file:
        file.write(f"[core]\nfsmonitor = {script.as_posix()}\n")
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    result = run("check", "--output-format", "concise", cwd=tmp_path)
    assert (result.code, result.out[:9]) == (1, "a.md:14:1")
    assert not list(tmp_path.glob("**/was-run"))


@pytest.mark.parametrize("given", [["check", ""], ["check", "a.md", ""], ["outline", ""], ["config", ""]])
def test_an_empty_path_is_a_usage_error(given: list[str], tmp_path: Path) -> None:
    result = run(*given, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[-1].endswith("error: argument PATH: a path must not be empty")


# -- configuration --------------------------------------------------------------------------------------------------


def configured(content: str | bytes, folder: Path) -> Any:
    data = content.encode() if isinstance(content, str) else content
    (folder / "reportlint.toml").write_bytes(data)
    (folder / "a.md").write_text(CLEAN, encoding="utf-8")
    return run("check", "a.md", cwd=folder)


DEPTH = 100_000


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("stage = 'draft'\na = " + "[" * DEPTH, "2:17: values nested more than 12 deep"),
        ("a = " + "[" * DEPTH + "]" * DEPTH, "1:17: values nested more than 12 deep"),
        ("a = " + "{b = " * DEPTH, "1:65: values nested more than 12 deep"),
        ("\n[" + "a." * DEPTH + "b]", "2:2: a key of more than 12 parts"),
        ("\n  a" + " . 'b.c'" * DEPTH + " = 1", "2:3: a key of more than 12 parts"),
        ("[meeting]\nsession = " + "9" * 5_000, "2:11: a number of more than 100 digits"),
        ("[meeting]\nsession = -0x" + "f" * 5_000, "2:11: a number of more than 100 digits"),
        (b"a = 1\n" * 20_000_000, "1:1: larger than 1 MB"),
        (b"\xff\xfe", "1:1: not UTF-8"),
        (f"a = '''{'[' * 20}'''\n# {'[' * 20}\nb = \"\"\"{'[' * 20}\"\"\"", "1:1: unknown setting “a” in this table"),
    ],
)  # fmt: skip
def test_absurd_configurations(content: str | bytes, expected: str, tmp_path: Path) -> None:
    result = configured(content, tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[0] == f"reportlint: reportlint.toml:{expected}"
    assert len(result.err) < 300


def test_a_nested_configuration_within_the_limits(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.reportlint]\nignore = ['NUM']\n[tool.other.a.b.c]\nx.y.z = [[[{a.b = [[[{}]]]}]]]\n"
    )
    (tmp_path / "a.md").write_text(FAULTY, encoding="utf-8")
    assert run("check", "a.md", cwd=tmp_path).code == 0


@pytest.mark.parametrize(("length", "code"), [(32, 0), (1_500, 2)])
def test_a_chain_of_extended_files(length: int, code: int, tmp_path: Path) -> None:
    for number in range(1, length + 1):
        (tmp_path / f"{number}.toml").write_text(f'\nextends = "{number + 1}.toml"' if number < length else "")
    result = configured('extends = "1.toml"', tmp_path)
    expected = "reportlint: 32.toml:2:1: “extends” leads through more than 32 files\n"
    assert (result.code, result.err) == (code, expected if code else "")


def test_files_that_extend_each_other_many_times(tmp_path: Path) -> None:
    for number in range(1, 25):
        base = f"'{number + 1}.toml'"
        (tmp_path / f"{number}.toml").write_text(f"extends = [{base}, {base}]" if number < 24 else "")
    result = configured('extends = "1.toml"', tmp_path)
    assert result.code == 2
    assert "“extends” leads to more than 256 files" in result.err.splitlines()[0]
    assert len(result.err.splitlines()) < 30


@posix
@pytest.mark.parametrize("name", ["reportlint.toml", "pyproject.toml", "reportlint-waivers.yaml"])
def test_a_pipe_with_the_name_of_a_configuration_does_not_block(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN, encoding="utf-8")
    os.mkfifo(tmp_path / name)
    assert run("check", "a.md", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [(".", "Is a directory"), ("none.toml", "No such file or directory"), ("/dev/zero", "not a regular file")],
)
def test_a_named_configuration_that_cannot_be_read(path: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN, encoding="utf-8")
    result = run("check", "a.md", "--config", path, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"reportlint: {path}:1:1: {expected}\n"


# -- rule data ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("- " * 500 + "x", "1:129: lists and mappings nested more than 64 deep"),
        ("- " * 5_000 + "x", "1:129: lists and mappings nested more than 64 deep"),
        ("\n" + "[" * DEPTH, "2:1001: not valid YAML: exceeded maximum nesting depth"),
        ("- " + "{a: " * 900 + "}" * 900, "1:255: lists and mappings nested more than 64 deep"),
        ("- ? [a, b]\n  : c", "1:5: a key must be a text, not a list or a mapping"),
        ("- &a [*a]", "1:7: “*a”: repeat the value instead of referring to it (no aliases)"),
        (b"\xff", "1:1: not UTF-8"),
        (b"# a\n" * 3_000_000, "1:1: larger than 10 MB"),
    ],
)
@pytest.mark.parametrize("name", ["rules/cards.yaml", "reportlint-waivers.yaml"])
def test_absurd_rule_data(name: str, content: str | bytes, expected: str, tmp_path: Path) -> None:
    data = content.encode() if isinstance(content, str) else content
    (tmp_path / "rules").mkdir()
    (tmp_path / name).write_bytes(data)
    (tmp_path / "a.md").write_text(CLEAN, encoding="utf-8")
    rules = ["--rules", "rules"] if name.startswith("rules") else []
    result = run("check", "a.md", *rules, cwd=tmp_path)
    assert result.err.splitlines()[0] == f"reportlint: {name}:{expected}"
    assert result.code == 2
    assert len(result.err) < 1_000


def test_a_pattern_that_needs_gigabytes(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/cards.yaml").write_text(
        "- code: GEN001\n  name: generic\n  check: pattern\n  severity: warning\n  confidence: high\n"
        '  message: {en: "words"}\n  why: {en: "because"}\n  with:\n    pattern: "(?:(?:ab?){1000}){1000}"\n'
    )
    (tmp_path / "a.md").write_text(CLEAN, encoding="utf-8")
    done = subprocess.run(
        arguments("check", "a.md", "--rules", "rules"),
        cwd=tmp_path, capture_output=True, timeout=30, env=environment(), check=False,
    )  # fmt: skip
    line = "rules/cards.yaml:9:14: “(?:(?:ab?){1000}){1000}” repeats too much: reduce the numbers in braces"
    assert (done.returncode, done.stderr.decode()) == (2, f"reportlint: {line}\n")
