"""What a rule reports: findings, their places and fixes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from reportlint.knowledge.cards import Authority
from reportlint.knowledge.scales import Confidence, Severity, Stage

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
]


class Place(NamedTuple):
    """A range of a file: 1-based lines and columns in Unicode code points, the end exclusive.

    ``paragraph`` is the number of the numbered paragraph, ``None`` outside one; ``where`` always names the
    place for a reader ("para. 48", "masthead"). ``start`` and ``end`` are offsets of the source's text.
    ``message`` says what stands there, for related places.
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


class Applicability(Enum):
    """Whether a fix has one right answer, needs a human, or only shows what is meant."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


class Edit(NamedTuple):
    """A range of the file (as in :class:`Place`) and the text to put in its stead."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(NamedTuple):
    """Edits that mend a finding. Nothing is ever rewritten unasked."""

    applicability: Applicability
    edits: tuple[Edit, ...]


class SuppressedBy(Enum):
    """What keeps a finding from counting: a comment in the draft, a file of waivers, or the baseline."""

    COMMENT = "comment"
    WAIVERS = "waivers"
    BASELINE = "baseline"


class Suppression(NamedTuple):
    """That a finding does not count, and the reason that was given."""

    by: SuppressedBy
    reason: str = ""


@dataclass(frozen=True)
class Finding:
    """One fault, reported once. ``related`` are the other sides of the contradiction."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    why: str
    fields: Mapping[str, str]
    place: Place
    language: str | None
    related: tuple[Place, ...] = ()
    fix: Fix | None = None
    authority: Authority | None = None
    fingerprint: str = ""
    suppression: Suppression | None = None

    @property
    def suppressed(self) -> bool:
        return self.suppression is not None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)
