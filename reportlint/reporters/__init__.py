"""Reporters: one module per format. Each is a function from a run to text; it is imported when it is used."""

from __future__ import annotations

from collections.abc import Callable
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
    "json": _lazily("json_"),
    "html": _lazily("html"),
}
