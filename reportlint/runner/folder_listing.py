"""List the files below a folder, without those that Git ignores.

The folder may come from somebody else, so no program that it names is run. Git reads the configuration of the
repository, in which some keys name programs; the options and variables below turn these keys off. If Git is missing,
fails, or answers for another folder, all files are listed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Collection, Iterable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportlint.errors import Message
from reportlint.runner.file_reading import reason_of

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_GIT_FOLDER = ".git"
_SECONDS = 30.0
"""The time limit for all calls of Git together."""
_SAFE_OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    # A hook or a daemon that Git asks which files have changed. The value "false" names a program in older versions.
    "-c", "core.fsmonitor=",
    "-c", f"core.hooksPath={os.devnull}",
    # A folder of drafts that has the layout of a bare repository is not a repository.
    "-c", "safe.bareRepository=explicit",
)  # fmt: skip
_SAFE_VARIABLES = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    # No download of missing objects: the address of a repository can name a program. Older versions of Git know only
    # the second variable, which allows no protocol.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
}
# Git sets these for its hooks. They apply to the folder of the hook, not to the folder that is listed.
_REDIRECTIONS = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR", "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)  # fmt: skip


class Listing(NamedTuple):
    """The files below a folder, and the folders that cannot be listed, each with the reason; both are sorted.

    Files are named relative to the folder, with slashes. A link to a file counts as a file. A link to a folder is not
    followed.
    """

    files: tuple[str, ...]
    unreadable: tuple[tuple[Path, Message], ...]


def list_files(folder: Path) -> Listing:
    """Return the files below a folder, without those that Git ignores and without Git's own."""
    files: set[str] = set()
    unreadable: dict[Path, Message] = {}
    git = _Git()
    folders = [""]  # nested repositories follow
    while folders:
        inside = folders.pop()
        current = folder / inside
        answer = git.names_below(current, bool(inside))
        if answer is None:
            walked = _walk(current)
            files.update(_joined(inside, name) for name in walked.files)
            unreadable |= walked.unreadable
            continue
        nested: list[str] = []
        links: dict[str, bool] = {}
        for name in answer.names:
            kind = _kind(os.path.join(current, name))
            if kind is None or _is_behind_link(current, name, links):
                continue
            if kind is _Kind.FILE:
                files.add(_joined(inside, name))
            else:
                nested.append(name)
        folders += [_joined(inside, name) for name in nested]
        if answer.has_warnings:
            errors = _walk(current, nested).unreadable
            ignored = git.ignored(current, errors)
            unreadable |= {path: reason for path, reason in errors.items() if path not in ignored}
    # The names of folders are compared one by one.
    in_order = sorted(files, key=lambda name: name.replace("/", "\0"))
    return Listing(tuple(in_order), tuple(sorted(unreadable.items())))


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


class _Kind(Enum):
    FILE = "file"
    FOLDER = "folder"


def _kind(path: str) -> _Kind | None:
    """Return the kind of a path; ``None`` if there is nothing, or a link to a folder or to nothing."""
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISDIR(mode):
            return _Kind.FOLDER
        return None if stat.S_ISLNK(mode) and stat.S_ISDIR(os.stat(path).st_mode) else _Kind.FILE
    except PermissionError:
        return _Kind.FILE  # so that the attempt to read it reports the reason
    except (OSError, ValueError):
        return None


def _is_behind_link(folder: Path, name: str, links: dict[str, bool]) -> bool:
    """Return whether a folder on the way to a file is a link; ``links`` holds what is known about these folders."""
    end = name.find("/")
    while end >= 0:
        above = name[:end]
        if above not in links:
            links[above] = os.path.islink(folder / above)
        if links[above]:
            return True
        end = name.find("/", end + 1)
    return False


class _Walk(NamedTuple):
    files: list[str]
    unreadable: dict[Path, Message]


