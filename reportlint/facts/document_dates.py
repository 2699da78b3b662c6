"""The dates by which the names in a document are judged."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from reportlint.facts.event import Event
from reportlint.facts.masthead import Masthead
from reportlint.facts.session import Session
from reportlint.facts.title import Title
from reportlint.facts.written_dates import Calendar


class DocumentDate(NamedTuple):
    """The date of the document: that of the masthead, or else the last day of the event; ``None`` without dates."""

    day: date | None


class NameDates(NamedTuple):
    """The days on which a name may have been right: the date of the document, and the last day of the event."""

    days: tuple[date, ...] = ()


def document_date(masthead: Masthead, title: Title, calendar: Calendar, event: Event, session: Session) -> DocumentDate:
    """Return the date of the masthead, else the last day of the event in masthead or title, or of the session.

    Without these, it is the last day in the title: "Resolution adopted on 3 May 2023".
    """
    return DocumentDate(masthead.date or _last_day(masthead, event, session) or _day_of_title(title, calendar))


def name_dates(masthead: Masthead, title: Title, calendar: Calendar, event: Event, session: Session) -> NameDates:
    """Return the date of the masthead and the last day of the event, those that are known, in this order.

    Without these, it is the last day in the title.
    """
    days = [day for day in (masthead.date, _last_day(masthead, event, session)) if day]
    titled = None if days else _day_of_title(title, calendar)
    return NameDates(tuple(dict.fromkeys([*days, titled] if titled else days)))


def _day_of_title(title: Title, calendar: Calendar) -> date | None:
    written = calendar.within(title.mention) if title.mention else ()
    return max((last for dates in written for _, last in dates.dates.periods()), default=None)


def _last_day(masthead: Masthead, event: Event, session: Session) -> date | None:
    """Return the last day of the event: as the masthead, the title, the opening or other sentences state it."""
    stated = [statement.days[1] for statement in event.statements if statement.days]
    stated += [last for dates in masthead.event for _, last in dates.dates.periods()]
    return max(stated or [period.last for period in session.periods], default=None)
