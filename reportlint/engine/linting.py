"""Run the rules in force over one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from typing import NamedTuple

from reportlint.checks.problem import Related
from reportlint.document import Document, Span
from reportlint.engine.fact_store import Facts
from reportlint.engine.finding_writer import FindingWriter, crash_finding, in_order
from reportlint.engine.listing import RuleProblems
from reportlint.engine.overriding import Explanations, overriding_first
from reportlint.engine.report_shape import looks_like_report
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.engine.severity import severity_if_selected
from reportlint.engine.waiver_comments import WaiverComment, read_waiver_comments
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.masthead import Masthead
from reportlint.facts.named_facts import NamedFacts
from reportlint.facts.title import Title
from reportlint.finding import Finding
from reportlint.knowledge.cards import Card
from reportlint.knowledge.levels import DocumentKind


class Identity(NamedTuple):
    """What a document says that it is: its kind, and the symbol, date and title in its head, if it has them."""

    kind: DocumentKind = DocumentKind.OTHER
    symbol: str | None = None
    title: str | None = None
    date: date | None = None


class LintResult(NamedTuple):
    """The result of linting one document: every finding, and the waiver comments in the text, not yet applied.

    ``language`` is ``None`` if it was not recognized; no rule ran in that case, nor if the kind is ``NOT_UN``.
    ``looks_like_report`` says for such a document whether it should have been checked.
    """

    language: str | None
    identity: Identity
    findings: tuple[Finding, ...] = ()
    waiver_comments: tuple[WaiverComment, ...] = ()
    looks_like_report: bool = True


def lint(document: Document, rules: Rules) -> LintResult:
    """Run the rules in force over a document. The result depends on the two arguments only.

    A rule that raises becomes a finding (RPL003); what it reported before stands, and the others still run.
    """
    source = document.source
    language = rules.language_of(source)
    if language is None:
        return LintResult(None, Identity(), looks_like_report=looks_like_report(document, rules.rulebook))
    facts = rules.facts_for(document, language)
    identity = _identity(facts)
    if identity.kind is DocumentKind.NOT_UN:
        return LintResult(language, identity, looks_like_report=looks_like_report(document, rules.rulebook))
    writer = FindingWriter(rules, facts, language)
    crashes: dict[str, Finding] = {}

    @contextmanager
    def noting_crashes(card: Card) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a failing rule must not hide the other findings
            crash = crash_finding(card.check, error, source.path, language, rules)
            crashes.setdefault(crash.fingerprint, crash)  # a check that serves several cards crashes once

    reported: list[RuleProblems] = []
    explanations = Explanations()
    cards = overriding_first([*_cards_to_run(rules, identity.kind)])
    checks = [rules.checks[card.check].function for card in cards]
    last_uses = facts.last_uses([*checks, rules.providers[NamedFacts]])  # the writer may need it after every check
    for card, check, done in zip(cards, checks, last_uses, strict=False):
        reported.append(of_rule := RuleProblems(card))
        places: list[Span] = []
        related: list[Sequence[Related]] = []
        with noting_crashes(card):
            for problem in facts.call(check, card.parameters):
                if card.overrides:
                    places.append(problem.span)
                    related.append(problem.related)
                if card.code in rules.severities and not explanations.explain(card.code, problem):
                    of_rule.add(problem, source.path_at(problem.span.start))
        facts.forget(done)
        if card.overrides:
            with noting_crashes(card):
                explanations.add(card, places, (other.span for other in chain.from_iterable(related)))
    findings: list[Finding] = []
    for of_rule in reported:
        with noting_crashes(of_rule.card):
            findings += of_rule.findings(writer)
    findings += crashes.values()
    comments = tuple(read_waiver_comments(document, writer.place))
    return LintResult(language, identity, tuple(in_order(findings)), comments)


def _identity(facts: Facts) -> Identity:
    title, masthead = facts.get(Title), facts.get(Masthead)
    return Identity(
        facts.get(KindOfDocument).kind,
        masthead.symbol.text if masthead.symbol else None,
        title.text or None,
        masthead.date,
    )


def _cards_to_run(rules: Rules, kind: DocumentKind) -> Iterator[Card]:
    """Yield the cards that apply to this kind of document and are on.

    Cards that only the selection turns off are among them if their findings override others.
    """
    selected = rules.severities.keys()
    for card in rules.cards:
        explains = bool(selected & set(card.overrides)) and severity_if_selected(card, rules.options) is not None
        if card.check != ENGINE_CHECK and kind not in card.not_for and (card.code in selected or explains):
            yield card
