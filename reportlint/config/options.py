"""What a user asks of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reportlint.knowledge.house import HouseNames, StatedMeeting
from reportlint.knowledge.scales import Severity, Stage


@dataclass(frozen=True)
class Options:
    """What a user asks of a run, for one draft or many. ``select``, ``ignore`` and ``severity`` hold codes, families or
    names of rules.

    ``language`` is that of the drafts (``None``: recognised), ``message_language`` that of the messages. A ``severity``
    of ``None`` is "off". ``folders`` are those of the house's own cards; ``waivers`` and ``baseline`` are files,
    ``parts`` the files of a report that is issued in several.
    """

    stage: Stage = Stage.REVIEW
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    language: str | None = None
    message_language: str = "en"
    severity: tuple[tuple[str, Severity | None], ...] = ()
    fail_on: Severity = Severity.WARNING
    folders: tuple[Path, ...] = ()
    names: HouseNames = field(default_factory=HouseNames)
    meeting: StatedMeeting = field(default_factory=StatedMeeting)
    waivers: Path | None = None
    baseline: Path | None = None
    parts: tuple[Path, ...] = ()
