"""Code kept between runs: what it gives is what Python compiles, and any doubt about the file compiles again."""

from __future__ import annotations

import collections
import dataclasses
import os
import re
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, get_type_hints

import pytest
from drafts import ROOT
from permissions import open_folder, without_root

from reportlint import kept_code as module
from reportlint.kept_code import SWITCH, folder_of_kept_code, kept_code

COMPILER: Any = re._compiler  # type: ignore[attr-defined]
SOURCES = [
    (r"(?P<day>\d{1,2})\s+(?P<month>[^\W\d_]+)(?:\s(\d{4}))?", 0),
    (r"séance|meeting(?!s)", re.IGNORECASE),
    (r"^(?=\w)[«“\U0001F600-\U0001F64F]|(?<=')x{2,}?", re.MULTILINE | re.DOTALL),
    (r"(a)|b(?(1)c|d)", re.ASCII | re.VERBOSE),
]
TEXT = "12 mai 2024, La SÉANCE\n“xxx” abd 'xx 😀"


@pytest.fixture(autouse=True)
def _without_the_memory_of_re() -> Iterator[None]:
    re.purge()
    yield
    re.purge()


def results() -> list[object]:
    """Return everything that can be seen of the patterns, compiled now."""
    re.purge()
    patterns = [re.compile(source, flags) for source, flags in SOURCES]
    return [
        (
            pattern,
            pattern.flags,
            pattern.groups,
            dict(pattern.groupindex),
            [(match.span(), match.groups(), match.groupdict(), match.lastgroup) for match in pattern.finditer(TEXT)],
        )
        for pattern in patterns
    ]


def kept_file(folder: Path) -> Path:
    (file,) = folder.glob("code-*.bin")
    return file


def compilations(folder: Path | None, monkeypatch: pytest.MonkeyPatch) -> int:
    """Compile the patterns, verify the result and return how many were compiled rather than read from the file."""
    calls: list[object] = []
    original = COMPILER._code
    expected = results()

    def counted(*given: Any) -> Any:
        calls.append(given)
        return original(*given)

    with monkeypatch.context() as patched:
        patched.setattr(COMPILER, "_code", counted)
        with kept_code(folder):
            assert results() == expected
    return len(calls)


def test_patterns_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compilations(tmp_path, monkeypatch) == len(SOURCES)
    assert compilations(tmp_path, monkeypatch) == 0
    assert kept_file(tmp_path).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [kept_file(tmp_path).name]


def test_a_new_folder_is_private_and_ignored_by_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compilations(tmp_path / "cache", monkeypatch)
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "cache/.gitignore").read_text() == "*\n"


def test_classes_work_as_usual(tmp_path: Path) -> None:
    def made() -> list[object]:
        record = dataclasses.make_dataclass("Record", [("size", int, 3), ("name", str, "")], frozen=True, order=True)
        pair = collections.namedtuple("pair", "left right", defaults=(2,))
        triple = NamedTuple("triple", [("first", "int | None"), ("second", "list[str]")])  # noqa: UP014
        with pytest.raises(dataclasses.FrozenInstanceError):
            record().size = 4
        return [
            repr(record(4)),
            record(1) < record(2),
            hash(record()) == hash(record(3)),
            tuple(pair(1)),
            repr(pair(1)),
            get_type_hints(triple),
        ]

    expected = made()
    with kept_code(tmp_path):
        assert made() == expected
    before = kept_file(tmp_path).stat()
    with kept_code(tmp_path):
        assert made() == expected
    assert kept_file(tmp_path).stat() == before  # nothing was compiled


def test_another_process_uses_what_is_kept_and_adds_to_it(tmp_path: Path) -> None:
    with kept_code(tmp_path):
        assert folder_of_kept_code() == tmp_path
        re.compile(SOURCES[0][0])
    assert folder_of_kept_code() is None
    program = (
        "import re, sys\nfrom pathlib import Path\nfrom reportlint.kept_code import use_kept_code\n"
        "original, compiled = re._compiler._code, []\n"
        "re._compiler._code = lambda parsed, flags: compiled.append(1) or original(parsed, flags)\n"
        f"use_kept_code(Path({str(tmp_path)!r}))\n"
        f"re.compile({SOURCES[0][0]!r}), re.compile({SOURCES[3][0]!r})\nprint(len(compiled))"
    )
    for compiled in (1, 0):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        assert done.stdout == f"{compiled}\n"


