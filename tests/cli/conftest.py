"""Run the command as users do, in a folder of drafts."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from drafts import CORPUS, EXAMPLES, corpus_text
from judgements import documents

import reportlint
from reportlint.cli.main import main
from reportlint.document.signatures import OLE
from reportlint.knowledge.cards import Card, Checks
from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.plugins import rule_loading
from reportlint.plugins.rule_loading import load_rule_data
from reportlint.reporters import REPORTERS

_UNSET = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "PYTHONIOENCODING")

NUMBERED = """# Report of the Committee on Harbour Safety on its second session

HARB/COM/2019/3
Distr.: General
12 March 2019
Original: English

## I. Opening

1. The Committee on Harbour Safety met in Lisbon to review the work of its secretariat.

2. The Chair recalled the decisions taken at the previous session.

{number}. Several delegations described the lighting of small harbours.

## II. Adoption of the report

{following}. The Committee adopted the present report.
"""
CLEAN = NUMBERED.format(number=3, following=4)
FAULTY = NUMBERED.format(number=5, following=6)
RICH = rb"{\rtf1\ansi 1. The Committee met in Lisbon.\par 3. It adopted the report.\par}"


def environment(**variables: str) -> dict[str, str]:
    """Return the environment without terminal and locale settings, and with ``variables``."""
    inherited = {name: value for name, value in os.environ.items() if name not in _UNSET}
    return {**inherited, "PYTHONPATH": str(Path(reportlint.__file__).parent.parent), **variables}


def arguments(*given: str) -> list[str]:
    return [sys.executable, "-m", "reportlint", *given]


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*given: str, cwd: Path | None = None, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Result:
    """Run the command and return its result. No run may show a traceback.

    The command runs in this process, which is faster, unless it needs other modules or starts processes itself.
    """
    variables = environment(**(env or {}))
    separate = "PYTHONPATH" in (env or {}) or "--jobs" in given or "--dask" in given
    code, out, err = (_in_new_process if separate else _in_this_process)(given, cwd, stdin, variables)
    result = Result(code, out.decode("utf-8"), err.decode("utf-8"))
    assert "Traceback" not in result.err
    return result


def _in_new_process(
    given: Sequence[str], cwd: Path | None, stdin: bytes, variables: Mapping[str, str]
) -> tuple[int, bytes, bytes]:
    process = subprocess.run(
        arguments(*given), cwd=cwd, input=stdin, env=variables, capture_output=True, timeout=300, check=False
    )
    return process.returncode, process.stdout, process.stderr


_VERIFIED: dict[tuple[object, ...], tuple[Card, ...]] = {}


def _load_rule_data(rulebook: Rulebook, checks: Checks) -> tuple[Card, ...]:
    """Load the built-in rules once for all runs in this process: verifying them takes most of a short run."""
    if rulebook.folders != (builtin_folder(),):
        return load_rule_data(rulebook, checks)
    key = (rulebook, *checks.items())
    if key not in _VERIFIED:
        _VERIFIED[key] = load_rule_data(rulebook, checks)
    return _VERIFIED[key]


def _in_this_process(
    given: Sequence[str], cwd: Path | None, stdin: bytes, variables: Mapping[str, str]
) -> tuple[int, bytes, bytes]:
    streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (stdin, b"", b"")]
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, variables, clear=True))
        stack.enter_context(patch.object(rule_loading, "load_rule_data", _load_rule_data))
        if cwd:
            stack.enter_context(chdir(cwd))
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            stack.enter_context(patch.object(sys, name, stream))
        try:
            code = main(given)
        except SystemExit as raised:  # raised by argparse
            code = int(raised.code or 0)
        for stream in streams[1:]:
            stream.flush()
    out, err = (stream.detach().getvalue() for stream in streams[1:])
    return code, out, err


def check_json(paths: Sequence[str], *options: str, cwd: Path | None = None) -> Any:
    return run("check", *options, "--output-format", "json", *paths, cwd=cwd).json


def check_formats(paths: Sequence[str], *options: str, out: Path, cwd: Path | None = None) -> dict[str, str]:
    """Return the output of a run in each format."""
    files = [part for name in REPORTERS for part in ("--output-file", f"{name}={out / name}")]
    run("check", *options, *files, *paths, cwd=cwd)
    return {name: (out / name).read_text(encoding="utf-8") for name in REPORTERS}


def install(site: Path, name: str, module: str, version: str = "1.0") -> None:
    """Write the metadata of an installed distribution that declares a plugin."""
    info = site / f"{name}_plugin-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-plugin\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[reportlint]\n{name} = {module}\n")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of every kind, valid and invalid. Tests must not change them."""
    root = tmp_path_factory.mktemp("drafts")
    contents: dict[str, bytes] = {
        "clean.md": CLEAN.encode(),
        "faulty.md": FAULTY.encode(),
        "faulty.txt": FAULTY.replace("#", "").encode(),
        "placeholder.md": CLEAN.replace("small harbours", "XX harbours").encode(),
        "latin.md": "1. Le Comité s'est réuni à Genève.".encode("latin-1"),
        "utf16.md": FAULTY.encode("utf-16"),
        "empty.md": b"",
        "binary.md": bytes(range(256)) * 8,
        "rich.rtf": RICH,
        "rich.txt": RICH,
        "paper.txt": b"%PDF-1.4\n1 0 obj\n",
        "word.doc": OLE + bytes(64),
        "readme.md": b"# A program\n\nHow to install it, and how to use it with the other tools.\n",
        "russian.md": "1. Комитет провёл свою сессию в Женеве.\n\n2. Комитет принял доклад.\n".encode(),
        "long-line.md": b"1. The Committee met " + b"and the harbours of the State were lit " * 130_000,
        "long-word.md": CLEAN.encode() + b"\n5. The Committee " + b"x" * 5_000_000,
        "nested.md": CLEAN.encode() + b"\n" + b"- " * 10_000 + b"\n",
        "été à Genève.md": FAULTY.encode(),
        "new\nline.md": FAULTY.encode(),
        "folder.md/inside.md": FAULTY.encode(),
        "folder.md/word.doc": OLE,
        "nothing/notes.pdf": b"%PDF",
        "unreadable/latin.md": b"\xe9",
        "mixed/a.md": FAULTY.encode(),
        "mixed/b.md": b"\xff\xfe\x00",
        "mixed/c.md": CLEAN.encode(),
    }
    for name, data in contents.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    (root / "empty-folder").mkdir()
    (root / "broken.md").symlink_to("nowhere.md")
    (root / "loop.md").symlink_to("loop.md")
    (root / "linked.md").symlink_to("faulty.md")
    return root


@pytest.fixture(scope="session")
def examples() -> list[str]:
    """The paths of the example drafts."""
    paths = sorted(str(path) for folder in ("clean", "faulty") for path in (EXAMPLES / folder).glob("*.md"))
    assert len(paths) > 5
    return paths


@pytest.fixture(scope="session", params=["examples", "examples-fr", "corpus"])
def reports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The output for all examples, and for the judged real documents, in each format."""
    options = ["--stage", "publication", "--message-language", "fr" if request.param.endswith("-fr") else "en"]
    if request.param == "corpus":
        folder, paths = CORPUS, documents("A")
        for name in paths:
            corpus_text(name)
    else:
        folder, paths = EXAMPLES, ["clean", "faulty"]
    return check_formats(paths, *options, out=tmp_path_factory.mktemp("out"), cwd=folder)
