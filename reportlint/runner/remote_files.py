"""Files at URLs, such as ``s3://bucket/report.docx``, through fsspec, which is installed with ``reportlint[dask]``."""

from __future__ import annotations

from typing import Any

from reportlint.errors import Message, SetupError, UnreadableInput, describe, message
from reportlint.runner.file_reading import read_stream

_MISSING = message("files at URLs need fsspec; install reportlint[dask]")


def read_url(url: str, limit: int) -> bytes:
    """Return the bytes of the file at a URL. ``limit`` is the largest size in bytes.

    Raises:
        UnreadableInput: the file is missing, too large, or cannot be opened or read.
    """
    try:
        system, path = _resolved(url)
        with system.open(path, "rb") as stream:
            return read_stream(stream, limit)
    except UnreadableInput:
        raise
    except SetupError as error:
        raise UnreadableInput(_MISSING) from error
    except Exception as error:  # each system has exceptions of its own
        raise UnreadableInput(_reason(error)) from None


def list_url(url: str) -> list[str] | None:
    """Return the URLs of the files below a folder, sorted; ``None`` for a file or for nothing.

    Raises:
        UnreadableInput: the folder cannot be listed.
    """
    try:
        system, path = _resolved(url)
        if not system.isdir(path):
            return None
        top = f"{path.rstrip('/')}/"
        return sorted(f"{url.rstrip('/')}/{found.removeprefix(top)}" for found in system.find(path))
    except SetupError as error:
        raise UnreadableInput(_MISSING) from error
    except Exception as error:
        raise UnreadableInput(_reason(error)) from None


def _resolved(url: str) -> tuple[Any, str]:
    """Return the file system of a URL and the path in it.

    Raises:
        SetupError: fsspec is not installed.
        Exception: there is no such file system, or the URL is invalid.
    """
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - few runs have URLs
    except ImportError:
        raise SetupError(str(_MISSING)) from None
    system, path = url_to_fs(url)
    return system, path


def _reason(error: Exception) -> Message:
    if isinstance(error, FileNotFoundError):
        return message("no such file")
    return message("{reason}", reason=describe(error))
