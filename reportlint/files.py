"""Guarded, atomic file writing, and locks between processes."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from reportlint.errors import SetupError

LOCK_SECONDS = 30.0
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_POLL_SECONDS = 0.02
_UNRECOGNIZED = "reportlint did not write it in this format"

Protected = Mapping[str, str]
"""Files that are never replaced, each with what it is, such as "a draft of this run"."""


def is_url(path: str) -> bool:
    """Return whether a path is the URL of a file elsewhere."""
    return _URL.match(path) is not None


# -- writing --------------------------------------------------------------------------------------------------------


def write_text(path: str, text: Iterable[str]) -> None:
    """Write ``text``, which may come in pieces, to a file as UTF-8, creating missing folders.

    If writing or making the text fails, the file is left unchanged. A file that is replaced keeps its permissions.
    Links are followed.

    Raises:
        SetupError: the file cannot be written.
    """
    pieces = [text] if isinstance(text, str) else text
    _write(path, (piece.encode("utf-8", "replace") for piece in pieces))


def write_bytes(path: str, data: bytes, hint: str = "") -> None:
    """Write ``data`` to a file, as ``write_text`` does. ``hint`` is added to the error if writing is not permitted.

    Raises:
        SetupError: the file cannot be written.
    """
    _write(path, [data], hint)


def _write(path: str, data: Iterable[bytes], hint: str = "") -> None:
    try:
        if is_stream(path):
            # It is opened by the path given: the resolved path of a pipe may not exist.
            with open(path, "wb") as stream:
                stream.writelines(data)
        else:
            _replace(os.path.realpath(path), data)
    except OSError as error:
        is_held = isinstance(error, PermissionError) and os.path.exists(path)
        reason = f"{error.strerror}{hint if is_held else ''}"
        raise SetupError(f"{path} cannot be written: {reason}") from None


def write_private(path: str, data: bytes) -> None:
    """Write a file that only the user may read and write. If writing fails, the file is left unchanged.

    Raises:
        OSError: the file cannot be written.
    """
    _replace(path, [data], private=True)


def is_stream(path: str) -> bool:
    """Return whether a path is a terminal, a pipe or a device, which is written to directly and never replaced."""
    return os.path.exists(path) and not os.path.isfile(path)


def _replace(target: str, data: Iterable[bytes], *, private: bool = False) -> None:
    folder = os.path.dirname(target)
    os.makedirs(folder, exist_ok=True)
    temporary = os.path.join(folder, f".reportlint-{os.urandom(8).hex()}.tmp")
    try:
        with open(temporary, "xb", opener=_open_private if private else None) as file:
            if not private:
                _copy_permissions(target, temporary)
            file.writelines(data)
        os.replace(temporary, target)
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _copy_permissions(source: str, target: str) -> None:
    try:
        mode = stat.S_IMODE(os.stat(source).st_mode)
    except FileNotFoundError:
        return
    if stat.S_IMODE(os.stat(target).st_mode) != mode:
        os.chmod(target, mode)


# -- the user's cache -----------------------------------------------------------------------------------------------

NO_CODE = "REPORTLINT_NO_CODE_CACHE"
"""The environment variable that switches off keeping compiled code, with any value."""
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def user_cache_folder() -> Path | None:
    """Return the cache folder of the user on this system; ``None`` for a user without a home folder."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else "~/.cache"
    folder = os.path.expanduser(base)
    return Path(folder, "reportlint") if os.path.isabs(folder) else None


def make_cache_folder(folder: Path) -> None:
    """Make a cache folder that only the user may read, and that git ignores, unless it exists.

    Raises:
        OSError: the folder cannot be made.
    """
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def is_private(status: os.stat_result) -> bool:
    """Return whether a file or folder belongs to the user and nobody else may write it."""
    return status.st_uid == os.geteuid() and not status.st_mode & _WRITABLE_BY_OTHERS


def is_reserved(folder: str) -> bool:
    """Return whether nobody but the user and the system can put another folder in the place of a private one.

    It is false on systems that do not say who may write a file.

    Raises:
        OSError: the folder or one above it cannot be examined.
    """
    if not hasattr(os, "geteuid"):
        return False
    place = os.path.realpath(folder)
    if not is_private(os.stat(place)):
        return False
    while (above := os.path.dirname(place)) != place:
        status = os.stat(above)
        is_shared = status.st_mode & _WRITABLE_BY_OTHERS and not status.st_mode & stat.S_ISVTX
        if is_shared or status.st_uid not in (0, os.geteuid()):
            return False
        place = above
    return True


