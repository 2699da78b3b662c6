"""The scales that cards and findings share, and the kinds of documents that cards name."""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """How much a finding matters, the most serious first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """A number for comparing severities; higher is more serious."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


class Stage(Enum):
    """The stage of a draft: with its drafter, its reviser or the publication desk."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLICATION = "publication"


class TrackedChanges(Enum):
    """Which text of a Word file is read: with its tracked changes accepted, or as it was before them."""

    ACCEPTED = "accepted"
    ORIGINAL = "original"


class Confidence(Enum):
    """How certain a rule is of its findings."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class DocumentKind(Enum):
    """The kind of a document. Cards list the kinds for which their rules do not speak."""

    REPORT = "report"
    PART = "part"
    DECISIONS = "decisions"
    AGENDA = "agenda"
    SUMMARY_RECORD = "summary_record"
    SUBMISSION = "submission"
    INSTRUMENT = "instrument"
    OTHER = "other"
    NOT_UN = "not_un"


CHECKED_KINDS = tuple(kind for kind in DocumentKind if kind is not DocumentKind.NOT_UN)
"""The kinds of documents that are checked, and that cards and settings may name."""
