"""Resolutions and decisions cited by their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportlint.document import Span
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Role, Structure

_NUMBER = re.compile(
    r"(?P<head>(?:E?S-)?[\dIVXLC]+)/(?P<tail>\d+(?:\s?[A-Z](?!\w))?|[A-Z]{2,4}\.\d+)"
    r"|(?P<serial>\d{1,4})\s?\((?P<bracket>[^()]+)\)"
)


@dataclass(frozen=True)
class ResolutionReference:
    """A resolution or decision as cited. ``session`` is the part of the number that names the session or year
    ("77" of 77/1, "2007" of 1757 (2007), "CP.21" of 1/CP.21), ``serial`` the other part."""

    is_decision: bool
    number: str
    session: str
    serial: str
    span: Span
    passage: int


@dataclass(frozen=True)
class ResolutionReferences:
    """All citations by number, in order; in quotations too, where they are no fault of the draft."""

    references: tuple[ResolutionReference, ...] = ()


def resolution_references(structure: Structure, lexicon: Lexicon) -> ResolutionReferences:
    """Find "resolution 77/1", "resolutions 31/16 A and 32/1", "decision 1/CP.21". Authority: Editorial Manual,
    identification of resolutions and decisions."""
    found: list[ResolutionReference] = []
    families = ((False, lexicon.phrases("resolution_reference")), (True, lexicon.phrases("decision_reference")))
    for passage in structure.speaking():
        if passage.role is Role.FRONT:
            continue
        for is_decision, family in families:
            for match in family.finditer(passage.text, passage.folded):
                shift = match.start("resolutions")
                for number in _NUMBER.finditer(match["resolutions"]):
                    session, serial = _parts(number)
                    span = passage.span(shift + number.start(), shift + number.end())
                    found.append(ResolutionReference(is_decision, number.group(), session, serial, span, passage.index))
    return ResolutionReferences(tuple(sorted(found, key=lambda one: one.span.start)))


def _parts(number: re.Match[str]) -> tuple[str, str]:
    if number["serial"]:
        return number["bracket"], number["serial"]
    if "." in number["tail"]:
        return number["tail"], number["head"]
    return number["head"], number["tail"]
