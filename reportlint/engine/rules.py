"""The rules in force, made ready once for many drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from reportlint.checks.problem import Check
from reportlint.config.options import Options
from reportlint.document import Document, Source
from reportlint.engine.fact_store import Facts, made_by, parameters, taken_from_card
from reportlint.engine.severity import rule_severity
from reportlint.errors import SetupError
from reportlint.knowledge.cards import Card, did_you_mean
from reportlint.knowledge.house import HouseNames, StatedMeeting
from reportlint.knowledge.rulebook import Rulebook
from reportlint.language.detect import detect_language
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Structure, build_structure

ENGINE_CHECK = "engine"
_HEAD_LINES = 60
_GIVEN = (Document, Structure, Lexicon, Rulebook, HouseNames, StatedMeeting)


class Rules:
    """The rules in force: cards, the checks behind them and the facts these need, made ready once for many drafts.

    Raises:
        SetupError: an unknown code in the options, or a check that needs a fact nobody provides.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        cards: Sequence[Card],
        checks: Iterable[Check],
        facts: Iterable[Callable[..., Any]],
        options: Options,
        *,
        readers: Mapping[str, Callable[[Source], Document]] | None = None,
        reporters: Mapping[str, Callable[..., str]] | None = None,
        broken_plugins: tuple[str, ...] = (),
    ) -> None:
        self.rulebook, self.cards = rulebook, tuple(cards)
        self.by_code = {card.code: card for card in cards}
        self.checks = {check.name: check for check in checks}
        self.providers = {made_by(function): function for function in facts}
        self.readers, self.reporters, self.broken_plugins = readers or {}, reporters or {}, broken_plugins
        self._lexicons: dict[str, Lexicon] = {}
        self._given: dict[str, dict[type, Any]] = {}
        self._verify_overrides()
        self._verify_facts()
        self._take(options)

    def _take(self, options: Options) -> None:
        self.options = options
        self._verify_selection()
        self.severities = {
            card.code: severity for card in self.cards if (severity := rule_severity(card, options))
        }  # fmt: skip

    def with_options(self, options: Options) -> Rules:
        """These rules with other options; what was made of words and registers is kept where it is the same.

        Raises:
            SetupError: an unknown code in the options.
        """
        other = copy(self)
        if (options.names, options.meeting) != (self.options.names, self.options.meeting):
            other._given = {}
        other._take(options)
        return other

    @cached_property
    def names(self) -> frozenset[str]:
        """What rules are called: codes, names and families."""
        return frozenset(name for card in self.cards for name in (card.code, card.name, card.family))

    def _verify_selection(self) -> None:
        for name in sorted(self.options.select | self.options.ignore | dict(self.options.severity).keys()):
            if name not in self.names:
                raise SetupError(f"there is no rule “{name}”{did_you_mean(name, self.names)}")
        for code in (self.options.language, self.options.message_language):
            if code and code not in self.rulebook.languages:
                raise SetupError(f"there is no language “{code}” (there are {', '.join(self.rulebook.languages)})")

    def _verify_overrides(self) -> None:
        """Two rules that override each other would silence both."""
        for card in self.cards:
            over, new = set[str](), set(card.overrides)
            while new:
                over |= new
                new = {code for one in new & set(self.by_code) for code in self.by_code[one].overrides} - over
            if card.code in over:
                raise SetupError(f"rule {card.code} overrides itself, directly or through others")

    def _verify_facts(self) -> None:
        for card in self.cards:
            if card.check != ENGINE_CHECK and card.check not in self.checks:
                raise SetupError(
                    f"rule {card.code}: there is no check “{card.check}”{did_you_mean(card.check, self.checks)}"
                )
        settled: set[Any] = set(_GIVEN)

        def settle(wanted: Any, chain: tuple[Any, ...], why: str) -> None:
            if wanted in settled:
                return
            if wanted in chain:
                raise SetupError(f"facts go round in a circle: {' → '.join(one.__name__ for one in (*chain, wanted))}")
            provider = self.providers.get(wanted)
            if provider is None:
                raise SetupError(f"{why} needs “{getattr(wanted, '__name__', wanted)}”, which no fact provides")
            for kind in parameters(provider):
                settle(kind, (*chain, wanted), provider.__name__)
            settled.add(wanted)

        for check in self.checks.values():
            from_card = taken_from_card(check.function)
            for kind in parameters(check.function):
                if kind is not from_card:
                    settle(kind, (), f"check “{check.name}”")

    def with_card(self, card: Card) -> Rules:
        """These rules with another card in the stead of the one that has its code."""
        other = copy(self)
        other.cards = tuple(card if one.code == card.code else one for one in self.cards)
        other.by_code = {**self.by_code, card.code: card}
        return other

    def lexicon(self, code: str) -> Lexicon:
        if code not in self._lexicons:
            self._lexicons[code] = Lexicon(code, self.rulebook.lexicon(code))
        return self._lexicons[code]

    @cached_property
    def frequent_words(self) -> Mapping[str, list[str]]:
        return self.rulebook.frequent_words()

    def facts_for(self, document: Document, language: str) -> Facts:
        """The facts of one document, computed when asked for."""
        lexicon = self.lexicon(language)
        if language not in self._given:
            self._given[language] = {
                Rulebook: self.rulebook,
                Lexicon: lexicon,
                HouseNames: self.options.names,
                StatedMeeting: self.options.meeting,
            }
        shared = self._given[language]
        return Facts(
            self.providers,
            {**shared, Document: document, Structure: build_structure(document, lexicon)},
            shared,
        )

    def language_of(self, source: Source) -> str | None:
        """The language of a draft: as the options say, else its masthead, else its words."""
        if self.options.language:
            return self.options.language
        head = {line.strip(" *_#|").casefold() for line in source.text[:8000].split("\n", _HEAD_LINES)[:_HEAD_LINES]}
        words = detect_language(source.text, self.frequent_words)
        if words is None:
            for code in self.rulebook.languages:
                own = self.rulebook.lexicon(code)["masthead"]["languages"].get(code, ())
                if head & {word.casefold() for word in own}:
                    return code
        return words
