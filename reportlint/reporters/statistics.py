"""Statistics: how often each rule found something, and what the run took."""

from __future__ import annotations

from collections import Counter

from reportlint.report import Run
from reportlint.reporters.layout import cells

_MB = 1_000_000


def statistics(run: Run) -> str:
    """A table of the rules that found something, the most frequent first, and a line about the run."""
    lexicon = run.rules.lexicon(run.options.message_language)
    words = lexicon.section("statistics")
    shown = [(one, file.path) for file in run.files for one in file.shown]
    counts = Counter((one.code, one.name) for one, _ in shown)
    reports = Counter(key for key, _ in {((one.code, one.name), path) for one, path in shown})
    heads: list[tuple[str, ...]] = [(words["findings"], words["reports"], words["rule"], "")] if counts else []
    rows = [
        (str(count), str(reports[code, name]), code, name)
        for (code, name), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    widths = [max(cells(row[column]) for row in heads + rows) for column in range(2)] if counts else []
    lines = [
        f"{first:>{widths[0]}}  {second:>{widths[1]}}  {code}  {name}".rstrip()
        for first, second, code, name in heads + rows
    ]
    effort = run.effort
    fields = {
        "drafts": f"{effort.drafts} {words['drafts'][effort.drafts != 1]}",
        "size": f"{effort.size / _MB:.1f}",
        "known": effort.known,
        "processes": f"{effort.processes} {words['processes'][effort.processes != 1]}",
        "seconds": f"{effort.seconds:.1f}",
    }
    return "".join(f"{line}\n" for line in (*lines, lexicon.fill(words["effort"], fields)))
