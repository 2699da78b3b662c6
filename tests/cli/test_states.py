"""The states of files and the exit codes, through the installed command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from reportlint.document.signatures import OLE

from .conftest import CLEAN, FAULTY, run

SPANISH = """# Informe del Comité de Seguridad Portuaria

1. El Comité se reunió en Lisboa para examinar la labor de su secretaría.

2. El Presidente recordó las decisiones adoptadas en el período de sesiones anterior.
"""
README = "# A program\n\nHow to install it, and how to use it with the other tools:\n\n1. Install it.\n2. Run it.\n"
TEXTS: dict[str, bytes] = {
    "clean": CLEAN.encode(),
    "faulty": FAULTY.encode(),
    "latin-1": "1. Le Comité s'est réuni à Genève.".encode("latin-1"),
    "utf-32": CLEAN.encode("utf-32"),
    "broken utf-32": CLEAN.encode("utf-32") + b"\xff",
    "word": OLE + bytes(64),
    "rich": rb"{\rtf1\ansi 1. The Committee met in Lisbon.\par}",
    "spanish": SPANISH.encode(),
    "spanish masthead": b"Naciones Unidas   HARB/COM/2019/3\n\nComit\xc3\xa9 de Seguridad Portuaria\n",
    "spanish letter": b"Le damos las gracias por su visita de ayer al puerto de Lisboa y quedamos a la espera.\n",
    "empty": b" \n\n",
    "readme": README.encode(),
    "without masthead": CLEAN.partition("HARB")[0].encode() + CLEAN.partition("English\n")[2].encode(),
    "few paragraphs": b"# The port\n\n## Past\n\nThe port was built in the spring and it was opened in the autumn of "
    b"that year.\n\n## Present\n\n1. The Committee met at the port of Lisbon.\n\n2. It adopted the report.\n",
    "excluding": b'exclude = ["a.*"]\n',
}
STAGES = [
    ["--stage", "draft"], ["--stage", "review"], ["--stage", "publication"], ["--stage", "draft", "--require-checked"],
    ["--stage", "publication", "--allow-unchecked"], ["--stage", "publication", "--exit-zero"],
]  # fmt: skip
CASES = yaml.safe_load((Path(__file__).parent / "states.yaml").read_text(encoding="utf-8"))
COMMAND = Path(sysconfig.get_path("scripts"), "reportlint")


def check(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    command: list[str | Path] = [COMMAND, "check", "--no-cache", *arguments]
    completed = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, timeout=60, check=False)
    out, err = completed.stdout.decode(), completed.stderr.decode()
    assert "Traceback" not in err
    return subprocess.CompletedProcess(completed.args, completed.returncode, out, err)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_bytes(TEXTS[text])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{' '.join(case['run'])} of {list(case['files'].values())}")
def test_exit_codes(case: dict[str, Any], tmp_path: Path) -> None:
    write(tmp_path, case["files"])
    stdin = TEXTS[case.get("stdin", "empty")]
    arguments = ["check", "--no-cache", *case["run"]]
    results = [run(*arguments, *options, cwd=tmp_path, stdin=stdin) for options in STAGES]
    assert [result.code for result in results] == case["codes"]
    assert check(tmp_path, *STAGES[2], *case["run"], stdin=stdin).returncode == case["codes"][2]
    # A 3 is explained on standard error, a 1 or 2 by the findings.
    assert all(result.err for result in results if result.code == 3)
    assert all(result.out for result in results if result.code in (1, 2))


STATES = {
    "clean.md": ("clean", "checked"),
    "empty.md": ("empty", "empty"),
    "readme.md": ("readme", "not-a-un-document"),
    "spanish.md": ("spanish", "unknown-language"),
    "undecodable.md": ("latin-1", "unreadable"),
    "word.doc": ("word", "unreadable"),
    "a.md": ("faulty", "excluded"),
    "faulty.md": ("faulty", "checked"),
}


@pytest.fixture(scope="module")
def formats(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what each format says of a folder with a file in every state, and standard error as "err"."""
    folder, out = tmp_path_factory.mktemp("drafts"), tmp_path_factory.mktemp("out")
    write(folder, {name: text for name, (text, _) in STATES.items()} | {"reportlint.toml": "excluding"})
    names = ["text", "concise", "json", "html", "sarif", "github", "gitlab", "junit"]
    files = [f"--output-file={name}={out / name}" for name in names]
    result = check(folder, "--stage", "publication", *files, ".")
    assert result.returncode == 2
    return {name: (out / name).read_text(encoding="utf-8") for name in names} | {"err": result.stderr}


@pytest.mark.parametrize("name", ["text", "concise", "json", "html", "sarif", "github", "junit"])
def test_every_format_names_every_file(name: str, formats: dict[str, str]) -> None:
    assert [path for path in STATES if path not in formats[name]] == []


