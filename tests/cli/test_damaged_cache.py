"""A cache that is locked, damaged or not writable: the findings and the exit code stay the same."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from .conftest import FAULTY, Result, arguments, environment, run

NAME = "results-2.db"
KNOWN = re.compile(r"(\d+) taken from the cache")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"{FAULTY}\nNumber {name}.\n", encoding="utf-8")
    return tmp_path


def check(folder: Path, *options: str) -> Result:
    result = run("check", "--cache-dir", "cache", "--statistics", *options, "one.md", "two.md", cwd=folder)
    assert result.code == 1
    return result


def known(result: Result) -> int:
    match = KNOWN.search(result.err)
    assert match, result.err
    return int(match[1])


def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as store, store:
        for statement in statements:
            store.execute(statement)


def replace_table(*statements: str) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        change(file, "DROP TABLE results", *statements)

    return damage


def replace_file(data: bytes) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        file.write_bytes(data)

    return damage


def make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def keep_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def damage_page(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    file.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "other types": replace_table("CREATE TABLE results (key TEXT PRIMARY KEY, used INTEGER, result TEXT)"),
    "other columns": replace_table("CREATE TABLE results (key BLOB PRIMARY KEY, result BLOB)"),
    "more columns": replace_table("CREATE TABLE results (key BLOB PRIMARY KEY, used TEXT, result BLOB, x NOT NULL)"),
    "view": replace_table("CREATE VIEW results AS SELECT x'00' AS key, '2000-01-01' AS used, x'00' AS result"),
    "index": replace_table("CREATE TABLE other (a)", "CREATE INDEX results ON other (a)"),
    "trigger": lambda file: change(
        file, "CREATE TRIGGER t BEFORE INSERT ON results BEGIN SELECT RAISE(ABORT, 'no'); END"
    ),
    "garbage": replace_file(bytes(range(256)) * 40),
    "text": replace_file(b"not a database\n"),
    "empty": replace_file(b""),
    "header only": keep_header,
    "pages": damage_page,
    "folder": make_folder,
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_store_is_made_again(folder: Path, name: str) -> None:
    plain = check(folder)
    assert known(plain) == 0
    DAMAGE[name](folder / "cache" / NAME)
    damaged = check(folder)
    assert (damaged.out, known(damaged)) == (plain.out, 0)
    assert "cannot be used" not in damaged.err
    again = check(folder)
    assert (again.out, known(again)) == (plain.out, 2)


@pytest.mark.parametrize(
    "row",
    [
        "result = 'text'", "result = 5", "result = NULL", "result = x''", "result = zeroblob(30)",
        "result = (SELECT result FROM results AS other WHERE other.key != results.key)",
        "result = substr(result, 1, length(result) - 1)",
    ],
)  # fmt: skip
def test_rows_that_reportlint_did_not_write_are_replaced(folder: Path, row: str) -> None:
    plain = check(folder)
    with closing(sqlite3.connect(folder / "cache" / NAME)) as store, store:
        store.execute("CREATE TEMP TABLE old AS SELECT * FROM results")
        store.execute(f"UPDATE results SET {row}".replace("FROM results AS", "FROM old AS"))
    damaged = check(folder)
    assert (damaged.out, known(damaged)) == (plain.out, 0)
    again = check(folder)
    assert (again.out, known(again)) == (plain.out, 2)


@pytest.mark.parametrize("used", ["5", "NULL", "x'ff'", "'never'"])
def test_day_of_the_last_use_of_any_type(folder: Path, used: str) -> None:
    plain = check(folder)
    change(folder / "cache" / NAME, f"UPDATE results SET used = {used}")
    again = check(folder)
    assert (again.out, known(again)) == (plain.out, 2)


@pytest.fixture(params=["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def locked(folder: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder, while another connection holds a lock on the cache."""
    check(folder)
    with closing(sqlite3.connect(folder / "cache" / NAME, isolation_level=None)) as store:
        store.execute("UPDATE results SET used = '2999-01-01'")
        store.execute(request.param)
        yield folder


def test_locked_store_is_skipped_soon_with_a_note(locked: Path) -> None:
    plain = run("check", "--no-cache", "one.md", "two.md", cwd=locked)
    start = time.monotonic()
    result = check(locked)
    assert time.monotonic() - start < 3
    assert (result.code, result.out) == (plain.code, plain.out)
    assert result.err.count("reportlint: cache cannot be used as a cache: database is locked\n") == 1


def test_locked_default_store_is_noted_too(locked: Path) -> None:
    (locked / "cache").rename(locked / "reportlint")
    (locked / "one.md").write_text(f"{FAULTY}\nNumber three.\n", encoding="utf-8")
    result = run("check", "one.md", cwd=locked, env={"XDG_CACHE_HOME": str(locked)})
    assert result.code == 1
    if sys.platform == "linux":
        assert result.err == f"reportlint: {locked}/reportlint cannot be used as a cache: database is locked\n"


def test_runs_at_the_same_time_share_a_cache(folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.md").write_text(f"{FAULTY}\nNumber {number}.\n", encoding="utf-8")
    given = arguments("check", "--cache-dir", "cache", "--output-format", "concise", ".")
    runs = [
        subprocess.Popen(given, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    results = {(process.communicate(timeout=120)[0], process.returncode) for process in runs}
    assert len(results) == 1
    assert next(iter(results))[1] == 1


@contextmanager
def other_user() -> Iterator[None]:
    """Act as a user without special permissions."""
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs another user")
@pytest.mark.parametrize("name", ["file", "folder"])
def test_read_only_cache(name: str) -> None:
    """A read-only file is made again. In a read-only folder, results are still used; the folder is reported."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, cache = Path(temporary), Path(temporary, "cache")
        (folder / "one.md").write_text(FAULTY, encoding="utf-8")
        given = ("check", "--cache-dir", "cache", "--statistics", "one.md")
        plain = run(*given, cwd=folder)
        change(cache / NAME, "UPDATE results SET used = '2000-01-01'")
        for path in (folder, cache, cache / NAME):
            os.chown(path, 65534, 65534)
        folder.chmod(0o755)
        (cache / NAME).chmod(0o444)
        if name == "folder":
            cache.chmod(0o555)
        with other_user():
            results = [run(*given, cwd=folder) for _ in range(3)]
        assert {(result.code, result.out) for result in results} == {(1, plain.out)}
        assert [known(result) for result in results] == ([1, 0, 1] if name == "file" else [1, 1, 1])
        assert {"cannot be used as a cache" in result.err for result in results} == {name == "folder"}
