"""Run the rules in force over one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from reportlint.checks.problem import Problem, Related
from reportlint.document import Document
from reportlint.document.span_index import SpanIndex
from reportlint.engine.fact_store import Facts
from reportlint.engine.finding_writer import FindingWriter, Fingerprints, crash_finding, in_order, with_fingerprints
from reportlint.engine.listing import MOST_LISTED, Reported, split_listed, standing_for
from reportlint.engine.report_shape import looks_like_report
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.engine.severity import severity_if_selected
from reportlint.engine.waiver_comments import WaiverComment, read_waiver_comments
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.masthead import Masthead
from reportlint.facts.named_facts import NamedFacts
from reportlint.facts.title import Title
from reportlint.finding import Finding, Unlisted
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

    reported: list[Reported] = []
    cards = [*_cards_to_run(rules, identity.kind)]
    checks = [rules.checks[card.check].function for card in cards]
    last_uses = facts.last_uses([*checks, rules.providers[NamedFacts]])  # the writer may need it after every check
    for card, check, done in zip(cards, checks, last_uses, strict=False):
        with noting_crashes(card):
            for number, problem in enumerate(facts.call(check, card.parameters)):
                finding = writer.finding(card, problem) if number < MOST_LISTED else None
                reported.append(Reported(card, _places_of(problem) if finding else problem, finding))
        facts.forget(done)
    in_force = (each for each in _without_overridden(reported) if each.card.code in rules.severities)
    listed, others = split_listed(
        in_force,
        lambda each: (each.card.code, source.path_at(each.problem.span.start)),
        lambda each: each.problem.span.start,
    )
    findings: list[Finding] = []
    for card, problem, finding in listed:
        with noting_crashes(card):
            findings.append(finding or writer.finding(card, problem))
    fingerprints = Fingerprints(document.words)
    findings = [*with_fingerprints([*findings, *crashes.values()], fingerprints)]
    for code, groups in others.items():
        for group in groups:
            unlisted = [
                Unlisted(
                    writer.severity(card, problem),
                    writer.place(problem.span),
                    fingerprints.next(code, problem.span),
                )
                for card, problem, _ in group
            ]
            findings.append(standing_for(code, unlisted, rules, language))
    comments = tuple(read_waiver_comments(document, writer.place))
    return LintResult(language, identity, tuple(in_order(findings) if others else findings), comments)


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


def _places_of(problem: Problem) -> Problem:
    """Return a problem with its places and severity only, which are needed after its finding is written."""
    related = problem.related
    if any(place.fields for place in related):
        related = tuple(Related(place.key, place.span) for place in related)
    return Problem(problem.span, related=related, severity=problem.severity)


def _without_overridden(reported: Sequence[Reported]) -> Iterator[Reported]:
    """Drop every problem that another rule explains: their places, or a place and a related place, overlap.

    A common third place does not count.
    """
    overriding: dict[str, list[Problem]] = defaultdict(list)
    for card, problem, _ in reported:
        for code in card.overrides:
            overriding[code].append(problem)
    places = {code: SpanIndex(problem.span for problem in problems) for code, problems in overriding.items()}
    related = {
        code: SpanIndex(place.span for problem in problems for place in problem.related)
        for code, problems in overriding.items()
    }
    for each in reported:
        code, problem = each.card.code, each.problem
        if code in places and (
            places[code].overlaps(problem.span)
            or related[code].overlaps(problem.span)
            or any(places[code].overlaps(place.span) for place in problem.related)
        ):
            continue
        yield each
