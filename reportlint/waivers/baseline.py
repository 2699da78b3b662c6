"""The baseline: findings that are known and do not count, by the words they mark."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reportlint.config.config_file import relative
from reportlint.engine.finding_writer import file_finding
from reportlint.engine.rules import Rules
from reportlint.errors import DataError, Message, Mistake, message
from reportlint.files import Protected, locked, write_guarded
from reportlint.finding import Finding, SuppressedBy, Suppression, WaiverPlace
from reportlint.knowledge.data_file import DataFile
from reportlint.report import FileReport, FileState, Run
from reportlint.waivers.suppression import UNUSED, Suppressions, is_waivable, suppressing

if TYPE_CHECKING:
    from reportlint.waivers.renames import Mark, Paths


class Baseline(NamedTuple):
    """The fingerprints in a baseline, by draft and code, and its text; nothing if it has ``mistakes``."""

    findings: Mapping[str, Mapping[str, Iterable[str]]]
    text: str = ""
    mistakes: tuple[Mistake, ...] = ()


class AppliedBaselines(NamedTuple):
    """A run with the findings that baselines suppress.

    ``mistakes`` are those in the baselines, ``gone`` are the paths that are gone in each, and ``suppressions`` is what
    suppresses findings of each file of the run, by its index. A baseline with a mistake suppresses nothing.
    """

    run: Run
    mistakes: list[Mistake]
    gone: Mapping[str, Paths]
    suppressions: Mapping[int, Suppressions]


def apply_baseline(run: Run, folders: Collection[str], path: str | None = None) -> AppliedBaselines:
    """Suppress the findings of a run that are in the baseline.

    Args:
        run: the run.
        folders: the folders that were checked.
        path: the baseline; ``None``: the one configured for each file.
    """
    by_baseline: dict[str, list[int]] = {}
    for index, rules in enumerate(run.files.rules):
        if baseline := path or baseline_of(rules):
            by_baseline.setdefault(baseline, []).append(index)
    added: list[FileReport] = []
    mistakes: list[Mistake] = []
    gone: dict[str, Paths] = {}
    suppressions: dict[int, Suppressions] = {}
    for baseline, indexes in by_baseline.items():
        from reportlint.waivers.renames import paths_gone  # noqa: PLC0415 - few runs have a baseline

        known = read_baseline(baseline)
        mistakes += known.mistakes
        folder = os.path.dirname(baseline)
        marks = {name: [*_marks(codes)] for name, codes in known.findings.items()}
        drafts = (run.files[index] for index in indexes)
        gone[baseline] = paths_gone(marks, drafts, folder, None if run.is_shard else folders)
        former = {new: old for old, new in gone[baseline].renamed.items()}
        for index in indexes:
            name = relative(run.files.paths[index], folder)
            if codes := known.findings.get(former.get(name, name)):
                suppressions[index] = suppressions_of(codes, baseline)
        if orphans := _orphans(known, gone[baseline].orphans, baseline, run.rules):
            added.append(FileReport(baseline, FileState.WAIVERS, run.rules, findings=orphans))
    files = run.files.changed(suppressing(suppressions)).with_added(added)
    return AppliedBaselines(replace(run, files=files), mistakes, gone, suppressions)


def suppressions_of(codes: Mapping[str, Iterable[str]], baseline: str) -> Suppressions:
    """Return what the entries for one draft in a baseline suppress."""
    return dict.fromkeys(_marks(codes), Suppression(SuppressedBy.BASELINE, place=WaiverPlace(baseline)))


def _marks(codes: Mapping[str, Iterable[str]]) -> Iterator[Mark]:
    return ((code, fingerprint) for code, fingerprints in codes.items() for fingerprint in fingerprints)


def _orphans(known: Baseline, paths: Collection[str], baseline: str, rules: Rules) -> tuple[Finding, ...]:
    """Return the findings about the paths in a baseline that lead to no draft, unless their rule is off."""
    severity = rules.severities.get(UNUSED)
    if not severity or not paths:
        return ()
    from reportlint.knowledge.yamlfile import parse_yaml  # noqa: PLC0415 - few baselines have such paths

    placed = parse_yaml(known.text, baseline)
    places = sorted((placed.key_place(("findings", path)), path) for path in paths)
    return tuple(
        file_finding(rules, UNUSED, baseline, {"path": path}, variant="known_gone", severity=severity, at=place)
        for place, path in places
    )


def baseline_of(rules: Rules) -> str | None:
    """Return the configured baseline, if there is one."""
    return str(rules.options.baseline) if rules.options.baseline else None


def read_baseline(path: str) -> Baseline:
    """Return the content of a baseline."""
    try:
        with open(path, encoding="utf-8-sig") as opened:
            text = opened.read()
        data = json.loads(text)
    except OSError as error:
        return Baseline({}, mistakes=(Mistake(path, 1, 1, f"the baseline cannot be read: {error.strerror}"),))
    except json.JSONDecodeError as error:
        return Baseline({}, mistakes=(Mistake(path, error.lineno, error.colno, f"not a baseline: {error.msg}"),))
    except (ValueError, RecursionError) as error:
        return Baseline({}, mistakes=(Mistake(path, 1, 1, f"not a baseline: {error}"),))
    from reportlint.knowledge.declared import read_declared  # noqa: PLC0415 - few runs have a baseline
    from reportlint.waivers.shapes import BaselineShape  # noqa: PLC0415

    shape, mistakes = read_declared(BaselineShape, DataFile(path, data))
    if not mistakes:
        return Baseline(shape.findings, text)
    from reportlint.knowledge.yamlfile import parse_yaml  # noqa: PLC0415 - few baselines are invalid

    placed = parse_yaml(text, path)  # JSON is read as YAML, for the places of the mistakes
    if not placed.mistakes:
        _, mistakes = read_declared(BaselineShape, placed)
    hint = "write a new one with --write-baseline"
    return Baseline({}, mistakes=tuple(
        mistake._replace(message=f"not a baseline: {mistake.message}; {hint}") for mistake in mistakes
    ))  # fmt: skip


def is_baseline(text: str) -> bool:
    """Return whether the text of a file is a baseline, of any version."""
    from reportlint.knowledge.declared import read_declared  # noqa: PLC0415 - few runs write a baseline
    from reportlint.waivers.shapes import AnyBaselineShape  # noqa: PLC0415

    try:
        return not read_declared(AnyBaselineShape, DataFile("", json.loads(text)))[1]
    except (ValueError, RecursionError):
        return False


def write_baseline(run: Run, path: str, protected: Protected) -> Message:
    """Write the findings of a run that can be waived, and are not, as its baseline; return a message for the user.

    Findings are identified by their words. A fingerprint also counts equal findings, so an additional one is new.

    Raises:
        SetupError: the file is protected or another kind of file, or cannot be written.
    """
    folder, count = os.path.dirname(path), 0
    files: dict[str, dict[str, list[str]]] = {}
    for file in run.files:
        for finding in file.shown:
            if is_waivable(finding.code):
                new = [problem.fingerprint for problem in finding.problems if not problem.suppression]
                codes = files.setdefault(relative(file.path, folder), {})
                codes.setdefault(finding.code, []).extend(new)
                count += len(new)
    _write(path, files, protected)
    return message("{path}: {count} findings recorded as known", path=path, count=count)


def prune_baseline(path: str, gone: Paths, protected: Protected) -> int:
    """Write the paths of renamed drafts into a baseline and remove the orphans; return the number of paths removed.

    Raises:
        DataError: the file is not a baseline.
        SetupError: the file is protected or cannot be written.
    """
    with locked(path):
        known = read_baseline(path)
        if known.mistakes:
            raise DataError(known.mistakes)
        kept = {name: codes for name, codes in known.findings.items() if name not in gone.orphans}
        renamed = {gone.renamed.get(name, name): codes for name, codes in kept.items()}
        if renamed != known.findings:
            _write(path, renamed, protected)
    return len(known.findings) - len(kept)


def _write(path: str, findings: Mapping[str, Mapping[str, Iterable[str]]], protected: Protected) -> None:
    from reportlint.waivers.shapes import BASELINE_VERSION  # noqa: PLC0415 - few runs write a baseline

    data = {"schema": BASELINE_VERSION, "findings": findings}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_guarded(path, text, is_baseline, protected)
