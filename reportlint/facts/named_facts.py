"""Named values that any card may use in its messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reportlint.facts.document_dates import DocumentDate
from reportlint.facts.event import Event
from reportlint.facts.masthead import Masthead
from reportlint.facts.title import Title
from reportlint.language.lexicon import Ordinal
from reportlint.structure import Structure

NAMES = (
    "document_title", "document_symbol", "document_date", "document_paragraphs", "session_number", "session_place",
)  # fmt: skip
_UNKNOWN = "–"


class NamedFacts(NamedTuple):
    """The value of each name in ``NAMES``; an en dash where the document does not state it."""

    values: Mapping[str, object]


def named_facts(
    structure: Structure, masthead: Masthead, title: Title, document_date: DocumentDate, event: Event
) -> NamedFacts:
    """Collect the named values from the facts that state them."""
    ordinal = next((statement.ordinal[0] for statement in event.statements if statement.ordinal), None)
    place = next((statement.place[0] for statement in event.statements if statement.place), None)
    last = structure.last_paragraph
    stated = (
        title.text,
        masthead.symbol and masthead.symbol.text,
        document_date.day,
        last and last.label.bare,
        ordinal and Ordinal(ordinal),
        place,
    )
    return NamedFacts({name: value or _UNKNOWN for name, value in zip(NAMES, stated, strict=True)})
