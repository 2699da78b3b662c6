"""The rules for each draft, from its configuration and the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from reportlint.config.config_file import (
    COMMAND_LINE,
    DEFAULT,
    Configuration,
    Finder,
    StatedSetting,
    in_force,
    options_of,
    settings_from,
)
from reportlint.config.options import Options
from reportlint.config.settings import SETTINGS
from reportlint.engine.rules import Rules
from reportlint.errors import DataError, Mistake
from reportlint.facts.reference_data import symbol_grammar
from reportlint.files import is_url
from reportlint.knowledge.rulebook import Rulebook
from reportlint.plugins.plugin_loading import load_components
from reportlint.plugins.rule_loading import RuleSets
from reportlint.symbols.model import Symbol
from reportlint.waivers.waiver_file import FILE_NAME


class Workspace:
    """The rules for many files, made once for each set of options.

    Args:
        command_line: the settings given on the command line, by key.
        config: the configuration file for all drafts; ``None``: search for one for each draft.
        message_language: the language of the messages, if none is set and if reportlint has messages in it.

    ``command_line`` and ``config`` stay available.
    """

    def __init__(
        self,
        command_line: Mapping[str, Any] | None = None,
        config: str | None = None,
        message_language: str = Options.message_language,
    ) -> None:
        self._sets = RuleSets(load_components())
        self.components = self._sets.components
        self.command_line, self.config = command_line or {}, config
        self._finder = Finder(config)
        self._command_line = settings_from(self.command_line, COMMAND_LINE)
        self._message_language = Options.message_language
        # Finding out which languages have messages reads all lexicons.
        if message_language != self._message_language:
            languages = Rulebook(self.components.folders).message_languages
            self._message_language = message_language if message_language in languages else self._message_language
        self._verified: set[str] = set()

    def configuration(self, path: str) -> Configuration | None:
        """Return the configuration of a file, or of the files in a folder."""
        return self._finder.find(str(Path(path, "*")) if os.path.isdir(path) else path)

    def settings(self, path: str) -> tuple[StatedSetting, ...]:
        """Return the settings in force for a file, each with its origin.

        Raises:
            DataError: the configuration is invalid.
        """
        configuration = self.configuration(path)
        self._verify([configuration])
        return self._settings(configuration, path)

    def base(self, path: str) -> Rules:
        """Return the rules of a run as a whole: those for its first path, without overrides.

        Raises:
            DataError: the configuration or a card is invalid; the error lists every mistake.
        """
        configuration = self.configuration(path)
        self._verify([configuration])
        return self._sets.rules(options_of(self._settings(configuration, None)))

    def assign(self, paths: Sequence[str]) -> list[Rules | None]:
        """Return the rules for each file; ``None`` for an excluded file.

        Raises:
            DataError: a configuration or card is invalid; the error lists every mistake.
        """
        configurations = [self._finder.find(path) for path in paths]
        self._verify(configurations)
        return [
            None
            if configuration and configuration.excludes(path)
            else self._sets.rules(options_of(self._settings(configuration, path)))
            for configuration, path in zip(configurations, paths, strict=True)
        ]

    def waivers(self, path: str) -> str:
        """Return the waiver file of a draft: the one set, or the one next to the configuration or else the draft."""
        configuration = self._finder.find(path)
        for entry in self._settings(configuration, path):
            if entry.key == "waivers":
                return str(entry.value)
        folder = configuration.folder if configuration else "" if is_url(path) else os.path.dirname(path)
        return os.path.join(folder, FILE_NAME).replace(os.sep, "/")

    def _settings(self, configuration: Configuration | None, path: str | None) -> tuple[StatedSetting, ...]:
        """Return the settings in force for a file, or without overrides if ``path`` is ``None``."""
        defaults = {setting.key: setting.default for setting in SETTINGS if setting.default is not None}
        defaults["message-language"] = self._message_language
        configured: tuple[StatedSetting, ...] = ()
        if configuration:
            configured = configuration.entries if path is None else configuration.entries_for(path)
        return in_force((*settings_from(defaults, DEFAULT), *configured, *self._command_line))

    def _verify(self, configurations: Sequence[Configuration | None]) -> None:
        """Raise a ``DataError`` that lists every mistake of the configurations and their house rules, if any."""
        mistakes: list[Mistake] = []
        unverified = {known.path: known for known in configurations if known and known.path not in self._verified}
        for configuration in unverified.values():
            mistakes += configuration.mistakes
            try:
                rules = self._sets.rules(Options(folders=configuration.folders))
            except DataError as error:
                mistakes += error.mistakes
            else:
                is_symbol = partial(_is_symbol, rules.rulebook)
                mistakes += configuration.unknown_names(rules.names, rules.rulebook.languages, is_symbol)
        if mistakes:
            raise DataError(sorted(set(mistakes)))
        self._verified.update(unverified)


def _is_symbol(rulebook: Rulebook, text: str) -> bool:
    return isinstance(symbol_grammar(rulebook).parse_symbol(text), Symbol)
