"""Facts by name, which the messages of any card may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reportlint.facts.event import Event
from reportlint.facts.masthead import DocumentDate, Masthead, Title
from reportlint.language.lexicon import Ordinal
from reportlint.structure import Structure

NAMES = (
    "document_title", "document_symbol", "document_date", "document_paragraphs", "session_number", "session_place",
)  # fmt: skip
_UNKNOWN = "–"


class NamedFacts(NamedTuple):
    """The value of each of ``NAMES``; a dash for what the document does not state."""

    values: Mapping[str, object]


def named_facts(
    structure: Structure, masthead: Masthead, title: Title, document_date: DocumentDate, event: Event
) -> NamedFacts:
    ordinal = next((one.ordinal[0] for one in event.statements if one.ordinal), None)
    place = next((one.place[0] for one in event.statements if one.place), None)
    last = structure.last_paragraph
    found = (
        title.text,
        masthead.symbol and masthead.symbol.text,
        document_date.day,
        last and last.label.bare,
        ordinal and Ordinal(ordinal),
        place,
    )
    return NamedFacts({name: value or _UNKNOWN for name, value in zip(NAMES, found, strict=True)})
