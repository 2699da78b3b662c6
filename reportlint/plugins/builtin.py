"""The built-in plugin, which uses the same hooks as any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from reportlint.checks import BUILTIN_CHECKS
from reportlint.checks.problem import Check
from reportlint.document import Document, Source
from reportlint.facts import BUILTIN_FACTS
from reportlint.knowledge.rulebook import builtin_folder
from reportlint.plugins.hookspecs import hookimpl
from reportlint.readers import READERS
from reportlint.reporters import REPORTERS


@hookimpl
def reportlint_facts() -> Iterable[Callable[..., Any]]:
    return BUILTIN_FACTS


@hookimpl
def reportlint_checks() -> Iterable[Check]:
    return BUILTIN_CHECKS


@hookimpl
def reportlint_rules() -> Path:
    return builtin_folder()


@hookimpl
def reportlint_readers() -> Mapping[str, Callable[[Source], Document]]:
    return READERS


@hookimpl
def reportlint_reporters() -> Mapping[str, Callable[..., str | Iterable[str]]]:
    return REPORTERS
