"""Suppression of findings by code and fingerprint, as waiver files and baselines list them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportlint.finding import SuppressedBy, Suppression
from reportlint.report import FileReport

Reasons = Mapping[tuple[str, str], str]
"""The reason for suppressing a finding, by its code and fingerprint; it may be empty."""


def suppress(file: FileReport, by: SuppressedBy, reasons: Reasons) -> FileReport:
    """Return the report of a file in which these findings, unless they are already suppressed, do not count."""
    if not reasons:
        return file
    findings = []
    for finding in file.findings:
        reason = reasons.get((finding.code, finding.fingerprint))
        applies = reason is not None and not finding.suppressed
        findings.append(replace(finding, suppression=Suppression(by, reason or "")) if applies else finding)
    return replace(file, findings=tuple(findings))
