"""The findings that are listed: the first thousand of a rule in a file. One more finding stands for the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from reportlint.checks.problem import Problem
from reportlint.engine.finding_writer import fingerprint_of
from reportlint.engine.rules import Rules
from reportlint.finding import Finding, Unlisted
from reportlint.knowledge.cards import Card, choose_text

MOST_LISTED = 1_000

_T = TypeVar("_T")


class Reported(NamedTuple):
    """A problem that a rule reported, and its finding, unless that is written only if it is listed.

    Of a problem whose finding is written, only the places and the severity are kept.
    """

    card: Card
    problem: Problem
    finding: Finding | None


def split_listed(
    reported: Iterable[_T], rule_and_file: Callable[[_T], tuple[str, str]], start: Callable[[_T], int]
) -> tuple[list[_T], dict[str, list[list[_T]]]]:
    """Return what is listed, and by rule what is not, in the order of the text and one list for each file.

    ``rule_and_file`` returns the code of the rule and the path; ``start`` returns the offset in the text.
    """
    groups: dict[tuple[str, str], list[_T]] = {}
    for each in reported:
        groups.setdefault(rule_and_file(each), []).append(each)
    listed: list[_T] = []
    others: dict[str, list[list[_T]]] = {}
    for (code, _), group in groups.items():
        if len(group) > MOST_LISTED:
            group.sort(key=start)
            others.setdefault(code, []).append(group[MOST_LISTED:])
        listed += group[:MOST_LISTED]
    return listed, others


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
