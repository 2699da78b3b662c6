"""The hooks by which rules, facts, checks, readers and reporters join the linter; the built-in ones too."""

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
    """Functions that make a fact. The type each returns is the fact's name; the types of its parameters are the
    facts it needs."""


@hookspec
def reportlint_checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """Checks, made with :func:`reportlint.check`."""


@hookspec
def reportlint_rules() -> Path:  # type: ignore[empty-body]
    """A folder of cards, lexicons and registers."""


@hookspec
def reportlint_readers() -> Mapping[str, Callable[[Source], Document]]:  # type: ignore[empty-body]
    """Readers by the suffix of the files they read (".md")."""


@hookspec
def reportlint_reporters() -> Mapping[str, Callable[..., str]]:  # type: ignore[empty-body]
    """Reporters by the name of their format: a function from a run to the text to be written."""
