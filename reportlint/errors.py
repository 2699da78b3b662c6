"""The exceptions that callers of reportlint may catch, and the mistakes that a data error lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class ReportlintError(Exception):
    """The base class of reportlint's exceptions."""


class Mistake(NamedTuple):
    """A mistake in a rule data or configuration file. ``line`` and ``column`` are 1-based."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class DataError(ReportlintError):
    """Rule data or a configuration is invalid. ``mistakes`` lists every mistake."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


class SetupError(ReportlintError):
    """A request cannot be carried out: an unknown code, a check whose facts are missing, an unwritable file."""


class UnreadableInput(ReportlintError):
    """An input cannot be opened or decoded as text. The message names the place and the reason."""
