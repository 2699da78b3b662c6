"""The files of the page that are no Python: templates, style and script."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from string import Template


def asset(name: str) -> str:
    """The content of a file of this package."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def filled(name: str, **parts: str) -> str:
    """A template of this package with its parts, which are HTML, in place."""
    return Template(asset(name)).substitute(parts)


def policy_hash(content: str) -> str:
    """How the policy of the page names a script or style that is allowed."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
