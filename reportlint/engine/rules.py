"""The rules in force, prepared once for many drafts."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, TypeVar

from reportlint.checks.problem import Check
from reportlint.config.options import Options
from reportlint.document import Document, Source
from reportlint.engine.fact_store import Facts, card_parameters_type, fact_type, parameter_types
from reportlint.engine.severity import rule_severity
from reportlint.errors import SetupError
from reportlint.knowledge.cards import Card
from reportlint.knowledge.house_data import HouseNames, StatedKind, StatedMeeting
from reportlint.knowledge.levels import Stage
from reportlint.knowledge.rulebook import Rulebook
from reportlint.knowledge.suggestions import did_you_mean
from reportlint.language.detect import detect_language
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Structure, build_structure

_T = TypeVar("_T")

ENGINE_CHECK = "engine"
_HEAD_LINES, _HEAD_LENGTH = 60, 8000
_GIVEN = (Document, Structure, Lexicon, Rulebook, HouseNames, StatedMeeting, StatedKind, Stage)


class Rules:
    """The rules in force: cards, their checks, and the providers of the facts that the checks need.

    Raises:
        SetupError: the options name an unknown rule or language, a card names an unknown check, a rule overrides
            itself, two checks have one name, two facts have one type, or a fact is unknown or depends on itself.
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
        reporters: Mapping[str, Callable[..., str | Iterable[str]]] | None = None,
        broken_plugins: tuple[str, ...] = (),
    ) -> None:
        self.rulebook, self.cards = rulebook, tuple(cards)
        self.by_code = {card.code: card for card in cards}
        self.checks = _by_unique_key(checks, lambda check: check.name, "check")
        self.providers = _by_unique_key(facts, fact_type, "fact")
        self.readers, self.reporters, self.broken_plugins = readers or {}, reporters or {}, broken_plugins
        self._lexicons: dict[str, Lexicon] = {}
        self._given: dict[str, dict[type, Any]] = {}
        self._verify_overrides()
        self._verify_facts()
        self._apply(options)

    def _apply(self, options: Options) -> None:
        self.options = options
        self._verify_selection()
        self.severities = {
            card.code: severity for card in self.cards if (severity := rule_severity(card, options))
        }  # fmt: skip

    def with_options(self, options: Options) -> Rules:
        """Return these rules with other options for the same folders of rules.

        Lexicons and registers are shared where the options allow it.

        Raises:
            SetupError: the options name an unknown rule or language.
        """
        other = copy.copy(self)
        if _given_options(options) != _given_options(self.options):
            other._given = {}
        other._apply(options)
        return other

    @cached_property
    def codes_by_name(self) -> Mapping[str, frozenset[str]]:
        """The codes of the rules that each code, name or family stands for."""
        codes: dict[str, set[str]] = {}
        for card in self.cards:
            for name in (card.code, card.name, card.family):
                codes.setdefault(name, set()).add(card.code)
        return {name: frozenset(its_codes) for name, its_codes in codes.items()}

    @property
    def names(self) -> Set[str]:
        """The codes, names and families of all rules."""
        return self.codes_by_name.keys()

    def _verify_selection(self) -> None:
        for name in sorted(self.options.select | self.options.ignore | dict(self.options.severity).keys()):
            if name not in self.names:
                raise SetupError(f"unknown rule “{name}”{did_you_mean(name, self.names)}")
        for code in (self.options.language, self.options.message_language):
            if code and code not in self.rulebook.languages:
                raise SetupError(f"unknown language “{code}” (known languages: {', '.join(self.rulebook.languages)})")
        code = self.options.message_language
        if not self.lexicon(code).section("interface"):
            known = ", ".join(self.rulebook.message_languages)
            raise SetupError(f"there are no messages in the language “{code}” (languages of messages: {known})")

    def _verify_overrides(self) -> None:
        """Reject cycles: rules that override each other would drop each other's findings."""
        for card in self.cards:
            overridden, new = set[str](), set(card.overrides)
            while new:
                overridden |= new
                known = new & set(self.by_code)
                new = {further for code in known for further in self.by_code[code].overrides} - overridden
            if card.code in overridden:
                raise SetupError(f"rule {card.code} overrides itself, directly or indirectly")

    def _verify_facts(self) -> None:
        for card in self.cards:
            if card.check != ENGINE_CHECK and card.check not in self.checks:
                hint = did_you_mean(card.check, self.checks)
                raise SetupError(f"rule {card.code}: unknown check “{card.check}”{hint}")
        verified: set[Any] = set(_GIVEN)

        def verify(fact: Any, chain: tuple[Any, ...], needed_by: str) -> None:
            if fact in verified:
                return
            if fact in chain:
                cycle = " → ".join(kind.__name__ for kind in (*chain, fact))
                raise SetupError(f"circular dependency between facts: {cycle}")
            provider = self.providers.get(fact)
            if provider is None:
                raise SetupError(f"{needed_by} needs the fact “{getattr(fact, '__name__', fact)}”, which is unknown")
            for kind in parameter_types(provider):
                verify(kind, (*chain, fact), f"fact “{provider.__name__}”")
            verified.add(fact)

        for check in self.checks.values():
            card_parameters = card_parameters_type(check.function)
            for kind in parameter_types(check.function):
                if kind is not card_parameters:
                    verify(kind, (), f"check “{check.name}”")

    def with_card(self, card: Card) -> Rules:
        """Return these rules with ``card`` in place of the card with the same code, whose severity still applies."""
        other = copy.copy(self)
        other.cards = tuple(card if old.code == card.code else old for old in self.cards)
        other.by_code = {**self.by_code, card.code: card}
        return other

    def lexicon(self, code: str) -> Lexicon:
        """Return the lexicon of a language, which is loaded once."""
        if code not in self._lexicons:
            self._lexicons[code] = Lexicon(code, self.rulebook.lexicon(code))
        return self._lexicons[code]

    @cached_property
    def frequent_words(self) -> Mapping[str, list[str]]:
        return self.rulebook.frequent_words()

    def facts_for(self, document: Document, language: str) -> Facts:
        """Return the facts of one document, which are computed when needed."""
        lexicon = self.lexicon(language)
        if language not in self._given:
            self._given[language] = {
                Rulebook: self.rulebook,
                Lexicon: lexicon,
                HouseNames: self.options.names,
                StatedMeeting: self.options.meeting,
                StatedKind: StatedKind(self.options.kind),
                Stage: self.options.stage,
            }
        shared = self._given[language]
        return Facts(
            self.providers,
            {**shared, Document: document, Structure: build_structure(document, lexicon)},
            shared,
        )

    def language_of(self, source: Source) -> str | None:
        """Return the language of a draft: set by the options, or detected by its words or its masthead.

        Return ``None`` if it is not recognized.
        """
        return (
            self.options.language
            or detect_language(source.text, self.frequent_words)
            or self._language_in_masthead(source.text)
        )

    def _language_in_masthead(self, text: str) -> str | None:
        """Return the language whose name, in that language, is a line near the top of a text."""
        head = {line.strip(" *_#|").casefold() for line in text[:_HEAD_LENGTH].split("\n", _HEAD_LINES)[:_HEAD_LINES]}
        for code in self.rulebook.languages:
            names = self.lexicon(code).mapping("masthead", "languages").get(code, ())
            if head & {name.casefold() for name in names}:
                return code
        return None


def _given_options(options: Options) -> tuple[object, ...]:
    """Return the options that are given to facts."""
    return options.names, options.meeting, options.kind, options.stage


def _by_unique_key(values: Iterable[_T], key: Callable[[_T], Any], kind: str) -> dict[Any, _T]:
    """Return values by their keys. A second value must not replace the first: a plugin could turn off a rule so."""
    result: dict[Any, _T] = {}
    for value in values:
        name = key(value)
        if name in result:
            raise SetupError(f"the {kind} “{getattr(name, '__name__', name)}” is defined twice")
        result[name] = value
    return result
