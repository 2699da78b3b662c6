"""Output formats, one module each. A module is imported when its format is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

Reporter = Callable[..., str | Iterable[str]]
"""Takes a run and settings; returns the text to write, or its pieces."""


def _lazy_reporter(module: str) -> Reporter:
    def report(run: Any, **settings: Any) -> str | Iterable[str]:
        function: Reporter = import_module(f"reportlint.reporters.{module}").report
        return function(run, **settings)

    return report


REPORTERS: dict[str, Reporter] = {
    "text": _lazy_reporter("text"),
    "concise": _lazy_reporter("concise"),
    "json": _lazy_reporter("json"),
    "jsonl": _lazy_reporter("jsonl"),
    "html": _lazy_reporter("html"),
    "sarif": _lazy_reporter("sarif"),
    "github": _lazy_reporter("github"),
    "gitlab": _lazy_reporter("gitlab"),
    "junit": _lazy_reporter("junit"),
}


FORMATS_WITHOUT_TEXT = frozenset({"concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"})
"""The formats that show nothing of a draft but what its findings quote."""


def default_format(environment: Mapping[str, str]) -> str:
    """Return the default format: annotations in GitHub Actions, otherwise text.

    GitLab has no default of its own, because it reads its report from a file.
    """
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "text"
