"""The format ``jsonl`` on standard output: the lines of each file as soon as it is checked."""

from __future__ import annotations

from collections.abc import Callable

from reportlint.cli.terminal import abandon_result, complain, result_stream
from reportlint.engine.rules import Rules
from reportlint.report import FileReport, FileState, Run
from reportlint.reporters.jsonl import file_lines, run_line
from reportlint.reporters.sentences import Wording
from reportlint.waivers.applying import Suppressor


class LiveLines:
    """Writes the lines of a run.

    If a draft may have been renamed, all lines are written at the end, because only the whole run can tell which
    waivers apply to it.

    Args:
        rules: returns the rules of the run as a whole, once they are known.
        suppressor: returns what suppresses findings in single files, once the files are known.
    """

    def __init__(self, rules: Callable[[], Rules], suppressor: Callable[[], Suppressor]) -> None:
        self._rules, self._make_suppressor = rules, suppressor
        self._suppressor: Suppressor | None = None
        self._wording: Wording | None = None
        self._is_open = True
        self._code = 0

    def receive(self, file: FileReport) -> None:
        """Write the lines of a file that was just checked."""
        if self._suppressor is None or self._wording is None:
            rules = self._rules()
            self._suppressor = self._make_suppressor()
            self._wording = Wording(rules.lexicon(rules.options.message_language))
        if self._suppressor.is_certain:
            self._write(self._suppressor.apply(file), self._wording)

    def finish(self, run: Run, code: int) -> int:
        """Write the lines that are still missing, and return the exit code."""
        wording = Wording.for_run(run)
        are_written = self._suppressor is not None and self._suppressor.is_certain
        for file in run.with_state(FileState.WAIVERS) if are_written else run.files:
            self._write(file, wording)
        self._write_text(run_line(run))
        return self._code or code

    def _write(self, file: FileReport, wording: Wording) -> None:
        self._write_text("".join(file_lines(file, wording)))

    def _write_text(self, text: str) -> None:
        """Write whole lines at once. A reader that has left does not change the exit code."""
        if not self._is_open:
            return
        try:
            result_stream().write(text)
            result_stream().flush()
        except OSError as error:
            abandon_result()
            self._is_open = False
            if not isinstance(error, BrokenPipeError):
                self._code = complain(f"cannot write the result: {error.strerror}")
