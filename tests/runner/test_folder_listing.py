"""Files below a folder: what Git ignores, hostile repositories, and what cannot be listed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from permissions import open_folder, without_root

from reportlint.runner import folder_listing
from reportlint.runner.folder_listing import list_files

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts and links")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("text", encoding="utf-8")


def names_below(folder: Path) -> list[str]:
    return [*list_files(folder).files]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    git(folder, "init")
    write(folder, "a.md", "sub/b.md", "sub/ignored.md", "old/c.md")
    (folder / ".gitignore").write_text("ignored.md\nold/\n", encoding="utf-8")
    return folder


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A program that leaves a file beside it when it is run."""
    file = tmp_path / "script"
    file.write_text(f"#!/bin/sh\ntouch '{tmp_path}/was-run'\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def was_run(script: Path) -> bool:
    return (script.parent / "was-run").exists()


# -- what is listed -------------------------------------------------------------------------------------------------


def test_what_git_ignores_is_not_listed(repository: Path) -> None:
    assert names_below(repository) == [".gitignore", "a.md", "sub/b.md"]
    assert names_below(repository / "sub") == ["b.md"]
    git(repository, "add", "--force", "a.md", "sub/ignored.md")
    assert names_below(repository) == [".gitignore", "a.md", "sub/b.md", "sub/ignored.md"]
    (repository / "a.md").unlink()
    assert names_below(repository) == [".gitignore", "sub/b.md", "sub/ignored.md"]


def test_without_git_all_files_are_listed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert names_below(repository) == [".gitignore", "a.md", "old/c.md", "sub/b.md", "sub/ignored.md"]


@posix
@pytest.mark.parametrize("path", ["", "."])
def test_git_is_not_taken_from_the_folder(
    path: str, repository: Path, script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(script, repository / "git")
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", path)
    assert "old/c.md" in names_below(Path())
    assert not was_run(script)


def test_a_hook_of_git_may_call_the_program(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in [("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/next-index-1.lock"), ("GIT_PREFIX", "sub/")]:
        monkeypatch.setenv(name, value)
    assert names_below(repository) == [".gitignore", "a.md", "sub/b.md"]
    assert names_below(repository / "sub") == ["b.md"]
    monkeypatch.setenv("GIT_WORK_TREE", str(repository / "old"))
    assert names_below(repository) == [".gitignore", "a.md", "sub/b.md"]


def test_repositories_and_submodules_in_a_repository(repository: Path) -> None:
    nested, empty = repository / "nested", repository / "sub/empty"
    for folder in (nested, empty):
        folder.mkdir()
        git(folder, "init")
    write(nested, "d.md", "deep/e.md", "ignored.txt")
    (nested / ".gitignore").write_text("*.txt\n", encoding="utf-8")
    inner = ["nested/.gitignore", "nested/d.md", "nested/deep/e.md"]
    assert names_below(repository) == [".gitignore", "a.md", *inner, "sub/b.md"]
    git(nested, "add", ".")
    git(nested, "commit", "-m", "x")
    git(repository, "add", "nested")  # as a submodule
    write(nested, "new.md")
    assert "nested/new.md" in names_below(repository)
    shutil.rmtree(nested / ".git")  # the index still calls it a submodule
    assert "nested/new.md" in names_below(repository)


def test_a_worktree_of_a_repository(repository: Path) -> None:
    git(repository, "add", ".")
    git(repository, "commit", "-m", "x")
    git(repository, "worktree", "add", "../other")
    other = repository.parent / "other"
    write(other, "sub/ignored.md", "f.md")
    assert names_below(other) == [".gitignore", "a.md", "f.md", "sub/b.md"]


@posix
def test_odd_names(repository: Path) -> None:
    odd = [b"\xe9.md", b"\xe8.md", b"new\nline.md", b"- x.md", b'"q".md', b"back\\slash.md", b" .md", "é.md".encode()]
    for name in odd:
        Path(os.fsdecode(os.fsencode(repository) + b"/" + name)).write_text("text", encoding="utf-8")
    listed = {os.fsencode(name) for name in names_below(repository)}
    assert listed == {*odd, b".gitignore", b"a.md", b"sub/b.md"}


# -- links and other files that are not regular ---------------------------------------------------------------------


@posix
@pytest.mark.parametrize("in_repository", [True, False])
def test_links(in_repository: bool, repository: Path) -> None:
    write(repository.parent, "outside/z.md")
    (repository / "up").symlink_to("..")
    (repository / "sub/self").symlink_to(".")
    (repository / "linked.md").symlink_to("sub/b.md")
    (repository / "loop.md").symlink_to("loop.md")
    (repository / "broken.md").symlink_to("nowhere.md")
    if not in_repository:
        shutil.rmtree(repository / ".git")
    expected = [".gitignore", "a.md", "linked.md", "sub/b.md"]
    assert names_below(repository) == (
        expected if in_repository else [*expected[:3], "old/c.md", "sub/b.md", "sub/ignored.md"]
    )
    link = repository.parent / "link"
    link.symlink_to("work")
    assert names_below(link) == names_below(repository)


@posix
def test_a_folder_that_has_become_a_link_leads_nowhere(repository: Path) -> None:
    git(repository, "add", ".")
    shutil.rmtree(repository / "sub")
    write(repository.parent, "outside/b.md")
    (repository / "sub").symlink_to("../outside")
    assert names_below(repository) == [".gitignore", "a.md"]


@posix
def test_pipes_and_sockets_are_listed_for_the_reader_to_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket is short
    os.mkfifo("pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        assert names_below(tmp_path) == ["pipe.md", "socket.md"]


# -- hostile folders ------------------------------------------------------------------------------------------------


def hostile_settings(script: Path) -> str:
    return f"""
[core]
    fsmonitor = {script}
    hooksPath = {script.parent}
    pager = {script}
    sshCommand = {script}
    editor = {script}
[alias]
    ls-files = !{script}
    rev-parse = !{script}
    check-ignore = !{script}
[filter "x"]
    clean = {script}
    smudge = {script}
    process = {script}
[extensions]
    partialClone = origin
[remote "origin"]
    promisor = true
    url = ext::{script}
    uploadpack = {script}
"""


@posix
def test_the_settings_of_a_repository_run_nothing(repository: Path, script: Path) -> None:
    (repository / ".gitattributes").write_text("* filter=x\n", encoding="utf-8")
    git(repository, "add", ".")
    for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        shutil.copy(script, script.parent / hook)
        shutil.copy(script, repository / ".git/hooks" / hook)
    with (repository / ".git/config").open("a", encoding="utf-8") as file:
        file.write(hostile_settings(script))
    (repository / "a.md").write_text("changed", encoding="utf-8")
    names = names_below(repository)
    assert {"a.md", "sub/b.md"} <= set(names)
    assert names_below(repository / "sub") in (["b.md"], ["b.md", "ignored.md"])
    assert not was_run(script)


@posix
def test_missing_objects_are_not_fetched(repository: Path, script: Path) -> None:
    """A sparse checkout reads a missing .gitignore from the objects, which a partial clone fetches."""
    write(repository, "d/.gitignore", "d/e.md")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "x")
    git(repository, "update-index", "--skip-worktree", "d/.gitignore")
    (repository / "d/.gitignore").unlink()
    shutil.rmtree(repository / ".git/objects")
    (repository / ".git/objects").mkdir()
    git(repository, "config", "core.repositoryFormatVersion", "1")
    with (repository / ".git/config").open("a", encoding="utf-8") as file:
        file.write(hostile_settings(script).replace(f"ext::{script}", str(repository.parent)))
    write(repository, "d/new.md")
    assert {"a.md", "d/e.md", "d/new.md"} <= set(names_below(repository))
    assert not was_run(script)


@posix
@pytest.mark.parametrize("at", ["", "bare", "bare/sub"])
def test_a_folder_that_looks_like_a_bare_repository(at: str, tmp_path: Path, script: Path) -> None:
    folder = tmp_path / "work"
    (folder / "bare").mkdir(parents=True)
    git(folder / "bare", "init", "--bare", ".")
    write(folder, "bare/sub/a.md", "bare/b.md")
    with (folder / "bare/config").open("a", encoding="utf-8") as file:
        file.write(hostile_settings(script) + "[core]\nbare = false\nworktree = .\n")
    assert folder / "bare/sub/a.md" in [folder / at / name for name in list_files(folder / at).files]
    assert not was_run(script)


@posix
@pytest.mark.parametrize("settings", ["", "[core]\nworktree = ..\n", "[core]\nbare = true\n"])
def test_a_git_file_that_leads_into_the_folder(settings: str, tmp_path: Path, script: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    git(folder, "init", "--separate-git-dir", "fake.md")
    write(folder, "a.md", "sub/b.md")
    with (folder / "fake.md/config").open("a", encoding="utf-8") as file:
        file.write(hostile_settings(script) + settings)
    assert {"a.md", "sub/b.md"} <= set(names_below(folder))
    assert not was_run(script)


@pytest.mark.parametrize("work_tree", ["..", "../..", "../sub", "../../outside", "/"])
def test_a_work_tree_elsewhere(work_tree: str, repository: Path) -> None:
    write(repository.parent, "outside/a.md", "outside/z.md")
    git(repository, "config", "core.worktree", work_tree)
    names = names_below(repository)
    assert {"a.md", "sub/b.md"} <= set(names)
    assert not any("z.md" in name or name.startswith(("/", "..")) for name in names)


def test_names_that_lead_out_of_the_folder(repository: Path) -> None:
    write(repository.parent, "outside.md")
    git(repository, "add", ".")
    index = repository / ".git/index"
    data = index.read_bytes()
    assert data.count(b"sub/b.md") == 1
    git(repository, "config", "index.skipHash", "true")
    index.write_bytes(data[:-20].replace(b"sub/b.md", b"../ou.md") + bytes(20))
    write(repository.parent, "ou.md")
    assert names_below(repository) in (
        [".gitignore", "a.md", "sub/b.md"],  # Git refuses such an index and is replaced by the plain walk
        [".gitignore", "a.md", "old/c.md", "sub/b.md", "sub/ignored.md"],
    )


@posix
def test_git_that_hangs_or_fails(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = [".gitignore", "a.md", "old/c.md", "sub/b.md", "sub/ignored.md"]
    os.mkfifo(repository / "sub/.gitignore")
    monkeypatch.setattr(folder_listing, "_SECONDS", 0.3)
    assert names_below(repository) == sorted([*everything, "sub/.gitignore"])
    (repository / "sub/.gitignore").unlink()
    (repository / ".git/config").write_text("[core\n", encoding="utf-8")
    monkeypatch.setattr(folder_listing, "_SECONDS", 30)
    assert names_below(repository) == everything


# -- what cannot be listed ------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("in_repository", [True, False])
def test_folders_without_permission(in_repository: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": "*"}
    for name, value in settings.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    with open_folder() as folder:
        monkeypatch.setenv("HOME", str(folder))
        write(folder, "a.md", "closed/b.md", "old/closed/c.md", "names-only/d.md", "z/e.md")
        (folder / ".gitignore").write_text("old/\n", encoding="utf-8")
        if in_repository:
            git(folder, "init")
        modes = {"closed": 0, "old/closed": 0, "names-only": 0o444}
        for name, mode in modes.items():
            (folder / name).chmod(mode)
        with without_root():
            files, unreadable = list_files(folder)
        for name in modes:
            (folder / name).chmod(0o755)
        expected = [folder / "closed"] if in_repository else [folder / "closed", folder / "old/closed"]
        assert [path for path, _ in unreadable] == expected
        assert {str(reason) for _, reason in unreadable} == {"Permission denied"}
        # A file that may exist is left to the reader, which says what is wrong.
        assert [Path(file).name for file in files] == [".gitignore", "a.md", "d.md", "e.md"]


def test_the_folder_itself() -> None:
    with open_folder() as folder:
        closed = folder / "closed"
        write(closed, "a.md")
        closed.chmod(0)
        with without_root():
            files, unreadable = list_files(closed)
        closed.chmod(0o755)
        assert (files, [(path, str(reason)) for path, reason in unreadable]) == ((), [(closed, "Permission denied")])
        ((path, reason),) = list_files(folder / "none").unreadable
        assert (path, str(reason)) == (folder / "none", "No such file or directory")
