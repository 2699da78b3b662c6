"""The baseline: findings that are known and do not count, by the words they mark."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from reportlint.config.config_file import relative
from reportlint.errors import Message, Mistake, message
from reportlint.files import Protected, write_guarded
from reportlint.finding import SuppressedBy
from reportlint.report import Run
from reportlint.waivers.suppression import is_waivable, suppress

_SCHEMA = 1


class _Baseline(NamedTuple):
    """The fingerprints in a baseline, by draft and code. A baseline with an ``error`` cannot be read: it has none."""

    findings: Mapping[str, Mapping[str, list[str]]]
    error: str = ""


def apply_baseline(run: Run, path: str | None = None) -> tuple[Run, list[str]]:
    """Suppress the findings of a run that are in the baseline: ``path`` or, if it is ``None``, the configured baseline.

    The result also has an error for each baseline that cannot be read, which suppresses nothing.
    """
    read = cache(_read)
    files = []
    errors: dict[str, str] = {}
    for file in run.files:
        configured = file.rules.options.baseline
        baseline = path or (str(configured) if configured else None)
        if baseline is None:
            files.append(file)
            continue
        known, error = read(baseline)
        if error:
            errors[baseline] = error
        codes = known.get(relative(file.path, os.path.dirname(baseline)), {})
        reasons = {(code, fingerprint): "" for code, fingerprints in codes.items() for fingerprint in fingerprints}
        files.append(suppress(file, SuppressedBy.BASELINE, reasons))
    return replace(run, files=tuple(files)), list(errors.values())


def _read(path: str) -> _Baseline:
    try:
        with open(path, encoding="utf-8-sig") as opened:
            data = json.load(opened)
    except OSError as error:
        return _Baseline({}, f"the baseline {path} cannot be read: {error.strerror}")
    except json.JSONDecodeError as error:
        return _Baseline({}, str(Mistake(path, error.lineno, error.colno, f"not a baseline: {error.msg}")))
    except (ValueError, RecursionError) as error:
        return _Baseline({}, str(Mistake(path, 1, 1, f"not a baseline: {error}")))
    if not _is_baseline(data) or data["schema"] != _SCHEMA:
        hint = "not a baseline: remove it and write a new one with --write-baseline"
        return _Baseline({}, str(Mistake(path, 1, 1, hint)))
    return _Baseline(data["findings"])


def is_baseline(text: str) -> bool:
    """Return whether the text of a file is a baseline, of any version."""
    try:
        return _is_baseline(json.loads(text))
    except (ValueError, RecursionError):
        return False


def _is_baseline(data: Any) -> bool:
    files = data.get("findings") if isinstance(data, dict) and isinstance(data.get("schema"), int) else None
    return isinstance(files, dict) and all(
        isinstance(codes, dict) and all(_are_fingerprints(values) for values in codes.values())
        for codes in files.values()
    )


def _are_fingerprints(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


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
    data = {"schema": _SCHEMA, "findings": files}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_guarded(path, text, is_baseline, protected)
    known = "{path}: 1 finding recorded as known" if count == 1 else "{path}: {count} findings recorded as known"
    return message(known, path=path, count=count)
