"""Reporters: one module per format. Each is a function from a run to text; it is imported when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def _lazily(module: str) -> Callable[..., str]:
    def report(run: Any, **settings: Any) -> str:
        function: Callable[..., str] = import_module(f"reportlint.reporters.{module}").report
        return function(run, **settings)

    return report


REPORTERS: dict[str, Callable[..., str]] = {
    "text": _lazily("text"),
    "concise": _lazily("concise"),
    "json": _lazily("json"),
    "html": _lazily("html"),
    "sarif": _lazily("sarif"),
    "github": _lazily("github"),
    "gitlab": _lazily("gitlab"),
    "junit": _lazily("junit"),
}


def default_format(environment: Mapping[str, str]) -> str:
    """The format of who asks for none: annotations in GitHub Actions, else text. GitLab takes its own from a file."""
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "text"
