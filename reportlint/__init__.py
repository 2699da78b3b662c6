"""reportlint: finds what makes a United Nations report go back for correction before it is published.

What this module exports is public and versioned by ``API_VERSION``; everything else is private.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.finding import Finding
    from reportlint.hookspecs import hookimpl
    from reportlint.language.symbols import Symbol

__version__ = "0.1.0"
API_VERSION = 1
__all__ = ["API_VERSION", "Document", "Finding", "Symbol", "hookimpl", "lint_path", "lint_text"]

_EXPORTS = {
    "Document": "reportlint.document",
    "Finding": "reportlint.finding",
    "Symbol": "reportlint.language.symbols",
    "hookimpl": "reportlint.hookspecs",
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
    from reportlint.document import Source  # noqa: PLC0415
    from reportlint.knowledge.scales import Stage  # noqa: PLC0415
    from reportlint.options import Options  # noqa: PLC0415
    from reportlint.runner import check_source, make_rules, suffix_of  # noqa: PLC0415

    rules = make_rules(Options(Stage(stage), language=language, message_language=message_language))
    return check_source(Source.from_text(text, path), suffix_of(path, rules), rules).findings


def lint_path(
    path: str | Path, *, language: str | None = None, stage: str = "review", message_language: str = "en"
) -> tuple[Finding, ...]:
    """The findings of one file, or of all drafts in a folder. A file that cannot be read is a finding (RPL004).

    Raises:
        reportlint.options.SetupError: there is no such language.
        ValueError: there is no such stage.
    """
    from reportlint.knowledge.scales import Stage  # noqa: PLC0415
    from reportlint.options import Options  # noqa: PLC0415
    from reportlint.runner import Everywhere, check_paths, make_rules  # noqa: PLC0415

    rules = make_rules(Options(Stage(stage), language=language, message_language=message_language))
    return check_paths([str(path)], Everywhere(rules)).findings


def __getattr__(name: str) -> Any:
    # Importing the package must stay cheap: a pre-commit hook starts it for every commit.
    if name in _EXPORTS:
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module(_EXPORTS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
