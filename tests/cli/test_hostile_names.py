"""Names of files and words of drafts reach neither a terminal nor the log of a build as commands, and none is lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from reportlint.reporters import REPORTERS
from reportlint.reporters.escaping import json_text, without_commands, without_commands_in_xml
from reportlint.reporters.layout import printable_path

from .conftest import FAULTY, arguments, environment, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names")

NAMES = ["::error ::pwned.md", " ::error::a.md", "##[error]x.md", "##vso[x]y.md", "a\n::error::b.md", "\x1b[31mred.md"]
NAMES += ["\x9b31m.md", "\u202etxt.md", "a\r::warning::b.md", "\u2028::error::c.md", "&<b>.md", "%0A::error::.md"]
# What a terminal or GitHub would carry out. A line that begins with a command of the reporter "github" is meant.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
WORDS = "\x1b[31m ##[error]XX ::error::TBC \x9b31m \u202e ##vso[x]TBC\n::error::XX\n    ::warning::TBC"
DRAFT = FAULTY.replace("2. The Chair", f"2. {WORDS} The Chair")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    for name in NAMES:
        (root / name).write_text(DRAFT, encoding="utf-8")
        (root / f"unread {name}").write_bytes(b"\xff")
        (root / f"{name}.docx").write_bytes(b"PK")
        (root / f"readme {name}").write_text("# A program\n\nHow to install it with the other tools.\n")
    return root


@pytest.mark.parametrize("format_name", REPORTERS)
def test_no_command_in_any_format(format_name: str, folder: Path) -> None:
    named = [f"./{NAMES[0]}.docx", *NAMES]
    result = run("check", ".", *named, "--output-format", format_name, "--statistics", cwd=folder)
    assert result.code == 2
    for text in (result.out, result.err):
        assert CONTROL.findall(text) == []
    assert COMMAND.findall(result.err) == []
    lines = result.out.splitlines()
    if format_name == "github":
        lines = [line for line in lines if not re.match(r"::(?:error|warning|notice) file=[^:]*::[^:]", line)]
        assert len(lines) < len(result.out.splitlines())
    assert COMMAND.findall("\n".join(lines)) == []


@pytest.mark.parametrize("name", NAMES)
def test_messages_on_standard_error(name: str, folder: Path) -> None:
    path = f"./{name}"
    for given in (
        ["outline", f"{path}.docx"], ["outline", f"unread {name}"], ["check", path, "--config", name],
        ["check", path, "--rules", f"none {name}"], ["check", path, f"--{name}"], [f"x{name}"],
        ["check", path, "--select", name], ["check", path, "--output-format", name],
        ["check", path, "--output-file", f"json={name}/x"], ["check", path, "--baseline", f"none {name}"],
        ["check", path, "--require-plugin", name], ["config", name, "--config", name], ["explain", name],
    ):  # fmt: skip
        result = run(*given, cwd=folder)
        assert result.code == 2
        assert CONTROL.findall(result.err) == []
        assert COMMAND.findall(result.err) == []


def test_a_configuration_in_a_folder_with_such_a_name(tmp_path: Path) -> None:
    for name in ("::error ::x", "a\n::error ::x", "##[error]"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.md").write_text(FAULTY, encoding="utf-8")
        (folder / "reportlint.toml").write_text("a = 1\n'##[error]' = 2\n\"\\n::error::\\u001b\" = 3\n")
        result = run("check", f"{name}/a.md", cwd=tmp_path)
        assert result.code == 2
        assert COMMAND.findall(result.err) == []
        assert CONTROL.findall(result.err) == []


# -- names that are not in UTF-8 ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def latin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("latin")
    for name in (b"r\xe9sum\xe9.md", b"r\xe8sum\xe8.md", "été.md".encode()):
        (root / os.fsdecode(name)).write_text(FAULTY, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "variables", [{}, {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}], ids=str
)
def test_names_that_are_not_in_utf_8(variables: dict[str, str], latin: Path, tmp_path: Path) -> None:
    outputs = [f"--output-file={name}={tmp_path / name}" for name in REPORTERS]
    done = subprocess.run(
        arguments("check", *outputs, "--output-format", "json"),
        cwd=latin, env=environment(**variables), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, b"")
    expected = {b"r\xe9sum\xe9.md", b"r\xe8sum\xe8.md", "été.md".encode()}
    texts = {name: (tmp_path / name).read_text(encoding="utf-8") for name in REPORTERS}
    for text in (done.stdout.decode("utf-8"), texts["json"]):
        paths = [finding["path"] for finding in json.loads(text)["findings"]]
        assert {path.encode("utf-8", "surrogateescape") for path in paths} == expected
    for result in json.loads(texts["sarif"])["runs"][0]["results"]:
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] in (
            "r%E9sum%E9.md", "r%E8sum%E8.md", "%C3%A9t%C3%A9.md"
        )  # fmt: skip
    issues = json.loads(texts["gitlab"])
    assert {issue["location"]["path"].encode("utf-8", "surrogateescape") for issue in issues} == expected
    assert len({issue["fingerprint"] for issue in issues}) == 3
    suites = [str(suite.get("name")) for suite in Xml.fromstring(texts["junit"]).iter("testsuite")]
    assert r"r\udce9sum\udce9.md" in suites
    for name, text in texts.items():
        assert "?sum" not in text
        assert "\ufffdsum" not in text, name


# -- the functions --------------------------------------------------------------------------------------------------


def test_json_means_the_same() -> None:
    data = {"a\udce9": ["##[x]", "\x7f\x9b\u2028\u202e é \U0001f600", "\\##[", "###[", "#\\u0023["]}
    text = json_text(data)
    assert json.loads(text) == data
    assert "é \U0001f600" in text
    assert CONTROL.findall(text) == []
    assert COMMAND.findall(text) == []
    assert json_text([1], on_one_line=True) == "[1]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n ::error::b", "a\n : :error::b"),
        ("a::b ##[x] ###[y] ## [z]", "a::b ## [x] ### [y] ## [z]"),
        ("##vso[a]", "## vso[a]"),
    ],
)
def test_text_without_commands(text: str, expected: str) -> None:
    assert without_commands(text) == expected


def test_xml_without_commands_means_the_same() -> None:
    text = "<a b='##[x]'>\n  ::error::##[y]</a>"
    changed = without_commands_in_xml(text)
    assert COMMAND.findall(changed) == []
    assert Xml.canonicalize(changed) == Xml.canonicalize(text)


def test_printable_path() -> None:
    assert printable_path("a/été: ::b.md") == "a/été: ::b.md"
    assert printable_path("::a\n##[b]\udce9") == r"\x3a:a\n#\x23[b]\udce9"
