"""Help in the language of the messages, by the translations in the lexicons."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from reportlint.cli.terminal import DEFAULT_LANGUAGE, locale_language


def help_formatter(arguments: Sequence[str] | None) -> Callable[..., argparse.HelpFormatter]:
    """Return the formatter class of help for these arguments; ``None``: those of the process.

    The language is that of ``--message-language``, or else of the terminal's locale. A language without a built-in
    lexicon, and text that its lexicon does not translate, is shown in English.
    """
    options = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    options.add_argument("--message-language", nargs="?")
    language = options.parse_known_args(arguments)[0].message_language or locale_language()
    return partial(_Formatter, translations={} if language == DEFAULT_LANGUAGE else _translations(language))


def _translations(language: str) -> Mapping[str, str]:
    from reportlint.knowledge.rulebook import Rulebook, builtin_folder  # noqa: PLC0415 - English help must not load it

    rulebook = Rulebook((builtin_folder(),))
    return rulebook.lexicon(language).get("translations", {}) if language in rulebook.languages else {}


class _Formatter(argparse.HelpFormatter):
    """Translates the text of help, and the words that argparse adds to it."""

    def __init__(self, prog: str, translations: Mapping[str, str]) -> None:
        super().__init__(prog)
        self._translations = translations

    def start_section(self, heading: str | None) -> None:
        # The format adds the colon, but the language decides on the space before it.
        super().start_section(heading and self._translate(f"{heading}:").removesuffix(":"))

    def add_text(self, text: str | None) -> None:
        super().add_text(text and self._translate(text))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self._translate("usage: ") if prefix is None else prefix)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return action.help and self._translate(action.help)

    def _translate(self, text: str) -> str:
        return self._translations.get(text, text)
