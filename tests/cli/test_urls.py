"""Files at URLs, read through fsspec."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from .conftest import CLEAN, FAULTY, run

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def store() -> Iterator[None]:
    system = fsspec.filesystem("memory")
    system.pipe({"/drafts/clean.md": CLEAN.encode(), "/drafts/sub/faulty.md": FAULTY.encode(), "/drafts/x.py": b"x"})
    yield
    system.rm("/drafts", recursive=True)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("paths", [("memory://drafts",), ("memory://drafts/sub/faulty.md", "memory://drafts")])
def test_files_in_memory(paths: tuple[str, ...], tmp_path: Path) -> None:
    result = run("check", "--no-cache", "--output-format", "json", *paths, cwd=tmp_path)
    assert result.code == 1
    assert {file["path"]: file["errors"] for file in result.json["files"]} == {
        "memory://drafts/clean.md": 0,
        "memory://drafts/sub/faulty.md": 1,
    }


def test_local_files_by_url(tmp_path: Path) -> None:
    (tmp_path / "faulty.md").write_text(FAULTY)
    url = (tmp_path / "faulty.md").as_uri()
    formats = {
        name: run("check", "--no-cache", "--output-format", name, url, cwd=tmp_path) for name in ("concise", "sarif")
    }
    local = run("check", "--no-cache", "--output-format", "concise", "faulty.md", cwd=tmp_path)
    assert formats["concise"].out == local.out.replace("faulty.md", url)
    (artifact,) = json.loads(formats["sarif"].out)["runs"][0]["artifacts"]
    assert artifact["location"] == {"uri": url}


@pytest.mark.usefixtures("store")
def test_missing_file_and_unknown_system(tmp_path: Path) -> None:
    given = ("check", "--no-cache", "--output-format", "concise")
    result = run(*given, "memory://drafts/none.md", "nowhere://a.md", cwd=tmp_path)
    assert result.code == 2
    assert "memory://drafts/none.md:1:1: error RPL004 [line 1] this file cannot be read: no such file" in result.out
    assert "nowhere://a.md:1:1: error RPL004" in result.out
    assert "Protocol not known: nowhere" in result.out


def test_without_fsspec(tmp_path: Path) -> None:
    with patch.dict(sys.modules, {"fsspec": None, "fsspec.core": None}):
        result = run("check", "--no-cache", "--output-format", "concise", "memory://a.md", cwd=tmp_path)
    assert result.code == 2
    assert "files at URLs need fsspec; install reportlint[dask]" in result.out


@pytest.mark.usefixtures("store")
def test_configuration_and_waivers_are_in_the_working_directory(tmp_path: Path) -> None:
    url = "memory://drafts/sub/faulty.md"
    assert run("check", "--no-cache", "--add-waivers", "as issued", url, cwd=tmp_path).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reportlint-waivers.yaml"]
    assert run("check", "--no-cache", url, cwd=tmp_path).code == 0
    (tmp_path / "reportlint.toml").write_text('ignore = ["NUM"]\n')
    (tmp_path / "reportlint-waivers.yaml").unlink()
    assert run("check", "--no-cache", url, cwd=tmp_path).code == 0


@pytest.mark.usefixtures("store")
def test_files_at_urls_are_not_fixed(tmp_path: Path) -> None:
    result = run("check", "--no-cache", "--fix", "memory://drafts", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("--fix: a file at a URL cannot be changed: memory://drafts\n")
