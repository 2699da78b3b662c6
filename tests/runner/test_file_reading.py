"""Reading stops at the limit and never blocks."""

from __future__ import annotations

import io
import os
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest
from permissions import open_folder, without_root

from reportlint.config.options import Options
from reportlint.document import Document, Draft, Part, Source
from reportlint.errors import UnreadableInput
from reportlint.plugins.rule_loading import make_rules
from reportlint.runner.draft_checking import check_draft
from reportlint.runner.file_reading import read_file, read_stream

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and devices")
LIMIT = 2_500_000  # more than is read at once
TOO_LARGE = "larger than 2.5 MB (setting “max-size”)"


def reason(file: Path, limit: int = LIMIT) -> str:
    with pytest.raises(UnreadableInput) as raised:
        read_file(file, limit)
    return str(raised.value.message)


@pytest.mark.parametrize("size", [0, 1, 1_000_000, LIMIT])
def test_a_file_within_the_limit(size: int, tmp_path: Path) -> None:
    data = os.urandom(size)
    (tmp_path / "a.md").write_bytes(data)
    assert read_file(tmp_path / "a.md", LIMIT) == data
    assert read_stream(io.BytesIO(data), LIMIT) == data


def test_a_file_or_stream_beyond_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(bytes(LIMIT + 1))
    assert reason(tmp_path / "a.md") == TOO_LARGE
    with (tmp_path / "sparse.md").open("wb") as file:
        file.truncate(1 << 40)
    assert reason(tmp_path / "sparse.md") == TOO_LARGE
    stream = io.BytesIO(bytes(LIMIT + 500))
    with pytest.raises(UnreadableInput):
        read_stream(stream, LIMIT)
    assert stream.tell() == LIMIT + 1


class Failing(io.RawIOBase):
    def __init__(self, error: BaseException) -> None:
        self.error = error

    def read(self, size: int = -1) -> bytes:
        raise self.error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), "not enough memory to read it"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (ValueError("I/O operation on closed file"), "I/O operation on closed file"),
    ],
)
def test_a_stream_that_fails(error: BaseException, expected: str) -> None:
    stream: BinaryIO = Failing(error)  # type: ignore[assignment]
    with pytest.raises(UnreadableInput) as raised:
        read_stream(stream, LIMIT)
    assert str(raised.value.message) == expected


def test_what_is_not_there(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.md") == "No such file or directory"
    assert reason(tmp_path / ("a" * 500)) == "File name too long"
    assert reason(tmp_path / "a\0.md") == "a file name cannot contain the character NUL"
    assert reason(tmp_path) == "not a regular file"


@posix
def test_pipes_sockets_and_devices_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket is short
    os.mkfifo("pipe.md")
    Path("link.md").symlink_to("pipe.md")
    Path("zero.md").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        for name in ("pipe.md", "link.md", "zero.md", "socket.md", "/dev/zero", "/dev/null"):
            assert reason(Path(name)) == "not a regular file"


@posix
def test_a_pipe_that_replaces_the_file_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("text", encoding="utf-8")
    status = os.stat(tmp_path / "a.md")
    (tmp_path / "a.md").unlink()
    os.mkfifo(tmp_path / "a.md")
    monkeypatch.setattr(os, "stat", lambda *_, **__: status)
    assert reason(tmp_path / "a.md") == "not a regular file"


@posix
@pytest.mark.parametrize("size", [10, LIMIT, LIMIT + 1, 10 * LIMIT])
def test_the_pipe_of_a_shell(size: int) -> None:
    """A shell passes <(command) as /dev/fd/63."""
    output, given = os.pipe()

    def write() -> None:
        with suppress(BrokenPipeError), open(given, "wb") as stream:
            stream.write(b"x" * size)

    thread = threading.Thread(target=write)
    thread.start()
    file = Path(f"/dev/fd/{output}")
    try:
        if size <= LIMIT:
            assert read_file(file, LIMIT) == b"x" * size
        else:
            assert reason(file) == TOO_LARGE
    finally:
        os.close(output)
        thread.join()
    assert reason(Path("/dev/fd/999")) in ("No such file or directory", "Bad file descriptor")


def test_a_file_without_permission() -> None:
    with open_folder() as folder:
        (folder / "a.md").write_text("text", encoding="utf-8")
        (folder / "a.md").chmod(0)
        with without_root():
            assert reason(folder / "a.md") == "Permission denied"


def test_a_draft_that_needs_too_much_memory() -> None:
    def read(source: Source) -> Document:
        raise MemoryError

    rules = make_rules(Options())
    result = check_draft(Draft((Part("a.md", ".md", b"text"),), {".md": read}), rules)
    assert [(finding.code, finding.message) for finding in result.findings] == [
        ("RPL004", "this file cannot be read: not enough memory to check it")
    ]
