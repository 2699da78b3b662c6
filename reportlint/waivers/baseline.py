"""The baseline: findings that are known and do not count, by the words they mark."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import NamedTuple

from reportlint.config.config_file import relative
from reportlint.engine.rules import Rules
from reportlint.errors import Message, Mistake, message
from reportlint.files import Protected, write_guarded
from reportlint.finding import SuppressedBy, Suppression, WaiverPlace
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.yamlfile import parse_yaml
from reportlint.report import Run
from reportlint.waivers.suppression import is_waivable, suppress


class Baseline(NamedTuple):
    """The fingerprints in a baseline, by draft and code; none if it has ``mistakes``."""

    findings: Mapping[str, Mapping[str, Iterable[str]]]
    mistakes: tuple[Mistake, ...] = ()


def apply_baseline(run: Run, path: str | None = None) -> tuple[Run, list[Mistake]]:
    """Suppress the findings of a run that are in the baseline: ``path`` or, if it is ``None``, the configured baseline.

    The result also has the mistakes in baselines; a baseline with a mistake suppresses nothing.
    """
    read = cache(read_baseline)
    files = []
    mistakes: dict[str, tuple[Mistake, ...]] = {}
    for file in run.files:
        baseline = path or baseline_of(file.rules)
        if baseline is None:
            files.append(file)
            continue
        known = read(baseline)
        mistakes[baseline] = known.mistakes
        codes = known.findings.get(relative(file.path, os.path.dirname(baseline)), {})
        known_here = Suppression(SuppressedBy.BASELINE, place=WaiverPlace(baseline))
        marks = ((code, fingerprint) for code, fingerprints in codes.items() for fingerprint in fingerprints)
        files.append(suppress(file, dict.fromkeys(marks, known_here)))
    return replace(run, files=tuple(files)), [*chain(*mistakes.values())]


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
        return Baseline({}, (Mistake(path, 1, 1, f"the baseline cannot be read: {error.strerror}"),))
    except json.JSONDecodeError as error:
        return Baseline({}, (Mistake(path, error.lineno, error.colno, f"not a baseline: {error.msg}"),))
    except (ValueError, RecursionError) as error:
        return Baseline({}, (Mistake(path, 1, 1, f"not a baseline: {error}"),))
    from reportlint.knowledge.declared import read_declared  # noqa: PLC0415 - few runs have a baseline
    from reportlint.waivers.shapes import BaselineShape  # noqa: PLC0415

    shape, mistakes = read_declared(BaselineShape, DataFile(path, data))
    if not mistakes:
        return Baseline(shape.findings)
    placed = parse_yaml(text, path)  # JSON is read as YAML, for the places of the mistakes
    if not placed.mistakes:
        _, mistakes = read_declared(BaselineShape, placed)
    hint = "write a new one with --write-baseline"
    return Baseline({}, tuple(
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
                codes = files.setdefault(relative(file.path, folder), {})
                codes.setdefault(finding.code, []).append(finding.fingerprint)
                count += 1
    from reportlint.waivers.shapes import BASELINE_VERSION  # noqa: PLC0415

    data = {"schema": BASELINE_VERSION, "findings": files}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_guarded(path, text, is_baseline, protected)
    return message("{path}: {count} findings recorded as known", path=path, count=count)
