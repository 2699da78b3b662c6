"""Fixing drafts given as text, as ``--fix`` does."""

from __future__ import annotations

from drafts import rules_for

from reportlint.document import Draft, Part
from reportlint.finding import Applicability
from reportlint.fixes import FixedDraft, fix_draft
from reportlint.report import FileReport
from reportlint.runner.draft_checking import Task, check_draft, file_reports
from reportlint.runner.inputs import suffix_of

SAFE = frozenset({Applicability.SAFE})
ALL = frozenset({Applicability.SAFE, Applicability.UNSAFE})


def reports_of(draft: Draft, stage: str = "review") -> tuple[FileReport, ...]:
    """Return the reports of the parts of a draft, checked by the default rules."""
    task = Task(draft, rules_for(stage))
    return tuple(file_reports(task, check_draft(draft, task.rules)))


def draft_of(text: str | bytes, path: str) -> Draft:
    """Return a text, or the bytes of a file, as a draft called ``path``."""
    readers = rules_for().readers
    return Draft((Part(path, suffix_of(path, readers), text),), readers)


def fix(text: str | bytes, path: str = "draft.md", grades: frozenset[Applicability] = SAFE) -> FixedDraft:
    """Return a draft with its fixes of these grades applied."""
    return fix_draft(reports_of(draft_of(text, path)), reports_of, grades)


def fixed_text(text: str, path: str = "draft.md", grades: frozenset[Applicability] = SAFE) -> str:
    """Return a text with its fixes of these grades applied."""
    draft = fix(text, path, grades).files[0].draft
    assert draft is not None
    data = draft.parts[0].data
    assert isinstance(data, str)
    return data