def test_gitlab_names_every_file_but_the_clean_one(formats: dict[str, str]) -> None:
    entries = json.loads(formats["gitlab"])
    assert {entry["location"]["path"] for entry in entries} == STATES.keys() - {"clean.md"}
    severities = {entry["location"]["path"]: entry["severity"] for entry in entries if "RPL" not in entry["check_name"]}
    assert {path: severities[path] for path in ("spanish.md", "word.doc", "empty.md", "readme.md", "a.md")} == {
        "spanish.md": "major", "word.doc": "major", "empty.md": "info", "readme.md": "info", "a.md": "info",
    }  # fmt: skip


def test_files_in_json(formats: dict[str, str]) -> None:
    data = json.loads(formats["json"])
    files = {file["path"]: file for file in data["files"]}
    assert {path: file["state"] for path, file in files.items()} == {name: state for name, (_, state) in STATES.items()}
    assert list(files["clean.md"]) == [
        "path", "sha256", "state", "reason", "language", "kind", "switched_off", "symbol", "title", "date",
        "errors", "warnings", "infos", "suppressed",
    ]  # fmt: skip
    clean = {key: value for key, value in files["clean.md"].items() if key != "sha256"}
    assert clean == {
        "path": "clean.md", "state": "checked", "reason": None, "language": "en", "kind": "report",
        "symbol": "HARB/COM/2019/3", "title": "Report of the Committee on Harbour Safety on its second session",
        "date": "2019-03-12", "errors": 0, "warnings": 0, "infos": 0, "suppressed": 0, "switched_off": [],
    }  # fmt: skip
    assert len(files["clean.md"]["sha256"]) == 64
    assert files["clean.md"]["sha256"] != files["faulty.md"]["sha256"]
    assert files["word.doc"]["sha256"] is None
    assert files["word.doc"]["reason"] == "a Word file of the old binary format; save it as .docx"
    assert files["spanish.md"]["reason"] == "unknown language"
    assert "undecodable byte" in files["undecodable.md"]["reason"]
    assert files["undecodable.md"]["errors"] == 1
    assert data["summary"]["files"] == len(STATES) - 1
    assert data["summary"]["checked"] == 2


def test_unchecked_files_in_sarif(formats: dict[str, str]) -> None:
    (run,) = json.loads(formats["sarif"])["runs"]
    states = {entry["location"]["uri"]: entry["properties"]["state"] for entry in run["artifacts"]}
    assert states == {name: state for name, (_, state) in STATES.items()}
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    levels = {
        entry["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: entry["level"]
        for entry in invocation["toolExecutionNotifications"]
        if "locations" in entry
    }
    assert levels == {
        "a.md": "note", "empty.md": "note", "readme.md": "note", "spanish.md": "error", "undecodable.md": "error",
        "word.doc": "error",
    }  # fmt: skip


def test_unchecked_files_in_junit(formats: dict[str, str]) -> None:
    suites = ElementTree.fromstring(formats["junit"])
    outcomes = {suite.get("name"): {test.tag for case in suite for test in case} for suite in suites}
    assert outcomes["spanish.md"] == outcomes["word.doc"] == outcomes["undecodable.md"] == {"error"}
    assert outcomes["empty.md"] == outcomes["readme.md"] == outcomes["a.md"] == {"skipped"}
    assert outcomes["clean.md"] == set()


def test_unchecked_files_in_github_actions(formats: dict[str, str]) -> None:
    commands = [line for line in formats["github"].splitlines() if line.startswith("::error") and "RPL" not in line]
    named = [line for line in commands if "title=not checked" in line]
    assert [line.split("file=")[1].split(",")[0] for line in named] == ["spanish.md", "word.doc"]


def test_standard_error_names_what_fails_the_run(formats: dict[str, str]) -> None:
    assert "2 files were not checked: spanish.md, word.doc" in formats["err"]


@pytest.mark.parametrize("form", ["text", "concise", "html", "sarif", "github", "junit", "json"])
def test_a_clean_run_names_its_files(form: str, tmp_path: Path) -> None:
    write(tmp_path, {"report.md": "clean", "notes.md": "readme"})
    result = check(tmp_path, "--stage", "publication", "--output-format", form, ".")
    assert (result.returncode, result.stderr) == (0, "")
    assert "report.md" in result.stdout
    assert "notes.md" in result.stdout


def test_files_that_git_ignores_are_no_input(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    write(tmp_path, {"a.md": "spanish"})
    (tmp_path / ".gitignore").write_text("a.md\n")
    assert [run("check", *options, ".", cwd=tmp_path).code for options in STAGES] == [3, 3, 3, 3, 0, 3]


def test_an_unreadable_folder_is_not_green(tmp_path: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("root lists every folder")
    write(tmp_path, {"b.md": "clean"})
    (tmp_path / "sub").mkdir(mode=0)
    assert [run("check", *options, ".", cwd=tmp_path).code for options in STAGES] == [2] * 6


def test_options_that_exclude_each_other(tmp_path: Path) -> None:
    result = check(tmp_path, "--require-checked", "--allow-unchecked", ".")
    assert result.returncode == 2
    assert "not allowed with" in result.stderr
