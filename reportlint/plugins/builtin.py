"""The built-in plugin, which has the hooks of any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from reportlint.checks import BUILTIN_CHECKS
from reportlint.checks.problem import Check
from reportlint.document import Document, Source
from reportlint.facts import BUILTIN_FACTS
from reportlint.knowledge.rulebook import builtin_folder
from reportlint.readers import READERS
from reportlint.reporters import REPORTERS


def reportlint_facts() -> Iterable[Callable[..., Any]]:
    return BUILTIN_FACTS


def reportlint_checks() -> Iterable[Check]:
    return BUILTIN_CHECKS


def reportlint_rules() -> Path:
    return builtin_folder()


def reportlint_readers() -> Mapping[str, Callable[[Source], Document]]:
    return READERS


def reportlint_reporters() -> Mapping[str, Callable[..., str | Iterable[str]]]:
    return REPORTERS
