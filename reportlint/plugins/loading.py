"""Loads the built-in parts and those of installed plugins."""

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
from reportlint.plugins import builtin, hookspecs

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "reportlint"
BUILTIN = "builtin"
_METADATA = (".dist-info", ".egg-info", "EGG-INFO")


@dataclass(frozen=True)
class Plugin:
    """A plugin and what it provides: ``origin`` is the distribution that declares it, with its version, ``file`` where
    its module is. ``error`` says what is wrong with one that is left out."""

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
class Parts:
    """Everything that plugins provide, the built-in parts first. ``broken`` names what failed, and how."""

    facts: tuple[Callable[..., Any], ...]
    checks: tuple[Check, ...]
    folders: tuple[Path, ...]
    readers: dict[str, Callable[[Source], Document]]
    reporters: dict[str, Callable[..., str]]
    broken: tuple[str, ...] = field(default=())
    plugins: tuple[Plugin, ...] = field(default=())

    @classmethod
    def of(cls, plugins: Iterable[Plugin]) -> Parts:
        """What some plugins provide together; of readers and reporters of one name the last counts."""
        found = tuple(plugins)
        sound = [one for one in found if not one.error]
        return cls(
            tuple(fact for one in sound for fact in one.facts),
            tuple(check for one in sound for check in one.checks),
            tuple(one.folder for one in sound if one.folder),
            {suffix: reader for one in sound for suffix, reader in one.readers.items()},
            {name: reporter for one in sound for name, reporter in one.reporters.items()},
            tuple(f"plugin “{one.name}” {one.error}" for one in found if one.error),
            found,
        )


def load_parts() -> Parts:
    """Ask every plugin for its parts. A plugin that fails is named in ``broken`` and left out."""
    return Parts.of([_ask(Plugin(BUILTIN), builtin), *map(_load, _entry_points())])


def _load(point: EntryPoint) -> Plugin:
    origin = f"{point.dist.name} {point.dist.version}" if point.dist else ""
    plugin = Plugin(point.name, origin)
    try:
        module = point.load()
    except Exception as error:  # somebody else's code
        return replace(plugin, error=f"cannot be loaded: {describe(error)}")
    return _ask(replace(plugin, file=getattr(module, "__file__", None) or ""), module)


def _ask(plugin: Plugin, module: Any) -> Plugin:
    """The plugin with what its hooks give."""
    manager = pluggy.PluginManager("reportlint")
    manager.add_hookspecs(hookspecs)

    def ask(hook: str) -> Any:
        results = getattr(manager.hook, hook)()
        return results[0] if results else ()

    try:
        manager.register(module, plugin.name)
        manager.check_pending()  # a hook whose name is mistyped
        folder = ask("reportlint_rules")
        return replace(
            plugin,
            facts=tuple(ask("reportlint_facts")),
            checks=tuple(ask("reportlint_checks")),
            folder=Path(folder) if folder else None,
            readers=dict(ask("reportlint_readers")),
            reporters=dict(ask("reportlint_reporters")),
        )
    except Exception as error:  # somebody else's code
        return replace(plugin, error=f"is broken: {describe(error)}")


def describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _entry_points() -> Iterator[EntryPoint]:
    # importlib.metadata costs as much as reading a report: it is asked only where there is something to find.
    if any(map(_declares, sys.path)):
        from importlib.metadata import entry_points  # noqa: PLC0415

        yield from sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)


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
