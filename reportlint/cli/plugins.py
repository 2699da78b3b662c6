"""The plugins that are installed, what each brings, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.knowledge.rulebook import Rulebook
from reportlint.plugins.loading import BUILTIN, Parts, Plugin
from reportlint.plugins.rule_sets import known_checks, sound_parts
from reportlint.reporters.layout import printable_path
from reportlint.version import __version__


def plugin_list(parts: Parts) -> tuple[bool, str]:
    """Whether all plugins are sound, and the list of them as text."""
    found = sound_parts(parts)
    return not found.broken, "".join(f"{line}\n" for one in found.plugins for line in _lines(one, found))


def _lines(plugin: Plugin, parts: Parts) -> Iterator[str]:
    yield f"{plugin.name}  {plugin.origin or f'reportlint {__version__}'}"
    if plugin.file:
        yield f"  from {printable_path(plugin.file)}"
    if plugin.error:
        yield f"  {printable_path(plugin.error)}; it is left out"
    elif plugin.name != BUILTIN:
        folders = (plugin.folder,) if plugin.folder else ()
        codes = [card.code for card in Rulebook(folders).cards(known_checks(parts))]
        facts = [getattr(one, "__name__", "?") for one in plugin.facts]
        brought = {
            "rules": codes, "checks": [one.name for one in plugin.checks], "facts": facts,
            "readers": [*plugin.readers], "output formats": [*plugin.reporters],
        }  # fmt: skip
        yield from (f"  {what}: {', '.join(names)}" for what, names in brought.items() if names)
