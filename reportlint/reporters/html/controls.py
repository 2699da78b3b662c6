"""What stands beside all files: filters with their counts, ways from finding to finding, the list of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reportlint.finding import Severity
from reportlint.reporters.html.assets import filled
from reportlint.reporters.html.prose import path_shown, safe, said
from reportlint.reporters.html.spots import Spots
from reportlint.reporters.run import FileReport, Run, State
from reportlint.reporters.wording import Wording


def controls(run: Run, spots: Spots, wording: Wording) -> str:
    """The filters with their counts, and the ways from finding to finding; nothing where there is no finding."""
    findings = [remark.finding for remarks in spots.remarks.values() for remark in remarks]
    if not findings:
        return ""
    words = wording.words
    severities = Counter(finding.severity for finding in findings)
    families = Counter(run.rules.by_code[finding.code].family for finding in findings)
    of_severity = [
        (one.value, words["severities"][one.value], severities[one]) for one in Severity if one in severities
    ]
    of_family = sorted(
        ((family, words["families"].get(family, family), count) for family, count in families.items()),
        key=lambda choice: choice[1],
    )
    page = words["page"]
    return filled(
        "controls.html",
        filters=said(page["filters"]),
        severities=_choices("severity", words["severity"], of_severity),
        families=_choices("family", page["family"], of_family),
        shown=said(page["shown"]),
        all_shown=said(wording.lexicon.fill(page["shown"], {"shown": len(findings), "total": len(findings)})),
        previous=said(page["previous"]),
        next=said(page["next"]),
        keys=said(page["keys"]),
    )


def _choices(name: str, legend: str, choices: Iterable[tuple[str, str, int]]) -> str:
    labels = "".join(
        f'<label><input type="checkbox" name="{name}" value="{safe(value)}" checked hidden> {said(text)}'
        f' <span class="count">{count}</span></label>'
        for value, text, count in choices
    )
    return f"<fieldset><legend>{said(legend)}</legend>{labels}</fieldset>"


def contents(run: Run, shown: Sequence[FileReport], wording: Wording) -> str:
    """The list of the files, where there are several: those with findings, then those without."""
    clean = [file.path for file in run.with_state(State.CHECKED) if file not in shown]
    if len(shown) + len(clean) < 2:
        return ""
    page = wording.words["page"]
    links = "".join(
        f'<li><a href="#file-{number}">{path_shown(file.path)}</a>'
        f' <span class="count">{said(wording.counts(file))}</span></li>'
        for number, file in enumerate(shown, 1)
    )
    rest = ""
    if clean:
        title = wording.nothing(len(clean))
        names = "".join(f"<li>{path_shown(path)}</li>" for path in clean)
        rest = f"<details><summary>{said(title)}</summary><ul>{names}</ul></details>"
    return f'<nav aria-labelledby="files"><h2 id="files">{said(page["files"])}</h2><ol>{links}</ol>{rest}</nav>'
