"""One document through the selected rules."""

from __future__ import annotations

import hashlib
import inspect
import typing
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, TypeVar

from reportlint.checks.problem import Check, Problem
from reportlint.document import Document, Position, Source, Span
from reportlint.facts.masthead import DocumentKind, Title
from reportlint.finding import Applicability, Edit, Finding, Fix, Place
from reportlint.knowledge.cards import Card, choose_text, did_you_mean
from reportlint.knowledge.rulebook import Rulebook
from reportlint.knowledge.scales import Severity, Stage
from reportlint.language.detect import detect_language
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Passage, Role, Section, Structure, build_structure

_T = TypeVar("_T")
ENGINE_CHECK = "engine"
CRASHED = "RPL003"
UNREADABLE = "RPL004"
_HEAD_LINES = 60


class SetupError(Exception):
    """The linter itself cannot be used as it is set up: an unknown code, a check without its facts."""


@dataclass(frozen=True)
class Options:
    """What a user asks of a run. ``select`` and ``ignore`` hold codes, families or names of rules.

    ``language`` is that of the drafts (``None``: recognised), ``message_language`` that of the messages.
    """

    stage: Stage = Stage.REVIEW
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    language: str | None = None
    message_language: str = "en"


def severity_of(card: Card, options: Options) -> Severity | None:
    """Decide whether a rule speaks, and how loudly: the one place where stage, select and ignore meet.

    A rule that is off at this stage is on when it is selected by its own code or name.
    """
    by_itself = {card.code, card.name}
    names = by_itself | {card.family}
    if names & options.ignore and not by_itself & options.select:
        return None
    if by_itself & options.ignore:
        return None
    if options.select and not names & options.select:
        return None
    severity = card.severity[options.stage]
    if severity is None and by_itself & options.select:
        severity = next((one for one in card.severity.values() if one), Severity.WARNING)
    return severity


class Rules:
    """The rules in force: cards, the checks behind them and the facts these need, made ready once for many drafts.

    Raises:
        SetupError: an unknown code in the options, or a check that needs a fact nobody provides.
    """

    def __init__(
        self, rulebook: Rulebook, cards: Sequence[Card], checks: Iterable[Check],
        facts: Iterable[Callable[..., Any]], options: Options,
    ) -> None:  # fmt: skip
        self.rulebook, self.cards, self.options = rulebook, tuple(cards), options
        self.by_code = {card.code: card for card in cards}
        self.checks = {check.name: check for check in checks}
        self.providers = {_made_by(function): function for function in facts}
        self.readers: Mapping[str, Callable[[Source], Document]] = {}
        self.reporters: Mapping[str, Callable[..., str]] = {}
        self.broken_plugins: tuple[str, ...] = ()
        self._lexicons: dict[str, Lexicon] = {}
        self._given: dict[str, dict[type, Any]] = {}
        self._verify_selection()
        self._verify_overrides()
        self._verify_facts()
        self.severities = {card.code: severity for card in cards if (severity := severity_of(card, options))}

    def _verify_selection(self) -> None:
        known = {name for card in self.cards for name in (card.code, card.name, card.family)}
        for name in sorted(self.options.select | self.options.ignore):
            if name not in known:
                raise SetupError(f"there is no rule “{name}”{did_you_mean(name, known)}")
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
            for kind in _parameters(provider):
                settle(kind, (*chain, wanted), provider.__name__)
            settled.add(wanted)

        for check in self.checks.values():
            for kind in _parameters(check.function):
                settle(kind, (), f"check “{check.name}”")

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
            self._given[language] = {Rulebook: self.rulebook, Lexicon: lexicon}
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


_GIVEN = (Document, Structure, Lexicon, Rulebook)


@cache
def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function)
    except NameError as error:
        raise SetupError(f"“{function.__name__}”: the type of a parameter is not known ({error})") from None


def _made_by(provider: Callable[..., Any]) -> Any:
    made = _hints(provider).get("return")
    if made is None:
        raise SetupError(f"“{provider.__name__}”: the type of the fact it makes is not given")
    return made


@cache
def _parameters(function: Callable[..., Any]) -> tuple[Any, ...]:
    hints = _hints(function)
    missing = [name for name in inspect.signature(function).parameters if name not in hints]
    if missing:
        raise SetupError(f"“{function.__name__}”: parameter “{missing[0]}” has no type, which names the fact it needs")
    return tuple(hints[name] for name in inspect.signature(function).parameters)


