"""Run the rules in force over one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from reportlint.document import Document
from reportlint.document.span_index import SpanIndex
from reportlint.engine.fact_store import Facts
from reportlint.engine.finding_writer import CRASHED, FindingWriter, crash_finding, with_fingerprints
from reportlint.engine.report_shape import looks_like_report
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.engine.severity import severity_if_selected
from reportlint.engine.waiver_comments import WaiverComment, read_waiver_comments
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.masthead import Masthead
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
    findings: list[Finding] = []
    crashes: list[Finding] = []
    for card in _cards_to_run(rules, identity.kind):
        try:
            for problem in facts.call(rules.checks[card.check].function, card.parameters):
                findings.append(writer.finding(card, problem))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a failing rule must not hide the other findings
            crash = crash_finding(card.check, error, source.path, language, rules)
            if crash not in crashes:  # a check that serves several cards crashes once
                crashes.append(crash)
    # Crashes are reported regardless of --select.
    reported = [
        finding
        for finding in _without_overridden([*findings, *crashes], rules.by_code)
        if finding.code in rules.severities or finding.code == CRASHED
    ]
    comments = tuple(read_waiver_comments(document, writer.place))
    return LintResult(language, identity, with_fingerprints(reported, document.words), comments)


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


def _without_overridden(findings: Sequence[Finding], cards: Mapping[str, Card]) -> Iterator[Finding]:
    """Drop every finding that another finding explains: their places, or a place and a related place, overlap.

    A common third place does not count.
    """
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    overriding = {
        code: [finding for other in by_code for finding in by_code[other] if code in cards[other].overrides]
        for code in by_code
    }
    places = {code: SpanIndex(other.place.span for other in others) for code, others in overriding.items()}
    related = {
        code: SpanIndex(place.span for other in others for place in other.related)
        for code, others in overriding.items()
    }
    for finding in findings:
        code, span = finding.code, finding.place.span
        if places[code].overlaps(span) or related[code].overlaps(span):
            continue
        if not any(places[code].overlaps(place.span) for place in finding.related):
            yield finding
