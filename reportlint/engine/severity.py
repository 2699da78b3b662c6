"""The severity of a finding, and whether it fails the run. Nothing else decides either."""

from __future__ import annotations

from reportlint.config.options import Options
from reportlint.knowledge.cards import Card
from reportlint.knowledge.levels import Severity


def rule_severity(card: Card, options: Options) -> Severity | None:
    """Return the severity of a rule's findings, or ``None`` if the rule reports nothing under these options."""
    return severity_if_selected(card, options) if _is_selected(card, options) else None


def finding_severity(of_rule: Severity, at_most: Severity | None) -> Severity:
    """Return the severity of one finding: that of its rule, lowered to ``at_most`` where the check is less certain."""
    return min(of_rule, at_most, key=lambda severity: severity.weight) if at_most else of_rule


def fails_run(severity: Severity, options: Options) -> bool:
    """Return whether an unsuppressed finding of this severity makes the run fail."""
    return severity.weight >= options.fail_on.weight


def _is_selected(card: Card, options: Options) -> bool:
    """Apply ``select`` and ``ignore``: a rule's code or name outweighs its family; otherwise ``ignore`` wins."""
    identifiers = {card.code, card.name}
    names = identifiers | {card.family}
    if identifiers & options.ignore or (names & options.ignore and not identifiers & options.select):
        return False
    return not options.select or bool(names & options.select)


def severity_if_selected(card: Card, options: Options) -> Severity | None:
    """Return the severity of a rule regardless of ``select`` and ``ignore``; ``None`` if the rule is off.

    A severity configured for a rule outweighs one configured for its family, which only changes rules that are on.
    Selecting a rule by its code or name turns it on.
    """
    of_card = card.severity[options.stage]
    severity, configured = of_card, dict(options.severity)
    if card.family in configured and of_card:
        severity = configured[card.family]
    for name in (card.name, card.code):
        severity = configured.get(name, severity)
    if severity is None and {card.code, card.name} & options.select:
        severity = of_card or next((level for level in card.severity.values() if level), Severity.WARNING)
    return severity
