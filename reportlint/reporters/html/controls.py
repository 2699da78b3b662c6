"""What stands beside all files: filters with their counts, ways from finding to finding, the list of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reportlint.finding import Severity
from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.html.assets import filled
from reportlint.reporters.html.markup import path_shown, phrase, safe, said
from reportlint.reporters.html.spots import Spots
from reportlint.reporters.sentences import Wording


def controls(spots: Spots, wording: Wording) -> str:
    """The filters with their counts, and the ways from finding to finding; nothing where there is no finding."""
    remarks = [remark for of_file in spots.remarks.values() for remark in of_file]
    if not remarks:
        return ""
    words = wording.words
    severities = Counter(remark.finding.severity for remark in remarks)
    families = Counter(remark.family for remark in remarks)
    named = sorted((words["families"].get(family, family), family) for family in families)
    return filled(
        "controls.html",
        filters=phrase(wording, "filters"),
        severities=_choices(
            "severity",
            words["severity"],
            [(words["severities"][one.value], one.value, severities[one]) for one in Severity if one in severities],
        ),
        families=_choices("family", words["page"]["family"], [(*one, families[one[1]]) for one in named]),
        shown=phrase(wording, "shown"),
        all_shown=phrase(wording, "shown", shown=len(remarks), total=len(remarks)),
        previous=phrase(wording, "previous"),
        next=phrase(wording, "next"),
        whole=phrase(wording, "whole"),
        keys=phrase(wording, "keys"),
    )


def _choices(name: str, legend: str, choices: Iterable[tuple[str, str, int]]) -> str:
    labels = "\n".join(
        f'<label><input type="checkbox" name="{name}" value="{safe(value)}" checked hidden> {said(text)}'
        f' <span class="count">{count}</span></label>'
        for text, value, count in choices
    )
    return f"<fieldset><legend>{said(legend)}</legend>{labels}</fieldset>"


def contents(run: Run, shown: Sequence[FileReport], wording: Wording) -> str:
    """The list of the files, where there are several: those with findings, then those without."""
    paths = {file.path for file in shown}
    clean = [file.path for file in run.with_state(FileState.CHECKED) if file.path not in paths]
    if len(shown) + len(clean) < 2:
        return ""
    links = "".join(
        f'<li><a href="#file-{number}">{path_shown(file.path)}</a>'
        f' <span class="count">{said(wording.counts(file))}</span></li>'
        for number, file in enumerate(shown, 1)
    )
    rest = ""
    if clean:
        names = "".join(f"<li>{path_shown(path)}</li>" for path in clean)
        rest = f"<details><summary>{said(wording.nothing(len(clean)))}</summary><ul>{names}</ul></details>"
    return f'<nav aria-labelledby="files"><h2 id="files">{phrase(wording, "files")}</h2><ol>{links}</ol>{rest}</nav>'
