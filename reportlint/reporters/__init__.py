"""Output formats, one module each. A module is imported when its format is first used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def _lazy_reporter(module: str) -> Callable[..., str]:
    def report(run: Any, **settings: Any) -> str:
        function: Callable[..., str] = import_module(f"reportlint.reporters.{module}").report
        return function(run, **settings)

    return report


REPORTERS: dict[str, Callable[..., str]] = {
    "text": _lazy_reporter("text"),
    "concise": _lazy_reporter("concise"),
    "json": _lazy_reporter("json"),
    "html": _lazy_reporter("html"),
    "sarif": _lazy_reporter("sarif"),
    "github": _lazy_reporter("github"),
    "gitlab": _lazy_reporter("gitlab"),
    "junit": _lazy_reporter("junit"),
}


def default_format(environment: Mapping[str, str]) -> str:
    """Return the default format: annotations in GitHub Actions, otherwise text.

    GitLab has no default of its own, because it reads its report from a file.
    """
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "text"