def _walk(folder: Path, skipped: Collection[str] = ()) -> _Walk:
    """Return all files below a folder, and the folders that cannot be listed. No link to a folder is followed.

    Files, and the folders to skip, are named relative to the folder.
    """
    files: list[str] = []
    unreadable: dict[Path, Message] = {}
    folders = [""]
    while folders:
        inside = folders.pop()
        try:
            with os.scandir(folder / inside) as entries:
                found = [(entry.path, entry.name) for entry in entries if entry.name.lower() != _GIT_FOLDER]
        except (OSError, ValueError) as error:
            unreadable[folder / inside] = reason_of(error)
            continue
        for path, name in found:
            kind, inner = _kind(path), _joined(inside, name)
            if kind is _Kind.FILE:
                files.append(inner)
            elif kind is _Kind.FOLDER and inner not in skipped:
                folders.append(inner)
    return _Walk(files, unreadable)


class _Answer(NamedTuple):
    """The names that Git lists, relative to the folder. It warns, for example, about folders that it cannot open."""

    names: tuple[str, ...]
    has_warnings: bool


class _Git:
    """Calls Git. Once it has failed to answer in time, it is not called again."""

    def __init__(self) -> None:
        self._program = _program()
        self._end = time.monotonic() + _SECONDS
        variables = {name: value for name, value in os.environ.items() if name not in _REDIRECTIONS}
        self._environment = {**variables, **_SAFE_VARIABLES}

    def names_below(self, folder: Path, is_nested: bool) -> _Answer | None:
        """Return the files below a folder that Git does not ignore, and the repositories and submodules in it.

        ``is_nested``: the folder must be the top of a repository. The result is ``None`` if it is not, if the folder
        is in no repository, or if the answer makes no sense.
        """
        place = self._call(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
        if place is None or not (place.stdout == b"true\n\n" if is_nested else place.stdout.startswith(b"true\n")):
            return None
        listed = self._call(folder, "ls-files", "-z", "-co", "--exclude-standard")
        if listed is None:
            return None
        names = tuple(name.rstrip("/") for name in os.fsdecode(listed.stdout).split("\0") if name)
        if any(_leads_out(name) for name in names):
            return None
        return _Answer(names, bool(listed.stderr))

    def ignored(self, folder: Path, paths: Iterable[Path]) -> frozenset[Path]:
        """Return those of the paths below a folder that Git ignores."""
        names = [path.relative_to(folder).as_posix() for path in paths if path != folder]
        answer = self._call(folder, "check-ignore", "-z", "--stdin", given="".join(f"{name}\0" for name in names))
        listed = os.fsdecode(answer.stdout).split("\0") if answer else []
        return frozenset(folder / name for name in listed if name)

    def _call(self, folder: Path, *arguments: str, given: str = "") -> CompletedProcess[bytes] | None:
        """Run Git in a folder and return its result; ``None`` if it fails."""
        import subprocess  # noqa: PLC0415 - only folders need it

        left = self._end - time.monotonic()
        if self._program is None or left <= 0:
            return None
        try:
            done = subprocess.run(
                [self._program, *_SAFE_OPTIONS, *arguments],
                cwd=folder, input=os.fsencode(given), env=self._environment, capture_output=True, timeout=left,
                check=False,
            )  # fmt: skip
        except (OSError, ValueError, MemoryError, subprocess.TimeoutExpired):
            return None
        return done if done.returncode == 0 else None


def _program() -> str | None:
    """Return the path of Git. A relative folder in ``PATH`` is skipped: it may be the folder that is checked."""
    import shutil  # noqa: PLC0415

    places = os.pathsep.join(filter(os.path.isabs, os.get_exec_path()))
    program = shutil.which("git", path=places) if places else None
    return program if program and os.path.isabs(program) else None


def _leads_out(name: str) -> bool:
    """Return whether a name is no path below a folder, or is in a folder of Git's own."""
    parts = name.replace(os.sep, "/").split("/")
    return bool(os.path.splitdrive(name)[0]) or any(part.lower() in ("", ".", "..", _GIT_FOLDER) for part in parts)
