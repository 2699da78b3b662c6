"""The exceptions that callers of reportlint may catch, and the mistakes that a data error lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Message(NamedTuple):
    """A message about a file or a run: an English template, which lexicons can translate, and its fields."""

    template: str
    fields: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.template.format_map(dict(self.fields))


def message(template: str, **fields: object) -> Message:
    """Return a message with these fields."""
    return Message(template, tuple(fields.items()))


def system_message(error: Exception) -> Message:
    """Return what the operating system says of an error; lexicons can translate it."""
    reason = getattr(error, "strerror", None)
    return message(reason) if reason and "{" not in reason else message("{reason}", reason=reason or str(error))


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
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        return "\n".join(map(str, self.mistakes))


class SetupError(ReportlintError):
    """A request cannot be carried out: an unknown code, a check whose facts are missing, an unwritable file."""


class UnreadableInput(ReportlintError):
    """The input is not text: it cannot be opened or decoded. ``message`` says why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


def describe(error: BaseException) -> str:
    """Return the type and message of an exception, on one line. The exception may come from a plugin."""
    try:
        text = " ".join(str(error).split())
    except KeyboardInterrupt:
        raise
    except BaseException:  # its class may have a faulty __str__
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
