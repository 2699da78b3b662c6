"""SARIF 2.1.0, the format of code scanning (GitHub, Azure DevOps, editors).

GitHub turns the results into alerts and shows the short description, reason and help of their rules. It computes its
line fingerprints itself when the file is uploaded, so ours has a name of its own. It opens alerts even for results
with ``suppressions``: remove these before an upload.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportlint.engine.rules import Rules
from reportlint.files import is_url
from reportlint.finding import Edit, Finding, Fix, Place, Severity, SuppressedBy, Suppression
from reportlint.knowledge.cards import Card, choose_text
from reportlint.knowledge.web_address import is_address
from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.card_texts import parts
from reportlint.reporters.escaping import json_chunks
from reportlint.reporters.layout import clean, shorten
from reportlint.reporters.paths import as_uri, in_repository
from reportlint.reporters.sentences import Wording, is_about_whole_file, related_shown
from reportlint.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_MAX_LENGTH = 1024
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")
_LINK_SPECIAL = re.compile(r"([\\\[\]])")

_RuleIndexes = dict[tuple[str, str], int]
"""Positions in the list of rules, by code and name, because two sets of house rules may use the same code."""


def report(run: Run, **_: Any) -> Iterator[str]:
    """Yield the findings of a run, including suppressed ones, as one SARIF log."""
    wording = Wording.for_run(run)
    rules = list(_rules(run))
    indexes = {(card.code, card.name): index for index, (card, _, _) in enumerate(rules)}
    driver = {
        "name": "reportlint",
        "version": __version__,
        "semanticVersion": __version__,
        "language": wording.lexicon.code,
        "rules": [_rule(card, severity, its_rules, wording) for card, severity, its_rules in rules],
    }
    data = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [
                    {
                        "executionSuccessful": not any(
                            entry["level"] == "error" for entry in _notifications(run, wording)
                        ),
                        "exitCode": run.exit_code,
                        "toolExecutionNotifications": _notifications(run, wording),
                    }
                ],
                "columnKind": "unicodeCodePoints",
                "artifacts": (_described_artifact(file, wording) for file in run.inputs),
                "results": (_result(finding, indexes, wording) for file in run.files for finding in file.findings),
            }
        ],
    }
    yield from json_chunks(data)
    yield "\n"


def _rules(run: Run) -> Iterator[tuple[Card, Severity, Rules]]:
    """Yield the rules that were on and those with findings, by code, each as the first file has it."""
    by_identity: dict[tuple[str, str], tuple[Card, Severity, Rules]] = {}
    for rules in dict.fromkeys(run.files.rules) or [run.rules]:
        for code, severity in rules.severities.items():
            card = rules.by_code[code]
            by_identity.setdefault((code, card.name), (card, severity, rules))
    for file in run.files:
        for finding in file.findings:
            card = file.rules.by_code[finding.code]
            by_identity.setdefault((finding.code, finding.name), (card, finding.severity, file.rules))
    return (by_identity[key] for key in sorted(by_identity))


def _rule(card: Card, severity: Severity, rules: Rules, wording: Wording) -> dict[str, Any]:
    why = choose_text(card.why, wording.lexicon.code)
    sections = list(parts(card, rules, wording))
    rule = {
        "id": card.code,
        "name": card.name,
        # The reason states the convention, then, after a colon, what to do.
        "shortDescription": {"text": shorten(why.split(f"{wording.colon.strip()} ")[0].rstrip(), _MAX_LENGTH)},
        "fullDescription": {"text": shorten(why, _MAX_LENGTH)},
        "help": {
            "text": "\n\n".join("\n".join([heading, *texts]) for heading, texts in sections),
            "markdown": "\n\n".join(f"**{heading}**\n\n" + _markdown(texts) for heading, texts in sections),
        },
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": [wording.words["families"].get(card.family, card.family)],
            "precision": card.confidence.value,
            "problem.severity": _PROBLEMS[severity],
        },
    }
    if card.authority and card.authority.url:
        rule["helpUri"] = card.authority.url
    return rule


def _markdown(texts: list[str]) -> str:
    entries = [f"<{text}>" if is_address(text) else _MARKDOWN.sub(r"\\\1", text) for text in texts]
    return entries[0] if len(entries) == 1 else "\n".join(f"- {entry}" for entry in entries)


def _described_artifact(file: FileReport, wording: Wording) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": _artifact(file.path), "roles": ["analysisTarget"]}
    if file.sha256 is not None:
        artifact["hashes"] = {"sha-256": file.sha256}
    reason = wording.reason(file)
    properties: dict[str, Any] = {"state": file.state.value, **({"reason": reason} if reason else {})}
    if wording.kind(file):
        properties |= {"kind": file.identity.kind.value, "switchedOff": list(file.switched_off)}
    artifact["properties"] = properties
    return artifact


def _notifications(run: Run, wording: Wording) -> Iterator[dict[str, Any]]:
    """Yield what kept the run from being complete as errors, and other remarks as notes."""
    for file in run.inputs:
        if file.state is not FileState.CHECKED and not file.findings:
            yield {
                "level": "error" if run.misses(file) else "note",
                "message": {"text": wording.status(file)},
                "locations": [{"physicalLocation": {"artifactLocation": _artifact(file.path)}}],
            }
        elif kind := wording.kind(file):
            yield {
                "level": "note",
                "message": {"text": kind},
                "locations": [{"physicalLocation": {"artifactLocation": _artifact(file.path)}}],
            }
    for text in run.rules.broken_plugins:
        yield {"level": "error", "message": {"text": text}}
    for finding in (finding for file in run.files for finding in file.findings) if run.totals.broken else ():
        if is_about_whole_file(finding):
            yield {
                "level": "error",
                "descriptor": {"id": finding.code},
                "associatedRule": {"id": finding.code},
                "message": {"text": clean(finding.message)},
                "locations": [{"physicalLocation": {"artifactLocation": _artifact(finding.place.path)}}],
            }


def _result(finding: Finding, indexes: _RuleIndexes, wording: Wording) -> dict[str, Any]:
    related = [
        wording.related_line(place, finding.place.path, _link(wording.place_name(place, finding.place.path), number))
        for number, place in enumerate(related_shown(finding), 1)
    ]
    # The message comes first: where there is little room, GitHub cuts the text after the first full stop.
    lines = [clean(finding.message), *related, wording.more_places(finding)]
    result = {
        "ruleId": finding.code,
        "ruleIndex": indexes[finding.code, finding.name],
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(filter(None, lines))},
        "locations": [_location(finding.place)],
        "partialFingerprints": {"reportlint/v1": finding.fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(place)} | ({"message": {"text": clean(place.message)}} if place.message else {})
            for number, place in enumerate(finding.related, 1)
        ]
    if finding.fix:
        result["fixes"] = [_fix(finding.fix)]
    if finding.suppression:
        result["suppressions"] = [_suppression(finding.suppression)]
    return result


def _suppression(suppression: Suppression) -> dict[str, Any]:
    in_source = suppression.by is SuppressedBy.COMMENT
    data: dict[str, Any] = {"kind": "inSource" if in_source else "external"}
    if suppression.reason:
        data["justification"] = suppression.reason
    if place := suppression.place:
        region = {"region": {"startLine": place.line}} if place.line else {}
        data["location"] = {"physicalLocation": {"artifactLocation": _artifact(place.path), **region}}
    if suppression.until:
        data["properties"] = {"until": suppression.until.isoformat()}
    return data


def _link(text: str, number: int) -> str:
    """Return a Markdown link to the related location with the id ``number``."""
    return "[" + _LINK_SPECIAL.sub(r"\\\1", text) + f"]({number})"


def _location(place: Place) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": _artifact(place.path), "region": _region(place)},
        "logicalLocations": [{"name": clean(place.where)}],
    }


def _artifact(path: str) -> dict[str, str]:
    uri = as_uri(in_repository(path))
    return {"uri": uri} if is_url(uri) else {"uri": uri, "uriBaseId": _ROOT}


def _region(place: Place | Edit) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    by_path: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit), "insertedContent": {"text": edit.text}}
        by_path.setdefault(edit.path, []).append(replacement)
    return {
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in by_path.items()
        ],
        "properties": {"applicability": fix.applicability.value},
    }
