"""Load the built-in plugin and the installed ones."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pluggy

from reportlint.checks.problem import Check
from reportlint.document import Document, Source
from reportlint.errors import describe
from reportlint.plugins import builtin, hookspecs

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "reportlint"
BUILTIN = "builtin"
_METADATA = (".dist-info", ".egg-info", "EGG-INFO")


@dataclass(frozen=True)
class Plugin:
    """A plugin and what it provides.

    ``origin`` is the name and version of its distribution, ``file`` the path of its module. ``error`` is empty unless
    the plugin is left out.
    """

    name: str
    origin: str = ""
    file: str = ""
    facts: tuple[Callable[..., Any], ...] = ()
    checks: tuple[Check, ...] = ()
    folder: Path | None = None
    readers: dict[str, Callable[[Source], Document]] = field(default_factory=dict)
    reporters: dict[str, Callable[..., str]] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True)
class Components:
    """Everything that the plugins provide, the built-in plugin first. ``broken`` describes the plugins left out."""

    facts: tuple[Callable[..., Any], ...]
    checks: tuple[Check, ...]
    folders: tuple[Path, ...]
    readers: dict[str, Callable[[Source], Document]]
    reporters: dict[str, Callable[..., str]]
    broken: tuple[str, ...] = ()
    plugins: tuple[Plugin, ...] = ()

    @classmethod
    def of(cls, plugins: Iterable[Plugin]) -> Components:
        """Return what the plugins provide together. Of readers or reporters with the same name, the last is used."""
        given = tuple(plugins)
        usable = [plugin for plugin in given if not plugin.error]
        return cls(
            tuple(fact for plugin in usable for fact in plugin.facts),
            tuple(check for plugin in usable for check in plugin.checks),
            tuple(plugin.folder for plugin in usable if plugin.folder),
            {suffix: reader for plugin in usable for suffix, reader in plugin.readers.items()},
            {name: reporter for plugin in usable for name, reporter in plugin.reporters.items()},
            tuple(f"plugin “{plugin.name}” {plugin.error}" for plugin in given if plugin.error),
            given,
        )


def load_components() -> Components:
    """Load all plugins. A plugin that fails is left out and described in ``broken``."""
    return Components.of([_call_hooks(Plugin(BUILTIN), builtin), *map(_load, _entry_points())])


def _load(point: EntryPoint) -> Plugin:
    origin = f"{point.dist.name} {point.dist.version}" if point.dist else ""
    plugin = Plugin(point.name, origin)
    try:
        hooks = point.load()
    except (Exception, SystemExit) as error:  # third-party code may raise anything
        return replace(plugin, error=f"cannot be loaded: {describe(error)}")
    return _call_hooks(replace(plugin, file=getattr(sys.modules.get(point.module), "__file__", None) or ""), hooks)


def _call_hooks(plugin: Plugin, hooks: Any) -> Plugin:
    """Return the plugin with what its hooks, the functions of a module or the methods of an object, return."""
    manager = pluggy.PluginManager("reportlint")
    manager.add_hookspecs(hookspecs)

    def call(hook: str) -> Any:
        results = getattr(manager.hook, hook)()
        return results[0] if results else ()

    try:
        manager.register(hooks, plugin.name)
        manager.check_pending()  # rejects misspelled hooks
        folder = call("reportlint_rules")
        return replace(
            plugin,
            facts=tuple(call("reportlint_facts")),
            checks=tuple(call("reportlint_checks")),
            folder=Path(folder) if folder else None,
            readers=dict(call("reportlint_readers")),
            reporters=dict(call("reportlint_reporters")),
        )
    except (Exception, SystemExit) as error:  # third-party code may raise anything
        return replace(plugin, error=f"cannot be used: {describe(error)}")


def _entry_points() -> Iterator[EntryPoint]:
    # Importing importlib.metadata takes as long as reading a report: avoid it unless a plugin is installed.
    if any(map(_declares_plugin, sys.path)):
        from importlib.metadata import entry_points  # noqa: PLC0415

        yield from sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)


def _declares_plugin(location: str) -> bool:
    """Return whether a distribution at a location of ``sys.path`` declares a plugin; true for a zip file."""
    try:
        with os.scandir(location or ".") as entries:
            folders = [entry.path for entry in entries if entry.name.endswith(_METADATA)]
    except NotADirectoryError:
        return True
    except OSError:
        return False
    return any(_has_group(os.path.join(folder, "entry_points.txt")) for folder in folders)


def _has_group(file: str) -> bool:
    try:
        with open(file, "rb") as stream:
            return f"[{ENTRY_POINTS}]".encode() in stream.read()
    except OSError:
        return False
