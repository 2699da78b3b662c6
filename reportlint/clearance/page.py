"""The page of a clearance record for people, with lines for a name, a date and a signature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.resources import files
from itertools import groupby
from string import Template

from reportlint.clearance.record import Clearance
from reportlint.clearance.record_shape import CHECKED, Predicate, RecordedFile, RecordedWaiver
from reportlint.errors import message
from reportlint.finding import Severity
from reportlint.reporters.html.assets import policy_hash
from reportlint.reporters.html.markup import language_attributes, path_html, safe, safe_wording
from reportlint.reporters.sentences import Wording

_MARK = '<meta name="generator" content="reportlint clearance">'
_FILES = "$files"
"""The place of the files in the template."""
_HEAD = 2000
"""The number of characters in which the mark stands."""
_MOST_WITH_PLACES = 8
"""The number of findings of one waiver or baseline in one file up to which each is named with its place."""


def page_text(clearance: Clearance, wording: Wording) -> Iterator[str]:
    """Yield the page of a clearance record in pieces: HTML without scripts.

    It prints on one sheet for up to ten files.
    """
    predicate, style = clearance.predicate, _asset("page.css")
    parts = {
        "language": language_attributes(wording.lexicon),
        "style": style,
        "style_hash": policy_hash(style),
        "title": _label(wording, "Clearance record"),
        "summary": _summary(predicate, wording),
        "not_checked": _not_checked(predicate.files, wording),
        "waivers": _waivers(predicate.waivers, wording),
        "conditions": _conditions(predicate, wording),
        "signature": "\n".join(f"<p>{_label(wording, name)}</p>" for name in ("Name", "Date", "Signature")),
    }
    before, after = _asset("page.html").split(_FILES)
    yield Template(before).substitute(parts)
    yield from _files(clearance, wording)
    yield Template(after).substitute(parts)


def is_page(text: str) -> bool:
    """Return whether the text of a file is such a page."""
    return _MARK in text[:_HEAD]


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _label(wording: Wording, template: str, **fields: object) -> str:
    """Return words of the page in its language, as HTML."""
    return safe_wording(wording.lexicon.translate(message(template, **fields)))


def _summary(predicate: Predicate, wording: Wording) -> str:
    made = datetime.fromisoformat(predicate.time)
    return _label(
        wording,
        "All {count} files below were checked by reportlint {version} at the stage “{stage}” on {date} at {time} UTC; "
        "no finding counts.",
        count=sum(file.state == CHECKED for file in predicate.files),
        version=predicate.version,
        stage=wording.words["stages"][predicate.stage.value],
        date=made.date(),
        time=made.strftime("%H:%M"),
    )


def _files(clearance: Clearance, wording: Wording) -> Iterator[str]:
    head = "".join(f"<th scope=col>{_label(wording, name)}</th>" for name in ("File", "Document, findings"))
    yield f"<table><thead><tr>{head}</tr></thead><tbody>"
    checked = (file for file in clearance.predicate.files if file.state == CHECKED)
    for subject, file in zip(clearance.subjects, checked, strict=True):
        yield (
            f"<tr><td>{_identity(file)}{_digest(subject.digest.sha256)}</td>"
            f"<td class=result>{_kind(file, clearance.predicate, wording)}<br>{_findings(file, wording)}</td></tr>"
        )
    yield "</tbody></table>"


def _identity(file: RecordedFile) -> str:
    """Return symbol, date, path and title of a file."""
    parts = [
        f"<span class=symbol>{safe(file.symbol)}</span>" if file.symbol else "",
        f"<time>{file.date}</time>" if file.date else "",
        f"<span class=path>{path_html(file.path)}</span>",
    ]
    title = f"<span class=title>{safe(file.title)}</span>" if file.title else ""
    return " ".join(filter(None, parts)) + title


def _kind(file: RecordedFile, predicate: Predicate, wording: Wording) -> str:
    kind = wording.lexicon.section("outline", "kinds")[file.kind.value] if file.kind else ""
    names = [kind, *filter(None, [file.language])]
    if file.conditions and file.conditions.stage is not predicate.stage:
        names.append(wording.words["stages"][file.conditions.stage.value])
    return safe_wording(", ".join(names))


def _findings(file: RecordedFile, wording: Wording) -> str:
    counts = dict(zip(Severity, (file.errors, file.warnings, file.infos), strict=True))
    forms = wording.words["counts"]
    parts = [
        f"{count} {wording.lexicon.plural(forms[severity.value], count)}" for severity, count in counts.items() if count
    ]
    if file.suppressed:
        parts.append(wording.plural(wording.words["suppressed"], file.suppressed))
    return safe_wording(", ".join(parts) or wording.words["nothing_found"])


def _not_checked(recorded: Iterable[RecordedFile], wording: Wording) -> str:
    entries = [
        f"<li><span class=path>{path_html(file.path)}</span>{safe_wording(wording.colon)}{safe(file.reason or '')}</li>"
        for file in recorded
        if file.state != CHECKED
    ]
    return f"<h2>{_label(wording, 'Not checked')}</h2><ul>{''.join(entries)}</ul>" if entries else ""


# -- waivers ----------------------------------------------------------------------------------------------------------


def _waivers(waivers: Iterable[RecordedWaiver], wording: Wording) -> str:
    """Return the findings that do not count, those with one source, reason and last day together."""
    rows = []
    for _, group in groupby(sorted(waivers, key=_waiver_key), key=_waiver_key):
        together = list(group)
        first = together[0]
        lines = sorted({waiver.place.line for waiver in together if waiver.place.line})
        place = ":".join(filter(None, (first.place.path, ",".join(map(str, lines)))))
        by = wording.words["suppressed_by"][first.by.value]
        until = _label(wording, "until {date}", date=first.until) if first.until else ""
        rows.append(
            f"<tr><td class=source>{safe_wording(by)} <span class=path>{path_html(place)}</span></td>"
            f"<td>{'<br>'.join(_codes_by_file(together))}</td>"
            f"<td class=why>{' – '.join(filter(None, (safe(first.reason), until)))}</td></tr>"
        )
    if not rows:
        return ""
    heads = ("Source", "Findings", "Reason")
    head = "".join(f"<th scope=col>{_label(wording, name)}</th>" for name in heads)
    title = _label(wording, "Findings that do not count")
    return f"<h2>{title}</h2><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _waiver_key(waiver: RecordedWaiver) -> tuple[str, str, str, str]:
    return waiver.place.path, waiver.by.value, waiver.reason, str(waiver.until or "")


def _codes_by_file(waivers: Iterable[RecordedWaiver]) -> Iterator[str]:
    """Yield the findings in each file: the code and the place in the file, or the number by code if they are many."""
    for path, group in groupby(waivers, key=lambda waiver: waiver.path):
        findings = [(waiver.code, waiver.where) for waiver in group]
        if len(findings) > _MOST_WITH_PLACES:
            counts = Counter(code for code, _ in findings)
            findings = [(code, f"× {count}") for code, count in sorted(counts.items())]
        named = ", ".join(f"{safe(code)} <span class=where>({safe(where)})</span>" for code, where in findings)
        yield f"<span class=path>{path_html(path)}</span> {named}"


# -- conditions -------------------------------------------------------------------------------------------------------


def _conditions(predicate: Predicate, wording: Wording) -> str:
    """Return the conditions as a list of terms; conditions without content are left out."""
    severities = wording.words["severities"]
    plugins = ", ".join(" ".join(filter(None, (plugin.name, plugin.version))) for plugin in predicate.plugins)
    entries = [
        (_label(wording, "Fails the run from"), safe_wording(severities[predicate.fail_on.value])),
        (_label(wording, "Only the rules"), safe(", ".join(predicate.select))),
        (_label(wording, "Not the rules"), safe(", ".join(predicate.ignore))),
        *(
            (_label(wording, "Rules: {severity}", severity=severities[severity.value]), _codes(predicate, severity))
            for severity in Severity
        ),
        (_label(wording, "Plugins"), safe(plugins)),
        (_label(wording, "Settings (SHA-256)"), _digest(predicate.configuration.sha256)),
        *((path_html(file.path), _digest(file.digest.sha256)) for file in predicate.house_files),
    ]
    terms = "".join(f"<dt>{term}</dt><dd>{content}</dd>" for term, content in entries if content)
    return f"<h2>{_label(wording, 'Conditions')}</h2><dl>{terms}</dl>"


def _codes(predicate: Predicate, severity: Severity) -> str:
    codes = [code for code, its_severity in predicate.rules.items() if its_severity == severity.value]
    return f"<span class=codes>{safe(', '.join(codes))}</span>" if codes else ""


def _digest(text: str) -> str:
    return f"<span class=digest>{text}</span>"
