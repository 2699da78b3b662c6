"""The exceptions that users of reportlint may catch, and the mistakes that a data error lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class ReportlintError(Exception):
    """The base of every exception that reportlint raises on purpose."""


class Mistake(NamedTuple):
    """One mistake in a data or configuration file: its place (line and column, 1-based) and what is wrong."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class DataError(ReportlintError):
    """Rule data or configuration that cannot be used. ``mistakes`` lists every mistake."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


class SetupError(ReportlintError):
    """The request cannot be carried out: an unknown code, a check without its facts, a file that cannot be written."""


class UnreadableInput(ReportlintError):
    """The input is not text: it cannot be opened or decoded. The message says where and why."""
