"""Loads the built-in parts and those of installed plugins."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pluggy

from reportlint import builtin, hookspecs
from reportlint.checks.problem import Check
from reportlint.document import Document, Source

ENTRY_POINTS = "reportlint"
_METADATA = (".dist-info", ".egg-info", "EGG-INFO")


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
    # importlib.metadata costs as much as reading a report: it is asked only where there is something to find.
    if not any(map(_declares, sys.path)):
        return []
    from importlib.metadata import entry_points  # noqa: PLC0415

    return [(point.name, point.load) for point in entry_points(group=ENTRY_POINTS)]


def _declares(place: str) -> bool:
    """Whether a distribution in a place of ``sys.path`` declares such entry points; a zip file may."""
    try:
        with os.scandir(place or ".") as entries:
            names = [entry.path for entry in entries if entry.name.endswith(_METADATA)]
    except NotADirectoryError:
        return True
    except OSError:
        return False
    return any(_mentions(os.path.join(name, "entry_points.txt")) for name in names)


def _mentions(file: str) -> bool:
    try:
        with open(file, "rb") as opened:
            return f"[{ENTRY_POINTS}]".encode() in opened.read()
    except OSError:
        return False
