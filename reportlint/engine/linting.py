"""One document through the selected rules."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from reportlint.document import Document, Source, Span
from reportlint.engine.finding_writer import Writer
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.engine.severity import severity_if_asked
from reportlint.facts.masthead import DocumentKind, Title
from reportlint.finding import Finding, Fix, Place
from reportlint.knowledge.cards import Card, choose_text
from reportlint.knowledge.scales import Severity
from reportlint.waivers.comments import waive

CRASHED = "RPL003"
UNREADABLE = "RPL004"


class Outcome(NamedTuple):
    """What came of one draft. ``language`` is ``None`` where it is not known, and no rule ran.

    ``until`` is the last day on which the same would come of it.
    """

    language: str | None
    kind: DocumentKind
    findings: tuple[Finding, ...] = ()
    until: date | None = None


def lint(document: Document, rules: Rules) -> Outcome:
    """Run the rules in force over a document."""
    source = document.source
    language = rules.language_of(source)
    if language is None:
        return Outcome(None, DocumentKind.UNKNOWN if source.text.strip() else DocumentKind.NOT_UN)
    facts = rules.facts_for(document, language)
    kind = facts.get(Title).kind
    if kind is DocumentKind.NOT_UN:
        return Outcome(language, kind)
    writer = Writer(rules, facts, language)
    found: list[Finding] = []
    for card in _cards_to_run(rules):
        if card.check == ENGINE_CHECK:
            continue
        try:
            problems = facts.call(rules.checks[card.check].function, card.parameters)
            found += [writer.finding(card, problem) for problem in problems]
        except Exception as error:  # a rule must not take the others with it
            crashed = crash(card, error, source.path, language, rules)
            if crashed not in found:  # a check that serves several cards stops once
                found.append(crashed)
    # A crash is no matter of taste: it is told whatever is selected.
    kept = [
        one for one in _without_overridden(found, rules.by_code) if one.code in rules.severities or one.code == CRASHED
    ]
    judged = waive(kept, document, rules, crashed_rules(found, rules))
    kept = list(judged.findings)
    kept += [
        writer.finding(rules.by_code[code], problem) for code, problem in judged.faults if code in rules.severities
    ]
    findings = tuple(_fingerprinted(sorted(kept, key=lambda one: one.sort_key), source))
    return Outcome(language, kind, findings, judged.until)


def _cards_to_run(rules: Rules) -> Iterator[Card]:
    """The cards that are on, and those off only by selection whose findings would override theirs."""
    wanted = set(rules.severities)
    for card in rules.cards:
        active = wanted & set(card.overrides) and severity_if_asked(card, rules.options) is not None
        if card.code in wanted or active:
            yield card


def crash(card: Card, error: Exception, path: str, language: str | None, rules: Rules) -> Finding:
    """The finding that says a rule stopped with an error."""
    detail = f"{type(error).__name__}: {error}"
    return plain_finding(rules, CRASHED, path, {"check": card.check, "error": detail}, language=language)


def crashed_rules(findings: Iterable[Finding], rules: Rules) -> frozenset[str]:
    """The rules whose checks stopped with an error."""
    checks = {one.fields["check"] for one in findings if one.code == CRASHED}
    return frozenset(card.code for card in rules.cards if card.check in checks)


def stopped(path: str, error: Exception, rules: Rules) -> Finding:
    """The finding that says a file could not be gone through at all: its reader or its structure failed."""
    return crash(rules.by_code[CRASHED], error, path, None, rules)


def unreadable(path: str, error: str, rules: Rules) -> Finding:
    """The finding that says a file could not be read."""
    return plain_finding(rules, UNREADABLE, path, {"error": error})


def plain_finding(
    rules: Rules,
    code: str,
    path: str,
    fields: dict[str, str],
    *,
    language: str | None = None,
    variant: str = "",
    severity: Severity = Severity.ERROR,
    at: tuple[int, int] = (1, 1),
    fix: Fix | None = None,
) -> Finding:
    """A finding of the linter itself, in a file of which there is no document; ``at`` are line and column."""
    card = rules.by_code[code]
    lexicon = rules.lexicon(rules.options.message_language)
    where = lexicon.fill(lexicon.section("where", "line"), {"label": at[0]})
    place = Place(path, *at, *at, None, where, 0, 0)
    return Finding(
        code, card.name, severity, card.confidence,
        lexicon.fill(choose_text(card.message[variant], lexicon.code), fields), choose_text(card.why, lexicon.code),
        fields, place, language, fix=fix, authority=card.authority,
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
