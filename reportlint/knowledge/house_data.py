"""House configuration: additional names, and facts about a meeting that a draft does not state."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from reportlint.knowledge.registers import Bodies, Body, BodyNames

_KIND = "house"


class HouseNames(NamedTuple):
    """Names in addition to those of the registers. ``abbreviations`` need not be spelled out."""

    bodies: tuple[BodyNames, ...] = ()
    organizations: tuple[BodyNames, ...] = ()
    abbreviations: frozenset[str] = frozenset()

    def added_to(self, bodies: Bodies, languages: Collection[str]) -> Bodies:
        """Return the register with these names added in these languages."""
        if self == HouseNames():
            return bodies
        added = (*self.bodies, *self.organizations)
        abbreviations = bodies.well_known.get("all", frozenset()) | self.abbreviations
        names = tuple(body_names.name for body_names in added)
        return replace(
            bodies,
            rows=(*bodies.rows, *(Body(_KIND, dict.fromkeys(languages, body_names)) for body_names in added)),
            well_known={**bodies.well_known, "all": abbreviations},
            masks={**bodies.masks, **{code: (*bodies.masks.get(code, ()), *names) for code in languages}},
            _indexes={},
        )


class StatedMeeting(NamedTuple):
    """The event that a draft reports on, for what its masthead and title do not state.

    ``dates`` are the first and the last day.
    """

    body: str | None = None
    session: int | None = None
    place: str | None = None
    dates: tuple[date, date] | None = None
    symbol: str | None = None


class StatedKind(NamedTuple):
    """The kind of the document as configured; ``None``: recognized."""

    kind: str | None = None
