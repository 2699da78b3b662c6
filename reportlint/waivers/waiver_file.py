"""``reportlint-waivers.yaml``: waivers for texts that may carry no comments, by the fingerprints of findings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from reportlint.config.configuration import relative
from reportlint.errors import DataError
from reportlint.files import write_text
from reportlint.finding import Applicability, Edit, Finding, Fix
from reportlint.knowledge.yamlfile import read_yaml

FILE_NAME = "reportlint-waivers.yaml"
_REQUIRED = ("path", "code", "fingerprint")
_KEYS = (*_REQUIRED, "paragraph", "reason", "until")
_HEAD = "# Findings that are waived, each with its reason. Written by: reportlint check --add-waivers\n"


class WaiverEntry(NamedTuple):
    """One waiver of a file; ``at`` are its line and column, and ``removal`` takes it out.

    ``path`` is that of the draft, as seen from the file's folder.
    """

    path: str
    code: str
    fingerprint: str
    reason: str
    until: date | None
    at: tuple[int, int]
    removal: Fix

    def has_expired(self, today: date) -> bool:
        return self.until is not None and self.until < today


class MalformedEntry(NamedTuple):
    """What is wrong with an entry: which message, and the word in question."""

    variant: str
    word: str
    at: tuple[int, int]
    removal: Fix


class WaiverFile(NamedTuple):
    path: str
    entries: tuple[WaiverEntry, ...] = ()
    faults: tuple[MalformedEntry, ...] = ()

    def entries_for(self, path: str) -> list[WaiverEntry]:
        """The entries about a draft."""
        name = relative(path, os.path.dirname(self.path))
        return [one for one in self.entries if one.path == name]


def read_waiver_file(path: str) -> WaiverFile:
    """Read a file of waivers; one that does not exist has none.

    Raises:
        DataError: it is not YAML, or no list.
    """
    if not os.path.isfile(path):
        return WaiverFile(path)
    file = read_yaml(Path(path), path)
    if not file.mistakes and not isinstance(file.value, list | None):
        file.mistakes.append(file.mistake((), "a list of waivers is expected"))
    if file.mistakes:
        raise DataError(file.mistakes)
    entries: list[WaiverEntry] = []
    faults: list[MalformedEntry] = []
    values = file.value or []
    lines = [file.places[index,][0] for index in range(len(values))]
    for index, value in enumerate(values):
        next_line = lines[index + 1] if index + 1 < len(lines) else file.lines + 1
        removal = Fix(Applicability.SAFE, (Edit(lines[index], 1, next_line, 1, ""),))
        wrong = [
            MalformedEntry(variant, word, file.places.get((index, word), file.places[index,]), removal)
            for variant, word in _wrong(value)
        ]
        if wrong:
            faults += wrong
        else:
            entries.append(_entry(value, file.places[index,], removal))
    return WaiverFile(path, tuple(entries), tuple(faults))


def _wrong(value: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry, as (message, word)."""
    if not isinstance(value, Mapping):
        value = {}
    for key, one in value.items():
        if key not in _KEYS or not isinstance(one, str | int | None):
            yield "unclear", key
    for key in _REQUIRED:
        if not value.get(key):
            yield "missing", key
    until = value.get("until")
    if until and _day(until) is None:
        yield "date", str(until)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _entry(value: Mapping[str, Any], at: tuple[int, int], removal: Fix) -> WaiverEntry:
    path, code, fingerprint = (str(value[key]) for key in _REQUIRED)
    return WaiverEntry(path, code, fingerprint, str(value.get("reason") or ""), _day(value.get("until")), at, removal)


def add_waivers(path: str, findings: Iterable[Finding], reason: str) -> int:
    """Write waivers for findings at the end of a file, which need not exist; returns how many.

    Raises:
        DataError: the file is not as it should be.
        SetupError: it cannot be written.
    """
    import yaml  # noqa: PLC0415 (slow, and needed only here)

    entries = [
        {
            "path": relative(one.place.path, os.path.dirname(path)),
            "code": one.code,
            "fingerprint": one.fingerprint,
            "paragraph": one.place.where,
            "reason": reason,
        }
        for one in findings
    ]
    if not entries:
        return 0
    old = read_yaml(Path(path), path) if os.path.isfile(path) else None
    before, margin = _HEAD, 0
    if old and old.value:
        before = Path(path).read_text(encoding="utf-8").rstrip("\n") + "\n"
        margin = old.places[()][1] - 1
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=10**9)
    new = "".join(" " * margin + line + "\n" for line in text.splitlines())
    write_text(path, before + new)
    return len(entries)
