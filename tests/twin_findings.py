"""Compares the findings in a draft with those in the same draft as a Word file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from drafts import EXAMPLES, check, rules_for
from named_edits import LANGUAGES, Edit, edits
from word_drafts import WAYS, Way, is_writable, word_draft

from reportlint.document import Document, Draft, Part, Source
from reportlint.finding import Finding
from reportlint.knowledge.levels import TrackedChanges
from reportlint.readers import decode, format_of, read
from reportlint.report import FileReport
from reportlint.runner.draft_checking import Task, check_draft, file_reports

Places = Counter[tuple[str, str]]
FOUR = {
    "en": ("seed-heritage-not-adopted.en.md", "avalanche-warning.en.md", "dry-stone-walls.en.md",
           "migratory-pollinators.en.txt"),
    "fr": ("navigation-fluviale-non-adopte.fr.md", "phares.fr.md", "moulins-a-maree.fr.md", "oasis.fr.md"),
}  # fmt: skip
"""Four faulty examples of each language."""


@dataclass(frozen=True)
class Comparison:
    """The findings of a draft that its twin has too, those that it lacks, and those that only the twin has.

    A finding is its code and its place as a reader cites it.
    """

    same: int
    missing: Places
    extra: Places

    @property
    def is_equal(self) -> bool:
        return not self.missing and not self.extra


def has_twin(text: str, name: str) -> bool:
    """Return whether Word can have the notes of a draft, so that it has a twin."""
    return is_writable(_document(text, name))


def word_twin(text: str, name: str, way: Way) -> bytes:
    """Return a draft as a Word file; the suffix of ``name`` is that of the draft."""
    return word_draft(_document(text, name), way)


def _document(text: str, name: str) -> Document:
    return read(Source.from_text(text, name), format_of(name) or "text")


def check_word(
    data: bytes, path: str = "draft.docx", stage: str = "review", changes: TrackedChanges = TrackedChanges.ACCEPTED
) -> FileReport:
    """Lint a Word file as if it were the file ``path``."""
    rules = rules_for(stage)
    part = Part(path, ".docx", data, decode=partial(decode, changes=changes))
    task = Task(Draft((part,), rules.readers), rules, frozenset({path}))
    return next(file_reports(task, check_draft(task.draft, rules)))


def compare(expected: Iterable[Finding], found: Iterable[Finding]) -> Comparison:
    """Compare the findings in a draft with those in its twin."""
    before, after = _places(expected), _places(found)
    return Comparison(sum((before & after).values()), before - after, after - before)


def _places(findings: Iterable[Finding]) -> Places:
    """Count the findings by code and place. The number of a line, which is not the same in a twin, is left out."""
    return Counter(
        (finding.code, finding.place.where.replace(str(finding.place.line), "") if not finding.place.paragraph else
         finding.place.where)
        for finding in findings
    )  # fmt: skip


def compare_example(name: str, way: Way) -> Comparison:
    """Compare an example, such as "faulty/phares.fr.md", with its twin."""
    return compare_text((EXAMPLES / name).read_text(encoding="utf-8"), name, [way])[0]


def compare_text(text: str, name: str, ways: Iterable[Way] = WAYS.values()) -> list[Comparison]:
    """Compare a draft with its twin in each way of writing."""
    findings = check(text, name).findings
    return [compare(findings, check_word(word_twin(text, name, way)).findings) for way in ways]


def chosen_edits(count: int) -> Sequence[Edit]:
    """Return named edits, evenly from the lists of all languages."""
    found: list[Edit] = []
    for language in LANGUAGES:
        all_edits = edits(language)
        share = min(count // len(LANGUAGES), len(all_edits))
        found += [all_edits[number * len(all_edits) // share] for number in range(share)]
    return found


def edited(edit: Edit) -> str:
    """Return the draft with the edit in it."""
    return (EXAMPLES / edit.draft).read_text(encoding="utf-8").replace(edit.old, edit.new)
