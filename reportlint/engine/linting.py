"""Run the rules in force over one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reportlint.document import Document, Span
from reportlint.engine.finding_writer import CRASHED, FindingWriter, crash_finding, with_fingerprints
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.engine.severity import severity_if_selected
from reportlint.engine.waiver_comments import WaiverComment, read_waiver_comments
from reportlint.facts.masthead import DocumentKind, Title
from reportlint.finding import Finding, Place
from reportlint.knowledge.cards import Card


class LintResult(NamedTuple):
    """The result of linting one document: every finding, and the waiver comments in the text, not yet applied.

    ``language`` is ``None`` if it was not recognized; no rule ran in that case.
    """

    language: str | None
    kind: DocumentKind
    findings: tuple[Finding, ...] = ()
    waiver_comments: tuple[WaiverComment, ...] = ()


def lint(document: Document, rules: Rules) -> LintResult:
    """Run the rules in force over a document. The result depends on the two arguments only.

    A rule that raises becomes a finding (RPL003); what it reported before stands, and the others still run.
    """
    source = document.source
    language = rules.language_of(source)
    if language is None:
        return LintResult(None, DocumentKind.UNKNOWN if source.text.strip() else DocumentKind.NOT_UN)
    facts = rules.facts_for(document, language)
    kind = facts.get(Title).kind
    if kind is DocumentKind.NOT_UN:
        return LintResult(language, kind)
    writer = FindingWriter(rules, facts, language)
    findings: list[Finding] = []
    for card in _cards_to_run(rules):
        try:
            for problem in facts.call(rules.checks[card.check].function, card.parameters):
                findings.append(writer.finding(card, problem))
        except (Exception, SystemExit) as error:  # a failing rule must not hide the other findings
            crash = crash_finding(card.check, error, source.path, language, rules)
            if crash not in findings:  # a check that serves several cards crashes once
                findings.append(crash)
    # Crashes are reported regardless of --select.
    reported = [
        finding
        for finding in _without_overridden(findings, rules.by_code)
        if finding.code in rules.severities or finding.code == CRASHED
    ]
    comments = tuple(read_waiver_comments(document, writer.place))
    return LintResult(language, kind, with_fingerprints(reported, source), comments)


def _cards_to_run(rules: Rules) -> Iterator[Card]:
    """Yield the cards that are on, and those that only the selection turns off but whose findings override others."""
    selected = rules.severities.keys()
    for card in rules.cards:
        explains = bool(selected & set(card.overrides)) and severity_if_selected(card, rules.options) is not None
        if card.check != ENGINE_CHECK and (card.code in selected or explains):
            yield card


def _without_overridden(findings: Sequence[Finding], cards: Mapping[str, Card]) -> Iterator[Finding]:
    """Drop every finding that another finding explains: their places, or a place and a related place, overlap."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    overriding = {
        code: [finding for other in by_code for finding in by_code[other] if code in cards[other].overrides]
        for code in by_code
    }
    for finding in findings:
        if not any(_touch(finding, other) for other in overriding[finding.code]):
            yield finding


def _touch(finding: Finding, other: Finding) -> bool:
    """Return whether the place of one finding is a place of the other. A common third place does not count."""

    def overlaps(place: Place, places: Iterable[Place]) -> bool:
        return any(Span(place.start, place.end).overlaps(Span(each.start, each.end)) for each in places)

    return overlaps(finding.place, (other.place, *other.related)) or overlaps(other.place, finding.related)
