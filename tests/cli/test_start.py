"""The start and the end of a run: code kept in the user's cache folder, and leaving the process at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.machinery import PathFinder
from pathlib import Path

import pytest
from drafts import ROOT

import reportlint.cli
from reportlint.cli.own_modules import find_own_modules_first
from reportlint.kept_code import SWITCH

from .conftest import FAULTY, arguments, environment


def check(folder: Path, *given: str, cache: Path, **variables: str) -> str:
    process = subprocess.run(
        arguments("check", "--output-format", "concise", *given),
        cwd=folder, env=environment(XDG_CACHE_HOME=str(cache), **variables),
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert (process.returncode, process.stderr) == (1, "")
    return process.stdout


def kept(cache: Path) -> list[str]:
    return sorted(path.suffix for path in cache.glob("reportlint/*.*") if path.name != ".gitignore")


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "a.md").write_text(FAULTY)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="code is not kept there")
def test_code_is_kept_in_the_cache_folder_of_the_user(tmp_path: Path, drafts: Path) -> None:
    """``--no-cache`` and ``--cache-dir`` concern the findings of drafts only."""
    cache = tmp_path / "cache"
    first = check(drafts, "--no-cache", "a.md", cache=cache)
    assert kept(cache) == [".bin"]
    assert check(drafts, "--no-cache", "a.md", cache=cache) == first
    assert check(drafts, "--cache-dir", str(tmp_path / "other"), "a.md", cache=cache) == first
    assert [path.suffix for path in (tmp_path / "other").glob("*.*") if path.name != ".gitignore"] == [".db"]
    assert check(drafts, "a.md", cache=cache, **{SWITCH: "1"}) == first


def test_no_code_is_kept_if_switched_off_or_below_a_folder_to_check(tmp_path: Path, drafts: Path) -> None:
    first = check(drafts, "--no-cache", "a.md", cache=tmp_path / "cache", **{SWITCH: "1"})
    assert not (tmp_path / "cache").exists()
    for given in ([], ["."], [str(drafts)], ["../drafts", "a.md"]):
        assert first.splitlines()[0].split(":", 1)[1] in check(drafts, "--no-cache", *given, cache=drafts / "cache")
    assert not (drafts / "cache").exists()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program, without bytecode."""
    folder = tmp_path_factory.mktemp("installation")
    for name in ("reportlint", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def bytecode(folder: Path) -> list[str]:
    return sorted(path.name.partition(".")[0] for path in folder.rglob("cli/*.pyc"))


@pytest.mark.skipif(sys.platform == "win32", reason="it does not say who may write a file")
def test_bytecode_is_kept_in_the_cache_folder_if_it_is_kept_nowhere_else(
    tmp_path: Path, drafts: Path, bare: Path
) -> None:
    variables = {"PYTHONPATH": str(bare), "PYTHONDONTWRITEBYTECODE": "1"}
    cache = tmp_path / "cache"
    first = check(drafts, "--no-cache", "a.md", cache=cache, **variables)
    assert {"check", "dispatch"} <= set(bytecode(cache))
    assert check(drafts, "--no-cache", "--jobs", "2", "a.md", cache=cache, **variables) == first
    assert (cache / "reportlint/bytecode").stat().st_mode & 0o777 == 0o700
    assert bytecode(bare) == []


@pytest.mark.skipif(sys.platform == "win32", reason="it does not say who may write a file")
@pytest.mark.parametrize("place", ["switched off", "below the current folder", "below an argument", "open to others"])
def test_bytecode_is_not_kept_where_others_may_put_it(tmp_path: Path, drafts: Path, bare: Path, place: str) -> None:
    variables = {"PYTHONPATH": str(bare), "PYTHONDONTWRITEBYTECODE": "1"}
    cache, given = tmp_path / "cache", ["a.md"]
    if place == "switched off":
        variables[SWITCH] = "1"
    elif place == "below the current folder":
        cache = drafts / "cache"
    elif place == "below an argument":
        given.append(str(tmp_path))
    else:
        cache.mkdir()
        cache.chmod(0o777)
    check(drafts, "--no-cache", *given, cache=cache, **variables)
    assert bytecode(tmp_path) == []


def test_a_run_without_plugins_imports_only_what_it_needs(drafts: Path) -> None:
    program = (
        "import atexit, sys\nfrom reportlint.cli.main import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "sys.argv = ['reportlint', 'check', '--no-cache', '--output-format', 'json', 'a.md']\nmain()"
    )
    process = subprocess.run(
        [sys.executable, "-c", program],
        cwd=drafts, env=environment(), capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert '"NUM001"' in process.stdout
    loaded = set(process.stderr.split())
    assert "reportlint.reporters.json" in loaded
    assert not loaded & {"pluggy", "importlib.metadata", "_hashlib", "html.entities", "rich", "sqlite3", "subprocess"}
    assert not loaded & {
        "reportlint.readers.html_in_markdown", "reportlint.reporters.statistics",
        "reportlint.runner.folder_listing", "reportlint.waivers.renames",
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="code is not kept there")
def test_a_second_run_compiles_nothing(tmp_path: Path, drafts: Path) -> None:
    program = (
        "import builtins, sys\nfrom reportlint.cli.main import main\nusual = builtins.compile\n"
        "def compile(source, *given, **settings):\n"
        "    print(source, file=sys.stderr)\n    return usual(source, *given, **settings)\n"
        "builtins.compile = compile\n"
        "sys.argv = ['reportlint', 'check', '--no-cache', '--output-format', 'json', 'a.md']\nmain()"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=drafts, env=environment(XDG_CACHE_HOME=str(tmp_path / "cache"), PYTHONDONTWRITEBYTECODE=""),
            capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        )
        for _ in range(2)
    )  # fmt: skip
    assert '"NUM001"' in second.stdout == first.stdout
    assert (bool(first.stderr), second.stderr) == (True, "")


def test_a_late_module_is_imported_when_it_is_used() -> None:
    program = (
        "import sys\nfrom reportlint.cli.late_imports import import_late\nimport_late('inspect')\nimport_late('sys')\n"
        "import inspect\nfrom dataclasses import dataclass\nassert 'dis' not in sys.modules\n"
        "assert str(inspect.signature(lambda a, b: 0)) == '(a, b)'\nassert 'dis' in sys.modules\n"
        "import inspect as again\nassert again.signature is inspect.signature"
        "\nassert not hasattr(inspect, 'unknown')\nimport_late('inspect')\nassert sys.modules['inspect'] is again"
    )
    subprocess.run([sys.executable, "-c", program], env=environment(), timeout=60, check=True)


def test_modules_of_the_program_are_found_as_usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    find_own_modules_first()
    first, path = sys.meta_path[0], reportlint.cli.__path__
    made, usual = (finder.find_spec("reportlint.cli.check", path) for finder in (first, PathFinder))
    assert made is not None
    assert usual is not None
    for name in ("name", "origin", "cached", "parent", "has_location", "submodule_search_locations"):
        assert getattr(made, name) == getattr(usual, name)
    assert vars(made.loader) == vars(usual.loader)
    assert type(made.loader) is type(usual.loader)
    assert first.find_spec("reportlint", None) is None
    assert first.find_spec("reportlint.cli", reportlint.__path__) is None
    assert first.find_spec("reportlint.cli.none", path) is None
    assert first.find_spec("reportlint.cli.check", [str(tmp_path)]) is None
    assert first.find_spec("reportlint_plugin.cli.check", path) is None


@pytest.mark.parametrize(
    ("before", "stays"),
    [
        ("", False),
        ("leaving._State.allowed = False", True),  # a plugin is loaded
        ("import atexit; atexit.register(print)", True),
        ("sys.settrace(lambda *_: None)", True),
        ("sys.setprofile(lambda *_: None)", True),
        ("sys.modules['coverage'] = sys", True),
        ("import threading; threading.Thread(target=__import__('time').sleep, args=(1,), daemon=True).start()", True),
        ("import multiprocessing as m; m.get_context('spawn').Process(target=sum, args=([],)).start()", True),
        ("sys.stdout.close()", True),
    ],
)
def test_the_process_is_left_at_once_unless_something_is_to_be_done(before: str, stays: bool) -> None:
    program = (
        "import sys\nfrom reportlint.cli import leaving\nleaving.allow_leaving()\nsys.stdout.write('written')\n"
        f"{before}\nleaving.leave_at_once(7)\nsys.settrace(None)\nsys.stderr.write('stayed')"
    )
    process = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert (process.returncode == 7, "stayed" in process.stderr) == (not stays, stays)
    assert process.stdout.startswith("written")
