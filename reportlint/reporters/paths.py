"""The names of files for those who read a report elsewhere than where it was made."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote_from_bytes

_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def in_repository(path: str) -> str:
    """A path from the root of the repository, which GitHub and GitLab tell; elsewhere from the working folder.

    What lies outside stays absolute. Links are followed, since a repository shows no draft at one.
    """
    root = next((os.environ[name] for name in _ROOTS if os.environ.get(name)), os.curdir)
    place = PurePath(os.path.realpath(path))
    base = os.path.realpath(root)
    return (place.relative_to(base) if place.is_relative_to(base) else place).as_posix()


def as_uri(path: str) -> str:
    """The reference to a path: relative, or with "file:" for an absolute one."""
    given = PurePath(path)
    return given.as_uri() if given.is_absolute() else quote_from_bytes(os.fsencode(path))