# -- guarding -------------------------------------------------------------------------------------------------------


def write_guarded(
    path: str, text: Iterable[str], recognizes: Callable[[str], bool] | None, protected: Protected
) -> None:
    """Write a file as ``write_text`` does, unless that would destroy another file; see ``refusal``.

    Raises:
        SetupError: the file must not be replaced, or cannot be written.
    """
    if reason := refusal(path, recognizes, protected):
        raise SetupError(reason)
    write_text(path, text)


def refusal(path: str, recognizes: Callable[[str], bool] | None, protected: Protected) -> str:
    """Return why a text file must not be written; empty if it may be. See :func:`refusal_of_bytes`."""
    accepts = (lambda data: recognizes(data.decode("utf-8-sig", "replace"))) if recognizes else None
    return refusal_of_bytes(path, accepts, protected)


def refusal_of_bytes(
    path: str, recognizes: Callable[[bytes], bool] | None, protected: Protected, unrecognized: str = _UNRECOGNIZED
) -> str:
    """Return why a file must not be written; empty if it may be.

    A file may be written if it does not exist, is empty, or has a content that ``recognizes`` accepts, and if it is
    none of the protected files under any name. ``None`` accepts every content. ``unrecognized`` is the reason for not
    replacing any other content.
    """
    if is_stream(path):
        return ""
    if kind := kind_of_protected(path, protected):
        return f"{path} was not replaced: it is {kind}"
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        # Writing reports every other failure: a folder that is missing or is a file, a name that is too long.
        return f"{path} was not replaced: {error.strerror}" if os.path.isfile(path) else ""
    if not data or recognizes is None or recognizes(data):
        return ""
    return f"{path} was not replaced: {unrecognized}; choose another name"


def kind_of_protected(path: str, protected: Protected) -> str:
    """Return what a file is if it is protected. Links, hard links and names in another case lead to one file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        place = os.path.normcase(os.path.realpath(path))
        same = (name for name in protected if os.path.normcase(os.path.realpath(name)) == place)
    else:
        same = (name for name in protected if _has_status(name, status))
    return next((protected[name] for name in same), "")


def _has_status(path: str, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.stat(path), status)
    except (OSError, ValueError):
        return False


def same_file(path: str, other: str) -> bool:
    """Return whether two paths lead to one file, which need not exist."""
    return bool(kind_of_protected(path, {other: other}))


def is_inside(path: str, folder: str) -> bool:
    """Return whether a path is a folder or lies below it, after following links. Neither need exist."""
    place = os.path.normcase(os.path.realpath(path))
    top = os.path.normcase(os.path.realpath(folder))
    return place == top or place.startswith(os.path.join(top, ""))


# -- locking --------------------------------------------------------------------------------------------------------


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Keep other processes of reportlint from changing a file meanwhile, by a lock file beside it.

    The operating system releases the lock when its process ends, so that a lock file left behind does no harm.

    Raises:
        SetupError: the lock file cannot be written, or another process holds the lock for ``LOCK_SECONDS``.
    """
    lock = os.path.realpath(path) + ".lock"
    end = time.monotonic() + LOCK_SECONDS
    try:
        os.makedirs(os.path.dirname(lock), exist_ok=True)
        while (descriptor := _acquired(lock)) is None:
            if time.monotonic() > end:
                raise SetupError(f"{path} was not changed: another process holds the lock file {lock}")
            time.sleep(_POLL_SECONDS)
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}") from None
    try:
        yield
    finally:
        _release(lock, descriptor)


def _acquired(lock: str) -> int | None:
    """Return the descriptor of the lock file if the lock was free."""
    try:
        descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o666)
    except PermissionError:
        if sys.platform == "win32" and os.path.exists(lock):  # another process is about to remove it
            return None
        raise
    # A process that waited for the lock may hold a file that the previous owner has removed.
    if _lock(descriptor) and _has_status(lock, os.fstat(descriptor)):
        return descriptor
    os.close(descriptor)
    return None


def _lock(descriptor: int) -> bool:
    """Lock a file unless another process has locked it; return whether it is locked by this one."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        os.close(descriptor)
        raise
    return True


def _release(lock: str, descriptor: int) -> None:
    """Remove the lock file and release the lock.

    Windows does not remove an open file: there, a process that has opened it meanwhile removes it later.
    """
    if sys.platform == "win32":
        os.close(descriptor)
    with suppress(OSError):
        os.unlink(lock)
    if sys.platform != "win32":
        os.close(descriptor)
