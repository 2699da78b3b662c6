"""Rules made of what the built-in parts and the plugins provide."""

from __future__ import annotations

from dataclasses import replace

from reportlint.checks.problem import Check
from reportlint.config.options import Options
from reportlint.engine.fact_store import taken_from_card
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.errors import DataError, SetupError
from reportlint.facts.named import NAMES
from reportlint.knowledge.cards import Checks, CheckSignature
from reportlint.knowledge.rulebook import Rulebook
from reportlint.plugins.loading import BUILTIN, Parts, load_parts


class RuleSets:
    """Rules by the options that they are for, each made once."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._made: dict[Options, Rules] = {}

    def rules(self, options: Options) -> Rules:
        """The rules for some options.

        Raises:
            SetupError: the options or a plugin ask for what does not exist.
            DataError: a card, lexicon or register is not as it should be.
        """
        if options not in self._made:
            alike = next((one for one in self._made if one.folders == options.folders), None)
            if alike:
                self._made[options] = self._made[alike].with_options(options)
            else:
                self._made[options] = make_rules(options, self._parts)
        return self._made[options]


def make_rules(options: Options, parts: Parts | None = None) -> Rules:
    """The rules in force for some options.

    Raises:
        SetupError: the options or a plugin ask for what does not exist.
        DataError: a card, lexicon or register is not as it should be.
    """
    parts = parts or load_parts()
    try:
        return _rules_of(options, parts)
    except (SetupError, DataError):
        sound = sound_parts(parts)
        if sound.broken == parts.broken:
            raise
        return _rules_of(options, sound)


def sound_parts(parts: Parts) -> Parts:
    """The parts without those plugins whose cards, checks or facts cannot be used beside the others'."""
    kept = [one for one in parts.plugins if one.name == BUILTIN]
    waiting = {one.name: one for one in parts.plugins if one.name != BUILTIN and not one.error}
    errors: dict[str, str] = {}
    fits = True
    while fits:  # one may need what another provides
        fits = False
        for name, plugin in list(waiting.items()):
            try:
                _rules_of(Options(), Parts.of([*kept, plugin]))
            except (SetupError, DataError) as error:
                errors[name] = f"is broken: {error}"
            else:
                kept.append(waiting.pop(name))
                fits = True
    return Parts.of(replace(one, error=errors[one.name]) if one.name in waiting else one for one in parts.plugins)


def _rules_of(options: Options, parts: Parts) -> Rules:
    rulebook = Rulebook((*parts.folders, *options.folders))
    return Rules(
        rulebook,
        rulebook.cards(known_checks(parts)),
        parts.checks,
        parts.facts,
        options,
        readers=parts.readers,
        reporters=parts.reporters,
        broken_plugins=parts.broken,
    )


def known_checks(parts: Parts) -> Checks:
    """Return the checks that a card may name, with what the card has to agree with."""
    return {ENGINE_CHECK: None, **{check.name: _signature(check) for check in parts.checks}}


def _signature(check: Check) -> CheckSignature:
    fields = (*check.fields, *NAMES)
    return CheckSignature(taken_from_card(check.function), check.variants, fields, check.related)
