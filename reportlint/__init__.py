"""Find the inconsistencies that send a United Nations report back for correction.

The names that this module exports are public and versioned by ``API_VERSION``; everything else is private.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # importing anything takes time in which an interrupt cannot be handled
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportlint.checks.problem import Check, FixWords, Problem, Related, check
    from reportlint.config.options import Options
    from reportlint.document import Block, BlockKind, Document, Source, Span
    from reportlint.errors import DataError, Mistake, ReportlintError, SetupError, UnreadableInput
    from reportlint.facts.abbreviations import Abbreviations
    from reportlint.facts.adoption import Adoptions
    from reportlint.facts.agenda import Agenda
    from reportlint.facts.agenda_references import AgendaReferences, MastheadItem
    from reportlint.facts.announced_headings import Announcements
    from reportlint.facts.citations import Citations
    from reportlint.facts.completeness import Completeness
    from reportlint.facts.document_dates import DocumentDate, NameDates
    from reportlint.facts.document_kind import KindOfDocument
    from reportlint.facts.documents import Documents, IssueYear
    from reportlint.facts.event import Event
    from reportlint.facts.footnotes import Footnotes
    from reportlint.facts.front import FrontLines
    from reportlint.facts.masthead import Masthead
    from reportlint.facts.meetings import Meetings
    from reportlint.facts.organizations import Organizations
    from reportlint.facts.participation import Participation
    from reportlint.facts.past_dates import PastDates
    from reportlint.facts.persons import Persons
    from reportlint.facts.placeholders import Placeholders
    from reportlint.facts.references import CrossReferences, Targets
    from reportlint.facts.resolutions import ResolutionReferences
    from reportlint.facts.session import Session
    from reportlint.facts.state_lists import StateLists
    from reportlint.facts.stated_counts import StatedCounts
    from reportlint.facts.states import StateMentions
    from reportlint.facts.title import Title
    from reportlint.facts.written_dates import Calendar
    from reportlint.finding import Confidence, Edit, Finding, Fix, Place, Severity, Stage
    from reportlint.knowledge.levels import DocumentKind
    from reportlint.knowledge.parameters import CardParameters
    from reportlint.knowledge.registers import Bodies, States
    from reportlint.language.lexicon import Lexicon
    from reportlint.plugins.hookspecs import hookimpl
    from reportlint.report import FileReport, FileState, Reports, Run
    from reportlint.runner.linter import Linter
    from reportlint.structure import Mention, Passage, Role, Section, Structure
    from reportlint.symbols.grammar import SymbolGrammar
    from reportlint.symbols.model import Symbol
    from reportlint.version import __version__ as __version__

API_VERSION = 1
__all__ = [
    "API_VERSION", "Abbreviations", "Adoptions", "Agenda", "AgendaReferences", "Announcements", "Block",
    "BlockKind", "Bodies", "Calendar", "CardParameters", "Check", "Citations", "Completeness", "Confidence",
    "CrossReferences", "DataError", "Document", "DocumentDate", "DocumentKind", "Documents", "Edit", "Event",
    "FileReport", "FileState", "Finding", "Fix", "FixWords", "Footnotes", "FrontLines", "IssueYear",
    "KindOfDocument", "Lexicon", "Linter", "Masthead", "MastheadItem", "Meetings", "Mention", "Mistake", "NameDates",
    "Options", "Organizations", "Participation", "Passage", "PastDates", "Persons", "Place", "Placeholders", "Problem",
    "Related", "ReportlintError", "Reports", "ResolutionReferences", "Role", "Run", "Section", "Session", "SetupError",
    "Severity", "Source", "Span", "Stage", "StateLists", "StateMentions", "StatedCounts", "States",
    "Structure", "Symbol", "SymbolGrammar", "Targets", "Title", "UnreadableInput", "check", "hookimpl",
    "lint_path", "lint_paths", "lint_text",
]  # fmt: skip

_EXPORTS = {
    "checks.problem": ("Check", "FixWords", "Problem", "Related", "check"),
    "config.options": ("Options",),
    "document": ("Block", "BlockKind", "Document", "Source", "Span"),
    "errors": ("DataError", "Mistake", "ReportlintError", "SetupError", "UnreadableInput"),
    "facts.abbreviations": ("Abbreviations",),
    "facts.adoption": ("Adoptions",),
    "facts.agenda": ("Agenda",),
    "facts.agenda_references": ("AgendaReferences", "MastheadItem"),
    "facts.announced_headings": ("Announcements",),
    "facts.citations": ("Citations",),
    "facts.completeness": ("Completeness",),
    "facts.document_dates": ("DocumentDate", "NameDates"),
    "facts.document_kind": ("KindOfDocument",),
    "facts.documents": ("Documents", "IssueYear"),
    "facts.event": ("Event",),
    "facts.footnotes": ("Footnotes",),
    "facts.front": ("FrontLines",),
    "facts.masthead": ("Masthead",),
    "facts.meetings": ("Meetings",),
    "facts.organizations": ("Organizations",),
    "facts.participation": ("Participation",),
    "facts.past_dates": ("PastDates",),
    "facts.persons": ("Persons",),
    "facts.placeholders": ("Placeholders",),
    "facts.references": ("CrossReferences", "Targets"),
    "facts.resolutions": ("ResolutionReferences",),
    "facts.session": ("Session",),
    "facts.state_lists": ("StateLists",),
    "facts.stated_counts": ("StatedCounts",),
    "facts.states": ("StateMentions",),
    "facts.title": ("Title",),
    "facts.written_dates": ("Calendar",),
    "finding": ("Confidence", "Edit", "Finding", "Fix", "Place", "Severity", "Stage"),
    "knowledge.levels": ("DocumentKind",),
    "knowledge.parameters": ("CardParameters",),
    "knowledge.registers": ("Bodies", "States"),
    "language.lexicon": ("Lexicon",),
    "plugins.hookspecs": ("hookimpl",),
    "report": ("FileReport", "FileState", "Reports", "Run"),
    "runner.linter": ("Linter",),
    "structure": ("Mention", "Passage", "Role", "Section", "Structure"),
    "symbols.grammar": ("SymbolGrammar",),
    "symbols.model": ("Symbol",),
    "version": ("__version__",),
}
_MODULES = {name: module for module, names in _EXPORTS.items() for name in names}


def lint_text(
    text: str,
    *,
    path: str = "<text>.md",
    language: str | None = None,
    stage: str = "review",
    message_language: str = "en",
) -> tuple[Finding, ...]:
    """Return the findings in a draft given as text.

    ``path`` names the draft in the findings, and its suffix selects the reader.

    Raises:
        SetupError: the language is unknown.
        ValueError: the stage is unknown.
    """
    from reportlint.runner.linter import cached_linter  # noqa: PLC0415

    return cached_linter(language, stage, message_language).lint_text(text, path=path)


def lint_path(
    path: str | os.PathLike[str], *, language: str | None = None, stage: str = "review", message_language: str = "en"
) -> tuple[Finding, ...]:
    """Return the findings in one file or in all drafts in a folder. A file that cannot be read is a finding (RPL004).

    Raises:
        SetupError: the language is unknown.
        ValueError: the stage is unknown.
    """
    from reportlint.runner.linter import cached_linter  # noqa: PLC0415

    return cached_linter(language, stage, message_language).lint_path(os.fspath(path))


def lint_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    language: str | None = None,
    stage: str = "review",
    message_language: str = "en",
    jobs: int | None = 1,
) -> Iterator[FileReport]:
    """Yield the report of each file, and of each draft in a folder, as soon as it is checked.

    Files are read as the iteration needs them, so that any number of them can be checked. ``jobs`` is the maximum
    number of processes; ``None`` chooses it by the work and the machine. See :meth:`Linter.lint_paths`.

    Raises:
        SetupError: the language is unknown.
        ValueError: the stage is unknown.
    """
    from reportlint.runner.linter import cached_linter  # noqa: PLC0415

    return cached_linter(language, stage, message_language).lint_paths(paths, jobs=jobs)


def __getattr__(name: str) -> object:
    # Importing the package must stay cheap: a pre-commit hook starts it for every commit.
    if name in _MODULES:
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module(f"reportlint.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
