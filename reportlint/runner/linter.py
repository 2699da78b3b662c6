"""A linter for programs: the rules are prepared once, for any number of drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial
from io import BytesIO
from itertools import chain
from os import PathLike, fspath
from pathlib import Path

from reportlint.config.options import Options
from reportlint.document import Draft, Part
from reportlint.engine.rules import Rules
from reportlint.finding import Finding
from reportlint.knowledge.levels import Stage
from reportlint.plugins.rule_loading import make_rules
from reportlint.readers import decode, suffix_of_content
from reportlint.report import FileReport
from reportlint.runner.draft_checking import Task, check_draft, file_reports
from reportlint.runner.execution import Execution
from reportlint.runner.inputs import STANDARD_INPUT, suffix_of
from reportlint.runner.plan import SameRules, make_plan
from reportlint.runner.run import ReportStream, check_paths

DEFAULT_PATH = "<text>.md"


class Linter:
    """Checks drafts with rules that are prepared once. No draft affects the findings in another one.

    Configuration files and waiver files are not read. Several threads may share a linter.

    Args:
        language: the language of the drafts; ``None``: detected in each draft.
        stage: ``"draft"``, ``"review"`` or ``"publication"``.
        message_language: the language of the messages.

    Raises:
        SetupError: a language is unknown.
        ValueError: the stage is unknown.
    """

    def __init__(self, *, language: str | None = None, stage: str = "review", message_language: str = "en") -> None:
        options = Options(Stage(stage), language=language, message_language=message_language)
        self._rules = make_rules(options)

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self._rules

    def with_settings(
        self, *, language: str | None = None, stage: str = "review", message_language: str = "en"
    ) -> Linter:
        """Return a linter with other settings. The two share lexicons and registers, so it takes little time to make.

        Raises:
            SetupError: a language is unknown.
            ValueError: the stage is unknown.
        """
        other = object.__new__(type(self))
        other._rules = self._rules.with_options(
            Options(Stage(stage), language=language, message_language=message_language)
        )
        return other

    def lint_text(self, text: str, *, path: str = DEFAULT_PATH) -> tuple[Finding, ...]:
        """Return the findings in a draft given as text.

        ``path`` names the draft in the findings, and its suffix selects the reader.
        """
        return self.check(text, path).findings

    def lint_path(self, path: str | Path) -> tuple[Finding, ...]:
        """Return the findings in one file or in all drafts in a folder.

        A file that cannot be read is a finding (RPL004).
        """
        return check_paths([str(path)], SameRules(self._rules)).findings

    def lint_paths(self, paths: Iterable[str | PathLike[str]], *, jobs: int | None = 1) -> Iterator[FileReport]:
        """Yield the report of each file, and of each draft in a folder, as soon as it is checked.

        Files are read as the iteration needs them, and each is reported once. A file that cannot be read has a finding
        (RPL004), and one that was not checked a state that says so.

        Args:
            paths: files and folders.
            jobs: the maximum number of processes; ``None`` chooses it by the work and the machine. With one, files are
                reported in the order of their paths in each folder; with more, in any order, and the program must be
                safe to import, as ``multiprocessing`` says.
        """
        plan = make_plan([fspath(path) for path in paths], SameRules(self._rules), STANDARD_INPUT)
        return chain.from_iterable(ReportStream(plan, Execution(jobs), BytesIO()))

    def check(self, data: bytes | str, path: str = DEFAULT_PATH) -> FileReport:
        """Return the report of a draft given as text, or as the bytes of a file; see :meth:`lint_text` for ``path``.

        Bytes that cannot be decoded are a finding (RPL004).
        """
        readers, options = self._rules.readers, self._rules.options
        suffix = (suffix_of_content(data) if isinstance(data, bytes) else None) or suffix_of(path, readers)
        part = Part(path, suffix, data, decode=partial(decode, changes=options.tracked_changes))
        task = Task(Draft((part,), readers), self._rules, frozenset({path}))
        (report,) = file_reports(task, check_draft(task.draft, self._rules))
        return report


@lru_cache(maxsize=16)
def cached_linter(language: str | None, stage: str, message_language: str) -> Linter:
    """Return the linter with these settings. Linters of one process share lexicons and registers."""
    return _default_linter().with_settings(language=language, stage=stage, message_language=message_language)


@cache
def _default_linter() -> Linter:
    return Linter()
