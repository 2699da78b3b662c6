"""Rules made from what the plugins provide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from reportlint.checks.problem import Check
from reportlint.config.options import Options
from reportlint.engine.fact_store import card_parameters_type
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.errors import DataError, Mistake, ReportlintError, describe
from reportlint.facts.named_facts import NAMES
from reportlint.knowledge.cards import Card, Checks, CheckSignature
from reportlint.knowledge.rulebook import Rulebook
from reportlint.plugins.plugin_loading import Components, Plugin, builtin_components, load_components


class RuleSets:
    """Rules by options, each made once. ``components`` are the given ones without the plugins that do not work."""

    def __init__(self, components: Components) -> None:
        self.components = usable_components(components)
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
                self._by_options[options] = _make_rules(options, self.components)
        return self._by_options[options]


def make_rules(options: Options, components: Components | None = None) -> Rules:
    """Return the rules in force for the given options. Broken plugins are left out.

    Raises:
        SetupError: the options name something unknown, or rules override each other.
        DataError: a card, lexicon or register is invalid.
    """
    return _make_rules(options, usable_components(components or load_components()))


def usable_components(components: Components) -> Components:
    """Return the components without the plugins whose cards, checks or facts do not work with those of the others."""
    builtin, *others = components.plugins
    waiting = {index: plugin for index, plugin in enumerate(others) if not plugin.error}
    if not waiting or not _failure(components.plugins):
        return components
    kept = [builtin]
    errors: dict[int, str] = {}
    progress = True
    while progress:  # a plugin may need what another one provides
        progress = False
        for index, plugin in list(waiting.items()):
            errors[index] = _failure([*kept, plugin])
            if not errors[index]:
                kept.append(waiting.pop(index))
                progress = True
    checked = (
        replace(plugin, error=f"cannot be used: {errors[index]}") if index in waiting else plugin
        for index, plugin in enumerate(others)
    )
    return Components.of([builtin, *checked])


def _failure(plugins: Sequence[Plugin]) -> str:
    """Return why no rules can be made from what some plugins provide; "" if they can."""
    try:
        _make_rules(Options(), Components.of(plugins))
    except KeyboardInterrupt:
        raise
    except ReportlintError as error:
        return str(error)
    except BaseException as error:  # making rules runs code of plugins, such as the types of parameters
        return describe(error)
    return ""


def _make_rules(options: Options, components: Components) -> Rules:
    rulebook = Rulebook((*components.folders, *options.folders))
    has_house_rules = len(rulebook.folders) > 1 or len(components.plugins) > 1
    checks = _all_checks(components) if has_house_rules else components.checks
    return Rules(
        rulebook,
        load_rule_data(rulebook, _signatures(checks)),
        checks,
        components.facts,
        options,
        readers=components.readers,
        reporters=components.reporters,
        broken_plugins=components.broken,
    )


def load_rule_data(rulebook: Rulebook, checks: Checks) -> tuple[Card, ...]:
    """Return the cards of a rulebook after verifying everything that it reads from YAML and CSV.

    Raises:
        DataError: a card, lexicon or register is invalid; the error lists every mistake.
    """
    cards: tuple[Card, ...] = ()
    mistakes: list[Mistake] = []
    try:
        cards = rulebook.cards(checks)
    except DataError as error:
        mistakes += error.mistakes
    if rulebook.source_folders:
        from reportlint.engine.rule_data import data_mistakes  # noqa: PLC0415 - compiled rules do not need it

        mistakes += data_mistakes(rulebook)
    if mistakes:
        raise DataError(mistakes)
    return cards


def verify_builtin_rules(folder: Path) -> None:
    """Verify the cards, lexicons and registers in the folder of the built-in rules.

    Raises:
        DataError: there are mistakes; the error lists all of them.
    """
    load_rule_data(Rulebook((folder,), compiled=False), _signatures(builtin_components().checks))


def known_checks(components: Components) -> Checks:
    """Return the checks that cards may name, each with the signature that its cards must agree with."""
    return _signatures(_all_checks(components))


def _all_checks(components: Components) -> tuple[Check, ...]:
    """Return the checks of the components and the generic ones, which take long to import."""
    from reportlint.checks.generic import GENERIC_CHECKS  # noqa: PLC0415 - only house rules need them

    return (*components.checks, *GENERIC_CHECKS)


def _signatures(checks: Iterable[Check]) -> Checks:
    return {ENGINE_CHECK: None, **{check.name: _signature(check) for check in checks}}


def _signature(check: Check) -> CheckSignature:
    fields = (*check.fields, *NAMES)
    return CheckSignature(card_parameters_type(check.function), check.variants, fields, check.related)
