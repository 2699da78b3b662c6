"""One draft through its rules, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from reportlint.document import Draft, Part, Source
from reportlint.engine.linting import Outcome, lint, stopped, unreadable
from reportlint.engine.rules import Rules
from reportlint.errors import UnreadableInput
from reportlint.facts.masthead import DocumentKind
from reportlint.finding import Finding
from reportlint.report import FileReport, FileState


class Task(NamedTuple):
    """A draft and the rules for it."""

    draft: Draft
    rules: Rules

    @property
    def size(self) -> int:
        """Its length: bytes, or characters of a text that came decoded."""
        return sum(len(part.data) for part in self.draft.parts)


class Checked(NamedTuple):
    """What came of a draft, with the findings in all its parts.

    ``until`` is the last day on which the same would come of it: waivers expire.
    """

    state: FileState
    language: str | None = None
    findings: tuple[Finding, ...] = ()
    until: date | None = None


def check_draft(draft: Draft, rules: Rules) -> Checked:
    """Check the parts of a draft as one document. Whatever is wrong with one of them is a finding."""
    sources: list[Source] = []
    wrong: dict[str, Finding] = {}
    for part in draft.parts:
        try:
            sources.append(part.source())
        except UnreadableInput as error:
            wrong[part.path] = unreadable(part.path, str(error), rules)
        except Exception as error:  # a draft must not take the others with it
            wrong[part.path] = stopped(part.path, error, rules)
    if wrong:
        # Rules would report what only the missing part says.
        return failed(wrong.get(part.path) or _left_alone(part, rules) for part in draft.parts)
    try:
        return _checked(lint(draft.read(sources), rules))
    except Exception as error:
        return failed(stopped(part.path, error, rules) for part in draft.parts)


def failed(findings: Iterable[Finding]) -> Checked:
    """What comes of a draft that cannot be checked, with the findings that say so."""
    return Checked(FileState.UNREADABLE, findings=tuple(findings))


def _left_alone(part: Part, rules: Rules) -> Finding:
    return unreadable(part.path, "another part of its report cannot be read", rules)


def _checked(outcome: Outcome) -> Checked:
    return Checked(_state(outcome), outcome.language, outcome.findings, outcome.until)


def _state(outcome: Outcome) -> FileState:
    if outcome.kind is DocumentKind.NOT_UN:
        return FileState.NOT_UN
    return FileState.NO_LANGUAGE if outcome.language is None else FileState.CHECKED


def reports(draft: Draft, checked: Checked, rules: Rules) -> Iterator[FileReport]:
    """The reports of the parts of a draft; each finding is that of the file it stands in."""
    for part in draft.parts:
        own = tuple(one for one in checked.findings if one.place.path == part.path)
        yield FileReport(part.path, checked.state, rules, checked.language, own, draft)


def check_text(text: str, path: str, suffix: str, rules: Rules) -> FileReport:
    """Check a text already decoded, read as a file with that suffix would be."""
    draft = Draft((Part(path, suffix, text),), rules.readers)
    return next(reports(draft, check_draft(draft, rules), rules))
