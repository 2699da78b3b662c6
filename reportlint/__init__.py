"""reportlint: finds what makes a United Nations report go back for correction before it is published.

What this module exports is public and versioned by ``API_VERSION``; everything else is private.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlint.version import __version__ as __version__

if TYPE_CHECKING:
    from reportlint.checks.problem import Check, FixWords, Problem, Related, check
    from reportlint.document import Block, Document, Source, Span
    from reportlint.facts.agenda import Agenda
    from reportlint.facts.masthead import DocumentDate, Masthead, Title
    from reportlint.facts.meetings import Session
    from reportlint.finding import Finding
    from reportlint.hookspecs import hookimpl
    from reportlint.knowledge.parameters import CardParameters
    from reportlint.language.lexicon import Lexicon
    from reportlint.language.symbols import Symbol
    from reportlint.reporters.run import Run
    from reportlint.structure import Passage, Structure

API_VERSION = 1
__all__ = [
    "API_VERSION", "Agenda", "Block", "CardParameters", "Check", "Document", "DocumentDate", "Finding", "FixWords",
    "Lexicon", "Masthead", "Passage", "Problem", "Related", "Run", "Session", "Source", "Span", "Structure", "Symbol",
    "Title", "check", "hookimpl", "lint_path", "lint_text",
]  # fmt: skip

_EXPORTS = {
    "Agenda": "facts.agenda",
    "Block": "document",
    "CardParameters": "knowledge.parameters",
    "Check": "checks.problem",
    "Document": "document",
    "DocumentDate": "facts.masthead",
    "Finding": "finding",
    "FixWords": "checks.problem",
    "Lexicon": "language.lexicon",
    "Masthead": "facts.masthead",
    "Passage": "structure",
    "Problem": "checks.problem",
    "Related": "checks.problem",
    "Run": "reporters.run",
    "Session": "facts.meetings",
    "Source": "document",
    "Span": "document",
    "Structure": "structure",
    "Symbol": "language.symbols",
    "Title": "facts.masthead",
    "check": "checks.problem",
    "hookimpl": "hookspecs",
}


def lint_text(
    text: str,
    *,
    path: str = "<text>.md",
    language: str | None = None,
    stage: str = "review",
    message_language: str = "en",
) -> tuple[Finding, ...]:
    """The findings of one draft given as text; ``path`` names it in the findings and its suffix says the format.

    Raises:
        reportlint.options.SetupError: there is no such language.
        ValueError: there is no such stage.
    """
    from reportlint.assembly import make_rules  # noqa: PLC0415
    from reportlint.knowledge.scales import Stage  # noqa: PLC0415
    from reportlint.options import Options  # noqa: PLC0415
    from reportlint.runner.checking import check_text  # noqa: PLC0415
    from reportlint.runner.inputs import suffix_of  # noqa: PLC0415

    rules = make_rules(Options(Stage(stage), language=language, message_language=message_language))
    return check_text(text, path, suffix_of(path, rules.readers), rules).findings


def lint_path(
    path: str | Path, *, language: str | None = None, stage: str = "review", message_language: str = "en"
) -> tuple[Finding, ...]:
    """The findings of one file, or of all drafts in a folder. A file that cannot be read is a finding (RPL004).

    Raises:
        reportlint.options.SetupError: there is no such language.
        ValueError: there is no such stage.
    """
    from reportlint.assembly import make_rules  # noqa: PLC0415
    from reportlint.knowledge.scales import Stage  # noqa: PLC0415
    from reportlint.options import Options  # noqa: PLC0415
    from reportlint.runner import Everywhere, check_paths  # noqa: PLC0415

    rules = make_rules(Options(Stage(stage), language=language, message_language=message_language))
    return check_paths([str(path)], Everywhere(rules)).findings


def __getattr__(name: str) -> Any:
    # Importing the package must stay cheap: a pre-commit hook starts it for every commit.
    if name in _EXPORTS:
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module(f"reportlint.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
