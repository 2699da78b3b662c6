"""Findings, with their places, fixes and suppressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from reportlint.document import Span
from reportlint.knowledge.cards import Authority
from reportlint.knowledge.levels import Confidence, Severity, Stage

__all__ = [
    "Applicability",
    "Authority",
    "Confidence",
    "Edit",
    "Finding",
    "Fix",
    "Place",
    "Severity",
    "Stage",
    "SuppressedBy",
    "Suppression",
    "Unlisted",
    "WaiverPlace",
]


class Place(NamedTuple):
    """A range of a file.

    Lines and columns are 1-based; columns count Unicode code points; the end is exclusive. ``start`` and ``end``
    are the same range as offsets in the source text.

    ``paragraph`` is the number of the enclosing numbered paragraph, or ``None`` outside one. ``where`` names the
    place for a reader ("para. 48", "masthead") and is never empty. ``message`` describes the text of a related place.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    paragraph: str | None
    where: str
    start: int
    end: int
    message: str = ""

    @property
    def span(self) -> Span:
        """The range as offsets in the source text."""
        return Span(self.start, self.end)


class Applicability(Enum):
    """Whether a fix has one correct result, needs human review, or is for display only and never applied."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


class Edit(NamedTuple):
    """A range of the file ``path`` (see :class:`Place`) and its replacement text."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(NamedTuple):
    """The edits that resolve a finding. All of them are made, or none."""

    applicability: Applicability
    edits: Sequence[Edit]


class SuppressedBy(Enum):
    """What suppressed a finding: a comment in the draft, a waiver file, or the baseline."""

    COMMENT = "comment"
    WAIVERS = "waivers"
    BASELINE = "baseline"


class WaiverPlace(NamedTuple):
    """The file that suppresses a finding, and the line of the waiver in it (1-based); a baseline has no lines."""

    path: str
    line: int | None = None


class Suppression(NamedTuple):
    """What suppresses a finding: the reason given, the last day on which it applies, and its place."""

    by: SuppressedBy
    reason: str = ""
    until: date | None = None
    place: WaiverPlace | None = None


class Unlisted(NamedTuple):
    """A problem of a rule that reported too many in a file for each to be listed."""

    severity: Severity
    place: Place
    fingerprint: str
    suppression: Suppression | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that a rule reported.

    ``related`` are the other places of a contradiction. ``fields`` are the values for the message's
    placeholders, as text. ``unlisted`` are the problems that a finding stands for in place of a list; empty for all
    other findings.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    why: str
    fields: Mapping[str, str]
    place: Place
    language: str | None
    related: Sequence[Place] = ()
    fix: Fix | None = None
    authority: Authority | None = None
    fingerprint: str = ""
    suppression: Suppression | None = None
    unlisted: tuple[Unlisted, ...] = ()

    @property
    def problems(self) -> Sequence[Finding | Unlisted]:
        """The problems that count: this one, or those that it stands for."""
        return self.unlisted or (self,)

    @property
    def suppressed(self) -> bool:
        return self.suppression is not None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)
