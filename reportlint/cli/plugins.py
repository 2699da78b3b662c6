"""``reportlint plugins``: the installed plugins, what each provides and where it comes from."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from reportlint.cli.terminal import Result, complain_of_plugins
from reportlint.knowledge.rulebook import Rulebook
from reportlint.plugins.plugin_loading import BUILTIN, Components, Plugin, load_components
from reportlint.plugins.rule_loading import known_checks, usable_components
from reportlint.reporters.layout import printable_path
from reportlint.version import __version__


def run(given: Namespace) -> Result:
    """List the installed plugins; a broken one makes the command fail."""
    components = usable_components(load_components())
    text = "".join(f"{line}\n" for plugin in components.plugins for line in _lines(plugin, components))
    return complain_of_plugins(components.broken), text


def _lines(plugin: Plugin, components: Components) -> Iterator[str]:
    yield f"{plugin.name}  {plugin.origin or f'reportlint {__version__}'}"
    if plugin.file:
        yield f"  from {printable_path(plugin.file)}"
    if plugin.error:
        yield f"  {printable_path(plugin.error)}; it is not used"
    elif plugin.name != BUILTIN:
        folders = (plugin.folder,) if plugin.folder else ()
        codes = [card.code for card in Rulebook(folders).cards(known_checks(components))]
        provided = {
            "rules": codes,
            "checks": [check.name for check in plugin.checks],
            "facts": [getattr(fact, "__name__", "?") for fact in plugin.facts],
            "readers": [*plugin.readers],
            "output formats": [*plugin.reporters],
        }
        yield from (f"  {kind}: {', '.join(names)}" for kind, names in provided.items() if names)
