"""Paths as they appear in reports that are read on another machine."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote_from_bytes

from reportlint.files import is_url

_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def in_repository(path: str) -> str:
    """Return a path relative to the root of the repository, with ``/`` as the separator.

    GitHub and GitLab give the root in the environment; elsewhere the working folder takes its place. A path outside
    that folder is absolute. Links are resolved, because a repository has the draft only at the target of a link. A URL
    stays as it is.
    """
    if is_url(path):
        return path
    root = next((os.environ[name] for name in _ROOTS if os.environ.get(name)), os.curdir)
    resolved = PurePath(os.path.realpath(path))
    base = os.path.realpath(root)
    return (resolved.relative_to(base) if resolved.is_relative_to(base) else resolved).as_posix()


def as_uri(path: str) -> str:
    """Return a path as a URI reference: relative, or with the scheme "file:" for an absolute path. A URL is one."""
    if is_url(path):
        return quote_from_bytes(path.encode("utf-8", "surrogateescape"), safe="/:?#[]@!$&'()*+,;=%")
    pure_path = PurePath(path)
    try:
        return pure_path.as_uri() if pure_path.is_absolute() else quote_from_bytes(os.fsencode(path))
    except UnicodeEncodeError:  # a name that this system cannot have, as in a configuration
        scheme = "file://" if pure_path.is_absolute() else ""
        return scheme + quote_from_bytes(path.encode("utf-8", "surrogateescape"))
