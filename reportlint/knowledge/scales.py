"""The scales that cards and findings share."""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        return {"error": 3, "warning": 2, "info": 1}[self.value]


class Stage(Enum):
    """Where a draft is on its way: with its drafter, its reviser, or the publication desk."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLICATION = "publication"


class Confidence(Enum):
    """How sure a rule is of what it finds."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
