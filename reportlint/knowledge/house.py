"""What the configuration of a house tells about its drafts: names it knows, and what a draft does not state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from reportlint.knowledge.registers import LANGUAGES, Bodies, Body, BodyNames

_KIND = "house"


class HouseNames(NamedTuple):
    """Names beside those of the registers. ``abbreviations`` need not be spelled out."""

    bodies: tuple[BodyNames, ...] = ()
    organizations: tuple[BodyNames, ...] = ()
    abbreviations: frozenset[str] = frozenset()

    def added_to(self, bodies: Bodies) -> Bodies:
        """The register with these names, which hold in every language."""
        if self == HouseNames():
            return bodies
        own = (*self.bodies, *self.organizations)
        every = bodies.well_known.get("all", frozenset()) | self.abbreviations
        names = tuple(one.name for one in own)
        return replace(
            bodies,
            rows=(*bodies.rows, *(Body(_KIND, dict.fromkeys(LANGUAGES, one)) for one in own)),
            well_known={**bodies.well_known, "all": every},
            masks={language: (*masks, *names) for language, masks in bodies.masks.items()},
            _indexes={},
        )


class StatedMeeting(NamedTuple):
    """The event that a draft reports on, for what its masthead and title do not state. ``dates`` are the first and the
    last day."""

    body: str | None = None
    session: int | None = None
    place: str | None = None
    dates: tuple[date, date] | None = None
    symbol: str | None = None
