"""The built-in facts: pieces of information extracted from a draft, with their places in the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlint.facts.abbreviations import abbreviations, spelled_out
from reportlint.facts.adoption import adoptions
from reportlint.facts.agenda import agenda
from reportlint.facts.agenda_references import agenda_references, masthead_item
from reportlint.facts.announced_headings import announcements
from reportlint.facts.citations import citations
from reportlint.facts.completeness import completeness
from reportlint.facts.document_dates import document_date, name_dates
from reportlint.facts.document_kind import document_kind
from reportlint.facts.documents import documents, issue_year
from reportlint.facts.event import event
from reportlint.facts.footnotes import footnotes
from reportlint.facts.front import front_lines
from reportlint.facts.list_introductions import introductions
from reportlint.facts.masthead import masthead
from reportlint.facts.meetings import meetings
from reportlint.facts.named_facts import named_facts
from reportlint.facts.organizations import organizations
from reportlint.facts.owners import owners
from reportlint.facts.participation import participation
from reportlint.facts.past_dates import past_dates
from reportlint.facts.persons import persons
from reportlint.facts.placeholders import placeholders
from reportlint.facts.reference_data import body_register, state_register, symbol_grammar
from reportlint.facts.references import cross_references, targets
from reportlint.facts.resolutions import resolution_references
from reportlint.facts.running_lists import state_lists
from reportlint.facts.session import session
from reportlint.facts.stated_counts import stated_counts
from reportlint.facts.states import state_mentions
from reportlint.facts.title import title
from reportlint.facts.written_dates import calendar

BUILTIN_FACTS: tuple[Callable[..., Any], ...] = (
    body_register, state_register, symbol_grammar, front_lines, masthead, title,
    document_kind, document_date, name_dates, past_dates, completeness, session, owners, meetings, agenda,
    agenda_references, calendar, event, announcements, masthead_item, adoptions, cross_references, targets,
    resolution_references, footnotes, abbreviations, spelled_out, persons, placeholders, citations, issue_year,
    documents, state_mentions, state_lists, participation, organizations, introductions, stated_counts, named_facts,
)  # fmt: skip