class Facts:
    """The facts of one document by their types. Each is computed once, when it is first asked for.

    What a provider makes of shared facts alone (a register for a language) is kept for the next document.
    """

    def __init__(
        self, providers: Mapping[Any, Callable[..., Any]], given: dict[type, Any], shared: dict[type, Any]
    ) -> None:
        self._providers, self._known, self._shared = providers, given, shared

    def get(self, kind: type[_T]) -> _T:
        if kind not in self._known:
            provider = self._providers[kind]
            needs = _parameters(provider)
            value = provider(*map(self.get, needs))
            self._known[kind] = value
            if all(need in self._shared for need in needs):
                self._shared[kind] = value
        return self._known[kind]  # type: ignore[no-any-return]

    def call(self, function: Callable[..., Iterable[Problem]]) -> Iterable[Problem]:
        return function(*map(self.get, _parameters(function)))


@dataclass(frozen=True)
class Outcome:
    """What came of one draft. ``language`` is ``None`` where it is not known, and no rule ran."""

    language: str | None
    kind: DocumentKind
    findings: tuple[Finding, ...] = ()
    facts: Facts | None = field(default=None, compare=False, repr=False)


def lint(document: Document, rules: Rules) -> Outcome:
    """Run the rules in force over a document."""
    source = document.source
    language = rules.language_of(source)
    if language is None:
        return Outcome(None, DocumentKind.UNKNOWN if source.text.strip() else DocumentKind.NOT_UN)
    facts = rules.facts_for(document, language)
    kind = facts.get(Title).kind
    if kind is DocumentKind.NOT_UN:
        return Outcome(language, kind, facts=facts)
    writer = _Writer(rules, facts.get(Structure), language)
    found: list[Finding] = []
    for card in _cards_to_run(rules):
        if card.check == ENGINE_CHECK:
            continue
        try:
            found += [writer.finding(card, problem) for problem in facts.call(rules.checks[card.check].function)]
        except Exception as error:  # a rule must not take the others with it
            crashed = crash(card, error, source.path, language, rules)
            if crashed not in found:  # a check that serves several cards stops once
                found.append(crashed)
    # A crash is no matter of taste: it is told whatever is selected.
    kept = [
        one for one in _without_overridden(found, rules.by_code) if one.code in rules.severities or one.code == CRASHED
    ]
    return Outcome(language, kind, tuple(_fingerprinted(sorted(kept, key=lambda one: one.sort_key), source)), facts)


def _cards_to_run(rules: Rules) -> Iterator[Card]:
    """The cards that are on, and those off only by selection whose findings would override theirs."""
    wanted = set(rules.severities)
    for card in rules.cards:
        active = card.severity[rules.options.stage] is not None and wanted & set(card.overrides)
        if card.code in wanted or active:
            yield card


def crash(card: Card, error: Exception, path: str, language: str | None, rules: Rules) -> Finding:
    """The finding that says a rule stopped with an error."""
    detail = f"{type(error).__name__}: {error}"
    return _plain_finding(rules, CRASHED, path, language, {"check": card.check, "error": detail})


def unreadable(path: str, error: str, rules: Rules) -> Finding:
    """The finding that says a file could not be read."""
    return _plain_finding(rules, UNREADABLE, path, None, {"error": error})


def _plain_finding(rules: Rules, code: str, path: str, language: str | None, fields: dict[str, str]) -> Finding:
    card = rules.by_code[code]
    lexicon = rules.lexicon(rules.options.message_language)
    where = lexicon.fill(lexicon.section("where", "line"), {"label": 1})
    place = Place(path, 1, 1, 1, 1, None, where, 0, 0)
    return Finding(
        code, card.name, Severity.ERROR, card.confidence,
        lexicon.fill(choose_text(card.message[""], lexicon.code), fields), choose_text(card.why, lexicon.code),
        fields, place, language, authority=card.authority,
        fingerprint=_fingerprint(code, str(sorted(fields.items())), 0),
    )  # fmt: skip


