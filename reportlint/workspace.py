"""Every draft with its rules: as its configuration says, and above it the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from reportlint.config.configuration import (
    COMMAND_LINE,
    DEFAULT,
    Configuration,
    Finder,
    StatedSetting,
    given,
    in_force,
    options_of,
)
from reportlint.config.options import Options
from reportlint.config.settings import SETTINGS
from reportlint.engine.rules import Rules
from reportlint.errors import DataError, Mistake
from reportlint.facts.known_names import symbol_grammar
from reportlint.knowledge.rulebook import Rulebook
from reportlint.plugins.loading import load_parts
from reportlint.plugins.rule_sets import RuleSets
from reportlint.symbols.model import Symbol
from reportlint.waivers.waiver_file import FILE_NAME

_DEFAULT_LANGUAGE = "en"


class Workspace:
    """The rules of many files, made once for each set of options.

    ``asked`` are the settings of the command line by their keys, ``config`` is the file that it names;
    ``message_language`` holds where nobody asks for another and there are messages in it.
    """

    def __init__(
        self,
        asked: Mapping[str, Any] | None = None,
        config: str | None = None,
        message_language: str = _DEFAULT_LANGUAGE,
    ) -> None:
        self.parts = load_parts()
        self._finder = Finder(config)
        self._asked = given(asked or {}, COMMAND_LINE)
        spoken = message_language in Rulebook(self.parts.folders).languages
        self._message_language = message_language if spoken else _DEFAULT_LANGUAGE
        self._sets = RuleSets(self.parts)
        self._verified: set[str] = set()

    def configuration(self, path: str) -> Configuration | None:
        """The configuration of a file, or of what is in a folder."""
        return self._finder.of(str(Path(path, "*")) if Path(path).is_dir() else path)

    def settings(self, path: str) -> tuple[StatedSetting, ...]:
        """The settings in force for a file, each with its origin.

        Raises:
            DataError: the configuration is not as it should be.
        """
        configuration = self.configuration(path)
        self._verify([configuration])
        return self._settings(configuration, path)

    def base(self, path: str) -> Rules:
        """The rules of a run: those of its first path, overrides aside."""
        configuration = self.configuration(path)
        self._verify([configuration])
        return self._sets.rules(options_of(self._settings(configuration, None)))

    def assign(self, paths: Sequence[str]) -> list[Rules | None]:
        configurations = [self._finder.of(path) for path in paths]
        self._verify(configurations)
        return [
            None if one and one.excludes(path) else self._sets.rules(options_of(self._settings(one, path)))
            for one, path in zip(configurations, paths, strict=True)
        ]

    def waivers(self, path: str) -> str:
        """The file of waivers of a draft: the configured one, else that beside the configuration or the draft."""
        configuration = self._finder.of(path)
        for entry in self._settings(configuration, path):
            if entry.key == "waivers":
                return str(entry.value)
        folder = configuration.folder if configuration else os.path.dirname(path)
        return os.path.join(folder, FILE_NAME).replace(os.sep, "/")

    def _settings(self, configuration: Configuration | None, path: str | None) -> tuple[StatedSetting, ...]:
        default = {one.key: one.default for one in SETTINGS if one.default is not None}
        default["message-language"] = self._message_language
        said: tuple[StatedSetting, ...] = ()
        if configuration:
            said = configuration.entries if path is None else configuration.entries_for(path)
        return in_force((*given(default, DEFAULT), *said, *self._asked))

    def _verify(self, configurations: Sequence[Configuration | None]) -> None:
        """Every mistake of several configurations, at once."""
        found: list[Mistake] = []
        for one in configurations:
            if one and one.path not in self._verified:
                found += one.mistakes
                try:
                    rules = self._sets.rules(Options(folders=one.folders))
                except DataError as error:
                    found += error.mistakes
                else:
                    found += one.unknown(rules.names, rules.rulebook.languages, partial(_is_symbol, rules.rulebook))
                self._verified.add(one.path)
        if found:
            raise DataError(sorted(set(found)))


def _is_symbol(rulebook: Rulebook, text: str) -> bool:
    return isinstance(symbol_grammar(rulebook).parse_symbol(text), Symbol)
