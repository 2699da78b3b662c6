"""Named single edits of the clean examples, and the findings they cause (format: ``edits/README.md``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from drafts import EXAMPLES, NOT_MEASURED, ROOT, check, lines_of, new_findings

from reportlint.finding import Finding
from reportlint.knowledge.rulebook import read_data
from reportlint.report import FileReport

FOLDER = ROOT / "tests" / "edits"
LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Edit:
    """A replacement in a clean draft.

    ``code`` is the rule that must report the edit, or ``None`` for a legitimate edit. ``at`` is text on the line where
    the finding is expected (default: the edited lines). ``fixed`` is the text that a fix restores; ``None`` if no text
    is the only right one.
    """

    language: str
    name: str
    draft: str
    code: str | None
    old: str
    new: str
    at: str | None
    fixed: str | None

    @property
    def fault_class(self) -> str:
        """The class of fault: the name without the hint in brackets that tells the drafts apart."""
        return self.name.split(" (")[0]


@dataclass(frozen=True)
class Outcome:
    """The findings added by an edit, and the lines where the expected finding may be."""

    edit: Edit
    findings: tuple[Finding, ...]
    lines: frozenset[int]

    @property
    def found(self) -> bool:
        """Whether the expected rule reported a finding."""
        return any(finding.code == self.edit.code for finding in self.findings)

    @property
    def exact(self) -> bool:
        """Whether the edit caused the expected finding and no other."""
        return self.found and len(self.findings) == 1

    @property
    def placed(self) -> bool:
        """Whether the expected finding, or one of its related places, is on the expected lines."""
        return any(finding.code == self.edit.code and lines_of(finding) & self.lines for finding in self.findings)


@cache
def edits(language: str) -> tuple[Edit, ...]:
    """Return all edits of one language, in the order of their files."""
    return tuple(
        Edit(
            language=language,
            name=entry["name"],
            draft=entry["draft"],
            code=entry.get("code"),
            old=entry["replace"],
            new=entry["with"],
            at=entry.get("at"),
            fixed=entry.get("fixed", entry["replace"]),
        )
        for path in sorted((FOLDER / language).glob("*.yaml"))
        for entry in read_data(path)
    )


@cache
def clean(draft: str) -> tuple[str, FileReport]:
    """Return the text of a clean example and its report."""
    text = (EXAMPLES / draft).read_text(encoding="utf-8")
    return text, check(text, draft)


def outcome(edit: Edit) -> Outcome:
    """Lint the edited draft.

    Raises:
        ValueError: The text to replace does not occur exactly once in the draft.
    """
    before, report = clean(edit.draft)
    if before.count(edit.old) != 1:
        raise ValueError(f"“{edit.name}”: the text to replace occurs {before.count(edit.old)} times in {edit.draft}")
    text = before.replace(edit.old, edit.new)
    start = text.index(edit.at) if edit.at else before.index(edit.old)
    end = start + len(edit.at or edit.new)
    lines = range(text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 2)
    findings = new_findings(report, check(text, edit.draft))
    counted = tuple(finding for finding in findings if finding.code not in NOT_MEASURED - {edit.code})
    return Outcome(edit, counted, frozenset(lines))


@dataclass(frozen=True)
class Recall:
    """The numbers of edits, and of those found, found without other findings, and found in the right place."""

    edits: int
    found: int
    exact: int
    placed: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Recall:
        results = list(outcomes)
        return cls(
            len(results),
            sum(result.found for result in results),
            sum(result.exact for result in results),
            sum(result.placed for result in results),
        )
