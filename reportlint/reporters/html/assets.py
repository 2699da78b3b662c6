"""The templates, style sheet and script of the page."""

from __future__ import annotations

from base64 import b64encode
from importlib.resources import files
from string import Template

from reportlint.hashes import sha256


def read_asset(name: str) -> str:
    """Return the text of a file of this package."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def fill_template(name: str, **parts: str) -> str:
    """Return a template of this package with ``parts``, which are HTML, filled in."""
    return Template(read_asset(name)).substitute(parts)


def policy_hash(content: str) -> str:
    """Return the hash by which the Content-Security-Policy of the page allows a script or style."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
