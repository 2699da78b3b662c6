"""The baseline: findings that are known and do not count, by the words they mark."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from reportlint.config.config_file import relative
from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.errors import Message, SetupError, message
from reportlint.files import write_text
from reportlint.finding import SuppressedBy
from reportlint.report import Run
from reportlint.waivers.suppression import suppress

_SCHEMA = 1


def apply_baseline(run: Run, path: str | None = None) -> Run:
    """Suppress the findings of a run that are in the baseline: ``path`` or, if it is ``None``, the configured baseline.

    Raises:
        SetupError: a baseline cannot be read.
    """
    read = cache(_read)
    files = []
    for file in run.files:
        configured = file.rules.options.baseline
        baseline = path or (str(configured) if configured else None)
        if baseline is None:
            files.append(file)
            continue
        known = read(baseline).get(relative(file.path, os.path.dirname(baseline)), {})
        reasons = {(code, fingerprint): "" for code, fingerprints in known.items() for fingerprint in fingerprints}
        files.append(suppress(file, SuppressedBy.BASELINE, reasons))
    return replace(run, files=tuple(files))


def _read(path: str) -> Mapping[str, Mapping[str, list[str]]]:
    try:
        with open(path, encoding="utf-8") as opened:
            data = json.load(opened)
    except OSError as error:
        raise SetupError(f"the baseline {path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise SetupError(f"{path} is not a baseline: {error}") from None
    files: Any = data.get("findings") if isinstance(data, dict) and data.get("schema") == _SCHEMA else None
    valid = isinstance(files, dict) and all(
        isinstance(codes, dict) and all(_are_fingerprints(values) for values in codes.values())
        for codes in files.values()
    )
    if not valid:
        raise SetupError(f"{path} is not a baseline: write a new one with --write-baseline")
    return files  # type: ignore[no-any-return]


def _are_fingerprints(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def write_baseline(run: Run, path: str) -> Message:
    """Write the findings of a run that are not waived as its baseline; return a message for the user.

    Findings are identified by their words. A fingerprint also counts equal findings, so an additional one is new.

    Raises:
        SetupError: the file cannot be written.
    """
    folder, count = os.path.dirname(path), 0
    files: dict[str, dict[str, list[str]]] = {}
    for file in run.files:
        for finding in file.shown:
            if finding.code not in (CRASHED, UNREADABLE):
                codes = files.setdefault(relative(file.path, folder), {})
                codes.setdefault(finding.code, []).append(finding.fingerprint)
                count += 1
    data = {"schema": _SCHEMA, "findings": files}
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    known = "{path}: 1 finding recorded as known" if count == 1 else "{path}: {count} findings recorded as known"
    return message(known, path=path, count=count)
