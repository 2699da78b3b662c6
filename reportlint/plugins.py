"""Loads the built-in parts and those of installed plugins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pluggy

from reportlint import builtin, hookspecs
from reportlint.checks.problem import Check
from reportlint.document import Document, Source

ENTRY_POINTS = "reportlint"


@dataclass(frozen=True)
class Parts:
    """Everything that plugins provide, the built-in parts first. ``broken`` names what failed, and how."""

    facts: tuple[Callable[..., Any], ...]
    checks: tuple[Check, ...]
    folders: tuple[Path, ...]
    readers: dict[str, Callable[[Source], Document]]
    reporters: dict[str, Callable[..., str]]
    broken: tuple[str, ...] = field(default=())


def load_parts() -> Parts:
    """Ask every plugin for its parts. A plugin that fails is named in ``broken`` and left out."""
    manager = pluggy.PluginManager("reportlint")
    manager.add_hookspecs(hookspecs)
    manager.register(builtin, "builtin")
    broken: list[str] = []
    for name, load in _entry_points():
        try:
            manager.register(load(), name)
        except Exception as error:  # somebody else's code
            broken.append(f"plugin “{name}” cannot be loaded: {type(error).__name__}: {error}")
    plugins = sorted(manager.list_name_plugin(), key=lambda pair: (pair[0] != "builtin", pair[0]))
    facts: list[Callable[..., Any]] = []
    checks: list[Check] = []
    folders: list[Path] = []
    readers: dict[str, Callable[[Source], Document]] = {}
    reporters: dict[str, Callable[..., str]] = {}
    for name, plugin in plugins:
        others = [other for _, other in plugins if other is not plugin]

        def ask(hook: str, others: list[Any] = others) -> Any:
            results = manager.subset_hook_caller(hook, others)()
            return results[0] if results else ()

        try:
            found = (
                tuple(ask("reportlint_facts")), tuple(ask("reportlint_checks")), ask("reportlint_rules"),
                dict(ask("reportlint_readers")), dict(ask("reportlint_reporters")),
            )  # fmt: skip
        except Exception as error:  # somebody else's code
            broken.append(f"plugin “{name}” is broken: {type(error).__name__}: {error}")
            continue
        facts += found[0]
        checks += found[1]
        folders += [Path(found[2])] if found[2] else []
        readers |= found[3]
        reporters |= found[4]
    return Parts(tuple(facts), tuple(checks), tuple(folders), readers, reporters, tuple(broken))


def _entry_points() -> list[tuple[str, Callable[[], Any]]]:
    # The scan is only worth its time where some distribution declares such entry points.
    from importlib.metadata import entry_points  # noqa: PLC0415

    return [(point.name, point.load) for point in entry_points(group=ENTRY_POINTS)]
