"""Load the built-in plugin and the installed ones."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlint.checks.problem import Check
from reportlint.document import Document, Source
from reportlint.errors import SetupError, describe
from reportlint.plugins import builtin

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    import pluggy

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
    reporters: dict[str, Callable[..., str | Iterable[str]]] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True)
class Components:
    """Everything that the plugins provide, the built-in plugin first. ``broken`` describes the plugins left out."""

    facts: tuple[Callable[..., Any], ...]
    checks: tuple[Check, ...]
    folders: tuple[Path, ...]
    readers: dict[str, Callable[[Source], Document]]
    reporters: dict[str, Callable[..., str | Iterable[str]]]
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
    return Components.of([*builtin_components().plugins, *map(_load, _entry_points())])


def builtin_components() -> Components:
    """Return what the built-in plugin provides."""
    # The hooks are called directly: to import pluggy for them would take longer.
    provided = {attribute: verified(getattr(builtin, hook)(), hook) for hook, (attribute, verified) in _HOOKS.items()}
    return Components.of([replace(Plugin(BUILTIN), **provided)])


def _load(point: EntryPoint) -> Plugin:
    plugin = Plugin(point.name)
    try:
        plugin = replace(plugin, origin=f"{point.dist.name} {point.dist.version}" if point.dist else "")
        hooks = point.load()
        file = getattr(sys.modules.get(point.module), "__file__", None)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # third-party code may raise anything
        return replace(plugin, error=f"cannot be loaded: {describe(error)}")
    return _call_hooks(replace(plugin, file=file if isinstance(file, str) else ""), hooks)


def _call_hooks(plugin: Plugin, hooks: Any) -> Plugin:
    """Return the plugin with what its hooks, the functions of a module or the methods of an object, return."""
    import pluggy  # noqa: PLC0415 - most runs load no plugin

    from reportlint.plugins import hookspecs  # noqa: PLC0415

    manager = pluggy.PluginManager("reportlint")
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(hooks, plugin.name)
        manager.check_pending()  # rejects misspelled hooks
        provided = {
            attribute: verified(_returned(manager, hook), hook)
            for hook, (attribute, verified) in _HOOKS.items()
            if getattr(manager.hook, hook).get_hookimpls()
        }
        return replace(plugin, **provided)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # third-party code may raise anything
        reason = str(error) if isinstance(error, SetupError) else describe(error)
        return replace(plugin, error=f"cannot be used: {reason}")


# -- what hooks return, verified ---------------------------------------------------------------------------------------


def _returned(manager: pluggy.PluginManager, hook: str) -> Any:
    """Call a hook and return its result; pluggy leaves out ``None``."""
    results = getattr(manager.hook, hook)()
    return results[0] if results else None


def _facts(value: Any, hook: str) -> tuple[Callable[..., Any], ...]:
    return _items(value, hook, callable, "functions")


def _checks(value: Any, hook: str) -> tuple[Check, ...]:
    return _items(value, hook, lambda item: isinstance(item, Check) and isinstance(item.name, str), "checks")


def _items(value: Any, hook: str, is_valid: Callable[[Any], bool], kind: str) -> tuple[Any, ...]:
    if not isinstance(value, Iterable) or isinstance(value, str | bytes | Mapping):
        raise SetupError(f"{hook} returned {_kind(value)}, not a list of {kind}")
    items = tuple(value)
    for item in items:
        if not is_valid(item):
            raise SetupError(f"{hook} returned a list of {kind} with {_kind(item)} in it")
    return items


def _folder(value: Any, hook: str) -> Path:
    if not isinstance(value, str | os.PathLike) or not os.fspath(value):
        raise SetupError(f"{hook} returned {_kind(value)}, not the path of a folder")
    folder = Path(value)
    if not folder.is_dir():
        raise SetupError(f"{hook} returned “{folder}”, which is not a folder")
    return folder


def _readers(value: Any, hook: str) -> dict[str, Callable[..., Any]]:
    return _functions_by_name(value, hook, _is_suffix, "a suffix in lower case, such as “.md”")


def _is_suffix(name: str) -> bool:
    return name != "" and Path(f"draft{name}").suffix == name == name.lower()


def _reporters(value: Any, hook: str) -> dict[str, Callable[..., Any]]:
    return _functions_by_name(value, hook, _is_format, "the name of a format")


def _is_format(name: str) -> bool:
    return name != "" and name.isprintable() and not set(name) & {"=", " "}


def _functions_by_name(
    value: Any, hook: str, is_valid: Callable[[str], bool], kind: str
) -> dict[str, Callable[..., Any]]:
    if not isinstance(value, Mapping):
        raise SetupError(f"{hook} returned {_kind(value)}, not a dictionary")
    for name, function in value.items():
        if not isinstance(name, str) or not is_valid(name):
            raise SetupError(f"{hook} returned a dictionary with the key {name!r}, which is not {kind}")
        if not callable(function):
            raise SetupError(f"{hook} returned {_kind(function)} for “{name}”, not a function")
    return dict(value)


def _kind(value: Any) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"


_HOOKS: dict[str, tuple[str, Callable[[Any, str], Any]]] = {
    "reportlint_facts": ("facts", _facts),
    "reportlint_checks": ("checks", _checks),
    "reportlint_rules": ("folder", _folder),
    "reportlint_readers": ("readers", _readers),
    "reportlint_reporters": ("reporters", _reporters),
}
"""The field of :class:`Plugin` that each hook fills, and the function that verifies its value."""


# -- installed plugins -------------------------------------------------------------------------------------------------


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
