"""The sidebar: filters with counts, buttons to step through the findings, and the list of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reportlint.finding import Severity
from reportlint.report import FileReport, Run
from reportlint.reporters.html.assets import fill_template
from reportlint.reporters.html.finding_spots import Spots
from reportlint.reporters.html.markup import path_html, phrase, safe, safe_wording
from reportlint.reporters.sentences import Wording


def controls(spots: Spots, wording: Wording) -> str:
    """Return the filters with their counts and the buttons for stepping; empty if there are no findings."""
    findings = [entry for entries in spots.findings.values() for entry in entries]
    if not findings:
        return ""
    words = wording.words
    severities = Counter(entry.finding.severity for entry in findings)
    families = Counter(entry.family for entry in findings)
    family_names = sorted((words["families"].get(family, family), family) for family in families)
    return fill_template(
        "controls.html",
        filters=phrase(wording, "filters"),
        severities=_choices(
            "severity",
            words["severity"],
            [
                (words["severities"][severity.value], severity.value, severities[severity])
                for severity in Severity
                if severity in severities
            ],
        ),
        families=_choices(
            "family", words["page"]["family"], [(name, family, families[family]) for name, family in family_names]
        ),
        shown=phrase(wording, "shown"),
        all_shown=phrase(wording, "shown", shown=len(findings), total=len(findings)),
        previous=phrase(wording, "previous"),
        next=phrase(wording, "next"),
        whole=phrase(wording, "whole"),
        keys=phrase(wording, "keys"),
    )


def _choices(name: str, legend: str, choices: Iterable[tuple[str, str, int]]) -> str:
    labels = "\n".join(
        f'<label><input type="checkbox" name="{name}" value="{safe(value)}" checked hidden> {safe_wording(text)}'
        f' <span class="count">{count}</span></label>'
        for text, value, count in choices
    )
    return f"<fieldset><legend>{safe_wording(legend)}</legend>{labels}</fieldset>"


def contents(run: Run, shown: Sequence[FileReport], wording: Wording) -> str:
    """Return the list of files, with findings and then without; empty if there is only one file."""
    paths = {file.path for file in shown}
    clean = [file.path for file in run.clean if file.path not in paths]
    if len(shown) + len(clean) < 2:
        return ""
    links = "".join(
        f'<li><a href="#file-{number}">{path_html(file.path)}</a>'
        f' <span class="count">{safe_wording(wording.counts(file))}</span></li>'
        for number, file in enumerate(shown, 1)
    )
    rest = ""
    if clean:
        names = "".join(f"<li>{path_html(path)}</li>" for path in clean)
        rest = f"<details><summary>{safe_wording(wording.no_findings(clean, 0))}</summary><ul>{names}</ul></details>"
    return f'<nav aria-labelledby="files"><h2 id="files">{phrase(wording, "files")}</h2><ol>{links}</ol>{rest}</nav>'
