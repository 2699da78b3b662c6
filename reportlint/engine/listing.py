"""The findings that are listed: the first thousand of a rule in a file. One more finding stands for the others."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from reportlint.checks.problem import Problem
from reportlint.document import Span
from reportlint.engine.finding_writer import FindingWriter, Fingerprints, fingerprint_of, with_fingerprints
from reportlint.engine.rules import Rules
from reportlint.finding import Finding, Unlisted
from reportlint.knowledge.cards import Card, choose_text
from reportlint.knowledge.levels import Severity

MOST_LISTED = 1_000


class _Listed(NamedTuple):
    """A problem that is listed. ``number`` is its position among those of its rule: equal starts keep their order."""

    start: int
    number: int
    problem: Problem


class _Other(NamedTuple):
    """What is kept of a problem that is not listed, to count it."""

    start: int
    number: int
    end: int
    severity: Severity | None


class _OfFile(NamedTuple):
    """The problems of a rule in one file. Those that are listed are in the order of the text."""

    listed: list[_Listed]
    others: list[_Other]


class RuleProblems:
    """The problems of one rule in a document, of which the first thousand in each file are listed.

    Their findings are written after all rules have run, when the facts no longer take memory.
    """

    def __init__(self, card: Card) -> None:
        self.card = card
        self._files: dict[str, _OfFile] = {}
        self._number = 0

    def add(self, problem: Problem, path: str) -> None:
        """Add a problem in a file. Problems need not come in the order of the text."""
        start, end = problem.span
        number, self._number = self._number, self._number + 1
        listed, others = self._files.setdefault(path, _OfFile([], []))
        if len(listed) == MOST_LISTED and start >= listed[-1].start:
            others.append(_Other(start, number, end, problem.severity))
            return
        insort(listed, _Listed(start, number, problem))
        if len(listed) > MOST_LISTED:
            start, number, problem = listed.pop()
            others.append(_Other(start, number, problem.span.end, problem.severity))

    def findings(self, writer: FindingWriter) -> Iterator[Finding]:
        """Yield the listed findings in the order of the text, and for each file one that stands for the others.

        Each problem is freed when its finding is written.
        """
        if not self._files:
            return  # true of most rules
        card = self.card
        fingerprints = Fingerprints(writer.document.words)
        files = sorted(self._files.values(), key=lambda of_file: of_file.listed[0].start)
        for of_file in files:
            for _, same in groupby(_popped(of_file.listed), key=_start):
                yield from with_fingerprints([writer.finding(card, each.problem) for each in same], fingerprints)
        for of_file in files:
            if of_file.others:
                of_file.others.sort()
                unlisted = [
                    Unlisted(
                        writer.severity(card, each.severity),
                        writer.place(span := Span(each.start, each.end)),
                        fingerprints.next(card.code, span),
                    )
                    for each in _popped(of_file.others)
                ]
                yield standing_for(card.code, unlisted, writer.rules, writer.language)


_T = TypeVar("_T")


def _popped(items: list[_T]) -> Iterator[_T]:
    """Yield the items of a list in order, removing each."""
    items.reverse()
    while items:
        yield items.pop()


def _start(listed: _Listed) -> int:
    return listed.start


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
