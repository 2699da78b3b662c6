"""Rules made from what the plugins provide."""

from __future__ import annotations

from dataclasses import replace

from reportlint.checks.problem import Check
from reportlint.config.options import Options
from reportlint.engine.fact_store import card_parameters_type
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.errors import ReportlintError, describe
from reportlint.facts.named_facts import NAMES
from reportlint.knowledge.cards import Checks, CheckSignature
from reportlint.knowledge.rulebook import Rulebook
from reportlint.plugins.plugin_loading import BUILTIN, Components, load_components


class RuleSets:
    """Rules by options, each made once."""

    def __init__(self, components: Components) -> None:
        self._components = components
        self._by_options: dict[Options, Rules] = {}

    def rules(self, options: Options) -> Rules:
        """Return the rules for the given options.

        Raises:
            SetupError: the options name something unknown, or rules override each other.
            DataError: a card, lexicon or register is invalid.
        """
        if options not in self._by_options:
            similar = next((known for known in self._by_options if known.folders == options.folders), None)
            if similar:
                self._by_options[options] = self._by_options[similar].with_options(options)
            else:
                self._by_options[options] = make_rules(options, self._components)
        return self._by_options[options]


def make_rules(options: Options, components: Components | None = None) -> Rules:
    """Return the rules in force for the given options. Broken plugins are left out.

    Raises:
        SetupError: the options name something unknown, or rules override each other.
        DataError: a card, lexicon or register is invalid.
    """
    components = components or load_components()
    try:
        return _make_rules(options, components)
    except Exception:  # also what is wrong with the values that the hooks of a plugin return
        usable = usable_components(components)
        if usable.broken == components.broken:
            raise
        return _make_rules(options, usable)


def usable_components(components: Components) -> Components:
    """Return the components without the plugins whose cards, checks or facts do not work with those of the others."""
    kept = [plugin for plugin in components.plugins if plugin.name == BUILTIN]
    waiting = {plugin.name: plugin for plugin in components.plugins if plugin.name != BUILTIN and not plugin.error}
    errors: dict[str, str] = {}
    progress = True
    while progress:  # a plugin may need what another one provides
        progress = False
        for name, plugin in list(waiting.items()):
            try:
                _make_rules(Options(), Components.of([*kept, plugin]))
            except Exception as error:
                errors[name] = f"cannot be used: {error if isinstance(error, ReportlintError) else describe(error)}"
            else:
                kept.append(waiting.pop(name))
                progress = True
    return Components.of(
        replace(plugin, error=errors[plugin.name]) if plugin.name in waiting else plugin
        for plugin in components.plugins
    )


def _make_rules(options: Options, components: Components) -> Rules:
    rulebook = Rulebook((*components.folders, *options.folders))
    return Rules(
        rulebook,
        rulebook.cards(known_checks(components)),
        components.checks,
        components.facts,
        options,
        readers=components.readers,
        reporters=components.reporters,
        broken_plugins=components.broken,
    )


def known_checks(components: Components) -> Checks:
    """Return the checks that cards may name, each with the signature that its cards must agree with."""
    return {ENGINE_CHECK: None, **{check.name: _signature(check) for check in components.checks}}


def _signature(check: Check) -> CheckSignature:
    fields = (*check.fields, *NAMES)
    return CheckSignature(card_parameters_type(check.function), check.variants, fields, check.related)
