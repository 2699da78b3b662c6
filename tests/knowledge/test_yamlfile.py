"""Strict YAML parsing and the places of values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drafts import EFFORT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint.errors import DataError
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.yamlfile import read_yaml


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def read_text(text: str) -> DataFile:
        path = tmp_path / "data.yaml"
        path.write_text(text, encoding="utf-8")
        return read_yaml(path, "data.yaml")

    return read_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("off", "off"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("'true'", "true"),
        ("2022-06-27", "2022-06-27"),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        ("12:30:45", "12:30:45"),
        ("0x1F", "0x1F"),
        ("007", "007"),
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("'12'", "12"),
        ("1234567890", "1234567890"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("~", None),
        ("null", None),
        ("Null", "Null"),
        ("''", ""),
        ("", None),
        ("# only a comment", None),
        ("|\n  12\n", "12\n"),
    ],
)
def test_scalars(read: Any, text: str, value: object) -> None:
    file = read(text)
    assert (file.value, type(file.value)) == (value, type(value))
    assert file.mistakes == []


def test_country_codes_are_strings(read: Any) -> None:
    assert read("NO: Norway\non: [NO, SE, y]\n").value == {"NO": "Norway", "on": ["NO", "SE", "y"]}


def test_keys_are_strings(read: Any) -> None:
    assert read("1: a\ntrue: b\n~: c\n").value == {"1": "a", "true": "b", "~": "c"}


def test_places_of_values(read: Any) -> None:
    file = read("- code: A\n  texts:\n    en: one\n    fr:\n      - x\n      - y\n")
    assert file.place((0, "code")) == (1, 9)
    assert file.place((0, "texts", "en")) == (3, 9)
    assert file.place((0, "texts", "fr", 1)) == (6, 9)
    assert file.key_place((0, "texts", "en")) == (3, 5)
    assert file.key_place((0, "texts", "fr", 1)) == (6, 9)  # an item of a list has no key
    # A missing value has the place of its nearest parent.
    assert str(file.mistake((0, "texts", "es", 4), "missing")) == "data.yaml:3:5: missing"
    assert str(file.mistake(("nothing",), "missing")) == "data.yaml:1:1: missing"


def test_duplicate_key_is_reported_at_its_second_place(read: Any) -> None:
    file = read("a: 1\nb:\n  c: 2\n  c: 3\na: 4\n")
    assert sorted(map(str, file.mistakes)) == ["data.yaml:4:3: duplicate key “c”", "data.yaml:5:1: duplicate key “a”"]
    assert file.value == {"a": 1, "b": {"c": 2}}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 1\n b: 2\n", 2),
        ("a: 'open\n", 2),
        ("\ta: 1\n", 1),
        ("a: 1\n--- \nb: 2\n", 2),
    ],
)
def test_syntax_error_has_line_and_column(read: Any, text: str, line: int) -> None:
    file = read(text)
    (mistake,) = file.mistakes
    assert file.value is None
    assert (mistake.path, mistake.line) == ("data.yaml", line)
    assert mistake.column >= 1
    assert "not valid YAML: " in mistake.message


def test_unreadable_file_is_a_mistake(tmp_path: Path) -> None:
    missing = read_yaml(tmp_path / "missing.yaml")
    assert len(missing.mistakes) == 1
    (tmp_path / "latin.yaml").write_bytes("é: à".encode("latin-1"))
    assert len(read_yaml(tmp_path / "latin.yaml").mistakes) == 1
    (tmp_path / "control.yaml").write_bytes(b"a: \x01")
    assert len(read_yaml(tmp_path / "control.yaml").mistakes) == 1


def test_error_lists_every_mistake(read: Any) -> None:
    error = DataError(read("a: 1\na: 2\na: 3\n").mistakes)
    assert len(error.mistakes) == 2
    assert str(error).count("\n") == 1


@settings(max_examples=200 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="ab: -[]{}'\"|>&*!?#,\n\t%@`0~", max_size=60))
def test_any_text_gives_a_value_or_a_mistake(read: Any, text: str) -> None:
    file = read(text)
    assert file.mistakes or file.value is not None or file.place(()) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x [1]\nb: *x\n", "2:4: “*x”: repeat the value instead of referring to it (no aliases)"),
        ("a:\n- &a [*a]\n", "2:7: “*a”: repeat the value instead of referring to it (no aliases)"),
        ("a: *nobody\n", "1:4: “*nobody”: repeat the value instead of referring to it (no aliases)"),
        ("b: 2\n<<: {a: 1}\n", "2:1: “<<”: write out the keys instead of merging them (no merge keys)"),
        ("x: !!str 1\n", "1:4: “tag:yaml.org,2002:str”: values have no tags; put texts in quotation marks"),
        ("a:\n  ? [b]\n  : c\n", "2:5: a key must be a text, not a list or a mapping"),
        ("a: 1\nb: \x01\n", "2:4: not valid YAML: control characters are not allowed"),
        ("- " * 65 + "a", "1:129: lists and mappings nested more than 64 deep"),
    ],
)
def test_what_no_data_needs_is_refused(read: Any, text: str, expected: str) -> None:
    assert [str(mistake) for mistake in read(text).mistakes] == [f"data.yaml:{expected}"]


def test_a_quoted_merge_key_and_64_levels_are_read(read: Any) -> None:
    assert read("'<<': 3\n").value == {"<<": 3}
    assert read("- " * 64 + "a").mistakes == []


def test_a_bomb_of_aliases_and_deep_nesting_are_refused_at_once(read: Any) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    bomb = read("a0: &a0 [x]\n" + "\n".join(levels))
    assert (len(bomb.mistakes), bomb.mistakes[0].line) == (29 * 9, 2)
    for text in ("[" * 100_000, "- " * 100_000, "{" * 100_000):
        (mistake,) = read(text).mistakes
        assert (mistake.line, mistake.column > 1) == (1, True)
