"""The options of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reportlint.knowledge.house_data import HouseNames, StatedMeeting
from reportlint.knowledge.levels import Severity, Stage, TrackedChanges

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Options:
    """The options for linting one or more drafts.

    Attributes:
        stage: how strict to be.
        select: codes, families or names of the only rules to report; empty: all rules.
        ignore: codes, families or names of rules not to report.
        language: the language of the drafts; ``None``: detected.
        message_language: the language of the messages.
        severity: severities by code, family or name of a rule; ``None`` turns the rule off.
        fail_on: the lowest severity that makes a run fail.
        folders: folders of house rules.
        names: names to recognize in addition to the registers.
        meeting: what the masthead and title do not state about the session or meeting.
        kind: the kind of the drafts, as ``DocumentKind`` names it; ``None``: recognized.
        waivers: the waiver file.
        baseline: the file of known findings.
        parts: the files of a report issued in parts, in order.
        tracked_changes: which text of a Word file is read.
        documentation: the address of the documentation, with a page for each rule; empty if it is not published.
        max_bytes: the largest size of an input in bytes; a larger one is not read.
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
    kind: str | None = None
    waivers: Path | None = None
    baseline: Path | None = None
    parts: tuple[Path, ...] = ()
    tracked_changes: TrackedChanges = TrackedChanges.ACCEPTED
    max_bytes: int = 16 * MEGABYTE
    documentation: str = ""
