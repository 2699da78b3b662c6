"""The findings that are listed: the first thousand of a rule in a file. One more finding stands for the others."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reportlint.checks.problem import Problem
from reportlint.document import Span
from reportlint.engine.finding_writer import FindingWriter, Fingerprints, fingerprint_of, with_fingerprints
from reportlint.engine.rules import Rules
from reportlint.finding import Finding, Unlisted
from reportlint.knowledge.cards import Card, choose_text
from reportlint.knowledge.levels import Severity

MOST_LISTED = 1_000


class _Other(NamedTuple):
    """What is kept of a problem that is not listed, to count it.

    ``number`` is its position among the problems of its rule, so that a list of these sorts in the order of the text.
    """

    start: int
    number: int
    end: int
    severity: Severity


class _OfFile(NamedTuple):
    """What a rule reports in one file: the findings that are listed, each with its start and number, and the others."""

    listed: list[tuple[int, int, Finding]]
    others: list[_Other]


class RuleFindings:
    """The findings of one rule in a document, of which the first thousand in each file are written."""

    def __init__(self, card: Card, writer: FindingWriter) -> None:
        self._card, self._writer = card, writer
        self._files: dict[str, _OfFile] = {}
        self._number = 0

    def add(self, problem: Problem) -> None:
        """Add a problem. Problems need not come in the order of the text."""
        start, end = problem.span
        number, self._number = self._number, self._number + 1
        listed, others = self._files.setdefault(self._writer.source.path_at(start), _OfFile([], []))
        if len(listed) == MOST_LISTED and start >= listed[-1][0]:
            others.append(_Other(start, number, end, self._writer.severity(self._card, problem.severity)))
            return
        insort(listed, (start, number, self._writer.finding(self._card, problem)))
        if len(listed) > MOST_LISTED:
            start, number, finding = listed.pop()
            others.append(_Other(start, number, finding.place.end, finding.severity))

    def findings(self) -> Iterator[Finding]:
        """Yield the listed findings in the order of the text, and for each file one that stands for the others.

        None of them is kept.
        """
        fingerprints = Fingerprints(self._writer.document.words)
        yield from with_fingerprints(self._listed(), fingerprints)
        for _, others in self._files.values():
            if others:
                others.sort()
                unlisted = [self._unlisted(each, fingerprints) for each in others]
                yield standing_for(self._card.code, unlisted, self._writer.rules, self._writer.language)

    def _listed(self) -> Iterator[Finding]:
        for listed, _ in self._files.values():
            yield from (finding for _, _, finding in listed)
            listed.clear()

    def _unlisted(self, other: _Other, fingerprints: Fingerprints) -> Unlisted:
        span = Span(other.start, other.end)
        return Unlisted(other.severity, self._writer.place(span), fingerprints.next(self._card.code, span))


def limited(findings: Iterable[Finding], rules: Rules, language: str | None) -> Iterator[Finding]:
    """Yield the findings that are listed, and for each rule and file one that stands for the others, if there are any.

    The findings are in the order of the text.
    """
    counts: Counter[tuple[str, str]] = Counter()
    unlisted: dict[tuple[str, str], list[Unlisted]] = {}
    for finding in findings:
        rule_and_file = finding.code, finding.place.path
        counts[rule_and_file] += 1
        if counts[rule_and_file] <= MOST_LISTED:
            yield finding
        else:
            others = unlisted.setdefault(rule_and_file, [])
            others.append(Unlisted(finding.severity, finding.place, finding.fingerprint))
    for (code, _), others in unlisted.items():
        yield standing_for(code, others, rules, language)


def standing_for(code: str, unlisted: Sequence[Unlisted], rules: Rules, language: str | None) -> Finding:
    """Return the finding that stands for those of a rule in a file that are not listed.

    It is at the place of the first that is not suppressed, and has the highest severity of these. If all are, so is it.
    """
    counting = [each for each in unlisted if not each.suppression] or unlisted
    card, lexicon = rules.by_code[code], rules.lexicon(rules.options.message_language)
    number = len(counting)
    message = lexicon.fill(lexicon.plural(lexicon.section("interface", "unlisted"), number), {"count": number})
    return Finding(
        code,
        card.name,
        max((each.severity for each in counting), key=lambda severity: severity.weight),
        card.confidence,
        message,
        choose_text(card.why, lexicon.code),
        {"count": str(number)},
        counting[0].place,
        language,
        authority=card.authority.in_language(lexicon.code) if card.authority else None,
        fingerprint=fingerprint_of(code, "", number),
        suppression=counting[0].suppression,
        unlisted=tuple(unlisted),
    )
