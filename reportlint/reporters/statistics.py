"""Statistics of a run: findings per rule, and the resources used."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from reportlint.report import Run
from reportlint.reporters.layout import cells

_MB = 1_000_000


class RuleCount(NamedTuple):
    """The number of findings of a rule that are not suppressed, and of the files that have some."""

    code: str
    name: str
    findings: int
    files: int


def rule_counts(run: Run) -> list[RuleCount]:
    """Return the counts of the rules with findings, most frequent first."""
    counts, files = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for file in run.files:
        in_file = Counter[tuple[str, str]]()
        for finding in file.shown:
            in_file[finding.code, finding.name] += sum(not problem.suppression for problem in finding.problems)
        counts += in_file
        files.update(in_file.keys())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [RuleCount(*rule, count, files[rule]) for rule, count in ordered]


def statistics_data(run: Run) -> dict[str, Any]:
    """Return the statistics for programs; the size is in bytes."""
    totals = run.statistics
    return {
        "rules": [count._asdict() for count in rule_counts(run)],
        "drafts": totals.drafts,
        "from_cache": totals.from_cache,
        "size": totals.size,
        "processes": totals.processes,
        "seconds": round(totals.seconds, 3),
    }


def statistics(run: Run) -> str:
    """Return a table of the rules with findings, most frequent first, and a line about the size and time of the run."""
    lexicon = run.rules.lexicon(run.options.message_language)
    words = lexicon.section("statistics")
    counts = rule_counts(run)
    header: list[tuple[str, ...]] = [(words["findings"], words["reports"], words["rule"], "")] if counts else []
    rows = [(str(count.findings), str(count.files), count.code, count.name) for count in counts]
    widths = [max(cells(row[column]) for row in header + rows) for column in range(2)] if counts else []
    lines = [
        f"{first:>{widths[0]}}  {second:>{widths[1]}}  {code}  {name}".rstrip()
        for first, second, code, name in header + rows
    ]
    totals = run.statistics
    fields = {
        "drafts": f"{totals.drafts} {lexicon.plural(words['drafts'], totals.drafts)}",
        "size": f"{totals.size / _MB:.1f}",
        "known": totals.from_cache,
        "processes": f"{totals.processes} {lexicon.plural(words['processes'], totals.processes)}",
        "seconds": f"{totals.seconds:.1f}",
    }
    return "".join(f"{line}\n" for line in (*lines, lexicon.fill(words["effort"], fields)))
