"""Whether a finding speaks, how loudly, whether it is suppressed, and whether it fails the run: decided here only."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.config.options import Options
from reportlint.knowledge.cards import Card
from reportlint.knowledge.scales import Severity


class Decision(NamedTuple):
    """``severity`` is ``None`` for a rule that is silent. What is ``suppressed`` is shown to programs and counted, and
    never ``fails`` a run."""

    severity: Severity | None
    suppressed: bool = False
    fails: bool = False


def decide(
    card: Card,
    options: Options,
    lowered: Severity | None = None,
    *,
    waived: bool = False,
    in_baseline: bool = False,
) -> Decision:
    """The one place where stage, ``select``, ``ignore``, ``severity``, waivers, baseline and ``fail_on`` meet.

    ``lowered`` is the severity at most, by which a check says that this finding is doubtful.
    """
    severity = severity_if_asked(card, options) if _is_asked(card, options) else None
    if severity is None:
        return Decision(None)
    if lowered:
        severity = min(severity, lowered, key=lambda one: one.weight)
    suppressed = waived or in_baseline
    return Decision(severity, suppressed, not suppressed and severity.weight >= options.fail_on.weight)


def _is_asked(card: Card, options: Options) -> bool:
    """``select`` and ``ignore``: a rule's own code or name outweighs its family; else ``ignore`` wins."""
    by_itself = {card.code, card.name}
    names = by_itself | {card.family}
    if by_itself & options.ignore or (names & options.ignore and not by_itself & options.select):
        return False
    return not options.select or bool(names & options.select)


def severity_if_asked(card: Card, options: Options) -> Severity | None:
    """How loudly a rule speaks if it is not left out by ``select`` and ``ignore``; ``None`` where it is off.

    The configured severity of a rule outweighs that of its family, which changes only what is on. A rule that is off is
    on when it is selected by its own code or name.
    """
    of_card = card.severity[options.stage]
    severity, configured = of_card, dict(options.severity)
    if card.family in configured and of_card:
        severity = configured[card.family]
    for name in (card.name, card.code):
        severity = configured.get(name, severity)
    if severity is None and {card.code, card.name} & options.select:
        severity = of_card or next((one for one in card.severity.values() if one), Severity.WARNING)
    return severity
