"""Files without permission. The tests may run as root, who may read everything."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = 65534


@contextmanager
def open_folder() -> Iterator[Path]:
    """Yield a temporary folder that every user may read, and delete it."""
    if sys.platform == "win32":
        pytest.skip("permissions are those of POSIX")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        yield folder


@contextmanager
def without_root() -> Iterator[None]:
    """Give this process the permissions of a user that owns nothing if it runs as root."""
    if os.geteuid() != 0:
        yield
        return
    try:
        os.seteuid(NOBODY)
    except OSError:
        pytest.skip("the user cannot be changed")
    try:
        yield
    finally:
        os.seteuid(0)
