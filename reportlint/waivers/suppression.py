"""Shared by comments, waiver files and baselines: the rules that a waiver names, and the suppression of findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.engine.listing import standing_for
from reportlint.engine.rules import Rules
from reportlint.finding import Finding, Suppression
from reportlint.knowledge.suggestions import nearest
from reportlint.report import FileReport

UNUSED = "RPL001"
MALFORMED = "RPL002"
_ABOUT_THE_LINTER = frozenset({UNUSED, MALFORMED, CRASHED, UNREADABLE})


def is_waivable(code: str) -> bool:
    """Return whether findings of a rule can be waived; findings about the linter itself cannot."""
    return code not in _ABOUT_THE_LINTER


def codes_named(name: str, rules: Rules) -> frozenset[str]:
    """Return the codes of the rules that a code, family or name stands for in a waiver."""
    return frozenset(filter(is_waivable, rules.codes_by_name.get(name, ())))


def unknown_name(name: str, rules: Rules) -> tuple[str, dict[str, str]]:
    """Return the variant and the fields of the message about an unknown rule, with the nearest rule if there is one."""
    near = nearest(name, sorted(known for known in rules.names if codes_named(known, rules)))
    return "unknown", {"word": name, "near": near} if near else {"word": name}


def have_run(codes: frozenset[str], rules: Rules, crashed: Collection[str]) -> bool:
    """Return whether all of these rules ran, apart from those that are off at every stage."""
    able = {code for code in codes if code in rules.severities or any(rules.by_code[code].severity.values())}
    return bool(able) and able <= rules.severities.keys() - set(crashed)


Suppressions = Mapping[tuple[str, str], Suppression]
"""What suppresses a finding, by its code and fingerprint."""


def suppress(file: FileReport, suppressions: Suppressions) -> FileReport:
    """Return the report of a file in which these findings, unless they are already suppressed, do not count."""
    if not suppressions:
        return file
    findings = []
    for finding in file.findings:
        suppression = finding.suppression or suppressions.get((finding.code, finding.fingerprint))
        if finding.unlisted:
            findings.append(
                with_suppressions(
                    finding,
                    file.rules,
                    (
                        each.suppression or suppression or suppressions.get((finding.code, each.fingerprint))
                        for each in finding.unlisted
                    ),
                )
            )
        else:
            is_new = suppression is not finding.suppression
            findings.append(replace(finding, suppression=suppression) if is_new else finding)
    return replace(file, findings=tuple(findings))


def with_suppressions(finding: Finding, rules: Rules, suppressions: Iterable[Suppression | None]) -> Finding:
    """Return a finding that stands for unlisted ones, with what suppresses each of these."""
    pairs = zip(finding.unlisted, suppressions, strict=True)
    unlisted = [each._replace(suppression=suppression) for each, suppression in pairs]
    return standing_for(finding.code, unlisted, rules, finding.language)


def suppressing(suppressions: Mapping[int, Suppressions]) -> dict[int, Callable[[FileReport], FileReport]]:
    """Return the changes to the reports with these indexes that suppress findings."""
    return {index: partial(suppress, suppressions=its_own) for index, its_own in suppressions.items() if its_own}