def test_the_hooks_are_removed(tmp_path: Path) -> None:
    before = [
        COMPILER.compile,
        vars(dataclasses).get("exec"),
        vars(collections).get("eval"),
        vars(typing).get("compile"),
    ]
    with pytest.raises(re.error), kept_code(tmp_path):
        re.compile("(")
    assert [
        COMPILER.compile,
        vars(dataclasses).get("exec"),
        vars(collections).get("eval"),
        vars(typing).get("compile"),
    ] == before


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-20] ^= 1
    file.write_bytes(data)


def _link(file: Path) -> None:
    file.rename(file.with_name("other"))
    file.symlink_to("other")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        _flip,
        _link,
        _folder,
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.chmod(0o620),
        lambda file: file.chmod(0o602),
        lambda file: file.parent.chmod(0o777),
    ],
)
def test_a_doubtful_file_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], object]
) -> None:
    folder = tmp_path / "cache"
    compilations(folder, monkeypatch)
    spoil(kept_file(folder))
    assert compilations(folder, monkeypatch) == len(SOURCES)


@pytest.mark.parametrize(
    ("owner", "name", "value"), [(module, "__version__", "0.0.0"), (sys, "version", "3.11.0 (another build)")]
)
def test_code_of_another_program_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, value: str
) -> None:
    compilations(tmp_path, monkeypatch)
    monkeypatch.setattr(owner, name, value)
    assert compilations(tmp_path, monkeypatch) == len(SOURCES)
    assert compilations(tmp_path, monkeypatch) == 0


def test_the_folder_of_another_user_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_folder() as folder:
        compilations(folder, monkeypatch)
        kept_file(folder).chmod(0o644)
        before = kept_file(folder).stat()
        monkeypatch.setattr(os, "geteuid", lambda: 65534)
        assert compilations(folder, monkeypatch) == len(SOURCES)
        assert kept_file(folder).stat() == before


def test_a_folder_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_folder() as folder:
        folder.chmod(0o555)
        with without_root():
            assert compilations(folder, monkeypatch) == len(SOURCES)
            assert compilations(folder / "below", monkeypatch) == len(SOURCES)
        assert list(folder.iterdir()) == []


def test_a_python_whose_compiled_patterns_look_different(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise TypeError("another number of arguments")

    expected = results()
    with ExitStack() as stack:
        with monkeypatch.context() as patched:
            patched.setattr(COMPILER, "_sre", SimpleNamespace(**{**vars(COMPILER._sre), "compile": refuse}))
            stack.enter_context(kept_code(tmp_path))
        assert results() == expected


@pytest.mark.parametrize("kind", ["PyPy", "browser", "Windows", "switch", "no folder"])
def test_where_code_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    if kind == "PyPy":
        monkeypatch.setattr(sys, "implementation", SimpleNamespace(name="pypy", cache_tag="pypy311"))
    elif kind == "browser":
        monkeypatch.setattr(sys, "platform", "emscripten")
    elif kind == "Windows":
        monkeypatch.delattr(os, "geteuid")
    elif kind == "switch":
        monkeypatch.setenv(SWITCH, "1")
    original = COMPILER.compile
    with kept_code(None if kind == "no folder" else tmp_path):
        assert COMPILER.compile is original
        assert len(results()) == len(SOURCES)
    assert list(tmp_path.iterdir()) == []


def test_code_that_is_no_longer_used_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", len(SOURCES))
    with kept_code(tmp_path):
        re.compile("an old pattern")
    assert compilations(tmp_path, monkeypatch) == len(SOURCES)
    assert b"an old pattern" not in kept_file(tmp_path).read_bytes()
