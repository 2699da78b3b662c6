"""Keeps the reports of a run: a few in memory, those of a long run in a temporary file."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import fields
from typing import IO, Any

from reportlint.document import Draft, Part
from reportlint.engine.rules import Rules
from reportlint.errors import SetupError
from reportlint.report import FileReport, Reports

_HELD = 16
"""The number of reports of a run up to which they stay in memory."""
_NOWHERE = -1
_STORED = tuple(field.name for field in fields(FileReport) if field.name not in ("rules", "draft"))


class ReportSpool:
    """The reports of a run, in the order in which they are added.

    Args:
        keeps_text: whether the reports keep their drafts, for outputs that show their text.
    """

    def __init__(self, *, keeps_text: bool) -> None:
        self._keeps_text = keeps_text
        self._paths: list[str] = []
        self._rules: list[Rules] = []
        self._held: list[FileReport] = []
        self._file: IO[bytes] | None = None
        self._positions = array("q")
        self._unstorable: dict[int, FileReport] = {}
        self._last_read: tuple[int, Draft] | None = None

    def add(self, reports: Sequence[FileReport]) -> None:
        """Keep the reports of all parts of a draft.

        Raises:
            SetupError: the temporary file cannot be written.
        """
        if not self._keeps_text:
            reports = [report.without_text() for report in reports]
        self._paths += [report.path for report in reports]
        self._rules += [report.rules for report in reports]
        self._held += reports
        if self._file is None and len(self._held) <= _HELD:
            return
        import tempfile  # noqa: PLC0415 - it takes long, and most runs are short

        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile("w+b", prefix="reportlint-")  # noqa: SIM115
            self._store()
        except OSError as error:
            folder = tempfile.gettempdir()
            raise SetupError(f"a temporary file in {folder} cannot be written: {error.strerror}") from None

    def reports(self) -> Reports:
        """Return all reports, in the order of their paths."""
        if self._file is None:
            return Reports.of(self._held)
        self._file.flush()
        order = array("q", sorted(range(len(self._paths)), key=self._paths.__getitem__))
        return Reports(
            [self._paths[index] for index in order],
            [self._rules[index] for index in order],
            lambda number: self._read(order[number]),
        )

    def _store(self) -> None:
        """Move the reports that are in memory to the file."""
        drafts: dict[int, int] = {}
        for report in self._held:
            draft = report.draft
            if draft and id(draft) not in drafts:
                drafts[id(draft)] = self._write(draft.parts)
            position = drafts[id(draft)] if draft else _NOWHERE
            values = [getattr(report, name) for name in _STORED]
            if (draft and position == _NOWHERE) or (stored := self._write((position, values))) == _NOWHERE:
                self._unstorable[len(self._positions)] = report
                stored = _NOWHERE
            self._positions.append(stored)
        self._held.clear()

    def _write(self, value: Any) -> int:
        """Write a value and return its position; ``_NOWHERE`` if a plugin has put something into it that has no form.

        Raises:
            OSError: the file cannot be written.
        """
        import pickle  # noqa: PLC0415 - short runs do not need it

        assert self._file
        try:
            data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        except Exception:
            return _NOWHERE
        position = self._file.seek(0, 2)
        self._file.write(data)
        return position

    def _read(self, index: int) -> FileReport:
        if index in self._unstorable:
            return self._unstorable[index]
        position, values = self._load(self._positions[index])
        rules = self._rules[index]
        draft = None if position == _NOWHERE else self._draft(position, rules)
        return FileReport(rules=rules, draft=draft, **dict(zip(_STORED, values, strict=True)))

    def _draft(self, position: int, rules: Rules) -> Draft:
        """Return the draft at a position, which the parts of a report share."""
        if self._last_read is None or self._last_read[0] != position:
            parts: tuple[Part, ...] = self._load(position)
            self._last_read = position, Draft(parts, rules.readers)
        return self._last_read[1]

    def _load(self, position: int) -> Any:
        import pickle  # noqa: PLC0415

        assert self._file
        self._file.seek(position)
        return pickle.load(self._file)
