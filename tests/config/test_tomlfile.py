"""The line of every key in a TOML file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportlint.config.tomlfile import TomlFile, read_toml

DRAFT = """\
# a comment = 1
stage = "draft"
select = [
  "AGD",  # key = "no key"
  "NUM]",
]
text = '''
ignore = "inside a string"
don't '''
"quoted key" = 1
inline = { one = 1, two = [2] }
a.b = 2

[severity] # the rules
AGD001 = "off"
'x.y' = "info"

[[overrides]]
paths = ["a"]
[overrides.severity]
NUM001 = "info"

[[overrides]]
[overrides.meeting]
body = \"\"\"one
two = 2\"\"\"
session = 3
"""


def read(text: str, path: Path) -> TomlFile:
    path.write_bytes(text.encode("utf-8"))
    return read_toml(path, "x.toml")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_of_keys(ends: str, tmp_path: Path) -> None:
    file = read(DRAFT.replace("\n", ends), tmp_path / "x.toml")
    assert file.mistakes == []
    assert file.lines == {
        ("stage",): 2,
        ("select",): 3,
        ("text",): 7,
        ("quoted key",): 10,
        ("inline",): 11,
        ("a", "b"): 12,
        ("severity",): 14,
        ("severity", "AGD001"): 15,
        ("severity", "x.y"): 16,
        ("overrides",): 18,
        ("overrides", 0): 18,
        ("overrides", 0, "paths"): 19,
        ("overrides", 0, "severity"): 20,
        ("overrides", 0, "severity", "NUM001"): 21,
        ("overrides", 1): 23,
        ("overrides", 1, "meeting"): 24,
        ("overrides", 1, "meeting", "body"): 25,
        ("overrides", 1, "meeting", "session"): 27,
    }


def _keys(value: Any, keys: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    paths = [keys] if keys else []
    for key, child in pairs:
        paths += _keys(child, (*keys, key))
    return paths


def test_value_without_a_line_has_the_line_of_its_parent(tmp_path: Path) -> None:
    file = read(DRAFT, tmp_path / "x.toml")
    assert file.line(("inline", "two", 0)) == 11
    assert file.line(("select", 1)) == 3
    assert file.line(("nothing",)) == 1
    assert all(1 <= file.line(keys) <= DRAFT.count("\n") for keys in _keys(file.value))
    assert str(file.mistake(("severity", "AGD001"), "no")) == "x.toml:15:1: no"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'stage = "draft"\nselect = [\n', "x.toml:2:1: not valid TOML"),
        (b"stage = 1\nstage = 2\n", "x.toml:2:10: not valid TOML"),
        (b'stage = "\xe9"', "x.toml:1:1: not UTF-8"),
    ],
)
def test_invalid_toml(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    (mistake,) = read_toml(tmp_path / "x.toml", "x.toml").mistakes
    assert str(mistake).startswith(message)


def test_missing_file(tmp_path: Path) -> None:
    (mistake,) = read_toml(tmp_path / "no.toml", "no.toml").mistakes
    assert "No such file" in mistake.message