def _without_overridden(findings: Sequence[Finding], cards: Mapping[str, Card]) -> Iterator[Finding]:
    """Drop what another finding explains: one whose place or related place overlaps one of an overriding rule."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    overriders = {
        code: [one for other in by_code for one in by_code[other] if code in cards[other].overrides] for code in by_code
    }
    for finding in findings:
        if not any(_touch(finding, other) for other in overriders[finding.code]):
            yield finding


def _touch(one: Finding, other: Finding) -> bool:
    """Whether the place of one is a place of the other. Two findings may well be related to the same third place."""

    def overlap(place: Place, places: Iterable[Place]) -> bool:
        return any(Span(place.start, place.end).overlaps(Span(each.start, each.end)) for each in places)

    return overlap(one.place, (other.place, *other.related)) or overlap(other.place, one.related)


def _fingerprinted(findings: Sequence[Finding], source: Source) -> Iterator[Finding]:
    """Number equal findings: the fingerprint depends on the rule, the words and their occurrence, not on the line."""
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        if finding.fingerprint:
            yield finding
            continue
        words = " ".join(source.text[finding.place.start : finding.place.end].split())
        yield replace(finding, fingerprint=_fingerprint(finding.code, words, seen[finding.code, words]))
        seen[finding.code, words] += 1


def _fingerprint(code: str, words: str, occurrence: int) -> str:
    return hashlib.sha256(f"{code}\0{words}\0{occurrence}".encode()).hexdigest()[:16]


class _Writer:
    """Makes findings of problems: the card's words, and places that a reader finds."""

    def __init__(self, rules: Rules, structure: Structure, language: str) -> None:
        self.rules, self.structure, self.language = rules, structure, language
        self.source = structure.document.source
        self.lexicon = rules.lexicon(rules.options.message_language)

    def finding(self, card: Card, problem: Problem) -> Finding:
        code = self.lexicon.code
        fields = problem.fields
        texts = card.message[problem.variant] if problem.variant else next(iter(card.message.values()))
        usual = card.severity[self.rules.options.stage] or self.rules.severities.get(card.code, Severity.WARNING)
        severity = min(usual, problem.severity or usual, key=lambda one: one.weight)
        related = tuple(
            self.place(
                other.span,
                self.lexicon.fill(
                    choose_text((card.related or {}).get(other.key, {}), code), {**fields, **other.fields}
                ),
            )
            for other in problem.related
        )
        return Finding(
            code=card.code,
            name=card.name,
            severity=severity,
            confidence=card.confidence,
            message=self.lexicon.fill(choose_text(texts, code), fields),
            why=choose_text(card.why, code),
            fields={name: self.lexicon.format_value(value) for name, value in fields.items()},
            place=self.place(problem.span),
            language=self.language,
            related=related,
            fix=self._fix(problem),
            authority=card.authority,
        )

    def _fix(self, problem: Problem) -> Fix | None:
        if problem.fix is None:
            return None
        start, end = self._ends(problem.fix.span)
        edit = Edit(start.line, start.column, end.line, end.column, problem.fix.text)
        return Fix(Applicability.SAFE if problem.fix.safe else Applicability.UNSAFE, (edit,))

    def _ends(self, span: Span) -> tuple[Position, Position]:
        start = self.source.position(span.start)
        return start, self.source.end_position(span.end) if span.end > span.start else start

    def place(self, span: Span, message: str = "") -> Place:
        start, end = self._ends(span)
        return Place(
            self.source.path, start.line, start.column, end.line, end.column,
            self.structure.number_at(span.start), self.where(span.start, start.line), span.start, span.end, message,
        )  # fmt: skip

    def where(self, offset: int, line: int) -> str:
        """A label that a reader understands for a place, always."""
        kind, label = self._where(self.structure.passage_at(offset), line)
        return self.lexicon.fill(self.lexicon.section("where", kind), {"label": label})

    def _where(self, passage: Passage | None, line: int) -> tuple[str, str]:
        if passage is None:
            return "line", str(line)
        if passage.role is Role.NOTE and passage.block.enumerator:
            return "footnote", passage.block.enumerator.text
        if passage.paragraph is not None:
            return "paragraph", passage.paragraph.bare
        if passage.labelled is not None:
            return "recommendation", passage.labelled.text
        if passage.index < self.structure.body_start:
            return "masthead", ""
        section: Section | None = passage.section
        if section is None:
            return "line", str(line)
        if section.name:
            return ("annex" if section.rank == 0 else "section"), ".".join(section.path) or section.name
        return "heading", section.title[:60]
