"""Everything that suppresses findings after a run: waiver files and the baseline, written if requested, and applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from reportlint.errors import DataError, Message, SetupError
from reportlint.files import Protected, refusal
from reportlint.report import Run
from reportlint.waivers.baseline import apply_baseline, is_baseline, read_baseline, write_baseline
from reportlint.waivers.waiver_editing import add_to_waiver_files
from reportlint.waivers.waiver_file import apply_waiver_files, read_waiver_file

WAIVER_FILE = "a waiver file"
BASELINE = "a baseline"


class Outcome(NamedTuple):
    """A run with its suppressed findings, messages about files written, and errors, which fail the run."""

    run: Run
    notes: tuple[Message, ...]
    errors: tuple[str, ...]


def apply_suppression(
    checked: Run, waiver_path: Callable[[str], str], reason: str | None, baseline: str | None, protected: Protected
) -> Outcome:
    """Apply waiver files and the baseline to a run, after writing those requested.

    A file that cannot be read suppresses nothing, and one that cannot be written is left unchanged; the others count.

    Args:
        checked: the run.
        waiver_path: returns the waiver file of a draft.
        reason: the reason for waivers of all remaining findings; ``None``: no waivers are added.
        baseline: the baseline to write; ``None``: the configured one is applied.
        protected: the files that must not be replaced.
    """
    notes: list[Message] = []
    result, mistakes = apply_waiver_files(checked, waiver_path)
    errors = [str(mistake) for mistake in mistakes]
    if reason is not None:
        remaining, failures = (result, []) if baseline else apply_baseline(result)
        if failures:  # known findings must not be waived as well
            errors += [*map(str, failures), "no waivers were added, because a baseline cannot be read"]
        else:
            added, refused = add_to_waiver_files(remaining, waiver_path, reason, _without(protected, WAIVER_FILE))
            notes += added
            errors += refused
            result, _ = apply_waiver_files(checked, waiver_path)
    if baseline:
        try:
            notes.append(write_baseline(result, baseline, _without(protected, BASELINE)))
        except SetupError as error:
            errors.append(str(error))
            baseline = None
    result, failures = apply_baseline(result, baseline)
    return Outcome(result, tuple(notes), tuple(dict.fromkeys([*errors, *map(str, failures)])))


def verify_suppression(waiver_files: Iterable[str], baselines: Iterable[str]) -> None:
    """Verify waiver files and baselines before anything is checked.

    Raises:
        DataError: there are mistakes; the error lists all of them.
    """
    mistakes = [mistake for path in waiver_files for mistake in read_waiver_file(path).mistakes]
    mistakes += [mistake for path in baselines for mistake in read_baseline(path).mistakes]
    if mistakes:
        raise DataError(mistakes)


def refused_baseline(path: str, protected: Protected) -> str:
    """Return why a baseline cannot be written; empty if it can be."""
    return refusal(path, is_baseline, _without(protected, BASELINE))


def _without(protected: Protected, kind: str) -> Protected:
    return {path: its_kind for path, its_kind in protected.items() if its_kind != kind}
