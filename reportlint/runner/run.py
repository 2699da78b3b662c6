"""Check files, folders and standard input."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from reportlint.errors import message
from reportlint.report import FileReport, Run, RunStatistics
from reportlint.runner.draft_checking import Task, file_reports
from reportlint.runner.execution import Execution
from reportlint.runner.plan import Plan, RuleChooser, make_plan
from reportlint.runner.report_spool import ReportSpool

if TYPE_CHECKING:
    from reportlint.runner.shards import Shard

_STRUCK = "{path}: {count} passages that are struck through were read as deleted"


def check_paths(
    paths: Sequence[str],
    chooser: RuleChooser,
    stdin: BinaryIO | None = None,
    stdin_name: str = "<stdin>",
    execution: Execution | None = None,
    *,
    shard: Shard | None = None,
    keeps_text: bool = True,
    receive: Callable[[FileReport], None] | None = None,
) -> Run:
    """Check files, folders and standard input ("-"). A file that cannot be checked does not stop the others.

    By default, drafts are checked in this process and no cache is used.

    Args:
        paths: the files and folders.
        chooser: chooses the rules for each file.
        stdin: standard input.
        stdin_name: the name of standard input.
        execution: how drafts are checked.
        shard: leave out the drafts outside it.
        keeps_text: whether the reports keep the text of their drafts.
        receive: called with each report as soon as its draft is checked, in any order.

    Raises:
        DataError: a configuration or card is invalid.
        SetupError: the temporary file for the reports of a long run cannot be written.
    """
    plan = make_plan(paths, chooser, stdin_name, shard)
    stream = ReportStream(plan, execution or Execution(), stdin or BytesIO())
    spool = ReportSpool(keeps_text=keeps_text)
    struck: list[tuple[str, int]] = []
    with closing(stream.__iter__()) as drafts:
        for reports in drafts:
            struck += [(report.path, report.struck) for report in reports if report.struck]
            spool.add(reports)
            if receive:
                for report in reports:
                    receive(report)
    notes = (plan.translate(message(_STRUCK, path=path, count=count)) for path, count in sorted(struck))
    return Run(
        spool.reports(), plan.base.options, plan.base, (*plan.notes, *notes), stream.statistics,
        waiver_files=plan.waiver_files, is_shard=plan.is_shard,
    )  # fmt: skip


class ReportStream:
    """The reports of the files of a plan, as their drafts are checked. ``statistics`` are complete at the end."""

    def __init__(self, plan: Plan, execution: Execution, stdin: BinaryIO) -> None:
        self._plan, self._execution, self._stdin = plan, execution, stdin
        self.statistics = RunStatistics()

    def __iter__(self) -> Generator[list[FileReport], None, None]:
        """Yield the reports of all parts of a draft together, first those of the files that are not checked."""
        for skipped in self._plan.skipped:
            yield [skipped.report(self._plan.translate)]
        drafts = self._plan.drafts
        checking = self._execution.check(self._tasks(), len(drafts), lambda ahead: drafts[ahead].size())
        while True:
            try:
                task, result = next(checking)
            except StopIteration as end:
                self.statistics = end.value
                return
            yield list(file_reports(task, result))

    def _tasks(self) -> Iterator[Task]:
        drafts = self._plan.drafts
        while drafts:
            yield drafts.popleft().read(self._stdin)
