"""The hooks through which plugins, including the built-in one, provide facts, checks, rules, readers and reporters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from reportlint.checks.problem import Check
    from reportlint.document import Document, Source

hookspec = pluggy.HookspecMarker("reportlint")
hookimpl = pluggy.HookimplMarker("reportlint")


@hookspec
def reportlint_facts() -> Iterable[Callable[..., Any]]:  # type: ignore[empty-body]
    """Return the functions that compute facts.

    The return type of a function identifies its fact; the types of its parameters identify the facts that it needs.
    """


@hookspec
def reportlint_checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """Return the checks, made with :func:`reportlint.check`."""


@hookspec
def reportlint_rules() -> Path:  # type: ignore[empty-body]
    """Return a folder of cards, lexicons and registers."""


@hookspec
def reportlint_readers() -> Mapping[str, Callable[[Source], Document]]:  # type: ignore[empty-body]
    """Return the readers by file suffix, such as ".md"."""


@hookspec
def reportlint_reporters() -> Mapping[str, Callable[..., str | Iterable[str]]]:  # type: ignore[empty-body]
    """Return the reporters by format. A reporter takes a run and returns the text to write, or yields its pieces."""
