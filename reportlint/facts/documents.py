"""The documents that the body had before it: what the draft lists, and when they can have been issued."""

from __future__ import annotations

from dataclasses import dataclass

from reportlint.facts.masthead import DocumentDate, Masthead
from reportlint.facts.meetings import Session


@dataclass(frozen=True)
class IssueYear:
    """The last year that the draft gives for itself: that of its date, its symbol or the session; ``None`` where it
    gives none."""

    year: int | None


def issue_year(masthead: Masthead, document_date: DocumentDate, session: Session) -> IssueYear:
    """Nothing that the draft cites can have been issued much later."""
    years = [
        masthead.symbol.year if masthead.symbol else None,
        document_date.day.year if document_date.day else None,
        *(period.last.year for period in session.periods),
    ]
    return IssueYear(max((year for year in years if year), default=None))
