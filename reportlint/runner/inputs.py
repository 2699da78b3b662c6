"""What paths mean: the drafts in files and folders, and standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reportlint.document import Part, Readers

STANDARD_INPUT = "-"
WORD_SUFFIXES = (".docx", ".doc", ".docm", ".rtf", ".odt")
_OTHER_SUFFIXES = (".pdf", ".pages", ".wpd")  # what is published, and rarer: told only where it is named
_MARKDOWN_SUFFIX = ".md"
_TEXT_SUFFIX = ".txt"
_GIT_SECONDS = 30


class Input(NamedTuple):
    """One thing to check: a file, or standard input (no file). ``named``: a path says this very file."""

    name: str
    file: Path | None
    error: str = ""
    named: bool = True

    def part(self, readers: Readers, stdin: bytes) -> Part:
        """What is read of it; ``stdin`` is what came on standard input."""
        suffix = suffix_of(self.name, readers) if self.file or Path(self.name).suffix else _MARKDOWN_SUFFIX
        data, error = stdin, self.error
        if self.file:
            try:
                data = b"" if error else self.file.read_bytes()
            except OSError as failed:
                data, error = b"", failed.strerror or str(failed)
        return Part(self.name, suffix, data, error)


def suffix_of(path: str, readers: Readers) -> str:
    """The suffix by which a file is read; a file with another suffix is read as plain text."""
    suffix = Path(path).suffix.lower()
    return suffix if suffix in readers else _TEXT_SUFFIX


def find_inputs(paths: Sequence[str], readers: Readers, stdin_name: str, notes: list[str]) -> Iterator[Input]:
    """What the paths mean, each once, though one file may be named in several ways. Standard input stands for the file
    whose name it is given.

    What is passed over is said in ``notes``. A path that cannot be used is an input with an error.
    """
    seen: set[str] = set()
    if STANDARD_INPUT in paths:
        seen.add(os.path.abspath(stdin_name))
        yield Input(stdin_name, None)
    for path in paths or (".",):
        if path == STANDARD_INPUT:
            continue
        for file, error in _drafts(Path(path), tuple(readers), notes):
            place = os.path.abspath(file)
            if place not in seen:
                seen.add(place)
                yield Input(file.as_posix(), file, error, file == Path(path))


def _drafts(path: Path, suffixes: tuple[str, ...], notes: list[str]) -> Iterator[tuple[Path, str]]:
    """The drafts that a named path means, with an error for one that cannot be used."""
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # a name too long, a folder that may not be entered
        yield path, getattr(error, "strerror", None) or str(error)
        return
    if is_folder:
        unread = []
        for file in _files_below(path):
            if file.suffix.lower() in suffixes:
                yield file, ""
            elif file.suffix.lower() in WORD_SUFFIXES:
                unread.append(file)
        notes += [f"{file.as_posix()}: {file.suffix} files are not read yet; skipped" for file in unread]
    elif not exists:
        yield path, "no such file"
    elif path.suffix.lower() in (*WORD_SUFFIXES, *_OTHER_SUFFIXES):
        yield path, f"{path.suffix} files are not read yet; save it as plain text or Markdown"
    else:
        yield path, ""


def _files_below(folder: Path) -> list[Path]:
    """The files of a folder, without what git ignores where the folder is in a repository."""
    import subprocess  # noqa: PLC0415 - only folders need it

    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "-co", "--exclude-standard"],
            cwd=folder,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        listed = None
    if listed is not None and listed.returncode == 0:
        names = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
        found: Iterable[Path] = (folder / name for name in names if name)
    else:
        found = folder.rglob("*")
    return sorted(file for file in found if file.is_file() and ".git" not in file.parts)
