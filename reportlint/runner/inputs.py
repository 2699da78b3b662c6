"""Find the inputs: files, the drafts in folders, and standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reportlint.document import Part, Readers
from reportlint.errors import Message, message

STANDARD_INPUT = "-"
WORD_SUFFIXES = (".docx", ".doc", ".docm", ".rtf", ".odt")
_OTHER_SUFFIXES = (".pdf", ".pages", ".wpd")  # rarer, or published documents: reported only if named
_MARKDOWN_SUFFIX = ".md"
_TEXT_SUFFIX = ".txt"
_GIT_SECONDS = 30

NO_SUCH_FILE = message("no such file")


class Input(NamedTuple):
    """A file, or standard input if ``file`` is ``None``. ``named``: the file itself was given, not only its folder."""

    name: str
    file: Path | None
    error: Message | None = None
    named: bool = True

    def part(self, readers: Readers, stdin: bytes) -> Part:
        """Read the input; ``stdin`` is the content of standard input."""
        suffix = suffix_of(self.name, readers) if self.file or Path(self.name).suffix else _MARKDOWN_SUFFIX
        data, error = stdin, self.error
        if self.file:
            try:
                data = b"" if error else self.file.read_bytes()
            except OSError as failure:
                data, error = b"", _reason(failure)
        return Part(self.name, suffix, data, error)


def suffix_of(path: str, readers: Readers) -> str:
    """Return the suffix that selects the reader of a file. A file with an unknown suffix is read as plain text."""
    suffix = Path(path).suffix.lower()
    return suffix if suffix in readers else _TEXT_SUFFIX


def find_inputs(paths: Sequence[str], readers: Readers, stdin_name: str, notes: list[Message]) -> Iterator[Input]:
    """Yield the inputs for the given paths, each file once. Standard input replaces the file called ``stdin_name``.

    Skipped files are appended to ``notes``. A path that cannot be used becomes an input with an error.
    """
    seen: set[str] = set()
    if STANDARD_INPUT in paths:
        seen.add(os.path.abspath(stdin_name))
        yield Input(stdin_name, None)
    for path in paths or (".",):
        if path == STANDARD_INPUT:
            continue
        for file, error in _drafts(Path(path), tuple(readers), notes):
            absolute = os.path.abspath(file)
            if absolute not in seen:
                seen.add(absolute)
                yield Input(file.as_posix(), file, error, file == Path(path))


def _drafts(path: Path, suffixes: tuple[str, ...], notes: list[Message]) -> Iterator[tuple[Path, Message | None]]:
    """Yield the drafts at a path, each with an error if the path cannot be used."""
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # a name that is too long, a folder without permission
        yield path, _reason(error)
        return
    if is_folder:
        skipped = "{path}: {suffix} files are not supported yet; skipped"
        for file in _files_below(path):
            if file.suffix.lower() in suffixes:
                yield file, None
            elif file.suffix.lower() in WORD_SUFFIXES:
                notes.append(message(skipped, path=file.as_posix(), suffix=file.suffix))
    elif not exists:
        yield path, NO_SUCH_FILE
    elif path.suffix.lower() in (*WORD_SUFFIXES, *_OTHER_SUFFIXES):
        yield (
            path,
            message("{suffix} files are not supported yet; save it as plain text or Markdown", suffix=path.suffix),
        )
    else:
        yield path, None


def _reason(error: OSError | ValueError) -> Message:
    """Return the reason that the operating system gives for a file that cannot be opened."""
    return message("{reason}", reason=getattr(error, "strerror", None) or str(error))


def _files_below(folder: Path) -> list[Path]:
    """Return the files in a folder, sorted, without those that Git ignores if the folder is in a repository."""
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
        files: Iterable[Path] = (folder / name for name in names if name)
    else:
        files = folder.rglob("*")
    return sorted(file for file in files if file.is_file() and ".git" not in file.parts)
