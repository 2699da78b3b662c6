"""A plugin for reportlint. This module contains its hooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from reportlint import Check, hookimpl
from reportlint_deadlines.checks import passed
from reportlint_deadlines.facts import written_days
from reportlint_deadlines.reporter import report


@hookimpl
def reportlint_facts() -> Iterable[Callable[..., Any]]:
    return (written_days,)


@hookimpl
def reportlint_checks() -> Iterable[Check]:
    return (passed,)


@hookimpl
def reportlint_rules() -> Path:
    return Path(__file__).parent / "rules"


@hookimpl
def reportlint_reporters() -> Mapping[str, Callable[..., str]]:
    return {"csv": report}
