"""Apply the fixes of a draft until nothing changes. A fix that would create a finding is not applied."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from reportlint.document import Draft, Position, Source, Span
from reportlint.finding import Applicability, Finding, Place
from reportlint.fixes.part_bytes import encoded_like
from reportlint.fixes.text_edits import TextEdit, before_edits, conflict, text_edit
from reportlint.report import FileReport, FileState

ROUNDS = 10
Check = Callable[[Draft], Sequence[FileReport]]
"""Returns the report of each part of a draft, with suppressed findings marked."""


class Refusal(NamedTuple):
    """A finding whose fix was not applied, and the code of the first finding that it would create.

    The code is empty if the draft could not be checked with the fix.
    """

    finding: Finding
    created: str


class FixedDraft(NamedTuple):
    """The result of fixing a draft.

    ``files`` are the reports of its parts, as they are now; ``fixed`` the number of fixes applied in each file, by
    path. Files without a fix are not among them. ``is_finished`` is false if the last round still changed something.
    """

    files: tuple[FileReport, ...]
    fixed: Mapping[str, int]
    refused: tuple[Refusal, ...] = ()
    is_finished: bool = True


def fix_draft(files: Sequence[FileReport], check: Check, grades: Collection[Applicability]) -> FixedDraft:
    """Apply the fixes of a draft: those of its findings that are not suppressed, if their grade is among ``grades``.

    Fixes that do not overlap are applied together, in the order of the text, and the draft is checked again, at most
    ``ROUNDS`` times. All edits of a fix are made, or none.

    Args:
        files: the reports of all parts of the draft.
        check: checks a draft.
        grades: the grades of the fixes to apply.
    """
    fixed: dict[str, int] = {}
    state = _State(tuple(files))
    refused: tuple[Refusal, ...] = ()
    for _ in range(ROUNDS):
        attempt = _Attempt(state, check, [], state)
        refused = tuple(attempt.add_all(state.candidates(grades)))
        if not attempt.applied:
            break
        for candidate in attempt.applied:
            path = candidate.finding.place.path
            fixed[path] = fixed.get(path, 0) + 1
        state = attempt.result
    else:
        return FixedDraft(state.files, fixed, refused, is_finished=False)
    return FixedDraft(state.files, fixed, refused)


class _Candidate(NamedTuple):
    """A finding with the edits of its fix, by the path of the file that each changes."""

    finding: Finding
    edits: tuple[tuple[str, TextEdit], ...]


@dataclass(frozen=True)
class _State:
    """The parts of a draft with their findings."""

    files: tuple[FileReport, ...]

    @cached_property
    def draft(self) -> Draft:
        (draft,) = {file.draft and file.draft.parts[0].path: file.draft for file in self.files}.values()
        assert draft is not None
        return draft

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {part.path: part.source() for part in self.draft.parts}

    @property
    def findings(self) -> list[Finding]:
        found = (finding for file in self.files for finding in file.shown if finding.place.path in self.sources)
        return sorted(found, key=lambda finding: finding.sort_key)

    def candidates(self, grades: Collection[Applicability]) -> Iterator[_Candidate]:
        """Yield the fixes that change something, in this draft only."""
        for finding in self.findings:
            fix = finding.fix
            if (
                fix is None
                or fix.applicability not in grades
                or any(edit.path not in self.sources for edit in fix.edits)
            ):
                continue
            edits = [(edit.path, text_edit(edit, self.sources[edit.path])) for edit in fix.edits]
            changing = [
                (path, edit) for path, edit in edits if self.sources[path].original[edit.start : edit.end] != edit.text
            ]
            if changing:
                yield _Candidate(finding, tuple(changing))

    def compatible(self, candidates: Iterable[_Candidate], applied: Iterable[_Candidate]) -> list[_Candidate]:
        """Return the candidates that overlap none before them, and none of those applied."""
        taken = self.edits_by_path(applied)
        chosen = []
        for candidate in candidates:
            if any(conflict(edit, taken[path]) for path, edit in candidate.edits):
                continue
            chosen.append(candidate)
            for path, edit in candidate.edits:
                taken[path].append(edit)
        return chosen

    def with_edits(self, candidates: Iterable[_Candidate], check: Check) -> _State:
        """Return the draft with the edits of these candidates."""
        edits = self.edits_by_path(candidates)
        parts = tuple(
            replace(part, data=encoded_like(part.data, self.sources[part.path], edits[part.path]))
            for part in self.draft.parts
        )
        return _State(tuple(check(Draft(parts, self.draft.readers))))

    def edits_by_path(self, candidates: Iterable[_Candidate]) -> dict[str, list[TextEdit]]:
        edits: dict[str, list[TextEdit]] = {path: [] for path in self.sources}
        for candidate in candidates:
            for path, edit in candidate.edits:
                edits[path].append(edit)
        return edits

    def created_by(self, candidates: Sequence[_Candidate], after: _State) -> Iterator[str]:
        """Yield the codes of the findings of ``after`` that are new: neither at a known place, nor of known words.

        If the draft is not checked any more, the code is empty.
        """
        if not after.is_checked:
            yield ""
            return
        edits = self.edits_by_path(candidates)
        known = dict(enumerate(self.spots()))
        left = [*after.spots()]
        for is_same in (_Spot.is_at, _Spot.has_words):
            remaining = []
            for spot in left:
                at = spot._replace(span=before_edits(spot.span, edits[spot.path]))
                match = next((index for index, other in known.items() if is_same(at, other)), None)
                if match is None:
                    remaining.append(spot)
                else:
                    del known[match]
            left = remaining
        yield from (spot.code for spot in left)

    def spots(self) -> Iterator[_Spot]:
        """Yield the place of every problem that is not suppressed, listed or not."""
        for finding in self.findings:
            for problem in finding.problems:
                if not problem.suppression:
                    yield _Spot.of(finding.code, problem.place, self.sources)

    @property
    def is_checked(self) -> bool:
        return all(file.state is FileState.CHECKED for file in self.files)


class _Spot(NamedTuple):
    """A finding, for comparison: its rule, its range in the text of a file, and the words there."""

    code: str
    path: str
    span: Span
    words: str

    @classmethod
    def of(cls, code: str, place: Place, sources: Mapping[str, Source]) -> _Spot:
        source = sources[place.path]
        start = source.original_offset(Position(place.line, place.column))
        end = source.original_offset(Position(place.end_line, place.end_column))
        return cls(code, place.path, Span(start, end), " ".join(source.original[start:end].split()))

    def is_at(self, other: _Spot) -> bool:
        return (self.code, self.path) == (other.code, other.path) and (
            self.span.start <= other.span.end and other.span.start <= self.span.end
        )

    def has_words(self, other: _Spot) -> bool:
        return (self.code, self.words) == (other.code, other.words)


@dataclass
class _Attempt:
    """The candidates of one round that were applied together, and the draft with them."""

    state: _State
    check: Check
    applied: list[_Candidate]
    result: _State

    def add_all(self, candidates: Iterable[_Candidate]) -> Iterator[Refusal]:
        """Apply candidates that do not overlap. One that overlaps a refused one takes its place."""
        waiting = list(candidates)
        while chosen := self.state.compatible(waiting, self.applied):
            yield from self.add(chosen)
            waiting = [candidate for candidate in waiting if candidate not in chosen]

    def add(self, candidates: Sequence[_Candidate]) -> Iterator[Refusal]:
        """Apply candidates unless they create findings. Those that do are found by halving, and yielded."""
        if not candidates:
            return
        together = [*self.applied, *candidates]
        result = self.state.with_edits(together, self.check)
        created = next(self.state.created_by(together, result), None)
        if created is None:
            self.applied, self.result = together, result
        elif len(candidates) == 1:
            yield Refusal(candidates[0].finding, created)
        else:
            middle = len(candidates) // 2
            yield from self.add(candidates[:middle])
            yield from self.add(candidates[middle:])
