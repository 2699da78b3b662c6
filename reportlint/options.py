"""What a user asks of a run, and which rules speak for it."""

from __future__ import annotations

from dataclasses import dataclass

from reportlint.knowledge.cards import Card
from reportlint.knowledge.scales import Severity, Stage


class SetupError(Exception):
    """The linter itself cannot be used as it is set up: an unknown code, a check without its facts."""


@dataclass(frozen=True)
class Options:
    """What a user asks of a run. ``select`` and ``ignore`` hold codes, families or names of rules.

    ``language`` is that of the drafts (``None``: recognised), ``message_language`` that of the messages.
    """

    stage: Stage = Stage.REVIEW
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    language: str | None = None
    message_language: str = "en"


def severity_of(card: Card, options: Options) -> Severity | None:
    """Decide whether a rule speaks, and how loudly: the one place where stage, select and ignore meet.

    A rule that is off at this stage is on when it is selected by its own code or name.
    """
    by_itself = {card.code, card.name}
    names = by_itself | {card.family}
    if names & options.ignore and not by_itself & options.select:
        return None
    if by_itself & options.ignore:
        return None
    if options.select and not names & options.select:
        return None
    severity = card.severity[options.stage]
    if severity is None and by_itself & options.select:
        severity = next((one for one in card.severity.values() if one), Severity.WARNING)
    return severity
