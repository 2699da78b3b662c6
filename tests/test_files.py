"""Writing files: atomic, with their permissions, through links, never over another file, and under a lock."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reportlint import SetupError
from reportlint import files as reportlint_files
from reportlint.files import locked, refusal, same_file, write_guarded, write_text


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_permissions_of_a_replaced_file_stay(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old")
    file.chmod(mode)
    write_text(str(file), "new")
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("new", mode)
    assert names(tmp_path) == {"a.txt"}


def test_line_ends_and_surrogates(tmp_path: Path) -> None:
    write_text(str(tmp_path / "a.txt"), "\ufeffa\r\nb\n\udce9")
    assert (tmp_path / "a.txt").read_bytes() == b"\xef\xbb\xbfa\r\nb\n?"


def test_a_link_without_a_target(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("folder/real")
    write_text(str(tmp_path / "link"), "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder/real").read_text() == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="the limit does not exist there")
def test_a_file_that_cannot_be_written_completely_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    program = (
        "import resource; from reportlint.files import write_text\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); write_text('a.txt', 'new ' * 10_000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert "SetupError: a.txt cannot be written: File too large" in done.stderr
    assert (tmp_path / "a.txt").read_text() == "old"
    assert names(tmp_path) == {"a.txt"}


def test_only_a_recognized_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    for text, replaced in (("", True), ("\ufeffours\n", True), ("theirs", False), ("\xff", False)):
        file.write_text(text, encoding="utf-8")
        reason = refusal(str(file), lambda old: old.startswith("ours"), {})
        assert bool(reason) is not replaced
    with pytest.raises(SetupError, match=r"a\.txt was not replaced: reportlint did not write it in this format"):
        write_guarded(str(file), "new", lambda _: False, {})
    assert file.read_text(encoding="utf-8") == "\xff"


@pytest.mark.parametrize("kind", ["itself", "link", "hard link", "another spelling", "does not exist"])
def test_a_protected_file_is_never_replaced(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "a.txt"
    path = tmp_path / "b.txt"
    if kind != "does not exist":
        file.write_text("")
    if kind == "link":
        path.symlink_to("a.txt")
    elif kind == "hard link":
        os.link(file, path)
    else:
        path = tmp_path / "x/../a.txt" if kind == "another spelling" else file
        (tmp_path / "x").mkdir()
    with pytest.raises(SetupError, match=r"was not replaced: it is a draft$"):
        write_guarded(str(path), "new", None, {str(file): "a draft", "no/such/file": "another"})
    assert file.exists() is (kind != "does not exist")
    assert same_file(str(path), str(file))
    assert not same_file(str(path), str(tmp_path / "x"))


def test_a_lock_excludes_others(tmp_path: Path) -> None:
    path = str(tmp_path / "new/a.txt")
    order: list[str] = []

    def wait() -> None:
        with locked(path):
            order.append("second")

    other = threading.Thread(target=wait)
    with locked(path):
        other.start()
        other.join(0.1)
        order.append("first")
    other.join()
    assert order == ["first", "second"]
    assert names(tmp_path / "new") == set()


def test_a_lock_file_left_behind_does_no_harm(tmp_path: Path) -> None:
    program = "import os; from reportlint.files import locked\nwith locked('a.txt'): os._exit(0)"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
    assert names(tmp_path) == {"a.txt.lock"}
    with locked(str(tmp_path / "a.txt")):
        pass
    assert names(tmp_path) == set()


def test_waiting_for_a_lock_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reportlint_files, "LOCK_SECONDS", 0.05)
    path = str(tmp_path / "a.txt")
    message = r"a\.txt was not changed: another process holds the lock file .*a\.txt\.lock$"
    with locked(path):
        with pytest.raises(SetupError, match=message), locked(path):
            pass
        assert names(tmp_path) == {"a.txt.lock"}
    assert names(tmp_path) == set()
