"""Named single edits of the clean examples, and what the linter makes of them (format: ``edits/README.md``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from drafts import EXAMPLES, ROOT, check, lines_of, new_findings

from reportlint.finding import Finding
from reportlint.knowledge.rulebook import read_data
from reportlint.report import FileReport

FOLDER = ROOT / "tests" / "edits"
LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Edit:
    """One replacement in a clean draft; ``code`` is the rule that must speak, ``None`` for a legitimate edit.

    ``at`` are words on the line where the finding is expected (default: the edited lines).
    """

    language: str
    name: str
    draft: str
    code: str | None
    old: str
    new: str
    at: str | None

    @property
    def fault_class(self) -> str:
        """The kind of fault: the name without the draft's hint in brackets."""
        return self.name.split(" (")[0]


@dataclass(frozen=True)
class Outcome:
    """The findings that an edit adds, and the lines where one is expected."""

    edit: Edit
    findings: tuple[Finding, ...]
    lines: frozenset[int]

    @property
    def found(self) -> bool:
        return any(finding.code == self.edit.code for finding in self.findings)

    @property
    def exact(self) -> bool:
        """Whether the fault gives one finding and no other."""
        return self.found and len(self.findings) == 1

    @property
    def placed(self) -> bool:
        """Whether the finding, or a place related to it, stands where the fault is."""
        return any(finding.code == self.edit.code and lines_of(finding) & self.lines for finding in self.findings)


@cache
def edits(language: str) -> tuple[Edit, ...]:
    """All edits of one language, in the order of their files."""
    return tuple(
        Edit(language, one["name"], one["draft"], one.get("code"), one["replace"], one["with"], one.get("at"))
        for path in sorted((FOLDER / language).glob("*.yaml"))
        for one in read_data(path)
    )


@cache
def clean(draft: str) -> tuple[str, FileReport]:
    """A clean example and what the linter says of it."""
    text = (EXAMPLES / draft).read_text(encoding="utf-8")
    return text, check(text, draft)


def outcome(edit: Edit) -> Outcome:
    """Check the edited draft.

    Raises:
        ValueError: the words to replace do not stand in the draft exactly once.
    """
    before, report = clean(edit.draft)
    if before.count(edit.old) != 1:
        raise ValueError(f"“{edit.name}”: the words to replace stand {before.count(edit.old)} times in {edit.draft}")
    text = before.replace(edit.old, edit.new)
    start = text.index(edit.at) if edit.at else before.index(edit.old)
    end = start + len(edit.at or edit.new)
    lines = range(text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 2)
    return Outcome(edit, tuple(new_findings(report, check(text, edit.draft))), frozenset(lines))


@dataclass(frozen=True)
class Recall:
    """How many faults were found, found once and nothing else, found in place."""

    edits: int
    found: int
    exact: int
    placed: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Recall:
        all_ = list(outcomes)
        return cls(
            len(all_), sum(one.found for one in all_), sum(one.exact for one in all_), sum(one.placed for one in all_)
        )
